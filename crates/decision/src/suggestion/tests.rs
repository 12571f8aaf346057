use super::nearest;

#[test]
fn a_slip_finds_the_name_that_was_meant() {
    let names = ["police", "prison", "prosecution", "customs-immigration"];
    for (written, meant) in [
        ("polcie", Some("police")),
        ("Police", Some("police")),
        ("customs_immigration", Some("customs-immigration")),
        ("prisom", Some("prison")),
        ("hospital", None),
        ("", None),
    ] {
        assert_eq!(nearest(written, names), meant, "{written}");
    }
}
