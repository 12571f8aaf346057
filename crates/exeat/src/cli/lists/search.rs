//! `exeat lists search`: entries in which a text stands. For who a name may be, see `screen`.

use super::{Exit, Form, Stop};
use crate::api::listed;
use crate::json::{Layout, Writer};
use crate::lists::open::open;
use crate::report::listed::{address, kind};
use crate::trouble::Trouble;
use screening::ListedParty;
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
    let wanted = args.text.to_lowercase();
    let mut found: Vec<ListedParty> = Vec::new();
    let mut more = 0_u64;
    for party in lists.snapshot.parties() {
        let party = party.map_err(|error| Trouble::new(error.to_string()))?;
        let in_list = args.list.as_ref().is_none_or(|it| it.eq_ignore_ascii_case(&party.list));
        if !in_list || !stands_in(&party, &wanted) {
            continue;
        }
        if found.len() < args.limit {
            found.push(party);
        } else {
            more += 1;
        }
    }
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
            Writer::new(&mut bytes, Layout::Pretty).object(|json| {
                json.objects_of("entries", &found, listed::fields);
                json.number_of("more", more);
            });
            bytes.push(b'\n');
        }
    }
    anstream::stdout().write_all(&bytes)?;
    Ok(Exit::Fine)
}

fn stands_in(party: &ListedParty, wanted: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(wanted);
    has(&party.id)
        || party.names.iter().any(|it| has(&it.text))
        || party.addresses.iter().any(|it| has(&address(it)))
        || party.ids.iter().any(|it| has(&it.number))
        || party.programs.iter().any(|it| has(it))
        || party.notices.iter().any(|it| has(it))
        || party.remarks.as_deref().is_some_and(has)
}
