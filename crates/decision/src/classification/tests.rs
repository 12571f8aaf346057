use super::ClassificationOutcome;

#[test]
fn outcomes_run_from_the_freest_to_the_strictest() {
    assert!(ClassificationOutcome::ALL.is_sorted());
}
