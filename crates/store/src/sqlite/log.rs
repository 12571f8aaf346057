//! The write-ahead log: what was committed is moved from it into the file by a thread of its own,
//! so that whoever commits waits for one synchronization of the disk and no more.
//!
//! While others write, a log that is moved from is not begun anew, and grows. So a long one is
//! moved by the one who commits: most of it was moved before, and the next commit begins it anew.

use super::connect;
use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// So many pages are committed between two moves.
const SOME: i32 = 500;

/// A log of so many pages is long: 64 MB.
const MANY: i32 = 16_384;

/// The thread that moves; it ends with this.
#[derive(Debug)]
pub(super) struct Log {
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Log {
    /// Moves what this connection commits to the file at `path`.
    ///
    /// # Errors
    ///
    /// Where the connection cannot be followed.
    pub(super) fn of(writer: &mut Connection, path: &Path) -> rusqlite::Result<Self> {
        let stopped = Arc::<AtomicBool>::default();
        let (path, stop) = (path.to_owned(), Arc::clone(&stopped));
        let mover = thread::spawn(move || work(&path, &stop));
        let called = mover.thread().clone();
        let log = Self { stopped, thread: Some(mover) };
        let mut asked = 0;
        writer.wal_hook(Some(move |wal: &mut Wal, pages| {
            if pages >= MANY {
                // Where the thread is at it, the next commit tries again.
                drop(wal.checkpoint());
            } else if pages < asked {
                asked = 0;
            }
            if pages >= asked + SOME {
                asked = pages;
                called.unpark();
            }
            Ok(())
        }))?;
        Ok(log)
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            drop(thread.join());
        }
    }
}

fn work(path: &Path, stopped: &AtomicBool) {
    let mut connection: Option<Connection> = None;
    loop {
        thread::park();
        if stopped.load(Ordering::Acquire) {
            return;
        }
        // What cannot be moved now stays in the log, and is as durable there.
        connection = connection
            .or_else(|| connect(path).ok())
            .filter(|it| it.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).is_ok());
    }
}

#[cfg(test)]
mod tests;
