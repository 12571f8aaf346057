//! Two names side by side, without an index: the definition of what the index speeds up.

use crate::align::{self, Alignment, Kinds, Pair, Part, Span};
use crate::name::{Class, Name, Token, letters};
use crate::score::{self, SaidTwice, Tally};
use crate::settings::Settings;
use crate::term::{self, Likeness, Relation};

/// What two names have in common.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Which words belong together.
    pub alignment: Alignment,
    /// What it comes to.
    pub tally: Tally,
}

impl Comparison {
    /// Whether all of the query is found, written the same.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        score::is_whole(&self.tally, &self.alignment)
    }
}

/// Compares `query` with `candidate`, names of parties of these kinds, or both of one.
#[must_use]
pub fn compare(
    query: &Name,
    candidate: &Name,
    kinds: impl Into<Kinds>,
    settings: &Settings,
) -> Comparison {
    let kinds = kinds.into();
    let q: Vec<Part<'_>> = query.tokens.iter().map(part).collect();
    let c: Vec<Part<'_>> = candidate.tokens.iter().map(part).collect();
    let mut twice = SaidTwice::default();
    let mut pairs = Vec::new();
    for (i, a) in query.tokens.iter().enumerate() {
        for (j, b) in candidate.tokens.iter().enumerate() {
            let like = best(a, b);
            if let Some(pair) = like.and_then(|like| single(i, j, &q, &c, like)) {
                twice.note(&pair);
                pairs.push(pair);
            }
        }
    }
    align::joins(&q, &c, kinds, &mut |pair| pairs.push(pair));
    let (alignment, tally) = score::best(settings, kinds.asked, &q, &c, &mut pairs, twice);
    Comparison { alignment, tally }
}

/// A token as aligning sees it.
#[must_use]
pub fn part(token: &Token) -> Part<'_> {
    Part {
        class: token.class,
        weight: token.weight,
        left: token.left,
        character: token.character,
        text: token.terms.first().map_or(&[], |it| it.text.as_bytes()),
        spellings: &token.terms,
    }
}

fn best(a: &Token, b: &Token) -> Option<Likeness> {
    let mut best: Option<Likeness> = None;
    for x in &a.terms {
        for y in &b.terms {
            best = term::better(best, term::compare(x.view(), y.view()));
        }
    }
    best.or_else(|| initial(a, b))
}

/// Whether one is the first letter of the other.
fn initial(a: &Token, b: &Token) -> Option<Likeness> {
    let (one, word) = if a.class == Class::Initial { (a, b) } else { (b, a) };
    let starts = takes_initial(one.class, word.class)
        && one.terms.iter().any(|letter| {
            word.terms.iter().any(|it| letters::begins(it.text.as_bytes(), letter.text.as_bytes()))
        });
    starts.then_some(INITIAL)
}

/// How alike a word and its first letter are.
pub(crate) const INITIAL: Likeness = Likeness { score: 850, relation: Relation::Initial };

/// Whether a word of the one class may be the first letter of one of the other.
pub(crate) fn takes_initial(one: Class, word: Class) -> bool {
    one == Class::Initial && matches!(word, Class::Name | Class::Patronymic | Class::Particle)
}

/// The pair of one word with one, if their classes and characters let it stand.
#[must_use]
#[expect(
    clippy::many_single_char_names,
    reason = "q and c for query and candidate, i and j for their words"
)]
pub fn single(i: usize, j: usize, q: &[Part<'_>], c: &[Part<'_>], like: Likeness) -> Option<Pair> {
    let (a, b) = (q.get(i)?, c.get(j)?);
    if (a.class == Class::Legal) != (b.class == Class::Legal) {
        return None;
    }
    if a.character != 0 && b.character != 0 && a.character != b.character {
        // The same reading of another character is another name.
        return None;
    }
    let at = |it: usize| u8::try_from(it).ok();
    Some(Pair {
        query: Span { from: at(i)?, len: 1 },
        candidate: Span { from: at(j)?, len: 1 },
        like,
        weight: a.weight.min(b.weight),
    })
}
