//! `near REPORT FOLDER PAGES...`: transactions near the cases that would notice a change which no case notices.
//!
//! For each block that was changed, the cases are taken in which it holds, is open or fails, and
//! each is varied in one thing. A variant under which the answer is another is a case somebody may
//! want: it is written as a line of a page, with what is expected of it today. Whether that is what
//! the paragraph says is for people to read. REPORT is what `exeat rules mutate --format json` says
//! of the same rulebook; the pages are written to FOLDER.
#![expect(clippy::expect_used, clippy::panic, reason = "a tool that cannot go on stops")]
#![expect(clippy::print_stderr, reason = "it says how far it is")]
#![expect(unreachable_pub, reason = "the tests share the file that reads the rulebook")]

mod difference;
mod pages;
#[path = "../../tests/it/rulebook.rs"]
mod rulebook;
mod variation;

use decision::case_page::{self, CasePageEntry};
use decision::transaction::read::{Format, read, tree};
use decision::{Engine, Options, Probe, Trace, Transaction};
use difference::{Answer, Expected};
use law::rulebook::{BlockId, Rulebook};
use law::{Loaded, Mutant, Truth};
use pages::{Line, Pages};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use variation::Variations;

/// How many cases are varied for a block, of each truth that it has in them.
const CASES: usize = 5;

/// How many whole answers are compared for one change.
const COMPARED: usize = 120;

/// A case of a page.
struct Guard {
    /// Its page and line, and its title.
    name: String,
    entry: CasePageEntry,
    probe: Probe,
}

/// A case that can be varied.
struct Seed<'g> {
    guard: &'g Guard,
    tree: Value,
}

/// A transaction near a case.
struct Candidate<'g> {
    guard: &'g Guard,
    /// The keys of the whole transaction.
    tree: Value,
    transaction: Transaction,
    probe: Option<Probe>,
}

fn main() {
    let mut paths = std::env::args().skip(1).map(PathBuf::from);
    let report = paths.next().expect("the report of `exeat rules mutate --format json`");
    let folder = paths.next().expect("a folder for the pages");
    let options = Options { trace: Trace::Decisive, ..Options::default() };
    let engine = rulebook::engine();
    let guards: Vec<Guard> = paths.flat_map(|it| page(engine, &it, &options)).collect();
    let report = std::fs::read_to_string(report).expect("the report");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let told = report.get("mutants").and_then(Value::as_array).expect("its changes");
    let asked = engine.asked();
    let mutants = engine.rulebook().mutants();
    let judged = mutants.iter().filter(|it| !engine.rulebook().is_idle(it, &asked));
    let open: Vec<&Mutant> = judged
        .zip(told)
        .inspect(|(mutant, told)| {
            assert_eq!(told.get("change").and_then(Value::as_str), Some(mutant.what.as_str()));
        })
        .filter(|it| it.1.get("noticed_by").is_none_or(Value::is_null))
        .map(|it| it.0)
        .collect();
    eprintln!("{} changes that no case notices, {} cases", open.len(), guards.len());
    seek(engine, &open, &guards, &options).write(&folder).expect("pages are written");
}

fn page(engine: &Engine, path: &std::path::Path, options: &Options) -> Vec<Guard> {
    let text = std::fs::read_to_string(path).expect("a page");
    let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
    let guard = |entry: CasePageEntry| {
        let transaction = read(Format::Yaml, entry.transaction.as_bytes()).ok()?;
        let probe = engine.probe(&transaction, options).filter(|_| entry.lists.is_none())?;
        Some(Guard { name: format!("{name}:{} {}", entry.line, entry.title), entry, probe })
    };
    case_page::read(&text).unwrap_or_default().into_iter().filter_map(guard).collect()
}

/// Seeks them for every change.
fn seek<'g>(
    engine: &Engine,
    mutants: &[&Mutant],
    guards: &'g [Guard],
    options: &Options,
) -> Pages<'g> {
    let seeds: Vec<Seed<'g>> = guards.iter().filter_map(seed).collect();
    let variations = Variations::of(seeds.iter().map(|it| &it.tree));
    let mut groups: BTreeMap<Option<BlockId>, Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants {
        groups.entry(mutant.block).or_default().push(mutant);
    }
    // The tables are many changes without a block: they are divided, so that nobody waits.
    let groups: Vec<(Option<BlockId>, Vec<&Mutant>)> = groups
        .into_iter()
        .flat_map(|(block, of)| of.chunks(20).map(|it| (block, it.to_vec())).collect::<Vec<_>>())
        .collect();
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let seeker = Seeker { engine, options, seeds: &seeds, variations: &variations };
    let work = || {
        let mut found = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some((block, mutants)) = groups.get(place) else { return found };
            let lines = seeker.lines(*block, mutants);
            eprintln!("{place}/{}: {} of {}", groups.len(), lines.len(), mutants.len());
            found.push((place, lines));
        }
    };
    let mut found: Vec<(usize, Vec<Line<'g>>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|it| it.join().unwrap_or_default()).collect()
    });
    found.sort_by_key(|it| it.0);
    let mut pages = Pages::default();
    for (place, lines) in found {
        let block =
            groups.get(place).and_then(|it| it.0).and_then(|it| engine.rulebook().block(it));
        pages.add(block.map_or("tables", |it| it.citation.as_str()), lines);
    }
    pages
}

fn seed(guard: &Guard) -> Option<Seed<'_>> {
    let tree = tree(Format::Yaml, guard.entry.transaction.as_bytes()).ok()?;
    Some(Seed { guard, tree })
}

/// What is sought with.
struct Seeker<'a, 'g> {
    engine: &'a Engine,
    options: &'a Options,
    seeds: &'a [Seed<'g>],
    variations: &'a Variations,
}

impl<'g> Seeker<'_, 'g> {
    /// Lines that notice the changes of one block, or of some tables.
    fn lines(&self, block: Option<BlockId>, mutants: &[&Mutant]) -> Vec<Line<'g>> {
        let seeds = self.seeds_for(block);
        let words: Vec<String> = mutants.iter().flat_map(|it| words(&it.what)).collect();
        let mut candidates = Vec::new();
        for seed in &seeds {
            candidates.extend(self.near(*seed, &words));
        }
        let before: Vec<Option<Vec<Truth>>> =
            candidates.iter().map(|it| self.engine.truths(it.probe.as_ref()?, block?)).collect();
        let mut lines: Vec<(usize, Line<'g>)> = Vec::new();
        let mut dated = Vec::new();
        for mutant in mutants {
            let changed = changed(self.engine.rulebook(), mutant);
            let days = self.engine.rulebook().days_of(mutant);
            // A change of one day shows on that day only.
            if let Some(days) = days.as_ref().filter(|_| mutant.kind == law::mutation::Kind::Date) {
                let on_the_day: Vec<Candidate<'g>> =
                    seeds.iter().filter_map(|it| self.on(*it, days.start)).collect();
                for candidate in on_the_day {
                    if let Some(expected) = self.notices(&changed, &candidate) {
                        dated.push(line(&candidate, expected, mutant));
                        break;
                    }
                }
                continue;
            }
            let within = |it: &Candidate<'g>| {
                let date = it.transaction.legs().first().map(|it| it.date);
                days.as_ref().is_none_or(|days| date.is_some_and(|it| days.contains(&it)))
            };
            let mut known: Vec<usize> = lines.iter().map(|it| it.0).collect();
            known.dedup();
            let differs = |place: &usize| {
                let Some(candidate) = candidates.get(*place) else { return false };
                if !within(candidate) {
                    return false;
                }
                let Some(block) = block.filter(|_| mutant.is_of_a_condition()) else { return true };
                let Some(probe) = &candidate.probe else { return false };
                let after = changed.truths(probe, block);
                before.get(*place).is_some_and(|it| *it != after)
            };
            let all = spread(candidates.len());
            let places = known.iter().copied().chain(all).filter(differs).take(COMPARED);
            for place in places {
                let Some(candidate) = candidates.get(place) else { continue };
                if let Some(expected) = self.notices(&changed, candidate) {
                    lines.push((place, line(candidate, expected, mutant)));
                    break;
                }
            }
        }
        lines.sort_by_key(|it| it.0);
        lines.into_iter().map(|it| it.1).chain(dated).collect()
    }

    /// The cases to vary: some in which the block holds, some in which it is open, some others.
    fn seeds_for(&self, block: Option<BlockId>) -> Vec<usize> {
        let Some(block) = block else {
            return spread(self.seeds.len()).take(8 * CASES).collect();
        };
        let mut of: [Vec<usize>; 4] = Default::default();
        for place in spread(self.seeds.len()) {
            let Some(probe) = self.seeds.get(place).map(|it| &it.guard.probe) else { continue };
            let truths = self.engine.truths(probe, block);
            let kind = match truths {
                Some(it) if it.contains(&Truth::True) => 0,
                Some(it) if it.contains(&Truth::Unknown) => 1,
                Some(_) => 2,
                None => 3,
            };
            of.get_mut(kind).into_iter().for_each(|it| it.push(place));
        }
        let [holds, open, fails, absent] = of;
        let mut chosen: Vec<usize> = holds.iter().copied().take(2 * CASES).collect();
        chosen.extend(open.iter().take(CASES));
        let more = (4 * CASES).saturating_sub(chosen.len()).min(2 * CASES);
        chosen.extend(fails.iter().take(more));
        if chosen.is_empty() {
            chosen.extend(absent.iter().take(2 * CASES));
        }
        chosen
    }

    /// A case as it is, and varied in one thing.
    fn near(&self, seed: usize, words: &[String]) -> Vec<Candidate<'g>> {
        let Some(it) = self.seeds.get(seed) else { return Vec::new() };
        let mut trees = vec![it.tree.clone()];
        trees.extend(self.variations.of_tree(&it.tree, words));
        trees.into_iter().filter_map(|tree| self.candidate(seed, tree)).collect()
    }

    fn on(&self, seed: usize, day: jiff::civil::Date) -> Option<Candidate<'g>> {
        let mut tree = self.seeds.get(seed)?.tree.clone();
        tree.as_object_mut()?.insert("date".to_owned(), Value::String(day.to_string()));
        self.candidate(seed, tree)
    }

    fn candidate(&self, seed: usize, tree: Value) -> Option<Candidate<'g>> {
        let guard = self.seeds.get(seed)?.guard;
        let transaction = read(Format::Json, tree.to_string().as_bytes()).ok()?;
        let probe = self.engine.probe(&transaction, self.options);
        Some(Candidate { guard, tree, transaction, probe })
    }

    /// What is expected of the candidate that the changed law does not give.
    fn notices(&self, changed: &Engine, candidate: &Candidate<'g>) -> Option<Vec<Expected>> {
        let ours = Answer::of(&self.engine.decide(&candidate.transaction, self.options));
        let theirs = Answer::of(&changed.decide(&candidate.transaction, self.options));
        ours.told_from(&theirs)
    }
}

fn line<'g>(candidate: &Candidate<'g>, expected: Vec<Expected>, mutant: &Mutant) -> Line<'g> {
    Line::new(candidate.guard, &candidate.tree, expected, mutant.what.clone())
}

fn changed(rulebook: &Rulebook, mutant: &Mutant) -> Engine {
    let rulebook = rulebook.mutated(mutant);
    let loaded = Loaded { rulebook, files: Vec::new(), warnings: Vec::new() };
    Engine::new(loaded, String::new()).for_few()
}

/// Every place below a number once, far apart one after the other.
fn spread(count: usize) -> impl Iterator<Item = usize> {
    let step = [7919, 7907, 7901].into_iter().find(|it| count == 0 || !count.is_multiple_of(*it));
    let step = step.unwrap_or(1);
    (0..count).map(move |it| it * step % count.max(1))
}

/// The words of a change that may be values: codes of countries, entries, names of things.
fn words(what: &str) -> Vec<String> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.');
    what.split(|it| !is_part(it)).filter(|it| it.len() > 1).map(str::to_owned).collect()
}
