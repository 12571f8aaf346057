use super::common;

fn usual(text: &str) -> String {
    common(text).unwrap_or_else(|| text.to_owned())
}

#[test]
fn one_name_in_three_languages_has_one_common_spelling() {
    for (a, b) in [
        ("novikau", "novikov"),
        ("ihnatavich", "ignatovich"),
        ("ihnatovych", "ignatovich"),
        ("puhachov", "pugachyov"),
        ("zharskyi", "zharskiy"),
        ("shauchenka", "shauchenko"),
    ] {
        assert_eq!(usual(a), usual(b), "{a} {b}");
    }
    assert_eq!(common("sandvine"), None);
}
