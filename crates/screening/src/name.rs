//! A name in its parts: what carries it, and what merely surrounds it.
//!
//! Words become tokens with a class and a weight. The weight says how much it tells that a word is
//! there: a rare name much, `Trading` little, `Ltd` next to nothing. Start at [`Name::parse`].

pub(crate) mod beginning;
mod characters;
mod described;
pub(crate) mod forms;
pub(crate) mod letters;
mod nobody;

pub use described::names_nobody_in_particular;
pub use nobody::names_nobody;

use crate::lexicon::{self, Known, Role};
use crate::normalize::{self, SPELLING, Word};
use crate::party::PartyKind;
use crate::reading::System;
use crate::scripts::{self, Script};
use crate::term::{OwnedTerm, flag};

/// A name in its parts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Name {
    /// Its tokens, in the order written; at most [`MOST_TOKENS`].
    pub tokens: Vec<Token>,
    /// What it is found by where it is written letter for letter the same, whatever its words are
    /// taken for; nothing where that is not at hand.
    pub spelling: Option<[u32; SPELLING]>,
}

/// The most tokens that are kept of one name.
pub const MOST_TOKENS: usize = 24;

/// What a legal form weighs.
const LEGAL: u16 = 6;

/// What a word weighs that many organizations have.
const WORD: u16 = 34;

/// What such a word weighs where it is left over.
const WORD_LEFT: u16 = 26;

/// What a father's name weighs where the other side names none.
const FATHER_LEFT: u16 = 20;

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
    /// What it weighs where nothing on the other side is like it: less than `weight` for a father's
    /// name and for what may be a misspelled `Technologies` or `Incorporated`, else the same.
    pub left: u16,
    /// The Chinese character it is, 0 if it is none: two of the same reading are not the same.
    pub character: u32,
    /// Its spellings in Latin letters, the usual one first; never empty.
    pub terms: Vec<OwnedTerm>,
}

/// What a word weighs at least that few names have; half of what one weighs that only one has.
pub(crate) const RARE: u16 = 50;

/// Whether words of these classes and weights are one rare word and nothing that tells names apart.
pub(crate) fn is_one_word(words: impl Iterator<Item = (Class, u16)>) -> bool {
    let mut rare = 0;
    for (class, weight) in words {
        match class {
            Class::Name if weight >= RARE => rare += 1,
            Class::Legal | Class::Particle => {}
            Class::Name
            | Class::Number
            | Class::Word
            | Class::Patronymic
            | Class::Initial
            | Class::Honor => return false,
        }
    }
    rare == 1
}

impl Name {
    /// The parts of `text` as the name of a party of this kind.
    #[must_use]
    pub fn parse(text: &str, kind: PartyKind) -> Self {
        Self::parse_among(text, kind, &mut Apart::default())
    }

    /// The same, for one of several texts that have words in common, all of this kind.
    pub(crate) fn parse_among(text: &str, kind: PartyKind, apart: &mut Apart) -> Self {
        let words = normalize::words(text);
        let spelling = (!words.is_empty()).then(|| normalize::spelling(&words));
        let words = written_out(split(join_letters(words, kind), kind), kind);
        let mut tokens = tokens(&words, kind, true, apart);
        // One word that is like a common one, and nothing else, is the name.
        let count = |class| tokens.iter().filter(|it: &&Token| it.class == class).count();
        if count(Class::Word) < 2
            && count(Class::Name) + count(Class::Number) + count(Class::Patronymic) == 0
        {
            tokens = self::tokens(&words, kind, false, apart);
        }
        add_numbers(&mut tokens);
        tokens.truncate(MOST_TOKENS);
        let mut name = Self { tokens, spelling };
        name.raise();
        name
    }

    /// Whether it is one rare word, with no more than a legal form or particles around it.
    #[must_use]
    pub(crate) fn is_one_word(&self) -> bool {
        is_one_word(self.tokens.iter().map(|it| (it.class, it.weight)))
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
                token.left = token.weight;
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
    /// More words in a name make no difference to one of them.
    const MANY: usize = 3;

    fn plain(word: &Word, kind: PartyKind, words: usize) -> Self {
        let flags = System::of(word.script).map_or(0, flag::of);
        let mut spelled = scripts::romanize(&word.text, word.script);
        spelled.extend(word.umlaut.clone());
        if matches!(kind, PartyKind::Person | PartyKind::Unknown) {
            let common = spelled.first().and_then(|it| scripts::slavic::common(it));
            spelled.extend(common.filter(|it| !spelled.contains(it)));
        }
        let is_letter = |it: &String| it.len() == 1 || letters::TWO.contains(&it.as_str());
        let is_first = is_first_letter(word, kind) && spelled.first().is_some_and(is_letter);
        if is_first {
            spelled.retain(is_letter);
        }
        let class = match spelled.first().map_or("", String::as_str) {
            _ if is_first => Class::Initial,
            first => class_of(first, kind, words),
        };
        let flags = if class == Class::Initial { flags | flag::INITIAL } else { flags };
        let weight = weight(spelled.first().map_or("", String::as_str), class, word.script);
        let meant = (kind != PartyKind::Person && words > 1 && class == Class::Name)
            .then(|| spelled.first().and_then(|it| lexicon::meant(it)))
            .flatten();
        let left = match meant {
            Some(Role::Legal) => weight.min(LEGAL),
            Some(_) => weight.min(WORD_LEFT),
            None if class == Class::Patronymic => weight.min(FATHER_LEFT),
            None => weight,
        };
        let mut characters = word.text.chars();
        let character = match (characters.next(), characters.next()) {
            (Some(only), None) if matches!(word.script, Script::Han | Script::Hangul) => {
                u32::from(only)
            }
            _ => 0,
        };
        let native = lexicon::name_classes(&word.text);
        let has_senses =
            class == Class::Name && matches!(kind, PartyKind::Organization | PartyKind::Unknown);
        let mut terms: Vec<OwnedTerm> = spelled
            .into_iter()
            .map(|it| {
                let mut classes = lexicon::name_classes(&it).to_vec();
                classes.extend(
                    native.iter().filter(|it| !classes.contains(it)).copied().collect::<Vec<_>>(),
                );
                if has_senses {
                    let is_read = matches!(word.script, Script::Latin | Script::Cyrillic);
                    let written = if is_read { &it } else { &word.text };
                    classes.extend(lexicon::senses(written).into_iter().flatten());
                }
                OwnedTerm::new(it, flags, &classes)
            })
            .collect();
        // A character may be read in ways that have nothing in common.
        if System::of(word.script).is_some() && character == 0 && word.script != Script::Han {
            OwnedTerm::gather_sounds(&mut terms);
        }
        Self { class, weight, left, character, terms }
    }

    fn known(words: &[Word], known: &Known) -> Self {
        let (class, weight) = match known.role {
            Role::Legal => (Class::Legal, LEGAL),
            Role::Word => {
                // A character is no word of its own.
                let is_han = words.iter().all(|it| it.script == Script::Han);
                let count = if is_han { 1 } else { words.len().clamp(1, 3) };
                (Class::Word, WORD * u16::try_from(count).unwrap_or(1))
            }
            Role::Honor => (Class::Honor, 5),
            Role::Particle
                if matches!(known.canonical.as_str(), "abdul" | "abu" | "allah" | "din") =>
            {
                (Class::Particle, 14)
            }
            Role::Particle => (Class::Particle, 5),
            Role::Number | Role::Roman => (Class::Number, 70),
        };
        let written = || -> String {
            words
                .iter()
                .filter_map(|it| scripts::romanize(&it.text, it.script).into_iter().next())
                .collect()
        };
        let term = match known.role {
            Role::Word => {
                let abjad = words.iter().any(|it| it.script.is_abjad());
                let flags = flag::KNOWN | if abjad { flag::ABJAD } else { 0 };
                OwnedTerm::new(written(), flags, &[known.class])
            }
            // As it is written, since it may be joined to the next: `van der Bilt`.
            Role::Particle => OwnedTerm::new(written(), flag::FIXED, &[known.class]),
            Role::Legal | Role::Honor | Role::Number | Role::Roman => {
                OwnedTerm::new(known.canonical.clone(), flag::FIXED, &[known.class])
            }
        };
        // That a common word is missing tells less than that it is there.
        let left = if class == Class::Word { weight * WORD_LEFT / WORD } else { weight };
        Self { class, weight, left, character: 0, terms: vec![term] }
    }
}

/// Words that were taken apart, for texts of one kind that have words in common.
#[derive(Debug, Default)]
pub(crate) struct Apart {
    /// Each with how many words stood there, as far as that makes a difference, and its token.
    seen: Vec<(Word, usize, Token)>,
    /// Whether there may be another text.
    is_kept: bool,
}

impl Apart {
    /// Nothing yet, and what comes is kept.
    pub(crate) fn for_several() -> Self {
        Self { is_kept: true, ..Self::default() }
    }

    fn plain(&mut self, word: &Word, kind: PartyKind, words: usize) -> Token {
        let words = words.min(Token::MANY);
        let is_same = |it: &&(Word, usize, Token)| {
            it.1 == words
                && it.0.text == word.text
                && it.0.script == word.script
                && it.0.umlaut == word.umlaut
                && it.0.dot == word.dot
        };
        if let Some(it) = self.seen.iter().find(is_same) {
            return it.2.clone();
        }
        let token = Token::plain(word, kind, words);
        if self.is_kept {
            self.seen.push((word.clone(), words, token.clone()));
        }
        token
    }
}

/// The tokens of `words`, with or without common words known by a spelling like theirs.
fn tokens(words: &[Word], kind: PartyKind, respelled: bool, apart: &mut Apart) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let (used, token) = match phrase(words, at, kind, respelled) {
            Some((used, known)) => {
                (used, Token::known(words.get(at..at + used).unwrap_or_default(), known))
            }
            None => match characters::foreign(words, at, kind, respelled) {
                Some((used, whole)) => (used, Token::plain(&whole, kind, words.len())),
                None => (1, apart.plain(word, kind, words.len())),
            },
        };
        tokens.push(token);
        at += used;
    }
    tokens
}

/// `forty` `four` is one number.
fn add_numbers(tokens: &mut Vec<Token>) {
    let value = |it: &Token| -> Option<u32> {
        let text = &it.terms.first()?.text;
        (it.class == Class::Number).then(|| text.parse().ok())?
    };
    let mut at = 1;
    while at < tokens.len() {
        let tens =
            tokens.get(at - 1).and_then(value).filter(|it| (20..100).contains(it) && it % 10 == 0);
        let ones = tokens.get(at).and_then(value).filter(|it| (1..10).contains(it));
        if let (Some(tens), Some(ones)) = (tens, ones)
            && let Some(token) = tokens.get_mut(at - 1)
        {
            token.terms = vec![OwnedTerm::new((tens + ones).to_string(), 0, &[])];
            tokens.remove(at);
        }
        at += 1;
    }
}

/// Words of organizations that are shortened, in full, so that they are known in phrases as well:
/// `Research Inst.`
fn written_out(mut words: Vec<Word>, kind: PartyKind) -> Vec<Word> {
    if words.len() > 1 && matches!(kind, PartyKind::Organization | PartyKind::Unknown) {
        for word in words.iter_mut().filter(|it| it.script == Script::Latin) {
            if let Some(long) = lexicon::shortened(&word.text, word.dot) {
                long.clone_into(&mut word.text);
                word.umlaut = None;
            }
        }
    }
    words
}

/// Whether a word is the first letter of one: a single letter of an alphabet, which may be two in
/// Latin letters, or those two before a full stop.
fn is_first_letter(word: &Word, kind: PartyKind) -> bool {
    let mut characters = word.text.chars();
    let is_single = characters.next().is_some() && characters.next().is_none();
    match word.script {
        Script::Cyrillic => is_single,
        Script::Latin => {
            kind == PartyKind::Person && word.dot && letters::TWO.contains(&word.text.as_str())
        }
        Script::Digit
        | Script::Greek
        | Script::Arabic
        | Script::Hebrew
        | Script::Han
        | Script::Kana
        | Script::Hangul
        | Script::Other => false,
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
    } else if matches!(kind, PartyKind::Person | PartyKind::Unknown)
        && words > 2
        && FATHERS.iter().any(|it| text.ends_with(it))
    {
        Class::Patronymic
    } else {
        Class::Name
    }
}

fn weight(text: &str, class: Class, script: Script) -> u16 {
    let base = match class {
        Class::Initial => return 34,
        Class::Number => return 70,
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

/// How many words a known phrase has, and what it is.
type Phrase = Option<(usize, &'static Known)>;

/// The longest known phrase at `at` that a name of this kind may have there.
fn phrase(words: &[Word], at: usize, kind: PartyKind, respelled: bool) -> Phrase {
    let known = known_phrase(words, at, kind);
    let used = known.map_or(0, |it| it.map_or(0, |it| it.0));
    let rest = words.get(at..)?;
    let letters = words.get(at)?.text.len();
    let fits = |it: &(usize, &'static Known)| {
        it.0 > used && may_stand(it.1, kind, at, it.0, words.len(), letters)
    };
    if let Some(found) = lexicon::slipped(rest).filter(fits) {
        return Some(found);
    }
    if respelled && known.is_none() {
        return lexicon::respelled(rest).filter(fits);
    }
    known?
}

/// The longest phrase at `at` that is known as it is written; nothing within if there is one that
/// is only a first letter there.
fn known_phrase(words: &[Word], at: usize, kind: PartyKind) -> Option<Phrase> {
    let longest = lexicon::longest_from(&words.get(at)?.text).min(words.len() - at);
    for used in (1..=longest).rev() {
        let mut joined = String::new();
        for word in words.get(at..at + used)? {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(&word.text);
        }
        let found = lexicon::known(&joined)
            .iter()
            .find(|it| may_stand(it, kind, at, used, words.len(), joined.len()));
        // With a full stop it is a first letter: `Y.`
        let is_letter = |it: &Word| it.stop && it.text.chars().count() == 1;
        let particle = found.filter(|it| it.role == Role::Particle);
        if particle.is_some() && used == 1 && words.get(at).is_some_and(is_letter) {
            return Some(None);
        }
        if let Some(found) = found {
            return Some(Some((used, found)));
        }
    }
    None
}

/// Whether a known phrase of so many words and letters may stand at `at` of a name of this kind.
fn may_stand(
    known: &Known,
    kind: PartyKind,
    at: usize,
    used: usize,
    words: usize,
    letters: usize,
) -> bool {
    let ends = at + used == words;
    match (known.role, kind) {
        (Role::Legal, PartyKind::Person) => ends && at > 1 && letters > 1,
        (Role::Word | Role::Number | Role::Roman, PartyKind::Person)
        | (Role::Honor, PartyKind::Organization)
        | (Role::Legal, PartyKind::Vessel | PartyKind::Aircraft) => false,
        (Role::Legal, _) => at > 0 || words > used,
        (Role::Number, _) => letters > 2,
        // `Ben` is a given name where it comes first.
        (Role::Particle, _) => at > 0 || known.canonical != "bin",
        (Role::Roman, _) => at > 0,
        (Role::Word | Role::Honor, _) => true,
    }
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
    // Other first words of one syllable are names from elsewhere.
    let family = words.first().is_some_and(|it| {
        let mut syllables = it.text.chars();
        let first = syllables.next().filter(|_| syllables.next().is_none());
        first.is_some_and(scripts::is_korean_family_name)
    });
    for word in words {
        match word.script {
            Script::Arabic => split_arabic(&word, &mut done),
            Script::Han if kind == PartyKind::Organization => characters::split(&word, &mut done),
            Script::Latin | Script::Cyrillic if kind != PartyKind::Vessel => {
                split_abdul(word, kind, &mut done);
            }
            Script::Hangul if kind != PartyKind::Organization => {
                let syllables: Vec<char> = word.text.chars().collect();
                let korean = (2..=4).contains(&syllables.len())
                    && (count == 1
                        && syllables.first().is_some_and(|it| scripts::is_korean_family_name(*it))
                        || count == 2 && family);
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

/// Compounds with God's name, the faith and `servant of` are written as one word or two; here they
/// are always two.
fn split_arabic(word: &Word, to: &mut Vec<Word>) {
    const ENDS: [&str; 6] = ["الله", "اللہ", "الدين", "الدین", "الرحمن", "الرحمان"];
    let mut part = |text: &str| {
        let stem = ["وال", "لل", "ال"].iter().find_map(|it| text.strip_prefix(it));
        // `Alex` and `Aline` have four letters too.
        let is_word = |it: &&str| it.chars().count() >= 3 || matches!(*it, "حق" | "حي" | "عز");
        let text = match stem.filter(is_word) {
            Some(stem) if !text.starts_with("الل") && !text.starts_with("لله") => stem,
            _ => text,
        };
        to.push(Word { text: text.to_owned(), ..word.clone() });
    };
    let mut rest = word.text.as_str();
    if let Some(name) = rest.strip_prefix("عبد").filter(|it| it.chars().count() > 2) {
        part("عبد");
        rest = name;
    }
    let end = ENDS.iter().find_map(|it| Some((rest.strip_suffix(it)?, it)));
    match end.filter(|it| it.0.chars().count() >= 2) {
        Some((stem, end)) => {
            part(stem);
            part(end);
        }
        None => part(rest),
    }
}

/// The same where it is written in Latin or Cyrillic letters.
fn split_abdul(word: Word, kind: PartyKind, to: &mut Vec<Word>) {
    const STARTS: [&str; 14] = [
        "abdool",
        "abdoul",
        "abdul",
        "abdel",
        "abdal",
        "abdol",
        "abdur",
        "abder",
        "abdus",
        "abdul",
        "абдул",
        "абдель",
        "абдел",
        "абдур",
    ];
    const GOD: [&str; 8] = ["ullah", "allah", "ollah", "oullah", "ellah", "ulla", "alla", "улла"];
    const MERCY: [&str; 3] = ["rahman", "rehman", "rahmaan"];
    const FAITH: [&str; 10] =
        ["uddin", "eddin", "eddine", "uddine", "addin", "aldin", "udin", "uddeen", "iddin", "удин"];
    let mut part = |text: &str| to.push(Word { text: text.to_owned(), ..word.clone() });
    let letters = |it: &str| it.chars().count();
    let text = word.text.as_str();
    // `Hezbollah` is a party.
    let is_known = |it: &Known| it.role == Role::Word;
    if kind != PartyKind::Person && lexicon::known(text).iter().any(is_known) {
        return to.push(word);
    }
    let end = |ends: &[&str], least: usize| {
        let found = ends.iter().filter_map(|it| text.strip_suffix(it)).min_by_key(|it| it.len());
        found.filter(|it| letters(it) >= least)
    };
    // `Abdulhai`; but `Abdullin` is a name of its own.
    let is_epithet = |it: &&str| letters(it) > 3 || letters(it) == 3 && it.starts_with("ha");
    if let Some(stem) = end(&GOD, 3) {
        part(if stem == "abd" || stem == "абд" { "abdul" } else { stem });
        part("allah");
    } else if let Some(stem) = end(&FAITH, 3) {
        part(stem);
        part("din");
    } else if let Some(stem) = end(&MERCY, 4).filter(|it| !STARTS.contains(it)) {
        part(stem);
        part("rahman");
    } else if let Some(rest) = text.strip_prefix("binal").filter(|it| letters(it) > 3) {
        part("bin");
        part(rest);
    } else if let Some(rest) = STARTS.iter().find_map(|it| text.strip_prefix(it)).filter(is_epithet)
    {
        part("abdul");
        part(rest);
    } else {
        to.push(word);
    }
}
