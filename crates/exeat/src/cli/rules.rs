//! `exeat rules`: for those who write and read the rulebook.

mod check;
mod coverage;
mod diff;
mod drift;
mod fmt;
mod mutate;
mod prove;
mod show;
pub(crate) mod text;

use super::{Exit, Stop};
use clap::Subcommand;

/// Check, format and compare rulebooks
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Fmt(fmt::Args),
    Show(show::Args),
    Diff(diff::Args),
    Drift(drift::Args),
    Coverage(coverage::Args),
    Mutate(mutate::Args),
    Prove(prove::Args),
}

/// Does what the command says.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    match &args.command {
        Command::Check(args) => check::run(args),
        Command::Fmt(args) => fmt::run(args),
        Command::Show(args) => show::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Drift(args) => drift::run(args),
        Command::Coverage(args) => coverage::run(args),
        Command::Mutate(args) => mutate::run(args),
        Command::Prove(args) => prove::run(args),
    }
}
