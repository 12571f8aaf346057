//! May it leave: transactions in, determinations out.
#![forbid(unsafe_code)]

pub mod case_page;
pub mod catalogue;
mod closed_list;
pub mod country;
pub mod determination;
pub mod eccn;
pub mod outcome;
pub mod suggestion;
pub mod transaction;

pub use country::Country;
pub use determination::Determination;
pub use eccn::Eccn;
pub use outcome::Outcome;
pub use transaction::Transaction;
