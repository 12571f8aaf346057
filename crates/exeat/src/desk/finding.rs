//! From a transaction to what a case keeps of its answer.
//!
//! The answer is worked out as everywhere, with the decisions on matches that the records hold. Its
//! *substance* is what it says without the versions of law and lists that said it: as long as that
//! is the same, nothing changed for the case.

use super::Desk;
use super::fault::Fault;
use super::judged::{Decided, Deciding};
use super::licensed;
use crate::records::keep::{self, Received, Recorder};
use crate::transactions;
use decision::determination::Question;
use decision::matches::{self, Decision, Match, ScreenedName};
use decision::transaction::{Listing, Transaction};
use decision::{Determination, Engine, Trace, Workspace};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::case::{self, Basis, Finding, MatchSeen, Verdict};
use store::record::Record;
use store::{Digest, Draft, Store, json};

/// An answer, and what a case keeps of it.
#[derive(Debug)]
pub(crate) struct Found {
    /// What the case keeps.
    pub(crate) finding: Finding,
    /// The event that records the determination.
    pub(crate) record: Draft,
    /// What a search of the lists said, where names were searched.
    pub(crate) screened: Option<decision::Screened>,
}

/// The day whose law is applied.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum When {
    /// As the transaction says.
    AsStated,
    /// Today, where every date of the transaction is past: what has not left yet leaves today at
    /// the earliest.
    NotBefore(Date),
}

/// Who asks for an answer, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking<'a> {
    /// The id that the record carries.
    pub(crate) actor: &'a str,
    /// What the record is called.
    pub(crate) title: &'a str,
    /// The moment.
    pub(crate) at: Timestamp,
    /// The day whose law is applied.
    pub(crate) when: When,
    /// Decisions on matches that are being written along with it.
    pub(crate) pending: &'a [Decision],
}

impl Desk {
    /// Answers a transaction for a case, with what the records hold about its matches.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or the lists or the records cannot be searched.
    pub(crate) fn find(
        &self,
        store: &dyn Store,
        recorder: &Recorder,
        facts: &Value,
        asking: Asking<'_>,
    ) -> Result<Found, Fault> {
        let text = json::canonical(facts);
        let transaction = transactions::read_line(text.as_bytes())?;
        let (engine, searcher) = (self.engine(), self.searcher());
        let mut options = self.options(Trace::Decisive);
        if let When::NotBefore(today) = asking.when
            && latest(&transaction) < today
        {
            options.on = options.on.max(Some(today));
        }
        let deciding = Deciding {
            searcher: &searcher,
            engine: &engine,
            transaction: &transaction,
            options: &options,
        };
        let Decided { determination, decisions } =
            deciding.knowing(&mut Workspace::default(), store, asking.pending)?;
        let lists = match decisions {
            Some(it) => {
                let opened = searcher.opened().map_err(Fault::Inside)?;
                Some(recorder.lists_knowing(opened, &it, asking.at)?)
            }
            None => None,
        };
        let rulebook = self.keep_rulebook(recorder, &engine, asking.at)?;
        let received = Received { text: &text, format: "json" };
        let record = keep::record(&engine, &options, &determination, received, rulebook, lists);
        let draft = keep::draft(&record, asking.actor, asking.at, asking.title)?;
        let needed = licensed::needed(deciding, &determination, store, asking.pending)?;
        let stated = cleared_by_statement(deciding, &determination, store, asking.pending)?;
        let finding = finding(&draft.stream.id, facts, &determination, (&record, stated))?;
        let finding = Finding { needed: Some(needed.into()), ..finding };
        Ok(Found { finding, record: draft, screened: determination.screened })
    }

    /// Keeps the rulebook that answers, once.
    pub(super) fn keep_rulebook(
        &self,
        recorder: &Recorder,
        engine: &Engine,
        at: Timestamp,
    ) -> Result<Digest, Fault> {
        let wrong = |it: store::digest::ParseDigestError| Fault::Inside(it.to_string());
        let digest: Digest = engine.stamp().digest.parse().map_err(wrong)?;
        if !recorder.has(&digest) {
            recorder.rulebook(&self.args.law.rules.files()?, at)?;
        }
        Ok(digest)
    }
}

/// The last day that a transaction speaks of.
fn latest(transaction: &Transaction) -> Date {
    let legs = transaction.legs.iter().flatten().filter_map(|it| it.date);
    legs.fold(transaction.date, Date::max)
}

fn found<'a>(
    determination: &'a Determination<'_>,
) -> impl Iterator<Item = (&'a ScreenedName, &'a Match)> {
    let names = determination.screened.iter().flat_map(|it| &it.names);
    names.flat_map(|name| name.matches.iter().map(move |it| (name, it)))
}

/// What a search would have found of names whose listings were stated to be none. The answer takes
/// the statement as it is; whoever made it has cleared those matches, and does not release them
/// alone. Where the match was decided to be the listed party it stays open.
fn cleared_by_statement(
    deciding: Deciding<'_, '_>,
    determination: &Determination<'_>,
    store: &dyn Store,
    pending: &[Decision],
) -> Result<Vec<MatchSeen>, Fault> {
    let Some(unstated) = without_statements(deciding.transaction) else { return Ok(Vec::new()) };
    let searched = Deciding { transaction: &unstated, ..deciding };
    let searched = searched.knowing(&mut Workspace::default(), store, pending)?.determination;
    let names = determination.screened.iter().flat_map(|it| &it.names);
    let asked: BTreeSet<String> = names.map(|it| it.place.path()).collect();
    let stated = found(&searched).map(|(name, it)| seen(name, it));
    let stated = stated.filter(|it| !asked.contains(&it.place)).map(|it| {
        let verdict = match it.verdict {
            Verdict::Same => Verdict::Open,
            Verdict::Open | Verdict::Other => Verdict::Other,
        };
        MatchSeen { verdict, ..it }
    });
    Ok(stated.collect())
}

/// The transaction without statements that a name is on no list; `None` where it makes none.
fn without_statements(transaction: &Transaction) -> Option<Transaction> {
    let mut any = false;
    let mut forget = |name: Option<&String>, lists: &mut Option<Vec<Listing>>| {
        if name.is_some() && lists.as_ref().is_some_and(Vec::is_empty) {
            *lists = None;
            any = true;
        }
    };
    let mut unstated = transaction.clone();
    let legs = unstated.legs.iter_mut().flatten().filter_map(|it| it.parties.as_mut());
    for party in unstated.parties.iter_mut().chain(legs).flatten() {
        forget(party.name.as_ref(), &mut party.lists);
        if let Some(principal) = &mut party.acts_for {
            forget(principal.name.as_ref(), &mut principal.lists);
        }
        for owner in party.owners.iter_mut().flatten() {
            forget(owner.name.as_ref(), &mut owner.lists);
        }
    }
    any.then_some(unstated)
}

fn finding(
    id: &str,
    facts: &Value,
    determination: &Determination<'_>,
    (record, stated): (&Record, Vec<MatchSeen>),
) -> Result<Finding, Fault> {
    let mut matches: Vec<MatchSeen> =
        found(determination).map(|(name, it)| seen(name, it)).collect();
    matches.extend(stated);
    let decisions: Vec<Value> = found(determination).filter_map(|(_, it)| decided(it)).collect();
    let screened = determination.screened.as_ref();
    let question = |it: &Question| case::Question { fact: it.fact.clone(), ask: it.ask.clone() };
    let citation = decision::Deciding::behind(determination).citation;
    let basis = Basis {
        input: case::determination::digest(facts),
        answer: Digest::of(record.answer.as_bytes()),
        substance: substance(&record.answer, &citation, &matches)?,
        matches: Digest::of(json::canonical(&json!(decisions)).as_bytes()),
        law: determination.rulebook.digest.to_owned(),
        lists: screened.map(|it| it.searched.digest.clone()).unwrap_or_default(),
        engine: record.engine.clone(),
    };
    Ok(Finding {
        determination: id.to_owned(),
        basis,
        outcome: determination.outcome,
        exception: determination.exception.map(str::to_owned),
        settled: determination.settled,
        law_date: Some(determination.law_date),
        decided_by: Some(citation).filter(|it| !it.is_empty()).into_iter().collect(),
        questions: determination.questions.iter().map(question).collect(),
        matches,
        needed: None,
    })
}

fn seen(name: &ScreenedName, it: &Match) -> MatchSeen {
    MatchSeen {
        place: name.place.path(),
        party: name.name.clone(),
        list: it.list.clone(),
        entry: it.id.clone(),
        listed: it.listed.clone(),
        score: it.score,
        verdict: match it.verdict {
            matches::Verdict::Open(_) => Verdict::Open,
            matches::Verdict::True(_) => Verdict::Same,
            matches::Verdict::False(_) => Verdict::Other,
        },
    }
}

/// A decision that was used, as much of it as its digest is about.
fn decided(it: &Match) -> Option<Value> {
    let (same, decided) = match &it.verdict {
        matches::Verdict::Open(_) => return None,
        matches::Verdict::True(decided) => (true, decided),
        matches::Verdict::False(decided) => (false, decided),
    };
    Some(json!([
        it.list,
        it.id,
        same,
        decided.by,
        decided.why,
        decided.on.to_string(),
        it.rests_on
    ]))
}

/// What an answer says, without the versions of law and lists that said it: the trace, the words of
/// its notes and how alike names were are left out; whose names match whom is not.
fn substance(answer: &str, citation: &str, matches: &[MatchSeen]) -> Result<Digest, Fault> {
    const SAID: [&str; 13] = [
        "outcome",
        "exception",
        "settled",
        "possible",
        "license_required_before_exceptions",
        "items",
        "reasons",
        "questions",
        "assumptions",
        "conditions",
        "flags",
        "referrals",
        "review_policy",
    ];
    let answer: Value = serde_json::from_str(answer)?;
    let said = |it: &Value| -> Value {
        let field = |name: &&str| it.get(*name).map(|it| ((*name).to_owned(), bare(it)));
        Value::Object(SAID.iter().filter_map(field).collect())
    };
    let legs = answer.get("legs").and_then(Value::as_array);
    let matches: Vec<Value> =
        matches.iter().map(|it| json!([it.place, it.list, it.entry, it.verdict])).collect();
    let whole = json!({
        "answer": said(&answer),
        "legs": legs.into_iter().flatten().map(said).collect::<Vec<Value>>(),
        "decided_by": citation,
        "matches": matches,
    });
    Ok(Digest::of(json::canonical(&whole).as_bytes()))
}

/// A value without traces, and without sentences that tell how a search went.
fn bare(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(name, _)| {
                !matches!(name.as_str(), "because" | "why" | "ask" | "text" | "answers")
            });
            Value::Object(kept.map(|(name, it)| (name.clone(), bare(it))).collect())
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}
