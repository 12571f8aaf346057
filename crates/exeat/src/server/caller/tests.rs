use super::Rates;
use std::time::{Duration, Instant};

#[test]
fn a_share_is_used_up_and_fills_again() {
    let rates = Rates::default();
    let start = Instant::now();
    let taken = |at| (0..100).filter(|_| rates.take("key:1", 10, at)).count();
    assert_eq!(taken(start), 20, "the share of two seconds");
    assert_eq!(taken(start + Duration::from_millis(99)), 0);
    assert_eq!(taken(start + Duration::from_millis(200)), 2);
    assert_eq!(taken(start + Duration::from_hours(1)), 20, "and no more than that");
}

#[test]
fn nobody_uses_up_the_share_of_another() {
    let rates = Rates::default();
    let now = Instant::now();
    while rates.take("key:1", 5, now) {}
    assert!(rates.take("key:2", 5, now));
}

#[test]
fn many_small_waits_are_not_lost() {
    let rates = Rates::default();
    let start = Instant::now();
    while rates.take("key:1", 3, start) {}
    let asked =
        (1..=30_000).filter(|it| rates.take("key:1", 3, start + Duration::from_micros(it * 100)));
    // Three seconds at three a second.
    assert!((8..=9).contains(&asked.count()));
}
