//! `exeat atlas`: every destination's outcome for the item and the user at hand.

use super::asked::Asked;
use super::{Exit, Stop, width};
use crate::atlas::{Atlas, Sheet, picture, text};
use crate::library::LawArgs;
use crate::report::about;
use crate::search::searching::{NOT_ASKED, Searching};
use crate::search::{SearchArgs, Searcher};
use decision::atlas::{Relocation, places};
use decision::{Options, Trace};
use jiff::civil::Date;
use std::io::{self, Write};

/// Decide a transaction for every destination there is
///
/// The destination varies, and with it each country of a party that is the destination in the file
/// (where it is, whose government it is, its headquarters, its nationality). A license, an OFAC
/// authorization and the measured US content were for that destination and are left out for every
/// other. Everything else is held as it is given. Names are searched on the lists as `exeat check`
/// does it, with the country of each place.
///
/// Exit codes: 0 it ran, whatever the outcomes are; 1 it could not run; 2 usage.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    asked: Asked,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    /// Show what changed since the law of this day
    #[arg(long, value_name = "DATE", requires = "to", conflicts_with = "on")]
    from: Option<Date>,
    /// Show what changed up to the law of this day
    #[arg(long, value_name = "DATE", requires = "from")]
    to: Option<Date>,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten, next_help_heading = "Restricted-party lists")]
    search: SearchArgs,
}

/// How it is answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// A table for a person.
    Text,
    /// One JSON document.
    Json,
    /// A picture: a tile for each place, as SVG.
    Svg,
}

/// Answers for every place.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let engine = args.law.rules.engine()?;
    let transaction = args.asked.transaction()?;
    let searcher = Searcher::new(args.search.clone());
    let searching = Searching::with(&engine, &searcher);
    let mut usual = args.law.options(Trace::Decisive, false);
    usual.on = args.to.or(usual.on);
    let names = searching.names(&transaction, &usual, NOT_ASKED);
    let names = names.map_err(|failure| args.asked.trouble(&failure))?;
    let relocation = Relocation::of(&transaction);
    let sheet = |day: Option<Date>| {
        let options = Options { on: day.or(usual.on), ..usual };
        let law_date = options.on.unwrap_or(transaction.date);
        Sheet { law_date, places: places(&searching, &transaction, &relocation, &options) }
    };
    let last = sheet(None);
    let atlas = Atlas {
        about: about::at_hand(&transaction),
        before: args.from.map(|day| sheet(Some(day))),
        sheet: last,
        relocation,
        stamp: engine.stamp(),
        names,
        proposed: engine.selection() != law::Selection::default(),
    };
    Exit::Fine.written(match args.format {
        Output::Text => write!(anstream::stdout(), "{}", text::render(&atlas, width())),
        Output::Json => {
            let mut bytes = Vec::new();
            atlas.json(&mut bytes);
            bytes.push(b'\n');
            io::stdout().write_all(&bytes)
        }
        Output::Svg => io::stdout().write_all(picture::render(&atlas).as_bytes()),
    })
}
