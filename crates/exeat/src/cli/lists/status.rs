//! `exeat lists status`: which lists answer, of which day, and what is not here.

use super::{Exit, Form, Stop};
use crate::cli::{is_narrow, width};
use crate::clock;
use crate::lists::open::{Lists, file, open};
use crate::report::page::{PLAIN, Page, styled};
use decision::matches::Searched;
use jiff::civil::Date;
use screening::lists::Extent;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Say which lists answer, of which day they are, and what is not here
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A snapshot, instead of the one in the data folder
    #[arg(long, value_name = "SNAPSHOT")]
    lists: Option<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Prints the state of the lists.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    show(&open(args.lists.as_deref())?, args.format)
}

/// The state of a snapshot that was just written, or of what answers where there is none.
pub(crate) fn print(snapshot: &Path, form: Form) -> Result<Exit, Stop> {
    match file(snapshot)? {
        Some(lists) => show(&lists, form),
        None => show(&open(None)?, form),
    }
}

fn show(lists: &Lists, form: Form) -> Result<Exit, Stop> {
    let today = clock::today();
    let searched = lists.searched(u32::MAX);
    let mut out = anstream::stdout();
    match form {
        Form::Text => out.write_all(text(lists, &searched, today, width()).as_bytes())?,
        Form::Json => {
            let mut bytes = Vec::new();
            crate::api::lists::status(lists, &searched, today, &mut bytes);
            bytes.push(b'\n');
            out.write_all(&bytes)?;
        }
    }
    Ok(Exit::Fine)
}

/// Words behind a heading, broken where a line ends.
fn folded(first: &str, words: &str, width: usize) -> String {
    let mut page = Page::new(width);
    page.paragraph(&styled(PLAIN, first), &[styled(PLAIN, words)]);
    page.finish()
}

fn text(lists: &Lists, searched: &Searched, today: Date, width: usize) -> String {
    // Writing to a string cannot fail.
    let mut text = String::new();
    if lists.built_in {
        text.push_str(
            "No lists were imported here. Only a small built-in list of cyber-related entries is\n\
             searched, which is no screening: run exeat lists update, or exeat lists import FILE.\n\n",
        );
    }
    let of = |date: Option<Date>| date.map_or_else(|| "unknown".to_owned(), |it| it.to_string());
    let narrow = is_narrow(width);
    if !narrow {
        text.push_str("list     entries  of          age\n");
    }
    for (source, entries) in lists.snapshot.sources() {
        let age = source.date.map_or_else(String::new, |it| days(it, today));
        let piece = if source.extent == Extent::Whole { "" } else { "  an excerpt" };
        let lost = match source.lost {
            0 => String::new(),
            lost => format!("  {lost} entries could not be read"),
        };
        let date = of(source.date);
        if narrow {
            let age = if age.is_empty() { String::new() } else { format!(", {age}") };
            let row = format!("{entries} entries of {date}{age}; {}{piece}{lost}", source.title);
            text.push_str(&folded(&format!("{:<5} ", source.code), &row, width));
            continue;
        }
        let _ = writeln!(
            text,
            "{:<7} {entries:>8}  {date:<10}  {age:<9}  {}{piece}{lost}",
            source.code, source.title
        );
    }
    let missing: Vec<&str> = searched.missing().collect();
    if !missing.is_empty() {
        let said = format!(
            "Not here as a whole, though the law reads it: {}. A name is not cleared without it.",
            missing.join(", ")
        );
        text.push('\n');
        text.push_str(&folded("", &said, width.max(if narrow { 0 } else { 100 })));
    }
    let _ = writeln!(text, "\nSnapshot {}", searched.digest);
    text
}

fn days(from: Date, to: Date) -> String {
    match from.until(to).map_or(0, |it| it.get_days()) {
        0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}
