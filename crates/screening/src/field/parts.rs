//! The names in a field that holds more than one name, or more than a name.
//!
//! What stands between and beside names is in `data/between.tsv`.

use super::{Sure, behind};
use crate::lists::country_names;
use crate::name::{Class, Name, names_nobody};
use crate::normalize::LONGEST;
use crate::party::PartyKind;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a phrase beside names says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Beside {
    /// A name stands on either side.
    Between,
    /// Perhaps so; perhaps it is part of one name.
    Weak,
    /// What follows is a name.
    Before,
    /// What follows is none, if there are numbers or a colon.
    Rest,
    /// What follows is none, if a number comes next.
    Label,
    /// A name may stand before it, and a place follows.
    Office,
    /// It is no part of the name before it, nor of the one behind it.
    Mark,
}

/// The phrases, by their words; and how many words those have at most that begin so.
struct Phrases {
    all: BTreeMap<String, Beside>,
    longest: BTreeMap<String, usize>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { all: BTreeMap::new(), longest: BTreeMap::new() };
    let lines = include_str!("../../data/between.tsv").lines();
    for (role, line) in lines.filter_map(|it| it.split_once('\t')) {
        let beside = match role {
            "between" => Beside::Between,
            "weak" => Beside::Weak,
            "before" => Beside::Before,
            "rest" => Beside::Rest,
            "label" => Beside::Label,
            "office" => Beside::Office,
            "mark" => Beside::Mark,
            _ => continue,
        };
        for phrase in line.split(", ") {
            let mut words = phrase.split(' ');
            let first = words.next().unwrap_or_default().to_owned();
            let longest = phrases.longest.entry(first).or_default();
            *longest = (*longest).max(1 + words.count());
            phrases.all.entry(phrase.to_owned()).or_insert(beside);
        }
    }
    phrases
});

/// Marks between two names wherever they stand.
const BREAKS: [char; 8] = [';', '–', '—', '―', '=', '→', '<', '>'];

/// Marks between two names where words stand on both sides.
const STROKES: [char; 3] = ['/', '|', '\\'];

/// What surrounds a name or a remark.
const BRACKETS: [(char, char); 12] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('（', '）'),
    ('【', '】'),
    ('「', '」'),
    ('«', '»'),
    ('“', '”'),
    ('„', '“'),
    ('‘', '’'),
    ('"', '"'),
    ('\'', '\''),
];

/// Offers every part of `text` that may be a name by itself, and how sure that is.
pub(super) fn each(text: &str, kind: PartyKind, found: &mut impl FnMut(&str, Sure)) {
    // A line is a name.
    let line = |it: char| if matches!(it, '\n' | '\r') { ';' } else { it };
    let text: String = text.chars().take(LONGEST).map(line).collect();
    for word in text.split_whitespace() {
        if let Some(site) = site(word, text.trim() == word) {
            found(site, Sure::Perhaps);
        }
    }
    if let Some(rest) = without_city(text.trim()) {
        found(rest, Sure::Perhaps);
    }
    if let Some(name) = behind::without_branch(text.trim()) {
        found(name, Sure::Yes);
    }
    let (outside, inside) = brackets(&text);
    let has_remark = !inside.is_empty();
    for (at, source) in std::iter::once(outside).chain(inside).enumerate() {
        let words = words(&source);
        let keys: Vec<Cow<'_, str>> = words.iter().map(|it| key(it)).collect();
        let (segments, has_weak) = segments(&words, &keys, false);
        // `Megvii (Face++)`: a remark stands behind the name.
        let is_head = at == 0 && has_remark && segments.len() == 1;
        for it in &segments {
            let part = if is_head { Sure::Head } else { Sure::Perhaps };
            found(&it.text, if it.is_sure { Sure::Yes } else { part });
            within(it, kind, found);
        }
        let weaker = if has_weak { self::segments(&words, &keys, true).0 } else { Vec::new() };
        for it in weaker {
            if !segments.contains(&it) {
                found(&it.text, Sure::Perhaps);
                within(&it, kind, found);
            }
        }
    }
}

/// The name in an address of a web site or a mailbox: `garantex` of `https://www.garantex.io/en`.
/// Alone in a field, `garantex.io` is one too.
fn site(word: &str, is_alone: bool) -> Option<&str> {
    let plain = word.trim_matches(['<', '>', '(', ')', ',', ';', '.']);
    let (rest, is_address) = match (plain.split_once("://"), plain.rsplit_once('@')) {
        (Some((_, rest)), _) | (None, Some((_, rest))) => (rest, true),
        (None, None) => (plain, plain.starts_with("www.")),
    };
    let host = rest.split(['/', '?', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let (name, end) = host.split_once('.')?;
    let is_end = end.split('.').all(|it| (2..=6).contains(&it.len()))
        && end.bytes().all(|it| it.is_ascii_lowercase() || it == b'.');
    let is_name = name.len() >= 4 && name.is_ascii();
    (is_end && is_name && (is_address || is_alone && !names_nobody(end))).then_some(name)
}

/// The text without what is in brackets and quotation marks, and what is.
fn brackets(text: &str) -> (String, Vec<String>) {
    let mut outside = String::with_capacity(text.len());
    let mut inside = Vec::new();
    let mut before = ' ';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        let bracket = BRACKETS.iter().find(|it| it.0 == first);
        // Within a word it is an apostrophe.
        let opens = !before.is_alphanumeric() || !matches!(first, '\'' | '‘' | '"' | '“');
        let found = bracket.filter(|_| opens).and_then(|it| {
            let ends = |(at, _): &(usize, &str)| {
                let next = after.get(at + it.1.len_utf8()..).and_then(|it| it.chars().next());
                it.1 != '\'' && it.1 != '’' || next.is_none_or(|it| !it.is_alphanumeric())
            };
            after.match_indices(it.1).find(ends).map(|at| (at.0, it.1))
        });
        if let Some((end, close)) = found {
            inside.extend(after.get(..end).map(str::to_owned));
            outside.push(' ');
            rest = after.get(end + close.len_utf8()..).unwrap_or_default();
            before = ' ';
        } else {
            outside.push(first);
            rest = after;
            before = first;
        }
    }
    (outside, inside)
}

/// A part of a field.
#[derive(Debug, Eq, PartialEq)]
struct Segment {
    text: String,
    /// Whether a phrase beside it says that it is a name.
    is_sure: bool,
}

/// The words of a field, a mark between two names and a label as words of their own.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let mut rest = word;
        if let Some((label, value)) = behind::glued(word, is_label) {
            words.push(label);
            rest = value;
        }
        // `Zelmira ex-Sea Star`.
        if let Some((before, name)) = rest.split_once('-')
            && before.eq_ignore_ascii_case("ex")
            && name.len() > 2
        {
            words.push(before);
            rest = name;
        }
        while let Some(at) = rest.find(BREAKS) {
            let (before, after) = rest.split_at(at);
            let mark = after.chars().next().map_or(0, char::len_utf8);
            words.extend(strokes(before));
            words.extend(after.get(..mark));
            rest = after.get(mark..).unwrap_or_default();
        }
        words.extend(strokes(rest));
    }
    words.retain(|it| !it.is_empty());
    words
}

/// Whether a table knows a word that what follows is something else than before it.
fn is_label(word: &str) -> bool {
    let kinds = [Beside::Between, Beside::Before, Beside::Rest, Beside::Label];
    PHRASES.all.get(key(word).as_ref()).is_some_and(|it| kinds.contains(it))
}

/// `Y/X` are two words where both are more than letters, but not in a phrase such as `a/k/a`. The
/// last may be the code of a country.
fn strokes(word: &str) -> Vec<&str> {
    if !word.contains(STROKES) {
        return vec![word];
    }
    let is_long = |it: &str| it.chars().filter(|it| it.is_alphanumeric()).count() >= 3;
    let head = match word.rsplit_once(STROKES) {
        Some((head, last)) if behind::is_country(last, true) => head,
        _ => word,
    };
    let mut parts = head.split(STROKES).filter(|it| !it.is_empty());
    if !word.contains("://") && parts.all(is_long) && !is_label(word) {
        let mut parts: Vec<&str> = Vec::new();
        for part in word.split(STROKES) {
            if !parts.is_empty() {
                parts.push(BREAK);
            }
            parts.push(part);
        }
        return parts;
    }
    vec![word]
}

const BREAK: &str = ";";

/// Whether a word is a mark between two names.
fn is_break(word: &str) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => BREAKS.contains(&only) || STROKES.contains(&only) || only == '-',
        _ => false,
    }
}

/// What stands between marks and phrases that names have between them, of the weak ones too if
/// `weak`; and whether there is a weak one. `keys` are those of the words.
fn segments(words: &[&str], keys: &[Cow<'_, str>], weak: bool) -> (Vec<Segment>, bool) {
    let mut all = Segments::default();
    let (mut at, mut is_rest, mut has_weak) = (0, false, false);
    while let (Some(word), Some(written)) = (words.get(at), keys.get(at)) {
        let (used, beside) = phrase(keys.get(at..).unwrap_or_default()).unzip();
        let used = used.unwrap_or(1);
        let tail = words.get(at + used..).unwrap_or_default();
        let ends = words.get(at + used - 1).is_some_and(|it| it.ends_with([':', '：']));
        let is_numbered = || {
            let keys = keys.get(at + used..).unwrap_or_default();
            let numbering = keys.iter().take_while(|it| behind::is_numbering(it)).count();
            behind::is_numbered(tail.get(numbering..).unwrap_or_default())
        };
        has_weak |= beside == Some(Beside::Weak);
        match beside {
            Some(Beside::Between) => {
                is_rest = false;
                // The place of a branch stands before it.
                let place = !all.open.is_empty() && matches!(written.as_ref(), "branch" | "office");
                all.close(true);
                if place {
                    all.without_last();
                }
            }
            Some(Beside::Weak) if weak => all.close(false),
            Some(Beside::Before) if all.open.is_empty() || ends => all.close(ends),
            Some(Beside::Rest)
                if ends || tail.iter().any(|it| it.contains(|it: char| it.is_ascii_digit())) =>
            {
                all.close(false);
                is_rest = true;
            }
            Some(Beside::Label) if is_numbered() => {
                all.close(!all.open.is_empty());
                is_rest = true;
            }
            Some(Beside::Office) if !all.open.is_empty() => {
                all.close(false);
                // The place may stand before it.
                all.without_last();
                is_rest = true;
            }
            Some(Beside::Mark) => all.close(false),
            _ if is_rest => {}
            None if ends && !all.open.is_empty() && is_numbered() => {
                all.word(word, false);
                all.without_last();
            }
            _ => {
                all.word(word, at + 1 == words.len());
                at += 1;
                continue;
            }
        }
        at += used;
    }
    all.close(false);
    (all.done, has_weak)
}

#[derive(Default)]
struct Segments<'t> {
    done: Vec<Segment>,
    open: Vec<&'t str>,
    /// Whether a phrase said that a name follows.
    is_sure: bool,
}

impl<'t> Segments<'t> {
    fn word(&mut self, word: &'t str, is_last: bool) {
        let begins =
            |with: &str| word.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with));
        let is_contact = word.contains('@') && word.contains('.')
            || ["http", "www.", "mailto"].into_iter().any(begins);
        let owner = ["'s", "’s", "`s"].iter().find_map(|it| word.strip_suffix(it));
        if is_contact || word == "#" || is_break(word) {
            self.close(false);
        } else if let Some(owner) = owner.filter(|_| !is_last) {
            self.open.push(owner);
            self.close(false);
        } else {
            self.open.push(word);
            if word.ends_with([':', '：']) {
                self.close(false);
            }
        }
    }

    /// Ends a segment; `is_sure` says that what stands here has a name on either side.
    fn close(&mut self, is_sure: bool) {
        if !self.open.is_empty() {
            let text = self.open.join(" ");
            self.done.push(Segment { text, is_sure: self.is_sure || is_sure });
            self.open.clear();
        }
        self.is_sure = is_sure;
    }

    /// The last segment once more, without its last word.
    fn without_last(&mut self) {
        if let Some((text, _)) = self.done.last().and_then(|it| it.text.rsplit_once(' ')) {
            let text = text.to_owned();
            self.done.push(Segment { text, is_sure: false });
        }
    }
}

/// A word as the table has it.
fn key(word: &str) -> Cow<'_, str> {
    let word = word.trim_matches([',', '.', ':', '：', '\'', '"', '(', ')', '*', '#']);
    if word.bytes().all(|it| it.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        let mut lower = word.to_ascii_lowercase();
        lower.retain(|it| it != '.');
        return Cow::Owned(lower);
    }
    Cow::Owned(word.chars().filter(|it| *it != '.').flat_map(char::to_lowercase).collect())
}

/// The longest phrase that words begin with.
fn phrase(words: &[Cow<'_, str>]) -> Option<(usize, Beside)> {
    let first = words.first()?.as_ref();
    let longest = PHRASES.longest.get(first).copied().unwrap_or(0);
    let found = (1..=words.len().min(longest)).rev().find_map(|used| {
        let beside = PHRASES.all.get(&words.get(..used)?.join(" "))?;
        Some((used, *beside))
    });
    found.or_else(|| {
        let stem = behind::stem(first).filter(|it| PHRASES.all.get(*it) == Some(&Beside::Label));
        let beside = stem.map(|_| Beside::Label);
        Some((1, beside.or_else(|| behind::is_branch(first).then_some(Beside::Office))?))
    })
}

/// What a segment is without an address, a country, a number or words written twice.
fn within(segment: &Segment, kind: PartyKind, found: &mut impl FnMut(&str, Sure)) {
    let text = segment.text.as_str();
    shorter(text, kind, found);
    let pieces: Vec<&str> = text.split([',', '，']).collect();
    let count = pieces.len();
    let is_name = |it: &str| it.split_whitespace().count() > 1;
    let has_digit = |it: &str| it.contains(|it: char| it.is_ascii_digit());
    for at in 1..count.min(MOST_PIECES) {
        let (head, tail) = pieces.split_at(at);
        let (head, tail) = (head.join(","), tail.join(","));
        let is_place = has_digit(&tail)
            || count > 2
            || is_name(&tail)
            || country_names::is_country(tail.trim());
        // `Bout, Viktor` is one name; `Intellexa, Athens` is a firm and a city.
        let short = match kind {
            PartyKind::Person => None,
            PartyKind::Unknown if is_place || segment.is_sure || is_of_many(&tail) => {
                Some(Sure::Head)
            }
            PartyKind::Unknown => Some(Sure::Firm),
            PartyKind::Organization | PartyKind::Vessel | PartyKind::Aircraft => Some(Sure::Head),
        };
        if let Some(sure) = if is_name(&head) { Some(Sure::Perhaps) } else { short } {
            found(&head, sure);
            shorter(&head, kind, found);
        }
        if is_name(&tail) || (kind != PartyKind::Person && is_name(&head)) {
            found(&tail, Sure::Perhaps);
            shorter(&tail, kind, found);
        }
    }
}

/// Whether a text has only words that many organizations have, as names of cities are.
fn is_of_many(text: &str) -> bool {
    let name = Name::parse(text, PartyKind::Unknown);
    name.tokens.iter().all(|it| matches!(it.class, Class::Word | Class::Legal))
}

/// After how many commas a name is no longer looked for.
const MOST_PIECES: usize = 5;

/// Offers a text without what stands behind and before a name.
fn shorter(text: &str, kind: PartyKind, found: &mut impl FnMut(&str, Sure)) {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 2 {
        return;
    }
    let is_number = |it: &&str| {
        let it = it.trim_start_matches(['#', '+']);
        it.starts_with(|it: char| it.is_ascii_digit())
            && it.chars().filter(char::is_ascii_alphabetic).count() < 2
    };
    if words.first().is_some_and(is_number) {
        found(&words.get(1..).unwrap_or_default().join(" "), Sure::Perhaps);
    }
    if let Some(at) = words.iter().skip(1).position(is_number) {
        let head = words.get(..=at).unwrap_or_default();
        found(&head.join(" "), Sure::Perhaps);
        without_code(head, kind, found);
    }
    // `Receiving Dock 4 Zephyrcom Ltd`: a place stands before the name.
    if let Some(at) = words.iter().take(4).rposition(is_number).filter(|it| *it > 0)
        && words.len() > at + 2
    {
        found(&words.get(at + 1..).unwrap_or_default().join(" "), Sure::Perhaps);
    }
    without_label(&words, found);
    without_code(&words, kind, found);
    // `Intellexa Ireland Ltd` is a branch.
    let legal = words.iter().rev().take_while(|it| names_nobody(it)).count();
    for end in [words.len(), words.len() - legal] {
        let last = end.checked_sub(1).and_then(|it| words.get(it));
        let may_be_country = last.is_some_and(|it| country_names::may_end(it));
        let most = if may_be_country { MOST_OF_COUNTRY } else { 0 };
        for used in 1..=end.saturating_sub(1).min(most) {
            let (head, tail) = words.split_at(end - used);
            let tail = tail.get(..used).unwrap_or_default();
            let is_name = kind != PartyKind::Person || head.len() > 1;
            let tail = tail.join(" ");
            let tail = tail.trim_matches(['.', ',']);
            let is_country = country_names::is_country(tail)
                || COUNTRIES_BEHIND.contains(&tail.to_lowercase().as_str());
            if is_name && is_country {
                found(&head.join(" "), Sure::Head);
            }
        }
        if legal == 0 {
            break;
        }
    }
    // `Mohamed Mohamed` may be a name: all words are written twice.
    let mut once: Vec<&str> = words.clone();
    once.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    if once.len() * 2 == words.len() {
        found(&once.join(" "), Sure::Yes);
    }
}

/// Offers the name before the code of a country: `Surena CN`.
fn without_code(words: &[&str], kind: PartyKind, found: &mut impl FnMut(&str, Sure)) {
    let Some((last, head)) = words.split_last() else { return };
    let follows_form = || head.last().is_some_and(|it| names_nobody(it));
    let is_name = if kind == PartyKind::Person { head.len() > 1 } else { !head.is_empty() };
    let may_be = (2..=6).contains(&last.len()) && last.bytes().all(|it| !it.is_ascii_lowercase());
    if is_name && may_be && behind::is_country(last, follows_form()) {
        found(&head.join(" "), Sure::Head);
    }
}

/// Offers what stands before a label that no table knows and its number, or before all that follows
/// a legal form up to a number.
fn without_label(words: &[&str], found: &mut impl FnMut(&str, Sure)) {
    let Some(at) = behind::number(words) else { return };
    let head = words.get(..at).unwrap_or_default();
    found(&head.join(" "), Sure::Perhaps);
    let form = head.iter().rposition(|it| names_nobody(it)).filter(|it| *it > 0);
    if let Some(form) = form.filter(|it| it + 1 < at) {
        found(&head.get(..=form).unwrap_or_default().join(" "), Sure::Head);
    }
    let numbering = head.iter().rev().take_while(|it| behind::is_numbering(&key(it))).count();
    let end = at - numbering;
    let label = end.checked_sub(1).and_then(|it| words.get(it));
    if end > 1 && (numbering > 0 || label.is_some_and(|it| behind::may_label(it))) {
        found(&words.get(..end - 1).unwrap_or_default().join(" "), Sure::Perhaps);
    }
}

/// Countries as they stand behind a Russian name.
const COUNTRIES_BEHIND: [&str; 17] = [
    "россии",
    "рф",
    "российской федерации",
    "беларуси",
    "республики беларусь",
    "рб",
    "украины",
    "казахстана",
    "республики казахстан",
    "узбекистана",
    "армении",
    "киргизии",
    "ирана",
    "сирии",
    "китая",
    "кнр",
    "кндр",
];

/// The name behind a province and a city, in Chinese characters: most firms have them before it.
fn without_city(text: &str) -> Option<&str> {
    let ends = text.char_indices().take(LONGEST_PLACE).filter(|it| matches!(it.1, '市' | '省'));
    let (at, mark) = ends.filter(|it| it.0 > 0).last()?;
    let rest = text.get(at + mark.len_utf8()..)?.trim();
    (rest.chars().count() > 3).then_some(rest)
}

/// The most characters that a province and a city have together.
const LONGEST_PLACE: usize = 8;

/// The most words that the name of a country has.
const MOST_OF_COUNTRY: usize = 4;
