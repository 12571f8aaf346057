//! Scopes: what an API key is given, in parcels that a person can choose from.

use super::Permission;
use Permission as Verb;
use std::fmt;
use std::str::FromStr;

/// A parcel of verbs for a key.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Scope {
    /// Decide, ask and classify without a record; read rules.
    Check,
    /// Search names and see hits.
    Screen,
    /// Have determinations recorded, with a case where that is asked for, and read the records.
    Record,
    /// Read cases.
    ReadCases,
    /// Open cases, change their facts, attach and ask for review.
    WriteCases,
    /// Record submissions, authorizations and shipments.
    Handle,
    /// Read the chain of events.
    Audit,
    /// Bring in lists and rulebooks.
    Lists,
    /// Read metrics.
    Health,
}

impl Scope {
    /// Every scope.
    pub(crate) const ALL: [Self; 9] = [
        Self::Check,
        Self::Screen,
        Self::Record,
        Self::ReadCases,
        Self::WriteCases,
        Self::Handle,
        Self::Audit,
        Self::Lists,
        Self::Health,
    ];

    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Screen => "screen",
            Self::Record => "record",
            Self::ReadCases => "cases:read",
            Self::WriteCases => "cases:write",
            Self::Handle => "handle",
            Self::Audit => "audit",
            Self::Lists => "lists",
            Self::Health => "health",
        }
    }

    /// Its verbs. None of them is for persons only: a test says so.
    pub(crate) fn verbs(self) -> &'static [Permission] {
        match self {
            Self::Check => &[Verb::Check, Verb::ReadLaw],
            Self::Screen => &[Verb::Screen, Verb::SeeMatches, Verb::ReadLaw],
            Self::Record => {
                &[Verb::Check, Verb::ReadLaw, Verb::Record, Verb::ReadRecords, Verb::OpenCase]
            }
            Self::ReadCases => &[Verb::ReadCase, Verb::ReadRecords],
            Self::WriteCases => &[
                Verb::OpenCase,
                Verb::ReadCase,
                Verb::ChangeFacts,
                Verb::Comment,
                Verb::RequestReview,
                Verb::Triage,
                Verb::Hold,
                Verb::Close,
            ],
            Self::Handle => &[Verb::ReadCase, Verb::Handle],
            Self::Audit => &[Verb::ReadAudit, Verb::ReadRecords, Verb::ReadPeople],
            Self::Lists => &[Verb::ReadLaw, Verb::ManageLists],
            Self::Health => &[Verb::ReadHealth],
        }
    }

    /// Whether a verb is in it.
    pub(crate) fn covers(self, verb: Permission) -> bool {
        self.verbs().contains(&verb)
    }
}

/// The scopes with a verb, in words.
pub(super) fn any_of(verb: Permission) -> String {
    super::either(Scope::ALL.into_iter().filter(|it| it.covers(verb)))
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == text);
        found
            .ok_or_else(|| format!("`{text}` is no scope; scopes are {}", super::either(Self::ALL)))
    }
}
