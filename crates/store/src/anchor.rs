//! The last known head of the chain, in a small file beside the database.
//!
//! It is written after every commit, so it never runs ahead of an honest database, not even when
//! the power is cut. A chain that ends before it lost its end.

use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The file, which is opened when the first head is written.
#[derive(Debug)]
pub(crate) struct AnchorFile {
    path: PathBuf,
    file: Option<File>,
}

impl AnchorFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, file: None }
    }

    /// Where the anchor of a database file is.
    pub(crate) fn beside(database: &Path) -> PathBuf {
        let mut name = database.as_os_str().to_owned();
        name.push(".anchor");
        PathBuf::from(name)
    }

    /// What was noted. It is read before the head that it is compared with: another process may
    /// write meanwhile, and the chain only grows.
    pub(crate) fn noted(&self) -> Option<Head> {
        read(&self.path)
    }

    /// Refuses a chain that does not reach what was noted, or is another one there.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`].
    pub(crate) fn check(
        &self,
        noted: Option<Head>,
        head: &Head,
        hash: impl FnOnce(u64) -> Result<Option<Digest>, Error>,
    ) -> Result<(), Error> {
        let Some(anchor) = noted else { return Ok(()) };
        let what = if head.seq < anchor.seq {
            format!("the chain ends at event {}, and its anchor says {}", head.seq, anchor.seq)
        } else if anchor.seq > 0 && hash(anchor.seq)? != Some(anchor.hash) {
            format!("event {} is not the one that its anchor says", anchor.seq)
        } else {
            return Ok(());
        };
        Err(Error::corrupt(format!(
            "{what}; remove `{}` only where an older copy was put in place on purpose",
            self.path.display()
        )))
    }

    /// Notes a head. What cannot be noted is not a failure of the commit: the older anchor still
    /// holds.
    pub(crate) fn note(&mut self, head: &Head) {
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
pub(crate) fn read(path: &Path) -> Option<Head> {
    fs::read_to_string(path).ok()?.trim_end().parse().ok()
}
