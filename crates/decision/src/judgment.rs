//! What was concluded for each item: fast where three-valued logic is enough, exactly where not.

use crate::effects::{Concluded, Conclusion, Effects};
use crate::outcome::Outcome;
use crate::questions::Ranked;
use law::{Logic, Node, Relevance, RowId, Symbolic, Truth};
use std::collections::BTreeMap;

/// What was concluded for one item, in plain truths.
#[derive(Debug)]
pub(crate) struct Judgment {
    /// The conclusion, where every completion of what is unknown gives it.
    pub(crate) conclusion: Option<Conclusion>,
    /// The outcomes that are still possible, from the freest.
    pub(crate) possible: Vec<Outcome>,
    /// Whether a license is required before exceptions.
    pub(crate) license_required: Truth,
    /// By place in the effects' requirements: true, or unknown where only the law is unresolved.
    pub(crate) requirements: Vec<Truth>,
    /// The exceptions in question, by place in the vocabulary.
    pub(crate) exceptions: Vec<(u8, Truth)>,
    /// Whether something forbids it.
    pub(crate) prohibited: Truth,
    /// What can still change the conclusion, by path.
    pub(crate) questions: BTreeMap<String, Ranked>,
}

impl Judgment {
    /// The outcome that stands: the settled one; where every completion forbids it to go, the
    /// mildest of them; otherwise a review.
    pub(crate) fn outcome(&self) -> Outcome {
        match self.possible.as_slice() {
            [only] if self.conclusion.is_some() => *only,
            [first, ..] if *first >= Outcome::LicenseRequired => *first,
            _ => Outcome::NeedsReview,
        }
    }

    /// The reasons that stand, one bit each, together with those of the item itself.
    pub(crate) fn reasons(&self, effects: &Effects) -> u64 {
        self.standing(effects) | effects.of_the_item
    }

    /// The reasons that stand, one bit each.
    pub(crate) fn standing(&self, effects: &Effects) -> u64 {
        let standing = effects.requirements.iter().zip(&self.requirements);
        let standing = standing.filter(|it| !it.1.is_false()).map(|it| 1 << it.0.reason);
        standing.fold(0, |bits, it: u64| bits | it)
    }

    /// The judgment where three-valued logic settles the conclusion. What is unknown besides
    /// changes nothing, so it is not a finding.
    pub(crate) fn settled(conclusion: Conclusion, concluded: Concluded<Truth>) -> Self {
        let known = |it: Truth| if it.is_true() { Truth::True } else { Truth::False };
        Self {
            conclusion: Some(conclusion),
            possible: vec![conclusion.outcome],
            license_required: concluded.license_required,
            requirements: concluded.requirements.into_iter().map(known).collect(),
            exceptions: concluded.exceptions,
            prohibited: concluded.prohibited,
            questions: BTreeMap::new(),
        }
    }

    /// The exact judgment of what was claimed, given what can still change it; its questions are
    /// still to be found.
    pub(crate) fn exact(
        symbolic: &mut Symbolic<'_>,
        claimed: &Concluded<Node>,
        found: &Relevance<Conclusion>,
    ) -> Self {
        let mut possible: Vec<Outcome> = found.possible.iter().map(|it| it.outcome).collect();
        possible.sort_unstable();
        possible.dedup();
        let requirement = |node: &Node| {
            let truth = symbolic.value(*node);
            // A requirement that hangs on an unknown fact is a question, not a finding.
            let asks = truth.is_unknown() && !symbolic.is_doubt_of_law(*node);
            if asks { Truth::False } else { truth }
        };
        Self {
            conclusion: found.settled,
            possible,
            license_required: symbolic.value(claimed.license_required),
            requirements: claimed.requirements.iter().map(requirement).collect(),
            exceptions: claimed
                .exceptions
                .iter()
                .map(|(symbol, node)| (*symbol, symbolic.value(*node)))
                .collect(),
            prohibited: symbolic.value(claimed.prohibited),
            questions: BTreeMap::new(),
        }
    }
}

/// The conclusion of one item by three-valued logic, if that settles it.
pub(crate) fn fast<L: Logic<Value = Truth>>(
    effects: &Effects,
    logic: &mut L,
    item: RowId,
    stale: bool,
) -> Option<Judgment> {
    let concluded = effects.conclude(logic, item, stale);
    let (conclusion, _) = concluded.conclusions.iter().find(|it| it.1.is_true())?;
    Some(Judgment::settled(*conclusion, concluded))
}

/// The outcomes that several items together may still have: nothing below the strictest of what
/// each has at least.
pub(crate) fn possible_together<'a>(
    items: impl Iterator<Item = &'a [Outcome]> + Clone,
) -> Vec<Outcome> {
    let floor = items.clone().filter_map(|it| it.first()).max().copied();
    let mut possible: Vec<Outcome> = items.flatten().copied().collect();
    possible.retain(|it| floor.is_none_or(|floor| *it >= floor));
    possible.sort_unstable();
    possible.dedup();
    possible
}
