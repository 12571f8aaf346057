mod formats;

use super::{Format, InputErrors, read};
use crate::country::Country;
use crate::eccn::Eccn;
use crate::transaction::Transaction;
use crate::transaction::values::Amount;

fn json(text: &str) -> Result<Transaction, InputErrors> {
    read(Format::Json, text.as_bytes())
}

/// The problems of an input, one a line.
fn problems(format: Format, text: &str) -> String {
    read(format, text.as_bytes()).expect_err("faulty").to_string()
}

#[test]
fn every_problem_is_reported_with_its_path_its_line_and_what_was_meant() {
    let text = r#"{
  "id": "T-1", "activity": "exprot",
  "from": "UK",
  "items": [
    {"eccn": "4D04", "form": "objekt-code", "orgin": {}},
    {"name": "", "value_usd": -1, "origin": {"us_content_percent": 120.5}}
  ],
  "parties": [{"sector": "polcie",
     "lists": [{"list": "el"}]}],
  "red_flags": [{"flag": "other", "resolved": true}],
  "version": 2
}"#;
    insta::assert_snapshot!(problems(Format::Json, text), @r"
    line 1: date: must be given (what it says: Day of the export, reexport, transfer or release: the law of that day applies)
    line 2: activity: `exprot` is not an activity (did you mean `export`?)
    line 3: from: `UK` is not a country code (did you mean `GB`?)
    line 5: items[0].eccn: `4D04` is not a classification number (write it as `4D004`, `5D002.c.1` or `EAR99`)
    line 5: items[0].form: `objekt-code` is not a form of an item (did you mean `object-code`?)
    line 5: items[0].orgin: there is no such key (did you mean `origin`?)
    line 6: items[1].name: empty (leave the key out where it is not known)
    line 6: items[1].value_usd: an amount is not negative
    line 6: items[1].origin.us_content_percent: a percentage lies between 0 and 100
    line 8: parties[0].sector: `polcie` is not a sector (did you mean `police`?)
    line 8: parties[0].role: must be given (what it says: What it does in the transaction)
    line 9: parties[0].lists[0].list: `el` is not a list code (did you mean `EL`?)
    line 10: red_flags[0].how: must be given where the flag is resolved (say in `how` what removed the doubt)
    line 11: version: an unknown version of this format (this program reads version 1)
    ");
    assert_eq!(json(text).expect_err("faulty").id.as_deref(), Some("T-1"));
}

#[test]
fn a_reason_that_nobody_can_read_resolves_nothing() {
    let resolved = |how: &str| {
        let flag = format!(r#"[{{"flag": "other", "resolved": true, "how": "{how}"}}]"#);
        json(&format!(r#"{{"date": "2026-09-24", "activity": "export", "red_flags": {flag}}}"#))
    };
    for how in ["\u{200b}", "\u{2060} \u{feff}", "-", "\u{a0}"] {
        let wrong = resolved(how).expect_err("no reason").to_string();
        assert!(wrong.contains("red_flags[0].how"), "{how:?}: {wrong}");
    }
    assert!(resolved("asked the bank").is_ok());
    assert!(resolved("\u{5df2}\u{6838}\u{5b9e}").is_ok());
}

#[test]
fn text_that_is_not_in_the_format_says_where_and_why() {
    for (format, text, problem) in [
        (Format::Json, "", "empty (write one transaction)"),
        (
            Format::Json,
            "\u{feff}{}",
            "line 1: begins with a byte order mark (save the file as UTF-8 without one)",
        ),
        (Format::Json, "{\"date\":\n \"2026", "line 2: not valid JSON: EOF while parsing a string"),
        (
            Format::Json,
            "{\"date\": \"2026-09-24\"}\n{}",
            "line 2: more text after the end of the transaction (write one transaction, or one a line in a JSON Lines file)",
        ),
        (Format::Json, "[]", "line 1: expected an object, found a list"),
        (Format::Yaml, "- a", "line 1: expected an object, found a list"),
        (
            Format::Yaml,
            "date: [",
            "line 2: not valid YAML: while parsing a node, did not find expected node content",
        ),
        (Format::Yaml, "a: 1\n---\na: 2", "line 3: several documents (write one transaction)"),
        (Format::Yaml, "a: &x 1\nb: *x", "line 2: an alias (write the value out)"),
        (Format::Yaml, "a: !!str 1", "line 1: a tag (leave it out, or use quotation marks)"),
        (Format::Yaml, "a:\n  <<: {}", "line 2: a merge key (write the keys out)"),
        (Format::Yaml, "# nothing", "empty (write one transaction)"),
        (
            Format::Toml,
            "date = ",
            "line 1: not valid TOML: string values must be quoted, expected literal string",
        ),
        (Format::Toml, "id = 'a'\nid = 'b'", "line 2: not valid TOML: duplicate key"),
    ] {
        assert_eq!(problems(format, text), problem, "{format:?} {text}");
    }
    let latin_1 = read(Format::Json, b"{\n\"id\": \"\xe9\"}").expect_err("not UTF-8");
    assert_eq!(latin_1.to_string(), "line 2: not valid UTF-8 (save the file as UTF-8)");
}

#[test]
fn a_text_that_breaks_off_still_gives_its_reference_to_the_error() {
    for (format, text) in [
        (Format::Json, "{\"id\": \"T-7\", \"items\": [{"),
        (Format::Yaml, "id: T-7\nitems: [{"),
        (Format::Toml, "id = 'T-7'\nitems = [{"),
    ] {
        let errors = read(format, text.as_bytes()).expect_err("broken off");
        assert_eq!(errors.id.as_deref(), Some("T-7"), "{format:?}");
    }
}

#[test]
fn nesting_is_bounded_in_every_format() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(5000), close.repeat(5000));
    for (format, text) in [
        (Format::Json, format!("{{\"items\": {}}}", deep("[", "]"))),
        (Format::Json, format!("{{\"items\": {}}}", deep("{\"a\":", "}"))),
        (Format::Yaml, format!("items: {}", deep("[", "]"))),
        (Format::Toml, format!("items = {}", deep("[", "]"))),
    ] {
        assert!(read(format, text.as_bytes()).is_err(), "{format:?}");
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_with_its_line() {
    let twice =
        "{\n\"date\": \"2026-09-24\",\n\"activity\": \"export\",\n\"date\": \"2026-09-25\"}";
    assert_eq!(problems(Format::Json, twice), "line 4: date: given twice (keep one of them)");
    let twice =
        "date: 2026-09-24\nactivity: export\nparties:\n- role: end-user\n  ids: {a: x, a: y}";
    let problem = "line 5: parties[0].ids.a: given twice (keep one of them)";
    assert_eq!(problems(Format::Yaml, twice), problem);
    let tree = super::tree(Format::Yaml, twice.as_bytes()).expect_err("a key stands twice");
    assert_eq!(tree.to_string(), problem);
}

#[test]
fn what_is_no_number_is_refused_in_every_format() {
    for number in ["nan", "-nan", "inf", "-inf"] {
        let text = format!(
            "date = 2026-09-24\nactivity = \"export\"\n[[parties]]\nrole = \"end-user\"\n\
             state_owned_percent = {number}\n[[items]]\norigin = {{ us_content_percent = {number} }}"
        );
        let problems = problems(Format::Toml, &text);
        for part in ["parties[0].state_owned_percent", "items[0].origin.us_content_percent"] {
            assert!(problems.contains(&format!("{part}: not a number")), "{number}: {problems}");
        }
    }
    let sale = |value: &str| {
        format!("date: 2026-09-24\nactivity: export\nitems: [{{value_usd: {value}}}]")
    };
    for number in [".nan", "nan", "-.inf", "-inf", "'inf'"] {
        let found = problems(Format::Yaml, &sale(number));
        let said =
            format!("items[0].value_usd: expected a number, found `{}`", number.trim_matches('\''));
        assert!(found.contains(&said) && !found.contains("quotation"), "{number}: {found}");
    }
    // A number that no float holds is one all the same, and one in quotation marks as well.
    assert!(problems(Format::Yaml, &sale("1e999")).contains("too large"));
    assert!(problems(Format::Yaml, &sale("'12.5'")).contains("leave out the quotation marks"));
    let toml = |value: &str| {
        format!("date = 2026-09-24\nactivity = \"export\"\n[[items]]\nvalue_usd = {value}")
    };
    assert!(problems(Format::Toml, &toml("1e999")).contains("too large"));
    let fine = read(Format::Toml, toml("1_000.5").as_bytes()).expect("a number");
    let value = fine.items.and_then(|it| it[0].value_usd);
    assert_eq!(value.map(Amount::thousandths), Some(1_000_500));
}

#[test]
fn yaml_scalars_are_what_is_expected_of_them() {
    let text = "id: 0012\ndate: 2026-09-24\nactivity: export\ndestination: NO\nfrom: ~
items: [{eccn: 5E002, name: 1e3, published: True, value_usd: 1_000}]";
    let problem = "line 6: items[0].value_usd: expected a number, found `1_000`";
    assert_eq!(problems(Format::Yaml, text), problem);
    let read = read(Format::Yaml, text.replace("1_000", "1000.5").as_bytes()).expect("readable");
    assert_eq!(read.id.as_deref(), Some("0012"));
    assert_eq!(read.destination.map(Country::name), Some("Norway"));
    assert_eq!(read.from, None);
    let item = &read.items.expect("given")[0];
    assert_eq!(item.eccn.as_ref().map(Eccn::as_str), Some("5E002"));
    assert_eq!(item.name.as_deref(), Some("1e3"));
    assert_eq!(item.published, Some(true));
    assert_eq!(item.value_usd.map(Amount::thousandths), Some(1_000_500));
    for no in ["no", "off", "0", "'false'"] {
        let text = format!("date: 2026-09-24\nactivity: export\nend_use: {{end_user_known: {no}}}");
        assert!(problems(Format::Yaml, &text).contains("expected true or false"), "{no}");
    }
}

#[test]
fn what_cannot_be_is_refused_and_what_is_odd_is_kept() {
    let sale = |rest: &str| format!("date: 2026-09-24\nactivity: export\n{rest}");
    for (rest, problem) in [
        ("items: []", "items: nothing is to leave"),
        ("parties: [{role: end-user, state_owned_percent: 100.001}]", "between 0 and 100"),
        ("parties: [{role: end-user, state_owned_percent: 33.3333}]", "at most three decimals"),
        ("parties: [{role: end-user, state_owned_percent: nan}]", "expected a number"),
        ("items: [{quantity: 1e300}]", "too large"),
        ("items: [{encryption: {request_filed_days_ago: 1.5}}]", "a whole number"),
        ("parties: [{role: end-user, lists: [{list: EL, footnotes: [2]}]}]", "no such footnote"),
        ("parties: [{role: employee, nationalities: [{country: CN, since: 2027-01-01}]}]", "after"),
        ("transit: VN", "put it in square brackets"),
        ("red_flags: [{flag: other, resolved: true}]", "must be given where the flag is resolved"),
    ] {
        let found = problems(Format::Yaml, &sale(rest));
        assert!(found.contains(problem), "{rest}: {found}");
    }
    for rest in [
        "items: [{eccn: 4D004, form: commodity}]",
        "authorizations: [{type: bis-license, expires: 2020-01-01}]",
        "parties: [{role: end-user, state_owned_percent: 0, state_appoints_board_majority: true}]",
        "legs: []",
    ] {
        assert!(read(Format::Yaml, sale(rest).as_bytes()).is_ok(), "{rest}");
    }
    let support = "date: 2026-09-24\nactivity: us-person-support\nitems: []";
    assert!(read(Format::Yaml, support.as_bytes()).is_ok());
}

#[test]
fn dates_are_days_and_nothing_else() {
    for (date, reads) in [
        ("2024-02-29", true),
        ("2023-02-29", false),
        ("2026-9-24", false),
        ("20260924", false),
        ("2026-09-24T00:00", false),
    ] {
        let text = format!(r#"{{"date": "{date}", "activity": "export"}}"#);
        assert_eq!(json(&text).is_ok(), reads, "{date}");
    }
    let native = "date = 2026-09-24\nactivity = 'export'";
    assert!(read(Format::Toml, native.as_bytes()).is_ok());
}
