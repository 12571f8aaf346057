//! A portfolio packed into a file: read once, asked many times.
//!
//! The file has what may be known of each transaction ([`decision::impact::Packed`]), for each line
//! its group, name and value, and last the lines themselves, of which only those are read again
//! that come out differently. It says what it was packed for; where that is no longer so it is
//! refused, never read wrongly.

use super::portfolio::{Law, Portfolio, lock};
use super::{Args, Stop};
use crate::api::failure::{Failure, Problem};
use crate::cli::complain;
use crate::digest;
use crate::lines::{self, Tally, Verdict};
use crate::transactions;
use crate::trouble::Trouble;
use decision::impact::{Packing, Sketch, value};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

/// How a packed portfolio begins.
const MAGIC: &[u8; 16] = b"exeat-packed-1\n\0";
/// How many bytes are kept for each line.
const RECORD: usize = 52;
/// No group, no name, no value.
const NONE: u32 = u32::MAX;
/// How many bytes of lines are read at once where nearly all are read.
const AHEAD: usize = 1 << 18;

/// What is kept of one line beside what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    /// The group of transactions that are alike; none where it is decided by itself.
    pub(super) group: Option<u32>,
    /// Its number.
    pub(super) number: u64,
    /// Its value in thousandths of a US dollar, where every line of the transaction has one.
    pub(super) value: Option<u128>,
    /// Where its name stands among the names.
    name: Option<(u64, u32)>,
    /// Where it stands itself.
    line: (u64, u32),
}

/// What a packed portfolio was packed for: it is read for nothing else.
pub(super) fn header(args: &Args, before: &Law, after: &Law) -> Value {
    let form = |it: &Law| digest::of(it.engine.facts_form().as_bytes());
    let day = |it: Option<jiff::civil::Date>| it.map_or("each day".to_owned(), |it| it.to_string());
    json!({
        "days": [day(args.from), day(args.to)],
        "strict": args.strict,
        "facts": [form(before), form(after)],
        "program": env!("CARGO_PKG_VERSION"),
    })
}

/// The key of the header that says how many transactions name somebody who was not searched.
pub(super) const UNSEARCHED: &str = "unsearched";

/// A line that was read.
#[derive(Debug)]
pub(super) struct Line {
    number: u64,
    group: Option<u32>,
    value: Option<u128>,
    name: Option<String>,
    bytes: Vec<u8>,
}

/// What is read of the lines so far.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    lines: Vec<Line>,
    /// Those that could not be read, with their numbers.
    pub(super) failed: Vec<(u64, Failure)>,
}

/// Reads lines and finds which of them are alike. Their numbers begin after `before`.
///
/// # Errors
///
/// Where the input cannot be read on.
pub(super) fn gather(
    portfolio: &Arc<Portfolio>,
    input: impl Read + Send + 'static,
    before: u64,
) -> io::Result<(Packing, Gathered)> {
    let all = Arc::new(Mutex::new((Packing::default(), Gathered::default())));
    let (kept, portfolio) = (Arc::clone(&all), Arc::clone(portfolio));
    let answer: Arc<lines::Answer<()>> = Arc::new(move |worker, number, line, _out| {
        let number = before + number;
        let read = line
            .map_err(|problem: Problem| Failure::from(problem.at_line(number)))
            .and_then(|line| Ok((transactions::read_line(line)?, line.to_vec())))
            .map_err(|failure| failure.in_line(number));
        match read {
            Ok((transaction, line)) => {
                portfolio.named(&transaction);
                let sides = [portfolio.before.side(), portfolio.after.side()];
                let sketch = Sketch::of(&sides, &transaction, &mut worker.workspace);
                let (value, name) = (value(&transaction), transaction.id);
                let mut all = lock(&kept);
                let group = sketch.map(|it| all.0.add(&it));
                all.1.lines.push(Line { number, group, value, name, bytes: line });
                Verdict::Answered(())
            }
            Err(failure) => {
                lock(&kept).1.failed.push((number, failure));
                Verdict::Failed
            }
        }
    });
    lines::answer(input, &answer, &mut io::sink(), &mut Tally::default())?;
    let (packing, mut gathered) = std::mem::take(&mut *lock(&all));
    gathered.lines.sort_unstable_by_key(|it| it.number);
    gathered.failed.sort_unstable_by_key(|it| it.0);
    Ok((packing, gathered))
}

/// Packs a portfolio into a file.
///
/// # Errors
///
/// Where there is nothing to pack, or a line could not be read: what was packed stands for the
/// portfolio from then on, and nothing in it would say what is missing.
pub(super) fn write(
    args: &Args,
    portfolio: &Arc<Portfolio>,
    input: Box<dyn Read + Send>,
    out: &Path,
) -> Result<(), Stop> {
    let mut header = header(args, &portfolio.before, &portfolio.after);
    let (packing, gathered) = gather(portfolio, input, 0).map_err(Stop::from)?;
    // Those who ask the packed portfolio are told of how many names nothing is known.
    if let Some(header) = header.as_object_mut() {
        header.insert(UNSEARCHED.into(), portfolio.unsearched.load(Ordering::Relaxed).into());
    }
    let header = header.to_string();
    for (_, failure) in &gathered.failed {
        complain(failure.for_a_person("line").trim_end());
    }
    match (gathered.failed.len(), gathered.lines.len()) {
        (0, 0) => return Err(nothing().into()),
        (0, _) => {}
        (failed, lines) => {
            let what = format!("{failed} of {} lines could not be read", failed + lines);
            let trouble = Trouble::new(format!("nothing was packed: {what}"));
            return Err(trouble.help("correct them, or take them out of the file").into());
        }
    }
    let packed = packing.bytes();
    let file = File::create(out).map_err(|error| Trouble::writing(out, &error))?;
    let written = save(BufWriter::new(file), header.as_bytes(), &packed, &gathered);
    written.map_err(|error| Trouble::writing(out, &error))?;
    complain(&format!(
        "{} transactions packed, of which {} bytes are what is known of them",
        gathered.lines.len(),
        packed.len()
    ));
    Ok(())
}

/// What is said of a portfolio without a line.
pub(super) fn nothing() -> Trouble {
    Trouble::new("nothing to decide: there is no transaction").help("did what writes it fail?")
}

fn save(mut out: impl Write, header: &[u8], packed: &[u8], all: &Gathered) -> io::Result<()> {
    let (records, names) = all.records();
    out.write_all(MAGIC)?;
    for part in [header, packed, &records, &names] {
        out.write_all(&(part.len() as u64).to_le_bytes())?;
    }
    for part in [header, packed, &records, &names] {
        out.write_all(part)?;
    }
    for line in &all.lines {
        out.write_all(&line.bytes)?;
    }
    out.flush()
}

impl Gathered {
    /// What is kept of each line, and the names.
    fn records(&self) -> (Vec<u8>, Vec<u8>) {
        let (mut records, mut names, mut at) = (Vec::new(), Vec::new(), 0_u64);
        for line in &self.lines {
            let name = line.name.as_deref().map(str::as_bytes);
            records.extend(line.group.unwrap_or(NONE).to_le_bytes());
            records.extend(line.number.to_le_bytes());
            records.extend(line.value.unwrap_or(u128::MAX).to_le_bytes());
            records.extend((names.len() as u64).to_le_bytes());
            records.extend(name.map_or(NONE, length).to_le_bytes());
            names.extend_from_slice(name.unwrap_or_default());
            records.extend(at.to_le_bytes());
            records.extend(length(&line.bytes).to_le_bytes());
            at += line.bytes.len() as u64;
        }
        (records, names)
    }
}

/// No line is longer than [`lines::LONGEST`].
fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(NONE - 1)
}

/// A packed portfolio, opened.
pub(super) struct Opened {
    pub(super) header: Value,
    pub(super) packed: Vec<u8>,
    records: Vec<u8>,
    names: Vec<u8>,
    lines: Lines,
    first_line: u64,
}

/// Where the lines are.
enum Lines {
    File(Mutex<File>),
    Memory(Vec<u8>),
}

impl Opened {
    /// What was read of lines, as if it had been packed into a file and opened.
    pub(super) fn of(gathered: &Gathered) -> Self {
        let (records, names) = gathered.records();
        let lines: Vec<&[u8]> = gathered.lines.iter().map(|it| it.bytes.as_slice()).collect();
        let lines = Lines::Memory(lines.concat());
        Self { header: Value::Null, packed: Vec::new(), records, names, lines, first_line: 0 }
    }

    /// Whether a file is a packed portfolio.
    pub(super) fn is_one(path: &Path) -> bool {
        let mut start = [0; MAGIC.len()];
        let read = File::open(path).and_then(|mut it| it.read_exact(&mut start));
        read.is_ok() && &start == MAGIC
    }

    /// Opens one, and reads all but its lines.
    pub(super) fn open(path: &Path) -> Result<Self, Trouble> {
        Self::read(path).map_err(|error| Trouble::reading(path, &error))
    }

    fn read(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut start = [0; MAGIC.len() + 32];
        file.read_exact(&mut start)?;
        let mut first_line = start.len() as u64;
        let mut parts: [Vec<u8>; 4] = Default::default();
        let lengths = start.get(MAGIC.len()..).unwrap_or_default().chunks_exact(8);
        for (part, length) in parts.iter_mut().zip(lengths) {
            let length = u64::from_le_bytes(length.try_into().unwrap_or_default());
            first_line = first_line.saturating_add(length);
            if first_line > size {
                return Err(io::Error::other("the packed portfolio is not whole"));
            }
            *part = vec![0; usize::try_from(length).map_err(io::Error::other)?];
            file.read_exact(part)?;
        }
        let [header, packed, records, names] = parts;
        let header = serde_json::from_slice(&header).map_err(io::Error::other)?;
        Ok(Self {
            header,
            packed,
            records,
            names,
            lines: Lines::File(Mutex::new(file)),
            first_line,
        })
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// What is kept of a line.
    pub(super) fn record(&self, place: usize) -> Option<Record> {
        let mut rest = self.records.get(place * RECORD..(place + 1) * RECORD)?;
        let group = u32::from_le_bytes(*take(&mut rest)?);
        let number = u64::from_le_bytes(*take(&mut rest)?);
        let value = u128::from_le_bytes(*take(&mut rest)?);
        let name_at = u64::from_le_bytes(*take(&mut rest)?);
        let name = u32::from_le_bytes(*take(&mut rest)?);
        let line_at = u64::from_le_bytes(*take(&mut rest)?);
        let line = u32::from_le_bytes(*take(&mut rest)?);
        Some(Record {
            group: (group != NONE).then_some(group),
            number,
            value: (value != u128::MAX).then_some(value),
            name: (name != NONE).then_some((name_at, name)),
            line: (line_at, line),
        })
    }

    /// What the caller calls a transaction.
    pub(super) fn name(&self, record: &Record) -> Option<String> {
        record.name.and_then(|(at, length)| {
            let at = usize::try_from(at).ok()?;
            let name = self.names.get(at..at.checked_add(length as usize)?)?;
            Some(String::from_utf8_lossy(name).into_owned())
        })
    }

    /// A reader of its lines, for one thread. Where nearly all lines are read in their order, many
    /// are read at once.
    pub(super) fn reader(&self, many: bool) -> Reader<'_> {
        Reader { opened: self, ahead: if many { AHEAD } else { 0 }, at: 0, read: Vec::new() }
    }
}

/// Reads lines of a packed portfolio.
pub(super) struct Reader<'o> {
    opened: &'o Opened,
    /// How many bytes are read at once at least.
    ahead: usize,
    /// What was read last, and where among the lines it begins.
    at: u64,
    read: Vec<u8>,
}

impl<'o> Reader<'o> {
    /// The portfolio.
    pub(super) fn opened(&self) -> &'o Opened {
        self.opened
    }

    /// A line.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or ends before it.
    pub(super) fn line(&mut self, record: &Record) -> io::Result<&[u8]> {
        let (at, length) = (record.line.0, record.line.1 as usize);
        let opened = self.opened;
        let file = match &opened.lines {
            Lines::Memory(lines) => return part(lines, at, length).ok_or_else(ends_early),
            Lines::File(file) => file,
        };
        let within = at.checked_sub(self.at);
        if within.and_then(|it| part(&self.read, it, length)).is_none() {
            self.read.clear();
            self.at = at;
            let mut file = lock(file);
            file.seek(SeekFrom::Start(opened.first_line.saturating_add(at)))?;
            (&mut *file).take(self.ahead.max(length) as u64).read_to_end(&mut self.read)?;
        }
        part(&self.read, at.saturating_sub(self.at), length).ok_or_else(ends_early)
    }
}

fn part(bytes: &[u8], at: u64, length: usize) -> Option<&[u8]> {
    bytes.get(usize::try_from(at).ok()?..)?.get(..length)
}

fn ends_early() -> io::Error {
    ErrorKind::UnexpectedEof.into()
}

/// The next bytes.
fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Option<&'b [u8; N]> {
    let (first, left) = rest.split_first_chunk()?;
    *rest = left;
    Some(first)
}
