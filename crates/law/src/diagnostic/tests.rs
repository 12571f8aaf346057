use super::{Diagnostic, ranked};
use crate::source::Span;
use crate::umbrella::file;

#[test]
fn a_diagnostic_shows_its_place() {
    let files = [file("rain.law", "section 1 \"Rän\"\n\tänd wether ok\n")];
    let start = u32::try_from(files[0].text.find("wether").unwrap()).unwrap();
    let span = Span { file: 0, start, end: start + 6 };
    let error = Diagnostic::error(span, "unknown fact `wether`")
        .label("not a fact of `walk`")
        .suggest("wether", ["place", "weather"]);
    insta::assert_snapshot!(error.render(&files), @r#"
    error: unknown fact `wether`
     --> rain.law:2:6
      |
    2 | 	änd wether ok
      | 	    ^^^^^^ not a fact of `walk`
      help: did you mean `weather`?
    "#);
}

#[test]
fn any_span_is_rendered_without_a_panic() {
    let files = [file("a", "äöü\nß"), file("b", "")];
    for file in 0..3 {
        for start in 0..12 {
            for end in 0..12 {
                let span = Span { file, start, end };
                assert!(
                    Diagnostic::warning(span, "odd").render(&files).starts_with("warning: odd\n")
                );
            }
        }
    }
}

#[test]
fn a_long_line_is_shown_around_its_place() {
    let files = [file("t.csv", &format!("{}X{}", "a".repeat(500), "b".repeat(500)))];
    let text = Diagnostic::error(Span { file: 0, start: 500, end: 1000 }, "wide").render(&files);
    assert!(text.lines().all(|it| it.chars().count() < 180), "{text}");
    assert!(text.contains("aX"));
}

#[test]
fn names_are_suggested_by_likeness() {
    assert_eq!(ranked("enduser", ["end-user", "user", "enduse"]), ["end-user", "enduse"]);
    assert!(ranked("a", ["bcd", "xyz"]).is_empty());
    assert_eq!(ranked("ns1", ["NS2", "NS1"]), ["NS1", "NS2"]);
}
