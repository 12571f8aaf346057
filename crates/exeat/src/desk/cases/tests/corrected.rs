//! Decisions on matches that are taken back, and that other cases rest on.

use super::*;
use store::case::Cause;
use store::case::shipment::Left;

const SEARCHED: &str = "Thunder Trading";

/// A desk over records, with a case of a party that one list names.
struct Shop {
    _records: Records,
    desk: Desk,
    ana: Actor,
    bob: Actor,
}

impl Shop {
    fn new() -> Self {
        let records = Records::new();
        let desk = desk_of_whole_lists().over(Arc::clone(&records.store));
        let (ana, bob) = (actor("user:ana", Role::Analyst), actor("user:bob", Role::Approver));
        Self { _records: records, desk, ana, bob }
    }

    fn cases(&self) -> Cases<'_> {
        self.desk.cases().unwrap()
    }

    fn open(&self) -> String {
        self.cases().open(&self.ana, opening(unlisted(SEARCHED)), noon()).unwrap().id
    }

    fn act(&self, id: &str, command: &Command) -> Result<Case, Fault> {
        Ok(self.cases().act(on(id, &self.ana), command)?.case)
    }

    fn case(&self, id: &str) -> Case {
        self.cases().show(&self.ana, id).unwrap().case
    }

    fn decide(&self, id: &str, verdict: Verdict) -> Case {
        let (_, entry) = seen(&self.case(id));
        self.act(id, &Command::DecideMatch(judgment(&entry, verdict))).unwrap()
    }

    /// Everything until it may leave, by saying that it is somebody else.
    fn release(&self, id: &str) {
        self.decide(id, Verdict::Other);
        let case = self.act(id, &Command::RequestReview(String::new())).unwrap();
        let approve = Command::Approve(case.binding().unwrap(), "another one".into());
        self.cases().act(on(id, &self.bob), &approve).unwrap();
        let case = self.act(id, &Command::Release(no_force())).unwrap();
        assert_eq!(case.stage(), Stage::Released);
    }

    fn refused_to_leave(&self, id: &str) {
        let left = Left { id: "s1".into(), on: None, filing: "NLR".into(), text: String::new() };
        let fault = self.act(id, &Command::Ship(left)).unwrap_err();
        assert!(matches!(fault, Fault::Refused(_)), "{fault}");
    }
}

fn judgment(entry: &str, verdict: Verdict) -> Judgment {
    let (party, list, entry) = (SEARCHED.to_owned(), "EL".to_owned(), entry.to_owned());
    Judgment { party, list, entry, verdict, why: "we asked them".into(), until: None }
}

/// What was decided about the match, and the number of its entry.
fn seen(case: &Case) -> (Verdict, String) {
    let finding = case.determination.finding.as_ref().unwrap();
    let it = finding.matches.iter().find(|it| it.list == "EL").expect("the list has it");
    (it.verdict, it.entry.clone())
}

#[test]
fn a_cleared_party_that_is_the_listed_one_after_all_does_not_leave() {
    let shop = Shop::new();
    let id = shop.open();
    shop.release(&id);
    let case = shop.decide(&id, Verdict::Same);
    assert_eq!(seen(&case).0, Verdict::Same);
    assert_eq!(case.outcome().unwrap().as_str(), "license-required");
    assert_eq!(case.stage(), Stage::Changed);
    let change = case.change.as_ref().expect("whoever ships is told");
    assert!(change.released);
    assert_eq!(change.found.cause, Cause::Decisions);
    shop.refused_to_leave(&id);
    // Nor where somebody says that the change does not matter.
    shop.act(&id, &Command::AnswerChange("we go on".into())).unwrap();
    shop.refused_to_leave(&id);
}

#[test]
fn a_listed_party_that_is_somebody_else_after_all_is_free_at_once() {
    let shop = Shop::new();
    let id = shop.open();
    let case = shop.decide(&id, Verdict::Same);
    assert_eq!(case.outcome().unwrap().as_str(), "license-required");
    let case = shop.decide(&id, Verdict::Other);
    assert_eq!(seen(&case).0, Verdict::Other);
    assert_eq!(case.outcome().unwrap().as_str(), "license-exception");
}

#[test]
fn what_leaves_is_decided_anew() {
    let shop = Shop::new();
    let id = shop.open();
    shop.release(&id);
    // As another server would write it that stopped before it looked at the cases.
    let store = Arc::clone(&shop.desk.records().unwrap().store);
    let entry = seen(&shop.case(&id)).1;
    let known = remembered::of(&*store, SEARCHED, "EL", &entry).unwrap().remove(0);
    let same = Decision { same: true, ..known };
    let draft = remembered::draft(&same, SEARCHED, "user:cyd", noon()).unwrap();
    store.append(draft.into()).unwrap();
    assert_eq!(shop.case(&id).stage(), Stage::Released);
    shop.refused_to_leave(&id);
    assert_eq!(shop.case(&id).stage(), Stage::Changed);
}

#[test]
fn a_decision_in_one_case_is_one_in_every_other_at_once() {
    let shop = Shop::new();
    let (released, other) = (shop.open(), shop.open());
    shop.release(&released);
    let open = shop.open();
    assert_eq!(seen(&shop.case(&open)).0, Verdict::Other);
    shop.decide(&other, Verdict::Same);
    for id in [&released, &open] {
        let case = shop.case(id);
        assert_eq!(case.outcome().unwrap().as_str(), "license-required");
        assert_eq!(case.change.as_ref().unwrap().found.cause, Cause::Decisions);
    }
    assert_eq!(shop.case(&released).stage(), Stage::Changed);
    shop.refused_to_leave(&released);
}

#[test]
fn a_decision_outside_of_a_case_reaches_the_case_of_an_owner() {
    let shop = Shop::new();
    let mut facts = unlisted("Ngan Hang");
    facts["parties"][0]["owners"] = json!([{"name": SEARCHED, "country": "VN", "percent": 60}]);
    let id = shop.cases().open(&shop.ana, opening(facts), noon()).unwrap().id;
    let (verdict, entry) = seen(&shop.case(&id));
    assert_eq!(verdict, Verdict::Open);
    let store = Arc::clone(&shop.desk.records().unwrap().store);
    shop.act(&id, &Command::DecideMatch(judgment(&entry, Verdict::Other))).unwrap();
    let known = remembered::of(&*store, SEARCHED, "EL", &entry).unwrap().remove(0);
    let same = Decision { same: true, ..known };
    shop.desk.bring_in(&shop.ana, &[same], noon()).unwrap();
    assert_eq!(seen(&shop.case(&id)).0, Verdict::Same);
}

#[test]
fn every_door_knows_the_same_decisions() {
    let shop = Shop::new();
    let id = shop.open();
    shop.decide(&id, Verdict::Same);
    let text = unlisted(SEARCHED).to_string();
    let transaction = crate::transactions::read_line(text.as_bytes()).unwrap();
    let engine = shop.desk.engine();
    let options = shop.desk.options(decision::Trace::Decisive);
    let decided = shop.desk.decide_remembering(&engine, &transaction, &options).unwrap();
    assert_eq!(decided.outcome.as_str(), "license-required");
}

/// A sale to the name that is listed, of which somebody says that it is on no list.
fn stated() -> Value {
    let mut facts = unlisted(SEARCHED);
    facts["parties"][0]["lists"] = json!([]);
    facts
}

#[test]
fn whoever_states_that_a_listed_name_is_on_no_list_does_not_release_it_alone() {
    let shop = Shop::new();
    let id = shop.cases().open(&shop.ana, opening(stated()), noon()).unwrap().id;
    let case = shop.case(&id);
    assert_eq!(case.outcome().unwrap().as_str(), "license-exception");
    assert_eq!(seen(&case).0, Verdict::Other);
    let fault = shop.act(&id, &Command::Release(no_force())).unwrap_err();
    assert!(fault.to_string().contains("approv"), "{fault}");
}

#[test]
fn a_statement_does_not_go_against_what_was_decided() {
    let shop = Shop::new();
    let other = shop.open();
    shop.decide(&other, Verdict::Same);
    let id = shop.cases().open(&shop.ana, opening(stated()), noon()).unwrap().id;
    assert_eq!(seen(&shop.case(&id)).0, Verdict::Open);
    let fault = shop.act(&id, &Command::RequestReview(String::new())).unwrap_err();
    assert!(fault.to_string().contains("match"), "{fault}");
}
