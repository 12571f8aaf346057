//! `exeat lists import`: list files into the snapshot that answers.

use super::{Exit, Form, Stop};
use crate::cli::complain;
use crate::clock;
use crate::data::DataFolder;
use crate::fetch::Tags;
use crate::keep;
use crate::lists::manifest::Manifest;
use crate::lists::refresh::{self, Incoming, IncomingFile, LeftOut, bytes_of, put_in_place};
use crate::lists::settings::is_name;
use crate::lists::size;
use crate::trouble::Trouble;
use jiff::civil::Date;
use screening::lists::{ListFile, import};
use std::fs;
use std::path::{Path, PathBuf};

/// Import official list files, or one of your own
///
/// The format is told by the content. Files that belong together, such as sdn.csv, alt.csv and
/// add.csv, are given in one command. A list that was imported before is replaced, unless the new
/// one is older or has lost entries, names, addresses or license requirements.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// List files, as published
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What the source is called here (default: the first file's name)
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The day on which these files were the current ones, where you know it
    #[arg(long, value_name = "DATE")]
    current_on: Option<Date>,
    /// Take a list even where it is older or holds far less than before, or than it has ever held
    #[arg(long)]
    accept_shrunken: bool,
    /// Write a snapshot of these files alone, and leave the data folder as it is
    #[arg(long, short, value_name = "SNAPSHOT")]
    out: Option<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Imports the files.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let files = read(&args.files)?;
    if let Some(out) = &args.out {
        return write_alone(args, &files, out);
    }
    let data = DataFolder::open()?;
    let mut manifest = Manifest::read(&data)?;
    let incoming = Incoming { name: name(args)?, files, current_on: args.current_on };
    let taken =
        refresh::take(&data, &mut manifest, &incoming, args.accept_shrunken, clock::today())?
            .map_err(|refusal| {
                let help = if refusal.may_be_meant() {
                    "the lists that were here before still answer; --accept-shrunken says that it \
                     is meant"
                } else {
                    "the lists that were here before still answer"
                };
                Trouble::new(format!("nothing was imported: {refusal}")).help(help)
            })?;
    for problem in taken.problems.iter().take(SHOWN) {
        complain(&format!("note: {problem}"));
    }
    if taken.problems.len() > SHOWN {
        complain(&format!("note: {} more like these", taken.problems.len() - SHOWN));
    }
    for LeftOut { list, source } in put_in_place(&data, &manifest)? {
        complain(&format!(
            "note: {list} of `{source}` is not used: another source has it younger, fuller or as published"
        ));
    }
    for list in taken.undated {
        complain(&format!("note: {}", undated(&list)));
    }
    super::status::print(&data.snapshot(), args.format)
}

/// What is said of a list whose file tells no day.
fn undated(list: &str) -> String {
    format!(
        "the file says no day for {list}: nobody knows how old the list is, and it clears no name. \
         Import it again with --current-on DATE, the day on which it was the current one"
    )
}

/// How many problems are named.
const SHOWN: usize = 10;

fn name(args: &Args) -> Result<String, Trouble> {
    if let Some(name) = &args.name {
        return if is_name(name) {
            Ok(name.clone())
        } else {
            Err(Trouble::new(format!("`{name}` cannot name a source"))
                .help("use letters, digits, `-`, `_` and `.`"))
        };
    }
    let stem = args.files.first().and_then(|it| it.file_stem()?.to_str()).unwrap_or("list");
    let fine = |it: char| if it.is_ascii_alphanumeric() || "-_.".contains(it) { it } else { '-' };
    let name: String = stem.chars().map(fine).collect();
    Ok(name.trim_start_matches('.').to_owned())
}

fn read(paths: &[PathBuf]) -> Result<Vec<IncomingFile>, Trouble> {
    let file = |path: &PathBuf| {
        let bytes = fs::read(path).map_err(|error| Trouble::reading(path, &error))?;
        let name =
            path.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
        Ok(IncomingFile { name, bytes, address: None, tags: Tags::default() })
    };
    paths.iter().map(file).collect()
}

/// A snapshot of the files alone.
fn write_alone(args: &Args, files: &[IncomingFile], out: &Path) -> Result<Exit, Stop> {
    let files: Vec<ListFile<'_>> =
        files.iter().map(|it| ListFile { name: &it.name, bytes: &it.bytes }).collect();
    let mut import = import(&files);
    if !import.failures.is_empty() {
        let failures: Vec<String> = import.failures.iter().map(ToString::to_string).collect();
        return Err(Trouble::new(format!("nothing was imported: {}", failures.join("; "))).into());
    }
    if !args.accept_shrunken {
        for small in size::doubt(&mut import.lists) {
            complain(&format!("warning: {small} (--accept-shrunken says that it is meant)"));
        }
    }
    for problem in import.problems.iter().take(SHOWN) {
        complain(&format!("note: {problem}"));
    }
    for list in &mut import.lists {
        if let Some(day) = args.current_on {
            list.source.date = list.source.date.max(Some(day));
            list.source.dated = true;
        }
    }
    for list in import.lists.iter().filter(|it| it.source.date.is_none()) {
        complain(&format!("note: {}", undated(&list.source.code)));
    }
    let bytes = bytes_of(&import.lists)?;
    keep::replace(out, &bytes).map_err(|error| Trouble::writing(out, &error))?;
    super::status::print(out, args.format)
}
