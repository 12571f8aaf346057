//! What is sent: answers as JSON, written from the core types by hand.
//!
//! [`fields`] is the table of every field, from which the JSON Schema is made; a test holds
//! [`determination`] to it.

pub(crate) mod audit;
pub(crate) mod case;
pub(crate) mod classification;
pub(crate) mod commands;
pub(crate) mod determination;
pub(crate) mod failure;
pub(crate) mod fields;
pub(crate) mod hits;
pub(crate) mod listed;
pub(crate) mod lists;
pub(crate) mod matches;
pub(crate) mod question;
pub(crate) mod recorded;
pub(crate) mod rules;
pub(crate) mod shape;
pub(crate) mod what_if;
pub(crate) mod why_not;

/// Fails where the schema of that name in the repository is not the one that the code has, and
/// writes it where `UPDATE_SCHEMA` is set.
#[cfg(test)]
fn assert_current(name: &str, schema: &serde_json::Value) {
    let path = format!("{}/../../schema/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    let wanted = format!("{schema:#}\n");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "run `UPDATE_SCHEMA=1 cargo test -p exeat schema`");
}
