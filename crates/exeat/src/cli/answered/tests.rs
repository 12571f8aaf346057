use super::Answered;
use crate::cli::{Exit, Stop};
use crate::input::Source;
use crate::lines::{Tally, Verdict};
use decision::Outcome;

fn lines(outcomes: &[Outcome]) -> Tally {
    let mut tally = Tally::default();
    for outcome in outcomes {
        tally.add(Verdict::Answered(*outcome));
    }
    tally
}

#[test]
fn only_inputs_that_were_all_decided_may_go() {
    let exit = |outcomes: &[Outcome], all: bool, written: Result<(), Stop>| {
        let mut answered = Answered::of(1);
        answered.lines(&Source::Stdin, lines(outcomes), all);
        answered.exit(written).unwrap()
    };
    let [may, license] = [Outcome::LicenseException, Outcome::LicenseRequired];
    assert_eq!(exit(&[may, may], true, Ok(())), Exit::Fine);
    assert_eq!(exit(&[may, license], true, Ok(())), Exit::LicenseRequired);
    // Nobody read on: what was not come to may be worse.
    assert_eq!(exit(&[may, may], false, Err(Stop::Unread)), Exit::Failed);
    assert_eq!(exit(&[may, license], false, Err(Stop::Unread)), Exit::LicenseRequired);
    assert_eq!(exit(&[], false, Err(Stop::Unread)), Exit::Failed);
    assert_eq!(exit(&[], true, Ok(())), Exit::Failed, "an empty input");
}

#[test]
fn an_answer_counts_also_where_nobody_reads_it() {
    let exit = |inputs: usize, outcome: Outcome| {
        let mut answered = Answered::of(inputs);
        answered.one(Verdict::Answered(outcome));
        answered.exit(Err(Stop::Unread)).unwrap()
    };
    assert_eq!(exit(1, Outcome::LicenseException), Exit::Fine);
    assert_eq!(exit(1, Outcome::Prohibited), Exit::Prohibited);
    assert_eq!(exit(2, Outcome::NeedsReview), Exit::NeedsReview);
    assert_eq!(exit(2, Outcome::LicenseException), Exit::Failed);
}

#[test]
fn an_empty_input_beside_others_is_told() {
    let mut answered = Answered::of(2);
    answered.lines(&Source::Stdin, lines(&[]), true);
    answered.one(Verdict::Answered(Outcome::LicenseException));
    assert_eq!(answered.exit(Ok(())).unwrap(), Exit::Failed);
}
