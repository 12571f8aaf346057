use super::*;
use crate::chain::Head;
use crate::digest::Digest;
use crate::event::ViewMark;

fn event(kind: Kind, day: &str) -> Event {
    Event {
        seq: Head::START.seq,
        stream: StreamId::new(Kind::of("case"), "17"),
        version: 1,
        kind,
        at: format!("{day}T10:00:00Z").parse().unwrap(),
        clock_back: false,
        actor: "ada".to_owned(),
        view: ViewMark::Same,
        body_digest: Digest::ZERO,
        body: None,
        hash: Digest::ZERO,
    }
}

const NOTED: Kind = Kind::of("noted");

fn refusal(events: &[Event], day: &str) -> Option<String> {
    let at = format!("{day}T00:00:00Z").parse().unwrap();
    Erasure::alone(events, "ada", at, "time is over").err().map(|it| it.to_string())
}

#[test]
fn five_years_are_counted_from_the_last_event_in_full_days() {
    let events = [event(NOTED, "2026-03-02"), event(NOTED, "2026-09-24")];
    let early = "case/17 must be kept until 2031-09-26: 5 years from its last event (15 CFR 762.6)";
    assert_eq!(refusal(&events, "2031-09-25").as_deref(), Some(early));
    assert_eq!(refusal(&events, "2031-09-26"), None);
}

#[test]
fn a_leap_day_ends_five_years_later_on_the_last_of_february() {
    assert_eq!(until("2024-02-29T12:00:00Z".parse().unwrap()).to_string(), "2029-03-02");
}

#[test]
fn a_clock_that_was_set_back_shortens_nothing() {
    let events = [event(NOTED, "2026-09-24"), event(NOTED, "2001-01-01")];
    assert!(refusal(&events, "2030-01-01").is_some());
}

#[test]
fn what_somebody_holds_is_kept_until_he_lets_it_go_and_then_its_time_counts_again() {
    let held = [event(NOTED, "2026-09-24"), event(HELD, "2027-01-01")];
    let why = "case/17 must be kept: ada holds it since 2027-01-01";
    assert_eq!(refusal(&held, "2050-01-01").as_deref(), Some(why));
    let free = [held.to_vec(), vec![event(LET_GO, "2040-01-01")]].concat();
    assert!(refusal(&free, "2044-12-31").is_some());
    assert_eq!(refusal(&free, "2045-01-03"), None);
    let again = [free, vec![event(HELD, "2044-01-01")]].concat();
    assert!(refusal(&again, "2050-01-01").is_some());
}

#[test]
fn what_is_erased_or_was_never_there_cannot_be_erased() {
    let erased = [event(NOTED, "2026-09-24"), event(ERASED, "2032-01-01")];
    assert!(refusal(&erased, "2050-01-01").unwrap().contains("no content of case/17 any more"));
    assert!(refusal(&[], "2050-01-01").is_some());
}
