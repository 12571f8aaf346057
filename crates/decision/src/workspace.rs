//! Memory that answers use, one after the other.
//!
//! An engine answers without it as well; whoever answers many keeps one for each thread, so that
//! most answers ask the system for no memory but that of the answer itself. It holds nothing that
//! an answer depends on.

use crate::facts::MatterFacts;
use law::Scratch;

/// Memory that answers use, one after the other.
#[derive(Debug, Default)]
pub struct Workspace {
    /// That of evaluations.
    pub(crate) scratch: Scratch,
    /// Facts of an earlier matter, to be made anew.
    pub(crate) facts: Option<MatterFacts>,
}
