//! Random commands by random people: what is written down never breaks a rule. The rules are read
//! off the list of events alone, by other code than the machines.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

const PEOPLE: [&str; 4] = ["ana", "bob", "cyd", "dan"];

/// What somebody tries; numbers choose among what there is.
fn tried(story: &Story, what: u8, which: u8) -> Command {
    let outcome = Outcome::ALL[usize::from(which) % 7];
    let why = || "a reason of some length".to_owned();
    let law = ["law-1", "law-2"][usize::from(which) % 2];
    let lists = ["lists-1", "lists-2"][usize::from(which / 2) % 2];
    let found = || {
        let mut found = match story.case.facts.digest {
            Some(_) => finding(&story.case, outcome, law, lists),
            None => Story::with(outcome).case.determination.finding.unwrap(),
        };
        match which % 5 {
            0 => found.matches = vec![matched(Verdict::Open)],
            1 => found.matches = vec![matched(Verdict::Other)],
            2 => found.settled = false,
            _ => {}
        }
        found.basis.matches = Digest::of(format!("{:?}", found.matches).as_bytes());
        Box::new(found)
    };
    let binding = || story.case.binding().unwrap_or(Digest::ZERO);
    let force = || InForce {
        law: law.into(),
        lists: lists.into(),
        approve_all: which > 200,
        drawn: Vec::new(),
    };
    match what % 28 {
        0 => opening(),
        1 => Command::ChangeFacts(json!({"destination": which}), why()),
        2..=4 => Command::Determine(found()),
        5 => Command::Watch(Cause::Day, found()),
        6 => judgment(if which.is_multiple_of(2) { Verdict::Other } else { Verdict::Same }),
        7 => Command::AnswerChange(why()),
        8..=10 => Command::RequestReview(why()),
        11..=13 => Command::Approve(binding(), why()),
        14 => Command::Return(why()),
        15 => Command::Restrict(outcome, why()),
        16 => Command::LiftRestriction(why()),
        17 => Command::ProposeOverruling(outcome, why()),
        18 => Command::ConfirmOverruling(why()),
        19 => Command::WithdrawOverruling(why()),
        20 => Command::Hold(why()),
        21 => Command::LiftHold(why()),
        22 | 23 => Command::Release(force()),
        24 => license((which.is_multiple_of(2)).then(|| date(2026, 9, 1))),
        25 => leaving(),
        26 if which > 230 => Command::Close(why()),
        26 => Command::Reopen(why()),
        _ => {
            let step = match which % 3 {
                0 => authorization::Step::Suspend,
                1 => authorization::Step::Resume,
                _ => authorization::Step::Revoke,
            };
            Command::Authorization(step, "D123456".into(), why())
        }
    }
}

/// What a reader of the record works out, event by event.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "a reader ticks off what it has seen")]
struct Reader {
    preparers: BTreeSet<String>,
    finding: Option<Finding>,
    /// Whether anything that an approval is about happened since the last approval.
    approved: bool,
    released: bool,
    held: bool,
    changed: bool,
    changing: bool,
    licensed: bool,
    restricted: bool,
    proposer: Option<String>,
    overruled: bool,
    awaited: bool,
}

impl Reader {
    #[expect(clippy::too_many_lines, reason = "one rule after the other, in one list")]
    #[expect(clippy::wildcard_enum_match_arm, reason = "no rule speaks of the others")]
    fn read(&mut self, actor: &str, event: &Happened) -> Result<(), String> {
        let rule = |holds: bool, rule: &str| if holds { Ok(()) } else { Err(rule.to_owned()) };
        match event {
            Happened::TransactionReceived(_) | Happened::FactsChanged(_) => {
                self.preparers.insert(actor.into());
                self.awaited = true;
                self.end();
            }
            Happened::MatchDecided(_) => {
                self.preparers.insert(actor.into());
                self.awaited = true;
            }
            Happened::DeterminationMade(it) => {
                let same = self.finding.as_ref().is_some_and(|b| b.basis.agrees_with(&it.basis));
                rule(!(self.changing && same), "a change changes something")?;
                self.changing = false;
                if !same {
                    self.end();
                    self.overruled = false;
                }
                self.finding = Some(it.clone());
                self.awaited = false;
            }
            Happened::ChangeFound(it) => {
                let before = self.finding.as_ref().map(super::happened::Told::of);
                rule(before.as_ref() == Some(&it.before), "a change begins where the case is")?;
                self.changed = true;
                self.changing = true;
            }
            Happened::ChangeAnswered(_) => self.changed = false,
            Happened::ReviewRequested(_) => {
                self.preparers.insert(actor.into());
                self.approved = false;
            }
            Happened::Approved(it) => {
                rule(!self.preparers.contains(actor), "nobody approves what they prepared")?;
                rule(!self.held && !self.awaited, "nothing held or undecided is approved")?;
                let finding = self.finding.as_ref().ok_or("approved without a finding")?;
                rule(it.basis == finding.basis.digest(), "an approval names what it rests on")?;
                rule(finding.open_matches().count() == 0, "open matches are not approved")?;
                let open = finding.outcome == Outcome::NeedsReview;
                rule(!open || self.overruled || self.restricted, "questions are not approved")?;
                self.approved = true;
            }
            Happened::Returned(_) => self.approved = false,
            Happened::Restricted(it) => {
                rule(it.to > it.from, "a restriction is stricter")?;
                self.restricted = true;
                self.end();
            }
            Happened::RestrictionLifted(_) => {
                self.preparers.insert(actor.into());
                self.restricted = false;
                self.end();
            }
            Happened::OverrulingProposed(it) => {
                rule(it.to < it.from, "an overruling is freer")?;
                rule(it.reason.chars().count() >= 10, "an overruling has a reason")?;
                self.preparers.insert(actor.into());
                self.proposer = Some(actor.into());
                self.overruled = false;
            }
            Happened::OverrulingConfirmed(_) => {
                rule(self.proposer.as_deref() != Some(actor), "two persons overrule")?;
                rule(!self.preparers.contains(actor), "who prepared does not confirm")?;
                self.overruled = true;
                self.end();
            }
            Happened::OverrulingWithdrawn(_) => {
                self.overruled = false;
                self.end();
            }
            Happened::HoldPlaced(_) => self.held = true,
            Happened::HoldLifted(_) => self.held = false,
            Happened::AuthorizationRecorded(it) => {
                self.preparers.insert(actor.into());
                self.licensed = it.until.is_none();
                self.end();
            }
            Happened::AuthorizationResumed(_) => {
                self.preparers.insert(actor.into());
                self.end();
            }
            Happened::AuthorizationSuspended(_) | Happened::AuthorizationRevoked(_) => self.end(),
            Happened::Released(_) => {
                let finding = self.finding.as_ref().ok_or("released without a finding")?;
                rule(!self.held && !self.awaited && !self.changed, "nothing unsettled leaves")?;
                rule(finding.open_matches().count() == 0, "no open match leaves")?;
                let settled = finding.outcome.is_permissive()
                    && finding.settled
                    && !finding.rests_on_judgment()
                    && !self.restricted
                    && !self.overruled;
                rule(self.approved || settled, "an approval or a settled permission lets go")?;
                let lawful = self.overruled
                    || finding.outcome.is_permissive()
                    || finding.outcome == Outcome::LicenseRequired && self.licensed;
                rule(lawful, "what the answer forbids does not leave")?;
                self.released = true;
            }
            Happened::ShipmentLeft(_) => {
                rule(self.released, "nothing ships that is not released")?;
                rule(!self.held && !self.changed, "nothing held or changed ships")?;
            }
            _ => {}
        }
        Ok(())
    }

    /// What was approved and released is no longer what there is.
    fn end(&mut self) {
        self.approved = false;
        self.released = false;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_sequence_of_commands_breaks_a_rule(
        tries in prop::collection::vec((0..4usize, any::<u8>(), any::<u8>()), 0..80)
    ) {
        let mut story = Story::default();
        for (who, what, which) in tries {
            let command = tried(&story, what, which);
            let _ = story.ask(&person(PEOPLE[who]), command);
        }
        let mut reader = Reader::default();
        for (actor, event) in &story.told {
            if let Err(rule) = reader.read(actor, event) {
                prop_assert!(false, "{}: {:?} in {:#?}", rule, event, story.told);
            }
        }
    }
}

/// The walk through random commands must get somewhere, or it proves nothing.
#[test]
fn random_commands_reach_approvals_overrulings_and_shipments() {
    let mut reached = BTreeSet::new();
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed.to_be_bytes()[2]
    };
    for _ in 0..1000 {
        let mut story = Story::default();
        for _ in 0..80 {
            let who = PEOPLE[usize::from(next()) % 4];
            let command = tried(&story, next(), next());
            let _ = story.ask(&person(who), command);
        }
        reached.extend(story.told.iter().map(|(_, it)| it.parts().unwrap().0.to_string()));
    }
    for kind in ["approved", "overruling-confirmed", "released", "shipment-left", "change-found"] {
        assert!(reached.contains(kind), "never `{kind}`, only {reached:?}");
    }
}
