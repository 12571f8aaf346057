//! `exeat screen decide`: puts down what a person decided about a match.

use crate::cli::screen::one::About;
use crate::cli::{Exit, Stop, complain};
use crate::clock;
use crate::data::DataFolder;
use crate::decisions;
use crate::input::Source;
use crate::lists::open::open;
use crate::transactions;
use crate::trouble::Trouble;
use decision::matches::{Decided, Decision, material, subject_at};
use jiff::civil::Date;
use std::path::PathBuf;

/// Put down whether a match is the listed party
///
/// The decision goes to the end of the file of decisions and says who decided, why, and what it
/// rested on. It holds until one of those facts changes on either side, or until its last day. For
/// a party of a transaction, name the transaction and the party, so that its facts are the same.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("verdict").required(true).args(["same", "other"]))]
pub(crate) struct Args {
    /// The name that was searched
    #[arg(value_name = "NAME", required_unless_present = "transaction")]
    name: Option<String>,
    #[command(flatten)]
    about: About,
    /// The transaction in which the party stands
    #[arg(long, value_name = "FILE", requires = "subject", conflicts_with = "name")]
    transaction: Option<PathBuf>,
    /// Which party of the transaction, such as `parties[0]` or `parties[1].owners[0]`
    #[arg(long, value_name = "PATH")]
    subject: Option<String>,
    /// The entry, as the match names it, such as SDN:48059
    #[arg(long, value_name = "LIST:ID")]
    entry: String,
    /// It is the listed party
    #[arg(long)]
    same: bool,
    /// It is somebody else
    #[arg(long)]
    other: bool,
    /// Who decides
    #[arg(long, value_name = "WHO")]
    by: String,
    /// Why, in a sentence that a reviewer understands
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// The first day on which the decision no longer holds
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// The day of the decision (default: today)
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The snapshot in which the entry stands, instead of the one in the data folder
    #[arg(long, value_name = "SNAPSHOT")]
    lists: Option<PathBuf>,
    /// The file of decisions, instead of the one in the data folder
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
}

/// Puts the decision down.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    if args.by.trim().is_empty() || args.why.trim().is_empty() {
        return Err(Trouble::new("a decision says by whom and why").into());
    }
    let on = args.on.unwrap_or_else(clock::today);
    if let Some(until) = args.until.filter(|it| *it <= on) {
        let what = format!("a decision of {on} cannot end on {until}: it would never hold");
        return Err(Trouble::new(what)
            .help("--until is the first day on which it no longer holds; leave it out where it has no end")
            .into());
    }
    let lists = open(args.lists.as_deref())?;
    let entry = lists
        .entry(&args.entry)?
        .ok_or_else(|| Trouble::new(format!("there is no entry `{}`", args.entry)))?;
    let subject = match (&args.transaction, &args.subject, &args.name) {
        (Some(file), Some(path), _) => {
            let document = Source::named(file).document(None)?;
            let transaction = transactions::read(&document)
                .map_err(|failure| Trouble::of_input(&failure, &document.name))?;
            subject_at(&transaction, path).ok_or_else(|| {
                Trouble::new(format!("nobody with a name and without stated lists is at `{path}`"))
                    .help("the question names the path, such as parties[0]")
            })?
        }
        (_, _, name) => args.about.asked(name.as_deref().unwrap_or_default()).subject(),
    };
    let path = match &args.decisions {
        Some(path) => path.clone(),
        None => DataFolder::open()?.decisions(),
    };
    let decision = Decision {
        party: subject.names.first().cloned().unwrap_or_default(),
        list: entry.list.clone(),
        entry: entry.id.clone(),
        same: args.same,
        decided: Decided { by: args.by.clone(), why: args.why.clone(), on, until: args.until },
        rests_on: material::of(&subject, &entry),
    };
    let listed = entry.names.first().map_or("", |it| it.text.as_str());
    decisions::add(&path, &decision, listed)?;
    let is = if args.same { "is" } else { "is not" };
    complain(&format!("{} {is} {listed} ({}): {}", decision.party, args.entry, path.display()));
    if let Some(until) = args.until.filter(|it| *it <= clock::today()) {
        complain(&format!("note: it has ended: from {until} on the match is open again"));
    }
    Ok(Exit::Fine)
}
