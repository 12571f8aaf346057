//! The one who writes determinations down: takes whatever waits, writes it in one commit, and tells
//! each when its record is durable.
//!
//! So requests wait for the disk without a thread, and one synchronization serves them all.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use store::{Batch, Error, Event, Store};

/// At most so many are written in one commit.
const TOGETHER: usize = 256;

/// What is done when a batch is durable, or refused.
type Told = Box<dyn FnOnce(Result<Vec<Event>, Error>) + Send>;

/// A thread that writes; it ends with this, when nothing waits.
#[derive(Debug)]
pub(crate) struct Scribe {
    line: Sender<Waiting>,
}

struct Waiting {
    batch: Batch,
    told: Told,
}

impl Scribe {
    /// Writes into a store.
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        let (line, coming) = channel();
        std::thread::spawn(move || write(&*store, &coming));
        Self { line }
    }

    /// Hands in a batch; `told` is called by the thread that writes, and must not wait.
    pub(crate) fn hand(
        &self,
        batch: Batch,
        told: impl FnOnce(Result<Vec<Event>, Error>) + Send + 'static,
    ) {
        // The thread ends after this, so somebody takes it.
        drop(self.line.send(Waiting { batch, told: Box::new(told) }));
    }
}

fn write(store: &dyn Store, coming: &Receiver<Waiting>) {
    while let Ok(first) = coming.recv() {
        let waiting = coming.try_iter().take(TOGETHER - 1);
        let (batches, told): (Vec<Batch>, Vec<Told>) =
            std::iter::once(first).chain(waiting).map(|it| (it.batch, it.told)).unzip();
        // Whoever is not told because of a panic learns that; the next are written.
        drop(catch_unwind(AssertUnwindSafe(|| {
            let results = store.append_all(batches);
            told.into_iter().zip(results).for_each(|(told, result)| told(result));
        })));
    }
}

#[cfg(test)]
mod tests;
