//! What the shell is told of many answers, in one place for every command that gives them.
//!
//! Nothing may be told that reads as "all of it may go" where an input held nothing, could not be
//! read, or was not come to because nobody read the answers on.

use super::{Exit, Stop, complain};
use crate::input::Source;
use crate::lines::{Tally, Verdict};
use crate::trouble::Trouble;

/// What was answered of several inputs so far.
#[derive(Debug)]
pub(crate) struct Answered<O> {
    tally: Tally<O>,
    /// How many inputs are not answered to their end.
    left: usize,
    /// Whether one of them could not be read, or held nothing.
    unread: bool,
}

impl<O: Ord + Copy + Into<Exit>> Answered<O> {
    /// Nothing yet, of so many inputs.
    pub(crate) fn of(inputs: usize) -> Self {
        Self { tally: Tally::default(), left: inputs, unread: false }
    }

    /// An input that holds one thing.
    pub(crate) fn one(&mut self, verdict: Verdict<O>) {
        self.tally.add(verdict);
        self.left = self.left.saturating_sub(1);
    }

    /// Lines of an input: all of them, or those that were answered before it stopped.
    pub(crate) fn lines(&mut self, source: &Source, lines: Tally<O>, all: bool) {
        if all && lines.count() == 0 {
            let nothing = Trouble::new(format!("nothing to decide in {}", source.name()));
            self.unread(&nothing.help("did what writes it fail?"));
            return;
        }
        self.tally.merge(lines);
        self.left = self.left.saturating_sub(usize::from(all));
    }

    /// An input that could not be read.
    pub(crate) fn unread(&mut self, trouble: &Trouble) {
        complain(&trouble.to_string());
        self.unread = true;
        self.left = self.left.saturating_sub(1);
    }

    /// What the shell is told: the strictest answer. `written` is how the answers could be written.
    ///
    /// # Errors
    ///
    /// Where they could not be, for another reason than that nobody reads on.
    pub(crate) fn exit(&self, written: Result<(), Stop>) -> Result<Exit, Stop> {
        self.told().written(written)
    }

    /// What was answered so far comes to.
    fn told(&self) -> Exit {
        if self.unread || self.tally.failed > 0 {
            return Exit::Failed;
        }
        let strictest = self.tally.strictest().map_or(Exit::Failed, O::into);
        let may_be_worse = strictest == Exit::Fine && self.left > 0;
        if may_be_worse { Exit::Failed } else { strictest }
    }
}

#[cfg(test)]
mod tests;
