//! `exeat lists search`: entries in which a text stands. For who a name may be, see `screen`.

use super::{Exit, Form, Stop};
use crate::json::Layout;
use crate::lists::entries::Entries;
use crate::lists::open::open;
use crate::report::listed::kind;
use std::io::Write;
use std::path::PathBuf;

/// Find entries in which a text stands: in a name, an address, a number, a program or a remark
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The text; case does not matter
    #[arg(value_name = "TEXT")]
    text: String,
    /// Only in this list, such as EL
    #[arg(long, value_name = "LIST")]
    list: Option<String>,
    /// At most so many entries
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
    /// A snapshot, instead of the one in the data folder
    #[arg(long, value_name = "SNAPSHOT")]
    lists: Option<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Prints the entries.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let lists = open(args.lists.as_deref())?;
    let Entries { found, more } =
        Entries::of(&lists, &args.text, args.list.as_deref(), args.limit)?;
    let mut bytes = Vec::new();
    match args.format {
        Form::Text => {
            for it in &found {
                let name = it.names.first().map_or("", |it| it.text.as_str());
                let kind = kind(it.kind);
                let line = format!("{}:{}  {name}  ({kind})\n", it.list, it.id);
                bytes.extend_from_slice(line.as_bytes());
            }
            let end = match (found.len(), more) {
                (0, _) => format!("No entry has `{}`.\n", args.text),
                (_, 0) => String::new(),
                _ => format!("and {more} more; --limit shows them\n"),
            };
            bytes.extend_from_slice(end.as_bytes());
        }
        Form::Json => {
            crate::api::lists::entries(&Entries { found, more }, Layout::Pretty, &mut bytes);
            bytes.push(b'\n');
        }
    }
    anstream::stdout().write_all(&bytes)?;
    Ok(Exit::Fine)
}
