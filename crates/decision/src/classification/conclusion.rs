//! How descriptions and preferences become one outcome: once for both kinds of logic.
//!
//! Another agency's law comes first, then what is outside, then what a person must resolve. Of the
//! descriptions that hold, one that no other goes before gives the entry; where each has another
//! before it, the text runs in a circle and settles nothing.

use super::day::ClassificationDay;
use law::{Logic, RowId};

/// What a product may turn out to be.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Verdict {
    /// Another agency's law.
    OtherAgency,
    /// Outside: the first exclusion that holds decides which way.
    Outside,
    /// A person must resolve it.
    Review,
    /// Described by nothing.
    NotDescribed,
    /// Described: the place among the descriptions.
    Entry(usize),
}

/// Every verdict, and when it holds; they exclude each other and leave nothing out.
pub(super) fn conclude<L: Logic>(
    day: &ClassificationDay,
    logic: &mut L,
    row: RowId,
) -> Vec<(Verdict, L::Value)> {
    let (yes, no) = (logic.constant(true), logic.constant(false));
    let mut verdicts = Vec::with_capacity(day.described.len() + 4);
    let mut rest = yes;
    for (verdict, blocks) in [
        (Verdict::OtherAgency, &day.referrals),
        (Verdict::Outside, &day.exclusions),
        (Verdict::Review, &day.flags),
    ] {
        let any = any_of(logic, blocks, row);
        rest = take(logic, rest, any, verdict, &mut verdicts);
    }
    let holding: Vec<L::Value> =
        day.described.iter().map(|it| logic.block(it.block, row)).collect();
    let yields = yields(day, logic, row, &holding);
    let circle = circle(logic, &yields);
    rest = take(logic, rest, circle, Verdict::Review, &mut verdicts);
    for (place, holds) in holding.iter().enumerate() {
        if *holds == no {
            continue;
        }
        let mut stands = *holds;
        for (_, beaten) in yields.iter().filter(|it| it.0.1 == place) {
            let open = logic.not(*beaten);
            stands = logic.and(stands, open);
        }
        let same = day.described.get(place).map_or(place, |it| it.same);
        rest = take(logic, rest, stands, Verdict::Entry(same), &mut verdicts);
    }
    // What is described and stands nowhere yields all around.
    let mut described = no;
    for holds in holding {
        described = logic.or(described, holds);
    }
    rest = take(logic, rest, described, Verdict::Review, &mut verdicts);
    verdicts.push((Verdict::NotDescribed, rest));
    verdicts
}

/// Gives a verdict what is left and holds; returns what is left then.
fn take<L: Logic>(
    logic: &mut L,
    rest: L::Value,
    holds: L::Value,
    verdict: Verdict,
    verdicts: &mut Vec<(Verdict, L::Value)>,
) -> L::Value {
    let taken = logic.and(rest, holds);
    verdicts.push((verdict, taken));
    let left = logic.not(holds);
    logic.and(rest, left)
}

fn any_of<L: Logic>(logic: &mut L, blocks: &[usize], row: RowId) -> L::Value {
    let mut any = logic.constant(false);
    for block in blocks {
        let holds = logic.block(*block, row);
        any = logic.or(any, holds);
    }
    any
}

/// One description before another, by their places, and when that is so.
type Yield<V> = ((usize, usize), V);

/// Which description another goes before, and when: both hold, and so does what says it.
fn yields<L: Logic>(
    day: &ClassificationDay,
    logic: &mut L,
    row: RowId,
    holding: &[L::Value],
) -> Vec<Yield<L::Value>> {
    let no = logic.constant(false);
    let mut yields: Vec<Yield<L::Value>> = Vec::new();
    for it in &day.preferences {
        let (Some(first), Some(over)) = (holding.get(it.first), holding.get(it.over)) else {
            continue;
        };
        let both = logic.and(*first, *over);
        if both == no {
            continue;
        }
        let says = logic.block(it.block, row);
        let yields_so = logic.and(both, says);
        if yields_so == no {
            continue;
        }
        let pair = (it.first, it.over);
        match yields.iter_mut().find(|it| it.0 == pair) {
            Some((_, known)) => *known = logic.or(*known, yields_so),
            None => yields.push((pair, yields_so)),
        }
    }
    yields
}

/// Two descriptions that go before each other, while no third goes before either.
fn circle<L: Logic>(logic: &mut L, yields: &[Yield<L::Value>]) -> L::Value {
    let mut any = logic.constant(false);
    for ((first, over), one) in yields {
        let back = yields.iter().find(|it| it.0 == (*over, *first));
        let Some((_, other)) = back.filter(|_| first < over) else { continue };
        let mut holds = logic.and(*one, *other);
        for ((third, beaten), it) in yields {
            let beats = (beaten == first || beaten == over) && third != first && third != over;
            if beats {
                let open = logic.not(*it);
                holds = logic.and(holds, open);
            }
        }
        any = logic.or(any, holds);
    }
    any
}
