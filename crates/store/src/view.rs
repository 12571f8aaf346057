//! What a stream has come to: one row for lists, filters and counts.
//!
//! Whoever appends an event has folded the stream and says what the row becomes; the event carries
//! its digest, so that a row changed behind the program's back is found.

use crate::digest::{Digest, Fields};
use crate::name::StreamId;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a stream has come to.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct View {
    /// What a person reads in a list.
    pub title: String,
    /// Where it stands; the word of the caller's state machine.
    pub state: String,
    /// Whose turn it is.
    pub assignee: Option<String>,
    /// How pressing: the greater goes first.
    pub priority: i32,
    /// The day by which it is due.
    pub due: Option<Date>,
    /// The outcome of its determination.
    pub outcome: Option<String>,
    /// Words to filter by.
    pub labels: BTreeSet<String>,
    /// What a search for words finds, besides the title; may be empty.
    pub text: String,
    /// Everything else that lists show, as JSON.
    pub data: String,
}

impl View {
    /// The digest of all of it; what the chain keeps of a view.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let option = |it: &Option<String>| match it {
            Some(text) => format!("+{text}"),
            None => String::new(),
        };
        let mut fields = Fields::default()
            .text("exeat-view-1")
            .text(&self.title)
            .text(&self.state)
            .text(&option(&self.assignee))
            .text(&self.priority.to_string())
            .text(&self.due.map(|it| it.to_string()).unwrap_or_default())
            .text(&option(&self.outcome))
            .text(&self.text)
            .text(&self.data)
            .text(&self.labels.len().to_string());
        for label in &self.labels {
            fields = fields.text(label);
        }
        fields.digest()
    }

    /// The same as it is kept: without the one character that PostgreSQL does not take, labels
    /// without any control character.
    #[must_use]
    pub(crate) fn cleaned(self) -> Self {
        Self {
            title: clean(self.title),
            state: clean(self.state),
            assignee: self.assignee.map(clean),
            outcome: self.outcome.map(clean),
            labels: self.labels.into_iter().map(label).collect(),
            text: clean(self.text),
            data: clean(self.data),
            ..self
        }
    }

    /// What a search for words looks at.
    #[must_use]
    pub(crate) fn words(&self) -> String {
        words(&format!("{} {}", self.title, self.text)).collect::<Vec<_>>().join(" ")
    }
}

fn clean(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

/// A label is one line.
fn label(text: String) -> String {
    if text.contains(char::is_control) { text.replace(char::is_control, "\u{fffd}") } else { text }
}

/// The words of a text as they are searched for: letters and digits, in lower case, at most 2,000
/// words of at most 64 characters.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .take(2000)
        .map(|it| it.chars().flat_map(char::to_lowercase).take(64).collect())
}

/// A view as it was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ViewRow {
    /// The stream.
    pub stream: StreamId,
    /// The version of the stream that it was made of. Later events may have left it as it was.
    pub version: u64,
    /// The place in the chain of the event that made it so.
    pub seq: u64,
    /// The place in the chain of the event that made its first view.
    pub first: u64,
    /// When the event happened that made it so.
    pub at: Timestamp,
    /// What the stream has come to.
    pub view: View,
}
