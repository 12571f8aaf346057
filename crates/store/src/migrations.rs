//! The numbered steps by which a database becomes what the program expects.
//!
//! Every step exists for both backends; forward only. A database that is newer than the program is
//! refused, because an older program does not know what it would break.

use crate::error::Error;

/// One step: what it is called, and its SQL for each backend.
#[derive(Debug)]
pub(crate) struct Migration {
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

macro_rules! migration {
    ($name:literal) => {
        Migration {
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }
    };
}

/// All steps, in order; the first makes version 1.
pub(crate) const ALL: &[Migration] =
    &[migration!("0001_records"), migration!("0002_outcomes"), migration!("0003_holds")];

/// The steps that a database of this version still lacks, with the version each makes.
///
/// # Errors
///
/// [`Error::Refused`] where the database is newer than the program.
pub(crate) fn missing(
    version: i64,
) -> Result<impl Iterator<Item = (i64, &'static Migration)>, Error> {
    let known = i64::try_from(ALL.len()).unwrap_or(i64::MAX);
    if version > known {
        return Err(Error::refused(format!(
            "the database is of version {version}, and this program knows {known}: use a newer exeat"
        )));
    }
    let done = usize::try_from(version).unwrap_or(0);
    Ok((1..).zip(ALL).skip(done))
}

#[cfg(test)]
mod tests;
