//! `exeat rules prove`: what is so of every transaction that there could be.
//!
//! One line for each property as it is proved. Where one fails, the transaction that shows it
//! follows in the form that `exeat check` reads.

use crate::cli::{Exit, Stop};
use crate::json::{Layout, Writer};
use crate::library::RulesArg;
use decision::proof::{Proof, Verdict};
use std::io::{self, Write};

/// Prove properties of the rulebook: of every transaction, on every day
///
/// One line for each property. Where one fails, a transaction that shows it follows, if one was
/// found; `exeat check` reads it. docs/proofs.md says what each ranges over. Exit codes: 0 all of
/// them hold, 1 one does not.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only the properties with this in their words or their citation, such as `ACE`
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    #[command(flatten)]
    rules: RulesArg,
}

/// How it is answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// For a person.
    Text,
    /// One JSON object a line.
    Jsonl,
}

/// Proves and prints.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let engine = args.rules.engine()?.for_few();
    let mut written = Ok(());
    let (mut held, mut failed) = (0, 0);
    engine.prove(args.only.as_deref(), |proof| {
        if proof.holds() {
            held += 1;
        } else {
            failed += 1;
        }
        if written.is_ok() {
            written = match args.format {
                Output::Text => write!(anstream::stdout(), "{}", text(&proof)),
                Output::Jsonl => io::stdout().write_all(&json(&proof)),
            };
        }
    });
    written?;
    if args.format == Output::Text {
        writeln!(anstream::stdout(), "{held} proved, {failed} not.")?;
    }
    Ok(if failed == 0 { Exit::Fine } else { Exit::Failed })
}

fn text(proof: &Proof) -> String {
    let Proof { property, citation, over, verdict } = proof;
    let citation = if citation.is_empty() { String::new() } else { format!(" [{citation}]") };
    match verdict {
        Verdict::Holds => format!("proved  {property}{citation}: {over}\n"),
        Verdict::Fails { why, counterexample } => {
            let shown = counterexample.as_deref().unwrap_or("no ordinary transaction shows it");
            format!("FAILS   {property}{citation}: {why}\n        {shown}\n")
        }
    }
}

fn json(proof: &Proof) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (why, counterexample) = match &proof.verdict {
        Verdict::Holds => (None, None),
        Verdict::Fails { why, counterexample } => (Some(why.as_str()), counterexample.as_deref()),
    };
    Writer::new(&mut bytes, Layout::Line).object(|json| {
        json.text_of("property", &proof.property);
        json.text_of("citation", proof.citation);
        json.text_of("over", &proof.over);
        json.bool_of("holds", proof.holds());
        json.optional_of("why", why);
        json.optional_of("counterexample", counterexample);
    });
    bytes.push(b'\n');
    bytes
}
