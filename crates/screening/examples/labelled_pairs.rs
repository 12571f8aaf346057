//! Precision, recall and F1 on labelled pairs of names, by file and by category.
//!
//! `labelled_pairs FILE.csv... [--errors] [--threshold N]`, files as `query_name, query_schema,
//! candidate_name, candidate_aliases (;), expected, category` in a CSV with a header.
#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a tool for developers"
)]

use screening::evidence::Evidence;
use screening::party::PartyKind;
use screening::{Settings, compare::compare, field, name::Name};
use std::collections::BTreeMap;

struct Pair {
    score: u16,
    expected: bool,
    category: String,
    words: String,
}

fn main() {
    let mut files = Vec::new();
    let mut errors = false;
    let mut settings = Settings::default();
    let mut threshold = settings.threshold.thousandths();
    let mut arguments = std::env::args().skip(1);
    while let Some(it) = arguments.next() {
        match it.as_str() {
            "--errors" => errors = true,
            "--threshold" => {
                threshold = arguments.next().expect("a number").parse().expect("a number");
            }
            "--contradiction" => settings.contradiction = number(arguments.next()),
            "--person" => settings.surplus_person = number(arguments.next()),
            "--other" => settings.surplus_other = number(arguments.next()),
            "--single" => settings.surplus_single = number(arguments.next()),
            _ => files.push(it),
        }
    }
    for file in files {
        let pairs = read(&file, &settings);
        report(&file, &pairs, threshold, errors);
    }
}

fn number(text: Option<String>) -> u32 {
    text.and_then(|it| it.parse().ok()).expect("a number")
}

fn read(file: &str, settings: &Settings) -> Vec<Pair> {
    let mut reader = csv::Reader::from_path(file).expect("a CSV file");
    let columns = reader.headers().expect("a header").clone();
    let column = |name: &str| columns.iter().position(|it| it.starts_with(name)).expect("a column");
    let (query, schema, candidate, aliases, expected, category) = (
        column("query_name"),
        column("query_schema"),
        column("candidate_name"),
        column("candidate_aliases"),
        column("expected"),
        column("category"),
    );
    reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            let kind = match &row[schema] {
                "Person" => PartyKind::Person,
                "Vessel" => PartyKind::Vessel,
                "Company" | "Organization" => PartyKind::Organization,
                _ => PartyKind::Unknown,
            };
            let asked = field::readings(&row[query], kind);
            let score = std::iter::once(&row[candidate])
                .chain(row[aliases].split(';'))
                .filter(|it| !it.trim().is_empty())
                .map(|it| Name::parse(it, kind))
                .flat_map(|listed| {
                    asked.iter().filter_map(move |it| {
                        it.counts(compare(&it.name, &listed, kind, settings).tally, kind, || false)
                    })
                })
                .map(|it| Evidence::default().score(&it, false).thousandths())
                .max()
                .unwrap_or(0);
            Pair {
                score,
                expected: &row[expected] == "match",
                category: row[category].to_owned(),
                words: format!("{} | {} | {}", &row[query], &row[candidate], &row[aliases]),
            }
        })
        .collect()
}

fn f1(pairs: &[Pair], threshold: u16) -> (f64, f64, f64, f64) {
    let count = |expected: bool, fired: bool| {
        let found =
            pairs.iter().filter(|it| it.expected == expected && (it.score >= threshold) == fired);
        u32::try_from(found.count()).map_or(0.0, f64::from)
    };
    let (tp, fp, miss, clear) =
        (count(true, true), count(false, true), count(true, false), count(false, false));
    (2.0 * tp / (2.0 * tp + fp + miss), tp / (tp + fp), tp / (tp + miss), fp / (fp + clear))
}

fn report(file: &str, pairs: &[Pair], threshold: u16, errors: bool) {
    let (f, precision, recall, alarms) = f1(pairs, threshold);
    let best = (300..1000).max_by(|a, b| f1(pairs, *a).0.total_cmp(&f1(pairs, *b).0)).unwrap_or(0);
    let at_five = (300..1000).find(|it| f1(pairs, *it).3 <= 0.05).unwrap_or(1000);
    println!(
        "{file}: {} pairs, at {threshold} F1 {f:.3} precision {precision:.3} recall {recall:.3} false alerts {alarms:.3}; best F1 {:.3} at {best}; recall {:.3} where 5 % of negatives fire ({at_five})",
        pairs.len(),
        f1(pairs, best).0,
        f1(pairs, at_five).2
    );
    let mut classes: BTreeMap<(&str, bool), (u32, u32, u32)> = BTreeMap::new();
    for it in pairs {
        let entry = classes.entry((&it.category, it.expected)).or_default();
        entry.0 += u32::from((it.score >= threshold) == it.expected);
        entry.1 += u32::from((it.score >= at_five) == it.expected);
        entry.2 += 1;
    }
    for ((category, expected), (right, five, all)) in classes {
        println!(
            "    {category} {}: {right} of {all} right, {five} where 5 % of negatives fire",
            if expected { "match" } else { "no" }
        );
    }
    if errors {
        for it in pairs.iter().filter(|it| (it.score >= threshold) != it.expected) {
            println!(
                "    {} {} {} [{}]",
                if it.expected { "MISS" } else { "FALSE" },
                it.score,
                it.words,
                it.category
            );
        }
    }
}
