//! Records in one file, with SQLite.
//!
//! One connection writes (see `commit`), others read beside it: the file keeps a
//! write-ahead log, which is synchronized at every commit. Nothing of a commit that was answered
//! is lost when the process or the machine dies.

mod copy;
mod keys;
mod log;
mod moment;
mod reading;
mod writing;

use crate::anchor::AnchorFile;
use crate::batch::Batch;
use crate::chain::Head;
use crate::commit::Committer;
use crate::digest::Digest;
use crate::error::Error;
use crate::event::Event;
use crate::frozen::Frozen;
use crate::migrations;
use crate::name::{Kind, StreamId};
use crate::opening::Options;
use crate::part::Part;
use crate::plan::Prepared;
use crate::query::{Page, ViewQuery};
use crate::retention::Erasure;
use crate::store::{BlobEntry, KeyEntry, Store};
use crate::view::ViewRow;
use jiff::Timestamp;
use log::Log;
use moment::Moment;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use writing::Writer;

/// How long a statement waits for another process that holds the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// At most so many connections for reading are kept open.
const READERS: usize = 16;

/// Records in one SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    committer: Committer<Writer>,
    readers: Mutex<Vec<Connection>>,
    /// Ends when nobody writes any more, and so comes last.
    _log: Log,
}

impl Sqlite {
    /// Opens a file, or makes it, and brings it up to date.
    ///
    /// # Errors
    ///
    /// As [`crate::open`].
    pub fn open(path: &Path, options: &Options) -> Result<Self, Error> {
        let mut connection = connect(path)?;
        migrate(&mut connection)?;
        let beside = || AnchorFile::beside(path);
        let anchor = AnchorFile::new(options.anchor.clone().unwrap_or_else(beside));
        if options.strict {
            let noted = anchor.noted();
            let head = reading::head(&connection)?.0;
            anchor.check(noted, &head, |seq| reading::hash(&connection, seq))?;
        }
        let log = Log::of(&mut connection, path).map_err(trouble("opening"))?;
        Ok(Self {
            path: path.to_owned(),
            committer: Committer::new(Writer::new(connection, anchor)),
            readers: Mutex::default(),
            _log: log,
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let lock = || self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        let free = lock().pop();
        let connection = match free {
            Some(connection) => connection,
            None => connect(&self.path)?,
        };
        let result = read(&connection);
        let mut readers = lock();
        if result.is_ok() && readers.len() < READERS {
            readers.push(connection);
        }
        result
    }
}

fn connect(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(trouble("opening"))?;
    let settings = || {
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is erased is overwritten.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "cache_size", -16_384)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(())
    };
    settings().map_err(trouble("opening"))?;
    Ok(connection)
}

/// A copy that is only read.
pub(crate) fn open_copy(path: &Path) -> Result<Box<dyn Frozen>, Error> {
    let during = trouble("opening a copy");
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(during)?;
    let version: i64 =
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(during)?;
    if migrations::missing(version)?.next().is_some() {
        return Err(Error::refused(
            "the copy was made by an older exeat: open it with `--records`",
        ));
    }
    Ok(Box::new(Moment::over(connection)?))
}

fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let during = trouble("bringing the database up to date");
    let version = |it: &Connection| it.query_row("PRAGMA user_version", [], |row| row.get(0));
    if migrations::missing(version(connection).map_err(during)?)?.next().is_none() {
        return Ok(());
    }
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(during)?;
    // Another process may have done it meanwhile.
    for (number, step) in migrations::missing(version(&transaction).map_err(during)?)? {
        transaction.execute_batch(step.sqlite).map_err(during)?;
        transaction.pragma_update(None, "user_version", number).map_err(during)?;
    }
    transaction.commit().map_err(during)
}

/// What an error of SQLite means to the caller.
fn trouble(doing: &'static str) -> impl Fn(rusqlite::Error) -> Error + Copy {
    use rusqlite::{Error as Cause, ErrorCode};
    move |error| {
        let is_misread = matches!(
            error,
            Cause::FromSqlConversionFailure(..)
                | Cause::IntegralValueOutOfRange(..)
                | Cause::InvalidColumnType(..)
                | Cause::Utf8Error(..)
        );
        let is_damaged = matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        );
        if is_misread || is_damaged {
            Error::corrupt(error)
        } else {
            Error::unavailable(doing, error)
        }
    }
}

impl Store for Sqlite {
    fn append(&self, batch: Batch) -> Result<Vec<Event>, Error> {
        self.committer.append(Prepared::new(batch)?)
    }

    fn append_all(&self, batches: Vec<Batch>) -> Vec<Result<Vec<Event>, Error>> {
        self.committer.append_all(batches.into_iter().map(Prepared::new))
    }

    fn head(&self) -> Result<Head, Error> {
        self.read(|it| Ok(reading::head(it)?.0))
    }

    fn events(&self, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
        self.read(|it| reading::events(it, after, limit))
    }

    fn stream(&self, stream: &StreamId, after: u64) -> Result<Vec<Event>, Error> {
        self.read(|it| reading::stream(it, stream, after))
    }

    fn events_of(&self, kind: &Kind, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
        self.read(|it| reading::events_of(it, kind, after, limit))
    }

    fn holds(&self, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
        self.read(|it| reading::holds(it, after, limit))
    }

    fn view(&self, stream: &StreamId) -> Result<Option<ViewRow>, Error> {
        self.read(|it| reading::view(it, stream))
    }

    fn views(&self, query: &ViewQuery) -> Result<Page, Error> {
        self.read(|it| reading::views(it, query))
    }

    fn counts(&self, query: &ViewQuery) -> Result<BTreeMap<String, u64>, Error> {
        self.read(|it| reading::counts(it, query))
    }

    fn erase(&self, erasure: Erasure) -> Result<Event, Error> {
        let mut events = self.committer.append(Prepared::erasing(erasure.draft())?)?;
        events.pop().ok_or_else(|| Error::corrupt("an erasure wrote nothing"))
    }

    fn import(&self, part: &Part) -> Result<(), Error> {
        self.committer.writer().import(part)
    }

    fn frozen(&self) -> Result<Box<dyn Frozen>, Error> {
        Ok(Box::new(Moment::new(&self.path)?))
    }

    fn copy_to(&self, file: &Path) -> Result<(), Error> {
        self.read(|it| copy::write(it, file))
    }

    fn put_blob(&self, bytes: &[u8]) -> Result<Digest, Error> {
        let digest = Digest::of(bytes);
        if !self.read(|it| keys::has_blob(it, &digest))? {
            self.committer.writer().direct(|it| keys::put_blob(it, &digest, bytes))?;
        }
        Ok(digest)
    }

    fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        self.read(|it| keys::blob(it, digest))
    }

    fn blobs(&self, after: Option<&Digest>, limit: usize) -> Result<Vec<BlobEntry>, Error> {
        self.read(|it| keys::blobs(it, after, limit))
    }

    fn get(&self, space: &Kind, key: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Error> {
        self.read(|it| keys::get(it, space, key, now))
    }

    fn take(&self, space: &Kind, key: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Error> {
        self.committer.writer().direct(|it| keys::take(it, space, key, now))
    }

    fn keys(
        &self,
        space: &Kind,
        after: &str,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<KeyEntry>, Error> {
        self.read(|it| keys::keys(it, space, after, limit, now))
    }

    fn purge(&self, now: Timestamp) -> Result<u64, Error> {
        self.committer.writer().direct(|it| keys::purge(it, now))
    }

    fn ready(&self) -> Result<(), Error> {
        self.committer.writer().probe()
    }
}
