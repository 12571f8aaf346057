use super::*;

fn sound_alike(spelled: &str, system: System, name: &str) -> bool {
    let (spelled, name) = (keys(spelled, Some(system)), keys(name, None));
    spelled.iter().any(|it| name.contains(it))
}

#[test]
fn pinyin_sounds_like_the_system_of_wade_and_giles() {
    for (pinyin, older) in [
        ("cao", "tsao"),
        ("cai", "tsai"),
        ("zhang", "chang"),
        ("xie", "hsieh"),
        ("qian", "chien"),
        ("deng", "teng"),
    ] {
        assert!(sound_alike(pinyin, System::Han, older), "{pinyin}, {older}");
    }
    assert!(!sound_alike("cao", System::Han, "mao"));
}

#[test]
fn bones_are_consonants_once_each() {
    for (text, expected) in [
        ("baghdad", "bkdd"),
        ("cazzaq", "ksk"),
        ("khalifah", "klf"),
        ("aeiouy", ""),
        ("whit", "vht"),
        ("gh", "k"),
        ("wwxzh", "vxs"),
    ] {
        let mut to = [0; 24];
        let count = bones(text.as_bytes(), &mut to);
        assert_eq!(std::str::from_utf8(&to[..count]).unwrap(), expected, "{text}");
    }
    let mut to = [0; 24];
    assert_eq!(bones(&[b'b', b'k'].repeat(40), &mut to), 24);
}
