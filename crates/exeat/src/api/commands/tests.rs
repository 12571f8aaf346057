use super::schema;
use crate::api::assert_current;

#[test]
fn the_schema_in_the_repository_is_not_stale() {
    assert_current("commands", &schema());
}

#[test]
fn every_reference_is_to_a_definition() {
    let schema = schema();
    let text = schema.to_string();
    for part in text.split("\"#/$defs/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schema["$defs"][name].is_object(), "{name}");
    }
}
