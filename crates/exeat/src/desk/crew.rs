//! Those who decide: as many threads as there are processors, and a line before them.
//!
//! Hundreds of requests may wait for a disk at the same time, each on a thread of its own; a
//! decision takes memory, which every thread that ever made one would keep. So decisions are made
//! by these few.

use std::collections::VecDeque;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

type Job = Box<dyn FnOnce() + Send>;

/// The threads that decide; they end with it, when the line is empty.
pub(crate) struct Crew {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    line: Mutex<Line>,
    came: Condvar,
}

#[derive(Default)]
struct Line {
    jobs: VecDeque<Job>,
    /// How many wait for a job.
    idle: usize,
    closed: bool,
}

impl Crew {
    /// One thread a processor.
    pub(super) fn new() -> Self {
        let shared = Arc::<Shared>::default();
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..count {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || shared.work());
        }
        Self { shared }
    }

    /// Puts a job at the end of the line. A job that panics costs nothing but itself.
    pub(crate) fn hand(&self, job: impl FnOnce() + Send + 'static) {
        let mut line = self.shared.line();
        line.jobs.push_back(Box::new(job));
        let somebody_waits = line.idle > 0;
        drop(line);
        if somebody_waits {
            self.shared.came.notify_one();
        }
    }
}

impl Shared {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some(job) = self.next() {
            // What it would have told, it tells nobody: whoever waits learns that.
            drop(catch_unwind(AssertUnwindSafe(job)));
        }
    }

    fn next(&self) -> Option<Job> {
        let mut line = self.line();
        loop {
            if let Some(job) = line.jobs.pop_front() {
                return Some(job);
            }
            if line.closed {
                return None;
            }
            line.idle += 1;
            line = self.came.wait(line).unwrap_or_else(PoisonError::into_inner);
            line.idle -= 1;
        }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.shared.line().closed = true;
        self.shared.came.notify_all();
    }
}

impl fmt::Debug for Crew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Crew").field("waiting", &self.shared.line().jobs.len()).finish()
    }
}

#[cfg(test)]
mod tests;
