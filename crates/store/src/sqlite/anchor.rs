//! The last known head of the chain, in a small file beside the database.
//!
//! It is written after every commit, so it never runs ahead of an honest database, not even when
//! the power is cut. A chain that ends before it lost its end.

use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use crate::sqlite::{reading, trouble};
use rusqlite::{Connection, OptionalExtension};
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The file, which is opened when the first head is written.
#[derive(Debug)]
pub(super) struct AnchorFile {
    path: PathBuf,
    file: Option<File>,
}

impl AnchorFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, file: None }
    }

    /// Refuses a chain that does not reach the anchor.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`].
    pub(super) fn check(&self, connection: &Connection) -> Result<(), Error> {
        let Some(anchor) = read(&self.path) else { return Ok(()) };
        let head = reading::head(connection)?.0;
        let wrong = |what: String| {
            let path = self.path.display();
            Error::corrupt(format!(
                "{what}; ask `exeat audit verify` what is missing, and remove `{path}` only where \
                 an older copy was put in place on purpose"
            ))
        };
        if head.seq < anchor.seq {
            let (end, last) = (head.seq, anchor.seq);
            return Err(wrong(format!("the chain ends at {end}, and its anchor says {last}")));
        }
        let sql = "SELECT hash FROM events WHERE seq = ?1";
        let seq = i64::try_from(anchor.seq).unwrap_or(i64::MAX);
        let hash = connection.query_row(sql, [seq], |row| row.get::<_, Vec<u8>>(0)).optional();
        let hash = hash.map_err(trouble("reading the chain"))?;
        if anchor.seq > 0 && hash.and_then(|it| Digest::from_bytes(&it)) != Some(anchor.hash) {
            return Err(wrong(format!("event {} is not the one of the anchor", anchor.seq)));
        }
        Ok(())
    }

    /// Notes a head. What cannot be noted is not a failure of the commit: the older anchor still
    /// holds.
    pub(super) fn note(&mut self, head: &Head) {
        let file = match self.file.take() {
            Some(file) => Some(file),
            None => {
                OpenOptions::new().create(true).truncate(false).write(true).open(&self.path).ok()
            }
        };
        // The file is gone for the next note where this one failed.
        self.file = file.and_then(|mut file| {
            file.seek(SeekFrom::Start(0)).ok()?;
            // Numbers only grow, so a longer line replaces a shorter one as a whole.
            file.write_all(format!("{head}\n").as_bytes()).ok()?;
            Some(file)
        });
    }
}

/// The head in an anchor file; `None` where there is none, or only a piece of one.
pub(super) fn read(path: &Path) -> Option<Head> {
    fs::read_to_string(path).ok()?.trim_end().parse().ok()
}
