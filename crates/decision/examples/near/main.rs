//! `near REPORT FOLDER MINUTES[xEFFORT] PAGES...`: transactions near the cases that would notice a change which no case notices.
//!
//! For each block that was changed, the cases are taken in which it holds, is open or fails, and
//! each is varied in one thing. A variant under which the answer is another is a case somebody may
//! want: it is written as a line of a page, with what is expected of it today. Whether that is what
//! the paragraph says is for people to read. REPORT is what `exeat rules mutate --format json` says
//! of the same rulebook; the pages are written to FOLDER. EFFORT (1) is how many times as many cases,
//! variants and comparisons are tried for each block.
#![expect(clippy::expect_used, clippy::panic, reason = "a tool that cannot go on stops")]
#![expect(clippy::print_stderr, reason = "it says how far it is")]
#![expect(unreachable_pub, reason = "the tests share the file that reads the rulebook")]

mod difference;
mod pages;
mod products;
#[path = "../../tests/it/rulebook.rs"]
mod rulebook;
mod users;
mod variation;

use decision::case_page::{self, CasePageEntry};
use decision::transaction::read::{Format, read, tree};
use decision::{Engine, Options, Probe, Trace, Transaction};
use difference::{Answer, Expected};
use jiff::civil::Date;
use law::rulebook::{BlockId, Rulebook};
use law::{Loaded, Mutant, Truth};
use pages::{Line, Pages};
use products::Products;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use variation::Variations;

/// How many cases are varied for a block, of each truth that it has in them.
const CASES: usize = 3;

/// How many whole answers are compared for one change, in each round.
const COMPARED: usize = 12;

/// How often what was varied is varied again.
const ROUNDS: usize = 3;

/// How many transactions are kept of which the parts of a condition are alike.
const ALIKE: usize = 4;

/// How often something is varied before it is clear whether that tells a condition anything.
const TRIES: usize = 25;

/// Of so many variants of what tells nothing, one is tried.
const SELDOM: usize = 12;

/// How many transactions are varied again for what is hidden in them, and as many for what is new.
const FRONTIER: usize = 6;

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
#[derive(Clone)]
struct Candidate<'g> {
    guard: &'g Guard,
    /// The keys of the whole transaction.
    tree: Value,
    transaction: Transaction,
    probe: Option<Arc<Probe>>,
}

fn main() {
    let mut paths = std::env::args().skip(1).map(PathBuf::from);
    let report = paths.next().expect("the report of `exeat rules mutate --format json`");
    let folder = paths.next().expect("a folder for the pages");
    let bounds = paths.next().and_then(|it| it.to_str().map(str::to_owned));
    let bounds = bounds.expect("how many minutes it may take");
    let (minutes, effort) = bounds.split_once('x').unwrap_or((&bounds, "1"));
    let minutes: u64 = minutes.parse().expect("a number of minutes");
    let effort: usize = effort.parse().expect("how many times as much is tried");
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    let options = Options { trace: Trace::Decisive, ..Options::default() };
    let engine = rulebook::engine();
    let paths: Vec<PathBuf> = paths.collect();
    let guards: Vec<Guard> = paths.iter().flat_map(|it| page(engine, it, &options)).collect();
    let report = std::fs::read_to_string(report).expect("the report");
    let mut report: Value = serde_json::from_str(&report).expect("JSON");
    let told = report.get("mutants").and_then(Value::as_array).expect("its changes").clone();
    let mutants = engine.rulebook().mutants();
    let by_name: BTreeMap<(Option<u64>, &str), &Mutant> = mutants
        .iter()
        .map(|it| ((it.block.map(|it| u64::from(it.0)), it.what.as_str()), it))
        .collect();
    let is_open = |it: &(usize, &Value)| it.1.get("noticed_by").is_none_or(Value::is_null);
    let (places, open): (Vec<usize>, Vec<&Mutant>) = told
        .iter()
        .enumerate()
        .filter(is_open)
        .map(|(place, told)| {
            let block = told.get("block_number").and_then(Value::as_u64);
            let what = told.get("change").and_then(Value::as_str).unwrap_or_default();
            (place, *by_name.get(&(block, what)).expect("a change of this rulebook"))
        })
        .unzip();
    eprintln!("{} changes that no case notices, {} cases", open.len(), guards.len());
    let (pages, mut found) = seek(engine, &open, &guards, (&options, effort), end);
    pages.write(&folder).expect("pages are written");
    let texts: Vec<String> =
        paths.iter().map(|it| std::fs::read_to_string(it).expect("a page")).collect();
    let (page, of_products) = Products::of(engine, &options, &texts).page(&open);
    std::fs::write(folder.join("products.md"), page).expect("a page is written");
    found.extend(of_products);
    // The report again, with what was found, so that the search can go on from it.
    let all = report.get_mut("mutants").and_then(Value::as_array_mut);
    let all = all.expect("its changes");
    for (place, mutant) in places.iter().zip(&open) {
        if found.contains(&(mutant.block, mutant.what.clone()))
            && let Some(it) = all.get_mut(*place)
        {
            it["noticed_by"] = "a line that was found".into();
        }
    }
    std::fs::write(folder.join("report.json"), report.to_string()).expect("the report");
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

/// Whether a block is about products, not about transactions.
fn is_classifying(rulebook: &Rulebook, block: Option<BlockId>) -> bool {
    let subject = block.and_then(|it| rulebook.block(it)).map(|it| it.subject);
    rulebook.classification.as_ref().is_some_and(|it| subject == Some(it.kind))
}

/// Seeks them for every change.
fn seek<'g>(
    engine: &Engine,
    mutants: &[&Mutant],
    guards: &'g [Guard],
    (options, effort): (&Options, usize),
    end: Instant,
) -> (Pages<'g>, BTreeSet<(Option<BlockId>, String)>) {
    let seeds: Vec<Seed<'g>> = guards.iter().filter_map(seed).collect();
    let variations = Variations::of(seeds.iter().map(|it| &it.tree));
    let mut groups: BTreeMap<Option<BlockId>, Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants {
        groups.entry(mutant.block).or_default().push(mutant);
    }
    // The tables are many changes without a block: they are divided, so that nobody waits.
    let mut groups: Vec<(Option<BlockId>, Vec<&Mutant>)> = groups
        .into_iter()
        .flat_map(|(block, of)| of.chunks(20).map(|it| (block, it.to_vec())).collect::<Vec<_>>())
        .collect();
    groups.sort_by_key(|it| std::cmp::Reverse(it.1.len()));
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let seeker = Seeker { engine, options, effort, seeds: &seeds, variations: &variations };
    let work = || {
        let mut found = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let group = groups.get(place).filter(|_| Instant::now() < end);
            let Some((block, mutants)) = group else { return found };
            if is_classifying(engine.rulebook(), *block) {
                continue;
            }
            let lines = seeker.lines(*block, mutants);
            eprintln!("{place}/{}: {} of {}", groups.len(), lines.len(), mutants.len());
            found.push((place, lines));
        }
    };
    let mut found: Vec<(usize, Vec<Line<'g>>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|it| it.join().unwrap_or_default()).collect()
    });
    found.sort_by_key(|it| groups.get(it.0).map(|it| it.0));
    let mut pages = Pages::default();
    let mut noticed = BTreeSet::new();
    for (place, lines) in found {
        let of = groups.get(place).and_then(|it| it.0);
        noticed.extend(lines.iter().map(|it| (of, it.noticed.clone())));
        let block =
            groups.get(place).and_then(|it| it.0).and_then(|it| engine.rulebook().block(it));
        pages.add(block.map_or("tables", |it| it.citation.as_str()), lines);
    }
    (pages, noticed)
}

fn seed(guard: &Guard) -> Option<Seed<'_>> {
    let mut tree = tree(Format::Yaml, guard.entry.transaction.as_bytes()).ok()?;
    typed(&mut tree);
    Some(Seed { guard, tree })
}

/// What stands in YAML without quotes and is a truth or a number becomes one: the tree has texts.
fn typed(value: &mut Value) {
    match value {
        Value::String(text) => {
            let is = text.parse::<bool>().map(Value::from);
            if let Ok(it) = is.or_else(|_| text.parse::<u32>().map(Value::from)) {
                *value = it;
            }
        }
        Value::Array(members) => members.iter_mut().for_each(typed),
        Value::Object(object) => object.values_mut().for_each(typed),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What is sought with.
struct Seeker<'a, 'g> {
    engine: &'a Engine,
    options: &'a Options,
    /// How many times as much is tried.
    effort: usize,
    seeds: &'a [Seed<'g>],
    variations: &'a Variations,
}

/// A change that nothing notices yet.
struct Open<'m> {
    mutant: &'m Mutant,
    changed: Engine,
    days: Option<Range<Date>>,
}

impl<'g> Seeker<'_, 'g> {
    /// Lines that notice the changes of one block, or of some tables. Cases are varied in one thing;
    /// what brings a part of the condition to another truth is varied again, and so is what the
    /// change shows in without being seen in the answer.
    fn lines(&self, block: Option<BlockId>, mutants: &[&Mutant]) -> Vec<Line<'g>> {
        let words: Vec<String> = mutants.iter().flat_map(|it| words(&it.what)).collect();
        let mut open: Vec<Open<'_>> = mutants
            .iter()
            .map(|mutant| Open {
                mutant,
                changed: changed(self.engine.rulebook(), mutant),
                days: self.engine.rulebook().days_of(mutant),
            })
            .collect();
        let users = block.map(|it| users::of(self.engine.rulebook(), it)).unwrap_or_default();
        let mut known: Vec<Candidate<'g>> = Vec::new();
        let mut lines = Vec::new();
        let mut seen: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        let mut frontier = self.seeds_for(block, self.effort * CASES);
        for user in users.iter().take(3) {
            frontier.extend(self.seeds_for(Some(*user), 1));
        }
        let mut frontier: Vec<(Candidate<'g>, bool)> =
            frontier.into_iter().map(|it| (it, false)).collect();
        let mut useful: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for round in 0..ROUNDS {
            // As many as differ in what is true of the parts of the condition.
            let mut chosen: Vec<(Vec<u8>, Candidate<'g>)> = Vec::new();
            for (number, (seed, is_hidden)) in frontier.iter().enumerate() {
                let before = self.signature(seed, block, &users);
                let variants = self.variations.of_tree(&seed.tree, &words);
                let same = (String::new(), seed.tree.clone());
                for (at, (path, tree)) in std::iter::once(same).chain(variants).enumerate() {
                    // What never brought a part to another truth is tried seldom.
                    let (tried, told) = useful.get(&path).copied().unwrap_or_default();
                    if tried >= TRIES
                        && told == 0
                        && !is_hidden
                        && !(at + number).is_multiple_of(SELDOM)
                    {
                        continue;
                    }
                    let Some(candidate) = self.candidate(seed.guard, tree) else { continue };
                    let Some(parts) = self.signature(&candidate, block, &users) else { continue };
                    let (tried, told) = useful.entry(path).or_default();
                    *tried += 1;
                    *told += usize::from(block.is_none() || before.as_ref() != Some(&parts));
                    let count = seen.entry(parts.clone()).or_default();
                    *count += 1;
                    if block.is_none() || *is_hidden || *count <= self.effort * ALIKE {
                        chosen.push((parts, candidate));
                    }
                }
            }
            let mut masked: BTreeSet<usize> = BTreeSet::new();
            open.retain(|open| {
                let (found, hidden) = self.notice(block, open, &known, &chosen);
                masked.extend(hidden);
                match found {
                    Some((candidate, expected)) => {
                        lines.push(line(&candidate, expected, open.mutant));
                        known.push(candidate);
                        false
                    }
                    None => true,
                }
            });
            if open.is_empty() || round + 1 == ROUNDS {
                break;
            }
            let mut fresh: Vec<(Candidate<'g>, bool)> = Vec::new();
            let mut parts: BTreeSet<Vec<u8>> = BTreeSet::new();
            let masked: Vec<usize> = masked.into_iter().collect();
            let masked: BTreeSet<usize> = spread(masked.len())
                .take(self.effort * FRONTIER)
                .filter_map(|it| masked.get(it).copied())
                .collect();
            let order: Vec<usize> = spread(chosen.len()).collect();
            let mut chosen: Vec<Option<(Vec<u8>, Candidate<'g>)>> =
                chosen.into_iter().map(Some).collect();
            for place in masked.iter().copied().chain(order) {
                let Some(slot) = chosen.get_mut(place) else { continue };
                let is_masked = masked.contains(&place);
                let is_new =
                    slot.as_ref().is_some_and(|it| block.is_some() && !parts.contains(&it.0));
                if fresh.len() < 2 * self.effort * FRONTIER
                    && (is_masked || is_new)
                    && let Some((of, candidate)) = slot.take()
                {
                    parts.insert(of);
                    fresh.push((candidate, is_masked));
                }
            }
            frontier = fresh;
        }
        lines
    }

    /// A candidate in which a change is noticed, and what is expected of it; and the candidates in
    /// which it shows but cannot be seen.
    fn notice(
        &self,
        block: Option<BlockId>,
        open: &Open<'_>,
        known: &[Candidate<'g>],
        chosen: &[(Vec<u8>, Candidate<'g>)],
    ) -> (Option<(Candidate<'g>, Vec<Expected>)>, Vec<usize>) {
        let mut masked = Vec::new();
        let mut compared = 0;
        let places = spread(chosen.len());
        let places = places.filter_map(|it| Some((Some(it), &chosen.get(it)?.1)));
        for (place, candidate) in known.iter().map(|it| (None, it)).chain(places) {
            let moved;
            let candidate = match open.days.as_ref() {
                Some(days) if !candidate.is_within(days) => {
                    // A change of one day shows on that day only.
                    let Some(block) = block else { continue };
                    let is_so = |it: &Arc<Probe>| {
                        let truths = self.engine.truths(it, block);
                        truths.is_none_or(|it| it.iter().any(|it| *it != Truth::False))
                    };
                    if !candidate.probe.as_ref().is_some_and(is_so) {
                        continue;
                    }
                    let Some(it) = self.on(candidate, days.start) else { continue };
                    moved = it;
                    &moved
                }
                Some(_) | None => candidate,
            };
            if let Some(block) = block {
                let Some(probe) = &candidate.probe else { continue };
                let before = self.engine.truths(probe, block);
                let is_so = |it: &Option<Vec<Truth>>| {
                    it.as_ref().is_some_and(|it| it.iter().any(|it| *it != Truth::False))
                };
                let after = open.changed.truths(probe, block);
                let may = if open.mutant.is_of_a_condition() {
                    before != after
                } else {
                    is_so(&before) || is_so(&after)
                };
                if !may {
                    continue;
                }
            }
            if let Some(expected) = self.notices(&open.changed, candidate) {
                return (Some((candidate.clone(), expected)), masked);
            }
            masked.extend(place);
            compared += 1;
            if compared == self.effort * COMPARED {
                break;
            }
        }
        masked.truncate(4);
        (None, masked)
    }

    /// The cases to vary: some in which the block holds, some in which it is open, some others,
    /// each on a day on which it is in force.
    fn seeds_for(&self, block: Option<BlockId>, cases: usize) -> Vec<Candidate<'g>> {
        let Some(block) = block else {
            let places = spread(self.seeds.len()).take(8 * cases);
            return places.filter_map(|it| self.candidate_of(it)).collect();
        };
        let version = self.engine.rulebook().block(block).map(|it| it.version);
        let mut of: [Vec<Candidate<'g>>; 3] = Default::default();
        for place in spread(self.seeds.len()) {
            let Some(seed) = self.seeds.get(place) else { continue };
            let mut truths = self.engine.truths(&seed.guard.probe, block);
            let mut candidate = None;
            if truths.is_none() && of.iter().any(|it| it.len() < 2 * cases) {
                let day = version.map(|it| it.from);
                candidate = day.and_then(|it| self.on(&self.candidate_of(place)?, it));
                let probe = candidate.as_ref().and_then(|it| it.probe.as_ref());
                truths = probe.and_then(|it| self.engine.truths(it, block));
            }
            let kind = match truths {
                Some(it) if it.contains(&Truth::True) => 0,
                Some(it) if it.contains(&Truth::Unknown) => 1,
                Some(_) => 2,
                None => continue,
            };
            if let Some(slot) = of.get_mut(kind)
                && slot.len() < 2 * cases
                && let Some(it) = candidate.or_else(|| self.candidate_of(place))
            {
                slot.push(it);
            }
        }
        let [holds, open, fails] = of;
        let more = if holds.is_empty() { 2 * cases } else { cases };
        holds
            .into_iter()
            .chain(open.into_iter().take(cases))
            .chain(fails.into_iter().take(more))
            .collect()
    }

    fn candidate_of(&self, seed: usize) -> Option<Candidate<'g>> {
        let seed = self.seeds.get(seed)?;
        self.candidate(seed.guard, seed.tree.clone())
    }

    /// What is true of the parts of a block's condition, and of the blocks that it serves; nothing
    /// where that cannot be told. Of tables there is nothing to tell.
    fn signature(
        &self,
        candidate: &Candidate<'g>,
        block: Option<BlockId>,
        users: &[BlockId],
    ) -> Option<Vec<u8>> {
        let Some(block) = block else { return Some(Vec::new()) };
        let probe = candidate.probe.as_ref()?;
        let mut parts = self.engine.parts(probe, block);
        for it in std::iter::once(&block).chain(users) {
            let truths = self.engine.truths(probe, *it);
            parts.push(u8::from(truths.is_some_and(|it| it.contains(&Truth::True))));
        }
        Some(parts)
    }

    fn on(&self, of: &Candidate<'g>, day: Date) -> Option<Candidate<'g>> {
        let mut tree = of.tree.clone();
        tree.as_object_mut()?.insert("date".to_owned(), Value::String(day.to_string()));
        self.candidate(of.guard, tree)
    }

    fn candidate(&self, guard: &'g Guard, tree: Value) -> Option<Candidate<'g>> {
        let transaction = read(Format::Json, tree.to_string().as_bytes()).ok()?;
        let probe = self.engine.probe(&transaction, self.options);
        Some(Candidate { guard, tree, transaction, probe: probe.map(Arc::new) })
    }

    /// What is expected of the candidate that the changed law does not give.
    fn notices(&self, changed: &Engine, candidate: &Candidate<'g>) -> Option<Vec<Expected>> {
        let ours = Answer::of(&self.engine.decide(&candidate.transaction, self.options));
        let theirs = Answer::of(&changed.decide(&candidate.transaction, self.options));
        ours.told_from(&theirs)
    }
}

impl Candidate<'_> {
    fn is_within(&self, days: &Range<Date>) -> bool {
        let date = self.transaction.legs().first().map(|it| it.date);
        date.is_some_and(|it| days.contains(&it))
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
