//! `exeat rules fmt`: the one way to write a rule file.

use crate::cli::{Exit, Stop, complain};
use crate::keep;
use crate::library::read_folder;
use crate::trouble::Trouble;
use law::diagnostic::render_all;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Write rule files in the one way they are written
///
/// Exit codes: 0 done, 1 a file could not be read or, with --check, is not formatted.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Change nothing; name the files that are not formatted
    #[arg(long)]
    check: bool,
    /// The folder of the rulebook
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Formats every `.law` file of the folder.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let mut out = anstream::stdout();
    let mut exit = Exit::Fine;
    for file in read_folder(&args.folder)? {
        if Path::new(&file.name).extension().is_none_or(|it| it != "law") {
            continue;
        }
        let path = args.folder.join(&file.name);
        match law::format(&file) {
            Ok(text) if text == file.text => {}
            Ok(text) => {
                writeln!(out, "{}", path.display())?;
                if args.check {
                    exit = Exit::Failed;
                } else {
                    keep::replace(&path, text.as_bytes())
                        .map_err(|error| Trouble::writing(&path, &error))?;
                }
            }
            Err(diagnostics) => {
                complain(&render_all(&diagnostics, std::slice::from_ref(&file)));
                exit = Exit::Failed;
            }
        }
    }
    Ok(exit)
}
