use super::{Layout, Writer};
use law::Truth;

fn written(layout: Layout) -> String {
    let mut bytes = Vec::new();
    Writer::new(&mut bytes, layout).object(|json| {
        json.text_of("name", "a \"b\" \\ \n\t\u{1} é");
        json.optional_of("none", None);
        json.truth_of("unknown", Truth::Unknown);
        json.array_of("empty", |_| ());
        json.objects_of("list", &[1, 2], |json, it| json.number_of("n", *it));
        json.texts_of("texts", ["x", "y"]);
        json.object_of("inner", |json| json.bool_of("yes", true));
    });
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_line_is_what_serde_json_would_write() {
    let line = written(Layout::Line);
    assert!(!line.contains('\n'));
    let value: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(value["name"], "a \"b\" \\ \n\t\u{1} é");
    assert_eq!(value["list"][1]["n"], 2);
    assert!(value["unknown"].is_null() && value["none"].is_null());
    assert_eq!(value["inner"]["yes"], true);
}

#[test]
fn both_layouts_say_the_same() {
    let line: serde_json::Value = serde_json::from_str(&written(Layout::Line)).unwrap();
    let pretty: serde_json::Value = serde_json::from_str(&written(Layout::Pretty)).unwrap();
    assert_eq!(line, pretty);
    insta::assert_snapshot!(written(Layout::Pretty), @r#"
    {
      "name": "a \"b\" \\ \n\t\u0001 é",
      "none": null,
      "unknown": null,
      "empty": [],
      "list": [
        {
          "n": 1
        },
        {
          "n": 2
        }
      ],
      "texts": [
        "x",
        "y"
      ],
      "inner": {
        "yes": true
      }
    }
    "#);
}

#[test]
fn what_must_be_escaped_is_found_wherever_it_stands() {
    for byte in 0..=u8::MAX {
        for place in 0..80 {
            let mut bytes = [b'a'; 80];
            bytes[place] = byte;
            // A second one above it, and one that is none.
            bytes[79] = byte;
            bytes[(place + 3) % 80] = 0x80;
            let first = bytes.iter().position(|it| super::must_be_escaped(*it));
            assert_eq!(super::first_to_be_escaped(&bytes), first, "{byte:#x} at {place}");
        }
    }
}
