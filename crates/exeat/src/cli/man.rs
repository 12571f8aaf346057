//! `exeat man`: manual pages.

use super::{Cli, Exit, Stop};
use crate::trouble::Trouble;
use clap::CommandFactory;
use clap_mangen::Man;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

/// Print the manual page, or write the pages of all commands
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write one page for each command into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints or writes the pages.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &args.out else {
        io::stdout().write_all(&page(command)?)?;
        return Ok(Exit::Fine);
    };
    fs::create_dir_all(folder).map_err(|error| Trouble::writing(folder, &error))?;
    let mut pages = Vec::new();
    collect(&command, &mut pages);
    for command in pages {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let path = folder.join(format!("{name}.1"));
        fs::write(&path, page(command)?).map_err(|error| Trouble::writing(&path, &error))?;
    }
    Ok(Exit::Fine)
}

/// A command and the commands in it.
fn collect(command: &clap::Command, pages: &mut Vec<clap::Command>) {
    pages.push(command.clone());
    for inner in command.get_subcommands() {
        collect(inner, pages);
    }
}

fn page(command: clap::Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(page)
}
