//! The blocks that a block serves: whose condition asks for what it defines, or which it switches off.

use law::rulebook::{BlockId, Effect, Expr, Rulebook, TermId};
use std::collections::BTreeSet;

/// How many are found at most.
const USERS: usize = 12;

/// The blocks that a block serves, the nearest first.
pub(super) fn of(rulebook: &Rulebook, block: BlockId) -> Vec<BlockId> {
    let mut found: Vec<BlockId> = Vec::new();
    let mut open = vec![block];
    let mut seen = BTreeSet::from([block]);
    while let Some(one) = open.pop() {
        let defined = match rulebook.block(one).map(|it| &it.effect) {
            Some(Effect::Define(term)) => Some(*term),
            Some(_) | None => None,
        };
        for (id, other) in (0..).map(BlockId).zip(&rulebook.blocks) {
            let serves = other.unless.iter().flatten().any(|it| *it == one)
                || defined.is_some_and(|it| asks(&other.condition, it));
            if serves && found.len() < USERS && seen.insert(id) {
                found.push(id);
                open.insert(0, id);
            }
        }
    }
    found
}

fn asks(expr: &Expr, term: TermId) -> bool {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|it| asks(it, term)),
        Expr::Not(part) => asks(part, term),
        Expr::Quantified { body, .. } => asks(body, term),
        Expr::Term { term: it, .. } => *it == term,
        Expr::Constant(_) | Expr::Test { .. } => false,
    }
}
