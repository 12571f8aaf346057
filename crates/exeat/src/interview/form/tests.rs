use super::{FieldPath, Form};
use serde_json::{Value, json};

fn set(form: &mut Form, path: &str, value: Value) -> bool {
    form.set(&FieldPath::parse(path).unwrap(), value)
}

#[test]
fn a_path_and_its_text_agree() {
    for text in ["date", "items[0].origin.us_origin", "parties[end-user].sector", "a[0][1].b"] {
        assert_eq!(FieldPath::parse(text).unwrap().to_string(), text);
    }
    for text in ["", "a..b", "a[", "a[]", "a[0]b", "the law", "a.[0]"] {
        assert_eq!(FieldPath::parse(text), None, "{text}");
    }
}

#[test]
fn what_a_field_stands_in_is_made() {
    let mut form = Form::empty();
    assert!(set(&mut form, "items[0].origin.us_origin", json!(true)));
    assert!(set(&mut form, "parties[end-user].sector", json!("bank")));
    assert!(set(&mut form, "parties[end-user].country", json!("VN")));
    assert_eq!(
        form,
        Form(json!({
            "items": [{ "origin": { "us_origin": true } }],
            "parties": [{ "role": "end-user", "sector": "bank", "country": "VN" }],
        }))
    );
}

#[test]
fn a_path_that_leads_nowhere_changes_nothing() {
    let mut form = Form::with(json!({ "parties": [], "date": "2026-09-24" })).unwrap();
    let before = form.clone();
    assert!(!set(&mut form, "parties[3].sector", json!("bank")));
    assert!(!set(&mut form, "date.sector", json!("bank")));
    assert_eq!(form, before);
}

#[test]
fn a_party_that_is_not_there_yet_is_the_end_user_whom_nobody_named() {
    let mut form = Form::with(json!({ "parties": [{ "role": "purchaser" }] })).unwrap();
    assert!(set(&mut form, "parties[1].name", json!("Example Bank")));
    let parties = json!([{ "role": "purchaser" }, { "role": "end-user", "name": "Example Bank" }]);
    assert_eq!(form, Form(json!({ "parties": parties })));
}

#[test]
fn owners_who_are_named_again_keep_what_was_told_of_them() {
    let told = json!([{ "name": "A", "percent": "10", "lists": [{ "list": "EL" }] }]);
    let mut form = Form::empty();
    assert!(set(&mut form, "parties[end-user].owners", told));
    let again = json!([{ "name": "A", "percent": "60" }, { "name": "B" }]);
    assert!(set(&mut form, "parties[end-user].owners", again));
    let owners = form.at(&FieldPath::parse("parties[0].owners").unwrap());
    let kept =
        json!([{ "name": "A", "percent": "60", "lists": [{ "list": "EL" }] }, { "name": "B" }]);
    assert_eq!(owners, Some(&kept));
}
