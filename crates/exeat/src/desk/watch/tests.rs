use super::super::cases::tests::{
    DESK, LISTED, Records, actor, bank, desk, moment, no_force, noon, on, open, opening, unlisted,
};
use super::super::permission::Role;
use super::*;
use crate::records::keep::Recorder;
use std::sync::Arc;
use store::case::{Command, Stage};

fn step(records: &Records, desk: &Desk, server: &str, now: Timestamp) -> Step {
    let cases = Cases::new(desk, &*records.store, &records.recorder);
    Watch::new(desk, &*records.store, cases, server).step(now).unwrap()
}

/// Steps until nothing moves; the round that was made.
fn round(records: &Records, desk: &Desk, now: Timestamp) -> Round {
    for _ in 0..100 {
        match step(records, desk, "one", now) {
            Step::Working(_) | Step::Following => {}
            Step::Over(round) => return round,
            other @ (Step::Idle | Step::Elsewhere) => panic!("{other:?}"),
        }
    }
    panic!("the round does not end")
}

/// A desk with the rulebook in the program, verified long ago.
fn old_law(records: &Records) -> Desk {
    let folder = records.path.join("rules");
    let rules = crate::library::RulesArg { rules: None, also: Vec::new() };
    for file in rules.files().unwrap() {
        let path = folder.join(&file.name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = if file.name == "rulebook.toml" {
            let line = file.text.lines().find(|it| it.contains("2026-09-24")).unwrap();
            file.text.replace(line, &line.replace("2026-09-24", "2025-09-24"))
        } else {
            file.text
        };
        std::fs::write(path, text).unwrap();
    }
    desk(Some(folder), false)
}

#[test]
fn a_round_is_made_once_for_what_is_in_force() {
    let records = Records::new();
    let ana = actor("user:ana", Role::Analyst);
    records.cases().open(&ana, opening(bank()), noon()).unwrap();
    let made = round(&records, &DESK, noon());
    assert_eq!((made.examined, made.changed, made.failed), (1, 0, 0));
    assert_eq!(step(&records, &DESK, "one", noon()), Step::Idle);
    let events = records.store.stream(&StreamId::new(WATCH, TASK), 0).unwrap();
    assert_eq!(events.len(), 1, "what answers the same leaves no event in its case");
}

#[test]
fn a_newer_rulebook_finds_what_it_changes_also_among_released_cases() {
    let records = Records::new();
    let ana = actor("user:ana", Role::Analyst);
    let cases = records.cases();
    let id = cases.open(&ana, opening(bank()), noon()).unwrap().id;
    cases.act(on(&id, &ana), &Command::Release(no_force())).unwrap();
    let closed = cases.open(&ana, opening(bank()), noon()).unwrap().id;
    cases.act(on(&closed, &ana), &Command::Close("not bought".into())).unwrap();
    round(&records, &DESK, noon());
    let newer = old_law(&records);
    let made = round(&records, &newer, noon());
    assert_eq!((made.examined, made.changed), (1, 1), "closed cases are left alone");
    let shown = cases.show(&ana, &id).unwrap();
    assert_eq!(shown.case.stage(), Stage::Changed);
    let change = shown.case.change.unwrap();
    assert!(change.released);
    assert_eq!(change.found.cause, Cause::Law);
    assert_eq!(change.found.before.outcome.as_str(), "license-exception");
    assert!(!change.found.before.decided_by.is_empty(), "with the paragraph");
    assert_eq!(change.found.after.outcome.as_str(), "needs-review");
    assert_eq!(cases.changes(&ana, None).unwrap().rows.len(), 1);
    // Somebody says what follows; it leaves the queue of changes.
    cases.act(on(&id, &ana), &Command::AnswerChange("stopped at the dock".into())).unwrap();
    assert!(cases.changes(&ana, None).unwrap().rows.is_empty());
}

#[test]
fn newer_lists_find_who_is_listed_now() {
    let records = Records::new();
    let ana = actor("user:ana", Role::Analyst);
    let unsearched = desk(None, true);
    let cases = Cases::new(&unsearched, &*records.store, &records.recorder);
    let id = cases.open(&ana, opening(unlisted(LISTED)), noon()).unwrap().id;
    round(&records, &unsearched, noon());
    let made = round(&records, &DESK, noon());
    assert_eq!(made.changed, 1);
    let change = records.cases().show(&ana, &id).unwrap().case.change.unwrap();
    assert_eq!(change.found.cause, Cause::Lists);
    assert_eq!(change.found.before.open_matches, 0);
    assert!(change.found.after.open_matches > 0);
}

#[test]
fn a_new_day_asks_again_about_what_has_not_left() {
    let records = Records::new();
    let ana = actor("user:ana", Role::Analyst);
    let id = records.cases().open(&ana, opening(bank()), noon()).unwrap().id;
    round(&records, &DESK, noon());
    let made = round(&records, &DESK, moment("2027-09-24T00:00:00Z"));
    assert_eq!(made.changed, 1);
    let change = records.cases().show(&ana, &id).unwrap().case.change.unwrap();
    assert_eq!(change.found.cause, Cause::Day);
}

#[test]
fn a_round_goes_on_where_a_stopped_server_left_it_and_one_works_at_a_time() {
    let records = Records::new();
    let ana = actor("user:ana", Role::Analyst);
    for _ in 0..=AT_A_TIME {
        records.cases().open(&ana, opening(bank()), noon()).unwrap();
    }
    let first = step(&records, &DESK, "one", noon());
    assert!(matches!(first, Step::Working(Round { examined: 50, .. })), "{first:?}");
    assert_eq!(step(&records, &DESK, "two", noon()), Step::Elsewhere);
    // The first server is gone; its lease ends, and the second goes on with the last case.
    let store = open(&records.path);
    let recorder = Recorder::new(Arc::clone(&store));
    let cases = Cases::new(&DESK, &*store, &recorder);
    let later = noon().checked_add(lease::LASTS).unwrap();
    let second = Watch::new(&DESK, &*store, cases, "two").step(later).unwrap();
    assert!(matches!(second, Step::Over(Round { examined: 51, .. })), "{second:?}");
}

#[test]
fn a_case_that_cannot_be_decided_does_not_stop_the_others() {
    let records = Records::new();
    let ana = actor("user:ana", Role::Analyst);
    let id = records.cases().open(&ana, opening(bank()), noon()).unwrap().id;
    records.cases().open(&ana, opening(bank()), noon()).unwrap();
    // As a newer program would write it.
    let stream = StreamId::new(CASE, &*id);
    let draft = Draft::new(stream, Kind::of("something-new"), "user:ana", noon());
    records.store.append(draft.into()).unwrap();
    let made = round(&records, &DESK, noon());
    assert_eq!((made.examined, made.failed), (2, 1));
    assert_eq!(made.failures, [id]);
}
