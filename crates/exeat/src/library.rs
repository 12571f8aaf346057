//! Rulebooks: the one in the program, or one in a folder.
//!
//! The digest says exactly which text of the law answered: SHA-256 over the files, sorted by
//! name, each as its name, its length and its bytes.

use crate::trouble::Trouble;
use decision::catalogue::Catalogue;
use decision::{Engine, Options, Trace};
use jiff::civil::Date;
use law::diagnostic::render_all;
use law::rulebook::Rulebook;
use law::{Diagnostic, Loaded, Selection, Severity, SourceFile};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

include!(concat!(env!("OUT_DIR"), "/rulebook.rs"));

// Two checkouts that share a target folder share the output of the build script as well, and cargo
// watches the files of the one that ran it: the program would hold the law of the other.
const _: () = assert!(
    is_same(RULEBOOK_OF.as_bytes(), env!("CARGO_MANIFEST_DIR").as_bytes()),
    "the rulebook is that of another checkout, which shares this target folder: run `cargo clean \
     -p exeat`, with `--release` too where that was built"
);

/// Whether two texts are the same.
const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([first, rest @ ..], [second, left @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (rest, left);
    }
    one.is_empty() && other.is_empty()
}

/// Which law is applied, and how.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct LawArgs {
    /// Ask for every missing fact instead of presuming it
    #[arg(long)]
    pub(crate) strict: bool,
    /// Apply the law of this day instead of the transaction's date
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    /// How old the verified law may be before a permissive answer needs review
    #[arg(long, value_name = "DAYS", default_value_t = 180)]
    pub(crate) max_law_age: u32,
    #[command(flatten)]
    pub(crate) rules: RulesArg,
}

/// Which rulebook is read.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct RulesArg {
    /// Read the rulebook in this folder instead of the one in the program
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Option<PathBuf>,
    /// Let versions take part that are not law by themselves: adopted ones, proposed ones
    #[arg(long, value_name = "STATUS", value_enum)]
    pub(crate) also: Vec<Also>,
}

/// A status that is not law.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub(crate) enum Also {
    /// Adopted, and not in force
    Adopted,
    /// Only proposed
    Proposed,
}

impl Also {
    /// As it is written.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Proposed => "proposed",
        }
    }
}

impl LawArgs {
    /// The engine's options, for a trace of that depth. `answers`: whether questions say what each
    /// answer would lead to, which takes time.
    pub(crate) fn options(&self, trace: Trace, answers: bool) -> Options {
        Options { strict: self.strict, max_law_age: self.max_law_age, on: self.on, trace, answers }
    }
}

impl RulesArg {
    /// The files of the rulebook.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be read.
    pub(crate) fn files(&self) -> Result<Vec<SourceFile>, Trouble> {
        match &self.rules {
            Some(folder) => read_folder(folder),
            None => Ok(RULEBOOK
                .iter()
                .map(|(name, text)| SourceFile {
                    name: (*name).to_owned(),
                    text: (*text).to_owned(),
                })
                .collect()),
        }
    }

    /// The engine over the rulebook.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be read or the rulebook is refused.
    pub(crate) fn engine(&self) -> Result<Engine, Trouble> {
        self.engine_over(self.files()?)
    }

    /// The engine over these files.
    ///
    /// # Errors
    ///
    /// Where the rulebook is refused.
    pub(crate) fn engine_over(&self, files: Vec<SourceFile>) -> Result<Engine, Trouble> {
        let digest = match &self.rules {
            Some(_) => digest(&files),
            None => RULEBOOK_DIGEST.to_owned(),
        };
        let selection = Selection {
            adopted: self.also.contains(&Also::Adopted),
            proposed: self.also.contains(&Also::Proposed),
        };
        Ok(Engine::with_selection(load(files)?, digest, selection))
    }
}

/// Reads and checks a rulebook.
///
/// # Errors
///
/// Everything that is wrong with it.
pub(crate) fn load(files: Vec<SourceFile>) -> Result<Loaded, Trouble> {
    Rulebook::load(files, Catalogue::new().schema).map_err(|error| {
        let errors: Vec<Diagnostic> =
            error.diagnostics.into_iter().filter(|it| it.severity == Severity::Error).collect();
        let errors = render_all(&errors, &error.files);
        Trouble::new(format!("the rulebook was refused\n\n{}", errors.trim_end()))
            .help("`exeat rules check DIR` says more")
    })
}

/// The rulebook's files in a folder and the folders in it, sorted by name.
///
/// # Errors
///
/// Where it cannot be read, or has no `rulebook.toml`.
pub(crate) fn read_folder(folder: &Path) -> Result<Vec<SourceFile>, Trouble> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    if !files.iter().any(|it| it.name == "rulebook.toml") {
        return Err(Trouble::new(format!("there is no `rulebook.toml` in `{}`", folder.display()))
            .help("name the folder of a rulebook, such as rulebooks/us-ear"));
    }
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<(), Trouble> {
    let trouble = |error| Trouble::reading(folder, &error);
    for entry in fs::read_dir(folder).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        let kind = path.extension().and_then(|it| it.to_str());
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if matches!(kind, Some("law" | "toml" | "csv")) {
            let name =
                path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let text =
                fs::read_to_string(&path).map_err(|error| Trouble::reading(&path, &error))?;
            files.push(SourceFile { name, text });
        }
    }
    Ok(())
}

/// The bytes that the digest of a rulebook is made of, from which [`files_of`] reads it again.
pub(crate) fn bytes(files: &[SourceFile]) -> Vec<u8> {
    let mut sorted: Vec<&SourceFile> = files.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let mut out = Vec::new();
    for file in sorted {
        for bytes in [file.name.as_bytes(), file.text.as_bytes()] {
            out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
            out.extend_from_slice(bytes);
        }
    }
    out
}

/// The files of a rulebook that was kept as [`bytes`].
///
/// # Errors
///
/// Where the bytes are not those of a rulebook.
pub(crate) fn files_of(mut bytes: &[u8]) -> Result<Vec<SourceFile>, Trouble> {
    let wrong = || Trouble::new("what is kept as a rulebook is none");
    let mut text = || {
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
        let (text, rest) = rest.split_at_checked(length)?;
        bytes = rest;
        Some((String::from_utf8(text.to_vec()).ok()?, rest.is_empty()))
    };
    let mut files = Vec::new();
    loop {
        let (Some((name, _)), Some((text, is_last))) = (text(), text()) else {
            return Err(wrong());
        };
        files.push(SourceFile { name, text });
        if is_last {
            return Ok(files);
        }
    }
}

/// The digest of a rulebook.
pub(crate) fn digest(files: &[SourceFile]) -> String {
    let mut hash = Sha256::new();
    hash.update(bytes(files));
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
