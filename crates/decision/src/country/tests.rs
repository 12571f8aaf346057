use super::Country;

fn suggestion(text: &str) -> Option<String> {
    text.parse::<Country>().expect_err("not a code").suggestion
}

#[test]
fn every_code_is_printed_as_it_is_read() {
    assert_eq!(Country::all().count(), 249 + 1 + 3);
    for country in Country::all() {
        assert_eq!(country.to_string().parse(), Ok(country));
        assert!(!country.name().is_empty());
    }
    assert_eq!(Country::us().code(), "US");
}

#[test]
fn a_code_that_is_none_comes_with_what_was_meant() {
    for (written, meant) in [
        ("UK", Some("GB")),
        ("de", Some("DE")),
        ("USA", Some("US")),
        ("CHN", Some("CN")),
        ("Germany", Some("DE")),
        ("Veitnam", Some("VN")),
        ("XX", None),
        ("", None),
    ] {
        assert_eq!(suggestion(written).as_deref(), meant, "{written}");
    }
}
