//! The verbs: everything that somebody must be permitted to do.

use std::fmt;

macro_rules! verbs {
    ($($name:ident, $word:literal, $meaning:literal;)*) => {
        /// A verb. Its words stand in keys, in problems and in the matrix.
        #[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
        pub(crate) enum Permission {
            $(#[doc = $meaning] $name,)*
        }

        impl Permission {
            /// Every verb, in the order of the matrix.
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word for it.
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What it lets somebody do.
            pub(crate) fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

verbs! {
    Check, "check", "Decide, ask, classify; nothing is recorded";
    ReadLaw, "read-law", "Read rules, lists and their status";
    Screen, "screen", "Search names and see who may be listed";
    Record, "record", "Have a determination recorded";
    ReadRecords, "read-records", "Read recorded determinations and replay them";
    OpenCase, "open-case", "Open a case";
    ReadCase, "read-case", "Read a case";
    SeeMatches, "see-matches", "See which listed parties a case may be about";
    ChangeFacts, "change-facts", "Change the facts of a case";
    Comment, "comment", "Write notes and attach files";
    RequestReview, "request-review", "Ask for a review";
    DecideMatch, "decide-match", "Say whether a match is the listed party";
    Triage, "triage", "Assign, set priority and due date";
    Advise, "advise", "Give legal advice on a case";
    Approve, "approve", "Approve what somebody else prepared";
    Return, "return", "Send a case back with a reason";
    Restrict, "restrict", "Be stricter than the engine";
    Overrule, "overrule", "Propose or confirm being freer than the engine; two persons";
    Hold, "hold", "Put a case on hold";
    LiftHold, "lift-hold", "Lift a hold";
    Release, "release", "Release what is approved";
    Handle, "handle", "Record submissions, authorizations and shipments";
    Close, "close", "Close a case, or open it again";
    AnswerChange, "answer-change", "Answer what the watch found";
    ReadAudit, "read-audit", "Read the chain of events, verify and export it";
    LegalHold, "legal-hold", "Place or lift a legal hold on records";
    Dispose, "dispose", "Delete records whose time is over";
    ReadPeople, "read-people", "See who has an account";
    ManagePeople, "manage-people", "Invite people, give roles, lock accounts";
    ManageKeys, "manage-keys", "Make and end API keys";
    ManageHooks, "manage-hooks", "Set up webhooks and e-mail";
    ManageLists, "manage-lists", "Bring in lists and rulebooks";
    ManageSettings, "manage-settings", "Change settings";
    ReadHealth, "read-health", "Read metrics and the state of the server";
}

impl Permission {
    /// Whether only a person can answer for it, whatever a key was given.
    pub(crate) fn is_for_persons(self) -> bool {
        match self {
            Self::DecideMatch
            | Self::Advise
            | Self::Approve
            | Self::Return
            | Self::Restrict
            | Self::Overrule
            | Self::LiftHold
            | Self::Release
            | Self::AnswerChange
            | Self::LegalHold
            | Self::Dispose
            | Self::ManagePeople
            | Self::ManageKeys
            | Self::ManageHooks
            | Self::ManageSettings => true,
            Self::Check
            | Self::ReadLaw
            | Self::Screen
            | Self::Record
            | Self::ReadRecords
            | Self::OpenCase
            | Self::ReadCase
            | Self::SeeMatches
            | Self::ChangeFacts
            | Self::Comment
            | Self::RequestReview
            | Self::Triage
            | Self::Hold
            | Self::Handle
            | Self::Close
            | Self::ReadAudit
            | Self::ReadPeople
            | Self::ManageLists
            | Self::ReadHealth => false,
        }
    }

    /// Whether the program does it by itself: when it watches, and when lists arrive.
    pub(crate) fn is_for_the_system(self) -> bool {
        matches!(
            self,
            Self::Check
                | Self::ReadLaw
                | Self::Screen
                | Self::Record
                | Self::ReadRecords
                | Self::ReadCase
                | Self::SeeMatches
                | Self::ManageLists
                | Self::ReadHealth
        )
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
