//! Versions: which blocks are one block at different times, and which days a set of them leaves
//! uncovered.

use crate::rulebook::{Bars, Block, BlockId, Effect, Rulebook, Status, Version};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What all versions of one block have in common.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Identity {
    /// The paragraph.
    pub citation: String,
    /// The word that opens the block.
    pub keyword: &'static str,
    /// What the block is about: the term, the reason, the exceptions.
    pub key: String,
    /// What tells it from other blocks of the same paragraph.
    pub label: Option<String>,
}

impl Rulebook {
    /// The versions of every block, each list from the earliest to the latest.
    #[must_use]
    pub fn versions(&self) -> BTreeMap<Identity, Vec<BlockId>> {
        let mut untranslated: BTreeMap<BlockId, &str> = BTreeMap::new();
        for term in &self.terms {
            untranslated.extend(term.blocks.iter().map(|it| (*it, term.name.as_str())));
        }
        let mut versions: BTreeMap<Identity, Vec<BlockId>> = BTreeMap::new();
        for (block, id) in self.blocks.iter().zip((0..).map(BlockId)) {
            let term = untranslated.get(&id).copied().unwrap_or_default();
            let identity = Identity {
                citation: block.citation.clone(),
                keyword: block.effect.keyword(),
                key: key(&block.effect, term),
                label: block.label.clone(),
            };
            versions.entry(identity).or_default().push(id);
        }
        for ids in versions.values_mut() {
            ids.sort_by_key(|it| (self.block(*it).map(|it| it.version.from), *it));
        }
        versions
    }

    /// The block of that number.
    #[must_use]
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.get(id.0 as usize)
    }
}

fn key(effect: &Effect, term: &str) -> String {
    match effect {
        Effect::Define(_) | Effect::Untranslated => term.to_owned(),
        Effect::Exempt => String::new(),
        Effect::Allow { exception, .. } => exception.clone(),
        Effect::Bar(Bars::These(closed)) => closed.join(", "),
        Effect::Bar(Bars::AllExcept(open)) if open.is_empty() => "all".to_owned(),
        Effect::Bar(Bars::AllExcept(open)) => format!("all except {}", open.join(", ")),
        Effect::Describe { entry, parents } if parents.is_empty() => entry.clone(),
        Effect::Describe { entry, parents } => format!("{entry} for {}", parents.join(", ")),
        Effect::Prefer { entries, over } => {
            format!("{{{}}} over {{{}}}", entries.join(", "), over.join(", "))
        }
        Effect::Require(key)
        | Effect::Exclude(key)
        | Effect::Prohibit(key)
        | Effect::Oblige(key)
        | Effect::Flag(key)
        | Effect::Refer(key)
        | Effect::Policy(key) => key.clone(),
    }
}

/// The first day of a version that none of the spells covers. `None` as an end is forever.
pub(crate) fn uncovered(
    version: Version,
    spells: impl IntoIterator<Item = (Date, Option<Date>)>,
) -> Option<Date> {
    let mut spells: Vec<(Date, Option<Date>)> = spells.into_iter().collect();
    spells.sort_unstable();
    let mut day = version.from;
    for (from, until) in spells {
        if version.until.is_some_and(|it| it <= day) {
            return None;
        }
        if from > day {
            return Some(day);
        }
        day = day.max(until?);
    }
    if version.until.is_some_and(|it| it <= day) { None } else { Some(day) }
}

/// The spells of blocks that count for a version: law for law, anything for what is not yet law.
pub(crate) fn spells<'b>(
    version: Version,
    blocks: impl IntoIterator<Item = &'b Block>,
) -> impl Iterator<Item = (Date, Option<Date>)> {
    let counts = move |it: &Version| version.status != Status::Law || it.status == Status::Law;
    blocks.into_iter().map(|it| it.version).filter(counts).map(|it| (it.from, it.until))
}
