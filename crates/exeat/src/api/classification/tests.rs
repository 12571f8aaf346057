use super::{OUTCOMES, schema};
use decision::classification::ClassificationOutcome;

#[test]
fn the_schema_in_the_repository_is_not_stale() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/classification.schema.json");
    let wanted = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "run `UPDATE_SCHEMA=1 cargo test -p exeat schema`");
}

#[test]
fn the_outcomes_are_those_of_the_engine() {
    assert_eq!(OUTCOMES, ClassificationOutcome::ALL.map(ClassificationOutcome::as_str));
}
