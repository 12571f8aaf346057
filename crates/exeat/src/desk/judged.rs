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
use crate::screened::Found;
use crate::search::Searcher;
use crate::search::searching::{NOT_ASKED, NOT_SEEN, Searching};
use decision::matches::material::Subject;
use decision::matches::{self, Decision, Decisions};
use decision::transaction::Transaction;
use decision::{Determination, Engine, Options, Trace, Workspace, matches::material};
use screening::ListedParty;
use store::case::command::Judgment;
use store::{Batch, Store};

/// A transaction under a law, to be decided with everything that is known of its matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deciding<'a, 'law> {
    pub(super) searcher: &'a Searcher,
    pub(super) engine: &'law Engine,
    pub(super) transaction: &'a Transaction,
    pub(super) options: &'a Options,
}

/// An answer, and the decisions on matches that it was made with.
#[derive(Debug)]
pub(super) struct Decided<'law> {
    pub(super) determination: Determination<'law>,
    /// All that were at hand; `None` where no name was searched.
    pub(super) decisions: Option<Decisions>,
}

impl<'law> Deciding<'_, 'law> {
    /// Decides with what the file and the records hold about the matches, decided already or not,
    /// and with `pending`, which is being written along and counts as the last word.
    ///
    /// # Errors
    ///
    /// Where the lists cannot be searched, or the records cannot be read.
    pub(super) fn knowing(
        self,
        workspace: &mut Workspace,
        store: &dyn Store,
        pending: &[Decision],
    ) -> Result<Decided<'law>, Failure> {
        let Self { searcher, engine, transaction, options } = self;
        let first = searcher.decide(engine, workspace, transaction, options)?;
        if first.screened.is_none() {
            return Ok(Decided { determination: first, decisions: None });
        }
        let failure = |it: String| Failure {
            id: transaction.id.clone(),
            problems: vec![Problem::new(format!("the decisions on matches cannot be read: {it}"))],
        };
        let opened = searcher.opened().map_err(failure)?;
        let mut kept = Vec::new();
        for name in first.screened.iter().flat_map(|it| &it.names) {
            for it in &name.matches {
                let found = remembered::of(store, &name.name, &it.list, &it.id);
                kept.extend(found.map_err(|it| failure(it.to_string()))?);
            }
        }
        if kept.is_empty() && pending.is_empty() {
            return Ok(Decided { determination: first, decisions: Some(opened.decisions.clone()) });
        }
        let decisions = opened.decisions.merged(kept, opened.today).and(pending.iter().cloned());
        let known = Some(&decisions);
        let determination =
            searcher.decide_knowing(engine, workspace, transaction, options, known)?;
        Ok(Decided { determination, decisions: Some(decisions) })
    }
}

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
        self.with_workspace(|it| self.decide_knowing(engine, it, transaction, options))
    }

    /// The same with memory of the caller's own.
    ///
    /// # Errors
    ///
    /// As [`Desk::decide_remembering`].
    pub(crate) fn decide_knowing<'law>(
        &self,
        engine: &'law Engine,
        workspace: &mut Workspace,
        transaction: &Transaction,
        options: &Options,
    ) -> Result<Determination<'law>, Failure> {
        let determination = self.decide_uncounted(engine, workspace, transaction, options)?;
        self.answered(determination.outcome);
        Ok(determination)
    }

    fn decide_uncounted<'law>(
        &self,
        engine: &'law Engine,
        workspace: &mut Workspace,
        transaction: &Transaction,
        options: &Options,
    ) -> Result<Determination<'law>, Failure> {
        let searcher = self.searcher();
        match self.records() {
            Ok(records) => {
                let deciding = Deciding { searcher: &searcher, engine, transaction, options };
                Ok(deciding.knowing(workspace, &*records.store, &[])?.determination)
            }
            Err(_) => searcher.decide(engine, workspace, transaction, options),
        }
    }

    /// Decides transactions that are made out of one, with their names searched and what the records
    /// hold about their matches; `sees_matches`: whether who asks may see them, for no name is
    /// searched for others.
    pub(crate) fn searching<'a>(&'a self, engine: &'a Engine, sees_matches: bool) -> Searching<'a> {
        Searching::by(engine, move |transaction, options| {
            if !sees_matches {
                return Ok(None);
            }
            let options = Options { trace: Trace::None, answers: false, ..*options };
            let workspace = &mut Workspace::default();
            let decided = self.decide_uncounted(engine, workspace, transaction, &options)?;
            Ok(decided.screened)
        })
    }

    /// Why no name is searched for who asks.
    pub(crate) fn not_searched(sees_matches: bool) -> &'static str {
        if sees_matches { NOT_ASKED } else { NOT_SEEN }
    }

    /// What was decided about entries that a search found, by the file and by the records.
    ///
    /// # Errors
    ///
    /// Where the records cannot be read.
    pub(crate) fn remember(&self, subject: &Subject, found: &mut [Found]) -> Result<(), Fault> {
        let Ok(records) = self.records() else { return Ok(()) };
        let searcher = self.lists()?;
        let opened = searcher.opened().map_err(Fault::Inside)?;
        for it in found {
            let (list, id) = (&it.party.list, &it.party.id);
            let mut kept = Vec::new();
            for name in &subject.names {
                kept.extend(remembered::of(&*records.store, name, list, id)?);
            }
            if !kept.is_empty() {
                let names = subject.names.iter();
                let of_file = names.flat_map(|name| opened.decisions.about(name, list, id));
                let of_file: Decisions = of_file.cloned().collect();
                let decisions = of_file.merged(kept, opened.today);
                it.verdict = decisions.verdict(subject, &it.party, opened.today);
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
        remembered::has_a_day(judgment.until, on.at)?;
        let entry = self.entry(&judgment.list, &judgment.entry)?;
        let entry: ListedParty =
            entry.ok_or(Fault::NotFound { what: "such entry on the lists of now" })?;
        let decision = Decision {
            party: subject.names.first().cloned().unwrap_or_default(),
            list: entry.list.clone(),
            entry: entry.id.clone(),
            same,
            decided: matches::Decided {
                by: on.actor.name.clone(),
                why: why.to_owned(),
                on: remembered::day(on.at),
                until: judgment.until,
            },
            rests_on: material::of(subject, &entry),
        };
        let listed = entry.names.first().map_or("", |it| it.text.as_str());
        let draft = remembered::draft(&decision, listed, &on.actor.id, on.at)?;
        let batch = remembered::due([&decision])?.into_iter().fold(draft.into(), Batch::and_key);
        self.records()?.store.append(batch)?;
        self.cases()?.follow(on.at);
        Ok(())
    }
}
