//! The small list in the program: cyber-related entries of the Entity List, for a machine that has
//! not fetched anything. It is no screening, and every answer says so.

use super::open::{Bytes, Lists};
use super::refresh::bytes_of;
use crate::trouble::Trouble;
use screening::lists::builtin;

/// Opens it.
///
/// # Errors
///
/// Never, unless the program itself is damaged; a test opens it.
pub(crate) fn open() -> Result<Lists, Trouble> {
    let bytes = Bytes::Held(bytes_of(&[builtin()])?);
    Lists::new(bytes, true)
        .map_err(|error| Trouble::new(format!("the list in the program: {error}")))
}

#[cfg(test)]
mod tests;
