//! `exeat-portfolio`: what Exeat does with files of columns. It stands beside `exeat`, which runs it
//! where it is given a Parquet file, so that `exeat` itself need not know that format.

mod rows;

use clap::{Parser, Subcommand};
use rows::Wanted;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::panic;
use std::path::PathBuf;
use std::process::ExitCode;

/// What Exeat reads of Parquet files
#[derive(Debug, Parser)]
#[command(name = "exeat-portfolio", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the rows of a Parquet file as JSON, one object a line
    ///
    /// `exeat screen`, `check`, `impact` and `classify` read such lines. A value that is missing is
    /// left out, and not written as null. Dates are written as 2026-09-24, times in UTC.
    Rows {
        /// The Parquet file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Only the rows whose numbers stand on standard input: from 1, rising, one a line
        #[arg(long)]
        some: bool,
    },
}

fn main() -> ExitCode {
    let Command::Rows { file, some } = Cli::parse().command;
    // What the reader of the format stumbles over is told as what is wrong with the file.
    panic::set_hook(Box::new(|_| {}));
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let wanted = if some { Wanted::read(io::stdin().lock()) } else { Ok(Wanted::All) };
    let written = wanted.and_then(|it| rows::write(&file, &it, &mut out));
    // What was read stands, whatever came after it.
    let flushed = out.flush().map_err(rows::Error::Writing);
    match written.and(flushed) {
        Ok(()) => ExitCode::SUCCESS,
        // Who reads no further wants no more.
        Err(rows::Error::Writing(error)) if error.kind() == ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "the one place where this program complains")]
            {
                eprintln!("error: `{}`: {error}", file.display());
            }
            ExitCode::FAILURE
        }
    }
}
