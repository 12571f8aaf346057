//! Lines decided as they come: so many of them at once as fit in some memory, packed there, so that
//! those that are alike are decided once. A few lines are decided one by one.

use super::many;
use super::pack::{self, Opened};
use super::portfolio::{Portfolio, Progress, lock};
use crate::cli::Stop;
use crate::lines::{self, Tally};
use crate::trouble::Trouble;
use decision::impact::Packed;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

/// How many bytes of lines are packed at once.
const BATCH: usize = 16 << 20;
/// So few lines are not packed.
const FEW: u64 = 1000;

/// Decides the lines of a file, which is called so in what is told of them.
///
/// # Errors
///
/// Where the input cannot be read on.
pub(super) fn decide(
    portfolio: &Arc<Portfolio>,
    file: &str,
    mut input: Box<dyn Read + Send>,
    progress: &mut Progress<'_>,
) -> Result<(), Stop> {
    let (mut carried, mut before) = (Vec::new(), 0);
    loop {
        let is_last = fill(&mut input, &mut carried, BATCH)?;
        let whole = if is_last {
            carried.len()
        } else if let Some(end) = carried.iter().rposition(|it| *it == b'\n') {
            end + 1
        } else {
            // A line that is longer than all that: whoever cuts the input into lines bears it.
            let rest = Cursor::new(carried).chain(input);
            return one_by_one(portfolio, file, rest, before, progress);
        };
        let rest = carried.split_off(whole);
        let lines = std::mem::replace(&mut carried, rest);
        let count = lines.split(|it| *it == b'\n').count().saturating_sub(1) as u64;
        if count < FEW || portfolio.searcher.is_some() {
            one_by_one(portfolio, file, Cursor::new(lines), before, progress)?;
        } else {
            together(portfolio, file, lines, before, progress)?;
        }
        before += count;
        if is_last {
            return Ok(());
        }
    }
}

/// Reads until there are so many bytes; whether that is the end.
fn fill(input: &mut impl Read, into: &mut Vec<u8>, bytes: usize) -> io::Result<bool> {
    let room = bytes.saturating_sub(into.len());
    Ok(input.take(room as u64).read_to_end(into)? < room)
}

fn one_by_one(
    portfolio: &Arc<Portfolio>,
    file: &str,
    lines: impl Read + Send + 'static,
    before: u64,
    progress: &mut Progress<'_>,
) -> Result<(), Stop> {
    let (decide, file) = (Arc::clone(portfolio), file.to_owned());
    let answer: Arc<lines::Answer<()>> = Arc::new(move |worker, number, line, _out| {
        decide.line(&mut worker.workspace, &file, before + number, line)
    });
    lines::answer(lines, &answer, progress, &mut Tally::default())?;
    Ok(())
}

fn together(
    portfolio: &Arc<Portfolio>,
    file: &str,
    lines: Vec<u8>,
    before: u64,
    progress: &mut Progress<'_>,
) -> Result<(), Stop> {
    let (packing, mut gathered) = pack::gather(portfolio, Cursor::new(lines), before)?;
    let failed = std::mem::take(&mut gathered.failed);
    let failed = failed.into_iter().map(|(number, failure)| (file.to_owned(), number, failure));
    lock(&portfolio.failed).extend(failed);
    let packed = Packed::read(&packing.bytes());
    let packed = packed.map_err(|error| Trouble::new(format!("what was packed: {error}")))?;
    Ok(many::decide_all(portfolio, file, &Opened::of(&gathered), &packed, progress)?)
}
