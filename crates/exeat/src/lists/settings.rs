//! `lists.toml`: where lists are fetched, and how. Without the file, the official addresses.

use crate::data::DataFolder;
use crate::fetch::{Manners, checked};
use crate::trouble::Trouble;
use serde::Deserialize;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

/// The addresses that are fetched where nothing else is said: every list of the United States in
/// one file, and that of the United Nations.
const OFFICIAL: [(&str, &str); 2] = [
    (
        "us-csl",
        "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",
    ),
    ("un", "https://scsanctions.un.org/resources/xml/en/consolidated.xml"),
];

/// What the file says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    proxy: Option<String>,
    #[serde(rename = "ca_file")]
    certificates: Option<PathBuf>,
    timeout_seconds: Option<u64>,
    attempts: Option<u32>,
    largest_megabytes: Option<u64>,
    drop_folder: Option<PathBuf>,
    source: Option<Vec<Remote>>,
}

/// A source that is fetched.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remote {
    /// What it is called here.
    pub(crate) name: String,
    /// Its files; several where they belong together.
    pub(crate) files: Vec<RemoteFile>,
}

/// A file that is fetched.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemoteFile {
    /// Its address.
    pub(crate) address: String,
    /// Its checksum, where that is known beforehand.
    pub(crate) sha256: Option<String>,
}

/// Where lists come from, and how they are fetched.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// How files are fetched.
    pub(crate) manners: Manners,
    /// What is fetched.
    pub(crate) remotes: Vec<Remote>,
    /// The folder into which files are put by hand.
    pub(crate) drop_folder: PathBuf,
}

impl Settings {
    /// What `lists.toml` of a data folder says.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or names an address that may not be fetched.
    pub(crate) fn read(data: &DataFolder) -> Result<Self, Trouble> {
        let path = data.settings();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Trouble::reading(&path, &error)),
        };
        let wrong = |what: String| {
            Trouble::new(format!("`{}`: {what}", path.display()))
                .help("docs/screening-lists.md says what may stand there")
        };
        let file: File = toml::from_str(&text).map_err(|it| wrong(it.to_string()))?;
        let usual = Manners::default();
        let manners = Manners {
            timeout: file.timeout_seconds.map_or(usual.timeout, Duration::from_secs),
            attempts: file.attempts.unwrap_or(usual.attempts).max(1),
            largest: file.largest_megabytes.map_or(usual.largest, |it| it.saturating_mul(1 << 20)),
            proxy: file.proxy,
            ca_file: file.certificates,
            wait: usual.wait,
        };
        let remotes = file.source.unwrap_or_else(official);
        for remote in &remotes {
            if !is_name(&remote.name) || remote.files.is_empty() {
                return Err(wrong(format!(
                    "the source `{}` needs a name of letters, digits, `-`, `_` and `.`, and a file",
                    remote.name
                )));
            }
            for file in &remote.files {
                checked(&file.address).map_err(|it| wrong(it.to_string()))?;
            }
        }
        let drop_folder = file.drop_folder.unwrap_or_else(|| "incoming".into());
        Ok(Self { manners, remotes, drop_folder: data.path().join(drop_folder) })
    }
}

fn official() -> Vec<Remote> {
    let remote = |(name, address): (&str, &str)| Remote {
        name: name.to_owned(),
        files: vec![RemoteFile { address: address.to_owned(), sha256: None }],
    };
    OFFICIAL.into_iter().map(remote).collect()
}

/// Whether a text can name a source.
pub(crate) fn is_name(text: &str) -> bool {
    let fine = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    !text.is_empty() && !text.starts_with('.') && text.len() <= 100 && text.chars().all(fine)
}
