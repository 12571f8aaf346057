//! A small language for dated law, and what is true of it on a day.
//!
//! Text and tables go in with their names and a [`schema::Schema`] of what may be said at all;
//! [`rulebook::Rulebook::load`] gives back a checked [`rulebook::Rulebook`], or everything that is
//! wrong. A [`Law`] is what one day leaves of it, and is asked about [`Facts`]. Nothing here opens
//! a file, reads a clock, or knows which regulation it is about.
//!
//! - From text: [`source`], `lexer`, [`syntax`], `parser`, `manifest`, `tables`.
//! - What it means: [`schema`], `names`, `blocks`, [`rulebook`], [`version`], [`citation`].
//! - Whether it makes sense: `check`, [`diagnostic`].
//! - For its authors: [`format`](mod@format), [`diff`](mod@diff), [`found`], [`coverage`], [`mutation`].
//! - What is true: [`facts`], [`truth`], [`law`], [`eval`], [`symbolic`], [`trace`], [`relevance`].
//! - What is true of every matter at once: [`crowd`], [`growth`]; of many, a bit for each: [`sliced`].
#![forbid(unsafe_code)]

pub mod citation;
pub mod diagnostic;
pub mod diff;
pub mod facts;
pub mod format;
pub mod found;
pub mod load;
pub mod rulebook;
pub mod schema;
pub mod source;
pub mod syntax;
pub mod truth;
pub mod version;

pub mod coverage;
pub mod crowd;
mod dead;
pub mod diagram;
pub mod eval;
pub mod growth;
pub mod kept;
pub mod law;
pub mod logic;
pub mod mutation;
pub mod relevance;
pub mod sliced;
pub mod symbolic;
pub mod trace;
pub mod unknown;

mod compile;
mod late;
mod partition;
mod preclusion;
mod probe;
mod summary;
#[cfg(test)]
mod toy;

mod blocks;
mod capabilities;
mod check;
mod lexer;
mod manifest;
mod names;
mod parser;
mod questions;
mod tables;
#[cfg(test)]
mod umbrella;

pub use citation::Citation;
pub use coverage::{Coverage, Seen};
pub use crowd::{Crowd, Written};
pub use diagnostic::{Diagnostic, Severity};
pub use diagram::Node;
pub use diff::{Change, diff};
pub use eval::{Evaluation, Scratch};
pub use facts::{Facts, RowId, Value};
pub use format::format;
pub use found::Found;
pub use growth::{Course, Courses, Growth};
pub use kept::Kept;
pub use law::{Law, LawBlock, Selection};
pub use load::{LoadError, Loaded};
pub use logic::Logic;
pub use mutation::Mutant;
pub use relevance::{Outlook, Relevance, Relevant};
pub use sliced::{Batch, Lanes, Shape, Sliced, SlicedScratch};
pub use source::{SourceFile, Span};
pub use symbolic::{Stakes, Supports, Symbolic};
pub use trace::{Explained, Part, Read, Said};
pub use truth::Truth;
pub use unknown::{Class, Point, Unknown};
