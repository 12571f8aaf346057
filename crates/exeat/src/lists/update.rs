//! Lists from the network and from the drop folder, one source after the other.
//!
//! A source that does not come, or is refused, keeps its last good files, and its age goes on.

use super::manifest::{KeptFile, Manifest};
use super::refresh::{Incoming, IncomingFile, Taken, take};
use super::settings::{Remote, Settings, is_name};
use crate::data::DataFolder;
use crate::digest::sha256;
use crate::fetch::{Fetched, Fetcher, Tags};
use crate::trouble::Trouble;
use jiff::civil::Date;
use std::fs;
use std::path::{Path, PathBuf};

/// What became of a source.
#[derive(Debug)]
pub(crate) enum News {
    /// The one that is here is the current one.
    Unchanged,
    /// A new one is here.
    New(Taken),
    /// The last good one is kept.
    Kept(String),
    /// The same, and only because a list of it shrank or is older.
    Shrunken(String),
}

/// How sources are taken in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// Whether a list that has shrunk is taken as well.
    pub(crate) accept_shrunken: bool,
    /// Today.
    pub(crate) today: Date,
}

/// Brings every source up to date, in the manifest only. `told` hears of each when it is done.
///
/// # Errors
///
/// Where the folder cannot be written, or nothing could be fetched by these settings.
pub(crate) fn update(
    data: &DataFolder,
    settings: &Settings,
    manifest: &mut Manifest,
    terms: Terms,
    told: &mut dyn FnMut(&str, &News),
) -> Result<(), Trouble> {
    if !settings.remotes.is_empty() {
        let fetcher = Fetcher::new(settings.manners.clone())
            .map_err(|error| Trouble::new(error.to_string()))?;
        for remote in &settings.remotes {
            let news = fetched(data, &fetcher, remote, manifest, terms)?;
            told(&remote.name, &news);
        }
    }
    for (name, paths) in dropped(&settings.drop_folder)? {
        let news = put_there(data, &name, &paths, manifest, terms)?;
        told(&name, &news);
    }
    Ok(())
}

fn fetched(
    data: &DataFolder,
    fetcher: &Fetcher,
    remote: &Remote,
    manifest: &mut Manifest,
    terms: Terms,
) -> Result<News, Trouble> {
    let kept: Vec<KeptFile> =
        manifest.source.get(&remote.name).map(|it| it.file.clone()).unwrap_or_default();
    let known = |address: &str| kept.iter().find(|it| it.address.as_deref() == Some(address));
    let mut files = Vec::new();
    let mut unchanged = kept.len() == remote.files.len();
    for file in &remote.files {
        // The tags of a file count only while its bytes are here.
        let here = known(&file.address)
            .and_then(|it| super::manifest::kept_file(data, it).ok().map(|bytes| (it, bytes)));
        let tags = here.as_ref().map(|it| it.0.tags()).unwrap_or_default();
        let answer = fetcher.fetch(&file.address, &tags, file.sha256.as_deref());
        let (bytes, tags) = match (answer, here) {
            (Ok(Fetched::File { bytes, tags }), here) => {
                unchanged &= here.is_some_and(|it| it.1 == bytes);
                (bytes, tags)
            }
            (Ok(Fetched::Unchanged), Some((_, bytes))) => (bytes, tags),
            (Ok(Fetched::Unchanged), None) => {
                let why =
                    format!("{}: the server says that it is here, and it is not", file.address);
                return Ok(News::Kept(why));
            }
            (Err(error), _) => return Ok(News::Kept(format!("{}: {error}", file.address))),
        };
        let name = name_of(&file.address);
        files.push(IncomingFile { name, bytes, address: Some(file.address.clone()), tags });
    }
    if unchanged && let Some(kept) = manifest.source.get_mut(&remote.name) {
        kept.current_on = Some(terms.today.to_string());
        for (kept, file) in kept.file.iter_mut().zip(&files) {
            kept.etag.clone_from(&file.tags.etag);
            kept.last_modified.clone_from(&file.tags.last_modified);
        }
        return Ok(News::Unchanged);
    }
    let incoming = Incoming { name: remote.name.clone(), files, current_on: Some(terms.today) };
    taken(data, manifest, &incoming, terms)
}

fn taken(
    data: &DataFolder,
    manifest: &mut Manifest,
    incoming: &Incoming,
    terms: Terms,
) -> Result<News, Trouble> {
    let taken = take(data, manifest, incoming, terms.accept_shrunken, terms.today)?;
    Ok(match taken {
        Ok(taken) => News::New(taken),
        Err(refusal) if refusal.may_be_meant() => News::Shrunken(refusal.to_string()),
        Err(refusal) => News::Kept(refusal.to_string()),
    })
}

/// The last part of an address.
fn name_of(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let name = path.rsplit('/').next().unwrap_or_default();
    if is_name(name) { name.to_owned() } else { "list".to_owned() }
}

/// What lies in the drop folder: each file is a source, and so is each folder with its files.
fn dropped(folder: &Path) -> Result<Vec<(String, Vec<PathBuf>)>, Trouble> {
    let mut sources = Vec::new();
    if !folder.is_dir() {
        return Ok(sources);
    }
    for path in entries(folder)? {
        let name = path.file_stem().and_then(|it| it.to_str()).unwrap_or_default().to_owned();
        if !is_name(&name) {
            continue;
        }
        if path.is_dir() {
            let files: Vec<PathBuf> =
                entries(&path)?.into_iter().filter(|it| it.is_file()).collect();
            sources.push((name, files));
        } else {
            sources.push((name, vec![path]));
        }
    }
    Ok(sources)
}

/// The files and folders of a folder in order, without hidden ones and checksums.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let trouble = |error| Trouble::reading(folder, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        let hidden =
            path.file_name().and_then(|it| it.to_str()).is_none_or(|it| it.starts_with('.'));
        if !hidden && path.extension().is_none_or(|it| it != "sha256") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn put_there(
    data: &DataFolder,
    name: &str,
    paths: &[PathBuf],
    manifest: &mut Manifest,
    terms: Terms,
) -> Result<News, Trouble> {
    let mut files = Vec::new();
    for path in paths {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(News::Kept(Trouble::reading(path, &error).what())),
        };
        if let Some(want) = checksum_beside(path)
            && !want.eq_ignore_ascii_case(sha256(&bytes).as_str())
        {
            return Ok(News::Kept(format!("`{}` is not what its checksum says", path.display())));
        }
        let file = path.file_name().and_then(|it| it.to_str()).unwrap_or("list").to_owned();
        files.push(IncomingFile { name: file, bytes, address: None, tags: Tags::default() });
    }
    let kept = manifest.source.get(name);
    let same = |kept: &KeptFile, file: &IncomingFile| kept.sha256 == sha256(&file.bytes).as_str();
    let unchanged = kept.is_some_and(|it| {
        it.file.len() == files.len() && it.file.iter().zip(&files).all(|(a, b)| same(a, b))
    });
    if unchanged {
        return Ok(News::Unchanged);
    }
    // Nobody says of which day it is but the files themselves.
    let incoming = Incoming { name: name.to_owned(), files, current_on: None };
    taken(data, manifest, &incoming, terms)
}

/// The checksum in the file of the same name and `.sha256`, as `sha256sum` writes it.
fn checksum_beside(path: &Path) -> Option<String> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".sha256");
    let text = fs::read_to_string(PathBuf::from(beside)).ok()?;
    text.split_whitespace().next().map(str::to_owned)
}
