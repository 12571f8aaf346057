//! The operations a conclusion is written with, once, for the fast and for the exact evaluation.

use crate::eval::Evaluation;
use crate::facts::RowId;
use crate::truth::Truth;
use std::fmt::Debug;

/// A way of computing what follows from blocks.
pub trait Logic {
    /// What is known of a statement.
    type Value: Copy + Debug + Eq;

    /// A statement that always holds, or never.
    fn constant(&mut self, value: bool) -> Self::Value;
    /// Both hold.
    fn and(&mut self, left: Self::Value, right: Self::Value) -> Self::Value;
    /// At least one holds.
    fn or(&mut self, left: Self::Value, right: Self::Value) -> Self::Value;
    /// It does not hold.
    fn not(&mut self, value: Self::Value) -> Self::Value;
    /// A block, by its place in [`crate::Law::blocks`], of a thing.
    fn block(&mut self, block: usize, row: RowId) -> Self::Value;
    /// The blocks said of a thing's kind that certainly do not hold of it, as far as that is known
    /// without asking for them: one bit each (see [`crate::Law::bit`]). What is missing may hold.
    fn ruled_out(&self, _row: RowId) -> &[u64] {
        &[]
    }
}

impl Logic for Evaluation<'_> {
    type Value = Truth;

    fn constant(&mut self, value: bool) -> Truth {
        Truth::from(value)
    }

    fn and(&mut self, left: Truth, right: Truth) -> Truth {
        left.and(right)
    }

    fn or(&mut self, left: Truth, right: Truth) -> Truth {
        left.or(right)
    }

    fn not(&mut self, value: Truth) -> Truth {
        value.not()
    }

    fn block(&mut self, block: usize, row: RowId) -> Truth {
        Self::block(self, block, row)
    }

    fn ruled_out(&self, row: RowId) -> &[u64] {
        Self::ruled_out(self, row)
    }
}
