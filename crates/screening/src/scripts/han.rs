//! Chinese characters: Mandarin readings without tones.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/han.tsv");

/// Family names of two characters.
pub const FAMILY_PAIRS: [&str; 12] = [
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "慕容", "东方", "東方", "皇甫", "尉迟",
];

static READINGS: LazyLock<Vec<(char, &'static str)>> = LazyLock::new(|| {
    let mut all: BTreeMap<char, &'static str> = BTreeMap::new();
    for line in TABLE.lines() {
        if let Some((readings, characters)) = line.split_once('\t') {
            for character in characters.chars() {
                all.insert(character, readings);
            }
        }
    }
    all.into_iter().collect()
});

/// The readings of one character, most usual first, parted by blanks.
#[must_use]
pub fn readings(character: char) -> &'static str {
    match READINGS.binary_search_by_key(&character, |it| it.0) {
        Ok(at) => READINGS.get(at).map_or("", |it| it.1),
        Err(_) => "",
    }
}

pub(super) fn romanize(word: &str) -> Vec<String> {
    let mut characters = word.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => readings(only).split(' ').map(str::to_owned).collect(),
        _ => {
            vec![word.chars().filter_map(|it| readings(it).split(' ').next()).collect()]
        }
    }
}
