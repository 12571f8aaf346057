//! The log: JSON lines on standard error, without personal data.
//!
//! A line says what happened to which request, by the template of its path and by ids; never a
//! name, an address, a query, a body or a key. Lines are written by a thread of their own: where
//! nobody takes them they are dropped and counted, and requests go on.

use crate::clock;
use crate::json::{Layout, Writer};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

/// How many lines wait to be written.
const WAITING: usize = 8192;

/// How serious it is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Level {
    /// As it should be.
    Info,
    /// Somebody should look at it some time.
    Warning,
    /// Somebody should look at it now.
    Error,
}

impl Level {
    fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where lines go.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    lines: SyncSender<Vec<u8>>,
    dropped: Arc<AtomicU64>,
}

impl Log {
    /// A log on standard error.
    pub(crate) fn to_standard_error() -> Self {
        let (lines, waiting) = sync_channel::<Vec<u8>>(WAITING);
        std::thread::spawn(move || {
            while let Ok(mut bytes) = waiting.recv() {
                // What waits already is written at once.
                while let Ok(more) = waiting.try_recv() {
                    bytes.extend_from_slice(&more);
                    if bytes.len() > 1 << 16 {
                        break;
                    }
                }
                // Where standard error is closed, nobody is there to be told so.
                drop(std::io::stderr().write_all(&bytes));
            }
        });
        Self { lines, dropped: Arc::default() }
    }

    /// Tells that something happened. Only constant texts, ids and numbers may go into it.
    pub(crate) fn tell(
        &self,
        level: Level,
        event: &'static str,
        fields: impl FnOnce(&mut Writer<'_>),
    ) {
        let mut line = Vec::with_capacity(256);
        Writer::new(&mut line, Layout::Line).object(|json| {
            json.text_of("time", &clock::now().to_string());
            json.text_of("level", level.as_str());
            json.text_of("event", event);
            fields(json);
        });
        line.push(b'\n');
        if self.lines.try_send(line).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many lines nobody took.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}
