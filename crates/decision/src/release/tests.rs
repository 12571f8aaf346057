use super::schema;
use std::path::PathBuf;

#[test]
fn the_committed_schema_is_the_one_that_the_reader_uses() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    let file = folder.join("export.schema.json");
    let fresh = format!("{:#}\n", schema());
    if std::env::var_os("EXEAT_WRITE_SCHEMA").is_some() {
        std::fs::write(&file, &fresh).expect("written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == fresh,
        "schema/export.schema.json is stale: \
         run `EXEAT_WRITE_SCHEMA=1 cargo test -p decision schema`"
    );
}
