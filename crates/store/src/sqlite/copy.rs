//! A copy of the whole file while it is in use.

use super::trouble;
use crate::error::Error;
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::path::Path;
use std::time::Duration;

/// So many pages are copied before others get their turn.
const PAGES: i32 = 4096;

/// Copies the database into a new file, as it is at the end.
///
/// # Errors
///
/// [`Error::Refused`] where the file is there; [`Error::Unavailable`] where it cannot be written.
pub(super) fn write(connection: &Connection, file: &Path) -> Result<(), Error> {
    if file.exists() {
        return Err(Error::refused(format!("`{}` is there already", file.display())));
    }
    let during = trouble("copying");
    let mut copy = Connection::open(file).map_err(during)?;
    let done = Backup::new(connection, &mut copy)
        .and_then(|it| it.run_to_completion(PAGES, Duration::ZERO, None))
        .map_err(during);
    // One file, without a log beside it.
    let whole = done.and_then(|()| {
        copy.pragma_update(None, "journal_mode", "DELETE").map_err(during)?;
        copy.pragma_update(None, "synchronous", "FULL").map_err(during)
    });
    if whole.is_err() {
        drop(copy);
        // Half a copy must not be taken for one.
        drop(std::fs::remove_file(file));
    }
    whole
}
