//! The matrix: how far each role reaches with each verb.
//!
//! One row a role, written as what it has; what is not written it has not.

use super::{Permission, Reach, Role};
use Permission as Verb;

/// How far a role reaches with a verb.
pub(super) fn reach(role: Role, verb: Permission) -> Reach {
    let (own, everything) = row(role);
    if everything.contains(&verb) {
        Reach::Everything
    } else if own.contains(&verb) {
        Reach::Own
    } else {
        Reach::Nothing
    }
}

/// What a role has for its own matters, and for all.
fn row(role: Role) -> (&'static [Permission], &'static [Permission]) {
    match role {
        Role::Requester => (OWN, REQUESTER),
        Role::Analyst => (&[], ANALYST),
        Role::Approver => (&[], APPROVER),
        Role::Counsel => (&[], COUNSEL),
        Role::Auditor => (&[], AUDITOR),
        Role::Admin => (&[], ADMIN),
    }
}

/// What a requester has for their own matters.
const OWN: &[Permission] =
    &[Verb::ReadRecords, Verb::ReadCase, Verb::ChangeFacts, Verb::Comment, Verb::RequestReview];

const REQUESTER: &[Permission] = &[Verb::Check, Verb::ReadLaw, Verb::Record, Verb::OpenCase];

const ANALYST: &[Permission] = &[
    Verb::Check,
    Verb::ReadLaw,
    Verb::Screen,
    Verb::Record,
    Verb::ReadRecords,
    Verb::OpenCase,
    Verb::ReadCase,
    Verb::SeeMatches,
    Verb::ChangeFacts,
    Verb::Comment,
    Verb::RequestReview,
    Verb::DecideMatch,
    Verb::Triage,
    Verb::Restrict,
    Verb::Hold,
    Verb::Release,
    Verb::Handle,
    Verb::Close,
    Verb::AnswerChange,
    Verb::ReadPeople,
];

const APPROVER: &[Permission] = &[
    Verb::Check,
    Verb::ReadLaw,
    Verb::Screen,
    Verb::ReadRecords,
    Verb::ReadCase,
    Verb::SeeMatches,
    Verb::Comment,
    Verb::Triage,
    Verb::Approve,
    Verb::Return,
    Verb::Restrict,
    Verb::Overrule,
    Verb::Hold,
    Verb::LiftHold,
    Verb::Release,
    Verb::Close,
    Verb::AnswerChange,
    Verb::ReadPeople,
];

const COUNSEL: &[Permission] = &[
    Verb::Check,
    Verb::ReadLaw,
    Verb::Screen,
    Verb::ReadRecords,
    Verb::ReadCase,
    Verb::SeeMatches,
    Verb::Comment,
    Verb::DecideMatch,
    Verb::Triage,
    Verb::Advise,
    Verb::Return,
    Verb::Restrict,
    Verb::Overrule,
    Verb::Hold,
    Verb::LiftHold,
    Verb::AnswerChange,
    Verb::ReadAudit,
    Verb::LegalHold,
    Verb::ReadPeople,
];

const AUDITOR: &[Permission] = &[
    Verb::Check,
    Verb::ReadLaw,
    Verb::ReadRecords,
    Verb::ReadCase,
    Verb::SeeMatches,
    Verb::ReadAudit,
    Verb::ReadPeople,
    Verb::ReadHealth,
];

const ADMIN: &[Permission] = &[
    Verb::Check,
    Verb::ReadLaw,
    Verb::Dispose,
    Verb::ReadPeople,
    Verb::ManagePeople,
    Verb::ManageKeys,
    Verb::ManageHooks,
    Verb::ManageLists,
    Verb::ManageSettings,
    Verb::ReadHealth,
];
