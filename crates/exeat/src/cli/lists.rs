//! `exeat lists`: the restricted-party lists on this machine.

mod diff;
mod import;
mod search;
mod show;
mod status;
mod update;

use super::{Exit, Stop};
use crate::results::Form;
use clap::Subcommand;

/// Import, update and look at restricted-party lists
#[derive(Debug, clap::Args)]
#[command(after_help = "Without lists of its own, exeat searches a small built-in list of \
                        cyber-related entries, which is no screening. The lists are kept in \
                        EXEAT_DATA (default: the platform's folder for data of programs).")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Args),
    Update(update::Args),
    Status(status::Args),
    Diff(diff::Args),
    Show(show::Args),
    Search(search::Args),
}

/// Does what the command says.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    match &args.command {
        Command::Import(args) => import::run(args),
        Command::Update(args) => update::run(args),
        Command::Status(args) => status::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Show(args) => show::run(args),
        Command::Search(args) => search::run(args),
    }
}
