//! Why a case does not allow something, and what to do instead.

use decision::Outcome;

/// Why a case does not allow something.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// There is no such case.
    #[error("there is no such case")]
    NoCase,
    /// A case of this id is there already.
    #[error("the case is open already")]
    OpenAlready,
    /// It is closed.
    #[error("the case is closed")]
    Closed,
    /// It is not closed.
    #[error("the case is not closed")]
    NotClosed,
    /// Only a person answers for this.
    #[error("only a person who signed in can do this")]
    PersonOnly,
    /// Who prepared cannot approve.
    #[error("you prepared this case, so you cannot approve it")]
    Prepared,
    /// There is no finding about the facts as they are.
    #[error("the facts as they are now have not been decided")]
    Undecided,
    /// The finding is about other facts.
    #[error("the determination is about other facts than those of the case")]
    OtherFacts,
    /// The finding is older than the law or the lists.
    #[error("the determination was made under {what} that is no longer in force")]
    Outdated {
        /// A rulebook, or lists.
        what: &'static str,
    },
    /// Matches are open.
    #[error("{count} possible matches with listed parties are not decided")]
    OpenMatches {
        /// How many.
        count: usize,
    },
    /// There is no such match in the finding.
    #[error("the determination shows no match of `{party}` with {list} {entry}")]
    NoSuchMatch {
        /// The name.
        party: String,
        /// The list.
        list: String,
        /// The entry.
        entry: String,
    },
    /// The answer is a question.
    #[error("the answer is needs-review: {count} questions are open")]
    Unresolved {
        /// How many.
        count: usize,
    },
    /// No review was asked for.
    #[error("no review was asked for")]
    NotInReview,
    /// A review was asked for already.
    #[error("a review was asked for already")]
    InReview,
    /// It is approved.
    #[error("it is approved already")]
    Approved,
    /// What was looked at is no longer what there is.
    #[error("the case is not what you looked at any more")]
    NotWhatYouSaw,
    /// An approval is needed.
    #[error("a release needs an approval, because {because}")]
    NeedsApproval {
        /// Why a settled answer is not enough.
        because: &'static str,
    },
    /// The answer does not let it go.
    #[error("the answer is {outcome}")]
    NotPermissive {
        /// The answer that stands.
        outcome: Outcome,
    },
    /// An agency that cannot authorize what the regulations refuse.
    #[error("`{agency}` cannot authorize what the export regulations refuse: BIS can, and OFAC")]
    NoAuthority {
        /// What was written.
        agency: String,
    },
    /// The authorization that comes nearest does not cover it.
    #[error("authorization `{number}` does not cover this: {lacks}")]
    NotCovered {
        /// Its number.
        number: String,
        /// What differs, in words.
        lacks: String,
    },
    /// It is held.
    #[error("the case is on hold: {why}")]
    Held {
        /// Why.
        why: String,
    },
    /// It is not held.
    #[error("the case is not on hold")]
    NotHeld,
    /// It is released already.
    #[error("it is released already")]
    Released,
    /// It is not released, or no longer.
    #[error("the case is not released")]
    NotReleased,
    /// The watch found something that nobody answered.
    #[error("something changed for this case, and nobody has answered it")]
    UnansweredChange,
    /// Nothing changed.
    #[error("no change is waiting for an answer")]
    NoChange,
    /// A restriction must be stricter.
    #[error("{to} is not stricter than {than}")]
    NotStricter {
        /// What was asked for.
        to: Outcome,
        /// The answer that stands.
        than: Outcome,
    },
    /// An overruling must be freer.
    #[error("{to} is not freer than {than}")]
    NotFreer {
        /// What was asked for.
        to: Outcome,
        /// The engine's answer.
        than: Outcome,
    },
    /// There is no restriction.
    #[error("nobody restricted this case")]
    NotRestricted,
    /// There is no proposal.
    #[error("nobody proposed to overrule this answer")]
    NoProposal,
    /// There is one already.
    #[error("somebody proposed to overrule this answer already")]
    ProposedAlready,
    /// One's own proposal.
    #[error("you proposed this, so somebody else must confirm it")]
    OwnProposal,
    /// A text is missing.
    #[error("{what} is missing")]
    Missing {
        /// Which text.
        what: &'static str,
    },
    /// A text is too short or too long.
    #[error("{what} must have {least} to {most} characters")]
    Length {
        /// Which text.
        what: &'static str,
        /// The fewest characters.
        least: usize,
        /// The most.
        most: usize,
    },
    /// There is no such thing in the case.
    #[error("the case has no {what} `{id}`")]
    NoSuch {
        /// A submission, an authorization, a shipment, an attachment.
        what: &'static str,
        /// Which one.
        id: String,
    },
    /// There is one of that name.
    #[error("the case has a {what} `{id}` already")]
    Twice {
        /// A submission, an authorization, a shipment, an attachment.
        what: &'static str,
        /// Which one.
        id: String,
    },
    /// The thing stands elsewhere.
    #[error("the {what} is {state}, so it cannot be {wanted}")]
    Elsewhere {
        /// A submission, an authorization, a shipment.
        what: &'static str,
        /// Where it stands.
        state: &'static str,
        /// What was asked for.
        wanted: &'static str,
    },
}

impl Refusal {
    /// A stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoCase => "no-case",
            Self::OpenAlready => "open-already",
            Self::Closed => "closed",
            Self::NotClosed => "not-closed",
            Self::PersonOnly => "person-only",
            Self::Prepared => "four-eyes",
            Self::Undecided => "undecided",
            Self::OtherFacts => "other-facts",
            Self::Outdated { .. } => "outdated",
            Self::OpenMatches { .. } => "open-matches",
            Self::NoSuchMatch { .. } => "no-such-match",
            Self::Unresolved { .. } => "unresolved",
            Self::NotInReview => "not-in-review",
            Self::InReview => "in-review",
            Self::Approved => "approved-already",
            Self::NotWhatYouSaw => "not-what-you-saw",
            Self::NeedsApproval { .. } => "needs-approval",
            Self::NotPermissive { .. } => "not-permissive",
            Self::NoAuthority { .. } => "no-authority",
            Self::NotCovered { .. } => "not-covered",
            Self::Held { .. } => "held",
            Self::NotHeld => "not-held",
            Self::Released => "released-already",
            Self::NotReleased => "not-released",
            Self::UnansweredChange => "unanswered-change",
            Self::NoChange => "no-change",
            Self::NotStricter { .. } => "not-stricter",
            Self::NotFreer { .. } => "not-freer",
            Self::NotRestricted => "not-restricted",
            Self::NoProposal => "no-proposal",
            Self::ProposedAlready => "proposed-already",
            Self::OwnProposal => "own-proposal",
            Self::Missing { .. } => "missing",
            Self::Length { .. } => "length",
            Self::NoSuch { .. } => "no-such-part",
            Self::Twice { .. } => "twice",
            Self::Elsewhere { .. } => "elsewhere",
        }
    }

    /// What to do instead, in a sentence.
    #[must_use]
    pub fn instead(&self) -> &'static str {
        match self {
            Self::NoCase => "open a case from the transaction",
            Self::OpenAlready => "change the facts of the case that is there",
            Self::Closed => "reopen the case first, and say why",
            Self::NotClosed | Self::NotHeld | Self::NoChange | Self::NotRestricted => {
                "go on with the case as it is"
            }
            Self::PersonOnly => "let a person sign in and do it",
            Self::Prepared => {
                "ask somebody who has not worked on the facts or matches of this case"
            }
            Self::Undecided | Self::OtherFacts | Self::Outdated { .. } => "decide the case again",
            Self::OpenMatches { .. } => "decide each match: the listed party, or somebody else",
            Self::NoSuchMatch { .. } => "take a match that the case shows",
            Self::Unresolved { .. } => {
                "answer the questions, or have two persons overrule the answer with a reason"
            }
            Self::NotInReview => "ask for a review first",
            Self::InReview => "wait for the review, or change the facts",
            Self::Approved => "release it, or change the facts",
            Self::NotWhatYouSaw => "look at the case again, and decide about what you see",
            Self::NeedsApproval { .. } => {
                "ask for a review; somebody who did not prepare it approves"
            }
            Self::NotPermissive { .. } => {
                "change the facts if they are wrong, apply for a license, or let it stay"
            }
            Self::NoAuthority { .. } => {
                "name the agency that granted it; put what is no authorization down as a note"
            }
            Self::NotCovered { .. } => {
                "record an authorization that covers it, correct what was recorded, or let it stay"
            }
            Self::Held { .. } => "let an approver or counsel lift the hold",
            Self::Released => "record the shipment",
            Self::NotReleased => "release the case first; a changed case is released anew",
            Self::UnansweredChange => "say what you make of the change",
            Self::NotStricter { .. } => "choose a stricter outcome",
            Self::NotFreer { .. } => "restrict the case, if you want to be stricter",
            Self::NoProposal => "propose it first, with the reason",
            Self::ProposedAlready => "confirm that proposal, or let it be withdrawn",
            Self::OwnProposal => "ask a second person to confirm it",
            Self::Missing { .. } | Self::Length { .. } => "write it, and send it again",
            Self::NoSuch { .. } => "take one that the case shows",
            Self::Twice { .. } => "choose another name",
            Self::Elsewhere { .. } => "look at where it stands",
        }
    }
}
