//! Two servers on one store, and a clock that is set back.

use super::*;
use std::sync::Barrier;
use std::thread;

#[test]
fn of_two_who_looked_at_the_same_version_one_wins_and_the_other_is_told() {
    let records = Records::new();
    let cases = records.cases();
    let (ana, bob) = (actor("user:ana", Role::Analyst), actor("user:bob", Role::Approver));
    let shown = cases.open(&ana, opening(bank()), noon()).unwrap();
    let shown = cases.act(on(&shown.id, &ana), &Command::RequestReview(String::new())).unwrap();
    let (id, expected) = (shown.id.clone(), Some(shown.case.version));
    let approve = Command::Approve(shown.case.binding().unwrap(), "fine".into());
    cases.act(On { expected, ..on(&id, &bob) }, &approve).unwrap();
    let back = Command::Return("who owns it?".into());
    let cyd = actor("user:cyd", Role::Counsel);
    let fault = cases.act(On { expected, ..on(&id, &cyd) }, &back).unwrap_err();
    let told = fault.to_string();
    assert!(matches!(fault, Fault::Moved(_)), "{told}");
    assert!(told.contains("approved by user:bob"), "{told}");
}

#[test]
fn two_servers_that_approve_at_the_same_moment_approve_once() {
    let records = Records::new();
    let ana = actor("user:ana", Role::Analyst);
    for _ in 0..5 {
        let cases = records.cases();
        let shown = cases.open(&ana, opening(bank()), noon()).unwrap();
        let shown = cases.act(on(&shown.id, &ana), &Command::RequestReview(String::new())).unwrap();
        let (id, expected) = (shown.id.clone(), Some(shown.case.version));
        let approve = Command::Approve(shown.case.binding().unwrap(), "fine".into());
        let start = Barrier::new(2);
        let server = |who: &'static str| {
            // A server of its own: another connection to the same file.
            let store = open(&records.path);
            let recorder = Recorder::new(Arc::clone(&store));
            let cases = Cases::new(&DESK, &*store, &recorder);
            let actor = actor(who, Role::Approver);
            start.wait();
            cases.act(On { expected, ..on(&id, &actor) }, &approve).map(drop)
        };
        let server = &server;
        let results = thread::scope(|scope| {
            let one = scope.spawn(move || server("user:bob"));
            let two = scope.spawn(move || server("user:cyd"));
            [one.join().unwrap(), two.join().unwrap()]
        });
        let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1, "{lost:?}");
        let lost = lost.into_iter().next().unwrap().unwrap_err();
        assert!(matches!(lost, Fault::Moved(_)), "{lost}");
        let events = records.store.stream(&stream(&id), 0).unwrap();
        let approvals = events.iter().filter(|it| it.kind.as_str() == "approved").count();
        assert_eq!(approvals, 1);
    }
}

#[test]
fn two_who_write_notes_at_the_same_moment_both_do() {
    let records = Records::new();
    let ana = actor("user:ana", Role::Analyst);
    let id = records.cases().open(&ana, opening(bank()), noon()).unwrap().id;
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..3 {
                    records.cases().act(on(&id, &ana), &Command::Note("called".into())).unwrap();
                }
            });
        }
    });
    assert_eq!(records.cases().show(&ana, &id).unwrap().case.notes, 6);
}

#[test]
fn a_clock_that_is_set_back_loosens_nothing() {
    let records = Records::new();
    let cases = records.cases();
    let ana = actor("user:ana", Role::Analyst);
    let id = cases.open(&ana, opening(bank()), noon()).unwrap().id;
    let mut facts = bank();
    facts["parties"][0]["sector"] = json!("private-other");
    cases.act(on(&id, &ana), &Command::ChangeFacts(facts, "a factory".into())).unwrap();
    // The order of events is that of the chain, not of the clock.
    let back = On { at: moment("2020-01-01T00:00:00Z"), ..on(&id, &ana) };
    cases.act(back, &Command::Note("from the past".into())).unwrap();
    let refused = cases.act(back, &Command::Release(no_force())).unwrap_err();
    assert!(matches!(refused, Fault::Refused(Refusal::NotPermissive { .. })), "{refused}");
    let shown = cases.show(&ana, &id).unwrap();
    assert_eq!(shown.case.stage(), Stage::Stopped);
    assert!(shown.events.iter().any(|it| it.clock_back), "the chain notes that it stood behind");
}
