//! What a matter's answer rests on: exclusions, the general prohibitions with what stands under
//! each, and the flags.

use super::Matter;
use crate::determination::{Because, Flag};
use crate::effects::{Judged, RuledOut};
use crate::judgment::Judgment;
use crate::trace::{Trace, Tracer};
use law::rulebook::Effect;
use law::{RowId, Truth};

impl<'law> Matter<'law, '_> {
    /// The trace: exclusions that hold, the general prohibitions with what stands under each, and
    /// the flags.
    pub(super) fn because(
        &self,
        tracer: &Tracer<'_, 'law>,
        judgments: &[Judgment],
    ) -> Vec<Because<'law>> {
        let effects = &self.day.effects;
        let full = self.options.trace == Trace::Full;
        let mut because: Vec<Because<'law>> = Vec::new();
        let mut standing = Vec::with_capacity(judgments.len());
        for (item, judgment) in self.facts.items.iter().zip(judgments) {
            let ruled_out = &tracer.ruled_out(*item);
            let mut add = |judged: Judged| {
                if !full && ruled_out.has(judged) && ruled_out.has_condition(judged) {
                    return;
                }
                let row = judged.row(*item);
                let node = if full || !tracer.truth(judged.block, row).is_false() {
                    tracer.because(judged.block, row)
                } else {
                    tracer.spared(judged.block, row)
                };
                if let Some(node) = node
                    && !because.contains(&node)
                {
                    because.push(node);
                }
            };
            effects.exclusions.iter().for_each(|it| add(it.judged));
            effects.flags.iter().for_each(|it| add(*it));
            standing.push(Standing::of(self, tracer, *item, (judgment, ruled_out)));
        }
        let prohibitions = &self.engine.rulebook().vocabulary.prohibitions;
        for (place, (_, citation, words)) in (0_u8..).zip(prohibitions) {
            let mut node = Because {
                citation,
                text: words,
                effect: "prohibition",
                truth: Truth::False,
                facts: Vec::new(),
                because: Vec::new(),
            };
            for standing in &standing {
                standing.under(tracer, place, &mut node);
                // Where nothing stands under it, what an exemption lifts says why.
                if node.truth.is_false() && !full {
                    standing.spared(tracer, place, &mut node);
                }
            }
            because.push(node);
        }
        because
    }

    /// The exclusions that hold of an item, one bit each.
    fn outside(&self, tracer: &Tracer<'_, 'law>, item: RowId) -> u8 {
        let exclusions = self.day.effects.exclusions.iter();
        let holding =
            exclusions.filter(|it| tracer.truth(it.judged.block, it.judged.row(item)).is_true());
        holding.fold(0, |bits, it| bits | 1_u8.checked_shl(it.exclusion.into()).unwrap_or(0))
    }

    /// The red flags that are raised.
    pub(super) fn flags(&self, tracer: &Tracer<'_, 'law>) -> Vec<Flag<'law>> {
        let mut flags: Vec<Flag<'law>> = Vec::new();
        for item in &self.facts.items {
            let outside = self.outside(tracer, *item);
            for judged in &self.day.effects.flags {
                // What an exclusion lifts asks for nothing.
                if outside & !judged.despite != 0 {
                    continue;
                }
                let truth = tracer.truth(judged.block, judged.row(*item));
                let Some(block) = self.block(*judged) else { continue };
                let Effect::Flag(flag) = &block.effect else { continue };
                if !truth.is_true() {
                    continue;
                }
                let about = tracer.about(judged.block, judged.row(*item));
                let found = Flag {
                    flag,
                    subject: about.map_or_else(
                        || "transaction".to_owned(),
                        |it| self.facts.subject_of(it).to_string(),
                    ),
                    resolved: false,
                    truth,
                    why: &block.says,
                    citation: &block.citation,
                };
                if !flags.contains(&found) {
                    flags.push(found);
                }
            }
        }
        flags
    }
}

/// What stands under the general prohibitions for one item, and what is lifted.
struct Standing {
    item: RowId,
    found: Vec<(Judged, Truth)>,
    /// Requirements that an exemption may lift, such as a cell of the chart without a mark.
    lifted: Vec<Judged>,
}

impl Standing {
    fn of(
        matter: &Matter<'_, '_>,
        tracer: &Tracer<'_, '_>,
        item: RowId,
        (judgment, ruled_out): (&Judgment, &RuledOut),
    ) -> Self {
        let effects = &matter.day.effects;
        let full = matter.options.trace == Trace::Full;
        let found = effects.requirements.iter().zip(&judgment.requirements);
        let found = found.map(|(it, truth)| (it.judged, *truth));
        let prohibited = effects.prohibitions.iter().map(|it| {
            let truth = tracer.truth(it.block, it.row(item));
            (*it, if judgment.prohibited.is_false() { Truth::False } else { truth })
        });
        let standing = found.chain(prohibited).filter(|it| full || !it.1.is_false());
        let lifted = effects.requirements.iter().map(|it| it.judged);
        let lifted = lifted.filter(|it| it.under.is_some() && !ruled_out.has_condition(*it));
        Self { item, found: standing.collect(), lifted: lifted.collect() }
    }

    /// Puts what stands under a general prohibition there.
    fn under<'law>(&self, tracer: &Tracer<'_, 'law>, prohibition: u8, node: &mut Because<'law>) {
        for (judged, truth) in &self.found {
            if judged.under != Some(prohibition) {
                continue;
            }
            node.truth = node.truth.or(*truth);
            if let Some(found) = tracer.because(judged.block, judged.row(self.item))
                && !node.because.contains(&found)
            {
                node.because.push(found);
            }
        }
    }

    fn spared<'law>(&self, tracer: &Tracer<'_, 'law>, prohibition: u8, node: &mut Because<'law>) {
        for judged in &self.lifted {
            if judged.under == Some(prohibition)
                && let Some(found) = tracer.spared(judged.block, judged.row(self.item))
                && !node.because.contains(&found)
            {
                node.because.push(found);
            }
        }
    }
}
