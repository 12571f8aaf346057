use super::{Format, Input, by_content, open};
use std::io::{Cursor, Read};

#[test]
fn the_content_tells_the_format() {
    for (text, format) in [
        ("{\"date\": \"2026-09-24\"}", Format::Json),
        ("{\n  \"date\": 1\n}\n", Format::Json),
        ("{\"a\": 1}\n{\"a\": 2}\n", Format::Jsonl),
        ("\u{feff}\n{\"a\": 1}\n\nnot json\n", Format::Jsonl),
        ("# a comment\ndate: 2026-09-24\n", Format::Yaml),
        ("date = 2026-09-24\n", Format::Toml),
        ("[[items]]\neccn = \"4D004\"\n", Format::Toml),
        ("{date: 2026-09-24, activity: export}", Format::Yaml),
        ("", Format::Yaml),
    ] {
        assert_eq!(by_content(text.as_bytes()), format, "{text:?}");
    }
}

#[test]
fn lines_told_by_content_lose_nothing() {
    let text = "{\"a\": 1}\n".repeat(2_000_000);
    let Ok(Input::Lines(mut reader)) = open(Box::new(Cursor::new(text.clone())), "x", None) else {
        panic!("these are lines")
    };
    let mut read = String::new();
    reader.read_to_string(&mut read).unwrap();
    assert_eq!(read.len(), text.len());
}

#[test]
fn a_document_over_ten_megabytes_is_refused() {
    let text = format!("description: \"{}\"", "x".repeat(10_000_001));
    let Err(trouble) = open(Box::new(Cursor::new(text)), "big.yaml", Some(Format::Yaml)) else {
        panic!("this is too large")
    };
    assert!(trouble.to_string().contains("over 10 MB"), "{trouble}");
}

#[test]
fn a_mark_before_a_document_is_not_of_it() {
    for (text, document) in [
        ("\u{feff}date: 2026-09-24", "date: 2026-09-24"),
        ("date: 2026-09-24", "date: 2026-09-24"),
        ("\u{feff}\u{feff}a: 1", "\u{feff}a: 1"),
        ("\u{feff}", ""),
        ("a", "a"),
        ("", ""),
    ] {
        let Ok(Input::One(read)) = open(Box::new(Cursor::new(text)), "x", None) else {
            panic!("this is one document: {text:?}")
        };
        assert_eq!(read.bytes, document.as_bytes(), "{text:?}");
    }
}
