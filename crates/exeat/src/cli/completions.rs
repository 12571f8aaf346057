//! `exeat completions`: what a shell needs to complete commands.

use super::{Cli, Exit, Stop};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{self, Write};

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "exeat", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Exit::Fine)
}
