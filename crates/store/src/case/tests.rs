use super::authorization::Granted;
use super::command::{Judgment, Opening};
use super::coverage::{Drawn, NeededItem, NeededParty};
use super::shipment::Left;
use super::*;
use jiff::civil::date;
use serde_json::json;

mod random;
mod rules;

/// A case with everything that happened in it, and who did it.
#[derive(Clone, Debug, Default)]
struct Story {
    case: Case,
    told: Vec<(String, Happened)>,
}

fn now() -> Timestamp {
    "2026-09-24T10:00:00Z".parse().unwrap()
}

fn person(id: &str) -> Who {
    Who::person(id)
}

fn in_force() -> InForce {
    InForce { law: "law-1".into(), lists: "lists-1".into(), approve_all: false, drawn: Vec::new() }
}

impl Story {
    #[expect(clippy::needless_pass_by_value, reason = "commands are made where they are asked")]
    fn ask(&mut self, who: &Who, command: Command) -> Result<usize, Refusal> {
        let events = self.case.decide(who, &command, now())?;
        let count = events.len();
        for it in events {
            // What is written is what is read again.
            let (kind, body) = it.parts().unwrap();
            assert_eq!(Happened::read(&kind, &body).unwrap(), it);
            self.case.apply(&who.id, &it);
            self.told.push((who.id.clone(), it));
        }
        assert_eq!(self.case.version, self.told.len() as u64);
        Ok(count)
    }

    /// Does it, which must work.
    fn does(mut self, who: &str, command: Command) -> Self {
        let told = format!("{command:?}");
        if let Err(refusal) = self.ask(&person(who), command) {
            panic!("{told}: {refusal}");
        }
        self
    }

    /// Does not do it: why not.
    fn refuses(&mut self, who: &str, command: Command) -> &'static str {
        let told = format!("{command:?}");
        match self.ask(&person(who), command) {
            Ok(_) => panic!("{told} was allowed"),
            Err(refusal) => {
                assert!(!refusal.instead().is_empty());
                refusal.code()
            }
        }
    }

    fn opened() -> Self {
        Self::default().does("ana", opening())
    }

    fn with(outcome: Outcome) -> Self {
        let story = Self::opened();
        let finding = finding(&story.case, outcome, "law-1", "lists-1");
        story.does("ana", Command::Determine(finding.into()))
    }

    fn in_review(outcome: Outcome) -> Self {
        Self::with(outcome).does("ana", Command::RequestReview(String::new()))
    }

    fn approved(outcome: Outcome) -> Self {
        let story = Self::in_review(outcome);
        let binding = story.case.binding().unwrap();
        story.does("bob", Command::Approve(binding, "fine".into()))
    }
}

fn opening() -> Command {
    let transaction = json!({"destination": "XA", "items": [{"eccn": "4D004"}]});
    Command::Open(Opening { title: "Scanner to XA".into(), reference: None, transaction })
}

/// What the engine finds about a case: its answer depends on the facts and on nothing else but the
/// outcome that the test wants.
fn finding(case: &Case, outcome: Outcome, law: &str, lists: &str) -> Finding {
    let input = case.facts.digest.unwrap();
    let told = format!("{input} {outcome}");
    Finding {
        determination: format!("{told} {law} {lists}"),
        basis: Basis {
            input,
            answer: Digest::of(format!("{told} {law} {lists}").as_bytes()),
            substance: Digest::of(told.as_bytes()),
            matches: Digest::of(b""),
            law: law.into(),
            lists: lists.into(),
            engine: "0".into(),
        },
        outcome,
        exception: (outcome == Outcome::LicenseException).then(|| "ACE".into()),
        settled: outcome != Outcome::NeedsReview,
        law_date: Some(date(2026, 9, 24)),
        decided_by: vec!["740.22(a)".into()],
        questions: Vec::new(),
        matches: Vec::new(),
        needed: Some(Box::new(Needed {
            agencies: vec!["BIS".into()],
            destinations: ["XA".to_owned()].into(),
            items: vec![NeededItem {
                eccn: Some("4D004".into()),
                quantity: Some(3000),
                value: None,
            }],
            parties: vec![NeededParty { role: "end-user".into(), names: vec!["Ministry".into()] }],
        })),
    }
}

fn matched(verdict: Verdict) -> MatchSeen {
    MatchSeen {
        place: "parties[0]".into(),
        party: "Acme".into(),
        list: "EL".into(),
        entry: "17".into(),
        listed: "ACME Trading".into(),
        score: 910,
        verdict,
    }
}

fn judgment(verdict: Verdict) -> Command {
    Command::DecideMatch(Judgment {
        party: "Acme".into(),
        list: "EL".into(),
        entry: "17".into(),
        verdict,
        why: "another country, another year".into(),
        until: None,
    })
}

fn license(until: Option<Date>) -> Command {
    Command::Authorize(granted(until))
}

fn granted(until: Option<Date>) -> Granted {
    Granted {
        number: "D123456".into(),
        agency: "BIS".into(),
        scope: "4D004 to the ministry in XA".into(),
        from: None,
        until: until.or(Some(date(2030, 9, 1))),
        destinations: vec!["XA".into()],
        items: vec!["4D004".into()],
        parties: vec!["The other one".into(), "ministry".into()],
        quantity: None,
        value_usd: None,
    }
}

fn leaving() -> Command {
    let (id, filing) = ("1".to_owned(), "X20260924000001".to_owned());
    Command::Ship(Left { id, on: None, filing, text: String::new() })
}
