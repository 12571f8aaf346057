//! Chinese characters: Mandarin readings without tones.

use crate::key::key;
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

/// The simplified character that a traditional one is written as today; itself otherwise.
#[must_use]
pub fn simplified(character: char) -> char {
    if character < '\u{3400}' {
        return character;
    }
    match SIMPLIFIED.binary_search_by_key(&character, |it| it.0) {
        Ok(at) => SIMPLIFIED.get(at).map_or(character, |it| it.1),
        Err(_) => character,
    }
}

static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut characters = include_str!("../../data/simplified.txt").chars();
    std::iter::from_fn(|| Some((characters.next()?, characters.next()?))).collect()
});

pub(super) fn romanize(word: &str) -> Vec<String> {
    let mut characters = word.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return readings(only).split(' ').map(str::to_owned).collect();
    }
    let mut spelled = foreign(word);
    spelled.push(word.chars().filter_map(|it| readings(it).split(' ').next()).collect());
    spelled
}

/// What a name from elsewhere is in Latin letters, if it is a known one.
fn foreign(word: &str) -> Vec<String> {
    const TABLE: &[u8] = include_bytes!("../../data/han_names.bin");
    let number = |at: usize, size: usize| -> Option<usize> {
        let bytes = TABLE.get(at..at + size)?;
        Some(bytes.iter().rev().fold(0, |all, it| all << 8 | usize::from(*it)))
    };
    let find = || -> Option<Vec<String>> {
        let count = number(0, 4)?;
        let wanted = usize::try_from(key(b'n', &[word.as_bytes()])).ok()?;
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            if number(4 + middle * 4, 4)? < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut found = Vec::new();
        while low < count && number(4 + low * 4, 4)? == wanted {
            let start = 4 + count * 7 + number(4 + count * 4 + low * 3, 3)?;
            let length = number(start, 1)?;
            let spelling = TABLE.get(start + 1..start + 1 + length)?;
            found.push(String::from_utf8_lossy(spelling).into_owned());
            low += 1;
        }
        Some(found)
    };
    find().unwrap_or_default()
}
