use super::none;

#[test]
fn to_say_that_there_is_none_is_never_to_say_that_nobody_knows() {
    for list in ["owners", "nationalities", "documents_held", "transit", "purposes", "aliases"] {
        let words = none(&format!("parties[0].{list}")).to_lowercase();
        for doubt in ["found", "not known", "unknown", "not told", "not sure"] {
            assert!(!words.contains(doubt), "{list}: {words}");
        }
    }
    assert!(none("parties[0].owners").contains("established"));
}
