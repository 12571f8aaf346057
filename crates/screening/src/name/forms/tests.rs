use super::*;

fn forms(text: &str) -> Vec<String> {
    let mut forms = Vec::new();
    each(text, PartyKind::Organization, |it| {
        let words = it.tokens.iter().filter_map(|it| it.terms.first());
        forms.push(words.map(|it| it.text.clone()).collect::<Vec<_>>().join(" "));
    });
    forms
}

#[test]
fn a_name_with_a_remark_in_brackets_is_also_that_without_it() {
    for (text, expected) in [
        ("Zorblatt Institute of Quarks (ZIQ)", 2),
        ("Zorblatt (QUARRIMOND GROUP INTERNATIONAL, INC.)", 2),
        ("Zorblatt Works (a.k.a. Quarrimond)", 2),
        ("Zorblatt Works (China)", 1),
        ("Zorblatt Works (DPRK entity)", 1),
        ("Zorblatt Works (Private)", 1),
        ("Zorblatt (Shanghai) Co., Ltd.", 1),
        ("Zorblatt (North) Quarrimond", 0),
        ("Bank (Kabul)", 0),
        ("Zorblatt Works, including all of its parts wherever located", 1),
        (
            "Zorblatt (Kranich) Works Co., Ltd. and any successor, sub-unit, or subsidiary thereof",
            1,
        ),
        ("Zorblatt Works", 0),
        ("(Zorblatt)", 0),
    ] {
        assert_eq!(forms(text).len(), expected, "{text}: {:?}", forms(text));
    }
}
