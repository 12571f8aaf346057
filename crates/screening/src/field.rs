//! The field of a name as people fill it: which names it may hold, and which word it looks like.
//!
//! A name as a list writes it is compared by [`crate::name`]. What is typed into a field is often
//! more: two names with `c/o` between, a title, an address, a date of birth; or it is made to look
//! like a name and be none (look-alike letters of other scripts, digits for letters, letters spaced
//! out). [`readings`] says in which ways a field can be read. Each is searched for itself besides
//! the field as it stands, and the best counts, so no reading can hide what another one finds. What
//! leaves words out that may tell one name from another counts a little less ([`Reading::counts`]),
//! but one rare word with a place or a remark behind it is as much as that word alone. Listed names
//! are never read this way. A plain name has one reading and costs next to nothing.

mod behind;
mod broken;
mod letters;
mod parts;

use crate::lexicon;
use crate::lists::country_names;
use crate::name::beginning::without_form;
use crate::name::{Apart, Class, Name, Token, names_nobody};
use crate::normalize;
use crate::party::PartyKind;
use crate::score::{self, Score, Tally};
use std::sync::Arc;

/// One way to read a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reading {
    /// The words that are taken for the name.
    pub text: String,
    /// The name in its parts.
    pub name: Name,
    /// Whether its words are read as those of a person, though no kind says so.
    pub as_person: bool,
    trust: Trust,
}

/// How far a reading is trusted, the furthest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Trust {
    /// It is the field, or what its letters look like, or a phrase such as `a/k/a` stands beside it.
    Sure,
    /// Words of the field are left out that may tell one name from another: `(Yemen)`, `23`.
    Part,
    /// So it is, one rare word is left, and what was left out is a place or a remark.
    Head,
    /// So it is, and a single word is left, or words that many names have.
    Little,
    /// So it is, and what was left out may be the rest of a person's name.
    Firm,
}

/// How sure it is that a part of a field is a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Sure {
    /// A phrase says so, or it is all that the field says.
    Yes,
    /// It may be.
    Perhaps,
    /// The field begins with it, and a place or a remark follows.
    Head,
    /// It may be that of a firm, unless the field is the name of a person.
    Firm,
}

/// What the likeness to a part of a field counts, in thousandths.
const PART: u32 = 900;

/// How alike a listed name must be to little out of a field.
const LITTLE: Score = Score::new(930);

impl Reading {
    /// What a comparison of this reading with the name of a listed party of this kind counts;
    /// nothing where it is too little. `is_whole` says whether all of the reading is found, written
    /// the same: one rare word before a place is as much as that word alone.
    #[must_use]
    pub fn counts(
        &self,
        tally: Tally,
        listed: PartyKind,
        is_whole: impl FnOnce() -> bool,
    ) -> Option<Tally> {
        let share = match self.trust {
            Trust::Sure => return Some(tally),
            Trust::Firm if !matches!(listed, PartyKind::Organization | PartyKind::Unknown) => {
                return None;
            }
            Trust::Little | Trust::Firm if tally.likeness < LITTLE => return None,
            Trust::Head if tally.likeness < LITTLE => {
                let is_firm = matches!(listed, PartyKind::Organization | PartyKind::Unknown);
                return (is_firm && is_whole()).then_some(tally);
            }
            Trust::Part | Trust::Little | Trust::Head | Trust::Firm => PART,
        };
        let likeness = u32::from(tally.likeness.thousandths()) * share / 1000;
        let likeness = Score::new(u16::try_from(likeness).unwrap_or(0));
        Some(Tally { likeness, ..tally })
    }

    /// The same as the name of a party of this kind, where it was read for one of kind `asked`.
    pub(crate) fn as_kind(self: &Arc<Self>, asked: PartyKind, kind: PartyKind) -> Arc<Self> {
        if kind == asked && !self.as_person {
            return Arc::clone(self);
        }
        Arc::new(Self {
            text: self.text.clone(),
            name: Name::parse(&self.text, kind),
            as_person: self.as_person,
            trust: self.trust,
        })
    }

    /// The same with these words.
    pub(crate) fn with(&self, name: Name) -> Self {
        Self { name, ..self.clone() }
    }

    /// The least likeness of a listed name that counts as much as this.
    pub(crate) fn least(&self, counted: Score) -> Score {
        let of_part = u32::from(counted.thousandths()) * 1000 / PART;
        let of_part = Score::new(u16::try_from(of_part).unwrap_or(1000));
        match self.trust {
            Trust::Sure | Trust::Head => counted,
            Trust::Part => of_part,
            Trust::Little | Trust::Firm => of_part.max(LITTLE),
        }
    }
}

/// The most readings of a field, the field as it stands among them.
pub const MOST_READINGS: usize = 24;

/// All readings of a field that names a party of this kind: the field as it stands first, then
/// names that are in it and what its letters look like; never none.
///
/// Those that come to the same name, and those that are no name, are left out.
#[must_use]
pub fn readings(text: &str, kind: PartyKind) -> Vec<Reading> {
    let mut apart = Apart::for_several();
    let name = Name::parse_among(text, kind, &mut apart);
    let whole = Reading { text: text.to_owned(), name, as_person: false, trust: Trust::Sure };
    let mut readings = Readings { kind, found: vec![whole], apart };
    if kind == PartyKind::Unknown && readings.may_be_person(text) {
        readings.add_person(text, text, Sure::Yes);
    }
    readings.add_initials(text, Sure::Yes);
    if let Some(it) = without_form(text) {
        readings.add(it, Sure::Yes);
    }
    let decoded = normalize::entities(text);
    let shown = letters::shown(&decoded);
    for it in &shown {
        readings.add(it, Sure::Yes);
    }
    for it in std::iter::once(decoded.as_ref()).chain(shown.iter().map(String::as_str)) {
        parts::each(it, kind, &mut |part, sure| readings.add(part, sure));
    }
    readings.found
}

/// Whether a legal form is written as a name of persons that has the same letters.
fn names_too(word: &str) -> bool {
    const NAMES: [&str; 9] = ["ae", "ao", "as", "ek", "im", "na", "sa", "sad", "se"];
    let mut letters = word.chars().filter(|it| it.is_alphabetic());
    let is_name = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    let folded: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    is_name && NAMES.contains(&folded.to_ascii_lowercase().as_str())
}

struct Readings {
    kind: PartyKind,
    found: Vec<Reading>,
    apart: Apart,
}

impl Readings {
    /// Whether the text may be the name of a person with a word in it that is a number, a title or a
    /// legal form in other names: `Sergey Ten`, `Jose Quinto`, `Sa'd Muhammad`.
    fn may_be_person(&self, text: &str) -> bool {
        let Some(whole) = self.found.first() else { return false };
        let count =
            |is: &dyn Fn(&Token) -> bool| whole.name.tokens.iter().filter(|it| is(it)).count();
        let forms = count(&|it| it.class == Class::Legal);
        whole.name.tokens.len() <= 7
            && (forms > 0 || count(&|it| it.class == Class::Number) > 0)
            && count(&|it| it.class == Class::Name) > 0
            && count(&|it| it.class == Class::Word) == 0
            && !text.contains(|it: char| it.is_ascii_digit())
            && (forms == 0 || forms == text.split_whitespace().filter(|it| names_too(it)).count())
    }

    /// Adds the text as the name of a person if it has first letters, which are no word together.
    fn add_initials(&mut self, text: &str, sure: Sure) {
        if matches!(self.kind, PartyKind::Unknown | PartyKind::Person)
            && let Some(person) = letters::person(text)
        {
            self.add_person(text, &person, sure);
        }
    }

    /// Adds the text, whose words are those of `person`, as the name of a person.
    fn add_person(&mut self, text: &str, person: &str, sure: Sure) {
        let name = Name::parse(person, PartyKind::Person);
        if self.found.len() < MOST_READINGS
            && !self.found.iter().any(|it| it.name.tokens == name.tokens)
            && let Some(trust) = trust(&name, sure)
        {
            self.found.push(Reading { text: text.to_owned(), name, as_person: true, trust });
        }
    }

    /// Adds a name. One that is there is trusted as far as the surest says.
    fn add(&mut self, text: &str, sure: Sure) {
        let text = text.trim();
        if let Some(at) = self.found.iter().position(|it| it.text == text) {
            self.trust(at, sure);
            return;
        }
        let is_place = sure != Sure::Yes && country_names::is_country(text);
        if self.found.len() >= MOST_READINGS || is_place || names_nobody(text) {
            return;
        }
        self.add_initials(text, sure);
        let name = Name::parse_among(text, self.kind, &mut self.apart);
        if let Some(at) = self.found.iter().position(|it| is_same(&it.name, &name)) {
            self.trust(at, sure);
        } else if let Some(trust) = trust(&name, sure) {
            self.found.push(Reading { text: text.to_owned(), name, as_person: false, trust });
        }
    }

    fn trust(&mut self, at: usize, sure: Sure) {
        if let Some(it) = self.found.get_mut(at)
            && let Some(trust) = trust(&it.name, sure)
        {
            it.trust = it.trust.min(trust);
        }
    }
}

/// How far a part of a field with this name is trusted; nothing if it is no name.
fn trust(name: &Name, sure: Sure) -> Option<Trust> {
    let carry = name.tokens.iter().filter(|it| score::carries(it.class)).count();
    let letters = name.tokens.iter().filter(|it| it.class == Class::Initial).count();
    // The first letters of two names tell as much as another word.
    let carry = if carry > 0 && letters > 1 { carry + 1 } else { carry };
    let is_common = !name.tokens.iter().any(|it| it.class == Class::Name);
    Some(match (sure, carry == 1 || is_common) {
        _ if carry == 0 => return None,
        (Sure::Perhaps | Sure::Head | Sure::Firm, _) if is_of_none(name) => return None,
        (Sure::Yes, _) => Trust::Sure,
        (Sure::Firm, _) if is_frequent(name) => return None,
        (Sure::Firm, _) => Trust::Firm,
        (Sure::Head, _) if name.is_one_word() && !is_frequent(name) => Trust::Head,
        (Sure::Perhaps | Sure::Head, true) => Trust::Little,
        (Sure::Perhaps | Sure::Head, false) => Trust::Part,
    })
}

/// Whether a part is no name but a word that many have: `Trading`, `Co` with a legal form or none.
fn is_of_none(name: &Name) -> bool {
    let is_company = |it: &Token| {
        let class = lexicon::known("co").first().map(|it| it.class.to_le_bytes());
        it.terms.iter().any(|it| class.is_some_and(|class| it.classes == class))
    };
    let mut words = name.tokens.iter().filter(|it| it.class != Class::Legal);
    match (words.next(), words.next()) {
        (Some(only), None) if only.class == Class::Word => {
            name.tokens.len() == 1 || is_company(only)
        }
        _ => false,
    }
}

/// Whether a word of a name is one that many names have, those of persons among them.
fn is_frequent(name: &Name) -> bool {
    let mut usual = name.tokens.iter().filter_map(|it| it.terms.first());
    usual.any(|it| lexicon::commonness(&it.text) > 0)
}

/// Whether two names have the same words, but for those that merely surround a name.
fn is_same(a: &Name, b: &Name) -> bool {
    let surrounds = |it: Class| matches!(it, Class::Legal | Class::Particle | Class::Honor);
    let words = |name: &Name| -> Vec<String> {
        let words = name.tokens.iter().filter(|it| !surrounds(it.class));
        words.filter_map(|it| it.terms.first()).map(|it| it.text.clone()).collect()
    };
    words(a) == words(b)
}

#[cfg(test)]
mod tests;
