//! The same answer again: from a record, with the rulebook and the lists of that day.

use super::keep;
use crate::api::failure::Failure;
use crate::decisions;
use crate::input::{Document, Format};
use crate::library;
use crate::lists::open::{Bytes, Lists};
use crate::search::{ListArgs, Opened, SearchArgs, Searcher};
use crate::transactions;
use crate::trouble::Trouble;
use decision::transaction::Transaction;
use decision::{Engine, Workspace};
use law::Selection;
use serde_json::{Map, Value};
use store::record::{DETERMINATION, ListsUsed, MADE, Record};
use store::{Digest, Store, StreamId};

/// The record of a determination, with the actor and time of its event told by the caller.
///
/// # Errors
///
/// Where there is none of this name, or it was erased.
pub(crate) fn record(store: &dyn Store, id: &str) -> Result<Record, Trouble> {
    let stream = StreamId::new(DETERMINATION, id);
    let events = store.stream(&stream, 0)?;
    let made = events.into_iter().find(|it| it.kind == MADE).ok_or_else(|| {
        Trouble::new(format!("there is no determination `{id}` in the records"))
            .help("a name such as 20260924-7f3kq9x2mz0a is printed when it is recorded")
    })?;
    let body = made.body.ok_or_else(|| {
        Trouble::new(format!("the determination `{id}` was erased when its time was over"))
    })?;
    Ok(Record::read(&body)?)
}

/// Answers a record anew with what it names.
///
/// # Errors
///
/// Where the rulebook, the lists or the decisions are no longer kept, or cannot be read by this
/// program.
pub(crate) fn answer(store: &dyn Store, record: &Record) -> Result<String, Trouble> {
    let content = content(store, &record.rulebook, "rulebook")?;
    let files = library::files_of(&content)?;
    let digest = library::digest(&files);
    let options = &record.options;
    let selection = Selection { adopted: options.adopted, proposed: options.proposed };
    let engine = Engine::with_selection(library::load(files)?, digest, selection).for_few();
    let searcher = match &record.lists {
        Some(lists) => searcher(store, lists)?,
        // No name was searched then: none is now.
        None => Searcher::new(SearchArgs {
            of: ListArgs { lists: None, decisions: None },
            max_list_age: 0,
            no_screening: true,
        }),
    };
    decide(&engine, &searcher, record)
}

/// Answers what a record was asked under another law, with these lists.
///
/// # Errors
///
/// Where the lists cannot be read.
pub(crate) fn decide(
    engine: &Engine,
    searcher: &Searcher,
    record: &Record,
) -> Result<String, Trouble> {
    let failed = |it: Failure| Trouble::of_input(&it, "the recorded input");
    let transaction = transaction(record).map_err(failed)?;
    let options = record.options.options();
    let workspace = &mut Workspace::default();
    let determination =
        searcher.decide(engine, workspace, &transaction, &options).map_err(failed)?;
    Ok(keep::answer(&determination))
}

fn transaction(record: &Record) -> Result<Transaction, Failure> {
    let format = match record.format.as_str() {
        "yaml" => Format::Yaml,
        "toml" => Format::Toml,
        _ => return transactions::read_line(record.input.as_bytes()),
    };
    let bytes = record.input.clone().into_bytes();
    transactions::read(&Document { name: "the recorded input".to_owned(), format, bytes })
}

fn searcher(store: &dyn Store, used: &ListsUsed) -> Result<Searcher, Trouble> {
    let bytes = content(store, &used.snapshot, "list snapshot")?;
    let lists = Lists::new(Bytes::Held(bytes), used.built_in).map_err(Trouble::new)?;
    let decisions = match &used.decisions {
        None => decision::matches::Decisions::default(),
        Some(digest) => {
            let bytes = content(store, digest, "set of decisions")?;
            decisions::parse(&String::from_utf8_lossy(&bytes))?
        }
    };
    Ok(Searcher::over(Opened::of(lists, decisions, used.max_age)))
}

fn content(store: &dyn Store, digest: &Digest, what: &str) -> Result<Vec<u8>, Trouble> {
    store.blob(digest)?.ok_or_else(|| {
        Trouble::new(format!("the {what} {digest} is not in the records"))
            .help("without it the answer cannot be given again; look in a backup")
    })
}

/// The digest of the snapshot as the answer names it; the record names the content that holds it.
pub(crate) fn snapshot(record: &Record) -> Option<String> {
    let answer: Value = serde_json::from_str(&record.answer).ok()?;
    Some(answer.get("snapshot")?.as_str()?.to_owned())
}

/// A place where two answers differ.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Difference {
    /// The path, such as `items[0].outcome`.
    pub(crate) path: String,
    /// What was there.
    pub(crate) was: Value,
    /// What is there.
    pub(crate) is: Value,
}

/// The places where two answers differ.
pub(crate) fn differences(was: &str, is: &str) -> Vec<Difference> {
    // What is no JSON is compared as the text that it is.
    let read = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    let mut found = Vec::new();
    differ("", &read(was), &read(is), &mut found);
    if found.is_empty() && was != is {
        let [was, is] = [was, is].map(Value::from);
        found.push(Difference { path: "only the way it is written".to_owned(), was, is });
    }
    found
}

fn differ(path: &str, was: &Value, is: &Value, out: &mut Vec<Difference>) {
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            let mut names: Vec<&String> = was.keys().chain(is.keys()).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let side = |it: &Map<String, Value>| it.get(name).cloned().unwrap_or(Value::Null);
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                differ(&path, &side(was), &side(is), out);
            }
        }
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            for (place, (was, is)) in was.iter().zip(is).enumerate() {
                differ(&format!("{path}[{place}]"), was, is, out);
            }
        }
        _ if was == is => {}
        _ => {
            let (path, was, is) = (path.to_owned(), was.clone(), is.clone());
            out.push(Difference { path, was, is });
        }
    }
}
