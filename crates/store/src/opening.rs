//! From an address to a store.

use crate::error::Error;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::store::Store;
use std::path::PathBuf;
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
    if address.starts_with("postgres:") || address.starts_with("postgresql:") {
        return Ok(Arc::new(Postgres::open(address, options)?));
    }
    let path = address.strip_prefix("sqlite:").unwrap_or(address);
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() {
        return Err(Error::refused("an address is `sqlite:PATH` or `postgres://...`"));
    }
    Ok(Arc::new(Sqlite::open(path.as_ref(), options)?))
}
