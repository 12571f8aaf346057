use super::*;

#[test]
fn a_birth_is_a_day_a_month_or_a_year() {
    for (text, days) in [
        ("1962", Some(("1962-01-01", "1962-12-31"))),
        ("1962-02", Some(("1962-02-01", "1962-02-28"))),
        (" 1962-07-31 ", Some(("1962-07-31", "1962-07-31"))),
        ("62", None),
        ("1962-13", None),
        ("31.07.1962", Some(("1962-07-31", "1962-07-31"))),
        ("1.7.1962", Some(("1962-07-01", "1962-07-01"))),
        ("1962/07/31", Some(("1962-07-31", "1962-07-31"))),
        ("31/07/1962", Some(("1962-07-31", "1962-07-31"))),
        ("07/31/1962", Some(("1962-07-31", "1962-07-31"))),
        ("7/7/1962", Some(("1962-07-07", "1962-07-07"))),
        ("31-Jul-62", Some(("1962-07-31", "1962-07-31"))),
        ("31 July 1962", Some(("1962-07-31", "1962-07-31"))),
        ("July 31, 1962", Some(("1962-07-31", "1962-07-31"))),
        ("1962-07-31 00:00:00", Some(("1962-07-31", "1962-07-31"))),
        ("1962-07-31T00:00:00Z", Some(("1962-07-31", "1962-07-31"))),
        ("07/08/1962", None),
        ("31-Jul-05", None),
        ("32.07.1962", None),
        ("31.31.1962", None),
        ("22857", None),
        ("", None),
    ] {
        let span = parse_born(text).ok().map(|it| (it.earliest, it.latest));
        let wanted = days.map(|it| (it.0.parse().unwrap(), it.1.parse().unwrap()));
        assert_eq!(span, wanted, "{text}");
    }
    let two = parse_born("07/08/1962").unwrap_err();
    assert_eq!(two, "`07/08/1962` may be 1962-07-08 or 1962-08-07, and is not compared");
}

#[test]
fn a_number_may_say_what_it_is() {
    let id = parse_id("Passport: A 123").unwrap();
    assert_eq!((id.kind.as_str(), id.number.as_str()), ("Passport", "A 123"));
    assert_eq!(parse_id("123").unwrap().kind, "");
    assert!(parse_id("Passport:").is_err());
}

#[test]
fn a_day_that_stands_for_none_is_told_and_not_compared() {
    let today = clock::today();
    let later = format!("{}-01-01", today.year() + 1);
    let today = today.to_string();
    for text in [
        "1900-01-01",
        "1901-01-01",
        "1900",
        "1899-12-30",
        "1970-01-01",
        "1969-12-31",
        "9999-12-31",
        "9999",
        "0001-01-01",
        &today,
        &later,
    ] {
        let mut asked = Asked::by_name("Brotfabrik");
        asked.born(parse_born(text).unwrap());
        assert_eq!(asked.query.born, None, "{text}");
        assert!(asked.problems[0].starts_with(&format!("`{text}")), "{:?}", asked.problems);
    }
    for text in ["1970", "1970-01", "1970-01-02", "1902-05-01", "1969"] {
        let born = parse_born(text).unwrap();
        let mut asked = Asked::by_name("Brotfabrik");
        asked.born(born);
        assert_eq!((asked.query.born, asked.problems.len()), (Some(born), 0), "{text}");
    }
}
