//! From an address to a store.

use crate::anchor::{self, AnchorFile};
use crate::chain::Head;
use crate::error::Error;
use crate::frozen::Frozen;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::store::Store;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a store is opened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Options {
    /// The file with the last known head of the chain, which is renewed after every commit.
    /// `None`: beside an SQLite file, nowhere for PostgreSQL.
    pub anchor: Option<PathBuf>,
    /// Whether the chain must reach the anchor. Where it does not, something was cut off, or an
    /// old copy was put in place; only whoever audits or repairs looks at it then.
    pub strict: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { anchor: None, strict: true }
    }
}

/// Opens the records at an address, and brings the database up to date.
///
/// `sqlite:PATH` and a plain path are an SQLite file, which is made where it is not there.
/// `postgres://USER:PASSWORD@HOST/NAME` is a PostgreSQL database.
///
/// # Errors
///
/// [`Error::Refused`] where the address is none, or the database is newer than the program;
/// [`Error::Unavailable`] where it cannot be reached; [`Error::Corrupt`] where the chain ends
/// before its anchor and the options are strict.
pub fn open(address: &str, options: &Options) -> Result<Arc<dyn Store>, Error> {
    if file(address).is_none() {
        return Ok(Arc::new(Postgres::open(address, options)?));
    }
    let path = file(address).filter(|it| !it.as_os_str().is_empty());
    let path = path.ok_or_else(|| Error::refused("an address is `sqlite:PATH` or a URL"))?;
    Ok(Arc::new(Sqlite::open(path, options)?))
}

/// The file of an address; `None` where it is one of PostgreSQL.
#[must_use]
pub fn file(address: &str) -> Option<&Path> {
    if address.starts_with("postgres:") || address.starts_with("postgresql:") {
        return None;
    }
    let path = address.strip_prefix("sqlite:").unwrap_or(address);
    Some(Path::new(path.strip_prefix("//").unwrap_or(path)))
}

/// The head of the chain that was last noted for the store at this address, where one was.
#[must_use]
pub fn noted(address: &str, options: &Options) -> Option<Head> {
    let beside = || file(address).map(AnchorFile::beside);
    anchor::read(&options.anchor.clone().or_else(beside)?)
}

/// A copy that [`Store::copy_to`] made, which is only read and not touched.
///
/// # Errors
///
/// [`Error::Unavailable`] where it cannot be opened; [`Error::Corrupt`] where it is none.
pub fn open_copy(path: &Path) -> Result<Box<dyn Frozen>, Error> {
    crate::sqlite::open_copy(path)
}
