use super::*;

#[test]
fn a_family_name_is_read_as_hong_kong_writes_it_too() {
    for (character, mandarin, cantonese) in [
        ("黃", "huang", "wong"),
        ("陈", "chen", "chan"),
        ("張", "zhang", "cheung"),
        ("郑", "zheng", "cheng"),
    ] {
        let character: String = character.chars().map(simplified).collect();
        let spelled = romanize(&character);
        assert_eq!(spelled[0], mandarin, "{character}");
        assert!(spelled.iter().any(|it| it == cantonese), "{character}: {spelled:?}");
    }
    let names: BTreeSet<char> = CANTONESE.iter().map(|it| it.0).collect();
    assert_eq!(names.len(), CANTONESE.len());
    assert!(names.iter().all(|it| simplified(*it) == *it));
}
