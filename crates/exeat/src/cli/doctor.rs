//! `exeat doctor`: whether an installation is well.

use super::{Exit, Stop, is_narrow, width};
use crate::api::commands;
use crate::clock;
use crate::data::DataFolder;
use crate::desk::{Desk, DeskArgs};
use crate::records::RecordsArg;
use crate::report::page::{PLAIN, Page, styled};
use crate::results::Form;
use crate::settings::Settings;
use jiff::civil::Date;
use std::io::Write;

/// Check an installation: the data folder, the law, the lists, the records
///
/// Prints a line for each thing that was looked at, with what to do where it is not well. The exit
/// code is 0 where nothing is wrong, and 1 otherwise. Nothing is changed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    records: RecordsArg,
    #[command(flatten)]
    desk: DeskArgs,
}

/// After how many days a list clears nobody, where nobody says otherwise.
const OLD: i32 = 7;

/// How something is that is wrong.
const WRONG: &str = "wrong";

/// What was found.
#[derive(Default)]
struct Findings {
    /// How something is, and what was found.
    lines: Vec<(&'static str, String)>,
    wrong: bool,
}

impl Findings {
    fn fine(&mut self, what: impl AsRef<str>) {
        self.lines.push(("ok", what.as_ref().to_owned()));
    }

    fn note(&mut self, what: impl AsRef<str>) {
        self.lines.push(("note", what.as_ref().to_owned()));
    }

    fn wrong(&mut self, what: impl AsRef<str>) {
        self.lines.push((WRONG, what.as_ref().to_owned()));
        self.wrong = true;
    }
}

/// Looks at everything, and says what it found.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let mut findings = Findings::default();
    let today = clock::today();
    folder(&mut findings);
    match Settings::read() {
        Ok(_) => findings.fine("settings: exeat.toml and the environment are understood"),
        Err(trouble) => findings.wrong(trouble.what()),
    }
    match Desk::open(&args.desk) {
        Ok(desk) => {
            law(&desk, today, &mut findings);
            lists(&desk, today, &mut findings);
        }
        Err(trouble) => findings.wrong(format!("law: {}", trouble.what())),
    }
    records(args, &mut findings);
    match args.format {
        Form::Text => {
            let mut out = anstream::stdout();
            for (state, what) in &findings.lines {
                let state = if *state == WRONG { "WRONG" } else { state };
                if is_narrow(width()) {
                    let mut page = Page::new(width());
                    page.hanging(
                        &styled(PLAIN, format!("{state:<6} ")),
                        "  ",
                        &[styled(PLAIN, what)],
                    );
                    write!(out, "{}", page.finish())?;
                } else {
                    writeln!(out, "{state:<6} {what}")?;
                }
            }
        }
        Form::Json => commands::print(|json| {
            json.bool_of("well", !findings.wrong);
            json.objects_of("findings", &findings.lines, |json, (state, what)| {
                json.text_of("state", state);
                json.text_of("what", what);
            });
        })?,
    }
    Ok(if findings.wrong { Exit::Failed } else { Exit::Fine })
}

fn folder(findings: &mut Findings) {
    match DataFolder::open() {
        Ok(data) if data.path().is_dir() => {
            findings.fine(format!("data folder: {}", data.path().display()));
        }
        Ok(data) => findings.note(format!(
            "data folder: {} is not there yet; it is made when something is kept",
            data.path().display()
        )),
        Err(trouble) => findings.wrong(trouble.what()),
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |it| it.get_days())
}

fn law(desk: &Desk, today: Date, findings: &mut Findings) {
    let engine = desk.engine();
    let stamp = engine.stamp();
    let verified = engine.rulebook().verified_through;
    let digest: String = stamp.digest.chars().take(8).collect();
    let age = days(verified, today);
    let said = format!("law: {} {digest}, verified through {verified}", stamp.name);
    if age > 180 {
        findings.wrong(format!("{said}, {age} days ago: permissive answers need review; upgrade"));
    } else {
        findings.fine(said);
    }
}

fn lists(desk: &Desk, today: Date, findings: &mut Findings) {
    let open = desk.searcher();
    let opened = match open.opened() {
        Ok(opened) => opened,
        Err(error) => return findings.wrong(format!("lists: {error}")),
    };
    let searched = opened.searched();
    if searched.built_in {
        findings.wrong(
            "lists: only the small list in the program, which is no screening: exeat lists update",
        );
        return;
    }
    if opened.lists.is_remade() {
        findings.note(
            "lists: indexed by another version, and anew at each start: exeat lists update, or import \
             them",
        );
    }
    for list in &searched.lists {
        let entries = list.entries;
        match list.date.map(|it| (it, days(it, today))) {
            Some((day, age)) if age > OLD => findings.wrong(format!(
                "list {}: {entries} entries of {day}, {age} days old: exeat lists update",
                list.code
            )),
            Some((day, _)) => {
                findings.fine(format!("list {}: {entries} entries of {day}", list.code));
            }
            None => {
                findings.note(format!("list {}: {entries} entries, of no known day", list.code));
            }
        }
    }
    for code in searched.missing() {
        findings.wrong(format!("list {code}: not here as a whole, so no name is cleared"));
    }
    findings.fine(format!("decisions on matches in the file: {}", opened.decisions.len()));
}

fn records(args: &Args, findings: &mut Findings) {
    match args.records.look() {
        // Without records there is nothing that could be unwell.
        Err(trouble) => findings.note(format!("records: {}", trouble.what())),
        Ok(store) => match store.ready().and_then(|()| store.head()) {
            Ok(head) => findings
                .fine(format!("records: {} events; exeat audit verify reads them all", head.seq)),
            Err(error) => findings.wrong(format!("records: {error}")),
        },
    }
}
