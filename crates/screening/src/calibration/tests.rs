use super::*;

fn of(pairs: &[(u16, bool)]) -> Calibration {
    let mut calibration = Calibration::default();
    for (score, same) in pairs {
        calibration.add(Score::new(*score), *same);
    }
    calibration
}

#[test]
fn a_pair_alerts_at_its_own_score_and_not_above_it() {
    let pairs = of(&[(700, true), (700, false), (500, true)]);
    assert_eq!(pairs.at(Score::new(700)), Counts { found: 1, missed: 1, alarms: 1, quiet: 0 });
    assert_eq!(pairs.at(Score::new(701)), Counts { found: 0, missed: 2, alarms: 0, quiet: 1 });
    assert_eq!(pairs.at(Score::new(0)).recall(), Some(1000));
}

#[test]
fn the_best_threshold_tells_the_same_from_the_others() {
    let pairs = of(&[(900, true), (800, true), (600, false), (300, false)]);
    assert_eq!(pairs.best(), Some(Score::new(601)), "the lowest of those that are perfect");
    assert_eq!(pairs.at(Score::new(601)).f1(), Some(1000));
    assert_eq!(of(&[]).best(), None);
}

#[test]
fn false_alerts_are_kept_under_a_share() {
    let pairs = of(&[(900, false), (700, false), (500, false), (300, false), (800, true)]);
    assert_eq!(pairs.quiet_at(250), Some(Score::new(701)), "one of four");
    assert_eq!(pairs.quiet_at(0), Some(Score::new(901)));
    assert_eq!(of(&[(1000, false)]).quiet_at(0), None, "it always alerts");
}

#[test]
fn shares_of_nothing_are_not_known() {
    assert_eq!(Counts::default().recall(), None);
    assert_eq!(Counts { found: 2, missed: 1, ..Counts::default() }.recall(), Some(667));
}

#[test]
fn the_nearest_of_several_names_counts() {
    let settings = Settings::default();
    let of = |names: [&str; 2]| likeness("Ivan Petrov", names, PartyKind::Person, &settings);
    assert_eq!(of(["Somebody Else", "PETROV, Ivan"]), of(["PETROV, Ivan", ""]));
    assert!(of(["Somebody Else", "Anybody"]) < of(["Somebody Else", "Ivan Petrov"]));
}
