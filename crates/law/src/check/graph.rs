//! Which block leads to which: through the terms of its condition, and through `unless`.
//!
//! Nothing here recurses, so no rulebook is too deep for it.

use crate::blocks::Note;
use crate::rulebook::{BlockId, Rulebook};
use std::collections::BTreeSet;

/// How long a chain of blocks may be; evaluation follows it.
pub(super) const DEEPEST: u32 = 200;

pub(super) struct Graph {
    /// For each block, those it leads to.
    to: Vec<Vec<BlockId>>,
    /// For each block, those that lead to it.
    from: Vec<Vec<BlockId>>,
}

impl Graph {
    pub(super) fn new(rulebook: &Rulebook, notes: &[Note]) -> Self {
        let mut to: Vec<Vec<BlockId>> = Vec::with_capacity(rulebook.blocks.len());
        for (block, note) in rulebook.blocks.iter().zip(notes) {
            let terms = note.terms.iter().filter_map(|(it, _)| rulebook.terms.get(it.0 as usize));
            let mut targets: Vec<BlockId> = terms
                .flat_map(|it| it.blocks.iter())
                .chain(block.unless.iter().flatten())
                .copied()
                .collect();
            targets.sort_unstable();
            targets.dedup();
            to.push(targets);
        }
        let mut from: Vec<Vec<BlockId>> = vec![Vec::new(); to.len()];
        for (targets, id) in to.iter().zip((0..).map(BlockId)) {
            for target in targets {
                if let Some(it) = from.get_mut(target.0 as usize) {
                    it.push(id);
                }
            }
        }
        Self { to, from }
    }

    fn targets(&self, id: BlockId) -> &[BlockId] {
        self.to.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    fn sources(&self, id: BlockId) -> &[BlockId] {
        self.from.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    fn ids(&self) -> impl Iterator<Item = BlockId> + use<> {
        (0..u32::try_from(self.to.len()).unwrap_or(u32::MAX)).map(BlockId)
    }

    /// Everything these lead to, themselves included.
    pub(super) fn reached_from(&self, starts: Vec<BlockId>) -> BTreeSet<BlockId> {
        let mut reached: BTreeSet<BlockId> = starts.iter().copied().collect();
        let mut open = starts;
        while let Some(id) = open.pop() {
            open.extend(self.targets(id).iter().copied().filter(|it| reached.insert(*it)));
        }
        reached
    }

    /// Everything that leads to such a block, itself included.
    pub(super) fn leading_to(&self, is_end: impl Fn(BlockId) -> bool) -> BTreeSet<BlockId> {
        let mut open: Vec<BlockId> = self.ids().filter(|it| is_end(*it)).collect();
        let mut found: BTreeSet<BlockId> = open.iter().copied().collect();
        while let Some(id) = open.pop() {
            open.extend(self.sources(id).iter().copied().filter(|it| found.insert(*it)));
        }
        found
    }

    /// Takes away, again and again, the blocks that lead nowhere any more. Says for each how many
    /// rounds it stood; what never goes leads into a cycle.
    fn heights(&self) -> Vec<Option<u32>> {
        let mut left: Vec<usize> = self.to.iter().map(Vec::len).collect();
        let mut heights: Vec<Option<u32>> = vec![None; left.len()];
        let mut open: Vec<(BlockId, u32)> = Vec::new();
        let ends = self.ids().filter(|it| self.targets(*it).is_empty());
        open.extend(ends.map(|it| (it, 0)));
        let mut deepest: Vec<u32> = vec![0; left.len()];
        while let Some((id, height)) = open.pop() {
            if let Some(it) = heights.get_mut(id.0 as usize) {
                *it = Some(height);
            }
            for source in self.sources(id) {
                let place = source.0 as usize;
                let (Some(left), Some(deep)) = (left.get_mut(place), deepest.get_mut(place)) else {
                    continue;
                };
                *left = left.saturating_sub(1);
                *deep = (*deep).max(height + 1);
                if *left == 0 {
                    open.push((*source, *deep));
                }
            }
        }
        heights
    }

    /// A block that leads through too many others, if there is one.
    pub(super) fn too_deep(&self) -> Option<BlockId> {
        let heights = self.heights();
        self.ids().zip(heights).find(|(_, it)| it.is_some_and(|it| it > DEEPEST)).map(|(id, _)| id)
    }

    /// Cycles, each once, from its first block in the order of the files. Two cycles that share a
    /// block count as one.
    pub(super) fn cycles(&self) -> Vec<Vec<BlockId>> {
        let heights = self.heights();
        let stuck = |it: &BlockId| heights.get(it.0 as usize).is_some_and(Option::is_none);
        let mut cycles = Vec::new();
        let mut walked: BTreeSet<BlockId> = BTreeSet::new();
        for start in self.ids().filter(stuck) {
            let mut path: Vec<BlockId> = Vec::new();
            let mut on_path: BTreeSet<BlockId> = BTreeSet::new();
            let mut next = Some(start);
            // Whatever is stuck has a way on to something stuck, so the walk ends in a cycle.
            while let Some(id) = next.filter(|it| walked.insert(*it)) {
                path.push(id);
                on_path.insert(id);
                next = self.targets(id).iter().copied().find(stuck);
            }
            if let Some(again) = next.filter(|it| on_path.contains(it)) {
                let mut cycle: Vec<BlockId> =
                    path.into_iter().skip_while(|it| *it != again).collect();
                let first = cycle.iter().enumerate().min_by_key(|(_, it)| **it).map(|(it, _)| it);
                cycle.rotate_left(first.unwrap_or_default());
                cycles.push(cycle);
            }
        }
        cycles
    }
}
