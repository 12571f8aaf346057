//! Memory that answers use, one after the other.
//!
//! An engine answers without it as well; whoever answers many keeps one for each thread, so that
//! most answers ask the system for no memory but that of the answer itself. It holds nothing that
//! an answer depends on, unless it is one for an interview.

use crate::facts::MatterFacts;
use crate::kept::Interview;
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
    /// What was worked out for the transaction of an interview.
    pub(crate) interview: Option<Interview>,
}

impl Workspace {
    /// One for an interview: a transaction that is decided again and again while more of it
    /// becomes known. What is worked out exactly is kept, so that the next question comes at once.
    /// The answers are the same, except that nothing is given up that an earlier answer had worked
    /// out within its bound.
    #[must_use]
    pub fn of_interview() -> Self {
        Self { interview: Some(Interview::default()), ..Self::default() }
    }

    /// The pattern of what was decided last by
    /// [`Engine::decide_unless_known`](crate::Engine::decide_unless_known); `None` where it has
    /// none.
    #[must_use]
    pub fn pattern(&self) -> Option<&Pattern> {
        self.has_pattern.then_some(&self.pattern)
    }
}
