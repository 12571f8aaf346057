//! What a word sounds like, roughly: its consonants in classes, vowels left out.
//!
//! A letter that is read in several ways gives several keys. Two words sound alike if they share
//! one. How alike is decided by their letters, not here.

use crate::key::key;
use crate::reading::System;

/// The most readings of one word.
const MOST: usize = 6;

/// The most of one from another script, whose letters stand for more.
const MOST_FOREIGN: usize = 14;

/// Whether a key is of the coarse grade.
#[must_use]
pub fn is_coarse(key: u32) -> bool {
    key & COARSE != 0
}

const COARSE: u32 = 1 << 31;

/// The keys of `text`, which is in Latin letters: the fine grade, then the coarse one, which takes
/// l for r and f for p as the syllables of East Asia do. A bit tells the grades apart. Of a word
/// that was romanized, the system says what else its letters may stand for.
#[must_use]
pub fn keys(text: &str, system: Option<System>) -> Vec<u32> {
    let mut readings = readings(text, system);
    if system.is_some() && text.ends_with(['a', 'e', 'i', 'o', 'u']) {
        // French does not speak every letter that it writes.
        for it in readings.iter().take(2).cloned().collect::<Vec<_>>() {
            readings.extend([format!("{it}T"), format!("{it}S")]);
        }
    }
    let mut all = Vec::with_capacity(readings.len() * 2);
    let mut add = |it: u32| {
        if !all.contains(&it) {
            all.push(it);
        }
    };
    for it in &readings {
        add(fine_key(it));
    }
    let open = without_closing_r(text);
    let open = if open == text { Vec::new() } else { self::readings(&open, system) };
    for it in readings.iter().chain(&open) {
        add(coarse_key(it));
    }
    all
}

/// The text without each r that no vowel follows, or only a last e: East Asia does not hear it.
fn without_closing_r(text: &str) -> String {
    let letters = text.as_bytes();
    let spoken =
        |rest: &[u8]| rest.first().is_some_and(|it| b"aeiouyr".contains(it)) && rest != b"e";
    text.char_indices()
        .filter(|(at, it)| *it != 'r' || letters.get(at + 1..).is_some_and(spoken))
        .map(|(_, it)| it)
        .collect()
}

fn fine_key(reading: &str) -> u32 {
    key(b's', &[reading.as_bytes()]) & !COARSE
}

fn coarse_key(reading: &str) -> u32 {
    let coarse = |it| match it {
        b'L' => b'R',
        b'F' => b'P',
        b'C' => b'S',
        it => it,
    };
    let coarse: Vec<u8> = reading.bytes().map(coarse).collect();
    key(b'c', &[&coarse]) | COARSE
}

/// The ways to read `text`, as strings of classes; at most [`MOST`], or [`MOST_FOREIGN`].
fn readings(text: &str, system: Option<System>) -> Vec<String> {
    let letters = choices(text.as_bytes(), system);
    let mut all = crate::scripts::combine(&letters);
    all.retain(|it| !it.is_empty());
    let mut unique: Vec<String> = Vec::new();
    for it in all {
        if !unique.contains(&it) {
            unique.push(it);
        }
    }
    unique.truncate(if system.is_some() { MOST_FOREIGN } else { MOST });
    unique
}

fn choices(text: &[u8], system: Option<System>) -> Vec<&'static [&'static str]> {
    let mut all: Vec<&'static [&'static str]> = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
        let first = at == 0;
        let (used, classes) = sound(rest, first);
        let more = rest.get(..used).and_then(|it| foreign(it, system?));
        let classes = more.unwrap_or(classes);
        all.push(classes);
        // Doubled letters sound once.
        let letter = rest.first();
        at += used;
        while used == 1 && text.get(at) == letter {
            at += 1;
        }
    }
    all
}

/// The classes that letters of a romanized word may belong to, where they are others than those of
/// the same letters in a name: `Lukić` loses its mark and `Baker` is written with a v.
fn foreign(letters: &[u8], system: System) -> Option<&'static [&'static str]> {
    let coarse = matches!(system, System::Han | System::Kana | System::Hangul);
    Some(match (letters, system) {
        (b"ch" | b"tch", _) if coarse => &["C", "K", "TS"],
        (b"ts", _) => &["S", "K", "TS"],
        (b"sh", _) => &["C", "S"],
        (b"h", _) if coarse => &["", "K"],
        (b"v" | b"f", System::Hebrew) => &["F", "P"],
        (b"p" | b"b", System::Hebrew) => &["P", "F"],
        // Pinyin, for what Wade and Giles write as ts.
        (b"c", System::Han) => &["S", "TS"],
        (b"g", System::Cyrillic) => &["K", ""],
        _ => return None,
    })
}

/// Letters that are one sound together, and the classes it may belong to.
type Group = (&'static [u8], &'static [&'static str]);

/// Those that begin with this letter, the longest first.
fn groups(first: u8) -> &'static [Group] {
    match first {
        b'c' => &[(b"ch", &["C", "K"]), (b"cz", &["C", "S"]), (b"ck", &["K"])],
        b'd' => &[
            (b"dsch", &["C"]),
            (b"dzh", &["C"]),
            (b"dj", &["C"]),
            (b"dz", &["S", "C"]),
            (b"dh", &["T", "S"]),
            (b"dg", &["C", "TK"]),
            (b"ds", &["TS", "S"]),
            (b"dt", &["T"]),
        ],
        b'g' => &[(b"gh", &["K", ""]), (b"gn", &["KN", "N"])],
        b'k' => &[(b"kh", &["K", ""])],
        b'n' => &[(b"ng", &["N"])],
        b'p' => &[(b"ph", &["F"])],
        b'q' => &[(b"qu", &["K"])],
        b's' => &[
            (b"schtsch", &["C"]),
            (b"shch", &["C"]),
            (b"sch", &["C", "SK"]),
            (b"sh", &["C"]),
            (b"sz", &["S", "C"]),
        ],
        b't' => &[
            (b"tsch", &["C"]),
            (b"tch", &["C"]),
            (b"th", &["T", "S"]),
            (b"ts", &["S"]),
            (b"tz", &["S"]),
        ],
        b'z' => &[(b"zh", &["C", "S"]), (b"zs", &["C", "S"])],
        _ => &[],
    }
}

/// How many letters make the next sound, and the classes it may belong to.
fn sound(rest: &[u8], first: bool) -> (usize, &'static [&'static str]) {
    for (group, classes) in groups(rest.first().copied().unwrap_or_default()) {
        if rest.starts_with(group) {
            return (group.len(), classes);
        }
    }
    // What follows the letter, which may be written twice: `Baggio`, `Puccini`.
    let next = rest.iter().find(|it| Some(*it) != rest.first());
    let soft = next.is_some_and(|it| matches!(it, b'e' | b'i' | b'y'));
    let classes: &[&str] = match rest.first().copied().unwrap_or_default() {
        b'b' | b'p' => &["P"],
        b'f' | b'v' => &["F"],
        b'w' if first => &["F", ""],
        b'w' => &["", "F"],
        b'd' | b't' => &["T"],
        b'g' if soft => &["K", "C"],
        b'c' if soft => &["S", "C"],
        b'g' | b'k' | b'q' | b'c' => &["K"],
        b's' | b'z' => &["S"],
        b'j' => &["C", ""],
        b'x' if first => &["S"],
        b'x' => &["KS", "S"],
        b'l' => &["L"],
        b'm' => &["M"],
        b'n' => &["N"],
        b'r' => &["R"],
        b'0'..=b'9' => &["#"],
        _ => &[""],
    };
    (1, classes)
}

/// For each letter from a on the one that stands for it in [`bones`]; nothing for a vowel.
const BONES: &[u8; 26] = b"\0bkd\0fgh\0jklmn\0pkrst\0vvx\0s";

/// The consonants of `text` for a closer look, at most `to.len()` of them: doubles once, c and q as
/// k, w as v, z as s, gh and kh as k. Gives how many there are.
pub fn bones(text: &[u8], to: &mut [u8; 24]) -> usize {
    let mut used = 0;
    let (mut bone_before, mut before) = (0, 0);
    let mut rest = text;
    while let [it, after @ ..] = rest {
        rest = after;
        let letter = it.checked_sub(b'a').and_then(|it| BONES.get(usize::from(it)));
        let mut bone = letter.copied().unwrap_or(*it);
        match (*it, after.first()) {
            (b'h', None) => break,
            (b'h', _) if matches!(before, b'g' | b'k') => {
                before = *it;
                continue;
            }
            (b'g', Some(b'h')) => bone = b'k',
            _ => {}
        }
        before = *it;
        if bone != bone_before
            && bone != 0
            && let Some(slot) = to.get_mut(used)
        {
            *slot = bone;
            used += 1;
        }
        bone_before = bone;
    }
    used
}

#[cfg(test)]
mod tests;
