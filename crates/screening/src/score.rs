//! How alike two names are: the weight that agrees, against what is left over.
//!
//! Weight left over on both sides is a contradiction and costs most; weight left over on one side
//! only says that one name is longer. Integers throughout.

use crate::align::{self, Alignment, Pair, Part};
use crate::name::Class;
use crate::party::PartyKind;
use crate::settings::Settings;
use crate::term::Relation;
use std::fmt;

/// How alike, in thousandths: 0 shares nothing, 1000 is the most there can be.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Score(u16);

impl Score {
    /// A score of so many thousandths, at most 1000.
    #[must_use]
    pub const fn new(thousandths: u16) -> Self {
        Self(if thousandths > 1000 { 1000 } else { thousandths })
    }

    /// In thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Score {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

/// What the comparison of two names comes to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// How alike the names are.
    pub likeness: Score,
    /// The weight that agrees.
    pub agreed: u32,
    /// The weight left over in the query.
    pub left_query: u32,
    /// The weight left over in the candidate.
    pub left_candidate: u32,
}

/// Words that have one on the other side which is nearly the same, a bit each: where they are left
/// over, they were merely said twice.
#[derive(Clone, Copy, Debug, Default)]
pub struct SaidTwice {
    query: u32,
    candidate: u32,
}

/// From this likeness on, in thousandths, two words are nearly the same.
const NEARLY_SAME: u16 = 900;

impl SaidTwice {
    /// Notes a pair of single words.
    pub fn note(&mut self, pair: &Pair) {
        if pair.like.score >= NEARLY_SAME {
            self.query |= pair.query.mask();
            self.candidate |= pair.candidate.mask();
        }
    }
}

/// What is left over costs so much, given how many words that carry a name agree.
#[must_use]
pub fn penalty(
    settings: &Settings,
    kind: PartyKind,
    words: usize,
    query: u32,
    candidate: u32,
) -> u32 {
    let surplus = match (kind, words) {
        (PartyKind::Person, 0 | 1) => settings.surplus_single,
        (_, 0 | 1) => settings.surplus_single * 7 / 10,
        (PartyKind::Person, _) => settings.surplus_person,
        _ => settings.surplus_other,
    };
    let both = query.min(candidate);
    let more = query.max(candidate) - both;
    (both * settings.contradiction.max(surplus) + more * surplus) / 100
}

/// Likeness from the gain (weight times thousandths), the weight that agrees and the penalty.
#[must_use]
pub fn likeness(gain: u32, agreed: u32, penalty: u32) -> Score {
    let all = agreed + penalty;
    if all == 0 {
        return Score::new(0);
    }
    Score::new(u16::try_from(gain / all).unwrap_or(1000))
}

/// The tally of an alignment.
#[must_use]
pub fn tally(
    settings: &Settings,
    kind: PartyKind,
    query: &[Part<'_>],
    candidate: &[Part<'_>],
    alignment: &Alignment,
    twice: SaidTwice,
) -> Tally {
    // A first letter tells something beside a name that agrees, and nothing beside a common word.
    let firm = alignment.pairs.iter().any(|it| {
        let of = |parts: &[Part<'_>], at: u8| {
            parts.get(usize::from(at)).is_some_and(|it| is_name(it.class))
        };
        it.like.relation != Relation::Initial
            && (of(query, it.query.from) || of(candidate, it.candidate.from))
    });
    let counts = |it: &&Pair| firm || it.like.relation != Relation::Initial;
    let pairs = || alignment.pairs.iter().filter(counts);
    let (mut open_query, mut open_candidate) = (alignment.left_query, alignment.left_candidate);
    for it in alignment.pairs.iter().filter(|it| !counts(it)) {
        open_query |= it.query.mask();
        open_candidate |= it.candidate.mask();
    }
    let agreed: u32 = pairs().map(|it| u32::from(it.weight)).sum();
    let gain: u32 = pairs().map(Pair::gain).sum();
    let words: usize = pairs()
        .map(|it| {
            let carries = query.get(usize::from(it.query.from)).is_some_and(|it| carries(it.class));
            let letters = it.like.relation == Relation::Initial;
            usize::from(carries && !letters)
        })
        .sum();
    let (left_query, said_query) = left(query, open_query, twice.query);
    let (left_candidate, said_candidate) = left(candidate, open_candidate, twice.candidate);
    // A word that was said before costs little, unless the other side has another in its place.
    let less =
        |left: u32, said: u32, other: u32| if other < SLIGHT { left - said * 4 / 5 } else { left };
    let (left_query, left_candidate) = (
        less(left_query, said_query, left_candidate),
        less(left_candidate, said_candidate, left_query),
    );
    // That one side names no father says little; that both name another one says much.
    let (of_query, of_candidate) = (fathers(query, open_query), fathers(candidate, open_candidate));
    let (left_query, left_candidate) = if of_query > 0 && of_candidate > 0 {
        (left_query + of_query, left_candidate + of_candidate)
    } else {
        (left_query, left_candidate)
    };
    let penalty = penalty(settings, kind, words, left_query, left_candidate);
    Tally { likeness: likeness(gain, agreed, penalty), agreed, left_query, left_candidate }
}

/// The alignment of the words that `pairs` may put together, and its tally: that by which the names
/// are most alike, with words that stand for several others or without.
///
/// Pairs are taken one by one, the best first. A word that stands for several others may so be in
/// the way of all of these: `University of Defense Technology (UDT)`.
#[must_use]
pub fn best(
    settings: &Settings,
    kind: PartyKind,
    query: &[Part<'_>],
    candidate: &[Part<'_>],
    pairs: &mut Vec<Pair>,
    twice: SaidTwice,
) -> (Alignment, Tally) {
    let mut best: Option<(Alignment, Tally)> = None;
    loop {
        let alignment = align::choose(pairs, query.len(), candidate.len());
        let tally = tally(settings, kind, query, candidate, &alignment, twice);
        let joins = alignment.pairs.iter().map(|it| it.like.relation);
        let joins = joins.filter(|it| matches!(it, Relation::Acronym | Relation::Joined));
        let in_the_way = joins.max();
        if best.as_ref().is_none_or(|it| tally.likeness > it.1.likeness) {
            best = Some((alignment, tally));
        }
        match (in_the_way, best) {
            (Some(relation), Some(it)) if it.1.likeness < Score::new(FULL) => {
                pairs.retain(|it| it.like.relation != relation);
                best = Some(it);
            }
            (_, Some(it)) => return it,
            (_, None) => return (Alignment::default(), Tally::default()),
        }
    }
}

/// No other alignment is better than one by which names are so alike.
const FULL: u16 = 960;

/// The weight left over, and how much of it was merely said twice.
fn left(parts: &[Part<'_>], bits: u32, twice: u32) -> (u32, u32) {
    (weight_left(parts, bits), weight_left(parts, bits & twice))
}

/// What these words weigh where they are left over, a bit each.
#[must_use]
pub(crate) fn weight_left(parts: &[Part<'_>], bits: u32) -> u32 {
    let parts = parts.iter().enumerate().filter(|it| bits >> it.0 & 1 == 1);
    parts.map(|it| u32::from(it.1.left)).sum()
}

/// What fathers' names that are left over weigh more than where only one side has any.
fn fathers(parts: &[Part<'_>], bits: u32) -> u32 {
    let open = parts.iter().enumerate().filter(|it| bits >> it.0 & 1 == 1).map(|it| it.1);
    let fathers = open.filter(|it| it.class == Class::Patronymic);
    fathers.map(|it| u32::from(it.weight.saturating_sub(it.left))).sum()
}

/// Whether all of the query is found in the listed name, written the same or in words that mean the
/// same.
#[must_use]
pub(crate) fn is_whole(tally: &Tally, alignment: &Alignment) -> bool {
    let same = |it: &Pair| matches!(it.like.relation, Relation::Same | Relation::Synonym);
    tally.left_query < SLIGHT && !alignment.pairs.is_empty() && alignment.pairs.iter().all(same)
}

/// Weight that is no other word: particles, titles, legal forms.
const SLIGHT: u32 = 20;

/// Whether words of this class are a name by themselves.
fn is_name(class: Class) -> bool {
    matches!(class, Class::Name | Class::Number | Class::Patronymic)
}

/// Whether words of this class carry a name.
#[must_use]
pub fn carries(class: Class) -> bool {
    matches!(class, Class::Name | Class::Number | Class::Patronymic | Class::Word)
}
