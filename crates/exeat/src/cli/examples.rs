//! `exeat examples`: the examples that are in the program.

use super::{Exit, Stop};
use crate::examples;
use std::io::Write;

/// List the examples, or print one
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The example to print, as YAML
    name: Option<String>,
}

/// Prints the list, or one example.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let mut out = anstream::stdout();
    if let Some(name) = &args.name {
        write!(out, "{}", examples::find(name)?.text)?;
        return Ok(Exit::Fine);
    }
    let longest = examples::all().map(|it| it.name.len()).max().unwrap_or_default();
    for example in examples::all() {
        writeln!(out, "{:longest$}  {}", example.name, example.about())?;
    }
    writeln!(out, "\nTry one: exeat check --example NAME. Print it: exeat examples NAME.")?;
    Ok(Exit::Fine)
}
