//! A folder as one compressed archive: always in the same order, without owners and times, so that
//! the same folder is the same archive.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tar::{Builder, HeaderMode};

/// Writes the files of a folder, called as below a folder of that name.
///
/// # Errors
///
/// Where a file cannot be read, or nothing can be written.
pub(crate) fn pack(folder: &Path, name: &str, out: impl Write) -> io::Result<()> {
    let mut archive = Builder::new(GzEncoder::new(out, Compression::fast()));
    archive.mode(HeaderMode::Deterministic);
    let mut files = Vec::new();
    files_in(folder, &mut files)?;
    files.sort();
    for path in files {
        let inside = path.strip_prefix(folder).map_err(io::Error::other)?;
        archive.append_path_with_name(&path, Path::new(name).join(inside))?;
    }
    archive.into_inner()?.finish()?.flush()
}

fn files_in(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files_in(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::pack;
    use flate2::read::GzDecoder;
    use std::io::Read;

    #[test]
    fn the_same_folder_is_the_same_archive_whenever_it_was_written() {
        let folder = std::env::temp_dir().join(format!("exeat-archive-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("contents")).unwrap();
        let packed = || {
            std::fs::write(folder.join("contents/b"), b"y").unwrap();
            std::fs::write(folder.join("a"), vec![b'x'; 600]).unwrap();
            let mut packed = Vec::new();
            pack(&folder, "bundle", &mut packed).unwrap();
            packed
        };
        let first = packed();
        std::fs::remove_file(folder.join("a")).unwrap();
        assert_eq!(packed(), first);
        std::fs::remove_dir_all(&folder).unwrap();
        let mut archive = tar::Archive::new(GzDecoder::new(&*first));
        let mut found = Vec::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            found.push((entry.path().unwrap().display().to_string(), text));
        }
        let wanted = [("bundle/a", "x".repeat(600)), ("bundle/contents/b", "y".to_owned())];
        assert_eq!(found, wanted.map(|(name, text)| (name.to_owned(), text)));
    }
}
