//! What was worked out exactly, kept until more is known.
//!
//! Where the same things are at hand and some facts that were unknown have become known, every
//! function that was worked out is still right: it only has to be read where its variables have
//! the cases that the facts now have. That is one pass over the nodes that matter, instead of an
//! evaluation. What is not simply narrower (other things, a fact forgotten or changed, a code that
//! may be compared with an unknown set) is not taken, and is worked out anew.

use crate::diagram::{Diagram, Node, Variable};
use crate::eval::Evaluation;
use crate::facts::{Facts, RowId, Value};
use crate::law::Law;
use crate::partition::{FactPlan, Values, class};
use crate::schema::FactId;
use crate::symbolic::{Symbolic, reads::Reads};
use crate::unknown::{FactCases, Meaning, Variables};

/// The functions of an exact evaluation that has ended.
#[derive(Debug)]
pub struct Kept {
    facts: Facts,
    diagram: Diagram,
    variables: Variables,
    memory: Vec<Option<Node>>,
}

impl<'a> Symbolic<'a> {
    /// Ends the evaluation and keeps its functions; its nodes stay valid for [`Symbolic::resumed`].
    #[must_use]
    pub fn keep(self) -> (Evaluation<'a>, Kept) {
        let facts = self.facts.clone();
        let Self { fast, diagram, variables, memory, .. } = self;
        (fast, Kept { facts, diagram, variables, memory })
    }

    /// Forgets all functions but those of blocks and terms, and these, which are renamed: what is
    /// worked out about all functions costs as much as there are.
    pub fn tidy(&mut self, nodes: &mut [&mut Node]) {
        self.diagram = narrowed(&self.diagram, &[], &mut self.memory, nodes);
    }

    /// Goes on with what was kept, where `fast` is an evaluation under the same law of the same
    /// facts or of facts that know more. `nodes` are nodes of the kept evaluation that are still
    /// wanted; they become what they are now. With everything worked out within its budget, all
    /// functions are those of an evaluation from the beginning.
    ///
    /// # Errors
    ///
    /// The evaluation, unused, where the facts are no narrower ones, or something was left open.
    pub fn resumed(
        fast: Evaluation<'a>,
        mut kept: Kept,
        nodes: &mut [&mut Node],
    ) -> Result<Self, Evaluation<'a>> {
        let Some(fixed) = kept.fixed(fast.law(), fast.facts()) else { return Err(fast) };
        if fixed.iter().any(Option::is_some) {
            kept.diagram = narrowed(&kept.diagram, &fixed, &mut kept.memory, nodes);
        }
        kept.diagram.begin_anew();
        Ok(Self {
            law: fast.law(),
            facts: fast.facts(),
            fast,
            diagram: kept.diagram,
            variables: kept.variables,
            memory: kept.memory,
            stack: Vec::new(),
            reads: Reads::default(),
        })
    }
}

/// Some functions of a diagram, and what is remembered, where variables have cases.
fn narrowed(
    diagram: &Diagram,
    fixed: &[Option<u16>],
    memory: &mut [Option<Node>],
    nodes: &mut [&mut Node],
) -> Diagram {
    let remembered = memory.iter_mut().flatten();
    let wanted = nodes.iter_mut().map(|it| &mut **it);
    let mut roots: Vec<&mut Node> =
        remembered.chain(wanted).filter(|it| !it.is_terminal()).collect();
    diagram.narrowed(fixed, &mut roots)
}

impl Kept {
    /// The case that each variable now has, by its number; nothing where the facts are not the
    /// same ones, or narrower.
    fn fixed(&self, law: &Law, facts: &Facts) -> Option<Vec<Option<u16>>> {
        if facts.rows() != self.facts.rows() {
            return None;
        }
        let mut fixed = vec![None; self.diagram.variables()];
        for (row, held) in (0..).map(RowId).zip(facts.rows()) {
            let plans = law.program.kinds.get(usize::from(held.kind.0))?;
            for (fact, plan) in (0..).map(FactId).zip(&plans.facts) {
                let (before, now) = (self.facts.value(row, fact), facts.value(row, fact));
                if before != now {
                    self.fix(plan, (row, fact), now, &mut fixed)?;
                }
            }
        }
        Some(fixed)
    }

    fn fix(
        &self,
        plan: &FactPlan,
        (row, fact): (RowId, FactId),
        now: &Value,
        fixed: &mut [Option<u16>],
    ) -> Option<()> {
        if *self.facts.value(row, fact) != Value::Unknown || !plan.partners.is_empty() {
            return None;
        }
        // What was never met decides nothing.
        let Some(cases) = self.variables.known(row, fact) else { return Some(()) };
        let mut set = |variable: Variable, case: usize| {
            *fixed.get_mut(variable as usize)? = Some(u16::try_from(case).ok()?);
            Some(())
        };
        match cases {
            FactCases::Cases(variable, cases) => {
                let class = match (now, &plan.values) {
                    (Value::Truth(value), Values::Truth) => usize::from(*value),
                    (Value::Number(number), Values::Number { cuts }) => class(cuts, *number),
                    (Value::Code(code), Values::Code { class_of, .. }) => {
                        usize::from(*class_of.get(usize::from(*code))?)
                    }
                    _ => return None,
                };
                let case = cases.iter().position(|it| it.class == class)?;
                // A code of which a table leaves something open has a class of its own.
                variable.map_or(Some(()), |it| set(it, case))
            }
            FactCases::Groups(groups) => {
                let (Value::Set(value), Values::Set) = (now, &plan.values) else { return None };
                for group in groups {
                    if let Some(it) = self.variables.of(&Meaning::Group(row, fact, *group)) {
                        set(it, usize::from(value & group != 0))?;
                    }
                }
                Some(())
            }
            FactCases::Broken => None,
        }
    }
}

#[cfg(test)]
mod tests;
