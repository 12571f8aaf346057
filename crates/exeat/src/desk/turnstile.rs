//! How many decisions are made at a time: as many as there are processors, so that a thousand
//! requests do not take turns on two of them, and none waits for a processor that has other work.

use std::sync::{Condvar, Mutex, PoisonError};

/// Lets in as many as there are processors.
#[derive(Debug)]
pub(super) struct Turnstile {
    free: Mutex<usize>,
    left: Condvar,
}

/// A place inside; given back when it is dropped, also by a panic.
#[derive(Debug)]
pub(super) struct Place<'a>(&'a Turnstile);

impl Turnstile {
    /// One place a processor.
    pub(super) fn new() -> Self {
        let places = std::thread::available_parallelism().map_or(1, usize::from);
        Self { free: Mutex::new(places), left: Condvar::new() }
    }

    /// Waits for a place.
    pub(super) fn enter(&self) -> Place<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = self.left.wait_while(free, |free| *free == 0);
        *wait.unwrap_or_else(PoisonError::into_inner) -= 1;
        Place(self)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.left.notify_one();
    }
}
