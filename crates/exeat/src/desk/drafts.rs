//! Drafts: transactions that somebody is still filling in, kept for a while under an address of
//! their own.
//!
//! A draft is never changed: another answer is another draft with another address, so that going
//! back in a browser is going back in the interview.

use crate::digest::sha256;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// How many bytes of drafts are kept; the oldest go first.
const MOST: usize = 64 << 20;
/// How many digits of the digest name a draft.
const DIGITS: usize = 32;

/// The drafts of this process.
#[derive(Debug, Default)]
pub(crate) struct Drafts(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    texts: BTreeMap<String, Arc<str>>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Drafts {
    /// Keeps a draft and returns its name. The same text has the same name.
    pub(crate) fn keep(&self, text: &str) -> String {
        let name: String = sha256(text.as_bytes()).as_str().chars().take(DIGITS).collect();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.texts.insert(name.clone(), text.into()).is_none() {
            kept.order.push_back(name.clone());
            kept.bytes += text.len();
        }
        while kept.bytes > MOST {
            let Some(oldest) = kept.order.pop_front() else { break };
            let gone = kept.texts.remove(&oldest).map_or(0, |it| it.len());
            kept.bytes = kept.bytes.saturating_sub(gone);
        }
        name
    }

    /// The draft of that name, while it is kept.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<str>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.texts.get(name).cloned()
    }
}
