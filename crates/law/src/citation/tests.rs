use super::Citation;
use proptest::prelude::*;

fn citation(text: &str) -> Citation {
    text.parse().unwrap()
}

#[test]
fn citations_are_read_as_people_write_them() {
    for (written, canonical) in [
        ("740.22(c)(2)(i)", "740.22(c)(2)(i)"),
        (" § 740.22 (c) (2)", "740.22(c)(2)"),
        ("4E001   Note 1", "4E001 Note 1"),
        ("738 Supp. 1", "738 Supp. 1"),
        ("748.5 (c)-(f)", "748.5 (c)-(f)"),
        ("748.5(a)(1) Note", "748.5(a)(1) Note"),
    ] {
        assert_eq!(citation(written).to_string(), canonical);
    }
    for nothing in ["", "§", "(c)", "  ", "é1"] {
        assert!(nothing.parse::<Citation>().is_err(), "`{nothing}`");
    }
}

#[test]
fn citations_stand_in_the_order_of_the_regulation() {
    let ordered = [
        "9.1",
        "10",
        "740.2",
        "740.9(a)",
        "740.9(b)",
        "740.9(aa)",
        "740.22",
        "740.22(a)",
        "740.22(a)(2)",
        "740.22(a)(2)(i)",
        "740.22(a)(2)(ii)",
        "740.22(a)(2)(iv)",
        "740.22(a)(2)(v)",
        "740.22(a)(2)(ix)",
        "740.22(a)(2)(ix)(A)",
        "740.22(a)(10)",
        "740.22(h)",
        "740.22(i)",
        "740.22(j)",
    ];
    let mut sorted: Vec<Citation> = ordered.iter().rev().map(|it| citation(it)).collect();
    sorted.sort();
    let sorted: Vec<String> = sorted.iter().map(Citation::to_string).collect();
    assert_eq!(sorted, ordered);
}

#[test]
fn a_paragraph_contains_itself_and_what_lies_below() {
    let whole = citation("1(c)");
    for (other, inside) in
        [("1(c)", true), ("1(c)(2)", true), ("1(c) Note", true), ("1(d)", false), ("1", false)]
    {
        assert_eq!(whole.contains(&citation(other)), inside, "{other}");
    }
    assert!(!citation("1(c) Note").contains(&citation("1(c)(2) Note")));
}

proptest! {
    #[test]
    fn print_and_read_agree(text in r"[0-9A-Z.]{1,6}( ?\([a-zA-Z0-9-]{0,3}\)?){0,4}( ?[A-Za-z(§]{0,4} [0-9é]{1,2})?") {
        if let Ok(it) = text.parse::<Citation>() {
            prop_assert_eq!(it.to_string().parse::<Citation>(), Ok(it));
        }
    }

    #[test]
    fn order_agrees_with_equality(texts in proptest::array::uniform2(r"0?[1-3](\.[0-2]{1,2})?(\([aivx01]{1,3}\)){0,4}")) {
        let [one, other] = texts.map(|it| citation(&it));
        prop_assert_eq!(one == other, one.cmp(&other).is_eq());
        prop_assert_eq!(one.cmp(&other), other.cmp(&one).reverse());
    }

    #[test]
    fn nothing_makes_the_reader_panic(text in any::<String>()) {
        let _ = text.parse::<Citation>();
    }
}
