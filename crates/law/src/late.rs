//! What rests on facts that are known only when the outcome is.
//!
//! An evaluation goes on when such a fact becomes known: only what is marked here is worked out
//! again. Whether a block may read such a fact at all is the checker's business.

use crate::compile::Program;
use crate::rulebook::{Block, Expr, Test, Thing};
use crate::schema::{FactId, KindId, Schema};

impl Program {
    /// Marks the facts that are known last, and where what rests on them is remembered. The blocks
    /// are those in force, in the order of their plans.
    pub(crate) fn mark_late(&mut self, schema: &Schema, blocks: &[&Block]) {
        for (plan, kind) in self.kinds.iter_mut().zip(&schema.kinds) {
            let is_late = |it: &u16| kind.facts.get(usize::from(*it)).is_some_and(|it| it.late);
            plan.late = plan.tested.iter().copied().filter(is_late).collect();
        }
        let reads = blocks.iter().map(|it| Reads::of(schema, it));
        let reads: Vec<Reads> = reads.collect();
        let mut late = Late {
            blocks: reads.iter().map(|it| it.late).collect(),
            terms: vec![false; self.terms.len()],
        };
        while late.spread(self, &reads) {}
        let of_blocks = self.blocks.iter().zip(&late.blocks).filter(|it| *it.1);
        let of_blocks =
            of_blocks.flat_map(|(it, _)| [Some(it.slot), it.met].map(|slot| (it.subject, slot)));
        let of_terms = self.terms.iter().zip(&late.terms).filter(|it| *it.1);
        let of_terms = of_terms.map(|(it, _)| (it.subject, Some(it.slot)));
        for (subject, slot) in of_blocks.chain(of_terms) {
            if let Some(kind) = self.kinds.get_mut(usize::from(subject.0)) {
                kind.late_slots.extend(slot);
            }
        }
    }
}

/// What rests on late facts, as far as that is known.
struct Late {
    blocks: Vec<bool>,
    terms: Vec<bool>,
}

impl Late {
    /// One step further; whether anything was added.
    fn spread(&mut self, program: &Program, reads: &[Reads]) -> bool {
        let mut more = false;
        for ((plan, reads), place) in program.blocks.iter().zip(reads).zip(0..) {
            let terms = reads.terms.iter().any(|it| self.terms.get(*it).is_some_and(|it| *it));
            let unless = plan.unless.iter().any(|it| self.blocks.get(*it).is_some_and(|it| *it));
            if let Some(late) = self.blocks.get_mut(place)
                && !*late
                && (terms || unless)
            {
                *late = true;
                more = true;
            }
        }
        for (plan, late) in program.terms.iter().zip(&mut self.terms) {
            if !*late && plan.blocks.iter().any(|it| self.blocks.get(*it).is_some_and(|it| *it)) {
                *late = true;
                more = true;
            }
        }
        more
    }
}

/// What a condition reads.
struct Reads<'s> {
    schema: &'s Schema,
    /// The kinds of the variables.
    kinds: Vec<KindId>,
    late: bool,
    terms: Vec<usize>,
}

impl<'s> Reads<'s> {
    fn of(schema: &'s Schema, block: &Block) -> Self {
        let kinds = vec![KindId(0), block.subject];
        let mut reads = Self { schema, kinds, late: false, terms: Vec::new() };
        reads.expr(&block.condition);
        reads
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Constant(_) => {}
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|it| self.expr(it)),
            Expr::Not(part) => self.expr(part),
            Expr::Test { thing, fact, test } => {
                self.fact(*thing, *fact);
                self.test(test);
            }
            Expr::Term { term, .. } => self.terms.push(term.0 as usize),
            Expr::Quantified { kind, variable, body, .. } => {
                let place = usize::from(*variable);
                if self.kinds.len() <= place {
                    self.kinds.resize(place + 1, *kind);
                }
                if let Some(bound) = self.kinds.get_mut(place) {
                    *bound = *kind;
                }
                self.expr(body);
            }
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::MemberOf { thing, fact } => self.fact(*thing, *fact),
            Test::Both(left, right) => {
                self.test(left);
                self.test(right);
            }
            Test::IsTrue
            | Test::In(_)
            | Test::Column { .. }
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Empty
            | Test::Number(..) => {}
        }
    }

    fn fact(&mut self, thing: Thing, fact: FactId) {
        let kinds = &self.schema.kinds;
        let bound = self.kinds.get(usize::from(thing.variable)).copied();
        let kind = (0..thing.up)
            .try_fold(bound, |it, _| Some(kinds.get(usize::from(it?.0))?.parent))
            .flatten();
        let told = kind.and_then(|it| kinds.get(usize::from(it.0))?.facts.get(usize::from(fact.0)));
        // What cannot be found may be anything.
        self.late |= told.is_none_or(|it| it.late);
    }
}

#[cfg(test)]
mod tests;
