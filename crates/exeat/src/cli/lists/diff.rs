//! `exeat lists diff`: what a new list changes, in people's words.

use super::{Exit, Form, Stop};
use crate::json::{Layout, Writer};
use crate::lists::open::{Lists, file, open};
use crate::trouble::Trouble;
use screening::ListedParty;
use screening::change::{ListChange, changes};
use screening::lists::List;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Say what a new snapshot of lists changes: who came, who went, and which of whose facts
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The old snapshot
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new snapshot (default: the one in the data folder)
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Compares the snapshots.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let old = lists(&named(&args.old)?)?;
    let new = match &args.new {
        Some(path) => lists(&named(path)?)?,
        None => lists(&open(None)?)?,
    };
    let changes: Vec<ListChange<'_>> =
        changes(&old, &new).into_iter().filter(|it| !it.is_empty()).collect();
    let mut out = anstream::stdout();
    match args.format {
        Form::Text => out.write_all(text(&changes).as_bytes())?,
        Form::Json => {
            let mut bytes = Vec::new();
            json(&changes, &mut bytes);
            bytes.push(b'\n');
            out.write_all(&bytes)?;
        }
    }
    Ok(Exit::Fine)
}

fn named(path: &Path) -> Result<Lists, Trouble> {
    file(path)?.ok_or_else(|| Trouble::reading(path, &std::io::ErrorKind::NotFound.into()))
}

fn lists(lists: &Lists) -> Result<Vec<List>, Trouble> {
    lists.snapshot.lists().map_err(|error| Trouble::new(error.to_string()))
}

fn name(party: &ListedParty) -> &str {
    party.names.first().map_or("", |it| it.text.as_str())
}

fn text(changes: &[ListChange<'_>]) -> String {
    // Writing to a string cannot fail.
    let mut text = String::new();
    for list in changes {
        let _ = writeln!(
            text,
            "{}: {} added, {} removed, {} changed",
            list.code,
            list.added.len(),
            list.removed.len(),
            list.changed.len()
        );
        for it in &list.added {
            let _ = writeln!(text, "  + {}:{}  {}", it.list, it.id, name(it));
        }
        for it in &list.removed {
            let _ = writeln!(text, "  - {}:{}  {}", it.list, it.id, name(it));
        }
        for it in &list.changed {
            let _ = writeln!(text, "  ~ {}:{}  {}", it.after.list, it.after.id, name(it.after));
            for field in &it.fields {
                let _ = writeln!(text, "      {field}");
            }
        }
    }
    if changes.is_empty() {
        text.push_str("Nothing changed.\n");
    }
    text
}

fn json(changes: &[ListChange<'_>], out: &mut Vec<u8>) {
    let party = |json: &mut Writer<'_>, it: &ListedParty| {
        json.text_of("id", &it.id);
        json.text_of("name", name(it));
    };
    Writer::new(out, Layout::Pretty).object(|json| {
        json.objects_of("lists", changes, |json, list| {
            json.text_of("list", list.code);
            json.objects_of("added", &list.added, |json, it| party(json, it));
            json.objects_of("removed", &list.removed, |json, it| party(json, it));
            json.objects_of("changed", &list.changed, |json, it| {
                party(json, it.after);
                json.objects_of("fields", &it.fields, |json, it| {
                    json.text_of("field", it.field);
                    json.texts_of("gone", &it.gone);
                    json.texts_of("new", &it.new);
                });
            });
        });
    });
}
