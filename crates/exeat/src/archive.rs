//! A folder as one compressed archive, in the form that `tar` reads everywhere.
//!
//! Only what a bundle needs: plain files with short names, no owners, no times, always in the same
//! order, so that the same folder is the same archive.
//!
//! Source: IEEE Std 1003.1, pax, the ustar interchange format.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Headers and contents fill whole blocks.
const BLOCK: usize = 512;

/// Writes the files of a folder, called as below a folder of that name.
///
/// # Errors
///
/// Where a file cannot be read, has too long a name, or nothing can be written.
pub(crate) fn pack(folder: &Path, name: &str, out: impl Write) -> io::Result<()> {
    let mut out = GzEncoder::new(out, Compression::fast());
    let mut files = Vec::new();
    files_in(folder, &mut files)?;
    files.sort();
    for path in files {
        let inside = path.strip_prefix(folder).map_err(io::Error::other)?;
        let parts = inside.components().map(|it| it.as_os_str().to_string_lossy());
        let called = parts.fold(name.to_owned(), |all, part| format!("{all}/{part}"));
        let mut file = File::open(&path)?;
        let size = file.metadata()?.len();
        out.write_all(&header(&called, size)?)?;
        let copied = io::copy(&mut Read::by_ref(&mut file).take(size), &mut out)?;
        if copied != size {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let over = usize::try_from(size % BLOCK as u64).unwrap_or(0);
        if over > 0 {
            out.write_all([0; BLOCK].get(over..).unwrap_or_default())?;
        }
    }
    out.write_all(&[0; 2 * BLOCK])?;
    out.finish()?.flush()
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

/// The header of a file: name, mode, owners, size and time, then the sum of all bytes.
fn header(name: &str, size: u64) -> io::Result<Vec<u8>> {
    if name.len() > 99 || size >= 1 << 33 {
        return Err(io::Error::other(format!("`{name}` does not fit into the archive")));
    }
    let field = |text: String, wide: usize| {
        let mut bytes = text.into_bytes();
        bytes.resize(wide, 0);
        bytes
    };
    let before = [
        field(name.to_owned(), 100),
        field("0000644".to_owned(), 8),
        field("0000000".to_owned(), 8),
        field("0000000".to_owned(), 8),
        field(format!("{size:011o}"), 12),
        field("00000000000".to_owned(), 12),
    ]
    .concat();
    let after = [
        b"0".to_vec(),
        field(String::new(), 100),
        b"ustar\x0000".to_vec(),
        field(String::new(), 247),
    ]
    .concat();
    let sum: u32 = before.iter().chain(&after).map(|it| u32::from(*it)).sum::<u32>() + 8 * 32;
    Ok([before, field(format!("{sum:06o}\0 "), 8), after].concat())
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, header, pack};
    use flate2::read::GzDecoder;
    use std::io::Read;

    #[test]
    fn a_header_is_a_block_whose_sum_is_right() {
        let header = header("bundle/events.jsonl", 1234).unwrap();
        assert_eq!(header.len(), BLOCK);
        let mut blank = header.clone();
        blank[148..156].fill(b' ');
        let sum: u32 = blank.iter().map(|it| u32::from(*it)).sum();
        assert_eq!(header[148..156], *format!("{sum:06o}\0 ").as_bytes());
    }

    #[test]
    fn contents_fill_whole_blocks_and_two_empty_ones_end_it() {
        let folder = std::env::temp_dir().join(format!("exeat-archive-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("contents")).unwrap();
        std::fs::write(folder.join("a"), vec![b'x'; 512]).unwrap();
        std::fs::write(folder.join("contents/b"), b"y").unwrap();
        let mut packed = Vec::new();
        pack(&folder, "bundle", &mut packed).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let mut plain = Vec::new();
        GzDecoder::new(&*packed).read_to_end(&mut plain).unwrap();
        assert_eq!(plain.len(), 6 * BLOCK);
        assert!(plain.starts_with(b"bundle/a\0"));
        assert!(plain[2 * BLOCK..].starts_with(b"bundle/contents/b\0"));
        assert!(plain[4 * BLOCK..].iter().all(|it| *it == 0));
    }
}
