//! `exeat rules show`: a paragraph's blocks as they are written.

use crate::cli::explain::{find, write_json};
use crate::cli::rules::text::source;
use crate::cli::{Exit, Stop};
use crate::library::{RulesArg, load};
use crate::results::Form;
use jiff::civil::Date;
use std::io::Write;

/// Print the blocks of a paragraph as they are written
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The paragraph, such as `740.22(c)(2)`
    paragraph: String,
    /// The day [default: the last day through which the rulebook was verified]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    rules: RulesArg,
}

/// Prints the blocks in force on the day.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let loaded = load(args.rules.files()?)?;
    let on = args.on.unwrap_or(loaded.rulebook.verified_through);
    let blocks = find(&loaded.rulebook, &args.paragraph, on)?;
    if args.format == Form::Json {
        write_json(&args.paragraph, on, &blocks, &loaded)?;
        return Ok(Exit::Fine);
    }
    let mut out = anstream::stdout();
    if blocks.is_empty() {
        writeln!(out, "# The rulebook knows this paragraph, and has no rule for it.")?;
    }
    for (place, block) in blocks.iter().filter_map(|it| loaded.rulebook.block(*it)).enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        if let Some(file) = loaded.files.get(usize::from(block.span.file)) {
            writeln!(out, "# {}:{}", file.name, file.position(block.span.start).0)?;
        }
        writeln!(out, "{}", source(block, &loaded.files))?;
    }
    Ok(Exit::Fine)
}
