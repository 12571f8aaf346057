//! Matters of one shape, packed: two planes of bits for each test of each thing.

use super::{LANES, Lanes, WORDS};
use crate::eval::Evaluation;
use crate::facts::{Facts, RowId};
use crate::law::Law;
use crate::schema::KindId;

/// Which things matters have: of which kinds, in which order, and what each belongs to.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Shape {
    rows: Vec<(KindId, RowId)>,
}

impl Shape {
    /// The shape of a matter.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        Self { rows: facts.rows().iter().map(|it| (it.kind, it.parent)).collect() }
    }

    /// Its rows: the kind of each, and what it belongs to.
    #[must_use]
    pub fn rows(&self) -> &[(KindId, RowId)] {
        &self.rows
    }

    /// Whether matters of this shape can be packed under a law: no set is asked whether a code of
    /// another thing is in it.
    #[must_use]
    pub fn fits(&self, law: &Law) -> bool {
        let has = |kind: KindId| self.rows.iter().any(|it| it.0 == kind);
        law.program.kinds.iter().zip(0..).all(|(plan, kind)| {
            let partners = plan.facts.iter().flat_map(|it| &it.partners);
            partners.map(|it| it.0).all(|other| !(has(KindId(kind)) && has(other)))
        })
    }

    pub(super) fn rows_of(&self, kind: KindId) -> impl Iterator<Item = RowId> {
        (0..).zip(&self.rows).filter(move |it| it.1.0 == kind).map(|it| RowId(it.0))
    }

    pub(super) fn parent(&self, row: RowId) -> Option<RowId> {
        self.rows.get(row.0 as usize).map(|it| it.1)
    }

    pub(super) fn belongs(&self, row: RowId, of: RowId) -> bool {
        let mut row = row;
        loop {
            if row == of {
                return true;
            }
            match self.parent(row) {
                Some(parent) if parent != row => row = parent,
                Some(_) | None => return false,
            }
        }
    }

    /// The thing, or what it belongs to, that is of that kind.
    #[inline]
    pub(super) fn whole(&self, row: RowId, kind: KindId) -> Option<RowId> {
        let mut row = row;
        loop {
            let (its, parent) = *self.rows.get(row.0 as usize)?;
            if its == kind {
                return Some(row);
            }
            if parent == row {
                return None;
            }
            row = parent;
        }
    }
}

/// Matters of one shape, packed under one law.
#[derive(Clone, Debug)]
pub struct Batch {
    shape: Shape,
    count: usize,
    /// For each row where its words begin; at the end how many there are.
    first: Vec<usize>,
    /// Of each word, for each matter, what is true and what is possible.
    words: Vec<[(u64, u64); LANES]>,
    /// Of each test, the planes: 64 for each word.
    planes: Vec<Lanes>,
    /// For each row the blocks that hold in no matter.
    ruled_out: Vec<Vec<u64>>,
    sealed: bool,
}

impl Batch {
    /// An empty batch for matters of a shape that fits the law.
    #[must_use]
    pub fn new(law: &Law, shape: Shape) -> Self {
        let mut first = Vec::with_capacity(shape.rows.len() + 1);
        let mut words = 0;
        for (kind, _) in &shape.rows {
            first.push(words);
            words += law.program.kinds.get(usize::from(kind.0)).map_or(0, |it| it.words);
        }
        first.push(words);
        Self {
            ruled_out: vec![Vec::new(); shape.rows.len()],
            shape,
            count: 0,
            first,
            words: vec![[(0, 0); LANES]; words],
            planes: vec![Lanes::OPEN; 64 * words],
            sealed: false,
        }
    }

    /// The shape of its matters.
    #[must_use]
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// How many matters it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether it holds as many as it can.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.count == LANES
    }

    /// Forgets its matters.
    pub fn clear(&mut self) {
        self.count = 0;
        self.sealed = false;
        self.ruled_out.iter_mut().for_each(Vec::clear);
    }

    /// Adds a matter of the batch's shape, read under its law. Whether there was room.
    pub fn push(&mut self, matter: &Evaluation<'_>) -> bool {
        let lane = self.count;
        if self.is_full() || self.sealed {
            return false;
        }
        for (row, range) in (0..).map(RowId).zip(self.first.windows(2)) {
            let [from, to] = range else { continue };
            let words = self.words.get_mut(*from..*to).unwrap_or_default();
            for (word, of) in (0..).zip(words) {
                if let Some(pair) = of.get_mut(lane) {
                    *pair = matter.words(row, word);
                }
            }
            let known = matter.ruled_out(row);
            if let Some(common) = self.ruled_out.get_mut(row.0 as usize) {
                if lane == 0 {
                    common.extend_from_slice(known);
                } else {
                    common.iter_mut().zip(known).for_each(|(it, word)| *it &= word);
                }
            }
        }
        self.count += 1;
        true
    }

    /// Turns what was added into planes. Nothing can be added after.
    pub fn seal(&mut self) {
        self.sealed = true;
        for (words, planes) in self.words.iter().zip(self.planes.chunks_exact_mut(64)) {
            for (place, lanes) in words.chunks_exact(64).enumerate().take(WORDS) {
                let column = |of: fn(&(u64, u64)) -> u64| {
                    let mut square = [0; 64];
                    square.iter_mut().zip(lanes).for_each(|(into, pair)| *into = of(pair));
                    transpose(&mut square);
                    square
                };
                let (yes, possible) = (column(|it| it.0), column(|it| it.1));
                for ((plane, yes), possible) in planes.iter_mut().zip(yes).zip(possible) {
                    if let Some(word) = plane.yes.get_mut(place) {
                        *word = yes;
                    }
                    if let Some(word) = plane.possible.get_mut(place) {
                        *word = possible;
                    }
                }
            }
        }
    }

    /// The planes of one word of a row's tests.
    #[inline]
    pub(super) fn planes(&self, row: RowId, word: u16) -> &[Lanes] {
        let first = self.first.get(row.0 as usize).map_or(usize::MAX, |it| it + usize::from(word));
        self.planes.get(64_usize.saturating_mul(first)..).and_then(|it| it.get(..64)).unwrap_or(&[])
    }

    pub(super) fn ruled_out(&self, row: RowId) -> &[u64] {
        self.ruled_out.get(row.0 as usize).map_or(&[], Vec::as_slice)
    }

    #[inline]
    pub(super) fn is_ruled_out(&self, row: RowId, bit: usize) -> bool {
        let word = self.ruled_out(row).get(bit / 64);
        word.is_some_and(|it| it >> (bit % 64) & 1 == 1)
    }
}

/// Exchanges rows and columns of a square of bits.
///
/// Source: Warren, "Hacker's Delight", 7-3.
#[expect(
    clippy::indexing_slicing,
    reason = "`k` and `k + width` stay below 64: `k` lacks that bit"
)]
fn transpose(square: &mut [u64; 64]) {
    let mut width = 32;
    let mut mask = u64::MAX >> 32;
    while width != 0 {
        let mut k = 0;
        while k < 64 {
            let swap = ((square[k] >> width) ^ square[k + width]) & mask;
            square[k] ^= swap << width;
            square[k + width] ^= swap;
            k = (k + width + 1) & !width;
        }
        width >>= 1;
        mask ^= mask << width;
    }
}
