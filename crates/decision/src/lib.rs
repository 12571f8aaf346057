//! May it leave: transactions in, determinations out.
#![forbid(unsafe_code)]

pub mod case_page;
pub mod determination;
pub mod outcome;

pub use determination::Determination;
pub use outcome::Outcome;
