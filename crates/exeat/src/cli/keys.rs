//! `exeat keys`: keys for programs, from the machine that holds the records.

use super::{Exit, Stop, complain};
use crate::api::{commands, recorded};
use crate::clock;
use crate::desk::keys::{Keys, Wanted, Word};
use crate::records::RecordsArg;
use crate::results::Form;
use crate::trouble::Trouble;
use clap::Subcommand;
use jiff::{SignedDuration, Timestamp};
use std::io::Write;

/// Make, list and end the keys by which programs ask a server
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a key; it is printed once and kept nowhere
    Add(Add),
    /// List the keys that were not ended
    List(Where),
    /// End a key
    End(End),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// What people call it, such as `checkout`
    name: String,
    /// What it may do: check, screen, record, cases:read, cases:write, handle, audit, lists, health
    #[arg(long = "scope", value_name = "SCOPE", required = true, value_delimiter = ',', value_parser = word)]
    scopes: Vec<Word>,
    /// After how many days it is refused
    #[arg(long, value_name = "DAYS")]
    days: Option<u32>,
    /// How many requests a second it may make
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    rate: Option<u32>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    records: RecordsArg,
}

#[derive(Debug, clap::Args)]
struct Where {
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    records: RecordsArg,
}

#[derive(Debug, clap::Args)]
struct End {
    /// The id of the key
    id: String,
    #[command(flatten)]
    records: RecordsArg,
}

/// Who did it, in the records.
const BY: &str = "command line";

fn word(text: &str) -> Result<Word, String> {
    Word::try_from(text.to_owned())
}

/// Makes, lists or ends keys.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    match &args.command {
        Command::Add(args) => add(args),
        Command::List(args) => list(args),
        Command::End(args) => {
            let keys = Keys::new(args.records.open()?);
            keys.end(BY, &args.id, clock::now()).map_err(|it| Trouble::new(it.to_string()))?;
            complain("ended; every server refuses it within two seconds");
            Ok(Exit::Fine)
        }
    }
}

fn add(args: &Add) -> Result<Exit, Stop> {
    let now = clock::now();
    let expires = |days: u32| now.checked_add(SignedDuration::from_hours(24 * i64::from(days)));
    let wanted = Wanted {
        name: args.name.clone(),
        scopes: args.scopes.iter().copied().collect(),
        expires: args.days.and_then(|it| expires(it).ok()),
        per_second: args.rate,
    };
    let keys = Keys::new(args.records.open()?);
    let (key, text) = keys.make(BY, wanted, now).map_err(|it| Trouble::new(it.to_string()))?;
    match args.format {
        Form::Text => writeln!(anstream::stdout(), "{text}")?,
        Form::Json => commands::print(|json| recorded::key(json, &key, Some(&text)))?,
    }
    complain(&format!("this is the key {}; it is not shown again", key.id));
    Ok(Exit::Fine)
}

fn list(args: &Where) -> Result<Exit, Stop> {
    let keys = Keys::new(args.records.look()?);
    let live = keys.live().map_err(|it| Trouble::new(it.to_string()))?;
    if args.format == Form::Json {
        commands::print(|json| {
            json.objects_of("keys", &live, |json, it| recorded::key(json, it, None));
        })?;
        return Ok(Exit::Fine);
    }
    let mut out = anstream::stdout();
    for key in live {
        let scopes: Vec<&str> = key.scopes.iter().map(|it| it.0.as_str()).collect();
        let until = key.expires.as_ref().map_or_else(|| "no end".to_owned(), Timestamp::to_string);
        writeln!(out, "{}  {}  {}  {until}", key.id, key.name, scopes.join(","))?;
    }
    Ok(Exit::Fine)
}
