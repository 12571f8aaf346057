//! The small list in the program: cyber-related entries of the Entity List and of the Treasury's
//! list, for a machine that has not fetched anything. It is no screening, and every answer says so.
//!
//! `cyber.csv` is in the columns of the Consolidated Screening List; the facts are those of the
//! entries (86 FR 37902, 86 FR 60760, 88 FR 46071 and OFAC's CYBER2 designations), checked against
//! the published list on the day below.

use super::open::{Bytes, Lists};
use super::refresh::bytes_of;
use crate::trouble::Trouble;
use jiff::civil::{Date, date};
use screening::lists::{self, ListFile};
use screening::snapshot::Snapshot;

const CYBER: &[u8] = include_bytes!("cyber.csv");
/// The day on which the entries were compared with the published list.
const CHECKED: Date = date(2026, 9, 24);

/// Opens it.
///
/// # Errors
///
/// Never, unless the program itself is damaged; a test opens it.
pub(crate) fn open() -> Result<Lists, Trouble> {
    let import = lists::import(&[ListFile { name: "the list in the program", bytes: CYBER }]);
    let mut lists = import.lists;
    for list in &mut lists {
        list.source.date = Some(CHECKED);
    }
    let bytes = bytes_of(&lists)?;
    let snapshot = Snapshot::open(Bytes::Held(bytes))
        .map_err(|error| Trouble::new(format!("the list in the program: {error}")))?;
    Ok(Lists { snapshot, built_in: true })
}

#[cfg(test)]
mod tests;
