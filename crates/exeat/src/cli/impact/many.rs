//! A packed portfolio decided: groups of transactions that are alike first, many at a time, then
//! one by one the lines of those groups whose answers differ in words of their own.

use super::pack::{self, Opened, Record};
use super::portfolio::{Changed, Portfolio, Progress, lock};
use super::{Args, Stop};
use crate::api::failure::Problem;
use crate::transactions;
use crate::trouble::Trouble;
use decision::Workspace;
use decision::impact::{Asked, Change, Compared, Packed, Settled, Words, settled};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How many groups or lines a thread takes at once.
const PART: usize = 4096;
/// Where one line in so many is read, those between are read along.
const DENSE: usize = 8;
/// How often it is looked whether the threads are done.
const LOOK: Duration = Duration::from_millis(5);

/// Decides every line of a packed portfolio under both laws.
pub(super) fn decide(
    args: &Args,
    portfolio: &Portfolio,
    path: &Path,
    began: Instant,
) -> Result<(), Stop> {
    let opened = Opened::open(path)?;
    fits(args, portfolio, &opened, path)?;
    let unsearched = opened.header.get(pack::UNSEARCHED).and_then(serde_json::Value::as_u64);
    portfolio.unsearched.fetch_add(unsearched.unwrap_or_default(), Ordering::Relaxed);
    let packed = Packed::read(&opened.packed);
    let packed = packed.map_err(|error| Trouble::new(format!("{}: {error}", path.display())))?;
    let mut progress = Progress::new(portfolio, began);
    Ok(decide_all(portfolio, "", &opened, &packed, &mut progress)?)
}

/// Decides what was packed of the lines of a file.
///
/// # Errors
///
/// Where a thread was lost.
pub(super) fn decide_all(
    portfolio: &Portfolio,
    file: &str,
    opened: &Opened,
    packed: &Packed,
    progress: &mut Progress<'_>,
) -> Result<(), Trouble> {
    let mut groups = Groups::of(opened, packed.len());
    let found = in_parts(packed.len(), progress, |workspace, range| {
        let sides = [portfolio.before.side(), portfolio.after.side()];
        let mut reader = opened.reader(false);
        let compared = packed.compared(&sides, range.clone());
        let mut settle = |(group, compared): (usize, Option<Compared>)| {
            let settled = if compared.is_some_and(Compared::is_same) {
                Settled::Same
            } else {
                let example = groups.example(group).and_then(|it| opened.record(it));
                let line = example.and_then(|it| reader.line(&it).ok());
                match line.and_then(|it| transactions::read_line(it).ok()) {
                    Some(example) => settled(&sides, compared, &example, workspace),
                    None => Settled::Each,
                }
            };
            if !matches!(settled, Settled::Asked(_) | Settled::Each) {
                portfolio.decided.fetch_add(groups.count(group), Ordering::Relaxed);
            }
            settled
        };
        range.zip(compared).map(&mut settle).collect::<Vec<_>>()
    })?;
    groups.settled = found;
    let open = groups.open(opened);
    let is_dense = open.len() * DENSE >= opened.len();
    let changed = in_parts(open.len(), progress, |workspace, range| {
        let mut lines = Differing {
            portfolio,
            file,
            reader: opened.reader(is_dense),
            workspace,
            changes: BTreeMap::new(),
        };
        let places = open.get(range).unwrap_or_default().iter();
        let records = places.filter_map(|it| opened.record(*it));
        records.filter_map(|it| lines.changed(&it, groups.of_line(&it))).collect()
    })?;
    let changed = changed.into_iter().map(|(number, it)| (file.to_owned(), number, it));
    lock(&portfolio.changed).extend(changed);
    Ok(())
}

/// Refuses what was packed for something else.
fn fits(args: &Args, portfolio: &Portfolio, opened: &Opened, path: &Path) -> Result<(), Trouble> {
    let now = pack::header(args, &portfolio.before, &portfolio.after);
    let words = [
        ("days", "it was packed for other days"),
        ("strict", "it was packed with other presumptions"),
        ("facts", "the schema or a table of a rulebook is another than when it was packed"),
        ("program", "it was packed by another version of the program"),
    ];
    match words.iter().find(|(key, _)| now.get(key) != opened.header.get(key)) {
        None => Ok(()),
        Some((key, why)) => {
            let said = |it: &serde_json::Value| it.get(key).map(ToString::to_string);
            Err(Trouble::new(format!(
                "{}: {why} ({}, not {}): pack it again with --pack",
                path.display(),
                said(&opened.header).unwrap_or_default(),
                said(&now).unwrap_or_default(),
            )))
        }
    }
}

/// The lines of a part of a portfolio whose answers differ, or may.
struct Differing<'a> {
    portfolio: &'a Portfolio,
    file: &'a str,
    reader: pack::Reader<'a>,
    workspace: &'a mut Workspace,
    /// What is the same change in the same words, by the number of the group, is kept once.
    changes: BTreeMap<(u32, Words), Arc<Change>>,
}

impl Differing<'_> {
    /// What changes of a line, with its number; what is decided by itself goes to the portfolio.
    fn changed(&mut self, record: &Record, settled: &Settled) -> Option<(u64, Changed)> {
        let change = match settled {
            Settled::Same => return None,
            Settled::Changed(change) => Arc::clone(change),
            Settled::Asked(asked) => match self.asked(record, asked) {
                Some(change) => {
                    self.portfolio.decided.fetch_add(1, Ordering::Relaxed);
                    change
                }
                None => return self.by_itself(record),
            },
            Settled::Each => return self.by_itself(record),
        };
        let named = self.reader.opened().name(record);
        let name = named.unwrap_or_else(|| format!("{}line {}", self.file, record.number));
        Some((record.number, Changed { name, value: record.value, change }))
    }

    /// The change of a line that is asked something in its own words.
    fn asked(&mut self, record: &Record, asked: &Asked) -> Option<Arc<Change>> {
        let transaction = transactions::read_line(self.reader.line(record).ok()?).ok()?;
        let sides = [self.portfolio.before.side(), self.portfolio.after.side()];
        let words = asked.words(&sides, &transaction, self.workspace)?;
        let Some(group) = record.group else { return Some(asked.change(&words)) };
        let kept = self.changes.entry((group, words));
        Some(Arc::clone(match kept {
            Entry::Occupied(ref kept) => kept.get(),
            Entry::Vacant(place) => {
                let change = asked.change(&place.key().1);
                place.insert(change)
            }
        }))
    }

    /// Decides a line by itself.
    fn by_itself(&mut self, record: &Record) -> Option<(u64, Changed)> {
        let line = self.reader.line(record);
        let line = line.map_err(|error| Problem::new(error.to_string()));
        self.portfolio.line(self.workspace, self.file, record.number, line);
        None
    }
}

/// The groups of a portfolio.
struct Groups {
    /// For each, how many lines it has and its first line.
    lines: Vec<(u64, usize)>,
    settled: Vec<Settled>,
}

impl Groups {
    fn of(opened: &Opened, groups: usize) -> Self {
        let mut lines = vec![(0, 0); groups];
        for place in 0..opened.len() {
            let group = opened.record(place).and_then(|it| it.group);
            if let Some(it) = group.and_then(|it| lines.get_mut(it as usize)) {
                if it.0 == 0 {
                    it.1 = place;
                }
                it.0 += 1;
            }
        }
        Self { lines, settled: Vec::new() }
    }

    fn count(&self, group: usize) -> u64 {
        self.lines.get(group).map_or(0, |it| it.0)
    }

    fn example(&self, group: usize) -> Option<usize> {
        self.lines.get(group).map(|it| it.1)
    }

    fn of_line(&self, record: &Record) -> &Settled {
        let group = record.group.and_then(|it| self.settled.get(it as usize));
        group.unwrap_or(&Settled::Each)
    }

    /// The lines of which there is something to say.
    fn open(&self, opened: &Opened) -> Vec<usize> {
        let is_open =
            |it: &usize| opened.record(*it).is_some_and(|it| *self.of_line(&it) != Settled::Same);
        (0..opened.len()).filter(is_open).collect()
    }
}

/// Does something for every part of so many, on every core, while somebody is told how far it is;
/// what came of the parts, in order.
fn in_parts<T: Send>(
    count: usize,
    progress: &mut Progress<'_>,
    work: impl Fn(&mut Workspace, std::ops::Range<usize>) -> Vec<T> + Sync,
) -> Result<Vec<T>, Trouble> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let take = || {
        let (mut workspace, mut found) = (Workspace::default(), Vec::new());
        loop {
            let first = next.fetch_add(PART, Ordering::Relaxed);
            if first >= count {
                return found;
            }
            found.push((first, work(&mut workspace, first..count.min(first + PART))));
        }
    };
    let found: Option<Vec<_>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(take)).collect();
        while workers.iter().any(|it| !it.is_finished()) {
            thread::sleep(LOOK);
            // Progress never fails.
            let _ = progress.flush();
        }
        workers.into_iter().map(|it| it.join().ok()).collect()
    });
    let Some(found) = found else { return Err(Trouble::new("a part of the portfolio was lost")) };
    let mut found: Vec<(usize, Vec<T>)> = found.into_iter().flatten().collect();
    found.sort_by_key(|it| it.0);
    Ok(found.into_iter().flat_map(|it| it.1).collect())
}
