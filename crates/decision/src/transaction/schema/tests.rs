use super::transaction_schema;
use std::path::PathBuf;

#[test]
fn the_committed_schema_is_the_one_that_the_reader_uses() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    let file = folder.join("transaction.schema.json");
    let fresh = format!("{:#}\n", transaction_schema());
    if std::env::var_os("EXEAT_WRITE_SCHEMA").is_some() {
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(&file, &fresh).expect("written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == fresh,
        "schema/transaction.schema.json is stale: \
         run `EXEAT_WRITE_SCHEMA=1 cargo test -p decision schema`"
    );
}

#[test]
fn every_reference_leads_to_a_definition() {
    let schema = transaction_schema();
    let text = schema.to_string();
    let references = text.split("#/$defs/").skip(1).filter_map(|it| it.split('"').next());
    let mut count = 0;
    for name in references {
        assert!(schema["$defs"][name].is_object(), "{name}");
        count += 1;
    }
    assert!(count > 50);
}

#[test]
fn required_keys_and_closed_lists_are_told() {
    let schema = transaction_schema();
    assert_eq!(schema["$defs"]["Transaction"]["required"], serde_json::json!(["date", "activity"]));
    assert_eq!(schema["$defs"]["Party"]["required"], serde_json::json!(["role"]));
    let roles = &schema["$defs"]["Role"]["oneOf"];
    assert_eq!(roles[0]["const"], "seller");
    let notice = &schema["$defs"]["Notice"]["properties"];
    assert!(notice["type"].is_object() && notice["kind"].is_null());
}
