//! Writing a determination down, with all that it rests on.
//!
//! Rulebook, lists and decisions are kept once, by their digest; that they came into use is an
//! event of its own. A rulebook is kept as the bytes that its digest is made of.

use crate::api;
use crate::chance;
use crate::decisions;
use crate::json::Layout;
use crate::library;
use crate::search::Opened;
use crate::trouble::Trouble;
use decision::matches::Decisions;
use decision::{Determination, Engine, Options};
use jiff::Timestamp;
use law::SourceFile;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use store::record::{AnswerOptions, DETERMINATION, ListsUsed, MADE, Record};
use store::{Conflict, Digest, Draft, Error, Kind, Store, StreamId, View};

/// The stream of one rulebook, called by its digest.
pub(crate) const RULEBOOK: Kind = Kind::of("rulebook");
/// The stream of one snapshot of the lists, called by its digest.
pub(crate) const LISTS: Kind = Kind::of("lists");
/// The stream of one set of decisions on matches, called by its digest.
pub(crate) const DECISIONS: Kind = Kind::of("decisions");
/// The event that something came into use.
const USED: Kind = Kind::of("came-into-use");

/// Who did it, where it was the program by itself.
const PROGRAM: &str = "exeat";

/// Writes records, and keeps what they rest on.
#[derive(Debug)]
pub(crate) struct Recorder {
    store: Arc<dyn Store>,
    kept: Mutex<BTreeSet<Digest>>,
    /// Snapshots that are kept, by the digest that answers name: nobody hashes them again.
    snapshots: Mutex<BTreeMap<String, Digest>>,
}

/// What was asked, as it was received.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Received<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Its form: `json`, `yaml` or `toml`.
    pub(crate) format: &'a str,
}

impl Recorder {
    /// Writes into a store.
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, kept: Mutex::default(), snapshots: Mutex::default() }
    }

    /// Keeps a rulebook; its digest is the one that answers name.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(crate) fn rulebook(&self, files: &[SourceFile], at: Timestamp) -> Result<Digest, Trouble> {
        self.keep(&RULEBOOK, &library::bytes(files), at)
    }

    /// Keeps lists and decisions that were searched.
    ///
    /// # Errors
    ///
    /// Where they cannot be written.
    pub(crate) fn lists(&self, opened: &Opened, at: Timestamp) -> Result<ListsUsed, Trouble> {
        self.lists_knowing(opened, &opened.decisions, at)
    }

    /// Keeps lists that were searched, and decisions that were used instead of theirs.
    ///
    /// # Errors
    ///
    /// Where they cannot be written.
    pub(crate) fn lists_knowing(
        &self,
        opened: &Opened,
        decisions: &Decisions,
        at: Timestamp,
    ) -> Result<ListsUsed, Trouble> {
        let decisions = if decisions.is_empty() {
            None
        } else {
            let text = decisions::text(decisions)?;
            Some(self.keep(&DECISIONS, text.as_bytes(), at)?)
        };
        let searched = opened.searched();
        Ok(ListsUsed {
            snapshot: self.snapshot(opened, at)?,
            built_in: searched.built_in,
            settings: searched.settings.clone(),
            max_age: searched.max_age,
            decisions,
        })
    }

    /// Puts lists where records find them. It takes a while the first time, and no record says yet
    /// that they are in use.
    ///
    /// # Errors
    ///
    /// Where they cannot be written.
    pub(crate) fn put(&self, opened: &Opened) -> Result<(), Trouble> {
        self.store.put_blob(opened.lists.snapshot.bytes())?;
        Ok(())
    }

    fn snapshot(&self, opened: &Opened, at: Timestamp) -> Result<Digest, Trouble> {
        let kept = || self.snapshots.lock().unwrap_or_else(PoisonError::into_inner);
        let name = &opened.searched().digest;
        if let Some(digest) = kept().get(name) {
            return Ok(*digest);
        }
        let digest = self.keep(&LISTS, opened.lists.snapshot.bytes(), at)?;
        kept().insert(name.clone(), digest);
        Ok(digest)
    }

    /// Whether it was kept by this one before.
    pub(crate) fn has(&self, digest: &Digest) -> bool {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).contains(digest)
    }

    fn keep(&self, kind: &Kind, bytes: &[u8], at: Timestamp) -> Result<Digest, Trouble> {
        let digest = Digest::of(bytes);
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept().contains(&digest) {
            return Ok(digest);
        }
        self.store.put_blob(bytes)?;
        let stream = StreamId::new(kind.clone(), digest.to_string());
        let view = View { title: digest.to_string(), state: "kept".to_owned(), ..View::default() };
        let draft = Draft::new(stream, USED, PROGRAM, at).expecting(0).blobs(vec![digest]);
        let draft = draft.view(view);
        match self.store.append(draft.into()) {
            Ok(_) => {}
            // Another server was first, or it was in use before.
            Err(Error::Conflict(it)) if matches!(*it, Conflict::Stream { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        kept().insert(digest);
        Ok(digest)
    }
}

/// A determination as a record, its answer being [`answer`].
pub(crate) fn record(
    engine: &Engine,
    options: &Options,
    determination: &Determination<'_>,
    received: Received<'_>,
    rulebook: Digest,
    lists: Option<ListsUsed>,
) -> Record {
    let selection = engine.selection();
    Record {
        engine: engine_version(),
        law_date: determination.law_date,
        outcome: determination.outcome.as_str().to_owned(),
        rulebook,
        lists: lists.filter(|_| determination.screened.is_some()),
        options: AnswerOptions::new(options, selection.adopted, selection.proposed),
        input: received.text.to_owned(),
        format: received.format.to_owned(),
        answer: answer(determination),
    }
}

/// The program that answers.
pub(crate) fn engine_version() -> String {
    concat!("exeat ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// An answer as records keep it: one line of JSON.
pub(crate) fn answer(determination: &Determination<'_>) -> String {
    let mut out = Vec::new();
    api::determination::write(determination, Layout::Line, &mut out);
    // What is written there is made of texts.
    String::from_utf8(out).unwrap_or_default()
}

/// A name for a new determination: its day, and something that no other has.
pub(crate) fn name(body: &str, at: Timestamp) -> String {
    let day = at.to_string();
    let day: String = day.chars().take(10).filter(char::is_ascii_digit).collect();
    // Two servers may answer the same question in the same microsecond.
    let salt = format!("{at} {} {} {body}", std::process::id(), chance::id().unwrap_or_default());
    let digest = Digest::of(salt.as_bytes());
    let letters = b"0123456789abcdefghjkmnpqrstvwxyz";
    let letter = |it: &u8| letters.get(usize::from(it % 32)).copied().map_or('0', char::from);
    let rest: String = digest.as_bytes().iter().take(12).map(letter).collect();
    format!("{day}-{rest}")
}

/// The label of determinations that this actor had recorded.
pub(crate) fn made_by(actor: &str) -> String {
    format!("by:{actor}")
}

/// The event that a determination was made, with the view of its stream.
///
/// # Errors
///
/// Where the record cannot be written down.
pub(crate) fn draft(
    record: &Record,
    actor: &str,
    at: Timestamp,
    title: &str,
) -> Result<Draft, Trouble> {
    let body = record.body()?;
    let stream = StreamId::new(DETERMINATION, name(&body, at));
    let view = View {
        title: title.to_owned(),
        state: record.outcome.clone(),
        outcome: Some(record.outcome.clone()),
        labels: BTreeSet::from([made_by(actor)]),
        data: format!(r#"{{"law_date":"{}"}}"#, record.law_date),
        ..View::default()
    };
    Ok(Draft::new(stream, MADE, actor, at).expecting(0).body(body).view(view))
}
