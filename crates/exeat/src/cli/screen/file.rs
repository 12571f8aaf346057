//! `exeat screen FILE`: every name of a file, in order, with every core, in constant memory.

use super::How;
use super::changed::{Changed, Scratch};
use super::customers::Concerned;
use super::resumed::{self, Run};
use crate::api::hits;
use crate::cli::{Exit, Stop, complain};
use crate::columnar;
use crate::json::{Layout, Writer};
use crate::ordered;
use crate::results::Output;
use crate::rows::{Field, Reading, Row, Rows, parse_map};
use crate::screened::Asked;
use crate::search::Opened;
use crate::trouble::Trouble;
use decision::matches::unsearchable;
use screening::{Memo, Workspace};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How many rows are answered at once.
pub(super) const BATCH: usize = 256;

/// What concerns files only.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "For a file of names")]
pub(crate) struct OfFile {
    /// Write the answers here, one JSON object a row
    #[arg(long, short, value_name = "OUT")]
    out: Option<PathBuf>,
    /// Which column holds what: name, alias, more (of the name), type, country, address, born, id, or
    /// none for one that looks like a name and need not be searched
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = parse_map)]
    map: Vec<(Field, String)>,
    /// Go on where OUT ends; what its answers rest on stands in OUT.run, and must be the same
    #[arg(long, requires = "out")]
    resume: bool,
    /// Only rows whose answer is another than by this snapshot of before
    #[arg(long, value_name = "OLD", conflicts_with_all = ["resume", "exhaustive"])]
    changed: Option<PathBuf>,
    /// Keep an index of the rows here, so that only those are screened again which the change may
    /// concern; it is made where it is missing, or of other rows
    #[arg(long, value_name = "INDEX", requires = "changed")]
    index: Option<PathBuf>,
}

/// Answers every row.
pub(crate) fn run(
    path: &Path,
    of_file: &OfFile,
    how: &How,
    opened: &Opened,
    format: Option<Output>,
) -> Result<Exit, Stop> {
    match format {
        None | Some(Output::Jsonl) => {}
        Some(Output::Text | Output::Json | Output::Md) => {
            return Err(Trouble::new("a file is answered in JSON lines")
                .help("leave --format out, or write --format jsonl")
                .into());
        }
    }
    let (mut rows, reading) = Rows::open(path, &of_file.map)?;
    let (mut out, mut tally) = output(path, of_file, how, opened, (&mut rows, &reading))?;
    let done = tally.rows;
    // What is read of columns are their rows, and how long these are nobody knows beforehand.
    let whole = |it: fs::Metadata| (it.len() > 0 && !columnar::is_one(path)).then_some(it.len());
    let total = fs::metadata(path).ok().and_then(whole);
    let mut progress = Progress::new(rows.progress(), total, done);
    let changed = of_file.changed.as_deref().map(|it| Changed::since(it, opened)).transpose()?;
    let mut source = match (&of_file.index, &changed) {
        (Some(index), Some(changed)) => {
            Source::Some(Concerned::by(index, path, rows, &reading, changed)?)
        }
        _ => Source::All(rows),
    };
    let next = || source.batch();
    let index = opened.lists.index().map_err(Trouble::new)?;
    let wanting = opened.wanting();
    let state = || {
        let (workspace, memo) = (Workspace::default(), Memo::of(index));
        (Searching { workspace, memo, wanting: wanting.as_ref() }, Scratch::default())
    };
    let work = |(searching, scratch): &mut (Searching<'_>, Scratch), rows: Vec<Row>| {
        let mut answers = Answers::default();
        for row in &rows {
            match &changed {
                None => answer(opened, how, &reading, row, searching, &mut answers),
                Some(it) => difference(it, how, &reading, row, scratch, &mut answers),
            }
        }
        answers
    };
    let mut written = ordered::each(next, state, work, |answers: Answers| {
        tally.add(&answers.counts);
        out.write_all(&answers.bytes)?;
        progress.tell(tally.rows - done);
        Ok(())
    })
    .map_err(Stop::from);
    if written.is_ok() {
        written = out.flush().map_err(Stop::from);
    }
    progress.end();
    let whole = match written {
        Ok(()) => true,
        Err(Stop::Unread) => false,
        Err(stop @ Stop::Trouble(_)) => return Err(stop),
    };
    if let Source::Some(concerned) = &source {
        complain(&format!("{} rows may be concerned and were screened again", concerned.again));
        tally.rows = concerned.all;
    }
    if whole && tally.rows == 0 {
        return Err(Trouble::new(format!("`{}` has no row to screen", path.display()))
            .help("did what writes it fail?")
            .into());
    }
    match &changed {
        None => complain(&tally.sentence(done)),
        Some(Changed { counts: [added, gone, other], .. }) => complain(&format!(
            "{} rows against {added} entries that are new, {gone} that are gone and {other} that \
             changed: {} answers differ, {} of them open{}",
            tally.rows,
            tally.hits,
            tally.open,
            tally.unread(),
        )),
    }
    if let Some(why) = tally.passed_over() {
        complain(&format!("note: nobody is cleared by this: {why}"));
    }
    if let Some(why) = &wanting {
        complain(&format!("note: nobody is cleared by this: {why}"));
    }
    Ok(tally.exit(whole, wanting.is_some()))
}

/// Which rows are answered.
enum Source {
    /// All of the file.
    All(Rows),
    /// Those that a change may concern.
    Some(Concerned),
}

impl Source {
    fn batch(&mut self) -> io::Result<Option<Vec<Row>>> {
        match self {
            Self::All(rows) => batch(rows),
            Self::Some(concerned) => concerned.batch(),
        }
    }
}

/// Where the answers go, and what stands there already; the rows that it answers are passed over.
fn output(
    input: &Path,
    of_file: &OfFile,
    how: &How,
    opened: &Opened,
    (rows, reading): (&mut Rows, &Reading),
) -> Result<(Box<dyn Write>, Counts), Stop> {
    let Some(path) = &of_file.out else {
        return Ok((Box::new(BufWriter::new(io::stdout().lock())), Counts::default()));
    };
    let trouble = |error: io::Error| Trouble::writing(path, &error);
    // Of what a change concerns there is no answer to every row.
    let run = match of_file.changed {
        None => Run::of(input, &of_file.map, how, opened)?,
        Some(_) => None,
    };
    if of_file.resume && path.exists() {
        let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(trouble)?;
        Run::goes_on(run.as_ref(), path)?;
        let before = resumed::answered(path, &file, rows, reading)?;
        file.set_len(before.whole).map_err(trouble)?;
        file.seek(io::SeekFrom::End(0)).map_err(trouble)?;
        return Ok((Box::new(BufWriter::new(file)), before.counts));
    }
    let file = File::create(path).map_err(trouble)?;
    Run::note(run.as_ref(), path)?;
    Ok((Box::new(BufWriter::new(file)), Counts::default()))
}

/// The next rows; `None` at the end.
///
/// # Errors
///
/// Where the file cannot be read on.
pub(super) fn batch(rows: &mut Rows) -> io::Result<Option<Vec<Row>>> {
    let mut batch = Vec::with_capacity(BATCH);
    while batch.len() < BATCH {
        match rows.next() {
            Ok(Some(row)) => batch.push(row),
            Err(error) if batch.is_empty() => return Err(error),
            // What was read is answered first; an error comes again with the next batch.
            Ok(None) | Err(_) => break,
        }
    }
    Ok(Some(batch).filter(|it| !it.is_empty()))
}

/// Memory of one thread.
struct Searching<'a> {
    workspace: Workspace,
    memo: Memo<'a>,
    /// Why the lists clear nobody, where they do not.
    wanting: Option<&'a String>,
}

/// The answers to a batch.
#[derive(Default)]
struct Answers {
    bytes: Vec<u8>,
    counts: Counts,
}

fn answer(
    opened: &Opened,
    how: &How,
    reading: &Reading,
    row: &Row,
    searching: &mut Searching<'_>,
    answers: &mut Answers,
) {
    let Searching { workspace, memo, wanting } = searching;
    let asked = reading.asked(row);
    let found = asked.and_then(|asked| {
        let found = if how.exhaustive {
            opened.ask(&asked, how.limit, true, workspace)
        } else {
            opened.ask_remembering(&asked, how.limit, workspace, memo)
        };
        Ok((asked, found.map_err(Trouble::what)?))
    });
    Writer::new(&mut answers.bytes, Layout::Line).object(|json| match &found {
        Ok((asked, found)) => {
            hits::row(json, Some(row.number), &asked.query.name, found);
            let problems: Vec<&String> = asked.problems.iter().chain(*wanting).collect();
            if !problems.is_empty() {
                json.texts_of("problems", problems);
            }
        }
        Err(message) => hits::bad_row(json, row.number, message),
    });
    answers.bytes.push(b'\n');
    match &found {
        Ok((asked, found)) => {
            let open = found.iter().any(|it| !it.is_cleared());
            answers.counts.answered(asked, found.len(), open);
        }
        Err(_) => answers.counts.bad(),
    }
}

/// Answers a row only where the lists changed something for it.
fn difference(
    changed: &Changed,
    how: &How,
    reading: &Reading,
    row: &Row,
    scratch: &mut Scratch,
    answers: &mut Answers,
) {
    answers.counts.rows += 1;
    let found = reading.asked(row).and_then(|asked| {
        answers.counts.note(&asked.passed_over);
        let found = changed.of(&asked, how.limit, scratch);
        Ok((asked, found.map_err(Trouble::what)?))
    });
    match &found {
        Ok((_, found)) if found.is_none() => return,
        Ok((_, found)) => {
            answers.counts.hits += 1;
            answers.counts.open += u64::from(found.hits.iter().any(|it| !it.is_cleared()));
        }
        Err(_) => answers.counts.bad += 1,
    }
    Writer::new(&mut answers.bytes, Layout::Line).object(|json| match &found {
        Ok((asked, found)) => found.write(json, row.number, &asked.query.name),
        Err(message) => hits::bad_row(json, row.number, message),
    });
    answers.bytes.push(b'\n');
}

/// How many rows were answered how.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) rows: u64,
    bad: u64,
    hits: u64,
    open: u64,
    /// How many names cannot be searched, so that finding nothing says nothing.
    unsearchable: u64,
    /// The columns that may hold names, and are not searched.
    passed_over: BTreeSet<String>,
}

impl Counts {
    /// A row that was answered, with so many matches; `open` says that nobody cleared one of them.
    pub(super) fn answered(&mut self, asked: &Asked, hits: usize, open: bool) {
        self.rows += 1;
        self.hits += u64::from(hits > 0);
        self.open += u64::from(open);
        // What makes a name unsearchable stands among the problems.
        let doubt = !asked.problems.is_empty() && unsearchable(&asked.query).is_some();
        self.unsearchable += u64::from(doubt);
        self.note(&asked.passed_over);
    }

    /// Columns of a row that may hold names, and are not searched.
    fn note(&mut self, passed_over: &[String]) {
        for column in passed_over {
            if !self.passed_over.contains(column) {
                self.passed_over.insert(column.clone());
            }
        }
    }

    /// What was not searched, and how it is.
    fn passed_over(&self) -> Option<String> {
        let first = self.passed_over.first()?;
        let columns: Vec<String> = self.passed_over.iter().map(|it| format!("`{it}`")).collect();
        Some(format!(
            "what may be names stands in {} and is not searched; --map \"alias={first}\" searches it \
             as another name of the row, --map \"more={first}\" as a part of the name, --map \"none={first}\" says that it need not be",
            columns.join(", ")
        ))
    }

    /// A row that could not be read.
    pub(super) fn bad(&mut self) {
        self.rows += 1;
        self.bad += 1;
    }

    fn add(&mut self, more: &Self) {
        self.rows += more.rows;
        self.bad += more.bad;
        self.hits += more.hits;
        self.open += more.open;
        self.unsearchable += more.unsearchable;
        self.passed_over.extend(more.passed_over.iter().cloned());
    }

    /// What the shell is told; `whole` says that every row was answered, `wanting` that the lists
    /// clear nobody.
    fn exit(&self, whole: bool, wanting: bool) -> Exit {
        if self.bad > 0 {
            Exit::Failed
        } else if self.open > 0 || self.unsearchable > 0 || !self.passed_over.is_empty() || wanting
        {
            Exit::NeedsReview
        } else if whole {
            Exit::Fine
        } else {
            Exit::Failed
        }
    }

    fn unread(&self) -> String {
        let mut told = String::new();
        for (count, what) in
            [(self.unsearchable, "cannot be searched"), (self.bad, "could not be read")]
        {
            if count > 0 {
                // Writing to a string cannot fail.
                let _ = write!(told, "; {count} {what}");
            }
        }
        told
    }

    fn sentence(&self, done: u64) -> String {
        let before =
            if done > 0 { format!(" ({done} were answered before)") } else { String::new() };
        let bad = self.unread();
        format!(
            "{} rows{before}: {} with a match, {} of them open{bad}",
            self.rows, self.hits, self.open
        )
    }
}

/// How far it is, for a person who waits.
pub(super) struct Progress {
    read: std::sync::Arc<AtomicU64>,
    total: Option<u64>,
    begun: Instant,
    /// How many bytes were read before the first row that is answered now.
    before: u64,
    told: Option<Instant>,
    shown: bool,
    done: u64,
}

impl Progress {
    pub(super) fn new(read: std::sync::Arc<AtomicU64>, total: Option<u64>, done: u64) -> Self {
        let before = read.load(Ordering::Relaxed);
        let shown = io::stderr().is_terminal();
        Self { read, total, begun: Instant::now(), before, told: None, shown, done }
    }

    pub(super) fn tell(&mut self, rows: u64) {
        let now = Instant::now();
        let due = self.told.is_none_or(|it| now - it >= Duration::from_secs(1));
        if !self.shown || !due {
            return;
        }
        self.told = Some(now);
        let millis = u64::try_from((now - self.begun).as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = rows.saturating_mul(1000) / millis;
        let read = self.read.load(Ordering::Relaxed);
        let left = self.total.and_then(|total| {
            let per_byte = read.saturating_sub(self.before).max(1);
            (total.saturating_sub(read)).saturating_mul(millis).checked_div(per_byte)
        });
        let left = left.map(|it| format!(", about {} s left", it / 1000)).unwrap_or_default();
        let line = format!("\r{} rows, {rate} a second{left}   ", self.done + rows);
        // Where standard error is closed, nobody is there to be told so.
        drop(io::stderr().write_all(line.as_bytes()));
    }

    pub(super) fn end(&self) {
        if self.told.is_some() {
            drop(io::stderr().write_all(b"\r\x1b[K"));
        }
    }
}
