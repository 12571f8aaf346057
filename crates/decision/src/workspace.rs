//! Memory that answers use, one after the other.
//!
//! An engine answers without it as well; whoever answers many keeps one for each thread, so that
//! most answers ask the system for no memory but that of the answer itself. It holds nothing that
//! an answer depends on.

use crate::facts::MatterFacts;
use crate::pattern::Pattern;
use law::Scratch;

/// Memory that answers use, one after the other.
#[derive(Debug, Default)]
pub struct Workspace {
    /// That of evaluations.
    pub(crate) scratch: Scratch,
    /// Facts of an earlier matter, to be made anew.
    pub(crate) facts: Option<MatterFacts>,
    /// The pattern of the last matter, where it has one.
    pub(crate) pattern: Pattern,
    pub(crate) has_pattern: bool,
}

impl Workspace {
    /// The pattern of what was decided last by
    /// [`Engine::decide_unless_known`](crate::Engine::decide_unless_known); `None` where it has
    /// none.
    #[must_use]
    pub fn pattern(&self) -> Option<&Pattern> {
        self.has_pattern.then_some(&self.pattern)
    }
}
