//! Taking a whole bundle into an empty store.

use super::line::{EventLine, Manifest, ReferenceLine, ViewLine};
use super::writing::content;
use super::{EVENTS, MANIFEST, PAGE, REFERENCES, VERSION, VIEWS};
use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use crate::part::Part;
use crate::store::Store;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Takes over what is in a bundle, and says where the chain ends. `progress` is told how many
/// events of how many were taken over.
///
/// # Errors
///
/// [`Error::Refused`] where the store is not empty, or the bundle is not whole;
/// [`Error::Corrupt`] where the bundle is not what was written. What was taken over by then stays:
/// begin again with another empty store.
pub fn read(
    store: &dyn Store,
    folder: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Head, Error> {
    if store.head()? != Head::START {
        return Err(Error::refused("there are records already: restore into an empty store"));
    }
    let text = fs::read_to_string(folder.join(MANIFEST)).map_err(trouble)?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(Error::corrupt)?;
    if manifest.bundle != VERSION {
        return Err(Error::refused("the bundle is of another version: use a newer exeat"));
    }
    if !manifest.complete {
        return Err(Error::refused("the bundle is not whole: it was made of some streams only"));
    }
    // Every content first, whether anything refers to it or not.
    for path in files(folder)? {
        let bytes = fs::read(&path).map_err(trouble)?;
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        if Digest::of(&bytes).to_string() != name {
            return Err(Error::corrupt(format!("content {name} was changed")));
        }
        store.put_blob(&bytes)?;
    }
    let total = manifest.head.seq;
    let mut count = 0;
    pages(folder, EVENTS, |page: Vec<EventLine>| {
        let events = page.into_iter().map(EventLine::event).collect::<Result<Vec<_>, _>>()?;
        count += u64::try_from(events.len()).unwrap_or(0);
        store.import(&Part { events, ..Part::default() })?;
        progress(count, total);
        Ok(())
    })?;
    pages(folder, VIEWS, |page: Vec<ViewLine>| {
        let views = page.into_iter().map(ViewLine::row).collect::<Result<_, _>>()?;
        store.import(&Part { views, ..Part::default() })
    })?;
    pages(folder, REFERENCES, |page: Vec<ReferenceLine>| {
        let refs = page.into_iter().map(ReferenceLine::reference).collect::<Result<Vec<_>, _>>()?;
        let wanted: BTreeSet<Digest> = refs.iter().map(|it| it.1).collect();
        if let Some(missing) = wanted.iter().find(|it| !content(folder, it).exists()) {
            return Err(Error::corrupt(format!("content {missing} is missing")));
        }
        store.import(&Part { refs, ..Part::default() })
    })?;
    let head = store.head()?;
    let said = Head { seq: manifest.head.seq, hash: manifest.head.hash };
    if head == said {
        Ok(head)
    } else {
        let (end, said) = (head.seq, said.seq);
        Err(Error::corrupt(format!("the chain ends at {end}, and the manifest says {said}")))
    }
}

/// The files of all contents.
fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, Error> {
    let mut found = Vec::new();
    for part in fs::read_dir(folder.join(super::CONTENTS)).map_err(trouble)? {
        for file in fs::read_dir(part.map_err(trouble)?.path()).map_err(trouble)? {
            found.push(file.map_err(trouble)?.path());
        }
    }
    found.sort();
    Ok(found)
}

fn pages<T: DeserializeOwned>(
    folder: &Path,
    name: &str,
    mut take: impl FnMut(Vec<T>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut lines = BufReader::new(File::open(folder.join(name)).map_err(trouble)?).lines();
    loop {
        let mut page = Vec::new();
        for line in lines.by_ref().take(PAGE) {
            let line = line.map_err(trouble)?;
            let wrong = |error| Error::corrupt(format!("{name}: {error}"));
            page.push(serde_json::from_str(&line).map_err(wrong)?);
        }
        if page.is_empty() {
            return Ok(());
        }
        take(page)?;
    }
}

fn trouble(error: std::io::Error) -> Error {
    Error::unavailable("reading the bundle", error)
}
