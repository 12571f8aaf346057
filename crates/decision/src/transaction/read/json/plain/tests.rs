use super::super::careful;
use proptest::prelude::*;

/// Texts that are JSON or nearly so.
fn almost_json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("true".to_owned()),
        Just("null".to_owned()),
        "-?[0-9]{1,20}",
        "[0-9]{1,3}\\.[0-9]{1,3}(e[0-9])?",
        "\"[a-zé{\\[,: ]{0,8}\"",
        "\"(\\\\[nu\"\\\\x]|[0-9a-f]){0,6}\"",
        "[a-z\"{}\\[\\],:]{0,3}",
    ];
    scalar.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4)
                .prop_map(|it| format!("[{}]", it.join(" , "))),
            proptest::collection::vec(("[ab]{0,2}", inner), 0..4).prop_map(|it| {
                let entries: Vec<String> =
                    it.iter().map(|(key, value)| format!("\n\"{key}\": {value}")).collect();
                format!("{{{}}}", entries.join(","))
            }),
        ]
    })
}

fn assert_same(text: &str) {
    if let Some(plain) = super::parse(text) {
        let careful = careful(text).unwrap_or_else(|it| panic!("{text}: {:?}", it.error));
        assert_eq!(format!("{plain:?}"), format!("{careful:?}"), "{text}");
    }
}

#[test]
fn plain_json_needs_no_care() {
    let text = r#" {"id": "Zürich", "n": [0, 12, true, false, null, {}], "x": {"y": []}} "#;
    assert!(super::parse(text).is_some());
    assert_same(text);
}

#[test]
fn what_is_not_plain_is_left_to_the_careful_parser() {
    for text in [
        "",
        "{",
        "[1,]",
        "{\"a\"}",
        "{\"a\":1,}",
        "01",
        "-1",
        "1.5",
        "1e3",
        "\"\\n\"",
        "\"\t\"",
        "tru",
        "[1] 2",
        "{} {}",
        "{a: 1}",
        "1234567890123456",
        "\u{feff}{}",
    ] {
        assert!(super::parse(text).is_none(), "{text:?}");
    }
    assert!(super::parse(&format!("{}{}", "[".repeat(65), "]".repeat(65))).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn what_is_read_quickly_is_what_is_read_carefully(text in almost_json(), cut in 0_usize..40) {
        assert_same(&text);
        let shorter: String = text.chars().take(text.chars().count().saturating_sub(cut)).collect();
        assert_same(&shorter);
    }
}
