//! The blocks of one day by which products are classified, sorted by what they do.

use jiff::civil::Date;
use law::rulebook::{Block, Effect, Rulebook};
use law::schema::{FactId, KindId};
use law::{Law, Selection};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The law of a stretch of days by which products are classified.
#[derive(Debug)]
pub struct ClassificationDay {
    /// The law: only the blocks about the kind that is classified.
    pub law: Law,
    /// Blocks that describe an entry, in the order of the files, which is that of precedence
    /// where nothing else is said.
    pub(super) described: Vec<Describing>,
    /// Which of them go before which others, and the block that says so.
    pub(super) preferences: Vec<Preference>,
    /// Other agencies' law.
    pub(super) referrals: Vec<usize>,
    /// What is outside.
    pub(super) exclusions: Vec<usize>,
    /// The facts that the truth of each of them may rest on.
    pub(super) excluding: Vec<Vec<FactId>>,
    /// What a person must resolve.
    pub(super) flags: Vec<usize>,
    /// Duties.
    pub(super) duties: Vec<usize>,
    /// Text that no question asks about.
    pub(super) untranslated: Vec<usize>,
}

/// A block that describes an entry.
#[derive(Clone, Debug)]
pub(super) struct Describing {
    /// Its place in the law.
    pub(super) block: usize,
    /// The first that describes the same entry for the same: they are one answer.
    pub(super) same: usize,
    /// The facts that its truth may rest on.
    pub(super) facts: Vec<FactId>,
}

/// One description goes before another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Preference {
    /// The block that says so.
    pub(super) block: usize,
    /// The one that goes before, by its place among the descriptions.
    pub(super) first: usize,
    /// The one that yields.
    pub(super) over: usize,
}

impl ClassificationDay {
    /// The law of a day.
    #[must_use]
    pub fn of(rulebook: &Arc<Rulebook>, day: Date, selection: &Selection) -> Self {
        let law = rulebook.classifying(day, selection);
        let (mut described, mut referrals, mut exclusions) = (Vec::new(), Vec::new(), Vec::new());
        let (mut flags, mut duties, mut preferring) = (Vec::new(), Vec::new(), Vec::new());
        let (mut untranslated, mut excluding) = (Vec::new(), Vec::new());
        for place in 0..law.blocks().len() {
            let Some(block) = law.block(place) else { continue };
            match &block.effect {
                Effect::Describe { .. } => {
                    let alike = |it: &Describing| {
                        law.block(it.block).is_some_and(|it| it.effect == block.effect)
                    };
                    let same = described.iter().position(alike).unwrap_or(described.len());
                    let facts = read_by(rulebook, block);
                    described.push(Describing { block: place, same, facts });
                }
                Effect::Prefer { .. } => preferring.push(place),
                Effect::Refer(_) => referrals.push(place),
                Effect::Exclude(_) => {
                    exclusions.push(place);
                    excluding.push(read_by(rulebook, block));
                }
                Effect::Flag(_) => flags.push(place),
                Effect::Oblige(_) => duties.push(place),
                Effect::Define(_)
                | Effect::Exempt
                | Effect::Require(_)
                | Effect::Allow { .. }
                | Effect::Bar(_)
                | Effect::Prohibit(_)
                | Effect::Policy(_) => {}
                Effect::Untranslated => untranslated.push(place),
            }
        }
        let mut preferences = Vec::new();
        for block in preferring {
            let Some(Effect::Prefer { entries, over }) = law.block(block).map(|it| &it.effect)
            else {
                continue;
            };
            for (first, _) in named(&law, &described, entries) {
                for (over, _) in named(&law, &described, over).filter(|it| it.0 != first) {
                    preferences.push(Preference { block, first, over });
                }
            }
        }
        Self {
            law,
            described,
            preferences,
            referrals,
            exclusions,
            excluding,
            flags,
            duties,
            untranslated,
        }
    }

    /// The entry that a description describes, and what it is for.
    pub(super) fn entry(&self, described: usize) -> Option<(&str, &[String])> {
        let block = self.law.block(self.described.get(described)?.block)?;
        match &block.effect {
            Effect::Describe { entry, parents } => Some((entry, parents)),
            Effect::Define(_)
            | Effect::Exempt
            | Effect::Require(_)
            | Effect::Allow { .. }
            | Effect::Bar(_)
            | Effect::Exclude(_)
            | Effect::Prohibit(_)
            | Effect::Oblige(_)
            | Effect::Flag(_)
            | Effect::Refer(_)
            | Effect::Policy(_)
            | Effect::Prefer { .. }
            | Effect::Untranslated => None,
        }
    }
}

/// The descriptions of these entries and of everything below them.
fn named<'d>(
    law: &'d Law,
    described: &'d [Describing],
    entries: &'d [String],
) -> impl Iterator<Item = (usize, &'d Describing)> {
    described.iter().enumerate().filter(move |(_, it)| {
        let Some(Effect::Describe { entry, .. }) = law.block(it.block).map(|it| &it.effect) else {
            return false;
        };
        entries.iter().any(|outer| {
            entry
                .strip_prefix(outer.as_str())
                .is_some_and(|it| it.is_empty() || it.starts_with('.'))
        })
    })
}

/// The facts of its subject that a block's truth may rest on.
fn read_by(rulebook: &Rulebook, block: &Block) -> Vec<FactId> {
    let mut walk =
        Walk { rulebook, subject: block.subject, facts: BTreeSet::new(), seen: BTreeSet::new() };
    walk.block(block);
    walk.facts.into_iter().collect()
}

struct Walk<'r> {
    rulebook: &'r Rulebook,
    subject: KindId,
    facts: BTreeSet<FactId>,
    seen: BTreeSet<law::rulebook::BlockId>,
}

impl Walk<'_> {
    fn block(&mut self, block: &Block) {
        self.expr(&block.condition);
        for id in block.unless.iter().flatten() {
            self.visit(*id);
        }
    }

    fn visit(&mut self, id: law::rulebook::BlockId) {
        if self.seen.insert(id)
            && let Some(block) = self.rulebook.block(id)
            && block.subject == self.subject
        {
            self.block(block);
        }
    }

    fn expr(&mut self, expr: &law::rulebook::Expr) {
        use law::rulebook::Expr;
        match expr {
            Expr::Constant(_) => {}
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|it| self.expr(it)),
            Expr::Not(inner) => self.expr(inner),
            Expr::Test { fact, .. } => {
                self.facts.insert(*fact);
            }
            Expr::Term { term, .. } => {
                let blocks = self.rulebook.terms.get(term.0 as usize).map(|it| it.blocks.clone());
                blocks.unwrap_or_default().into_iter().for_each(|it| self.visit(it));
            }
            Expr::Quantified { body, .. } => self.expr(body),
        }
    }
}
