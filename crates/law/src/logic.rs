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
    /// Whether a block certainly does not hold of a thing, as far as that is known without asking
    /// for it.
    fn is_ruled_out(&self, _block: usize, _row: RowId) -> bool {
        false
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

    #[inline]
    fn is_ruled_out(&self, block: usize, row: RowId) -> bool {
        Self::is_ruled_out(self, block, row)
    }
}
