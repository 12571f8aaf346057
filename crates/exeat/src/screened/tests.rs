use super::*;

#[test]
fn a_birth_is_a_day_a_month_or_a_year() {
    for (text, days) in [
        ("1962", Some(("1962-01-01", "1962-12-31"))),
        ("1962-02", Some(("1962-02-01", "1962-02-28"))),
        (" 1962-07-31 ", Some(("1962-07-31", "1962-07-31"))),
        ("62", None),
        ("1962-13", None),
        ("31.07.1962", None),
        ("", None),
    ] {
        let span = parse_born(text).ok().map(|it| (it.earliest, it.latest));
        let wanted = days.map(|it| (it.0.parse().unwrap(), it.1.parse().unwrap()));
        assert_eq!(span, wanted, "{text}");
    }
}

#[test]
fn a_number_may_say_what_it_is() {
    let id = parse_id("Passport: A 123").unwrap();
    assert_eq!((id.kind.as_str(), id.number.as_str()), ("Passport", "A 123"));
    assert_eq!(parse_id("123").unwrap().kind, "");
    assert!(parse_id("Passport:").is_err());
}
