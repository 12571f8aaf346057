//! What each part of a condition is of a thing: for a search that wants to know how near it came.

use super::Crowd;
use crate::eval::belongs;
use crate::facts::RowId;
use crate::rulebook::Expr;
use crate::truth::Truth;

impl Crowd<'_> {
    /// For each part of a block's condition (the block by its place in [`crate::Law::blocks`]),
    /// counted from the outside in, which truths it has of a thing: 1 for true, 2 for unknown, 4
    /// for false, added up over what quantifiers speak of. At the end the same of the blocks that
    /// switch it off. Empty where there is no such block.
    pub fn parts(&mut self, place: usize, row: RowId) -> Vec<u8> {
        let law = self.law;
        let block = law.blocks().get(place);
        let block = block.and_then(|it| law.rulebook().blocks.get(it.id.0 as usize));
        let Some(block) = block else { return Vec::new() };
        let Some(row) = self.whole(row, block.subject) else { return Vec::new() };
        let mut found = Vec::new();
        self.walk(&block.condition, &mut vec![RowId(0), row], 0, &mut found);
        for exempt in block.unless.iter().flatten() {
            if law.place(*exempt).is_some() {
                found.push(bit(self.in_force(*exempt, row)));
            }
        }
        found
    }

    /// Notes the truths of a part and of those inside it from a number on, and says how many.
    fn walk(
        &mut self,
        part: &Expr,
        bound: &mut Vec<RowId>,
        number: usize,
        found: &mut Vec<u8>,
    ) -> usize {
        if found.len() <= number {
            found.resize(number + 1, 0);
        }
        let truth = self.expr(part, bound);
        if let Some(slot) = found.get_mut(number) {
            *slot |= bit(truth);
        }
        let first = number + 1;
        match part {
            Expr::All(parts) | Expr::Any(parts) => {
                parts.iter().fold(first, |next, it| next + self.walk(it, bound, next, found))
                    - number
            }
            Expr::Not(inner) => 1 + self.walk(inner, bound, first, found),
            Expr::Constant(_) | Expr::Test { .. } | Expr::Term { .. } => 1,
            Expr::Quantified { kind, of, variable, body, .. } => {
                let of = of.and_then(|it| self.thing(it, bound));
                let place = usize::from(*variable);
                if bound.len() <= place {
                    bound.resize(place + 1, RowId(0));
                }
                let facts = self.facts;
                let size = size(body);
                if found.len() < first + size {
                    found.resize(first + size, 0);
                }
                for row in facts.rows_of(*kind) {
                    if of.is_none_or(|of| belongs(facts, *row, of)) {
                        if let Some(slot) = bound.get_mut(place) {
                            *slot = *row;
                        }
                        self.walk(body, bound, first, found);
                    }
                }
                1 + size
            }
        }
    }
}

fn bit(truth: Truth) -> u8 {
    match truth {
        Truth::True => 1,
        Truth::Unknown => 2,
        Truth::False => 4,
    }
}

/// How many parts a condition has, itself included.
fn size(part: &Expr) -> usize {
    match part {
        Expr::All(parts) | Expr::Any(parts) => 1 + parts.iter().map(size).sum::<usize>(),
        Expr::Not(inner) => 1 + size(inner),
        Expr::Quantified { body, .. } => 1 + size(body),
        Expr::Constant(_) | Expr::Test { .. } | Expr::Term { .. } => 1,
    }
}
