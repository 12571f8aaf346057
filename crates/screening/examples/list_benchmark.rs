//! Speed and finds on a real list: `list_benchmark CSL.compact.json COMMAND [NAMES.txt]`.
//!
//! `speed` times one screening of each alias and of each name in NAMES; `exact` compares the index
//! with the exhaustive scan on a sample, as written and mutated. NAMES has one unlisted
//! `kind<TAB>name` a line. What is found of a list is measured by `alias_benchmark`.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a tool for developers"
)]

#[path = "given/parties.rs"]
mod parties;
#[path = "given/strangers.rs"]
mod strangers;

use parties::read;
use screening::party::{ListedParty, PartyKind};
use screening::{Explanation, Index, Query, Score, Screener, Settings, Workspace, index};
use std::time::Instant;
use strangers::strangers;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let parties = read(&arguments[0]);
    let strangers = arguments.get(2).map(|it| strangers(it)).unwrap_or_default();
    match arguments[1].as_str() {
        "speed" => speed(&parties, &strangers),
        "exact" => exact(&parties, &strangers),
        other => panic!("no command `{other}`"),
    }
}

fn queries(parties: &[ListedParty], strangers: &[(PartyKind, String)]) -> Vec<Query> {
    let listed = parties.iter().flat_map(|party| {
        party.names.iter().skip(1).take(1).map(|it| Query::by_name(&it.text, party.kind))
    });
    listed.chain(strangers.iter().map(|(kind, name)| Query::by_name(name, *kind))).collect()
}

fn speed(parties: &[ListedParty], strangers: &[(PartyKind, String)]) {
    let start = Instant::now();
    let bytes = index::build(parties);
    println!("built in {:?}, {} bytes", start.elapsed(), bytes.len());
    let settings = Settings::default();
    let start = Instant::now();
    let index = Index::read(&bytes).expect("an index");
    println!(
        "opened in {:?}; {} parties, {} names, {} terms",
        start.elapsed(),
        index.parties(),
        index.names(),
        index.terms()
    );
    let screener = Screener::new(index, &settings);
    let mut workspace = Workspace::default();
    for (what, queries) in
        [("aliases", queries(parties, &[])), ("unlisted", queries(&[], strangers))]
    {
        if queries.is_empty() {
            continue;
        }
        let mut times = Vec::with_capacity(queries.len());
        let (mut hits, mut letters) = (0, 0);
        let _ = screener.screen(&queries[0], &mut workspace);
        let (all, spent) = (Instant::now(), processor_time());
        for query in &queries {
            let before = workspace.work;
            let start = Instant::now();
            let found = screener.screen(query, &mut workspace);
            let looked = workspace.work.looked - before.looked;
            for hit in found.iter().take(10) {
                letters += Explanation::of(hit, &parties[hit.party as usize]).text().len();
            }
            hits += found.len();
            times.push((start.elapsed(), looked, &query.name));
        }
        let (all, spent) = (all.elapsed(), processor_time() - spent);
        times.sort_unstable();
        let at = |share: usize| times[(times.len() - 1) * share / 1000].0;
        println!(
            "{what}: {} names, {:.0} a second; p50 {:?} p90 {:?} p99 {:?} worst {:?}; {hits} hits, {letters} letters",
            queries.len(),
            queries.len() as f64 / all.as_secs_f64(),
            at(500),
            at(900),
            at(990),
            at(1000)
        );
        println!(
            "    {spent:.2} s of processor time, {:.0} names a second of it",
            queries.len() as f64 / spent
        );
        println!("    {:?} since the start", workspace.work);
        for (time, looked, name) in times.iter().rev().take(3) {
            println!("    {time:?} {name}, {looked} names looked at");
        }
        times.sort_unstable_by_key(|it| it.1);
        let most: u64 = times.iter().rev().take(times.len() / 100).map(|it| it.1).sum();
        println!("    {most} names were looked at for the hundredth of names that took most");
        for (time, looked, name) in times.iter().rev().step_by(times.len() / 400 + 1).take(8) {
            println!("    {time:?} {name}, {looked} names looked at");
        }
    }
}

/// Seconds of processor time this process has used, as Linux counts them; 0 elsewhere. Other than
/// the clock, it does not count what else the machine does.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn exact(parties: &[ListedParty], strangers: &[(PartyKind, String)]) {
    let bytes = index::build(parties);
    let (mut asked, mut differ, mut hits) = (0, 0, 0);
    for threshold in [600, 700, 850] {
        let settings = Settings { threshold: Score::new(threshold), ..Settings::default() };
        let screener = Screener::new(Index::read(&bytes).expect("an index"), &settings);
        let mut workspace = Workspace::default();
        let all = queries(parties, strangers);
        let step = all.len() / 150;
        for (at, query) in all.iter().enumerate().step_by(step.max(1)) {
            let mut query = query.clone();
            if at % 2 == 0 && query.name.len() > 6 {
                let mut letters: Vec<char> = query.name.chars().collect();
                let at = at % (letters.len() - 1);
                letters.swap(at, at + 1);
                query.name = letters.into_iter().collect();
            }
            let told = |hits: &[screening::Hit]| {
                hits.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>()
            };
            let found = screener.screen(&query, &mut workspace);
            asked += 1;
            hits += found.len();
            if told(&found) != told(&screener.screen_exhaustively(&query)) {
                differ += 1;
                println!("DIFFERS at {threshold}: {}", query.name);
            }
        }
    }
    println!("{asked} asked, {hits} hits, {differ} differ");
}
