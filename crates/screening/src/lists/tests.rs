//! The importers, on invented parties.

mod advanced;
mod formats;
mod own;

use super::{Import, ListFile};

/// Imports one file.
fn import(text: &str) -> Import {
    super::import(&[ListFile { name: "file", bytes: text.as_bytes() }])
}
