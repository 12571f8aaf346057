//! May it leave: transactions in, determinations out.
#![forbid(unsafe_code)]

pub mod atlas;
pub mod bindings;
pub mod case_page;
pub mod catalogue;
pub mod classification;
pub mod clearance;
mod closed_list;
pub mod country;
pub mod deciding;
pub mod derivations;
pub mod determination;
mod difference;
pub mod eccn;
pub mod effects;
pub mod engine;
pub mod entries;
mod equivalence;
pub mod facts;
mod finding;
pub mod impact;
mod judgment;
mod kept;
mod legs;
pub mod matches;
mod matter;
pub mod outcome;
pub mod owners;
pub mod pattern;
pub mod proof;
pub mod questions;
pub mod release;
pub mod suggestion;
#[cfg(test)]
mod toy;
pub mod trace;
pub mod transaction;
pub mod verdicts;
pub mod what_if;
pub mod workspace;

pub use bindings::Bindings;
pub use catalogue::Catalogue;
pub use classification::{Classification, ClassificationOutcome, Product};
pub use country::Country;
pub use deciding::Deciding;
pub use determination::Determination;
pub use difference::Probe;
pub use eccn::Eccn;
pub use engine::{Decides, Engine, Options};
pub use facts::{FactOptions, MatterFacts, facts};
pub use matches::Screened;
pub use outcome::Outcome;
pub use pattern::Pattern;
pub use trace::Trace;
pub use transaction::Transaction;
pub use workspace::Workspace;
