//! Words whose part in a name is known: legal forms, common words of organizations, honorifics,
//! particles, numbers, nicknames; and how common a word is in names.
//!
//! The tables are made by `data/make.py`; `data/README.md` tells from what.

mod folded;
mod misspelled;
mod slipped;
mod table;

use crate::normalize::{self, Word};
use crate::scripts::{self, Script};
use folded::{Folded, fold};
use misspelled::Misspelled;
use slipped::Slipped;
use std::sync::LazyLock;
use table::Table;

const WORDS: &str = include_str!("../data/words.tsv");
const EXTRA: &str = include_str!("../data/extra.tsv");
const VOCABULARY: &str = include_str!("../data/vocabulary.tsv");
const COMMON: &str = include_str!("../data/common.tsv");
const ABBREVIATIONS: &str = include_str!("../data/abbreviations.tsv");

/// The longest phrase that is looked up, in words.
pub const LONGEST_PHRASE: usize = 8;

/// What a known phrase is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// A legal form, such as `Open Joint Stock Company`.
    Legal,
    /// A word that many organizations have, such as `trading`.
    Word,
    /// `Dr`, `Sheikh`, `MV`.
    Honor,
    /// `al`, `von`, `the`.
    Particle,
    /// A number in words.
    Number,
    /// A Roman number.
    Roman,
}

/// A known phrase.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Known {
    /// What it is.
    pub role: Role,
    /// One spelling for all phrases that mean the same.
    pub canonical: String,
    /// The wider class it belongs to: all share-holding companies, say.
    pub class: u32,
}

struct Lexicon {
    phrases: Table<String, Vec<Known>>,
    starts: Table<String, usize>,
    names: Table<String, Vec<u32>>,
    common: Table<&'static str, u16>,
    folded: Folded,
    senses: Folded,
    misspelled: Misspelled,
    slipped: Slipped,
    /// Legal forms in Latin letters, in order.
    forms: Vec<String>,
    /// Words that are shortened, by what is written for them, and whether only a full stop behind
    /// says so.
    shortened: Table<&'static str, (&'static str, bool)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    fn load() -> Self {
        let mut all = Self {
            phrases: Table::default(),
            starts: Table::default(),
            names: Table::default(),
            common: Table::default(),
            folded: Folded::default(),
            senses: Folded::default(),
            misspelled: Misspelled::default(),
            slipped: Slipped::default(),
            forms: Vec::new(),
            shortened: Table::default(),
        };
        let mut single = Vec::new();
        for line in WORDS.lines().chain(EXTRA.lines()) {
            let mut cells = line.split('\t');
            if let (Some(role), Some(canonical), Some(phrase)) =
                (cells.next(), cells.next(), cells.next())
            {
                all.add(role, canonical, phrase, &mut single);
            }
        }
        for line in VOCABULARY.lines() {
            all.add_line(line, &mut single);
        }
        for line in COMMON.lines() {
            if let Some((word, level)) = line.split_once('\t') {
                all.common.insert(word, level.parse().unwrap_or(8));
            }
        }
        for line in ABBREVIATIONS.lines() {
            let mut cells = line.split('\t');
            let Some(word) = cells.next() else { continue };
            for (cell, needs_stop) in cells.zip([false, true]) {
                let short = cell.split(", ").filter(|it| !it.is_empty());
                all.shortened.extend(short.map(|it| (it, (word, needs_stop))));
            }
        }
        all.misspelled = Misspelled::of(single);
        all.forms.sort_unstable();
        all
    }

    /// Adds a line of the vocabulary: groups of items with commas between; `=` for a class says that
    /// each group is a class, its items with slashes between. A star ends what is only a beginning.
    fn add_line(&mut self, line: &str, single: &mut Vec<(String, Role)>) {
        let mut cells = line.split('\t');
        let (Some(role), Some(class), Some(groups)) = (cells.next(), cells.next(), cells.next())
        else {
            return;
        };
        for group in groups.split(", ") {
            let first = group.split('/').next().unwrap_or_default().trim_end_matches('*');
            let canonical = if class == "=" { first } else { class };
            if role == "sense" {
                self.add_senses(canonical, group);
                continue;
            }
            for item in group.split('/') {
                match item.strip_suffix('*') {
                    Some(stem) => {
                        let (id, canonical) = named(role, canonical);
                        self.folded
                            .add_stem(stem, Known { role: Role::Word, canonical, class: id });
                    }
                    None => self.add(role, canonical, item, single),
                }
            }
        }
    }

    /// Adds words that carry names and mean the same in several languages, or the same as a common
    /// word of that class.
    fn add_senses(&mut self, class: &str, group: &str) {
        let (id, canonical) = named("word", class);
        let known = Known { role: Role::Word, canonical, class: id };
        for item in group.split('/') {
            if let Some(stem) = item.strip_suffix('*') {
                self.senses.add_stem(stem, known.clone());
            } else {
                let words = normalize::words(item);
                let is_han = words.iter().all(|it| it.script == Script::Han);
                let words: Vec<String> = words.into_iter().map(|it| it.text).collect();
                let words = if is_han { vec![words.concat()] } else { words };
                self.senses.add(&words, known.clone());
            }
        }
    }

    /// Adds a phrase; to `single` too if it is one word whose misspellings count as it does.
    fn add(&mut self, role: &str, canonical: &str, phrase: &str, single: &mut Vec<(String, Role)>) {
        let words = normalize::words(phrase);
        let alphabet = |it: Script| matches!(it, Script::Latin | Script::Cyrillic | Script::Greek);
        let only = match words.as_slice() {
            [word] if alphabet(word.script) => {
                scripts::romanize(&word.text, word.script).into_iter().next()
            }
            _ => None,
        };
        let latin = romanized(&words);
        // The article goes from names before they are looked up.
        let bare = |it: &Word| match it.text.strip_prefix("ال") {
            Some(stem) if it.script == Script::Arabic && stem.chars().count() >= 3 => {
                stem.to_owned()
            }
            _ => it.text.clone(),
        };
        let words: Vec<String> = words.iter().map(bare).collect();
        let (id, canonical) = named(role, canonical);
        let role = match role {
            "legal" => Role::Legal,
            "word" => Role::Word,
            "honor" => Role::Honor,
            "particle" => Role::Particle,
            "number" => Role::Number,
            "roman" => Role::Roman,
            _ => {
                let classes = self.names.entry(words.concat()).or_default();
                if !classes.contains(&id) {
                    classes.push(id);
                }
                return;
            }
        };
        if matches!(role, Role::Legal | Role::Word) {
            single.extend(only.map(|it| (it, role)));
        }
        let known = Known { role, canonical, class: id };
        if matches!(role, Role::Legal | Role::Word)
            && let Some(latin) = latin
        {
            if role == Role::Legal {
                self.slipped.add(&words, &latin, &known);
            }
            self.folded.add(&latin, known.clone());
        }
        let mut spellings = vec![words.join(" ")];
        if words.len() > 1 && words.iter().all(|it| it.chars().count() == 1) {
            spellings.push(words.concat());
        }
        for spelling in spellings {
            let length = spelling.split(' ').count();
            if spelling.is_empty() || length > LONGEST_PHRASE {
                continue;
            }
            let first = spelling.split(' ').next().unwrap_or_default().to_owned();
            let longest = self.starts.entry(first).or_default();
            *longest = (*longest).max(length);
            if known.role == Role::Legal && spelling.is_ascii() {
                self.forms.push(spelling.clone());
            }
            let all = self.phrases.entry(spelling).or_default();
            if !all.iter().any(|it| it.role == known.role) {
                all.push(known.clone());
            }
        }
    }
}

/// The number of a class, and its usual spelling.
fn named(role: &str, canonical: &str) -> (u32, String) {
    let (class, canonical) = match canonical.split_once(':') {
        Some(("-", name)) => (name, name),
        Some((class, name)) => (class, name),
        None => (canonical, canonical),
    };
    let id = crate::key::key(b'w', &[role.as_bytes(), class.as_bytes()]);
    (id, canonical.replace([' ', '.', '/'], ""))
}

/// The words in Latin letters, if each is of the Latin or the Cyrillic alphabet.
fn romanized(words: &[Word]) -> Option<Vec<String>> {
    let of = |it: &Word| {
        matches!(it.script, Script::Latin | Script::Cyrillic)
            .then(|| scripts::romanize(&it.text, it.script).into_iter().next())
            .flatten()
    };
    words.iter().map(of).collect()
}

/// The longest phrase that `words` begin with when their letters are written some other way, as
/// where Russian or Persian words are spelled in Latin letters: how many words, and what it is.
#[must_use]
pub fn respelled(words: &[Word]) -> Option<(usize, &'static Known)> {
    let folded = words
        .iter()
        .take(LONGEST_PHRASE)
        .map_while(|it| romanized(std::slice::from_ref(it))?.pop())
        .map(|it| fold(&it));
    LEXICON.folded.find(folded)
}

/// The longest legal form of several words that `words` begin with if one of them has a typing
/// error, as in `Limited Liabilty Company`: how many words, and what it is.
#[must_use]
pub fn slipped(words: &[Word]) -> Option<(usize, &'static Known)> {
    LEXICON.slipped.find(words)
}

/// How many words the longest known phrase has that starts with `word`; 0 if none does.
#[must_use]
pub fn longest_from(word: &str) -> usize {
    LEXICON.starts.get(word).copied().unwrap_or(0)
}

/// What `phrase`, words with single blanks between, is known as.
#[must_use]
pub fn known(phrase: &str) -> &'static [Known] {
    LEXICON.phrases.get(phrase).map_or(&[], Vec::as_slice)
}

/// How the legal form of this spelling is written in a text, folded, each way once.
#[must_use]
pub fn legal_forms(text: &str, canonical: &str) -> Vec<String> {
    let words = normalize::words(text);
    let is_form = |it: &Known| it.role == Role::Legal && it.canonical == canonical;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = words.get(at) {
        let longest = longest_from(&first.text).min(words.len() - at);
        let phrase = (1..=longest).rev().find_map(|used| {
            let words = words.get(at..at + used)?;
            let phrase = words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
            let known = known(&phrase);
            (!known.is_empty()).then_some((used, phrase, known))
        });
        let Some((used, phrase, known)) = phrase else {
            at += 1;
            continue;
        };
        at += used;
        if known.iter().any(is_form) {
            let is_letters = phrase.split(' ').all(|it| it.chars().count() == 1);
            let form = if is_letters { phrase.replace(' ', "") } else { phrase };
            if !found.contains(&form) {
                found.push(form);
            }
        }
    }
    found
}

/// The classes of names that mean the same, such as `bob` and `robert`.
#[must_use]
pub fn name_classes(word: &str) -> &'static [u32] {
    LEXICON.names.get(word).map_or(&[], Vec::as_slice)
}

/// What `word`, in Latin letters, means where it carries the name of an organization: the class of
/// words that mean the same in other languages, and that of words which differ in their endings
/// only, such as `infrastructure` and `infrastrukturnye`.
#[must_use]
pub fn senses(word: &str) -> [Option<u32>; 2] {
    let folded = fold(word);
    let stem = folded::stem(&folded).map(|it| crate::key::key(b'w', &[b"stem", it.as_bytes()]));
    let meant = LEXICON.senses.find(std::iter::once(folded)).map(|it| it.1.class);
    [meant, stem]
}

/// What `word`, in Latin letters and not known itself, was meant to be if it is a misspelled legal
/// form or common word of organizations. Words that are common in names are none.
#[must_use]
pub fn meant(word: &str) -> Option<Role> {
    if commonness(word) > 0 { None } else { LEXICON.misspelled.meant(word) }
}

/// The word of organizations that `word` is short for: `Inst`, and `Int.` if it has a full stop.
#[must_use]
pub fn shortened(word: &str, has_stop: bool) -> Option<&'static str> {
    let (long, needs_stop) = LEXICON.shortened.get(word)?;
    (has_stop || !needs_stop).then_some(long)
}

/// Whether `phrase`, words with single blanks between, is the beginning of a legal form, as where a
/// field was cut off in it. A single word may be the first of a longer form only as a whole:
/// `Joint`, but no beginning of `International Business Company`.
#[must_use]
pub fn begins_form(phrase: &str) -> bool {
    let from = LEXICON.forms.partition_point(|it| it.as_str() < phrase);
    let forms = LEXICON.forms.get(from..).unwrap_or_default().iter();
    let mut rest = forms.map_while(|it| it.strip_prefix(phrase));
    let is_single = !phrase.contains(' ');
    rest.any(|it| !is_single || it.starts_with(' ') || !it.contains(' '))
}

/// How common a word is: the binary logarithm of its occurrences in a million names, 0 if it is
/// not known to be common.
#[must_use]
pub fn commonness(word: &str) -> u16 {
    LEXICON.common.get(word).copied().unwrap_or(0)
}
