//! Whether a block and its change come to the same beside others, however their parts turn out.
//!
//! What the conditions are made of (tests, terms, quantified parts) is taken for switches that may
//! stand in any way together, and the doubt of a block for one more. Where in every position of the
//! switches the block and its change say the same, they do of every matter: the matters reach no
//! other positions than these. What is certain of a part fixes its switch. Where there are too many
//! switches, nothing is said.

use super::Crowd;
use crate::facts::RowId;
use crate::rulebook::{Block, BlockId, Effect, Expr};

/// How many switches are turned, at most.
const SWITCHES: usize = 12;

/// How deep what a block yields to is taken apart.
const DEEP: u8 = 3;

/// What may stand in one way or the other.
#[derive(Clone, Debug, PartialEq)]
enum Switch {
    /// A part of a condition, of the thing that the block speaks of.
    Part(Expr, RowId),
    /// A block that is not taken apart, of a thing.
    Block(BlockId, RowId),
    /// Whether what is in doubt of a block is so, of a thing.
    Doubt(BlockId, RowId),
}

/// A condition over switches.
enum Formula {
    Constant(bool),
    Switch(usize),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
}

impl Formula {
    fn holds(&self, position: u32) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Switch(place) => position >> place & 1 == 1,
            Self::All(parts) => parts.iter().all(|it| it.holds(position)),
            Self::Any(parts) => parts.iter().any(|it| it.holds(position)),
            Self::Not(part) => !part.holds(position),
        }
    }
}

/// A block as it is written in the rulebook, or as it is changed.
#[derive(Clone, Copy, Debug)]
pub struct Written<'b> {
    /// Which block it is.
    pub id: BlockId,
    /// How it is written.
    pub block: &'b Block,
}

impl Crowd<'_> {
    /// Whether one version of a block and another come to the same for a thing wherever any of the
    /// blocks `beside` that holds says what they say; or, where `through` is named, whether that
    /// block, which yields to them, does.
    pub fn comes_to_the_same(
        &mut self,
        (one, other): (Written<'_>, Written<'_>),
        beside: &[Written<'_>],
        through: Option<Written<'_>>,
        row: RowId,
    ) -> bool {
        if through.is_some_and(|it| it.block.effect == Effect::Untranslated) {
            return false;
        }
        let mut switches = Vec::new();
        let mut sides = Vec::new();
        for version in [one, other] {
            let asked = through.unwrap_or(version);
            let mut parts = vec![self.formula(asked, version, row, DEEP, &mut switches)];
            for it in beside {
                parts.push(self.formula(*it, version, row, DEEP, &mut switches));
            }
            sides.push(Formula::Any(parts));
        }
        let [first, second] = sides.as_slice() else { return false };
        if switches.len() > SWITCHES {
            return false;
        }
        (0..1_u32 << switches.len()).all(|it| first.holds(it) == second.holds(it))
    }

    /// A block over switches; `changed` stands for the block that it is a version of.
    fn formula(
        &mut self,
        of: Written<'_>,
        changed: Written<'_>,
        row: RowId,
        deep: u8,
        switches: &mut Vec<Switch>,
    ) -> Formula {
        let block = if of.id == changed.id { changed.block } else { of.block };
        let law = self.law;
        let Some(row) = self.whole(row, block.subject) else {
            return switched(Switch::Block(of.id, row), switches);
        };
        if block.effect == Effect::Untranslated || deep == 0 {
            return switched(Switch::Block(of.id, row), switches);
        }
        let mut parts = vec![self.parts_of(&block.condition, row, switches)];
        for exempt in block.unless.iter().flatten() {
            // What is changed is taken for what its versions say, in force or not.
            if law.place(*exempt).is_none() && *exempt != changed.id {
                continue;
            }
            let Some(written) = law.rulebook().blocks.get(exempt.0 as usize) else { continue };
            let of = Written { id: *exempt, block: written };
            let yields = self.formula(of, changed, row, deep - 1, switches);
            parts.push(Formula::Not(Box::new(yields)));
        }
        if block.unverified {
            parts.push(switched(Switch::Doubt(of.id, row), switches));
        }
        Formula::All(parts)
    }

    fn parts_of(&mut self, expr: &Expr, row: RowId, switches: &mut Vec<Switch>) -> Formula {
        if let Some(known) = self.expr(expr, &mut vec![RowId(0), row]).known() {
            return Formula::Constant(known);
        }
        let mut all = |parts: &[Expr], switches: &mut Vec<Switch>| {
            parts.iter().map(|it| self.parts_of(it, row, switches)).collect()
        };
        match expr {
            Expr::Constant(value) => Formula::Constant(*value),
            Expr::All(parts) => Formula::All(all(parts, switches)),
            Expr::Any(parts) => Formula::Any(all(parts, switches)),
            Expr::Not(part) => Formula::Not(Box::new(self.parts_of(part, row, switches))),
            Expr::Test { .. } | Expr::Term { .. } | Expr::Quantified { .. } => {
                switched(Switch::Part(expr.clone(), row), switches)
            }
        }
    }
}

/// The switch, which is one and the same wherever it is met.
fn switched(switch: Switch, switches: &mut Vec<Switch>) -> Formula {
    let known = switches.iter().position(|it| *it == switch);
    Formula::Switch(known.unwrap_or_else(|| {
        switches.push(switch);
        switches.len() - 1
    }))
}
