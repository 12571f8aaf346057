//! Writing a bundle.

use super::line::{EventLine, HeadLine, Manifest, ReferenceLine, ViewLine};
use super::{CONTENTS, EVENTS, MANIFEST, PAGE, README, REFERENCES, VERIFIER, VERSION, VIEWS};
use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use crate::frozen::Frozen;
use crate::name::StreamId;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Whose bodies, views and contents a bundle holds. The chain itself is always whole.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Bodies {
    /// All of them.
    All,
    /// Only those of these streams; of the others, the events without their bodies.
    Only(BTreeSet<StreamId>),
}

impl Bodies {
    fn include(&self, stream: &StreamId) -> bool {
        match self {
            Self::All => true,
            Self::Only(streams) => streams.contains(stream),
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Written {
    /// Where the chain ends.
    pub head: Head,
    /// How many events.
    pub events: u64,
    /// How many views.
    pub views: u64,
    /// How many contents.
    pub contents: u64,
}

/// Writes a bundle into a new folder. `program` and `at` say what made it and when; `progress` is
/// told how many events of how many were written.
///
/// # Errors
///
/// [`Error::Refused`] where the folder is there and not empty; [`Error::Unavailable`] where it
/// cannot be written, or the records cannot be read.
pub fn write(
    store: &dyn Frozen,
    folder: &Path,
    bodies: &Bodies,
    (program, at): (&str, Timestamp),
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Written, Error> {
    if fs::read_dir(folder).is_ok_and(|mut it| it.next().is_some()) {
        return Err(Error::refused(format!("`{}` is not empty", folder.display())));
    }
    fs::create_dir_all(folder.join(CONTENTS)).map_err(trouble)?;
    let head = store.head()?;
    let mut written = Written { head, events: 0, views: 0, contents: 0 };
    let mut files = BTreeMap::new();

    let mut out = Lines::create(folder, EVENTS)?;
    let mut after = 0;
    loop {
        let page = store.events(after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        written.events += u64::try_from(page.len()).unwrap_or(0);
        for event in page {
            let with_body = bodies.include(&event.stream);
            out.line(&EventLine::of(event, with_body))?;
        }
        progress(written.events, head.seq);
    }
    files.insert(EVENTS.to_owned(), out.finish()?);

    let mut out = Lines::create(folder, VIEWS)?;
    let mut after: Option<StreamId> = None;
    loop {
        let page = store.last_marks(after.as_ref(), PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.stream.clone());
        for row in page.into_iter().filter_map(|it| it.found) {
            if bodies.include(&row.stream) {
                out.line(&ViewLine::from(row))?;
                written.views += 1;
            }
        }
    }
    files.insert(VIEWS.to_owned(), out.finish()?);

    let wanted = references(store, folder, bodies, &mut files)?;
    written.contents = contents(store, folder, bodies, &wanted)?;
    for (name, text) in
        [(README, include_str!("README.txt")), (VERIFIER, include_str!("verify.py"))]
    {
        fs::write(folder.join(name), text).map_err(trouble)?;
        files.insert(name.to_owned(), Digest::of(text.as_bytes()));
    }
    let manifest = Manifest {
        bundle: VERSION,
        program: program.to_owned(),
        made_at: at.to_string(),
        head: HeadLine { seq: head.seq, hash: head.hash },
        complete: *bodies == Bodies::All,
        files,
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(Error::corrupt)?;
    // The last file: a bundle without it is not finished.
    fs::write(folder.join(MANIFEST), text + "\n").map_err(trouble)?;
    Ok(written)
}

/// Writes the references, and says which contents they name.
fn references(
    store: &dyn Frozen,
    folder: &Path,
    bodies: &Bodies,
    files: &mut BTreeMap<String, Digest>,
) -> Result<BTreeSet<Digest>, Error> {
    let mut wanted = BTreeSet::new();
    let mut out = Lines::create(folder, REFERENCES)?;
    let mut after: Option<(StreamId, Digest)> = None;
    loop {
        let page = store.refs(after.as_ref(), PAGE)?;
        for it in page.iter().filter(|it| bodies.include(&it.0)) {
            out.line(&ReferenceLine::from(it))?;
            wanted.insert(it.1);
        }
        match page.into_iter().next_back() {
            Some(last) => after = Some(last),
            None => break,
        }
    }
    files.insert(REFERENCES.to_owned(), out.finish()?);
    Ok(wanted)
}

fn contents(
    store: &dyn Frozen,
    folder: &Path,
    bodies: &Bodies,
    wanted: &BTreeSet<Digest>,
) -> Result<u64, Error> {
    let mut after: Option<Digest> = None;
    let mut count = 0;
    loop {
        let page = store.blobs(after.as_ref(), PAGE)?;
        let Some(last) = page.last() else { return Ok(count) };
        after = Some(last.digest);
        for entry in &page {
            if *bodies != Bodies::All && !wanted.contains(&entry.digest) {
                continue;
            }
            if let Some(bytes) = store.blob(&entry.digest)? {
                let path = content(folder, &entry.digest);
                fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(trouble)?;
                fs::write(path, bytes).map_err(trouble)?;
                count += 1;
            }
        }
    }
}

/// The file of a content.
pub(super) fn content(folder: &Path, digest: &Digest) -> std::path::PathBuf {
    let name = digest.to_string();
    folder.join(CONTENTS).join(name.get(..2).unwrap_or_default()).join(&name)
}

/// A file of JSON lines, and the digest of what was written.
struct Lines {
    file: BufWriter<File>,
    digest: Sha256,
}

impl Lines {
    fn create(folder: &Path, name: &str) -> Result<Self, Error> {
        let file = BufWriter::new(File::create(folder.join(name)).map_err(trouble)?);
        Ok(Self { file, digest: Sha256::new() })
    }

    fn line(&mut self, line: &impl Serialize) -> Result<(), Error> {
        let mut text = serde_json::to_string(line).map_err(Error::corrupt)?;
        text.push('\n');
        self.digest.update(&text);
        self.file.write_all(text.as_bytes()).map_err(trouble)
    }

    fn finish(mut self) -> Result<Digest, Error> {
        self.file.flush().map_err(trouble)?;
        let digest: [u8; 32] = self.digest.finalize().into();
        Digest::from_bytes(&digest).ok_or_else(|| Error::corrupt("a digest has not 32 bytes"))
    }
}

fn trouble(error: io::Error) -> Error {
    Error::unavailable("writing the bundle", error)
}
