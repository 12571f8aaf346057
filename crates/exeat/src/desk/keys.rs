//! The keys of programs: what they were given, until when, and by whom.
//!
//! A key reads `exeat_ID_SECRET`. Only the digest of the secret is kept: it has 256 random bits, so
//! nothing can be guessed from it. That a key was made or ended is an event. A server looks at what
//! is kept every two seconds, so an ended key is refused everywhere within that time.

use super::fault::Fault;
use super::permission::{Actor, Scope};
use crate::chance;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::{Batch, Digest, Draft, KeyWrite, Kind, Order, Store, StreamId, View, ViewQuery};

/// The stream of one key.
const KEY: Kind = Kind::of("key");
const MADE: Kind = Kind::of("key-made");
const ENDED: Kind = Kind::of("key-ended");
/// What proves a key, outside the chain.
const PROOF: Kind = Kind::of("key-proof");

/// What every key begins with, so that scanners of repositories find lost ones.
const PREFIX: &str = "exeat_";
/// How long a server goes on with what it knows of a key.
const FRESH: Duration = Duration::from_secs(2);

/// What a key was given.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Key {
    /// Its id, such as `19c2f0`.
    pub(crate) id: String,
    /// What people call it.
    pub(crate) name: String,
    /// What it may do.
    pub(crate) scopes: BTreeSet<Word>,
    /// Who made it.
    pub(crate) made_by: String,
    /// When.
    pub(crate) made_at: Timestamp,
    /// From when on it is refused.
    pub(crate) expires: Option<Timestamp>,
    /// How many requests a second it may make; `None` as the server says for all.
    pub(crate) per_second: Option<u32>,
}

/// A scope, written as its word.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Word(pub(crate) Scope);

impl TryFrom<String> for Word {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.0.as_str().to_owned()
    }
}

/// What a key is to be given.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// What people call it.
    pub(crate) name: String,
    /// What it may do.
    pub(crate) scopes: BTreeSet<Word>,
    /// From when on it is refused.
    pub(crate) expires: Option<Timestamp>,
    /// How many requests a second it may make.
    pub(crate) per_second: Option<u32>,
}

/// What is kept to prove a key.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Proof {
    digest: String,
    key: Key,
}

impl Proof {
    /// Whether this is its secret, and its time is not over.
    fn holds(&self, secret: &str, now: Timestamp) -> bool {
        // Of two digests nothing is learned by the place where they differ.
        let same = Digest::of(secret.as_bytes()).to_string() == self.digest;
        same && self.key.expires.is_none_or(|it| now < it)
    }
}

/// The id and the secret of a key.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (id, secret) = text.strip_prefix(PREFIX)?.split_once('_')?;
    let fits = (1..=32).contains(&id.len()) && id.bytes().all(|it| it.is_ascii_alphanumeric());
    fits.then_some((id, secret))
}

/// The keys of a store.
#[derive(Debug)]
pub(crate) struct Keys {
    store: Arc<dyn Store>,
    known: Mutex<BTreeMap<String, (Instant, Option<Proof>)>>,
}

impl Key {
    /// The key as one who asks.
    pub(crate) fn actor(&self) -> Actor {
        let scopes = self.scopes.iter().map(|it| it.0);
        let actor = Actor::key(&format!("key:{}", self.id), &self.name, scopes);
        // What a key prepares, the person who made it prepared: they approve none of it.
        if self.made_by.starts_with("user:") { actor.behind(&self.made_by) } else { actor }
    }
}

impl Keys {
    /// The keys of a store.
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, known: Mutex::default() }
    }

    /// Whether a text looks like a key, and is no token of a session.
    pub(crate) fn is_key(text: &str) -> bool {
        text.starts_with(PREFIX)
    }

    /// The key of this text; `None` where there is none, or it is over.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn of(&self, text: &str, now: Timestamp) -> Result<Option<Key>, Fault> {
        let Some((id, secret)) = parts(text) else { return Ok(None) };
        let proof = self.proof(id, now)?;
        Ok(proof.filter(|it| it.holds(secret, now)).map(|it| it.key))
    }

    /// The same from memory alone; `None` where it must be looked up.
    pub(crate) fn remembered(&self, text: &str, now: Timestamp) -> Option<Key> {
        let (id, secret) = parts(text)?;
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, proof) = known.get(id)?;
        let fresh = at.elapsed() < FRESH;
        let proof = proof.as_ref().filter(|it| fresh && it.holds(secret, now))?;
        Some(proof.key.clone())
    }

    fn proof(&self, id: &str, now: Timestamp) -> Result<Option<Proof>, Fault> {
        /// At most so many are remembered; ids that nobody has would fill the memory.
        const MOST: usize = 10_000;
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, proof)) = lock().get(id)
            && at.elapsed() < FRESH
        {
            return Ok(proof.clone());
        }
        let proof = match self.store.get(&PROOF, id, now)? {
            Some(bytes) => Some(serde_json::from_slice::<Proof>(&bytes)?),
            None => None,
        };
        let mut known = lock();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(id.to_owned(), (Instant::now(), proof.clone()));
        Ok(proof)
    }

    /// Makes a key; the text is shown once and kept nowhere. Whether the one who makes it may is
    /// asked before.
    ///
    /// # Errors
    ///
    /// Where it has no name or no scope, or cannot be written.
    pub(crate) fn make(
        &self,
        by: &str,
        wanted: Wanted,
        now: Timestamp,
    ) -> Result<(Key, String), Fault> {
        let name = wanted.name.trim();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Fault::invalid("name", "a name has 1 to 100 characters"));
        }
        if wanted.scopes.is_empty() {
            return Err(Fault::invalid("scopes", "a key without a scope may do nothing"));
        }
        if wanted.expires.is_some_and(|it| it <= now) {
            return Err(Fault::invalid("expires", "the key would be over already"));
        }
        let secret = chance::token()?;
        let key = Key {
            id: chance::id()?,
            name: name.to_owned(),
            scopes: wanted.scopes,
            made_by: by.to_owned(),
            made_at: now,
            expires: wanted.expires,
            per_second: wanted.per_second,
        };
        let text = format!("{PREFIX}{}_{secret}", key.id);
        let proof = Proof { digest: Digest::of(secret.as_bytes()).to_string(), key };
        let body = serde_json::to_string(&proof.key)?;
        let view = View {
            title: proof.key.name.clone(),
            state: "live".to_owned(),
            data: body.clone(),
            ..View::default()
        };
        let stream = StreamId::new(KEY, proof.key.id.clone());
        let draft = Draft::new(stream, MADE, by, now).expecting(0).body(body).view(view);
        let kept = serde_json::to_vec(&proof)?;
        let write = KeyWrite::put(PROOF, proof.key.id.clone(), kept, proof.key.expires);
        self.store.append(Batch::from(draft).and_key(write))?;
        Ok((proof.key, text))
    }

    /// Ends a key.
    ///
    /// # Errors
    ///
    /// Where there is none, or it was ended before.
    pub(crate) fn end(&self, by: &str, id: &str, now: Timestamp) -> Result<(), Fault> {
        let stream = StreamId::new(KEY, id);
        let row = self.store.view(&stream)?.filter(|it| it.view.state == "live");
        let row = row.ok_or(Fault::NotFound { what: "such key" })?;
        let view = View { state: "ended".to_owned(), ..row.view };
        let draft = Draft::new(stream, ENDED, by, now).expecting(row.version).view(view);
        self.store.append(Batch::from(draft).and_key(KeyWrite::remove(PROOF, id)))?;
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        Ok(())
    }

    /// The keys that were not ended, the oldest first.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn live(&self) -> Result<Vec<Key>, Fault> {
        let states = vec!["live".to_owned()];
        let query = ViewQuery { states, order: Order::Oldest, limit: 1000, ..ViewQuery::of(KEY) };
        let rows = self.store.views(&query)?.rows;
        rows.iter().map(|it| Ok(serde_json::from_str(&it.view.data)?)).collect()
    }
}
