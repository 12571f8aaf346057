//! Determinations that are recorded before they are answered.
//!
//! The answer is made with the decisions on matches that the records hold, and is in the records,
//! durably, when it is given. The same request under the same idempotency key is recorded once.

use super::Desk;
use super::fault::Fault;
use super::judged::{Decided, Deciding};
use super::permission::{Actor, Permission, Reach, Whose};
use super::told::Told;
use crate::records::keep::{self, Received, made_by};
use crate::records::replay;
use crate::report::about;
use decision::transaction::Transaction;
use decision::{Engine, Options, Workspace};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::case::Case;
use store::case::command::Opening;
use store::record::{DETERMINATION, MADE, Record};
use store::{Batch, Conflict, Digest, Event, KeyWrite, Kind, Page, StreamId, ViewQuery};

/// The requests that were made under a key, each with the determination that came of it.
const IDEMPOTENCY: Kind = Kind::of("idempotency");
/// How long a repetition is known as one.
const KNOWN: SignedDuration = SignedDuration::from_hours(24);

/// What is asked, by whom, and when.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Who asks.
    pub(crate) actor: Actor,
    /// The transaction as it was received.
    pub(crate) text: String,
    /// Its form: `json`, `yaml` or `toml`.
    pub(crate) format: &'static str,
    /// The same, read.
    pub(crate) transaction: Transaction,
    /// How the law is applied.
    pub(crate) options: Options,
    /// The key under which a repetition is the same request.
    pub(crate) idempotency: Option<String>,
    /// Whether a case is opened along with it.
    pub(crate) opens: Opens,
    /// The moment.
    pub(crate) at: Timestamp,
}

/// Whether a case is opened along with a determination. A determination without one is what was so
/// at that moment; only cases are watched, and only in a case somebody is asked to look.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Opens {
    /// No.
    #[default]
    Never,
    /// Where it may not simply go.
    Review,
    /// Yes.
    Always,
}

/// A determination in the records.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// Its id.
    pub(crate) id: String,
    /// When it was recorded.
    pub(crate) at: Timestamp,
    /// Who had it recorded.
    pub(crate) by: String,
    /// Its place in the chain.
    pub(crate) seq: u64,
    /// What was recorded.
    pub(crate) record: Record,
    /// Whether it was there before, by the idempotency key.
    pub(crate) repeated: bool,
    /// The case that was opened along with it.
    pub(crate) case: Option<String>,
}

/// A request that was made before.
#[derive(Debug, Deserialize, Serialize)]
struct Before {
    /// The digest of everything that was asked.
    asked: String,
    id: String,
    #[serde(default)]
    case: Option<String>,
}

/// A recorded determination, answered again.
#[derive(Clone, Debug)]
pub(crate) struct Replayed {
    /// What was recorded.
    pub(crate) recorded: Recorded,
    /// What is answered now, with the rulebook and the lists of that day.
    pub(crate) answer: String,
}

impl Desk {
    /// Decides, and records it before it is answered.
    ///
    /// # Errors
    ///
    /// Where the actor may not, the lists cannot be searched, or the record cannot be written.
    pub(crate) fn record(&self, request: &Request) -> Result<Recorded, Fault> {
        if let Some(found) = self.made_before(request)? {
            return Ok(found);
        }
        if request.opens == Opens::Always {
            return self.record_in_case(request);
        }
        let (made, batch) = self.working(|| self.recordable(request))?;
        if request.opens == Opens::Review && Told::of_word(&made.record.outcome) != Told::MayGo {
            return self.record_in_case(request);
        }
        self.written(request, made, self.records()?.store.append(batch))
    }

    /// The same, without a case, by the calling thread, which does not wait for the record: `told`
    /// is called when it is durable, or at once where nothing is written. Whether the request was
    /// made before is asked by the caller.
    pub(crate) fn record_then(
        self: &Arc<Self>,
        request: Request,
        told: impl FnOnce(Result<Recorded, Fault>) + Send + 'static,
    ) {
        match self.records().and_then(|it| Ok((it, self.recordable(&request)?))) {
            Err(fault) => told(Err(fault)),
            Ok((records, (made, batch))) => {
                let desk = Arc::clone(self);
                let tell = move |result| told(desk.written(&request, made, result));
                records.scribe.hand(batch, tell);
            }
        }
    }

    /// What is answered when a record was written, or was not.
    fn written(
        &self,
        request: &Request,
        made: Recorded,
        result: Result<Vec<Event>, store::Error>,
    ) -> Result<Recorded, Fault> {
        match result {
            Ok(events) => Ok(Recorded { seq: events.first().map_or(0, |it| it.seq), ..made }),
            // The same request came twice at the same time, and the other one was first.
            Err(store::Error::Conflict(it)) if matches!(*it, Conflict::Key { .. }) => {
                self.made_before(request)?.ok_or(Fault::Moved(it))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a case with it, in which the determination is recorded.
    fn record_in_case(&self, request: &Request) -> Result<Recorded, Fault> {
        let Request { actor, text, format, transaction, options, at, .. } = request;
        if *format != "json" {
            return Err(Fault::invalid("case", "a case is opened from a transaction in JSON"));
        }
        if options.strict || options.on.is_some() {
            let what = "a case is decided as stated: leave out `strict` and `on`";
            return Err(Fault::invalid("case", what));
        }
        let title = transaction.id.clone().unwrap_or_else(|| about::line(transaction));
        let opening = Opening {
            title: title.chars().take(200).collect(),
            reference: transaction.id.clone(),
            transaction: serde_json::from_str(text)?,
        };
        let cases = self.cases()?;
        let along = |id: &str, case: &Case| key_of(request, &determination_of(case)?, Some(id));
        match self.working(|| cases.open_along(actor, opening, *at, along)) {
            Ok((id, case)) => {
                let recorded = self.recorded_as(&determination_of(&case)?)?;
                Ok(Recorded { case: Some(id), ..recorded })
            }
            Err(Fault::Moved(it)) if matches!(*it, Conflict::Key { .. }) => {
                self.made_before(request)?.ok_or(Fault::Moved(it))
            }
            Err(fault) => Err(fault),
        }
    }

    /// The determination that came of the same request before.
    ///
    /// # Errors
    ///
    /// Where the actor may not record, another request was made under the key, or the records are
    /// out of reach.
    pub(crate) fn made_before(&self, request: &Request) -> Result<Option<Recorded>, Fault> {
        request.actor.may(Permission::Record, Whose::Own)?;
        let Some(key) = &request.idempotency else { return Ok(None) };
        let name = name_of(&request.actor, key);
        let found = self.records()?.store.get(&IDEMPOTENCY, &name, request.at)?;
        let Some(bytes) = found else { return Ok(None) };
        let before: Before = serde_json::from_slice(&bytes)?;
        if before.asked != fingerprint(request) {
            return Err(Fault::Reused);
        }
        let found = self.recorded_as(&before.id)?;
        Ok(Some(Recorded { repeated: true, case: before.case, ..found }))
    }

    /// Decides; the record, and what is to be written of it.
    fn recordable(&self, request: &Request) -> Result<(Recorded, Batch), Fault> {
        let Request { transaction, actor, at, .. } = request;
        actor.may(Permission::Record, Whose::Own)?;
        let engine = self.engine();
        let record = self.with_workspace(|it| self.decided(&engine, it, request))?;
        let title = transaction.id.clone().unwrap_or_else(|| about::line(transaction));
        let title: String = title.chars().take(200).collect();
        let draft = keep::draft(&record, &actor.id, *at, &title)?;
        let (id, by, at) = (draft.stream.id.clone(), actor.id.clone(), *at);
        let mut batch = Batch::from(draft);
        if let Some(key) = key_of(request, &id, None)? {
            batch = batch.and_key(key);
        }
        Ok((Recorded { id, at, by, seq: 0, record, repeated: false, case: None }, batch))
    }

    /// Decides with the decisions on matches that the records hold.
    fn decided(
        &self,
        engine: &Engine,
        workspace: &mut Workspace,
        request: &Request,
    ) -> Result<Record, Fault> {
        let Request { transaction, options, at, .. } = request;
        let records = self.records()?;
        let searcher = self.searcher();
        let deciding = Deciding { searcher: &searcher, engine, transaction, options };
        let Decided { determination, decisions } =
            deciding.knowing(workspace, &*records.store, &[])?;
        let lists = match decisions {
            Some(it) => {
                let opened = searcher.opened().map_err(Fault::Inside)?;
                Some(records.recorder.lists_knowing(opened, &it, *at)?)
            }
            None => None,
        };
        self.answered(determination.outcome);
        let rulebook = self.keep_rulebook(&records.recorder, engine, *at)?;
        let received = Received { text: &request.text, format: request.format };
        Ok(keep::record(engine, options, &determination, received, rulebook, lists))
    }

    /// A recorded determination that the actor may read.
    ///
    /// # Errors
    ///
    /// Where there is none of this id, or none for this actor: the two are not told apart.
    pub(crate) fn recorded(&self, actor: &Actor, id: &str) -> Result<Recorded, Fault> {
        let found = self.recorded_as(id)?;
        let whose = if found.by == actor.id { Whose::Own } else { Whose::Anyone };
        if actor.reach(Permission::ReadRecords) == Reach::Own && whose == Whose::Anyone {
            return Err(Fault::NotFound { what: "such determination" });
        }
        actor.may(Permission::ReadRecords, whose)?;
        Ok(found)
    }

    fn recorded_as(&self, id: &str) -> Result<Recorded, Fault> {
        let none = || Fault::NotFound { what: "such determination" };
        // What no id is, no store is asked for.
        if id.is_empty() || id.len() > 100 || !id.bytes().all(|it| it.is_ascii_graphic()) {
            return Err(none());
        }
        let events = self.records()?.store.stream(&StreamId::new(DETERMINATION, id), 0)?;
        let made = events.into_iter().find(|it| it.kind == MADE).ok_or_else(none)?;
        let Event { at, actor, seq, body, .. } = made;
        let record = Record::read(&body.ok_or_else(none)?)?;
        let id = id.to_owned();
        Ok(Recorded { id, at, by: actor, seq, record, repeated: false, case: None })
    }

    /// A page of recorded determinations, as far as the actor may read them.
    ///
    /// # Errors
    ///
    /// Where the actor reads none, or the records are out of reach.
    pub(crate) fn recorded_page(&self, actor: &Actor, query: ViewQuery) -> Result<Page, Fault> {
        let mut query = ViewQuery { kind: DETERMINATION, ..query };
        match actor.reach(Permission::ReadRecords) {
            Reach::Everything => {}
            Reach::Own => query.labels.push(made_by(&actor.id)),
            Reach::Nothing => actor.may(Permission::ReadRecords, Whose::Anyone)?,
        }
        if !actor.sees_matches() {
            // What an outcome hides, a filter must not tell.
            query.outcomes.clear();
        }
        Ok(self.records()?.store.views(&query)?)
    }

    /// Answers a recorded determination again, with the rulebook and the lists of that day.
    ///
    /// # Errors
    ///
    /// As [`Desk::recorded`], and where what it rests on is not kept any more.
    pub(crate) fn replay(&self, actor: &Actor, id: &str) -> Result<Replayed, Fault> {
        let recorded = self.recorded(actor, id)?;
        let store = &*self.records()?.store;
        let answer = self.working(|| replay::answer(store, &recorded.record))?;
        Ok(Replayed { recorded, answer })
    }
}

impl Actor {
    /// Whether the actor may see which listed parties a transaction may be about.
    pub(crate) fn sees_matches(&self) -> bool {
        self.reach(Permission::SeeMatches) == Reach::Everything
    }
}

/// The determination that a case rests on.
fn determination_of(case: &Case) -> Result<String, Fault> {
    let finding = case.determination.finding.as_ref();
    let finding = finding.ok_or_else(|| Fault::Inside("a case without a finding".to_owned()))?;
    Ok(finding.determination.clone())
}

/// What is written so that a repetition is known as one; `None` where no key was named.
fn key_of(request: &Request, id: &str, case: Option<&str>) -> Result<Option<KeyWrite>, Fault> {
    let Request { actor, at, .. } = request;
    let Some(key) = &request.idempotency else { return Ok(None) };
    let (id, case) = (id.to_owned(), case.map(str::to_owned));
    let value = serde_json::to_vec(&Before { asked: fingerprint(request), id, case })?;
    let expires = at.checked_add(KNOWN).ok();
    let write = KeyWrite::put(IDEMPOTENCY, name_of(actor, key), value, expires);
    Ok(Some(write.if_absent(*at)))
}

/// The key of one actor's idempotency key.
fn name_of(actor: &Actor, key: &str) -> String {
    Digest::of(serde_json::json!([actor.id, key]).to_string().as_bytes()).to_string()
}

/// The digest of everything that was asked.
fn fingerprint(request: &Request) -> String {
    let Request { text, format, options, opens, .. } = request;
    let opens = match opens {
        Opens::Never => "",
        Opens::Review => "case=review\n",
        Opens::Always => "case=always\n",
    };
    let text = format!("{opens}{options:?}\n{format}\n{text}");
    Digest::of(text.as_bytes()).to_string()
}
