//! The manifest: which files are kept of which source, of which day, and what was in them.
//!
//! Files are kept under their digests, so that a new manifest can be written before the old files
//! are gone. What no manifest names is removed afterwards.

use crate::data::DataFolder;
use crate::digest::sha256;
use crate::fetch::Tags;
use crate::keep;
use crate::trouble::Trouble;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

/// What is kept.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// The sources, by name.
    #[serde(default)]
    pub(crate) source: BTreeMap<String, Kept>,
}

/// A source that is kept.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    /// The last day on which it was the current one; where nobody checked, the files' own day
    /// counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) current_on: Option<String>,
    /// The day on which it came here.
    pub(crate) came: String,
    /// Whether somebody said that lists as small as these are meant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) small_is_meant: bool,
    /// How many entries each list had.
    #[serde(default)]
    pub(crate) entries: BTreeMap<String, u64>,
    /// Its files.
    pub(crate) file: Vec<KeptFile>,
}

/// A file that is kept.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptFile {
    /// What it was called.
    pub(crate) name: String,
    /// Its digest, under which it is kept.
    pub(crate) sha256: String,
    /// Where it was fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<String>,
    /// As the server named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    /// As the server dated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_modified: Option<String>,
}

impl KeptFile {
    /// What tells the server which file is here.
    pub(crate) fn tags(&self) -> Tags {
        Tags { etag: self.etag.clone(), last_modified: self.last_modified.clone() }
    }
}

impl Kept {
    /// The last day on which it was the current one, where somebody checked.
    pub(crate) fn current_on(&self) -> Option<Date> {
        self.current_on.as_ref()?.parse().ok()
    }
}

/// Where the manifest of a data folder is.
fn path(data: &DataFolder) -> PathBuf {
    data.sources().join("manifest.toml")
}

impl Manifest {
    /// The manifest of a data folder; an empty one where nothing is kept.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub(crate) fn read(data: &DataFolder) -> Result<Self, Trouble> {
        let path = path(data);
        match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| {
                Trouble::new(format!("`{}`: {error}", path.display()))
                    .help("remove the file, and import or update the lists again")
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Trouble::reading(&path, &error)),
        }
    }

    /// Keeps this manifest, and removes files that it no longer names.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written.
    pub(crate) fn keep(&self, data: &DataFolder) -> Result<(), Trouble> {
        let path = path(data);
        let text = toml::to_string_pretty(self).map_err(|error| Trouble::new(error.to_string()))?;
        keep::replace(&path, text.as_bytes()).map_err(|error| Trouble::writing(&path, &error))?;
        let named: Vec<&str> =
            self.source.values().flat_map(|it| &it.file).map(|it| it.sha256.as_str()).collect();
        for entry in fs::read_dir(data.sources()).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let kept = name.to_str().is_none_or(|it| it.len() != 64 || named.contains(&it));
            if !kept {
                // What is left over takes room and does no harm.
                drop(fs::remove_file(entry.path()));
            }
        }
        Ok(())
    }
}

/// Keeps a file under its digest.
///
/// # Errors
///
/// Where the folder cannot be written.
pub(crate) fn keep_file(data: &DataFolder, bytes: &[u8]) -> Result<String, Trouble> {
    let folder = data.sources();
    fs::create_dir_all(&folder).map_err(|error| Trouble::writing(&folder, &error))?;
    let digest = sha256(bytes);
    let path = folder.join(digest.as_str());
    let there = fs::metadata(&path).is_ok_and(|it| it.len() == bytes.len() as u64);
    if !there {
        keep::replace(&path, bytes).map_err(|error| Trouble::writing(&path, &error))?;
    }
    Ok(digest.to_string())
}

/// A kept file's bytes.
///
/// # Errors
///
/// Where it cannot be read, or is not what it was.
pub(crate) fn kept_file(data: &DataFolder, file: &KeptFile) -> Result<Vec<u8>, Trouble> {
    let path = data.sources().join(&file.sha256);
    let bytes = fs::read(&path).map_err(|error| Trouble::reading(&path, &error))?;
    if sha256(&bytes).as_str() == file.sha256 {
        return Ok(bytes);
    }
    Err(Trouble::new(format!("`{}` ({}) is no longer what it was", path.display(), file.name))
        .help("import or update the list again"))
}
