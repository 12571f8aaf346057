//! The data folder: where snapshots, match decisions and settings are kept. Nothing is written
//! elsewhere unless a command names a file.

use crate::trouble::Trouble;
use std::env::var_os;
use std::path::{Path, PathBuf};

/// The variable that names the folder.
const VARIABLE: &str = "EXEAT_DATA";

/// The data folder. It need not exist.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct DataFolder(PathBuf);

impl DataFolder {
    /// The one that `EXEAT_DATA` names, or the platform's for data of a program.
    ///
    /// # Errors
    ///
    /// Where neither is known.
    pub(crate) fn open() -> Result<Self, Trouble> {
        let named = |name: &str| var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
        let home = |inside: &str| named("HOME").map(|it| it.join(inside));
        let platform = || {
            if cfg!(windows) {
                named("LOCALAPPDATA")
            } else if cfg!(target_os = "macos") {
                home("Library/Application Support")
            } else {
                // A relative path there is to be ignored, says the XDG specification.
                let named = named("XDG_DATA_HOME").filter(|it| it.is_absolute());
                named.or_else(|| home(".local/share"))
            }
        };
        named(VARIABLE).or_else(|| platform().map(|it| it.join("exeat"))).map(Self).ok_or_else(
            || {
                Trouble::new("no folder for data is known")
                    .help(format!("set {VARIABLE} to a folder"))
            },
        )
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The snapshot that answers.
    pub(crate) fn snapshot(&self) -> PathBuf {
        self.0.join("lists/current.snapshot")
    }

    /// The last good file of every source, from which the snapshot is made.
    pub(crate) fn sources(&self) -> PathBuf {
        self.0.join("lists/sources")
    }

    /// Where lists are fetched, and how.
    pub(crate) fn settings(&self) -> PathBuf {
        self.0.join("lists.toml")
    }

    /// The records, where they are a file.
    pub(crate) fn records(&self) -> PathBuf {
        self.0.join("records.db")
    }

    /// How a server is run.
    pub(crate) fn server_settings(&self) -> PathBuf {
        self.0.join("exeat.toml")
    }

    /// What people decided about matches.
    pub(crate) fn decisions(&self) -> PathBuf {
        self.0.join("decisions.toml")
    }
}
