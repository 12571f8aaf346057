//! The labelled pairs through `logic-v1` of the crate `libmotiva`, for comparison.
//!
//! `cargo run --release --manifest-path benches/motiva/Cargo.toml -- PAIRS.csv...` prints, for each
//! file, F1 at the best threshold and at 0.7, and recall where 5 % of negatives fire: the figures that
//! `benches/screening_peers.py` prints for `nomenklatura`, and the example `labelled_pairs` of
//! `screening` for ours.

use bumpalo::Bump;
use libmotiva::{Entity, LogicV1, MatchingAlgorithm, SearchEntity};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    for file in std::env::args().skip(1) {
        let mut scores = Vec::new();
        let mut reader = csv::Reader::from_path(&file)?;
        let header = reader.headers()?.clone();
        let start = Instant::now();
        for row in reader.records() {
            let row = row?;
            let field = |name| header.iter().position(|it| it == name).and_then(|it| row.get(it));
            let field = |name| field(name).unwrap_or_default();
            let mut names = vec![field("candidate_name")];
            names.extend(field("candidate_aliases").split(';').filter(|it| !it.trim().is_empty()));
            let schema = field("query_schema");
            let mut query = SearchEntity::builder(schema)
                .properties(&[("name", &[field("query_name")])])
                .build();
            query.precompute();
            let candidate = Entity::builder(schema).properties(&[("name", &names)]).build();
            let (score, _) = LogicV1::score(&Bump::new(), &query, &candidate, 0.0);
            scores.push((score, field("expected") == "match"));
        }
        let took = start.elapsed().as_secs_f64() / scores.len() as f64;
        let thresholds = || (20..=100).map(|it| f64::from(it) / 100.0);
        let (best, best_f1) = thresholds()
            .map(|it| (it, figures(&scores, it).0))
            .max_by(|one, other| one.1.total_cmp(&other.1))
            .unwrap_or_default();
        let five = thresholds().find(|it| figures(&scores, *it).2 <= 0.05).unwrap_or(1.0);
        println!(
            "{file} libmotiva logic-v1: F1 {:.3} at 0.70, best {best_f1:.3} at {best:.2}; recall {:.3} \
             where 5 % of negatives fire; {:.0} us a pair",
            figures(&scores, 0.7).0,
            figures(&scores, five).1,
            took * 1e6,
        );
    }
    Ok(())
}

/// F1, recall, and the share of negatives that fire, at a threshold.
fn figures(scores: &[(f64, bool)], threshold: f64) -> (f64, f64, f64) {
    let count = |expected: bool, fires: bool| {
        let such = |it: &&(f64, bool)| it.1 == expected && (it.0 >= threshold) == fires;
        scores.iter().filter(such).count() as f64
    };
    let (found, missed) = (count(true, true), count(true, false));
    let (wrong, right) = (count(false, true), count(false, false));
    let f1 = 2.0 * found / (2.0 * found + wrong + missed).max(1.0);
    (f1, found / (found + missed).max(1.0), wrong / (wrong + right).max(1.0))
}
