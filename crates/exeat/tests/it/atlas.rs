//! Every destination's outcome, as a table, as JSON and as a picture.

use crate::exeat;
use serde_json::Value;

fn json(arguments: &[&str]) -> Value {
    let run = exeat(&[&["atlas", "--format", "json"], arguments].concat(), "");
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn place<'a>(atlas: &'a Value, code: &str) -> &'a Value {
    atlas["places"].as_array().unwrap().iter().find(|it| it["country"] == code).unwrap()
}

#[test]
fn every_place_is_answered_and_the_one_in_the_file_as_check_answers_it() {
    let atlas = json(&["--example", "vietnam-police"]);
    assert!(atlas["places"].as_array().unwrap().len() > 240);
    assert_eq!(place(&atlas, "VN")["outcome"], "license-required");
    assert_eq!(place(&atlas, "VN")["deciding"]["citation"], "740.22(c)(2)");
    assert_eq!(place(&atlas, "CA")["outcome"], "no-license-required");
    assert_eq!(place(&atlas, "FR")["exception"], "ACE");
    for embargoed in ["CU", "IR", "KP", "SY", "UA-43", "UA-14", "UA-09"] {
        assert_eq!(place(&atlas, embargoed)["outcome"], "license-required", "{embargoed}");
    }
    let varied = atlas["varied"].as_array().unwrap();
    assert!(varied.iter().any(|it| it == "parties[0].government_of"), "{varied:?}");
}

#[test]
fn two_days_are_compared() {
    let days = ["--example", "uae-police-before", "--from", "2026-06-01", "--to", "2026-08-03"];
    let atlas = json(&days);
    let changes = atlas["changes"].as_array().unwrap();
    let emirates = changes.iter().find(|it| it["country"] == "AE").unwrap();
    assert_eq!(emirates["before"]["outcome"], "license-required");
    assert_eq!(emirates["after"]["exception"], "ACE");
    assert!(changes.iter().all(|it| it["before"] != it["after"]));
    let text = exeat(&[&["atlas"][..], &days].concat(), "").out;
    assert!(text.contains("license required → may go under ACE"), "{text}");
    let svg = exeat(&[&["atlas", "--format", "svg"][..], &days].concat(), "").out;
    assert!(svg.contains("LIC→ACE"), "the tile says both");
    let same = json(&["--example", "vietnam-bank", "--from", "2026-09-01", "--to", "2026-09-01"]);
    assert_eq!(same["changes"], serde_json::json!([]));
}

#[test]
fn the_picture_has_a_tile_with_a_title_for_each_place_and_trusts_no_name() {
    let text = exeat(&["examples", "vietnam-bank"], "").out;
    let text = text.replace("name: intrusion framework", "name: '<b>&\"'");
    let run = exeat(&["atlas", "-", "--format", "svg"], text);
    assert_eq!(run.code, 0, "{}", run.err);
    let places = json(&["--example", "vietnam-bank"])["places"].as_array().unwrap().len();
    assert!(run.out.starts_with("<svg ") && run.out.ends_with("</svg>\n"));
    assert_eq!(run.out.matches("<g transform").count(), places);
    assert_eq!(run.out.matches("<title>").count(), places + 1);
    assert!(run.out.contains("&lt;b&gt;&amp;&quot;") && !run.out.contains("<b>"));
}

#[test]
fn one_day_alone_is_a_misuse() {
    assert_eq!(exeat(&["atlas", "--example", "vietnam-bank", "--from", "2022-01-01"], "").code, 2);
}
