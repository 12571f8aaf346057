//! The outbox: from events to messages, and from messages to where they go.
//!
//! [`Outbox::collect`] follows the chain of events and puts one message for each hook into the
//! store, together with how far it came: none is lost, none is put in twice. [`Outbox::deliver`]
//! sends what is due, tries again later and later, gives up in the end, and stops a hook that never
//! answers. A message may arrive twice where an answer was lost; its id is the same then.

use super::fault::Fault;
use super::hooks::{Hook, Hooks};
use super::mail::Mailer;
use super::outgoing::Outgoing;
use super::people::secret::Secret;
use super::{lease, mail};
use crate::digest::hex;
use jiff::{SignedDuration, Timestamp};
use ring::hmac;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::case::CASE;
use store::{Batch, Event, KeyWrite, Kind, Store};

/// Messages that wait.
const OUTBOX: Kind = Kind::of("outbox");
/// How far the chain was followed, and how often a hook failed.
const PLACE: Kind = Kind::of("outbox-place");
const TASK: &str = "outbox";

/// How many events are followed at a time.
const AT_A_TIME: usize = 500;
/// How many messages are looked at before the sending goes on later.
const IN_A_ROUND: usize = 1000;
/// How many messages are sent in a round: it must be over before the lease is.
const SENT_IN_A_ROUND: u32 = 20;
/// The wait after the first failure; it doubles each time.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);
/// After so many failures a message is given up.
const MOST_TRIES: u32 = 15;
/// After so many failures without one success a hook is sent nothing more.
const MOST_FAILURES: u32 = 30;

/// A message that waits.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Message {
    hook: String,
    id: String,
    kind: String,
    body: String,
    tries: u32,
    next: Timestamp,
}

/// What a round of sending came to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Sent {
    /// Messages that arrived.
    pub(crate) arrived: u32,
    /// Messages that will be tried again.
    pub(crate) again: u32,
    /// Messages that were given up.
    pub(crate) given_up: u32,
}

/// The outbox of a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outbox<'a> {
    store: &'a dyn Store,
    server: &'a str,
    outgoing: &'a Outgoing,
    mailer: Option<&'a Mailer>,
}

impl<'a> Outbox<'a> {
    /// The outbox, worked by one server; e-mail goes nowhere without a mailer.
    pub(crate) fn new(
        store: &'a dyn Store,
        server: &'a str,
        outgoing: &'a Outgoing,
        mailer: Option<&'a Mailer>,
    ) -> Self {
        Self { store, server, outgoing, mailer }
    }

    /// Collects and sends, where this server has the lease.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn round(&self, now: Timestamp) -> Result<Option<Sent>, Fault> {
        if !lease::hold(self.store, TASK, self.server, now)? {
            return Ok(None);
        }
        while self.collect(now)? {}
        self.deliver(now).map(Some)
    }

    /// Puts messages for new events into the store; whether there may be more.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn collect(&self, now: Timestamp) -> Result<bool, Fault> {
        let hooks = Hooks::new(self.store).all()?;
        let Some(after) = self.store.get(&PLACE, TASK, now)? else {
            // What happened before anybody listened is not told.
            let head = self.store.head()?.seq;
            self.store.put(place(head))?;
            return Ok(false);
        };
        let after: u64 = serde_json::from_slice(&after)?;
        let events = self.store.events(after, AT_A_TIME)?;
        let Some(last) = events.last().map(|it| it.seq) else { return Ok(false) };
        let mut batch = Batch::from(place(last));
        for event in events.iter().filter(|it| it.stream.kind == CASE) {
            for hook in hooks.iter().filter(|it| it.wants(event.kind.as_str())) {
                let message = self.message(hook, event, now)?;
                let key = format!("{:020}-{}", event.seq, hook.id);
                batch =
                    batch.and_key(KeyWrite::put(OUTBOX, key, serde_json::to_vec(&message)?, None));
            }
        }
        self.store.append(batch)?;
        Ok(events.len() == AT_A_TIME)
    }

    fn message(&self, hook: &Hook, event: &Event, now: Timestamp) -> Result<Message, Fault> {
        let view = self.store.view(&event.stream)?.map(|it| it.view);
        let id = format!("evt-{}", event.seq);
        let mut body = json!({
            "id": id,
            "type": event.kind.as_str(),
            "at": event.at.to_string(),
            "case": event.stream.id,
            "version": event.version,
            "stage": view.as_ref().map(|it| it.state.clone()),
            "outcome": view.as_ref().and_then(|it| it.outcome.clone()),
        });
        if let (true, Some(fields)) = (hook.personal, body.as_object_mut()) {
            fields.insert("actor".to_owned(), json!(event.actor));
            fields.insert("title".to_owned(), json!(view.map(|it| it.title)));
            let said = event.body.as_deref().and_then(|it| serde_json::from_str::<Value>(it).ok());
            fields.insert("event".to_owned(), said.unwrap_or_default());
        }
        let (hook, kind) = (hook.id.clone(), event.kind.to_string());
        Ok(Message { hook, id, kind, body: body.to_string(), tries: 0, next: now })
    }

    /// Sends what is due.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach; that a message did not arrive is no error.
    pub(crate) fn deliver(&self, now: Timestamp) -> Result<Sent, Fault> {
        let mut sent = Sent::default();
        let mut failing: BTreeSet<String> = BTreeSet::new();
        for entry in self.store.keys(&OUTBOX, "", IN_A_ROUND, now)? {
            if sent.arrived + sent.again + sent.given_up >= SENT_IN_A_ROUND {
                break;
            }
            let message: Message = serde_json::from_slice(&entry.value)?;
            // A clock that was set back far must not make messages wait for a year.
            let wait = message.next.duration_since(now);
            if wait.is_positive() && wait <= LONGEST_WAIT || failing.contains(&message.hook) {
                continue;
            }
            let hook = match Hooks::new(self.store).hook(&message.hook) {
                Ok(hook) if hook.disabled.is_none() => hook,
                Ok(_) => continue,
                Err(Fault::NotFound { .. }) => {
                    self.store.put(KeyWrite::remove(OUTBOX, entry.key))?;
                    continue;
                }
                Err(fault) => return Err(fault),
            };
            if self.send(&hook, &message, now)? {
                sent.arrived += 1;
                let forgotten = KeyWrite::remove(PLACE, failures_of(&hook.id));
                let done = Batch::from(KeyWrite::remove(OUTBOX, entry.key)).and_key(forgotten);
                self.store.append(done)?;
            } else {
                failing.insert(hook.id.clone());
                self.failed(&hook, message, entry.key, now, &mut sent)?;
            }
        }
        Ok(sent)
    }

    fn failed(
        &self,
        hook: &Hook,
        mut message: Message,
        key: String,
        now: Timestamp,
        sent: &mut Sent,
    ) -> Result<(), Fault> {
        message.tries += 1;
        let write = if message.tries >= MOST_TRIES {
            sent.given_up += 1;
            KeyWrite::remove(OUTBOX, key)
        } else {
            sent.again += 1;
            message.next = now.checked_add(wait(message.tries)).unwrap_or(now);
            KeyWrite::put(OUTBOX, key, serde_json::to_vec(&message)?, None)
        };
        let key = failures_of(&hook.id);
        let counted = self.store.get(&PLACE, &key, now)?;
        let failures: u32 = counted.and_then(|it| serde_json::from_slice(&it).ok()).unwrap_or(0);
        let failures = failures.saturating_add(1);
        let count = KeyWrite::put(PLACE, key, failures.to_string(), None);
        self.store.append(Batch::from(write).and_key(count))?;
        if failures >= MOST_FAILURES {
            let why = format!("it failed {failures} times without one success");
            Hooks::new(self.store).disable(&hook.id, &why, now)?;
            self.store.put(KeyWrite::remove(PLACE, failures_of(&hook.id)))?;
        }
        Ok(())
    }

    /// Sends a message; whether it arrived.
    fn send(&self, hook: &Hook, message: &Message, now: Timestamp) -> Result<bool, Fault> {
        if let Some(address) = hook.to.strip_prefix("mailto:") {
            let Some(mailer) = self.mailer else { return Ok(false) };
            let letter = mail::letter(&message.id, &message.kind, &message.body);
            return Ok(mailer.send(address, &letter).is_ok());
        }
        let secret = Hooks::new(self.store).secret(&hook.id, now)?;
        let signature = signature(&secret, now, message.body.as_bytes());
        let headers = [
            ("content-type", "application/json"),
            ("exeat-event", message.id.as_str()),
            ("exeat-signature", signature.as_str()),
        ];
        let answer = self.outgoing.post(&hook.to, &headers, message.body.as_bytes());
        Ok(answer.is_ok_and(|it| (200..300).contains(&it.status)))
    }
}

/// What came of trying a hook.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Trial {
    /// Whether it arrived.
    pub(crate) arrived: bool,
    /// The status, where there was one.
    pub(crate) status: Option<u16>,
    /// What went wrong, in words.
    pub(crate) why: Option<String>,
}

/// Sends a message that nothing happened for to a hook, and says what came of it.
///
/// # Errors
///
/// Where there is no such hook, or the records are out of reach.
pub(crate) fn trial(
    store: &dyn Store,
    hook: &Hook,
    mailer: Option<&Mailer>,
    now: Timestamp,
) -> Result<Trial, Fault> {
    let second = now.as_second();
    let body = json!({"id": format!("test-{second}"), "type": "test", "at": now.to_string()});
    let body = body.to_string();
    let failed = |why: String| Trial { arrived: false, status: None, why: Some(why) };
    if let Some(address) = hook.to.strip_prefix("mailto:") {
        let Some(mailer) = mailer else {
            return Ok(failed("this server sends no e-mail: EXEAT_MAIL is not set".to_owned()));
        };
        let sent = mailer.send(address, &mail::letter(&format!("test-{second}"), "test", &body));
        return Ok(match sent {
            Ok(()) => Trial { arrived: true, status: None, why: None },
            Err(why) => failed(why),
        });
    }
    let secret = Hooks::new(store).secret(&hook.id, now)?;
    let (id, signature) = (format!("test-{second}"), signature(&secret, now, body.as_bytes()));
    let headers = [
        ("content-type", "application/json"),
        ("exeat-event", id.as_str()),
        ("exeat-signature", signature.as_str()),
    ];
    Ok(match Outgoing::default().post(&hook.to, &headers, body.as_bytes()) {
        Ok(answer) => Trial {
            arrived: (200..300).contains(&answer.status),
            status: Some(answer.status),
            why: None,
        },
        Err(error) => failed(error.to_string()),
    })
}

/// What proves a message: the second it was sent, and HMAC-SHA256 over that, a dot and the body.
pub(crate) fn signature(secret: &Secret, now: Timestamp, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes());
    let second = now.as_second();
    let said = [format!("{second}.").as_bytes(), body].concat();
    format!("t={second},v1={}", hex(hmac::sign(&key, &said).as_ref()))
}

fn place(seq: u64) -> KeyWrite {
    KeyWrite::put(PLACE, TASK, seq.to_string(), None)
}

fn failures_of(hook: &str) -> String {
    format!("failures-{hook}")
}

fn wait(tries: u32) -> SignedDuration {
    (FIRST_WAIT * (1 << tries.saturating_sub(1).min(12))).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests;
