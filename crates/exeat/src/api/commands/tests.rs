use super::schema;

#[test]
fn the_schema_in_the_repository_is_not_stale() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/commands.schema.json");
    let wanted = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "run `UPDATE_SCHEMA=1 cargo test -p exeat schema`");
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
