//! Cases over the records: what people do about a transaction, as the API and the pages ask for it.
//!
//! [`Cases::act`] is the one way to change a case: it asks whether the role permits it, makes the
//! case of its events, asks the case, answers anew where facts, matches or a moment of decision call
//! for it, and writes everything at once. Who was second in a race is told what the first one did.
//! The rules themselves stand in `store::case`; lists of cases in [`queue`].

mod followed;
pub(crate) mod queue;
pub(crate) mod sight;

use super::Desk;
use super::fault::Fault;
use super::finding::{Asking, Found, When};
use super::permission::{Actor, Permission, Whose};
use super::{licensed, remembered};
use crate::chance;
use crate::records::keep::Recorder;
use decision::matches::{Decided, Decision};
use jiff::Timestamp;
use sight::Sight;
use store::case::command::{Judgment, Opening};
use store::case::{Attachment, CASE, Case, Command, Happened, InForce, Verdict};
use store::{Batch, Conflict, Digest, Draft, Error, Event, KeyWrite, Store, StreamId};

/// The largest file that is attached, in bytes.
pub(crate) const LARGEST_FILE: usize = 20 * 1024 * 1024;

/// How often a change is tried again where somebody else was first and the caller named no version.
const TRIES: usize = 5;

/// The cases of a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cases<'a> {
    desk: &'a Desk,
    store: &'a dyn Store,
    recorder: &'a Recorder,
    /// Whether every release needs an approval.
    approve_all: bool,
}

/// Which case, who asks, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct On<'a> {
    /// The id of the case.
    pub(crate) id: &'a str,
    /// Who asks.
    pub(crate) actor: &'a Actor,
    /// The moment.
    pub(crate) at: Timestamp,
    /// The version of the case that the caller looked at; `None` where that does not matter.
    pub(crate) expected: Option<u64>,
}

/// A case as somebody sees it.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// Its id.
    pub(crate) id: String,
    /// What it has come to.
    pub(crate) case: Case,
    /// What happened, in order.
    pub(crate) events: Vec<Event>,
    /// Whether matches and what others wrote about them are left out.
    pub(crate) sight: Sight,
}

impl<'a> Cases<'a> {
    /// The cases of a store, answered by a desk.
    pub(crate) fn new(desk: &'a Desk, store: &'a dyn Store, recorder: &'a Recorder) -> Self {
        Self { desk, store, recorder, approve_all: false }
    }

    /// The same, where every release needs an approval.
    pub(crate) fn approving_all(self, approve_all: bool) -> Self {
        Self { approve_all, ..self }
    }

    /// Opens a case, and decides it. Its id is in what is shown: also to who may not look at it
    /// later, what they sent comes back.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or the transaction cannot be read or decided: then nothing is
    /// opened.
    pub(crate) fn open(
        &self,
        actor: &Actor,
        opening: Opening,
        at: Timestamp,
    ) -> Result<Shown, Fault> {
        let (id, _) = self.open_along(actor, opening, at, |_, _| Ok(None))?;
        let (case, events) = self.load(&id)?;
        Ok(Shown::to(actor, &id, case, events))
    }

    /// The same for somebody who may not see it afterwards, with a key that is written along: made of
    /// the id and of what the case came to.
    ///
    /// # Errors
    ///
    /// As [`Cases::open`], and where the key may not be written.
    pub(super) fn open_along(
        &self,
        actor: &Actor,
        opening: Opening,
        at: Timestamp,
        along: impl FnOnce(&str, &Case) -> Result<Option<KeyWrite>, Fault>,
    ) -> Result<(String, Case), Fault> {
        actor.may(Permission::OpenCase, Whose::Own)?;
        let id = chance::id()?;
        let on = On { id: &id, actor, at, expected: None };
        let mut work = Work::new(self, on, Case::default());
        work.take(&Command::Open(opening))?;
        work.answer(When::AsStated)?;
        work.keys.extend(along(&id, &work.case)?);
        work.write()?;
        let case = work.case;
        Ok((id, case))
    }

    /// Does something with a case.
    ///
    /// # Errors
    ///
    /// Where the actor may not, the case does not allow it, it is not at the version that was
    /// expected, or a transaction cannot be decided.
    pub(crate) fn act(&self, on: On<'_>, command: &Command) -> Result<Shown, Fault> {
        let permission = needed(command).ok_or_else(|| {
            Fault::invalid("command", "the program does this by itself, when it is due")
        })?;
        self.trying(on, |work| {
            work.permitted(permission)?;
            work.act(command)
        })?;
        if matches!(command, Command::DecideMatch(_)) {
            self.follow(on.at);
        }
        self.show(on.actor, on.id)
    }

    /// Decides a case again, under the law and the lists of now.
    ///
    /// # Errors
    ///
    /// As [`Cases::act`].
    pub(crate) fn decide_again(&self, on: On<'_>) -> Result<Shown, Fault> {
        self.trying(on, |work| {
            work.permitted(Permission::Comment)?;
            work.answer(super::finding::When::NotBefore(remembered::day(on.at)))
        })?;
        self.show(on.actor, on.id)
    }

    /// Attaches a file.
    ///
    /// # Errors
    ///
    /// As [`Cases::act`], and where it is too large.
    pub(crate) fn attach(
        &self,
        on: On<'_>,
        name: &str,
        media: &str,
        bytes: &[u8],
    ) -> Result<Shown, Fault> {
        if bytes.len() > LARGEST_FILE {
            return Err(Fault::TooLarge { most: LARGEST_FILE });
        }
        // Who may not attach does not fill the store either.
        let (case, _) = self.load(on.id)?;
        on.actor.may(Permission::Comment, whose(&case, on.actor))?;
        let digest = self.store.put_blob(bytes)?;
        let (name, media, size) = (name.to_owned(), media.to_owned(), bytes.len() as u64);
        self.act(on, &Command::Attach(Attachment { name, digest, size, media }))
    }

    /// The content of an attached file.
    ///
    /// # Errors
    ///
    /// Where the actor does not see the case, or it has no such file.
    pub(crate) fn file(
        &self,
        actor: &Actor,
        id: &str,
        digest: &Digest,
    ) -> Result<(Attachment, Vec<u8>), Fault> {
        let shown = self.show(actor, id)?;
        let none = || Fault::NotFound { what: "such file in the case" };
        let attached = shown.attachments().find(|it| it.digest == *digest).ok_or_else(none)?;
        let bytes = self.store.blob(digest)?.ok_or_else(none)?;
        Ok((attached.clone(), bytes))
    }

    /// A case as the actor may see it.
    ///
    /// # Errors
    ///
    /// Where there is none, or none for this actor: the two are not told apart.
    pub(crate) fn show(&self, actor: &Actor, id: &str) -> Result<Shown, Fault> {
        let (case, events) = self.load(id)?;
        let denied = |_| Fault::NotFound { what: "such case" };
        actor.may(Permission::ReadCase, whose(&case, actor)).map_err(denied)?;
        Ok(Shown::to(actor, id, case, events))
    }

    fn load(&self, id: &str) -> Result<(Case, Vec<Event>), Fault> {
        let events = self.store.stream(&stream(id), 0)?;
        let case = Case::fold(&events)?;
        if case.version == 0 {
            return Err(Fault::NotFound { what: "such case" });
        }
        Ok((case, events))
    }

    /// Works on a case, again where somebody else was first and the caller named no version.
    fn trying(
        &self,
        on: On<'_>,
        work: impl Fn(&mut Work<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut tries = 0;
        loop {
            tries += 1;
            let (case, events) = self.load(on.id)?;
            if let Some(expected) = on.expected.filter(|it| *it != case.version) {
                return Err(moved(on.id, expected, &case, events.last()));
            }
            let mut it = Work::new(self, on, case);
            let refused = work(&mut it);
            // What was answered anew on the way is written even where the rest is refused.
            match (it.write(), refused) {
                (Err(Fault::Moved(_)), _) if on.expected.is_none() && tries < TRIES => {}
                (Err(fault), _) | (Ok(()), Err(fault)) => return Err(fault),
                (Ok(()), Ok(())) => return Ok(()),
            }
        }
    }

    /// Decides a case again because something moved; whether that changed anything.
    ///
    /// # Errors
    ///
    /// Where it cannot be decided or written.
    pub(crate) fn watch(&self, on: On<'_>, cause: store::case::Cause) -> Result<bool, Fault> {
        let changed = std::cell::Cell::new(false);
        self.trying(on, |work| {
            let found = work.find(When::NotBefore(remembered::day(on.at)))?;
            let events = work.take(&Command::Watch(cause, found.finding.clone().into()))?;
            changed.set(events > 0);
            if events > 0 {
                work.others.push(found.record);
            }
            Ok(())
        })?;
        Ok(changed.get())
    }
}

/// The stream of a case.
pub(crate) fn stream(id: &str) -> StreamId {
    StreamId::new(CASE, id)
}

/// What somebody else did first.
fn moved(id: &str, expected: u64, case: &Case, last: Option<&Event>) -> Fault {
    let last = last.map(|it| store::error::Last {
        kind: it.kind.clone(),
        actor: it.actor.clone(),
        at: it.at,
    });
    let found = case.version;
    Fault::Moved(Box::new(Conflict::Stream { stream: stream(id), expected, found, last }))
}

/// Whether a case is the actor's own.
fn whose(case: &Case, actor: &Actor) -> Whose {
    if case.opener == actor.id { Whose::Own } else { Whose::Anyone }
}

/// The permission that a command needs; `None` for what only the program does.
pub(crate) fn needed(command: &Command) -> Option<Permission> {
    Some(match command {
        Command::Open(_) | Command::Determine(_) | Command::Watch(..) => return None,
        Command::ChangeFacts(..) => Permission::ChangeFacts,
        Command::DecideMatch(_) => Permission::DecideMatch,
        Command::AnswerChange(_) => Permission::AnswerChange,
        Command::RequestReview(_) => Permission::RequestReview,
        Command::Advise(_) => Permission::Advise,
        Command::Approve(..) => Permission::Approve,
        Command::Return(_) => Permission::Return,
        Command::Restrict(..) => Permission::Restrict,
        Command::LiftRestriction(_)
        | Command::ProposeOverruling(..)
        | Command::ConfirmOverruling(_)
        | Command::WithdrawOverruling(_) => Permission::Overrule,
        Command::Note(_) | Command::Attach(_) => Permission::Comment,
        Command::Assign(_)
        | Command::Prioritize(_)
        | Command::SetDue(_)
        | Command::SetLabels(_) => Permission::Triage,
        Command::Hold(_) | Command::Recall(_) => Permission::Hold,
        Command::LiftHold(_) => Permission::LiftHold,
        Command::Release(_) => Permission::Release,
        Command::Submission(..)
        | Command::Authorize(_)
        | Command::Authorization(..)
        | Command::Shipment(..)
        | Command::Ship(_) => Permission::Handle,
        Command::Close(_) | Command::Reopen(_) => Permission::Close,
    })
}

/// Work on one case, before it is written.
struct Work<'a> {
    cases: &'a Cases<'a>,
    on: On<'a>,
    case: Case,
    /// The version that was read.
    read: u64,
    happened: Vec<Happened>,
    /// Events of other streams that are written along.
    others: Vec<Draft>,
    /// Decisions on matches that are among them.
    pending: Vec<Decision>,
    /// Keys that are written along.
    keys: Vec<KeyWrite>,
}

impl<'a> Work<'a> {
    fn new(cases: &'a Cases<'a>, on: On<'a>, case: Case) -> Self {
        let read = case.version;
        Self {
            cases,
            on,
            case,
            read,
            happened: Vec::new(),
            others: Vec::new(),
            pending: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// Refuses whom the roles do not let; for who does not even see the case there is none.
    fn permitted(&self, permission: Permission) -> Result<(), Fault> {
        let whose = whose(&self.case, self.on.actor);
        if self.on.actor.may(Permission::ReadCase, whose).is_err() {
            return Err(Fault::NotFound { what: "such case" });
        }
        Ok(self.on.actor.may(permission, whose)?)
    }

    /// Asks the case, and takes in what follows.
    fn take(&mut self, command: &Command) -> Result<usize, Fault> {
        let events = self.case.decide(&self.on.actor.who(), command, self.on.at)?;
        let count = events.len();
        for it in events {
            self.case.apply(&self.on.actor.id, &it);
            self.happened.push(it);
        }
        Ok(count)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "all others only ask the case")]
    fn act(&mut self, command: &Command) -> Result<(), Fault> {
        let today = When::NotBefore(remembered::day(self.on.at));
        match command {
            Command::ChangeFacts(..) => {
                let changed = self.take(command)? > 0;
                let answered = if changed { self.answer(When::AsStated) } else { Ok(()) };
                self.or_nothing(answered)?;
            }
            Command::DecideMatch(judgment) => {
                let decided = self.decide_match(command, judgment);
                self.or_nothing(decided)?;
            }
            // These are about what is so now.
            Command::RequestReview(_) | Command::Approve(..) | Command::Ship(_) => {
                self.answer(today)?;
                self.take(command)?;
            }
            Command::Release(_) => {
                self.answer(today)?;
                let Cases { store, .. } = *self.cases;
                let (drawn, keys) = licensed::drawn(store, self.on.id, &self.case, self.on.at)?;
                let in_force = InForce { drawn, ..self.in_force() };
                self.take(&Command::Release(in_force))?;
                self.keys.extend(keys);
            }
            Command::Attach(it) => {
                if self.cases.store.blob(&it.digest)?.is_none() {
                    return Err(Fault::NotFound { what: "content with this digest" });
                }
                self.take(command)?;
            }
            _ => drop(self.take(command)?),
        }
        Ok(())
    }

    /// Nothing happened where what follows from it fails: facts that cannot be read do not take the
    /// place of those that were.
    fn or_nothing(&mut self, result: Result<(), Fault>) -> Result<(), Fault> {
        if result.is_err() {
            self.happened.clear();
            self.others.clear();
            self.pending.clear();
        }
        result
    }

    /// What answered just now.
    fn in_force(&self) -> InForce {
        let basis = self.case.determination.finding.as_ref().map(|it| &it.basis);
        InForce {
            law: basis.map(|it| it.law.clone()).unwrap_or_default(),
            lists: basis.map(|it| it.lists.clone()).unwrap_or_default(),
            approve_all: self.cases.approve_all,
            drawn: Vec::new(),
        }
    }

    /// Answers the facts as they are, and puts the answer down where it is new.
    fn answer(&mut self, when: When) -> Result<(), Fault> {
        let found = self.find(when)?;
        if self.take(&Command::Determine(found.finding.into()))? > 0 {
            self.others.push(found.record);
        }
        Ok(())
    }

    fn find(&self, when: When) -> Result<Found, Fault> {
        let (actor, title, at) = (self.on.actor.id.as_str(), self.case.title.as_str(), self.on.at);
        let asking = Asking { actor, title, at, when, pending: &self.pending };
        let Cases { desk, store, recorder, .. } = *self.cases;
        desk.find(store, recorder, &self.case.facts.transaction, asking)
    }

    /// Puts a decision on a match down for this case and for every other, and answers anew.
    fn decide_match(&mut self, command: &Command, judgment: &Judgment) -> Result<(), Fault> {
        remembered::has_a_day(judgment.until, self.on.at)?;
        self.take(command)?;
        let today = When::NotBefore(remembered::day(self.on.at));
        let found = self.find(today)?;
        let names = found.screened.iter().flat_map(|it| &it.names);
        let mut matches = names.flat_map(|name| name.matches.iter().map(move |it| (name, it)));
        let (_, it) = matches
            .find(|(name, it)| {
                name.name == judgment.party && it.list == judgment.list && it.id == judgment.entry
            })
            .ok_or(Fault::NotFound { what: "such match any more: decide the case again" })?;
        let decision = Decision {
            party: judgment.party.clone(),
            list: judgment.list.clone(),
            entry: judgment.entry.clone(),
            same: judgment.verdict == Verdict::Same,
            decided: Decided {
                by: self.on.actor.name.clone(),
                why: judgment.why.trim().to_owned(),
                on: remembered::day(self.on.at),
                until: judgment.until,
            },
            rests_on: it.rests_on.clone(),
        };
        let draft = remembered::draft(&decision, &it.listed, &self.on.actor.id, self.on.at)?;
        self.others.push(draft);
        self.pending.push(decision);
        self.answer(today)
    }

    /// Writes what happened since the last time, with the view of the case behind the last event.
    fn write(&mut self) -> Result<(), Fault> {
        let happened = std::mem::take(&mut self.happened);
        let mut drafts = std::mem::take(&mut self.others);
        let last = happened.len();
        for (place, it) in happened.iter().enumerate() {
            let (kind, body) = it.parts()?;
            let version = self.read + place as u64;
            let draft = Draft::new(stream(self.on.id), kind, &*self.on.actor.id, self.on.at);
            let mut draft = draft.expecting(version).body(body);
            if let Happened::Attached(it) = it {
                draft = draft.blobs(vec![it.digest]);
            }
            if place + 1 == last {
                draft = draft.view(self.case.view());
            }
            drafts.push(draft);
        }
        if drafts.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::from(drafts);
        let due = remembered::due(std::mem::take(&mut self.pending).iter())?;
        batch = std::mem::take(&mut self.keys).into_iter().chain(due).fold(batch, Batch::and_key);
        self.cases.store.append(batch)?;
        self.read += last as u64;
        Ok(())
    }
}

impl From<Conflict> for Fault {
    fn from(conflict: Conflict) -> Self {
        Error::from(conflict).into()
    }
}

#[cfg(test)]
pub(crate) mod tests;
