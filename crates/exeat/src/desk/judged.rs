//! Matches outside of a case: what was decided about them before, and deciding them there and then.
//!
//! There is one store of decisions: what is decided beside a search holds in every case, and what
//! was decided in a case holds for every search, as long as it rests on the same.

use super::Desk;
use super::cases::On;
use super::fault::Fault;
use super::permission::{Permission, Whose};
use super::remembered;
use crate::api::failure::{Failure, Problem};
use crate::clock;
use crate::screened::Found;
use decision::matches::material::Subject;
use decision::matches::{Decided, Decision, Decisions, Verdict};
use decision::transaction::Transaction;
use decision::{Determination, Engine, Options, matches::material};
use screening::ListedParty;
use store::case::command::Judgment;

impl Desk {
    /// Whether a transaction may go, with what the records hold about its matches. Nothing is
    /// recorded.
    ///
    /// # Errors
    ///
    /// Where the lists or the records cannot be searched.
    pub(crate) fn decide_remembering<'law>(
        &self,
        engine: &'law Engine,
        transaction: &Transaction,
        options: &Options,
    ) -> Result<Determination<'law>, Failure> {
        let first = self.decide(engine, transaction, options)?;
        let Ok(records) = self.records() else { return Ok(first) };
        let failure = |it: String| Failure {
            id: transaction.id.clone(),
            problems: vec![Problem::new(format!("the decisions on matches cannot be read: {it}"))],
        };
        let mut more = Vec::new();
        for name in first.screened.iter().flat_map(|it| &it.names) {
            for it in name.matches.iter().filter(|it| it.is_open()) {
                let found = remembered::of(&*records.store, &name.name, &it.list, &it.id);
                more.extend(found.map_err(|it| failure(it.to_string()))?);
            }
        }
        if more.is_empty() {
            return Ok(first);
        }
        let searcher = self.searcher();
        let opened = searcher.opened().map_err(failure)?;
        let decisions = opened.decisions.and(more);
        let mut workspace = decision::Workspace::default();
        searcher.decide_knowing(engine, &mut workspace, transaction, options, Some(&decisions))
    }

    /// What the records hold about entries that a search found.
    ///
    /// # Errors
    ///
    /// Where the records cannot be read.
    pub(crate) fn remember(&self, subject: &Subject, found: &mut [Found]) -> Result<(), Fault> {
        self.look_up(subject, found.iter_mut().filter(|it| matches!(it.verdict, Verdict::Open(_))))
    }

    /// The same for what may have been decided otherwise since it was found.
    ///
    /// # Errors
    ///
    /// As [`Desk::remember`].
    pub(crate) fn remember_anew(
        &self,
        subject: &Subject,
        found: &mut [Found],
    ) -> Result<(), Fault> {
        self.look_up(subject, found.iter_mut())
    }

    fn look_up<'f>(
        &self,
        subject: &Subject,
        found: impl Iterator<Item = &'f mut Found>,
    ) -> Result<(), Fault> {
        let Ok(records) = self.records() else { return Ok(()) };
        for it in found {
            let mut known = Vec::new();
            for name in &subject.names {
                known.extend(remembered::of(&*records.store, name, &it.party.list, &it.party.id)?);
            }
            if !known.is_empty() {
                let decisions: Decisions = known.into_iter().collect();
                it.verdict = decisions.verdict(subject, &it.party, clock::today());
            }
        }
        Ok(())
    }

    /// Puts down whether somebody is a listed party, for every case and every search. The id in
    /// `on` is not looked at: no case is asked.
    ///
    /// # Errors
    ///
    /// Where the actor may not, there is no such entry, no reason is given, or it cannot be written.
    pub(crate) fn judge(
        &self,
        on: On<'_>,
        subject: &Subject,
        judgment: &Judgment,
    ) -> Result<(), Fault> {
        on.actor.may(Permission::DecideMatch, Whose::Anyone)?;
        let why = judgment.why.trim();
        if why.chars().count() < 3 {
            return Err(Fault::invalid("text", "say why, so that a reviewer understands it"));
        }
        let same = match judgment.verdict {
            store::case::Verdict::Same => true,
            store::case::Verdict::Other => false,
            store::case::Verdict::Open => {
                return Err(Fault::invalid("to", "say whether it is the listed party"));
            }
        };
        let entry = self.entry(&judgment.list, &judgment.entry)?;
        let entry: ListedParty =
            entry.ok_or(Fault::NotFound { what: "such entry on the lists of now" })?;
        let decision = Decision {
            party: subject.names.first().cloned().unwrap_or_default(),
            list: entry.list.clone(),
            entry: entry.id.clone(),
            same,
            decided: Decided {
                by: on.actor.name.clone(),
                why: why.to_owned(),
                on: remembered::day(on.at),
                until: judgment.until,
            },
            rests_on: material::of(subject, &entry),
        };
        let listed = entry.names.first().map_or("", |it| it.text.as_str());
        let draft = remembered::draft(&decision, listed, &on.actor.id, on.at)?;
        self.records()?.store.append(draft.into())?;
        Ok(())
    }
}
