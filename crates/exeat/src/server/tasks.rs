//! What the server does by itself beside answering: watching, sending, cleaning up.
//!
//! Each task takes a step, waits a little, and takes the next. One that fails tries again later; it
//! is told once, without a word of what it was about.

use super::log::Level;
use super::served::Served;
use crate::chance;
use crate::clock;
use crate::desk::fault::Fault;
use crate::desk::mail::{self, Mailer};
use crate::desk::outbox::Outbox;
use crate::desk::outgoing::Outgoing;
use crate::desk::watch::{Step, Watch};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// How long a task waits where there is nothing to do.
const REST: Duration = Duration::from_secs(5);
/// How long it waits between steps of work, so that answers go first.
const BREATH: Duration = Duration::from_millis(50);
/// How long it waits after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(30);
/// How often what has expired is removed.
const CLEANING: Duration = Duration::from_mins(10);

/// Does all of it, until it is dropped.
pub(super) async fn run(served: Arc<Served>) {
    if served.desk.records().is_err() {
        return;
    }
    let own_name = chance::id().unwrap_or_else(|_| std::process::id().to_string());
    let outgoing = Outgoing::default();
    let mailer = mail::of_environment().unwrap_or_else(|_| {
        served.log.tell(Level::Error, "no-mail", |json| {
            json.text_of("help", "EXEAT_MAIL is not smtps://NAME:PASSWORD@HOST:PORT/FROM");
        });
        None
    });
    let watching = {
        let (own_name, served) = (own_name.clone(), Arc::clone(&served));
        repeat(Arc::clone(&served), "watch", move || watch(&served, &own_name))
    };
    let sending = {
        let served = Arc::clone(&served);
        repeat(Arc::clone(&served), "outbox", move || {
            send(&served, &own_name, &outgoing, mailer.as_ref())
        })
    };
    let cleaning = {
        let served = Arc::clone(&served);
        repeat(Arc::clone(&served), "cleaning", move || {
            served.desk.records()?.store.purge(clock::now())?;
            Ok(CLEANING)
        })
    };
    tokio::join!(watching, sending, cleaning);
}

/// Takes steps without end; each says how long to wait for the next.
async fn repeat(
    served: Arc<Served>,
    task: &'static str,
    step: impl Fn() -> Result<Duration, Fault> + Send + Sync + 'static,
) {
    let step = Arc::new(step);
    let mut failing = false;
    loop {
        let its = Arc::clone(&step);
        let done = spawn_blocking(move || its()).await;
        let wait = if let Ok(Ok(wait)) = done {
            failing = false;
            wait
        } else {
            if !failing {
                served.log.tell(Level::Error, "task-failed", |json| {
                    json.text_of("task", task);
                    json.text_of("help", "it is tried again; /readyz says what is missing");
                });
            }
            failing = true;
            AFTER_FAILURE
        };
        tokio::time::sleep(wait).await;
    }
}

fn watch(served: &Served, own_name: &str) -> Result<Duration, Fault> {
    let desk = &served.desk;
    let watch = Watch::new(desk, &*desk.records()?.store, desk.cases()?, own_name);
    match watch.step(clock::now())? {
        Step::Idle | Step::Elsewhere => Ok(REST),
        Step::Following | Step::Working(_) => Ok(BREATH),
        Step::Over(round) => {
            served.log.tell(Level::Info, "watched", |json| {
                json.number_of("examined", round.examined);
                json.number_of("changed", round.changed);
                json.number_of("failed", round.failed);
            });
            Ok(REST)
        }
    }
}

fn send(
    served: &Served,
    own_name: &str,
    outgoing: &Outgoing,
    mailer: Option<&Mailer>,
) -> Result<Duration, Fault> {
    let store = &*served.desk.records()?.store;
    let sent = Outbox::new(store, own_name, outgoing, mailer).round(clock::now())?;
    Ok(if sent.is_some_and(|it| it.arrived > 0) { BREATH } else { REST })
}
