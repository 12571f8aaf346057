//! `exeat screen tune`: what each threshold would do, with one's own decisions and customers.

mod labelled;
mod shown;

use super::{How, file};
use crate::cli::{Exit, Stop, complain};
use crate::ordered;
use crate::results::Form;
use crate::rows::{Field, Row, Rows, parse_map};
use crate::search::{ListArgs, MAX_LIST_AGE, Opened};
use crate::trouble::Trouble;
use labelled::Labelled;
use screening::calibration::Calibration;
use screening::{Settings, Workspace};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The lowest threshold that is shown.
const LOWEST: u16 = 600;

/// Show what each threshold finds and how often it alerts, on pairs that you judged
///
/// LABELLED.csv has a header and one pair a row: the name that was searched (column `query_name`
/// or `name`), the listed name (`candidate_name` or `listed`), and what people said (`expected` or
/// `same`: match or no, yes or no, true or false, 1 or 0). It may have other names of the listed
/// party (`candidate_aliases`, with semicolons), what it is (`query_schema` or `type`) and a class
/// of your own (`category`). Scores are of the names alone.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Judged pairs: CSV with a header
    #[arg(value_name = "LABELLED.csv")]
    pairs: PathBuf,
    /// Screen this file of customers as well, and say how many would alert
    #[arg(long, value_name = "FILE")]
    customers: Option<PathBuf>,
    /// Which column of the customers holds what: name, alias, type, country, address, born, id
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = parse_map, requires = "customers")]
    map: Vec<(Field, String)>,
    #[command(flatten)]
    lists: ListArgs,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// What is shown.
struct Tuning {
    pairs: Labelled,
    customers: Option<Volume>,
    settings: Settings,
}

/// How many customers alert.
struct Volume {
    /// By the score of their best match that nobody cleared.
    alerting: Calibration,
    /// How many there are.
    rows: u64,
    /// How many could not be read.
    bad: u64,
}

/// Reads what people judged, and prints what thresholds make of it.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let settings = Settings::default();
    let pairs = labelled::read(&args.pairs, &settings)?;
    for problem in pairs.problems.iter().take(20) {
        complain(&format!("{}: {problem}", args.pairs.display()));
    }
    if pairs.problems.len() > 20 {
        complain(&format!("... and {} more", pairs.problems.len() - 20));
    }
    if pairs.count == 0 {
        return Err(Trouble::new(format!("`{}` has no judged pair", args.pairs.display()))
            .help("its columns are query_name, candidate_name and expected")
            .into());
    }
    let customers = match &args.customers {
        Some(path) => Some(volume(path, args)?),
        None => None,
    };
    let bad = !pairs.problems.is_empty() || customers.as_ref().is_some_and(|it| it.bad > 0);
    let tuning = Tuning { pairs, customers, settings };
    let mut out = anstream::stdout();
    match args.format {
        Form::Text => write!(out, "{}", tuning.text())?,
        Form::Json => out.write_all(&tuning.json())?,
    }
    Ok(if bad { Exit::Failed } else { Exit::Fine })
}

/// Screens customers from the lowest threshold on.
fn volume(path: &Path, args: &Args) -> Result<Volume, Stop> {
    let how = How { threshold: Some(LOWEST), limit: 20, exhaustive: false };
    let opened = Opened::with(&args.lists, MAX_LIST_AGE, &how)?;
    let (mut rows, reading) = Rows::open(path, &args.map)?;
    let mut volume = Volume { alerting: Calibration::default(), rows: 0, bad: 0 };
    let work = |workspace: &mut Workspace, rows: Vec<Row>| {
        let best = |row: &Row| {
            let asked = reading.asked(row).ok()?;
            let found = opened.ask(&asked, how.limit, how.exhaustive, workspace).ok()?;
            Some(found.iter().find(|it| !it.is_cleared()).map(|it| it.score))
        };
        rows.iter().map(best).collect::<Vec<_>>()
    };
    ordered::each(
        || file::batch(&mut rows),
        Workspace::default,
        work,
        |scores| {
            for score in scores {
                volume.rows += 1;
                match score {
                    Some(Some(score)) => volume.alerting.add(score, true),
                    Some(None) => {}
                    None => volume.bad += 1,
                }
            }
            Ok(())
        },
    )
    .map_err(|error| Trouble::reading(path, &error))?;
    if opened.searched().built_in {
        complain("note: only the small built-in list was searched; import the real lists first");
    }
    Ok(volume)
}

#[cfg(test)]
mod tests;
