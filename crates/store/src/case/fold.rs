//! Events to a case. What happened, happened: nothing is refused here but what cannot be read.

use super::happened::Happened;
use super::overruling::{Freer, Restriction, State};
use super::release::Given;
use super::review::Review;
use super::{Case, Facts, authorization, determination, shipment, submission, work};
use crate::event::Event;
use crate::name::Kind;

/// Kinds of events that other parts of the program put into the stream of a case, and that say
/// nothing about where it stands.
const FOREIGN: [&str; 4] = ["document-made", "legal-hold", "legal-hold-ended", "erased"];

/// Why events make no case.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    /// The body was erased when its time was over.
    #[error("event {version} of the case was erased")]
    Erased {
        /// Which event.
        version: u64,
    },
    /// The body is not in its form, or the kind is not known: a newer program wrote it.
    #[error("event {version} of the case, `{kind}`, cannot be read")]
    Unreadable {
        /// Which event.
        version: u64,
        /// Its kind.
        kind: Kind,
        /// The cause.
        source: serde_json::Error,
    },
}

impl Case {
    /// The case that events make.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be read.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Self, FoldError> {
        let mut case = Self::default();
        for event in events {
            let version = event.version;
            if FOREIGN.contains(&event.kind.as_str()) {
                case.version = version;
                continue;
            }
            let body = event.body.as_deref().ok_or(FoldError::Erased { version })?;
            let happened = Happened::read(&event.kind, body).map_err(|source| {
                FoldError::Unreadable { version, kind: event.kind.clone(), source }
            })?;
            case.apply(&event.actor, &happened);
        }
        Ok(case)
    }

    /// Takes in one event.
    pub fn apply(&mut self, actor: &str, happened: &Happened) {
        self.version += 1;
        match happened {
            Happened::TransactionReceived(_)
            | Happened::FactsChanged(_)
            | Happened::ScreeningRun(_)
            | Happened::MatchDecided(_)
            | Happened::DeterminationMade(_)
            | Happened::ChangeFound(_)
            | Happened::ChangeAnswered(_) => self.found(actor, happened),
            Happened::ReviewRequested(_)
            | Happened::Advised(_)
            | Happened::Approved(_)
            | Happened::Returned(_)
            | Happened::Restricted(_)
            | Happened::RestrictionLifted(_)
            | Happened::OverrulingProposed(_)
            | Happened::OverrulingConfirmed(_)
            | Happened::OverrulingWithdrawn(_)
            | Happened::Released(_)
            | Happened::Recalled(_) => self.judged(actor, happened),
            Happened::Noted(_)
            | Happened::Attached(_)
            | Happened::Assigned(_)
            | Happened::PrioritySet(_)
            | Happened::DueSet(_)
            | Happened::LabelsSet(_)
            | Happened::HoldPlaced(_)
            | Happened::HoldLifted(_)
            | Happened::Closed(_)
            | Happened::Reopened(_) => self.worked(actor, happened),
            Happened::SubmissionDrafted(_)
            | Happened::SubmissionFiled(_)
            | Happened::SubmissionQuestioned(_)
            | Happened::SubmissionAnswered(_)
            | Happened::SubmissionGranted(_)
            | Happened::SubmissionDenied(_)
            | Happened::SubmissionReturned(_)
            | Happened::SubmissionWithdrawn(_)
            | Happened::AuthorizationRecorded(_)
            | Happened::AuthorizationSuspended(_)
            | Happened::AuthorizationResumed(_)
            | Happened::AuthorizationRevoked(_)
            | Happened::ShipmentPlanned(_)
            | Happened::ShipmentLeft(_)
            | Happened::ShipmentArrived(_)
            | Happened::ShipmentStopped(_) => self.handled(actor, happened),
        }
        if !self.determination.awaited {
            self.lapse(false);
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "`apply` names each, and sends these here")]
    fn found(&mut self, actor: &str, happened: &Happened) {
        match happened {
            Happened::TransactionReceived(it) => {
                self.title.clone_from(&it.title);
                self.reference.clone_from(&it.reference);
                actor.clone_into(&mut self.opener);
                self.facts = Facts::told(&it.transaction, actor);
                self.determination.awaited = true;
                self.prepared(actor, it.behind.as_deref());
            }
            Happened::FactsChanged(it) => {
                self.facts = Facts::told(&it.transaction, actor);
                self.determination.awaited = true;
                self.prepared(actor, it.behind.as_deref());
                self.lapse(true);
            }
            Happened::MatchDecided(_) => {
                self.determination.awaited = true;
                self.prepared(actor, None);
            }
            Happened::DeterminationMade(it) => {
                self.determination.finding = Some(it.clone());
                self.determination.awaited = false;
                self.ask_anew();
            }
            Happened::ChangeFound(it) => {
                let released = self.release.stands();
                self.change = Some(determination::Change { found: it.clone(), released });
            }
            Happened::ChangeAnswered(_) => self.change = None,
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "`apply` names each, and sends these here")]
    fn judged(&mut self, actor: &str, happened: &Happened) {
        match happened {
            Happened::ReviewRequested(it) => {
                self.review = Review::Requested { by: actor.to_owned() };
                self.prepared(actor, it.behind.as_deref());
            }
            Happened::Approved(it) => {
                self.review = Review::Approved { by: actor.to_owned(), binding: it.binding };
            }
            Happened::Returned(it) => {
                self.review = Review::Returned { by: actor.to_owned(), why: it.text.clone() };
            }
            Happened::Restricted(it) => {
                let (by, reason) = (actor.to_owned(), it.reason.clone());
                self.overruling.restriction = Some(Restriction { to: it.to, by, reason });
            }
            Happened::RestrictionLifted(_) => {
                self.overruling.restriction = None;
                self.prepared(actor, None);
            }
            Happened::OverrulingProposed(it) => {
                self.overruling.history.push(Freer {
                    to: it.to,
                    from: it.from,
                    substance: it.substance,
                    proposer: actor.to_owned(),
                    reason: it.reason.clone(),
                    state: State::Proposed,
                });
                self.prepared(actor, None);
            }
            Happened::OverrulingConfirmed(it) => {
                self.overruled(State::Confirmed { by: actor.to_owned(), reason: it.text.clone() });
            }
            Happened::OverrulingWithdrawn(it) => {
                self.overruled(State::Withdrawn { by: actor.to_owned(), reason: it.text.clone() });
            }
            Happened::Released(it) => {
                let (by, binding, upon) = (actor.to_owned(), it.binding, it.upon);
                self.release.last = Some(Given { by, binding, upon, lapsed: false });
            }
            Happened::Recalled(_) => self.release.last = None,
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "`apply` names each, and sends these here")]
    fn worked(&mut self, actor: &str, happened: &Happened) {
        match happened {
            Happened::Noted(_) => self.notes += 1,
            Happened::Attached(it) => self.attachments.push(it.clone()),
            Happened::Assigned(it) => self.assignee.clone_from(&it.to),
            Happened::PrioritySet(it) => self.priority = it.to,
            Happened::DueSet(it) => self.due = it.on,
            Happened::LabelsSet(it) => self.labels = it.to.iter().cloned().collect(),
            Happened::HoldPlaced(it) => {
                self.hold = Some(work::Hold { by: actor.to_owned(), why: it.text.clone() });
            }
            Happened::HoldLifted(_) => self.hold = None,
            Happened::Closed(it) => self.closed = Some(it.text.clone()),
            Happened::Reopened(_) => self.closed = None,
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "`apply` names each, and sends these here")]
    fn handled(&mut self, actor: &str, happened: &Happened) {
        use authorization::State as Held;
        use shipment::State as Goods;
        use submission::Step;
        match happened {
            Happened::SubmissionDrafted(it) => self.submitted(it, Step::Draft),
            Happened::SubmissionFiled(it) => self.submitted(it, Step::File),
            Happened::SubmissionQuestioned(it) => self.submitted(it, Step::Question),
            Happened::SubmissionAnswered(it) => self.submitted(it, Step::Answer),
            Happened::SubmissionGranted(it) => self.submitted(it, Step::Grant),
            Happened::SubmissionDenied(it) => self.submitted(it, Step::Deny),
            Happened::SubmissionReturned(it) => self.submitted(it, Step::Return),
            Happened::SubmissionWithdrawn(it) => self.submitted(it, Step::Withdraw),
            Happened::AuthorizationRecorded(it) => {
                let (granted, state) = (it.clone(), Held::Live);
                self.authorizations.retain(|there| there.granted.number != granted.number);
                self.authorizations.push(authorization::Authorization { granted, state });
                // Whoever says that there is a license does not approve what rests on it.
                self.prepared(actor, None);
            }
            Happened::AuthorizationSuspended(it) => self.authorized(&it.id, Held::Suspended),
            Happened::AuthorizationResumed(it) => {
                self.authorized(&it.id, Held::Live);
                self.prepared(actor, None);
            }
            Happened::AuthorizationRevoked(it) => self.authorized(&it.id, Held::Revoked),
            Happened::ShipmentPlanned(it) => self.shipped(&it.id, Goods::Planned),
            Happened::ShipmentLeft(it) => self.shipped(&it.id, Goods::Left),
            Happened::ShipmentArrived(it) => self.shipped(&it.id, Goods::Arrived),
            Happened::ShipmentStopped(it) => self.shipped(&it.id, Goods::Stopped),
            _ => {}
        }
    }

    fn prepared(&mut self, actor: &str, behind: Option<&str>) {
        self.preparers.insert(actor.to_owned());
        self.preparers.extend(behind.map(str::to_owned));
    }

    fn overruled(&mut self, state: State) {
        if let Some(last) = self.overruling.history.last_mut() {
            last.state = state;
        }
    }

    /// A request for review or a return that was about another answer is over.
    fn ask_anew(&mut self) {
        match &self.review {
            Review::Returned { .. } => self.review = Review::NotRequested,
            Review::NotRequested
            | Review::Requested { .. }
            | Review::Approved { .. }
            | Review::Lapsed { .. } => {}
        }
    }
}
