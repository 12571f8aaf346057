//! How many decisions are made at a time: as many as there are processors, so that a thousand
//! requests do not take turns on two of them, and none waits for a processor that has other work.

use std::sync::{Condvar, Mutex, PoisonError};

/// Lets in as many as there are processors.
#[derive(Debug)]
pub(super) struct Turnstile {
    places: Mutex<Places>,
    left: Condvar,
}

#[derive(Debug)]
struct Places {
    free: usize,
    wanted: usize,
}

/// A place inside; given back when it is dropped, also by a panic.
#[derive(Debug)]
pub(super) struct Place<'a>(&'a Turnstile);

impl Turnstile {
    /// One place a processor.
    pub(super) fn new() -> Self {
        let free = std::thread::available_parallelism().map_or(1, usize::from);
        Self { places: Mutex::new(Places { free, wanted: 0 }), left: Condvar::new() }
    }

    /// Waits for a place.
    pub(super) fn enter(&self) -> Place<'_> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if places.free == 0 {
            places.wanted += 1;
            let wait = self.left.wait_while(places, |it| it.free == 0);
            places = wait.unwrap_or_else(PoisonError::into_inner);
            places.wanted -= 1;
        }
        places.free -= 1;
        Place(self)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut places = self.0.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.free += 1;
        let wanted = places.wanted > 0;
        drop(places);
        // Nobody is called where nobody waits: that would be a call of the system each time.
        if wanted {
            self.0.left.notify_one();
        }
    }
}
