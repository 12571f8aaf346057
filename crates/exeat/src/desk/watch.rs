//! The watch: when lists or a rulebook come into force, or a day begins, every case that is not
//! closed is searched and decided again.
//!
//! A round goes through the cases in the order of their opening, some at a time, and remembers
//! where it is: a server that is stopped goes on, another takes over. Only what answers otherwise
//! leaves events in its case and a place in the queue of changes; that a round was made, and what it
//! saw, is an event of the watch's own stream.

use super::cases::{Cases, On};
use super::fault::Fault;
use super::permission::{Actor, Permission, Whose};
use super::{Desk, lease, remembered};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::case::{CASE, Cause, row};
use store::{Cursor, Draft, KeyWrite, Kind, Order, Store, StreamId, View, ViewQuery};

/// The stream of the watch; its one view is the last round.
const WATCH: Kind = Kind::of("watch");
/// A round is over.
const ROUND: Kind = Kind::of("round-made");
/// Where a round is.
const PLACE: Kind = Kind::of("watch-place");
/// The task that a server holds the lease for.
const TASK: &str = "watch";
/// How many cases are looked at before the place is written down.
const AT_A_TIME: usize = 50;
/// How many cases that could not be decided a round names.
const NAMED: usize = 100;

/// What is in force.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Force {
    /// The digest of the rulebook.
    pub(crate) law: String,
    /// The digest of the lists; empty where none are searched.
    pub(crate) lists: String,
    /// The digest of the decisions on matches that a file holds.
    #[serde(default)]
    pub(crate) decisions: String,
    /// The day.
    pub(crate) day: Date,
}

/// A round through the cases.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Round {
    /// What it asks about.
    pub(crate) force: Force,
    /// What was in force for the round before.
    pub(crate) before: Option<Force>,
    /// How many cases were looked at.
    pub(crate) examined: u64,
    /// How many are answered otherwise.
    pub(crate) changed: u64,
    /// How many could not be decided.
    pub(crate) failed: u64,
    /// Some of those.
    pub(crate) failures: Vec<String>,
    /// Where it goes on; `None` at its beginning.
    after: Option<String>,
    /// Whether it is over.
    over: bool,
}

/// What a step came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Step {
    /// Nothing moved.
    Idle,
    /// Cases that a decision on a match is about were decided again, and there are more.
    Following,
    /// Another server watches.
    Elsewhere,
    /// Some cases were looked at, and there are more.
    Working(Round),
    /// The round is over.
    Over(Round),
}

/// The watch over the cases of a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch<'a> {
    cases: Cases<'a>,
    store: &'a dyn Store,
    desk: &'a Desk,
    server: &'a str,
}

impl<'a> Watch<'a> {
    /// A watch by one server; `server` is a name that no other has.
    pub(crate) fn new(
        desk: &'a Desk,
        store: &'a dyn Store,
        cases: Cases<'a>,
        server: &'a str,
    ) -> Self {
        Self { cases, store, desk, server }
    }

    /// Looks at some cases, where something moved since the last round.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach or the lists cannot be read.
    pub(crate) fn step(&self, now: Timestamp) -> Result<Step, Fault> {
        let following = self.cases.follow_some(now)?;
        let force = self.force(now)?;
        if self.place(now)?.is_some_and(|it| it.over && it.force == force) {
            return Ok(if following { Step::Following } else { Step::Idle });
        }
        if !lease::hold(self.store, TASK, self.server, now)? {
            return Ok(Step::Elsewhere);
        }
        // Read again: another may have gone on before the lease was ours.
        let mut round = match self.place(now)? {
            Some(it) if it.force == force && it.over => return Ok(Step::Idle),
            Some(it) if it.force == force => it,
            // A round that is overtaken begins anew; what it compares with stays.
            Some(it) if it.over => Round { force, before: Some(it.force), ..Round::default() },
            Some(it) => Round { force, before: it.before, ..Round::default() },
            None => Round { force, ..Round::default() },
        };
        self.look(&mut round, now)?;
        if round.over {
            self.end(&round, now)?;
            lease::let_go(self.store, TASK, self.server, now)?;
            return Ok(Step::Over(round));
        }
        self.store.put(Self::kept(&round)?)?;
        Ok(Step::Working(round))
    }

    /// What is in force now.
    fn force(&self, now: Timestamp) -> Result<Force, Fault> {
        let law = self.desk.engine().stamp().digest.to_owned();
        let (lists, decisions) = match self.desk.searcher().in_use() {
            Some(opened) => {
                let opened = opened.map_err(Fault::Inside)?;
                (opened.searched().digest.clone(), opened.decided().to_owned())
            }
            None => Default::default(),
        };
        Ok(Force { law, lists, decisions, day: remembered::day(now) })
    }

    /// The last round; `None` where there was none.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn place(&self, now: Timestamp) -> Result<Option<Round>, Fault> {
        let kept = self.store.get(&PLACE, TASK, now)?;
        Ok(kept.map(|it| serde_json::from_slice(&it)).transpose()?)
    }

    fn kept(round: &Round) -> Result<KeyWrite, Fault> {
        Ok(KeyWrite::put(PLACE, TASK, serde_json::to_vec(round)?, None))
    }

    /// Looks at the next cases.
    fn look(&self, round: &mut Round, now: Timestamp) -> Result<(), Fault> {
        let after = round.after.as_deref().map(str::parse::<Cursor>).transpose();
        let query = ViewQuery {
            labels: vec![row::WATCHED.to_owned()],
            order: Order::Oldest,
            after: after.map_err(|it| Fault::Inside(it.to_string()))?,
            limit: AT_A_TIME,
            ..ViewQuery::of(CASE)
        };
        let page = self.store.views(&query)?;
        let trigger = round.trigger();
        let actor = Actor::system(TASK);
        for row in page.rows {
            let on = On { id: &row.stream.id, actor: &actor, at: now, expected: None };
            round.examined += 1;
            match self.cases.watch(on, trigger) {
                Ok(changed) => round.changed += u64::from(changed),
                // The database is gone: the round goes on when it is back.
                Err(fault @ Fault::Store(store::Error::Unavailable { .. })) => return Err(fault),
                Err(_) => {
                    round.failed += 1;
                    if round.failures.len() < NAMED {
                        round.failures.push(row.stream.id);
                    }
                }
            }
        }
        round.after = page.next.as_ref().map(ToString::to_string);
        round.over = page.next.is_none();
        Ok(())
    }

    /// Puts down that a round was made.
    fn end(&self, round: &Round, now: Timestamp) -> Result<(), Fault> {
        let body = serde_json::to_string(round)?;
        let view = View {
            title: format!("{} of {} cases changed", round.changed, round.examined),
            state: if round.failed == 0 { "made" } else { "made-with-failures" }.to_owned(),
            data: body.clone(),
            ..View::default()
        };
        let stream = StreamId::new(WATCH, TASK);
        let draft = Draft::new(stream, ROUND, Actor::system(TASK).id, now).body(body).view(view);
        self.store.append(store::Batch::from(draft).and_key(Self::kept(round)?))?;
        Ok(())
    }
}

impl Desk {
    /// The last round of the watch; `None` where there was none.
    ///
    /// # Errors
    ///
    /// Where the actor may not see what it is about, or the records are out of reach.
    pub(crate) fn last_round(&self, actor: &Actor, now: Timestamp) -> Result<Option<Round>, Fault> {
        actor.may(Permission::SeeMatches, Whose::Anyone)?;
        let watch = Watch::new(self, &*self.records()?.store, self.cases()?, "");
        watch.place(now)
    }
}

impl Round {
    /// Whether it is over.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    /// What moved.
    fn trigger(&self) -> Cause {
        match &self.before {
            Some(it) if it.law != self.force.law => Cause::Law,
            Some(it) if it.lists != self.force.lists => Cause::Lists,
            Some(it) if it.decisions != self.force.decisions => Cause::Decisions,
            Some(_) | None => Cause::Day,
        }
    }
}

#[cfg(test)]
mod tests;
