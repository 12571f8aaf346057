//! Speed and finds on a real list: `list_benchmark CSL.compact.json COMMAND [NAMES.txt]`.
//!
//! `speed` times one screening of each alias and of each name in NAMES; `exact` compares the index
//! with the exhaustive scan on a sample, as written and mutated; `aliases` takes one alias of each
//! party out of the index, asks for it, and counts false alerts on the names of NAMES, which is one
//! unlisted `kind<TAB>name` a line; `--contradiction N` and so on try other settings.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a tool for developers"
)]

use screening::party::{ListedParty, NameRole, PartyKind, PartyName};
use screening::{Explanation, Index, Query, Score, Screener, Settings, Workspace, index};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut parties = read(&arguments[0]);
    let strangers = arguments.get(2).map(|it| strangers(it)).unwrap_or_default();
    match arguments[1].as_str() {
        "speed" => speed(&parties, &strangers),
        "exact" => exact(&parties, &strangers),
        "aliases" => aliases(&mut parties, &strangers),
        other => panic!("no command `{other}`"),
    }
}

fn read(file: &str) -> Vec<ListedParty> {
    let text = std::fs::read_to_string(file).expect("a file");
    let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let entries = list["entries"].as_array().expect("entries");
    entries
        .iter()
        .map(|entry| {
            let kind = match entry["t"].as_str() {
                Some("Individual") => PartyKind::Person,
                Some("Entity") => PartyKind::Organization,
                Some("Vessel") => PartyKind::Vessel,
                Some("Aircraft") => PartyKind::Aircraft,
                _ => PartyKind::Unknown,
            };
            let aliases = entry["a"].as_array().map(Vec::as_slice).unwrap_or_default();
            let names = std::iter::once(&entry["n"]).chain(aliases).filter_map(|it| it.as_str());
            let names = names
                .map(|it| PartyName {
                    text: it.to_owned(),
                    role: NameRole::Primary,
                    weak: false,
                    parts: None,
                })
                .collect();
            ListedParty { kind, names, ..ListedParty::default() }
        })
        .collect()
}

fn strangers(file: &str) -> Vec<(PartyKind, String)> {
    let text = std::fs::read_to_string(file).expect("a file");
    text.lines()
        .filter_map(|it| it.split_once('\t'))
        .map(|(kind, name)| {
            let kind = if kind == "person" { PartyKind::Person } else { PartyKind::Organization };
            (kind, name.to_owned())
        })
        .collect()
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
                letters += Explanation::of(hit, query, &parties[hit.party as usize]).text().len();
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

fn aliases(parties: &mut [ListedParty], strangers: &[(PartyKind, String)]) {
    let mut asked = Vec::new();
    for (at, party) in parties.iter_mut().enumerate() {
        if party.names.len() > 1 {
            let out = 1 + at % (party.names.len() - 1);
            let name = party.names.remove(out);
            asked.push((at, Query::by_name(&name.text, party.kind)));
        }
    }
    let bytes = index::build(parties);
    let mut settings = Settings { threshold: Score::new(400), ..Settings::default() };
    let options: Vec<String> = std::env::args().skip(4).collect();
    for option in options.chunks_exact(2) {
        let number = option[1].parse().expect("a number");
        match option[0].as_str() {
            "--contradiction" => settings.contradiction = number,
            "--person" => settings.surplus_person = number,
            "--other" => settings.surplus_other = number,
            "--single" => settings.surplus_single = number,
            other => panic!("no option `{other}`"),
        }
    }
    let screener = Screener::new(Index::read(&bytes).expect("an index"), &settings);
    let mut workspace = Workspace::default();
    let mut alarms: Vec<u16> = strangers
        .iter()
        .map(|(kind, name)| {
            let hits = screener.screen(&Query::by_name(name, *kind), &mut workspace);
            hits.first().map_or(0, |it| it.score.thousandths())
        })
        .collect();
    alarms.sort_unstable_by(|a, b| b.cmp(a));
    let decidable: Vec<bool> =
        asked.iter().map(|(at, query)| is_decidable(query, &parties[*at], &settings)).collect();
    let all = decidable.iter().filter(|it| **it).count();
    println!("{all} of them share a word that carries the name with another name of the party");
    let found: Vec<(u16, bool, &str, &str)> = asked
        .iter()
        .map(|(at, query)| {
            let hits = screener.screen(query, &mut workspace);
            let own = hits.iter().position(|it| it.party as usize == *at);
            let score = own.map_or(0, |it| hits[it].score.thousandths());
            (score, own == Some(0), query.name.as_str(), parties[*at].names[0].text.as_str())
        })
        .collect();
    let first = found.iter().filter(|it| it.1).count();
    println!("{} aliases out, {} at rank one", found.len(), first as f64 / found.len() as f64);
    for permille in [2, 5, 10, 20, 50] {
        let threshold = alarms.get(alarms.len() * permille / 1000).map_or(0, |it| it + 1);
        let hit = found.iter().filter(|it| it.0 >= threshold).count();
        println!(
            "{:.1} % false alerts at {threshold}: {:.3} of aliases found, {:.3} of those that share a word",
            permille as f64 / 10.0,
            hit as f64 / found.len() as f64,
            found.iter().zip(&decidable).filter(|it| it.0.0 >= threshold && *it.1).count() as f64
                / all.max(1) as f64
        );
    }
    for threshold in (500..1000).step_by(50) {
        let hit = found.iter().filter(|it| it.0 >= threshold).count();
        let alarm = alarms.iter().filter(|it| **it >= threshold).count();
        println!(
            "    at {threshold}: {:.3} found, {:.4} false alerts",
            hit as f64 / found.len() as f64,
            alarm as f64 / alarms.len().max(1) as f64
        );
    }
    let one_percent = alarms.get(alarms.len() / 100).map_or(0, |it| it + 1);
    for kind in [
        PartyKind::Person,
        PartyKind::Organization,
        PartyKind::Unknown,
        PartyKind::Vessel,
        PartyKind::Aircraft,
    ] {
        let of_kind =
            || found.iter().zip(&asked).zip(&decidable).filter(|((_, it), _)| it.1.kind == kind);
        let share = |it: usize, of: usize| it as f64 / of.max(1) as f64;
        let (all, able) = (of_kind().count(), of_kind().filter(|it| *it.1).count());
        println!(
            "    {kind:?}: {all} aliases, {able} decidable; found at 1 %: {:.3}, of those {:.3}; rank one {:.3}",
            share(of_kind().filter(|it| it.0.0.0 >= one_percent).count(), all),
            share(of_kind().filter(|it| it.0.0.0 >= one_percent && *it.1).count(), able),
            share(of_kind().filter(|it| it.0.0.1).count(), all),
        );
    }
    for ((it, (_, query)), decidable) in found.iter().zip(&asked).zip(&decidable) {
        if it.0 < one_percent {
            let mark = if *decidable { "MISS" } else { "OTHER" };
            println!("    {mark} {:?} {} `{}` of `{}`", query.kind, it.0, it.2, it.3);
        }
    }
    for (kind, name) in strangers {
        let query = Query::by_name(name, *kind);
        if let Some(hit) = screener.screen(&query, &mut workspace).first()
            && hit.score.thousandths() >= 770
        {
            let listed = &parties[hit.party as usize].names[usize::from(hit.name)].text;
            println!("    ALERT {} `{name}` for `{listed}`", hit.score);
        }
    }
}

/// Whether an alias has a word in common with what is left of its party, or letters that stand for
/// its words, other than a legal form or a particle: where it has none, no comparison of names can
/// tell. That it has one does not say that anybody could.
fn is_decidable(query: &Query, party: &ListedParty, settings: &Settings) -> bool {
    use screening::name::{Class, Name};
    use screening::term::Relation;
    let asked = Name::parse(&query.name, query.kind);
    party.names.iter().any(|it| {
        let listed = Name::parse(&it.text, party.kind);
        let compared = screening::compare::compare(&asked, &listed, query.kind, settings);
        compared.alignment.pairs.iter().any(|pair| {
            let class = asked.tokens.get(usize::from(pair.query.from)).map(|it| it.class);
            !matches!(pair.like.relation, Relation::Initial | Relation::Synonym)
                && !matches!(class, None | Some(Class::Legal | Class::Particle | Class::Honor))
        })
    })
}
