use super::{look, read};
use serde_json::Value;

#[test]
fn a_key_that_stands_twice_is_refused_where_it_stands() {
    for (text, said) in [
        (r#"{"a": 1, "a": 1}"#, "a: given twice"),
        (r#"{"a": [1, {"b": 1, "\u0062": null}]}"#, "a[1].b: given twice"),
        (r#"[{"x": {"y": {}, "z": 1, "y": {"c": 1}}}]"#, "[0].x.y: given twice"),
    ] {
        let unread = read::<Value>(text.as_bytes()).unwrap_err();
        assert_eq!((unread.to_string().as_str(), unread.is_json), (said, true), "{text}");
    }
}

#[test]
fn what_is_no_json_is_told_from_json_of_another_form() {
    for text in ["", "{", r#"{"a": 1e400}"#, r#"{"a": "\ud800"}"#, "{} {}", "\u{feff}{}"] {
        assert!(!look(text.as_bytes()).unwrap_err().is_json, "{text}");
    }
    let unread = read::<Vec<u8>>(b"{}").unwrap_err();
    assert!(unread.is_json, "{unread}");
}

#[test]
fn the_same_key_in_two_objects_is_no_repetition() {
    let text = br#"{"a": [{"b": 1.5, "c": null}, {"b": "x"}], "b": {"a": true}, "d": -1}"#;
    assert_eq!(read::<Value>(text).unwrap(), serde_json::from_slice::<Value>(text).unwrap());
}
