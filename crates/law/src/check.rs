//! Whether a rulebook that can be read also makes sense.

use crate::blocks::Note;
use crate::diagnostic::Diagnostic;
use crate::rulebook::Rulebook;
use crate::source::SourceFile;
use std::collections::BTreeSet;

/// Tables that lie in the folder but were not named in the manifest.
pub(crate) fn unused_files(
    _files: &[SourceFile],
    _read: &BTreeSet<usize>,
    _diagnostics: &mut Vec<Diagnostic>,
) {
}

pub(crate) fn check(
    _rulebook: &Rulebook,
    _notes: &[Note],
    _resolved: bool,
    _diagnostics: &mut Vec<Diagnostic>,
) {
}
