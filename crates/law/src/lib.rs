//! A small language for dated law, and what is true of it on a day.
#![forbid(unsafe_code)]

pub mod facts;
pub mod rulebook;
pub mod schema;
pub mod source;
pub mod truth;

pub use facts::{Facts, RowId, Value};
pub use truth::Truth;
