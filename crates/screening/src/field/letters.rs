//! What letters look like, where that is another name than the one they spell.
//!
//! The table of look-alikes is `data/lookalikes.txt`.

use super::broken;
use crate::lexicon::{self, Role};
use crate::name::letters as names;
use crate::normalize::LONGEST;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What a letter looks like, and whether it does so only beside a Latin one.
static LIKE: LazyLock<BTreeMap<char, (char, bool)>> = LazyLock::new(|| {
    let mut like = BTreeMap::new();
    for line in include_str!("../../data/lookalikes.txt").lines() {
        let Some((letter, alike)) = line.split_once(' ').filter(|it| it.0.len() == 1) else {
            continue;
        };
        let Some(letter) = letter.chars().next().filter(char::is_ascii_lowercase) else {
            continue;
        };
        let (near, rough) = alike.split_once('|').unwrap_or((alike, ""));
        for (all, is_rough) in [(rough, true), (near, false)] {
            like.extend(all.chars().map(|it| (it, (letter, is_rough))));
        }
    }
    like
});

/// What stands for letters in `V1KT0R`; `1` for `i` or `l`.
const DIGITS: [(char, char); 15] = [
    ('0', 'o'),
    ('2', 'z'),
    ('3', 'e'),
    ('4', 'a'),
    ('5', 's'),
    ('6', 'g'),
    ('7', 't'),
    ('8', 'b'),
    ('9', 'g'),
    ('@', 'a'),
    ('$', 's'),
    ('!', 'i'),
    ('|', 'l'),
    ('€', 'e'),
    ('£', 'l'),
];

/// The name of a person in a text of one word or two and the first letters of two names or three,
/// with these apart: `Veligorov O.P.`, `Yu. V. Kovalchuk`, `ROTENBERG AR`.
pub(super) fn person(text: &str) -> Option<String> {
    let is_capital = |it: &str| it.chars().all(char::is_uppercase);
    let is_shouted = !text.chars().any(char::is_lowercase);
    let mut person = String::with_capacity(text.len() + 4);
    let mut put = |part: &str, dot: &str| {
        if !person.is_empty() {
            person.push(' ');
        }
        person.push_str(part);
        person.push_str(dot);
    };
    let (mut letters, mut words, mut stops) = (0, 0, 0);
    let mut plain = true;
    for word in text.split([' ', ',', '\u{a0}', '\t']).filter(|it| !it.is_empty()) {
        let has_stop = word.contains('.');
        stops += word.matches('.').count();
        for part in word.split('.').filter(|it| !it.is_empty()) {
            let lower = part.to_lowercase();
            match part.chars().count() {
                1 if is_capital(part) => {
                    letters += 1;
                    put(part, ".");
                }
                1 => return None,
                _ if has_stop
                    && part.starts_with(char::is_uppercase)
                    && names::TWO.contains(&lower.as_str()) =>
                {
                    letters += 1;
                    put(part, ".");
                }
                2 if !has_stop && letters == 0 && is_capital(part) => {
                    if !may_be_two(&lower, is_shouted) {
                        return None;
                    }
                    letters += 2;
                    part.chars().for_each(|it| put(it.encode_utf8(&mut [0; 4]), "."));
                }
                2 => return None,
                _ => {
                    words += 1;
                    plain &= lexicon::known(&lower).is_empty()
                        && part.chars().all(|it| it.is_alphabetic() || matches!(it, '-' | '\''));
                    put(part, "");
                }
            }
        }
    }
    // Without full stops, words of firms say that these are no first letters.
    let is_person = (2..=3).contains(&letters) && (1..=2).contains(&words);
    (is_person && (plain || letters == 2 && stops == 2)).then_some(person)
}

/// Whether two capitals may be the first letters of two names: no legal form, and where all is in
/// capitals, no short name that many have.
fn may_be_two(lower: &str, is_shouted: bool) -> bool {
    let is_legal = lexicon::known(lower).iter().any(|it| it.role != Role::Particle);
    lower.chars().all(char::is_alphabetic)
        && !is_legal
        && !(is_shouted && lexicon::commonness(lower) > 0)
}

/// The names that a text looks like, other than the one it spells.
pub(super) fn shown(text: &str) -> Vec<String> {
    let is_plain =
        |it: char| it.is_ascii_alphabetic() || matches!(it, ' ' | '-' | '.' | ',' | '\'');
    let text: String = text.chars().take(LONGEST).collect();
    let mut shown: Vec<String> = Vec::new();
    let from = if text.chars().all(is_plain) {
        text
    } else {
        shown.extend(broken::mended(&text));
        let filled = broken::filled(shown.last().unwrap_or(&text));
        let mended = filled.first().or(shown.last()).cloned();
        shown.extend(filled);
        let text = mended.unwrap_or(text);
        let turned = turned(&text);
        let encoded = encoded(turned.as_deref().unwrap_or(&text));
        let before = shown.len();
        shown.extend(turned);
        shown.extend(encoded);
        let from = shown.get(before..).and_then(<[_]>::last).unwrap_or(&text).clone();
        let folded = folded(&from);
        let from = folded.clone().unwrap_or(from);
        shown.extend(folded);
        shown.extend(spelled(&from, 'i'));
        if from.contains('1') {
            shown.extend(spelled(&from, 'l'));
        }
        from
    };
    let closed = close(&from);
    let from = closed.clone().unwrap_or(from);
    shown.extend(closed);
    shown.extend(capitals(&from));
    shown.extend(joined(&from));
    shown
}

/// The text that is seen where it runs from right to left though its letters do not.
fn turned(text: &str) -> Option<String> {
    const START: char = '\u{202e}';
    if !text.contains(START) {
        return None;
    }
    let mut turned = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(START) {
        turned.push_str(before);
        let (inside, after) = after.split_once('\u{202c}').unwrap_or((after, ""));
        turned.extend(inside.chars().rev());
        rest = after;
    }
    turned.push_str(rest);
    Some(turned)
}

/// The text behind `NSO+Group` or `NSO%20Group`, as forms send it.
fn encoded(text: &str) -> Option<String> {
    if text.contains(char::is_whitespace) || !text.contains(['+', '%']) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, then @ ..]) => {
                let digit =
                    |it: &u8| char::from(*it).to_digit(16).and_then(|it| u8::try_from(it).ok());
                if let (Some(high), Some(low)) = (digit(high), digit(low)) {
                    bytes.push(high * 16 + low);
                    rest = then;
                } else {
                    bytes.push(first);
                }
            }
            _ => bytes.push(first),
        }
    }
    String::from_utf8(bytes).ok()
}

/// The text with each word in Latin letters that has none but these and such as look like them.
fn folded(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut changed = text.chars().any(|it| enclosed(it) != it);
    let text: String = text.chars().map(enclosed).nfkc().collect();
    let is_part = |it: char| it.is_alphanumeric() || LIKE.contains_key(&it);
    let mut folded = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|it| is_part(it) != is_part(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        match Some(run).filter(|_| is_part(first)).and_then(latin) {
            Some(word) => {
                changed = true;
                folded.push_str(&word);
            }
            None => folded.push_str(run),
        }
    }
    changed.then_some(folded)
}

/// A word of Latin letters and what looks like them, with one of the latter at least.
fn latin(word: &str) -> Option<String> {
    let is_latin = |it: char| it.is_ascii_alphabetic();
    let is_mixed = word.contains(is_latin);
    let mut changed = false;
    let word = word.chars().map(|it| {
        if it.is_ascii_alphanumeric() || (is_mixed && is_of_latin(it)) {
            return Some(it);
        }
        let (letter, rough) = LIKE.get(&it)?;
        changed = true;
        (is_mixed || !rough).then_some(*letter)
    });
    let word: String = word.collect::<Option<_>>()?;
    changed.then_some(word)
}

/// A Latin letter with a mark, which is no other script.
fn is_of_latin(it: char) -> bool {
    matches!(it, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && !LIKE.contains_key(&it)
}

/// The letter in a circle, a square, brackets or a flag, or one that is not even seen.
fn enclosed(character: char) -> char {
    let code = u32::from(character);
    let (first, base) = match code {
        0x1f110..=0x1f129 => (0x1f110, 'A'),
        0x1f150..=0x1f169 => (0x1f150, 'A'),
        0x1f170..=0x1f189 => (0x1f170, 'A'),
        0x1f1e6..=0x1f1ff => (0x1f1e6, 'A'),
        0x249c..=0x24b5 => (0x249c, 'a'),
        0xe0041..=0xe005a => (0xe0041, 'A'),
        0xe0061..=0xe007a => (0xe0061, 'a'),
        _ => return character,
    };
    char::from_u32(code - first + u32::from(base)).unwrap_or(character)
}

/// The text with digits and signs read as letters in words that have letters; `one` is what `1` is.
fn spelled(text: &str, one: char) -> Option<String> {
    let letter = |it: char| match it {
        '1' => Some(one),
        _ => DIGITS.iter().find(|(sign, _)| *sign == it).map(|it| it.1),
    };
    let is_part = |it: char| it.is_alphanumeric() || letter(it).is_some();
    let mut spelled = String::with_capacity(text.len());
    let mut changed = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|it| is_part(it) != is_part(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        // Signs at the end of a word are signs: `Yahoo!`.
        let word = run.trim_end_matches(|it: char| !it.is_alphanumeric());
        let word = if run.ends_with('$') { run } else { word };
        let has_letter = word.contains(char::is_alphabetic);
        // Nor are they letters in the address of a mail.
        let is_mail = word.contains('@') && rest.starts_with('.');
        if has_letter
            && !is_mail
            && word.chars().count() > 2
            && word.contains(|it| letter(it).is_some())
        {
            changed = true;
            spelled.extend(word.chars().map(|it| letter(it).unwrap_or(it)));
            spelled.push_str(run.get(word.len()..).unwrap_or_default());
        } else {
            spelled.push_str(run);
        }
    }
    changed.then_some(spelled)
}

/// The text with letters that stand apart put together: `N S O  G r o u p`, `N-S-O G-r-o-u-p`.
fn close(text: &str) -> Option<String> {
    const APART: usize = 3;
    let is_single = |it: &str| {
        let mut letters = it.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    let mut changed = false;
    let mut words: Vec<String> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let flush = |run: &mut Vec<&str>, words: &mut Vec<String>, changed: &mut bool| {
        if run.len() >= APART {
            *changed = true;
            words.push(run.concat());
        } else {
            words.extend(run.iter().map(|it| (*it).to_owned()));
        }
        run.clear();
    };
    // Two blanks in a row are one between words.
    for word in text.split([' ', '\u{a0}', '\t']) {
        let letters: Vec<&str> =
            word.split(['.', '-', '_', '\u{2066}']).filter(|it| !it.is_empty()).collect();
        if is_single(word) || (!run.is_empty() && matches!(word, "-" | "'" | "." | "&")) {
            run.push(word);
        } else if word == "," && !run.is_empty() {
            run.push(word);
            flush(&mut run, &mut words, &mut changed);
        } else {
            flush(&mut run, &mut words, &mut changed);
            if letters.len() >= 2 && letters.iter().all(|it| is_single(it)) {
                changed = true;
                words.push(letters.concat());
            } else if !word.is_empty() {
                words.push(word.to_owned());
            }
        }
    }
    flush(&mut run, &mut words, &mut changed);
    changed.then(|| words.join(" "))
}

/// One word with capitals inside as several: `NSOGroup`, `ViktorBout`.
fn capitals(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return None;
    }
    let letters: Vec<char> = text.chars().collect();
    let mut split = String::with_capacity(text.len() + 4);
    for (at, it) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| letters.get(it));
        let starts = it.is_uppercase()
            && before.is_some_and(|before| {
                let follows = letters.get(at + 1).is_some_and(|it| it.is_lowercase());
                before.is_lowercase() || (before.is_uppercase() && follows)
            });
        if starts {
            split.push(' ');
        }
        split.push(*it);
    }
    (split != text).then_some(split)
}

/// One word that ends or begins as names of organizations do: `nsogroup`, `BSQRDLIMITED`.
fn joined(text: &str) -> Option<String> {
    const STARTS: [&str; 10] = [
        "limitedliabilitycompany",
        "publicjointstockcompany",
        "jointstockcompany",
        "jsc",
        "pjsc",
        "oao",
        "ooo",
        "zao",
        "pao",
        "llc",
    ];
    const ENDS: [&str; 32] = [
        "limitedliabilitycompany",
        "jointstockcompany",
        "coltd",
        "co.,ltd",
        "corporation",
        "incorporated",
        "international",
        "technologies",
        "technology",
        "industries",
        "electronics",
        "enterprises",
        "holdings",
        "holding",
        "company",
        "limited",
        "trading",
        "systems",
        "services",
        "shipping",
        "solutions",
        "security",
        "group",
        "corp",
        "gmbh",
        "bank",
        "ltda",
        "ltd",
        "llc",
        "inc",
        "plc",
        "pte",
    ];
    let mut name = text.trim().trim_end_matches('.').to_lowercase();
    if name.contains(char::is_whitespace) {
        return None;
    }
    let mut words = Vec::new();
    let is_name = |it: &str| it.chars().filter(|it| it.is_alphanumeric()).count() >= 3;
    let start = STARTS.iter().find(|it| name.strip_prefix(**it).is_some_and(is_name));
    if let Some(start) = start {
        name.drain(..start.len());
    }
    while let Some(end) = ENDS.iter().find(|it| name.strip_suffix(**it).is_some_and(is_name)) {
        name.truncate(name.len() - end.len());
        words.push(*end);
    }
    if words.is_empty() && start.is_none() {
        return None;
    }
    words.push(&name);
    words.extend(start);
    words.reverse();
    Some(words.join(" "))
}
