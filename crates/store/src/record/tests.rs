use super::*;

fn record() -> Record {
    Record {
        engine: "exeat 0.0.0".to_owned(),
        law_date: "2026-09-24".parse().unwrap(),
        outcome: "needs-review".to_owned(),
        rulebook: Digest::of(b"rules"),
        lists: Some(ListsUsed {
            snapshot: Digest::of(b"lists"),
            built_in: true,
            settings: "abc".to_owned(),
            max_age: 7,
            decisions: None,
        }),
        options: AnswerOptions::new(&Options::default(), true, false),
        input: "id: \"x\"\n# größer\n".to_owned(),
        format: "yaml".to_owned(),
        answer: r#"{"b":1, "a":[ 1.50,"\u00fc"],"b":2}"#.to_owned(),
    }
}

#[test]
fn a_record_comes_back_as_it_was_with_its_answer_byte_for_byte() {
    let body = record().body().unwrap();
    assert_eq!(Record::read(&body).unwrap(), record());
    assert!(body.contains(r#""answer":{"b":1, "a":[ 1.50,"\u00fc"],"b":2}"#), "{body}");
}

#[test]
fn the_options_of_an_answer_come_back() {
    for trace in [Trace::None, Trace::Lean, Trace::Decisive, Trace::Full] {
        let on = Some("2027-01-01".parse().unwrap());
        let options = Options { strict: true, max_law_age: 3, on, trace, answers: true };
        let again = AnswerOptions::new(&options, false, false).options();
        assert_eq!(format!("{again:?}"), format!("{options:?}"));
    }
}

#[test]
fn the_first_version_of_records_stays_readable() {
    // Written by hand once; never changed.
    let body = format!(
        r#"{{"record":1,"engine":"exeat 0.0.0","law_date":"2026-09-24","outcome":"prohibited","rulebook":"{0}","lists":{{"snapshot":"{0}","built_in":false,"settings":"s","max_age":7,"decisions":"{0}"}},"options":{{"strict":false,"max_law_age":180,"on":null,"trace":"lean","answers":false,"adopted":false,"proposed":false}},"format":"json","input":"{{}}","answer":{{"outcome":"prohibited"}}}}"#,
        Digest::ZERO
    );
    let read = Record::read(&body).unwrap();
    assert_eq!((read.outcome.as_str(), read.lists.unwrap().max_age), ("prohibited", 7));
    assert_eq!(read.answer, r#"{"outcome":"prohibited"}"#);
}

#[test]
fn what_a_newer_program_wrote_and_what_is_no_record_are_refused() {
    assert!(matches!(Record::read(r#"{"record":2}"#), Err(Error::Refused { .. })));
    assert!(matches!(Record::read("{}"), Err(Error::Corrupt { .. })));
    let broken = Record { answer: "{".to_owned(), ..record() };
    assert!(matches!(broken.body(), Err(Error::Refused { .. })));
}
