use super::{OUTCOMES, schema};
use crate::api::assert_current;
use decision::classification::ClassificationOutcome;

#[test]
fn the_schema_in_the_repository_is_not_stale() {
    assert_current("classification", &schema());
}

#[test]
fn the_outcomes_are_those_of_the_engine() {
    assert_eq!(OUTCOMES, ClassificationOutcome::ALL.map(ClassificationOutcome::as_str));
}
