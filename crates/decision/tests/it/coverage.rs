//! Every block of the rulebook is seen true and false by the case pages, or is named, with the
//! reason, in `cases/uncovered.md`.

use crate::cases::{entries, transaction};
use crate::fuzz::rulebook::{engine, root};
use decision::Options;
use law::Coverage;
use law::rulebook::{Block, BlockId, Effect};
use std::collections::BTreeSet;
use std::fs;

/// What the cases have not shown of a block; `None` where they have shown all that there is.
fn missing(block: &Block, coverage: &Coverage, id: BlockId) -> Option<&'static str> {
    let seen = coverage.of(id);
    // What is unverified never holds: it is in doubt wherever it is not false.
    let holds = if block.unverified { seen.unknown } else { seen.holding };
    match (holds > 0, seen.failing > 0) {
        _ if block.effect == Effect::Untranslated => None,
        (true, true) => None,
        (false, true) => Some("true"),
        (true, false) => Some("false"),
        (false, false) => Some("at all"),
    }
}

/// The names in the first column of the table in `cases/uncovered.md`.
fn listed() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("cases/uncovered.md")).expect("cases/uncovered.md");
    let names = text.lines().filter_map(|it| it.strip_prefix("| `")?.split_once('`'));
    names.map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn every_block_is_seen_true_and_false_or_named_as_uncovered() {
    let mut coverage = Coverage::default();
    for (_, case) in entries() {
        if let Ok(transaction) = transaction(&case) {
            engine().cover(&transaction, &Options::default(), &mut coverage);
        }
    }
    let listed = listed();
    let mut uncovered = BTreeSet::new();
    let mut problems = Vec::new();
    let classified = engine().rulebook().classification.as_ref().map(|it| it.kind);
    for (id, block) in (0..).map(BlockId).zip(&engine().rulebook().blocks) {
        if Some(block.subject) == classified {
            continue;
        }
        let name = format!("{} {} from {}", block.effect.keyword(), block.id(), block.version.from);
        if let Some(what) = missing(block, &coverage, id) {
            if !listed.contains(&name) {
                problems.push(format!("never seen {what}: {name}"));
            }
            uncovered.insert(name);
        }
    }
    let stale = listed.difference(&uncovered);
    problems.extend(stale.map(|name| format!("listed, and covered or gone: {name}")));
    assert!(problems.is_empty(), "{}\n{}", problems.len(), problems.join("\n"));
}
