//! Files that are whole or not there: written aside, made durable, then renamed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Replaces a file's content. A crash leaves the old content or the new one, never a part.
///
/// # Errors
///
/// Where the folder cannot be written.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    let aside = path.with_file_name(format!(".{}.part", name.to_string_lossy()));
    let written = write(&aside, content).and_then(|()| fs::rename(&aside, path));
    if written.is_err() {
        // The error that is told is the first one.
        drop(fs::remove_file(&aside));
    }
    written
}

fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(content)?;
    file.sync_all()
}
