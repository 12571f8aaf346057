//! A small language for dated law, and what is true of it on a day.
#![forbid(unsafe_code)]

pub mod diagnostic;
pub mod facts;
pub mod load;
pub mod rulebook;
pub mod schema;
pub mod source;
pub mod syntax;
pub mod truth;

mod blocks;
mod check;
mod lexer;
mod manifest;
mod names;
mod parser;
mod tables;
#[cfg(test)]
mod umbrella;

pub use diagnostic::{Diagnostic, Severity};
pub use facts::{Facts, RowId, Value};
pub use load::{LoadError, Loaded};
pub use source::{SourceFile, Span};
pub use truth::Truth;
