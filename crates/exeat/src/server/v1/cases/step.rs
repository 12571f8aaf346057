//! A step of a case as it is sent: what is done, and what it needs.

use crate::api::fields::{Object, Type, field};
use crate::server::problem::{Kind, Problem};
use decision::Outcome;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use store::Digest;
use store::case::authorization::{self, Granted};
use store::case::command::Judgment;
use store::case::release::InForce;
use store::case::shipment::{self, Left};
use store::case::work::Priority;
use store::case::{Command, Verdict, submission};

/// Everything that can be done.
const WORDS: &[&str] = &[
    "decide-again",
    "change-facts",
    "decide-match",
    "answer-change",
    "request-review",
    "advise",
    "approve",
    "return",
    "restrict",
    "lift-restriction",
    "propose-overruling",
    "confirm-overruling",
    "withdraw-overruling",
    "note",
    "assign",
    "prioritize",
    "set-due",
    "set-labels",
    "hold",
    "lift-hold",
    "release",
    "recall",
    "submission",
    "authorize",
    "authorization",
    "shipment",
    "ship",
    "close",
    "reopen",
];

/// The fields of a step.
pub(super) const STEP: &[Object] = &[Object {
    name: "step",
    about: "What is done, and what it needs.",
    fields: &[
        field("do", Type::OneOf(WORDS), "What is done."),
        field(
            "version",
            Type::Optional(&Type::Count),
            "The version of the case that was looked at.",
        ),
        field("text", Type::Perhaps, "The reason, the question, the advice, the note."),
        field("transaction", Type::Optional(&Type::Json), "All of the facts: `change-facts`."),
        field("party", Type::Perhaps, "The name that was searched: `decide-match`."),
        field("list", Type::Perhaps, "The list: `decide-match`."),
        field("entry", Type::Perhaps, "The entry's number: `decide-match`."),
        field("verdict", Type::Optional(&Type::OneOf(&["same", "other"])), "`decide-match`."),
        field("binding", Type::Perhaps, "The `binding` that was looked at: `approve`."),
        field("outcome", Type::Optional(&Type::Outcome), "`restrict`, `propose-overruling`."),
        field("to", Type::Perhaps, "Whose turn it is; nobody's if not said: `assign`."),
        field(
            "priority",
            Type::Optional(&Type::OneOf(&["low", "normal", "high", "urgent"])),
            "`prioritize`.",
        ),
        field("due", Type::Optional(&Type::Day), "By when; never if not said: `set-due`."),
        field("labels", Type::Optional(&Type::Texts), "`set-labels`."),
        field("step", Type::Perhaps, "Which step: `submission`, `authorization`, `shipment`."),
        field("part", Type::Perhaps, "What the case calls it: `submission` and the like."),
        field("number", Type::Perhaps, "Its number: `authorize`."),
        field("agency", Type::Perhaps, "Who granted it, `BIS` or `OFAC`: `authorize`."),
        field("scope", Type::Perhaps, "Which use, under which conditions: `authorize`."),
        field("destinations", Type::Optional(&Type::Texts), "For which countries: `authorize`."),
        field("items", Type::Optional(&Type::Texts), "For which ECCNs: `authorize`."),
        field("parties", Type::Optional(&Type::Texts), "Whose names stand in it: `authorize`."),
        field(
            "quantity",
            Type::Optional(&Type::Count),
            "How much may leave on it in all, where it says so: `authorize`.",
        ),
        field(
            "value_usd",
            Type::Optional(&Type::Count),
            "Of which value in all, where it says so: `authorize`.",
        ),
        field("from", Type::Optional(&Type::Day), "The first day: `authorize`."),
        field(
            "until",
            Type::Optional(&Type::Day),
            "The first day after: `authorize`, `decide-match`.",
        ),
        field("filing", Type::Perhaps, "The ITN, or why there is none: `ship`."),
        field("on", Type::Optional(&Type::Day), "The day it left: `ship`."),
    ],
}];

/// A step as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    #[serde(rename = "do")]
    what: String,
    #[serde(default)]
    pub(super) version: Option<u64>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    transaction: Option<Value>,
    #[serde(default)]
    party: Option<String>,
    #[serde(default)]
    list: Option<String>,
    #[serde(default)]
    entry: Option<String>,
    #[serde(default)]
    verdict: Option<String>,
    #[serde(default)]
    binding: Option<String>,
    #[serde(default)]
    outcome: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    priority: Option<Priority>,
    #[serde(default)]
    due: Option<Date>,
    #[serde(default)]
    labels: Option<Vec<String>>,
    #[serde(default, rename = "step")]
    which: Option<String>,
    #[serde(default)]
    part: Option<String>,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    agency: Option<String>,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    destinations: Vec<String>,
    #[serde(default)]
    items: Vec<String>,
    #[serde(default)]
    parties: Vec<String>,
    #[serde(default)]
    quantity: Option<u64>,
    #[serde(default)]
    value_usd: Option<u64>,
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    until: Option<Date>,
    #[serde(default)]
    filing: Option<String>,
    #[serde(default)]
    on: Option<Date>,
}

impl Step {
    /// What is asked of the case; `None` where it is only decided again.
    ///
    /// # Errors
    ///
    /// Where a field that it needs is missing or wrong.
    pub(super) fn command(self) -> Result<Option<Command>, Problem> {
        let text = || self.text.clone().unwrap_or_default();
        Ok(Some(match self.what.as_str() {
            "decide-again" => return Ok(None),
            "change-facts" => {
                Command::ChangeFacts(needed("transaction", self.transaction.clone())?, text())
            }
            "decide-match" => Command::DecideMatch(Judgment {
                party: needed("party", self.party.clone())?,
                list: needed("list", self.list.clone())?,
                entry: needed("entry", self.entry.clone())?,
                verdict: match needed("verdict", self.verdict.as_deref())? {
                    "same" => Verdict::Same,
                    "other" => Verdict::Other,
                    _ => return Err(wrong("verdict", "it is neither `same` nor `other`")),
                },
                why: text(),
                until: self.until,
            }),
            "answer-change" => Command::AnswerChange(text()),
            "request-review" => Command::RequestReview(text()),
            "advise" => Command::Advise(text()),
            "approve" => Command::Approve(self.digest()?, text()),
            "return" => Command::Return(text()),
            "restrict" => Command::Restrict(self.to_outcome()?, text()),
            "lift-restriction" => Command::LiftRestriction(text()),
            "propose-overruling" => Command::ProposeOverruling(self.to_outcome()?, text()),
            "confirm-overruling" => Command::ConfirmOverruling(text()),
            "withdraw-overruling" => Command::WithdrawOverruling(text()),
            "note" => Command::Note(text()),
            "assign" => Command::Assign(self.to.clone()),
            "prioritize" => Command::Prioritize(needed("priority", self.priority)?),
            "set-due" => Command::SetDue(self.due),
            "set-labels" => Command::SetLabels(needed("labels", self.labels.clone())?),
            "hold" => Command::Hold(text()),
            "lift-hold" => Command::LiftHold(text()),
            // What is in force is looked up when it is released.
            "release" => Command::Release(InForce {
                law: String::new(),
                lists: String::new(),
                approve_all: false,
                drawn: Vec::new(),
            }),
            "recall" => Command::Recall(text()),
            "submission" => Command::Submission(self.submission()?, self.part()?, text()),
            "authorize" => Command::Authorize(Granted {
                number: needed("number", self.number.clone())?,
                agency: needed("agency", self.agency.clone())?,
                scope: needed("scope", self.scope.clone())?,
                from: self.from,
                until: self.until,
                destinations: self.destinations.clone(),
                items: self.items.clone(),
                parties: self.parties.clone(),
                quantity: self.quantity,
                value_usd: self.value_usd,
            }),
            "authorization" => Command::Authorization(self.authorization()?, self.part()?, text()),
            "shipment" => Command::Shipment(self.shipment()?, self.part()?, text()),
            "ship" => Command::Ship(Left {
                id: self.part()?,
                on: self.on,
                filing: needed("filing", self.filing.clone())?,
                text: text(),
            }),
            "close" => Command::Close(text()),
            "reopen" => Command::Reopen(text()),
            _ => return Err(wrong("do", &format!("it is none of {}", WORDS.join(", ")))),
        }))
    }

    fn part(&self) -> Result<String, Problem> {
        needed("part", self.part.clone())
    }

    fn digest(&self) -> Result<Digest, Problem> {
        let text = needed("binding", self.binding.as_deref())?;
        text.parse().map_err(|_| wrong("binding", "it is no digest of 64 hexadecimal digits"))
    }

    fn to_outcome(&self) -> Result<Outcome, Problem> {
        let text = needed("outcome", self.outcome.as_deref())?;
        let found = Outcome::ALL.into_iter().find(|it| it.as_str() == text);
        found.ok_or_else(|| wrong("outcome", "it is no outcome such as `needs-review`"))
    }

    fn submission(&self) -> Result<submission::Step, Problem> {
        use submission::Step;
        Ok(match needed("step", self.which.as_deref())? {
            "draft" => Step::Draft,
            "file" => Step::File,
            "question" => Step::Question,
            "answer" => Step::Answer,
            "grant" => Step::Grant,
            "deny" => Step::Deny,
            "return" => Step::Return,
            "withdraw" => Step::Withdraw,
            _ => {
                return Err(wrong(
                    "step",
                    "it is none of draft, file, question, answer, grant, deny, return, withdraw",
                ));
            }
        })
    }

    fn authorization(&self) -> Result<authorization::Step, Problem> {
        use authorization::Step;
        Ok(match needed("step", self.which.as_deref())? {
            "suspend" => Step::Suspend,
            "resume" => Step::Resume,
            "revoke" => Step::Revoke,
            _ => return Err(wrong("step", "it is none of suspend, resume, revoke")),
        })
    }

    fn shipment(&self) -> Result<shipment::Step, Problem> {
        use shipment::Step;
        Ok(match needed("step", self.which.as_deref())? {
            "plan" => Step::Plan,
            "arrive" => Step::Arrive,
            "stop" => Step::Stop,
            _ => return Err(wrong("step", "it is none of plan, arrive, stop")),
        })
    }
}

fn needed<T>(name: &str, value: Option<T>) -> Result<T, Problem> {
    value.ok_or_else(|| wrong(name, "it is needed for this step"))
}

fn wrong(name: &str, what: &str) -> Problem {
    Problem::at(Kind::Input, name, what)
}
