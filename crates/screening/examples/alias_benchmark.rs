//! Names taken out of lists and asked for: `alias_benchmark COMMAND LIST... [OPTION...]`.
//!
//! `aliases` takes one alias of each party out of the index and asks for it. `scripts` takes out
//! every name that is in another script than the Latin one and asks for one of each script and
//! party, list by list, so that only the names in Latin letters can find it. `write-aliases` and
//! `write-scripts` print what is listed and what is asked, for other programs, a line each:
//! `listed` or `asked`, list, party, kind, name, with tabs between.
//!
//! `--unlisted NAMES.txt` gives names that are not listed, one `kind<TAB>name` a line: the best
//! score of each is a false alert wherever the threshold is below. `--each` prints what was missed
//! and what raised an alert; `--strong` asks for no alias that its list calls weak; `--half 0` asks
//! for one half of the aliases and of the unlisted names, drawn by their place, and `--half 1` for
//! the other, so that what is chosen on the one can be tried on the other; `--scores FILE` writes of
//! each name asked and each that is not listed, with tabs between, its party or -1, the score of its
//! own party, the best score, and the name, for `benches/alias_peers.py`; `--contradiction N` and so
//! on try other settings.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a tool for developers"
)]

#[path = "given/strangers.rs"]
mod strangers;

use screening::lists::{self, ListFile};
use screening::party::{ListedParty, PartyKind};
use screening::scripts::Script;
use screening::{Index, Query, Score, Screener, Settings, Workspace, index};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use strangers::strangers;

fn main() {
    let options = Options::read();
    let lists = read(&options.files);
    match options.command.as_str() {
        "aliases" => {
            let mut parties: Vec<ListedParty> = lists.into_iter().flat_map(|it| it.1).collect();
            let mut asked = take_aliases(&mut parties, options.strong);
            asked.retain(|it| is_in(options.half, it.party));
            Run::of(&parties, &asked, &options).report(&options);
        }
        "scripts" => {
            let mut all = Vec::new();
            for (code, mut parties) in lists {
                let asked = take_originals(&mut parties);
                println!("{code}: {} parties in the index, {} asked", parties.len(), asked.len());
                all.extend(Run::of(&parties, &asked, &options).by_script(&code, &options));
            }
            println!("all lists:");
            sum_up(&all);
        }
        "write-aliases" => {
            let mut parties: Vec<ListedParty> = lists.into_iter().flat_map(|it| it.1).collect();
            let asked = take_aliases(&mut parties, options.strong);
            write("all", &parties, &asked);
        }
        "write-scripts" => {
            for (code, mut parties) in lists {
                let asked = take_originals(&mut parties);
                write(&code, &parties, &asked);
            }
        }
        other => panic!("no command `{other}`"),
    }
}

fn write(list: &str, parties: &[ListedParty], asked: &[Asked]) {
    for (at, party) in parties.iter().enumerate() {
        for name in &party.names {
            println!("listed\t{list}\t{at}\t{:?}\t{}", party.kind, name.text);
        }
    }
    for it in asked {
        println!("asked\t{list}\t{}\t{:?}\t{}", it.party, it.query.kind, it.query.name);
    }
}

struct Options {
    command: String,
    files: Vec<String>,
    unlisted: Vec<(PartyKind, String)>,
    settings: Settings,
    each: bool,
    strong: bool,
    half: Option<usize>,
    scores: Option<String>,
}

impl Options {
    fn read() -> Self {
        let mut arguments = std::env::args().skip(1);
        let mut options = Self {
            command: arguments.next().expect("a command"),
            files: Vec::new(),
            unlisted: Vec::new(),
            settings: Settings { threshold: Score::new(400), ..Settings::default() },
            each: false,
            strong: false,
            half: None,
            scores: None,
        };
        while let Some(it) = arguments.next() {
            let mut number = || arguments.next().and_then(|it| it.parse().ok()).expect("a number");
            match it.as_str() {
                "--unlisted" => options.unlisted = strangers(&arguments.next().expect("a file")),
                "--scores" => options.scores = arguments.next(),
                "--each" => options.each = true,
                "--strong" => options.strong = true,
                "--half" => options.half = usize::try_from(number()).ok(),
                "--contradiction" => options.settings.contradiction = number(),
                "--person" => options.settings.surplus_person = number(),
                "--other" => options.settings.surplus_other = number(),
                "--single" => options.settings.surplus_single = number(),
                _ => options.files.push(it),
            }
        }
        let half = options.half;
        options.unlisted =
            (0..).zip(options.unlisted).filter(|it| is_in(half, it.0)).map(|it| it.1).collect();
        options
    }
}

/// Whether what stands at this place is asked for.
fn is_in(half: Option<usize>, at: usize) -> bool {
    half.is_none_or(|half| (at.wrapping_mul(0x9e37_79b9) >> 16) & 1 == half)
}

fn read(files: &[String]) -> Vec<(String, Vec<ListedParty>)> {
    let read: Vec<(String, Vec<u8>)> =
        files.iter().map(|it| (it.clone(), std::fs::read(it).expect("a file"))).collect();
    let files: Vec<ListFile<'_>> =
        read.iter().map(|(name, bytes)| ListFile { name, bytes }).collect();
    let import = lists::import(&files);
    for it in &import.failures {
        eprintln!("{it}");
    }
    import.lists.into_iter().map(|it| (it.source.code, it.parties)).collect()
}

/// A name that was taken out.
struct Asked {
    party: usize,
    query: Query,
    script: Script,
}

fn take_aliases(parties: &mut [ListedParty], strong: bool) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (at, party) in parties.iter_mut().enumerate() {
        let may = |it: &usize| !(strong && party.names[*it].weak);
        let aliases: Vec<usize> = (1..party.names.len()).filter(may).collect();
        if !aliases.is_empty() {
            let name = party.names.remove(aliases[at % aliases.len()]).text;
            let query = Query::by_name(&name, party.kind);
            asked.push(Asked { party: at, script: script_of(&name), query });
        }
    }
    asked
}

fn take_originals(parties: &mut Vec<ListedParty>) -> Vec<Asked> {
    let mut asked = Vec::new();
    parties.retain_mut(|it| {
        let all = std::mem::take(&mut it.names);
        let (latin, original): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|it| script_of(&it.text) == Script::Latin);
        it.names = latin;
        let mut seen = Vec::new();
        for name in original {
            let script = script_of(&name.text);
            if !it.names.is_empty() && !seen.contains(&script) {
                seen.push(script);
                asked.push((it.list.clone(), it.id.clone(), script, name.text, it.kind));
            }
        }
        !it.names.is_empty()
    });
    let places: BTreeMap<(&str, &str), usize> = (0..)
        .zip(parties.iter())
        .map(|(at, it)| ((it.list.as_str(), it.id.as_str()), at))
        .collect();
    asked
        .iter()
        .map(|(list, id, script, name, kind)| Asked {
            party: places[&(list.as_str(), id.as_str())],
            query: Query::by_name(name, *kind),
            script: *script,
        })
        .collect()
}

/// The script of most letters; where a Latin word stands beside another script, the other.
fn script_of(name: &str) -> Script {
    let mut counts: BTreeMap<Script, usize> = BTreeMap::new();
    for script in name.chars().filter_map(Script::of).filter(|it| *it != Script::Digit) {
        *counts.entry(script).or_default() += if script == Script::Latin { 1 } else { 2 };
    }
    // Japanese writes Chinese characters beside its own.
    if counts.contains_key(&Script::Kana) {
        return Script::Kana;
    }
    counts.into_iter().max_by_key(|it| it.1).map_or(Script::Latin, |it| it.0)
}

/// What came of one alias.
#[derive(Clone)]
struct Outcome {
    script: Script,
    kind: PartyKind,
    score: u16,
    first: bool,
    decidable: bool,
    line: String,
}

struct Run {
    outcomes: Vec<Outcome>,
    /// The best score of each name that is not listed, highest first.
    alarms: Vec<u16>,
    alerts: Vec<String>,
    /// What `--scores` writes.
    scores: String,
}

impl Run {
    fn of(parties: &[ListedParty], asked: &[Asked], options: &Options) -> Self {
        let bytes = index::build(parties);
        let screener = Screener::new(Index::read(&bytes).expect("an index"), &options.settings);
        let mut workspace = Workspace::default();
        let mut scores = String::new();
        let outcomes = asked.iter().map(|it| {
            let hits = screener.screen(&it.query, &mut workspace);
            let own = hits.iter().position(|hit| hit.party as usize == it.party);
            let party = &parties[it.party];
            let score = own.map_or(0, |it| hits[it].score.thousandths());
            let best = hits.first().map_or(0, |it| it.score.thousandths());
            writeln!(scores, "{}\t{score}\t{best}\t{}", it.party, it.query.name).expect("a line");
            Outcome {
                script: it.script,
                kind: it.query.kind,
                score,
                first: own == Some(0),
                decidable: is_decidable(&it.query, party, &options.settings),
                line: format!("`{}` of `{}`", it.query.name, party.names[0].text),
            }
        });
        let outcomes = outcomes.collect();
        let mut lines = String::new();
        let mut found: Vec<(u16, String)> = Vec::with_capacity(options.unlisted.len());
        for (kind, name) in &options.unlisted {
            let hits = screener.screen(&Query::by_name(name, *kind), &mut workspace);
            let line = hits.first().map(|hit| {
                let listed = &parties[hit.party as usize].names[usize::from(hit.name)].text;
                format!("{} {kind:?} `{name}` for `{listed}`", hit.score)
            });
            let score = hits.first().map_or(0, |it| it.score.thousandths());
            writeln!(lines, "-1\t0\t{score}\t{name}").expect("a line");
            found.push((score, line.unwrap_or_default()));
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        let (alarms, alerts) = found.into_iter().unzip();
        Self { outcomes, alarms, alerts, scores: scores + &lines }
    }

    /// The least threshold at which at most so many of a thousand names raise an alert.
    fn threshold(&self, permille: usize) -> u16 {
        self.alarms.get(self.alarms.len() * permille / 1000).map_or(0, |it| it + 1)
    }

    fn report(&self, options: &Options) {
        if let Some(file) = &options.scores {
            std::fs::write(file, &self.scores).expect("a file that can be written");
        }
        let all: Vec<&Outcome> = self.outcomes.iter().collect();
        let able: Vec<&Outcome> = all.iter().filter(|it| it.decidable).copied().collect();
        let first = all.iter().filter(|it| it.first).count();
        println!(
            "{} aliases out, {} that share a word; {:.3} at rank one",
            all.len(),
            able.len(),
            share(first, all.len())
        );
        for permille in [2, 5, 10, 20, 50] {
            let threshold = self.threshold(permille);
            println!(
                "{:.1} % false alerts at {threshold}: {:.3} of aliases found, {:.3} of those that share a word",
                permille as f64 / 10.0,
                from(&all, threshold),
                from(&able, threshold),
            );
        }
        let one = self.threshold(10);
        for kind in [
            PartyKind::Person,
            PartyKind::Organization,
            PartyKind::Unknown,
            PartyKind::Vessel,
            PartyKind::Aircraft,
        ] {
            let of = |from: &[&Outcome]| -> Vec<Outcome> {
                from.iter().filter(|it| it.kind == kind).map(|it| (*it).clone()).collect()
            };
            let (all, able) = (of(&all), of(&able));
            let (all, able): (Vec<&Outcome>, Vec<&Outcome>) =
                (all.iter().collect(), able.iter().collect());
            println!(
                "    {kind:?}: {} aliases, {} decidable; found at 1 %: {:.3}, of those {:.3}; rank one {:.3}",
                all.len(),
                able.len(),
                from(&all, one),
                from(&able, one),
                share(all.iter().filter(|it| it.first).count(), all.len())
            );
        }
        self.each(one, options);
    }

    fn by_script(&self, code: &str, options: &Options) -> Vec<Outcome> {
        sum_up(&self.outcomes);
        if !self.alarms.is_empty() {
            let one = self.threshold(10);
            let all: Vec<&Outcome> = self.outcomes.iter().collect();
            println!("    {code}: 1 % false alerts at {one}: {:.3} found", from(&all, one));
        }
        self.each(options.settings.review.thousandths(), options);
        self.outcomes.clone()
    }

    fn each(&self, threshold: u16, options: &Options) {
        if !options.each {
            return;
        }
        for it in self.outcomes.iter().filter(|it| it.score < threshold || !it.first) {
            let mark = match (it.decidable, it.first) {
                (_, true) => "LOW",
                (true, false) => "MISS",
                (false, false) => "OTHER",
            };
            println!("    {mark} {:?} {:?} {} {}", it.script, it.kind, it.score, it.line);
        }
        for (score, it) in self.alarms.iter().zip(&self.alerts) {
            if *score >= threshold.min(770) {
                println!("    ALERT {it}");
            }
        }
    }
}

/// Rank one and finds at the shipped threshold, by script.
fn sum_up(outcomes: &[Outcome]) {
    let mut scripts: BTreeMap<String, Vec<&Outcome>> = BTreeMap::new();
    for it in outcomes {
        for name in [format!("{:?}", it.script), "all".to_owned()] {
            scripts.entry(name).or_default().push(it);
        }
        scripts.entry(format!("{:?} {:?}", it.script, it.kind)).or_default().push(it);
    }
    for (script, all) in scripts {
        println!(
            "    {script}: {} asked, {:.3} at rank one, {:.3} at 770, {:.3} decidable",
            all.len(),
            share(all.iter().filter(|it| it.first).count(), all.len()),
            from(&all, 770),
            share(all.iter().filter(|it| it.decidable).count(), all.len()),
        );
    }
}

fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

/// The share that scores at least `threshold`.
fn from(outcomes: &[&Outcome], threshold: u16) -> f64 {
    share(outcomes.iter().filter(|it| it.score >= threshold.max(1)).count(), outcomes.len())
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
