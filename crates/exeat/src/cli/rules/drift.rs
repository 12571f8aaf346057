//! `exeat rules drift`: which official paragraphs changed since the rulebook was verified.

use crate::cli::rules::text::{heading, source};
use crate::cli::{Exit, Stop, width};
use crate::json::{Layout, Writer};
use crate::library::{RulesArg, load};
use crate::official::OfficialText;
use crate::report::page::{DIM, PLAIN, Page, RED, STRONG, YELLOW, styled};
use crate::trouble::Trouble;
use jiff::civil::Date;
use law::Loaded;
use law::rulebook::Block;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

/// Say which official paragraphs changed since the rulebook was verified
///
/// OFFICIAL is the eCFR XML of Title 15, as downloaded from ecfr.gov or govinfo.gov. Each paragraph
/// that a block cites is compared by its digest with the one recorded in the rulebook; what changed
/// is shown beside our block. The official text is shown only and never stored.
///
/// Exit codes: 0 every paragraph is recorded and the same, 4 something must be read again or was
/// never recorded, 1 could not run, 2 usage.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The eCFR XML of Title 15
    #[arg(value_name = "OFFICIAL")]
    file: PathBuf,
    /// Show this paragraph beside our blocks, changed or not
    #[arg(long, value_name = "PARAGRAPH")]
    show: Option<String>,
    /// Record the digests of this file in the rulebook's folder, because somebody has read it
    #[arg(long, requires_all = ["rules", "day"])]
    record: bool,
    /// With --record: the day whose text the file has
    #[arg(long, value_name = "DATE", requires = "record")]
    day: Option<Date>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    #[command(flatten)]
    rules: RulesArg,
}

/// How it is answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// For a person, with the official text.
    Text,
    /// One JSON document, without it.
    Json,
}

/// The file of digests in a rulebook's folder. It is no part of the law, and of no digest of it.
const DIGESTS: &str = "official.digests";

/// What became of a paragraph.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum State {
    /// It is not what it was.
    Changed,
    /// It is not in the file.
    Missing,
    /// No digest of it is recorded.
    NotRecorded,
    /// It is what it was.
    Same,
}

/// Compares, shows or records.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let loaded = load(args.rules.files()?)?;
    let bytes = fs::read(&args.file).map_err(|error| Trouble::reading(&args.file, &error))?;
    let official = OfficialText::read(&bytes)?;
    let drift = Drift::of(&loaded, &official, &Recorded::read(&args.rules)?);
    if args.record {
        return record(args, &drift, &official);
    }
    if let Some(paragraph) = &args.show {
        let mut page = Page::new(width());
        drift.beside(paragraph, &mut page);
        write!(anstream::stdout(), "{}", page.finish())?;
        return Ok(Exit::Fine);
    }
    match args.format {
        Output::Text => write!(anstream::stdout(), "{}", drift.text())?,
        Output::Json => {
            let mut bytes = Vec::new();
            drift.json(&mut bytes);
            bytes.push(b'\n');
            io::stdout().write_all(&bytes)?;
        }
    }
    let fine = drift.states.values().all(|it| *it == State::Same);
    Ok(if fine { Exit::Fine } else { Exit::NeedsReview })
}

/// Writes the digests of every paragraph that is cited and found.
fn record(args: &Args, drift: &Drift<'_>, official: &OfficialText) -> Result<Exit, Stop> {
    let (Some(folder), Some(day)) = (&args.rules.rules, args.day) else { return Ok(Exit::Failed) };
    let mut text = format!("# Written by `exeat rules drift --record`.\nday {day}\n");
    let mut count = 0;
    for citation in drift.states.keys() {
        if let Some(digest) = official.digest(official_name(citation, official)) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{digest} {citation}");
            count += 1;
        }
    }
    let path = folder.join(DIGESTS);
    fs::write(&path, text).map_err(|error| Trouble::writing(&path, &error))?;
    let missing = drift.states.len() - count;
    writeln!(
        anstream::stdout(),
        "{count} paragraphs of {day} recorded in {}; {missing} that blocks cite are not in the file.",
        path.display()
    )?;
    Ok(Exit::Fine)
}

/// Digests recorded in a rulebook.
#[derive(Debug, Default)]
struct Recorded {
    /// The day whose text was read.
    day: Option<Date>,
    digests: BTreeMap<String, String>,
}

impl Recorded {
    fn read(rules: &RulesArg) -> Result<Self, Trouble> {
        let text = match &rules.rules {
            None => include_str!("../../../../../rulebooks/us-ear/official.digests").to_owned(),
            Some(folder) => {
                let path = folder.join(DIGESTS);
                match fs::read_to_string(&path) {
                    Ok(text) => text,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
                    Err(error) => return Err(Trouble::reading(&path, &error)),
                }
            }
        };
        let mut recorded = Self::default();
        for line in text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'))
        {
            let bad = || Trouble::new(format!("`{DIGESTS}` has a line that is none: `{line}`"));
            let (first, rest) = line.split_once(' ').ok_or_else(bad)?;
            if first == "day" {
                recorded.day = Some(rest.parse().map_err(|_| bad())?);
            } else {
                recorded.digests.insert(rest.to_owned(), first.to_owned());
            }
        }
        Ok(recorded)
    }
}

/// The rulebook's paragraphs beside the official ones.
struct Drift<'a> {
    loaded: &'a Loaded,
    official: &'a OfficialText,
    day: Option<Date>,
    states: BTreeMap<String, State>,
    /// Citations of entries of the control list, which are not compared.
    entries: usize,
}

impl<'a> Drift<'a> {
    fn of(loaded: &'a Loaded, official: &'a OfficialText, recorded: &Recorded) -> Self {
        let on = loaded.rulebook.verified_through;
        let mut states = BTreeMap::new();
        let mut entries = 0;
        let cited = loaded.rulebook.blocks.iter().filter(|it| it.version.covers(on));
        for citation in cited.map(|it| it.citation.as_str()) {
            if states.contains_key(citation) {
                continue;
            }
            if !citation.starts_with('7') {
                entries += 1;
                continue;
            }
            let now = official.digest(official_name(citation, official));
            let state = match (now, recorded.digests.get(citation)) {
                (None, _) => State::Missing,
                (Some(_), None) => State::NotRecorded,
                (Some(now), Some(then)) if now == *then => State::Same,
                (Some(_), Some(_)) => State::Changed,
            };
            states.insert(citation.to_owned(), state);
        }
        Self { loaded, official, day: recorded.day, states, entries }
    }

    fn all(&self, state: State) -> Vec<&str> {
        let found = self.states.iter().filter(|(_, it)| **it == state);
        found.map(|(citation, _)| citation.as_str()).collect()
    }

    fn text(&self) -> String {
        let mut page = Page::new(width());
        let (changed, missing) = (self.all(State::Changed), self.all(State::Missing));
        let (unrecorded, same) = (self.all(State::NotRecorded), self.all(State::Same));
        let since = self.day.map_or(String::new(), |it| format!(" since {it}"));
        for citation in &changed {
            self.beside(citation, &mut page);
        }
        page.gap();
        let head = format!(
            "{} changed{since}, {} the same, {} not in the file, {} never recorded.",
            changed.len(),
            same.len(),
            missing.len(),
            unrecorded.len()
        );
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, head)]);
        let lists = [("Not in the file: ", &missing), ("Never recorded: ", &unrecorded)];
        for (title, all) in lists {
            if !all.is_empty() {
                let runs = [styled(YELLOW, title), styled(PLAIN, all.join(", "))];
                page.paragraph(&styled(PLAIN, ""), &runs);
            }
        }
        if self.day.is_none() {
            let text = "No digest is recorded in this rulebook, so nothing can be said about what \
                        changed. Whoever has read the official text of the verified day records it \
                        with --record --day DATE --rules DIR.";
            page.paragraph(&styled(PLAIN, ""), &[styled(RED, text)]);
        }
        let text = format!(
            "{} paragraphs in the file. {} blocks of the control list's entries are not compared. \
             Paragraphs are found by their designators; where the file is irregular, one may be \
             taken for another. Not legal advice.",
            self.official.count(),
            self.entries
        );
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, text)]);
        page.finish()
    }

    /// The official paragraph, and our blocks below it.
    fn beside(&self, citation: &str, page: &mut Page) {
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, citation)]);
        let name = official_name(citation, self.official);
        match self.official.paragraph(name) {
            Some(text) => {
                for line in text.lines() {
                    page.paragraph(&styled(DIM, "  official │ "), &[styled(PLAIN, line)]);
                }
            }
            None => page.paragraph(&styled(PLAIN, "  "), &[styled(RED, "It is not in the file.")]),
        }
        let on = self.loaded.rulebook.verified_through;
        let ours = |it: &&Block| it.citation == citation && it.version.covers(on);
        for block in self.loaded.rulebook.blocks.iter().filter(ours) {
            page.paragraph(
                &styled(DIM, "  ours     │ "),
                &[styled(DIM, heading(block, &self.loaded.rulebook))],
            );
            for line in source(block, &self.loaded.files).lines().skip(1) {
                page.paragraph(&styled(DIM, "           │   "), &[styled(PLAIN, line.trim())]);
            }
        }
    }

    fn json(&self, out: &mut Vec<u8>) {
        Writer::new(out, Layout::Pretty).object(|json| {
            let day = self.day.map(|it| it.to_string());
            json.optional_of("recorded_on", day.as_deref());
            json.text_of("verified_through", &self.loaded.rulebook.verified_through.to_string());
            json.number_of("paragraphs", self.official.count() as u64);
            json.number_of("entries_not_compared", self.entries as u64);
            json.texts_of("changed", self.all(State::Changed));
            json.texts_of("missing", self.all(State::Missing));
            json.texts_of("not_recorded", self.all(State::NotRecorded));
            json.texts_of("same", self.all(State::Same));
        });
    }
}

/// Where the official file has what a block cites: a supplement is one paragraph there.
fn official_name<'a>(citation: &'a str, official: &OfficialText) -> &'a str {
    if official.paragraph(citation).is_none()
        && citation.contains(" Supp. ")
        && let Some((supplement, _)) = citation.split_once('(')
    {
        return supplement;
    }
    citation
}
