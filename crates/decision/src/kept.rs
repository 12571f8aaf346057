//! What was worked out exactly for an unsettled matter, kept for the next answer of an interview.
//!
//! When an answer only tells a fact that was unknown, nothing has to be worked out again: what was
//! found is read where that fact is so. The answer is that of a decision from the beginning,
//! except that what was worked out once within its bound is not given up later.

use crate::effects::{Concluded, Conclusion, Effects};
use crate::engine::Engine;
use jiff::civil::Date;
use law::rulebook::Rulebook;
use law::{Evaluation, Kept, Node, Outlook, RowId, Selection, Symbolic};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many legs are kept.
const LEGS: usize = 16;

/// What was worked out for the legs of the transaction of an interview, by their places.
#[derive(Debug, Default)]
pub(crate) struct Interview {
    legs: BTreeMap<Option<usize>, (Law, KeptMatter)>,
}

/// The law under which something was worked out.
#[derive(Debug)]
struct Law {
    rulebook: Arc<Rulebook>,
    selection: Selection,
    on: Date,
    stale: bool,
}

/// What was worked out for one leg.
#[derive(Debug)]
struct KeptMatter {
    kept: Kept,
    /// By the place of the item; nothing for one that was settled without.
    claims: Vec<Option<Claims>>,
}

/// What was claimed of one item.
#[derive(Clone, Debug)]
pub(crate) struct Claims {
    pub(crate) concluded: Concluded<Node>,
    pub(crate) outlook: Outlook<Conclusion>,
}

impl Claims {
    /// Claims for one item.
    pub(crate) fn of(
        effects: &Effects,
        symbolic: &mut Symbolic<'_>,
        item: RowId,
        stale: bool,
    ) -> Self {
        let mut concluded = effects.claim(symbolic, item, stale);
        let outlook = symbolic.outlook(&concluded.conclusions);
        concluded.conclusions.clear();
        Self { concluded, outlook }
    }

    /// Every function in it: none may be left with the name it had before.
    pub(crate) fn nodes(&mut self) -> impl Iterator<Item = &mut Node> {
        let Concluded {
            requirements,
            license_required,
            exceptions,
            prohibited,
            flagged,
            outside,
            conclusions,
        } = &mut self.concluded;
        let named = exceptions.iter_mut().map(|it| &mut it.1);
        requirements
            .iter_mut()
            .chain([license_required, prohibited, flagged])
            .chain(outside)
            .chain(named.chain(conclusions.iter_mut().map(|it| &mut it.1)))
            .chain([self.outlook.node()])
    }

    /// Leaves out what a claim from the beginning would leave out, where fewer requirements can
    /// still hold than `before`. Whether that is enough: what opened an exception for reasons that
    /// are all gone would not be asked at all.
    fn settle(
        &mut self,
        before: u64,
        (effects, item): (&Effects, RowId),
        symbolic: &mut Symbolic<'_>,
    ) -> bool {
        let Concluded { requirements, license_required, exceptions, .. } = &mut self.concluded;
        if *license_required == Node::FALSE {
            exceptions.clear();
            return true;
        }
        let now = effects.reasons(requirements, Node::FALSE);
        let mut is_enough = true;
        exceptions.retain(|(symbol, _)| {
            let of = effects.exceptions.get(usize::from(*symbol));
            of.map_or(&[][..], |it| &it.allows).iter().any(|(judged, overcomes)| {
                is_enough &= overcomes & before == 0 || overcomes & now != 0;
                overcomes & now != 0
                    && symbolic.block(judged.block, judged.row(item)) != Node::FALSE
            })
        });
        is_enough
    }
}

/// The place of a leg in the memory of an interview, while its matter is judged.
pub(crate) struct Slot<'i> {
    interview: &'i mut Interview,
    place: Option<usize>,
    law: Law,
}

impl Interview {
    pub(crate) fn slot(
        &mut self,
        engine: &Engine,
        on: Date,
        stale: bool,
        place: Option<usize>,
    ) -> Slot<'_> {
        let law =
            Law { rulebook: engine.shared_rulebook(), selection: engine.selection(), on, stale };
        Slot { interview: self, place, law }
    }
}

impl Slot<'_> {
    /// Goes on with what is kept, or else begins within a budget.
    pub(crate) fn take<'a>(
        &mut self,
        fast: Evaluation<'a>,
        (effects, items): (&Effects, &[RowId]),
        budget: usize,
    ) -> (Symbolic<'a>, Vec<Option<Claims>>) {
        let anew = |fast| (Symbolic::over(fast, budget), Vec::new());
        let Some((law, KeptMatter { kept, mut claims })) = self.interview.legs.remove(&self.place)
        else {
            return anew(fast);
        };
        let is_same = Arc::ptr_eq(&law.rulebook, &self.law.rulebook)
            && (law.selection, law.on, law.stale)
                == (self.law.selection, self.law.on, self.law.stale);
        if !is_same {
            return anew(fast);
        }
        let reasons = |it: &Claims| effects.reasons(&it.concluded.requirements, Node::FALSE);
        let before: Vec<u64> = claims.iter().map(|it| it.as_ref().map_or(0, reasons)).collect();
        let mut nodes: Vec<&mut Node> =
            claims.iter_mut().flatten().flat_map(Claims::nodes).collect();
        let mut symbolic = match Symbolic::resumed(fast, kept, &mut nodes) {
            Ok(symbolic) => symbolic,
            Err(fast) => return anew(fast),
        };
        for ((claims, before), item) in claims.iter_mut().zip(before).zip(items) {
            *claims = claims.take().and_then(|mut it| {
                it.settle(before, (effects, *item), &mut symbolic).then_some(it)
            });
        }
        (symbolic, claims)
    }

    /// Keeps what was worked out.
    pub(crate) fn keep(
        self,
        symbolic: Symbolic<'_>,
        claims: Vec<Option<Claims>>,
    ) -> Evaluation<'_> {
        let (fast, kept) = symbolic.keep();
        if self.interview.legs.len() < LEGS {
            self.interview.legs.insert(self.place, (self.law, KeptMatter { kept, claims }));
        }
        fast
    }
}
