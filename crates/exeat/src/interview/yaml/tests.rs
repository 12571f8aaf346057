use super::write;
use serde_json::json;

#[test]
fn a_document_reads_as_a_person_would_write_it() {
    let document = json!({
        "parties": [{ "sector": "bank", "role": "end-user", "lists": [] }, {}],
        "date": "2026-09-24",
        "end_use": { "purposes": ["resale", "other"], "incident": { "victim_sector": "bank" } },
        "items": [{ "eccn": "5E001", "name": "a: \"tool\" #1", "value_usd": 12.5, "published": false }],
    });
    insta::assert_snapshot!(write(&document), @r#"
    date: 2026-09-24
    items:
      - name: "a: \"tool\" #1"
        eccn: 5E001
        published: false
        value_usd: 12.5
    parties:
      - role: end-user
        sector: bank
        lists: []
      - {}
    end_use:
      purposes: [resale, other]
      incident:
        victim_sector: bank
    "#);
}

#[test]
fn what_yaml_would_misread_is_quoted() {
    for (text, written) in [
        ("null", "\"null\"\n"),
        ("", "\"\"\n"),
        ("- x", "\"- x\"\n"),
        ("a\nb", "\"a\\nb\"\n"),
        ("Müller GmbH", "Müller GmbH\n"),
        ("5D002.c.1", "5D002.c.1\n"),
    ] {
        assert_eq!(write(&json!(text)), written);
    }
}
