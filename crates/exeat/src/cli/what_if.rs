//! `exeat what-if`: the smallest changes of fact that would alter the outcome.

use super::asked::Asked;
use super::{Exit, Stop, width};
use crate::api::what_if::{CAUTION, said};
use crate::library::LawArgs;
use crate::report::page::{DIM, GREEN, PLAIN, Page, RED, STRONG, YELLOW, styled, whole};
use crate::report::words;
use crate::search::searching::{NOT_ASKED, Names, Searching};
use crate::search::{SearchArgs, Searcher};
use decision::outcome::Outcome;
use decision::what_if::{Alteration, Standing, Turn, WhatIf, what_if};
use decision::{Deciding, Trace};
use std::io::{self, Write};

/// Show the smallest changes of fact that would alter the outcome
///
/// Each change is tried by deciding the changed transaction, and is marked as a lever (one may
/// lawfully pull it), as something to find out, or as no lever. Values, quantities, names, roles
/// and the kind of activity are never varied. A lever is pulled in truth or not at all. Names are
/// searched on the lists as `exeat check` does it.
///
/// Exit codes: 0 it ran, whatever the outcome is; 1 it could not run; 2 usage.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    asked: Asked,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    /// How many facts may change together; three are tried among levers only
    #[arg(long, value_name = "FACTS", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
    size: u8,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten, next_help_heading = "Restricted-party lists")]
    search: SearchArgs,
}

/// How it is answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// For a person.
    Text,
    /// One JSON document.
    Json,
}

/// How many alterations of one kind are shown to a person.
const SHOWN: usize = 9;

/// Answers.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let engine = args.law.rules.engine()?;
    let transaction = args.asked.transaction()?;
    let options = args.law.options(Trace::Decisive, false);
    let searcher = Searcher::new(args.search.clone());
    let searching = Searching::with(&engine, &searcher);
    let names = searching.names(&transaction, &options, NOT_ASKED);
    let names = names.map_err(|failure| args.asked.trouble(&failure))?;
    let found = what_if(&searching, &transaction, &options, usize::from(args.size));
    Exit::Fine.written(match args.format {
        Output::Text => write!(anstream::stdout(), "{}", text(&found, &names, width())),
        Output::Json => {
            let mut bytes = Vec::new();
            crate::api::what_if::write(&found, &names, &mut bytes);
            bytes.push(b'\n');
            io::stdout().write_all(&bytes)
        }
    })
}

fn text(found: &WhatIf, names: &Names, width: usize) -> String {
    let mut page = Page::new(width);
    let now = words::sentence(&words::outcome(found.outcome, found.exception.as_deref()));
    let now = styled(words::color(found.outcome).bold(), format!("{now}."));
    let [text, citation] = cited(&found.deciding);
    page.paragraph(&styled(PLAIN, ""), &[now, text, citation]);
    for (standing, title) in [
        (Standing::Lever, "Levers: what may lawfully be changed"),
        (Standing::FindOut, "To find out: whatever is true"),
        (Standing::NoLever, "No levers: what the outcome hangs on"),
    ] {
        let of_it = found.alterations.iter().filter(|it| it.standing == standing);
        let alterations: Vec<&Alteration> = of_it.collect();
        if standing != Standing::Lever && alterations.is_empty() {
            continue;
        }
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, title)]);
        for alteration in alterations.iter().take(SHOWN) {
            self::alteration(alteration, found, &mut page);
        }
        if alterations.len() > SHOWN {
            let rest = format!("and {} more; --format json has all", alterations.len() - SHOWN);
            page.paragraph(&styled(PLAIN, "    "), &[styled(DIM, rest)]);
        }
        if standing == Standing::Lever {
            license(found, alterations.is_empty(), &mut page);
        }
    }
    page.gap();
    page.paragraph(&styled(PLAIN, ""), &[styled(DIM, CAUTION)]);
    if let Some(said) = names.sentence() {
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, said)]);
    }
    page.paragraph(&styled(PLAIN, ""), &[styled(DIM, tried(found))]);
    page.finish()
}

/// The road that is always open where a license is required.
fn license(found: &WhatIf, alone: bool, page: &mut Page) {
    if found.outcome == Outcome::LicenseRequired {
        let text = "apply for a BIS license and wait until it is issued: nothing is allowed before, \
                    and then only what it says";
        let citation = whole(DIM, "[748.1]");
        page.paragraph(&styled(YELLOW, "  ↻ "), &[styled(PLAIN, words::sentence(text)), citation]);
    } else if alone {
        page.paragraph(&styled(PLAIN, "  • "), &[styled(PLAIN, "None that was tried.")]);
    }
}

fn alteration(alteration: &Alteration, found: &WhatIf, page: &mut Page) {
    let mut what: Vec<String> = Vec::new();
    let mut why: Vec<&str> = Vec::new();
    for values in &alteration.facts {
        let turns: Vec<&Turn> = values.iter().filter_map(|it| found.turns.get(*it)).collect();
        let Some(first) = turns.first() else { continue };
        what.push(said(first, &turns));
        if !why.contains(&first.lever.why) {
            why.push(first.lever.why);
        }
    }
    let (style, sign) = match alteration.standing {
        Standing::Lever => (GREEN, "  ↻ "),
        Standing::FindOut => (YELLOW, "  ? "),
        Standing::NoLever => (RED, "  ✗ "),
    };
    let outcome = words::outcome(alteration.outcome, alteration.exception.as_deref());
    let [text, citation] = cited(&alteration.deciding);
    let what = format!("{}:", words::sentence(&what.join("; and ")));
    let outcome = styled(words::color(alteration.outcome).bold(), format!("{outcome}."));
    page.paragraph(&styled(style, sign), &[styled(PLAIN, what), outcome, text, citation]);
    page.paragraph(
        &styled(PLAIN, "    "),
        &[styled(DIM, format!("{}.", words::sentence(&why.join("; "))))],
    );
}

fn cited(deciding: &Deciding) -> [crate::report::page::Run; 2] {
    let citation = match deciding.citation.as_str() {
        "" => String::new(),
        citation => format!("[{citation}]"),
    };
    [styled(PLAIN, &deciding.text), whole(DIM, citation)]
}

fn tried(found: &WhatIf) -> String {
    let end = if found.complete {
        "every set of that size was tried"
    } else {
        "the bound was met, and larger sets may be missing"
    };
    format!(
        "{} changes of one fact; {} changed transactions were decided; {end}. Not legal advice.",
        found.turns.len(),
        found.decided
    )
}
