//! Which words of two names belong together.
//!
//! Pairs are taken greedily, the one that explains most weight first; ties go by position, so that
//! the same names always align the same way.

use crate::lists::country_names;
use crate::name::{Class, RARE};
use crate::party::PartyKind;
use crate::term::{Likeness, OwnedTerm, Relation};

/// A token, as far as aligning depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// What it does.
    pub class: Class,
    /// How much it tells.
    pub weight: u16,
    /// What it weighs where it is left over.
    pub left: u16,
    /// The Chinese character it is, or 0.
    pub character: u32,
    /// Its usual spelling.
    pub text: &'a [u8],
    /// All its spellings, where they are at hand: those of the query always are.
    pub spellings: &'a [OwnedTerm],
}

/// Some words of one name, next to each other.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Span {
    /// The first.
    pub from: u8,
    /// How many.
    pub len: u8,
}

impl Span {
    /// A bit for each of the words.
    pub(crate) fn mask(self) -> u32 {
        ((1u32 << self.len) - 1) << self.from
    }
}

/// Words of two names that may belong together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pair {
    /// In the query.
    pub query: Span,
    /// In the candidate.
    pub candidate: Span,
    /// How alike.
    pub like: Likeness,
    /// The weight it explains.
    pub weight: u16,
}

impl Pair {
    /// The weight it explains, times how well.
    #[must_use]
    pub fn gain(&self) -> u32 {
        u32::from(self.weight) * u32::from(self.like.score)
    }
}

/// The pairs that belong together, and what is left over.
#[derive(Clone, Debug, Default)]
pub struct Alignment {
    /// Strongest first.
    pub pairs: Vec<Pair>,
    /// Words of the query in none of them, a bit each.
    pub left_query: u32,
    /// Words of the candidate in none of them, a bit each.
    pub left_candidate: u32,
}

/// The longest run of words that one word may stand for.
pub const LONGEST_SPAN: usize = 4;

/// The longest run of words that their first letters may stand for.
pub const LONGEST_ACRONYM: usize = 6;

/// What bears the two names.
#[derive(Clone, Copy, Debug)]
pub struct Kinds {
    /// Whoever is asked for.
    pub asked: PartyKind,
    /// Whoever is listed.
    pub listed: PartyKind,
}

impl From<PartyKind> for Kinds {
    fn from(both: PartyKind) -> Self {
        Self { asked: both, listed: both }
    }
}

/// Offers all pairs of words in which several on one side are one on the other.
///
/// First letters are none of a person's whole name, nor of words with a legal form among them. Where
/// the words are asked for and the letters are listed, these are three or more and one of the words
/// is rare and no country, but for persons: any firm has a few letters, and `Shanghai Advanced
/// Materials Technology` is not the only one with `SAMT`.
pub fn joins(
    query: &[Part<'_>],
    candidate: &[Part<'_>],
    kinds: Kinds,
    offer: &mut impl FnMut(Pair),
) {
    let skips = |parts: &[Part<'_>]| parts.iter().any(|it| it.class == Class::Particle);
    let skips_candidate = skips(candidate);
    for (at, one) in query.iter().enumerate() {
        each_join(one, candidate, skips_candidate, &mut |span, relation| {
            let stands =
                relation != Relation::Acronym || may_shorten(span, candidate, kinds.listed);
            if let Some(whole) = span_of(at, 1).filter(|_| stands) {
                offer(pair(whole, span, query, candidate, relation));
            }
        });
    }
    let skips_query = skips(query);
    for (at, one) in candidate.iter().enumerate() {
        each_join(one, query, skips_query, &mut |span, relation| {
            let stands = relation != Relation::Acronym
                || may_shorten(span, query, kinds.asked)
                    && (kinds.asked == PartyKind::Person
                        || one.text.len() > 2 && has_rare(span, query));
            if let Some(whole) = span_of(at, 1).filter(|_| stands) {
                offer(pair(span, whole, query, candidate, relation));
            }
        });
    }
}

/// Whether first letters may stand for these words in the name of a party of this kind.
fn may_shorten(span: Span, parts: &[Part<'_>], kind: PartyKind) -> bool {
    let is_in = |at: usize| span.mask() >> at & 1 == 1;
    let has_legal = parts.iter().enumerate().any(|it| is_in(it.0) && it.1.class == Class::Legal);
    let is_whole = || {
        parts.iter().enumerate().all(|(at, it)| {
            is_in(at) || matches!(it.class, Class::Particle | Class::Honor | Class::Legal)
        })
    };
    !has_legal && (kind != PartyKind::Person || !is_whole())
}

/// Whether one of these words is one that few names have, and no country.
fn has_rare(span: Span, parts: &[Part<'_>]) -> bool {
    let from = usize::from(span.from);
    let words = parts.get(from..from + usize::from(span.len)).unwrap_or_default();
    let is_country =
        |it: &Part<'_>| std::str::from_utf8(it.text).is_ok_and(country_names::is_country);
    words.iter().any(|it| it.class == Class::Name && it.weight >= RARE && !is_country(it))
}

fn pair(query: Span, candidate: Span, q: &[Part<'_>], c: &[Part<'_>], relation: Relation) -> Pair {
    let weight = weight_of(query, q).min(weight_of(candidate, c));
    let whole = if query.len == 1 { (query, q) } else { (candidate, c) };
    let letters = whole.1.get(usize::from(whole.0.from)).map_or(0, |it| it.text.len());
    let score = if relation == Relation::Joined { JOINED } else { by_letters(letters) };
    Pair { query, candidate, like: Likeness { score, relation }, weight }
}

/// How alike several words and one are that they make together.
pub(crate) const JOINED: u16 = 970;

/// How alike several words and their first letters are: the more letters, the less by chance.
pub(crate) fn by_letters(count: usize) -> u16 {
    match count {
        0..=3 => 800,
        4 => 890,
        _ => 930,
    }
}

fn weight_of(span: Span, parts: &[Part<'_>]) -> u16 {
    let from = usize::from(span.from);
    parts
        .get(from..from + usize::from(span.len))
        .unwrap_or_default()
        .iter()
        .map(|it| it.weight)
        .sum()
}

fn span_of(from: usize, len: usize) -> Option<Span> {
    Some(Span { from: u8::try_from(from).ok()?, len: u8::try_from(len).ok()? })
}

/// Runs of `parts` that `one` stands for; `skips` says whether there are particles among them.
fn each_join(
    one: &Part<'_>,
    parts: &[Part<'_>],
    skips: bool,
    found: &mut impl FnMut(Span, Relation),
) {
    if !may_join(one) {
        return;
    }
    if skips && abbreviates(one.text) {
        each_skipping(one, parts, found);
    }
    for (from, first) in parts.iter().enumerate() {
        // Whatever it stands for begins as it does.
        if first.text.first() != one.text.first() {
            continue;
        }
        let mut rest = Some(one.text);
        let mut letters = one.text.iter();
        for len in 1..=parts.len() - from {
            let Some(part) = parts.get(from + len - 1) else { break };
            let letter = letters.next();
            let is_first =
                letter.is_some() && part.text.first() == letter && part.class != Class::Number;
            if !is_first {
                letters = [].iter();
            }
            rest = rest.and_then(|it| it.strip_prefix(part.text));
            if len < 2 {
                if rest.is_none() && !is_first {
                    break;
                }
                continue;
            }
            let Some(span) = span_of(from, len) else { break };
            if rest.is_some_and(<[u8]>::is_empty) && len <= LONGEST_SPAN && one.text.len() > 3 {
                found(span, Relation::Joined);
            }
            if is_first && len == one.text.len() && abbreviates(one.text) {
                found(span, Relation::Acronym);
            }
            if rest.is_none() && !is_first {
                break;
            }
        }
    }
}

/// Runs of `parts` whose first letters `one` is if particles have none: `BOC`, Bank of China would
/// be `BC`.
fn each_skipping(one: &Part<'_>, parts: &[Part<'_>], found: &mut impl FnMut(Span, Relation)) {
    for (from, part) in parts.iter().enumerate() {
        let mut letters = one.text.iter().peekable();
        let (mut len, mut skipped) = (0, false);
        if part.class == Class::Particle {
            continue;
        }
        for part in parts.iter().skip(from) {
            len += 1;
            if part.class == Class::Particle {
                skipped = true;
                continue;
            }
            if part.class == Class::Number || part.text.first() != letters.next() {
                break;
            }
            if letters.peek().is_none() {
                // Without particles in it, it is a run like any other.
                if let Some(span) = span_of(from, len).filter(|_| skipped) {
                    found(span, Relation::Acronym);
                }
                break;
            }
        }
    }
}

/// The first letters of the words from each on, particles left out, as far as they may abbreviate;
/// every beginning by itself.
pub(crate) fn each_acronym(words: &[(Class, &[u8])], mut found: impl FnMut(&[u8])) {
    for from in 0..words.len() {
        let mut letters = Vec::with_capacity(LONGEST_ACRONYM);
        let rest = words.iter().skip(from).filter(|it| it.0 != Class::Particle);
        for (_, text) in rest.take(LONGEST_ACRONYM) {
            letters.extend(text.first());
            if abbreviates(&letters) {
                found(&letters);
            }
        }
    }
}

/// Whether a word may be first letters: two only if they cannot be spoken, as in `JC`.
#[must_use]
pub fn abbreviates(text: &[u8]) -> bool {
    let vowel = |it: &u8| matches!(it, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    match text.len() {
        2 => !text.iter().any(vowel),
        length => {
            (3..=LONGEST_ACRONYM).contains(&length) && text.iter().all(u8::is_ascii_alphabetic)
        }
    }
}

/// Whether a word may stand for several.
#[must_use]
pub fn may_join(part: &Part<'_>) -> bool {
    matches!(part.class, Class::Name | Class::Word | Class::Patronymic) && part.text.len() >= 2
}

/// Chooses among `pairs`, which it sorts.
#[must_use]
pub fn choose(pairs: &mut [Pair], query: usize, candidate: usize) -> Alignment {
    pairs.sort_unstable_by(|a, b| {
        b.gain().cmp(&a.gain()).then_with(|| (a.query, a.candidate).cmp(&(b.query, b.candidate)))
    });
    let all = |count: usize| if count >= 32 { u32::MAX } else { (1u32 << count) - 1 };
    let mut alignment = Alignment {
        pairs: Vec::with_capacity(query.min(candidate)),
        left_query: all(query),
        left_candidate: all(candidate),
    };
    for pair in pairs.iter() {
        let (q, c) = (pair.query.mask(), pair.candidate.mask());
        if alignment.left_query & q == q && alignment.left_candidate & c == c {
            alignment.left_query &= !q;
            alignment.left_candidate &= !c;
            alignment.pairs.push(*pair);
        }
    }
    alignment
}
