//! `exeat screen NAME`: one name, for a person or a program.

use super::How;
use crate::api::hits;
use crate::cli::{Exit, Stop, complain, is_narrow, width};
use crate::json::{Layout, Writer};
use crate::report;
use crate::report::page::{PLAIN, Page, styled};
use crate::results::Output;
use crate::screened::{Asked, Found, parse_born, parse_id, parse_kind};
use crate::search::Opened;
use decision::matches::unsearchable;
use screening::party::{DateSpan, Identifier, PartyKind};
use screening::{CountryCode, Workspace};
use std::fmt::Write as _;
use std::io::Write;

/// What is known of the party besides its name.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "What is known of it")]
pub(crate) struct About {
    /// Another name it goes by
    #[arg(long, value_name = "NAME")]
    alias: Vec<String>,
    /// A country it is connected with
    #[arg(long, value_name = "CC")]
    country: Vec<CountryCode>,
    /// Its address
    #[arg(long, value_name = "TEXT")]
    address: Option<String>,
    /// When it was born or built: 1962, 1962-07 or 1962-07-31
    #[arg(long, value_name = "DATE", value_parser = parse_born)]
    born: Option<DateSpan>,
    /// A number that identifies it: 7721234567, or Passport:A123456
    #[arg(long, value_name = "ID", value_parser = parse_id)]
    id: Vec<Identifier>,
    /// What it is: person, organization, vessel or aircraft
    #[arg(long = "type", value_name = "TYPE", value_parser = parse_kind)]
    kind: Option<PartyKind>,
}

impl About {
    /// The question about a name.
    pub(crate) fn asked(&self, name: &str) -> Asked {
        let mut asked = Asked::by_name(name);
        asked.query.aliases.clone_from(&self.alias);
        asked.query.countries.clone_from(&self.country);
        self.address.iter().for_each(|it| asked.at(it));
        self.born.into_iter().for_each(|it| asked.born(it));
        asked.query.ids.clone_from(&self.id);
        asked.query.kind = self.kind.unwrap_or_default();
        asked
    }
}

/// Searches for one name.
pub(crate) fn run(
    name: &str,
    about: &About,
    how: &How,
    opened: &Opened,
    format: Output,
) -> Result<Exit, Stop> {
    let asked = about.asked(name);
    let found = opened.ask(&asked, how.limit, how.exhaustive, &mut Workspace::default())?;
    let doubts: Vec<String> =
        unsearchable(&asked.query).into_iter().chain(opened.wanting()).collect();
    let mut bytes = Vec::new();
    match format {
        Output::Text | Output::Md => {
            bytes.extend_from_slice(text(name, &found, opened, &doubts).as_bytes());
        }
        Output::Json | Output::Jsonl => {
            let layout = if format == Output::Json { Layout::Pretty } else { Layout::Line };
            Writer::new(&mut bytes, layout).object(|json| {
                hits::row(json, None, name, &found);
                let problems: Vec<&String> = asked.problems.iter().chain(&doubts).collect();
                if !problems.is_empty() {
                    json.texts_of("problems", problems);
                }
                crate::api::matches::searched(json, Some(opened.searched()));
            });
            bytes.push(b'\n');
        }
    }
    let written = anstream::stdout().write_all(&bytes);
    for why in asked.problems.iter().chain(&doubts) {
        complain(&format!("note: {why}"));
    }
    let open = !doubts.is_empty() || found.iter().any(|it| !it.is_cleared());
    let exit = if open { Exit::NeedsReview } else { Exit::Fine };
    exit.written(written)
}

fn text(name: &str, found: &[Found], opened: &Opened, doubts: &[String]) -> String {
    let searched = opened.searched();
    let entries: u64 = searched.lists.iter().map(|it| it.entries).sum();
    let of = searched.dated(opened.today).map(|it| format!(" of {it}")).unwrap_or_default();
    // Writing to a string cannot fail.
    let matches = report::hits::text(found, width());
    let mut text = String::new();
    if found.is_empty() {
        let _ = writeln!(text, "No match for {name}.");
    }
    if !doubts.is_empty() {
        let _ = writeln!(text, "Nobody is cleared by this: {}.", doubts.join("; "));
    }
    let _ = write!(text, "\nSearched {entries} entries{of}.");
    if searched.built_in {
        text.push_str(" Run exeat lists update.");
    }
    let _ = writeln!(text, " Settings {}.", searched.settings);
    if !is_narrow(width()) {
        return matches + &text;
    }
    let mut page = Page::new(width());
    for line in text.lines().filter(|it| !it.is_empty()) {
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(PLAIN, line)]);
    }
    let gap = if matches.is_empty() { "" } else { "\n" };
    format!("{matches}{gap}{}", page.finish())
}
