//! A name in its parts: what carries it, and what merely surrounds it.
//!
//! Words become tokens with a class and a weight. The weight says how much it tells that a word is
//! there: a rare name much, `Trading` little, `Ltd` next to nothing. Start at [`Name::parse`].

use crate::lexicon::{self, Known, Role};
use crate::normalize::{self, Word};
use crate::party::PartyKind;
use crate::scripts::{self, Script};
use crate::term::{OwnedTerm, flag};

/// A name in its parts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Name {
    /// Its tokens, in the order written; at most [`MOST_TOKENS`].
    pub tokens: Vec<Token>,
}

/// The most tokens that are kept of one name.
pub const MOST_TOKENS: usize = 24;

/// What a word does in a name.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Class {
    /// It carries the name.
    Name,
    /// A number.
    Number,
    /// A word that many organizations have.
    Word,
    /// A father's name with a Slavic ending.
    Patronymic,
    /// A single letter.
    Initial,
    /// `al`, `von`, `the`.
    Particle,
    /// `Dr`, `Sheikh`, `MV`.
    Honor,
    /// A legal form.
    Legal,
}

/// A word of a name, or a phrase that stands for one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Token {
    /// What it does.
    pub class: Class,
    /// How much it tells, about 100 for a rare name.
    pub weight: u16,
    /// The Chinese character it is, 0 if it is none: two of the same reading are not the same.
    pub character: u32,
    /// Its spellings in Latin letters, the usual one first; never empty.
    pub terms: Vec<OwnedTerm>,
}

impl Name {
    /// The parts of `text` as the name of a party of this kind.
    #[must_use]
    pub fn parse(text: &str, kind: PartyKind) -> Self {
        let words = split(join_letters(normalize::words(text), kind), kind);
        let mut tokens = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let (used, token) = match phrase(&words, at, kind) {
                Some((used, known)) => {
                    (used, Token::known(words.get(at..at + used).unwrap_or_default(), known))
                }
                None => (1, Token::plain(word, kind, words.len())),
            };
            tokens.push(token);
            at += used;
        }
        tokens.truncate(MOST_TOKENS);
        let mut name = Self { tokens };
        name.raise();
        name
    }

    /// Where nothing carries the name, what surrounds it must.
    fn raise(&mut self) {
        let carries =
            |it: &Token| matches!(it.class, Class::Name | Class::Number | Class::Patronymic);
        if self.tokens.iter().any(carries) {
            return;
        }
        let words = self.tokens.iter().any(|it| it.class == Class::Word);
        for token in &mut self.tokens {
            let raised =
                if words { token.class == Class::Word } else { token.class != Class::Legal };
            if raised {
                token.weight = token.weight.max(40) * 3 / 2;
            }
        }
    }

    /// The sum of the weights.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.tokens.iter().map(|it| u32::from(it.weight)).sum()
    }
}

impl Token {
    fn plain(word: &Word, kind: PartyKind, words: usize) -> Self {
        let mut flags = 0;
        if word.script.is_abjad() {
            flags |= flag::ABJAD;
        }
        if word.script.is_coarse() {
            flags |= flag::COARSE;
        }
        let mut spelled = scripts::romanize(&word.text, word.script);
        spelled.extend(word.umlaut.clone());
        let class = class_of(spelled.first().map_or("", String::as_str), kind, words);
        let weight = weight(spelled.first().map_or("", String::as_str), class, word.script);
        let character = match word.text.chars().next() {
            Some(character) if word.script == Script::Han => u32::from(character),
            Some(_) | None => 0,
        };
        let native = lexicon::name_classes(&word.text);
        let terms = spelled
            .into_iter()
            .map(|it| {
                let mut classes = lexicon::name_classes(&it).to_vec();
                classes.extend(
                    native.iter().filter(|it| !classes.contains(it)).copied().collect::<Vec<_>>(),
                );
                OwnedTerm::new(it, flags, &classes)
            })
            .collect();
        Self { class, weight, character, terms }
    }

    fn known(words: &[Word], known: &Known) -> Self {
        let (class, weight) = match known.role {
            Role::Legal => (Class::Legal, 6),
            Role::Word => (Class::Word, 34),
            Role::Honor => (Class::Honor, 5),
            Role::Particle if known.canonical == "abdul" || known.canonical == "abu" => {
                (Class::Particle, 14)
            }
            Role::Particle => (Class::Particle, 5),
            Role::Number => (Class::Number, 60),
        };
        let term = if known.role == Role::Word {
            let text: String = words
                .iter()
                .filter_map(|it| scripts::romanize(&it.text, it.script).into_iter().next())
                .collect();
            let flags = if words.iter().any(|it| it.script.is_abjad()) { flag::ABJAD } else { 0 };
            OwnedTerm::new(text, flags, &[known.class])
        } else {
            OwnedTerm::new(known.canonical.clone(), flag::FIXED, &[known.class])
        };
        Self { class, weight, character: 0, terms: vec![term] }
    }
}

fn class_of(text: &str, kind: PartyKind, words: usize) -> Class {
    const FATHERS: [&str; 12] = [
        "ovich", "evich", "ovitch", "evitch", "ovna", "evna", "ovych", "ivna", "owitsch",
        "ewitsch", "ichna", "yevich",
    ];
    if text.bytes().any(|it| it.is_ascii_digit()) {
        Class::Number
    } else if text.chars().count() == 1 {
        Class::Initial
    } else if kind == PartyKind::Person && words > 2 && FATHERS.iter().any(|it| text.ends_with(it))
    {
        Class::Patronymic
    } else {
        Class::Name
    }
}

fn weight(text: &str, class: Class, script: Script) -> u16 {
    let base = match class {
        Class::Initial => return 34,
        Class::Number => return if text.len() > 1 { 70 } else { 50 },
        Class::Patronymic => 62,
        Class::Name | Class::Word | Class::Particle | Class::Honor | Class::Legal => {
            100u16.saturating_sub(lexicon::commonness(text).saturating_sub(6) * 8).max(30)
        }
    };
    if script.is_coarse() {
        return base.min(70);
    }
    let share = match text.chars().count() {
        0..=2 => 60,
        3 => 75,
        4 => 90,
        _ => 100,
    };
    base * share / 100
}

/// The longest known phrase at `at` that a name of this kind may have there.
fn phrase(words: &[Word], at: usize, kind: PartyKind) -> Option<(usize, &'static Known)> {
    let longest = lexicon::longest_from(&words.get(at)?.text).min(words.len() - at);
    for used in (1..=longest).rev() {
        let mut joined = String::new();
        for word in words.get(at..at + used)? {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(&word.text);
        }
        let found = lexicon::known(&joined).iter().find(|it| {
            let ends = at + used == words.len();
            match (it.role, kind) {
                (Role::Legal, PartyKind::Person) => ends && at > 1 && joined.len() > 1,
                (Role::Word | Role::Number, PartyKind::Person)
                | (Role::Honor, PartyKind::Organization)
                | (Role::Legal, PartyKind::Vessel | PartyKind::Aircraft) => false,
                (Role::Legal, _) => at > 0 || words.len() > used,
                (Role::Number, _) => joined.len() > 2,
                (Role::Word | Role::Honor | Role::Particle, _) => true,
            }
        });
        if let Some(found) = found {
            return Some((used, found));
        }
    }
    None
}

/// Single letters in a row are one word in the names of organizations: `A.B.C.`, `L L C`.
fn join_letters(words: Vec<Word>, kind: PartyKind) -> Vec<Word> {
    if kind == PartyKind::Person {
        return words;
    }
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut run = false;
    for word in words {
        let single = word.text.chars().count() == 1
            && matches!(word.script, Script::Latin | Script::Cyrillic);
        match joined.last_mut() {
            Some(last) if run && single && last.script == word.script => {
                last.text.push_str(&word.text);
            }
            _ => joined.push(word),
        }
        run = single;
    }
    joined
}

/// Takes words apart that are several: the Arabic article and `Abdul-`, Korean names.
fn split(words: Vec<Word>, kind: PartyKind) -> Vec<Word> {
    let mut done = Vec::with_capacity(words.len());
    let count = words.len();
    let first_syllables = words.first().map_or(0, |it| it.text.chars().count());
    for word in words {
        match word.script {
            Script::Arabic => split_arabic(word, &mut done),
            Script::Latin if kind != PartyKind::Vessel => split_abdul(word, &mut done),
            Script::Hangul if kind != PartyKind::Organization => {
                let syllables: Vec<char> = word.text.chars().collect();
                let korean = (2..=4).contains(&syllables.len())
                    && (count == 1
                        && syllables.first().is_some_and(|it| scripts::is_korean_family_name(*it))
                        || count == 2 && first_syllables == 1);
                if korean {
                    done.extend(
                        syllables
                            .into_iter()
                            .map(|it| Word { text: it.to_string(), ..word.clone() }),
                    );
                } else {
                    done.push(word);
                }
            }
            Script::Latin
            | Script::Hangul
            | Script::Digit
            | Script::Cyrillic
            | Script::Greek
            | Script::Hebrew
            | Script::Han
            | Script::Kana
            | Script::Other => done.push(word),
        }
    }
    done
}

fn split_arabic(word: Word, to: &mut Vec<Word>) {
    let mut rest = word.text.as_str();
    if let Some(name) = rest.strip_prefix("عبد").filter(|it| it.chars().count() > 3) {
        to.push(Word { text: "عبد".to_owned(), ..word.clone() });
        rest = name;
    }
    let stem = ["وال", "ال"].iter().find_map(|it| rest.strip_prefix(it));
    match stem.filter(|it| it.chars().count() >= 3) {
        Some(stem) if stem != "لله" && rest != "الله" => {
            to.push(Word { text: stem.to_owned(), ..word });
        }
        _ => to.push(Word { text: rest.to_owned(), ..word }),
    }
}

fn split_abdul(word: Word, to: &mut Vec<Word>) {
    const STARTS: [&str; 9] =
        ["abdool", "abdoul", "abdul", "abdel", "abdal", "abdol", "abdur", "abder", "abdus"];
    let rest = STARTS.iter().find_map(|it| word.text.strip_prefix(it));
    match rest.filter(|it| it.len() > 3 && !it.starts_with("la")) {
        Some(rest) => {
            to.push(Word { text: "abdul".to_owned(), ..word.clone() });
            to.push(Word { text: rest.to_owned(), ..word });
        }
        None => to.push(word),
    }
}
