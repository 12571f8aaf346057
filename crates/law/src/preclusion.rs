//! Which blocks one known fact rules out by itself.
//!
//! Where a condition needs a fact to be of a certain class, a matter in which it is of another need
//! not look at the block at all. That is worked out once for each law: for every class of every
//! fact, the blocks that are then false, one bit each. A row's bits are gathered while its facts
//! are read, and an evaluation asks them first. They hold only what the evaluation would find
//! itself, whatever else is known; a fact that is not known rules out nothing.
//!
//! A condition on "some thing of a kind" has a bit too, among those of that kind's things. Where
//! each of them is ruled out, or there is none, that alone rules out the blocks that need one.

use crate::compile::{Op, OpId, Program};
use crate::schema::KindId;
use reader::{Points, Reader, Set};

mod reader;

/// The blocks that one class of one fact rules out: where their bits begin.
pub(crate) type Mask = u32;

/// A class that rules out nothing.
const NOTHING: Mask = Mask::MAX;

/// The bits of all classes.
///
/// A kind has words of its own, for the blocks that are said of it and the bodies that speak of it;
/// after them come those of the kinds whose things belong to its things. A row has the bits of its
/// kind and of all of these, so that what is ruled out of the whole is found again in the parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Preclusion {
    masks: Vec<u64>,
    /// How many words there are for all kinds together.
    width: usize,
    /// The bits of all bodies.
    bodies: Vec<u64>,
    /// For each bit of a body, where in `needing` the blocks that need it are, from and to.
    needed: Vec<(u32, u32)>,
    /// Bits by word.
    needing: Vec<(usize, u64)>,
    /// For each kind, all blocks that need a thing of it.
    absent: Vec<Vec<u64>>,
}

/// The words of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Span {
    /// The first among those of all kinds.
    pub(crate) first: usize,
    /// Its own.
    pub(crate) own: usize,
    /// With those of the kinds below it.
    pub(crate) all: usize,
}

/// A condition on some thing of a kind, which the blocks that need such a thing have in common.
#[derive(Clone, Copy, Debug)]
struct Body {
    kind: KindId,
    variable: u16,
    condition: OpId,
}

impl Preclusion {
    /// Adds what a class rules out to a row's bits.
    #[inline]
    pub(crate) fn add(&self, mask: Mask, into: &mut [u64]) {
        if mask == NOTHING {
            return;
        }
        let first = mask as usize;
        add(self.masks.get(first..first + into.len()).unwrap_or(&[]), into);
    }

    /// No bits of any row: what is ruled out of everything is still to be found.
    pub(crate) fn begin(&self, everywhere: &mut Vec<u64>, common: &mut Vec<u64>) {
        everywhere.clear();
        everywhere.extend_from_slice(&self.bodies);
        common.clear();
        common.resize(self.width, 0);
    }

    /// Adds the blocks that need a thing of a kind of which there is none.
    pub(crate) fn add_absent(&self, kind: usize, into: &mut [u64]) {
        add(self.absent.get(kind).map_or(&[][..], Vec::as_slice), into);
    }

    /// Adds the blocks that need a thing where none will do. `everywhere` has the bits of the bodies
    /// that are ruled out of all things of their kinds.
    pub(crate) fn add_bodies(&self, everywhere: &[u64], into: &mut [u64]) {
        for (place, word) in everywhere.iter().enumerate() {
            let mut bits = *word;
            while bits != 0 {
                let bit = 64 * place + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let (from, to) = self.needed.get(bit).copied().unwrap_or_default();
                for (word, bits) in self.needing.get(from as usize..to as usize).unwrap_or(&[]) {
                    if let Some(into) = into.get_mut(*word) {
                        *into |= bits;
                    }
                }
            }
        }
    }
}

/// Adds bits to others.
#[inline]
pub(crate) fn add(words: &[u64], into: &mut [u64]) {
    for (into, word) in into.iter_mut().zip(words) {
        *into |= word;
    }
}

impl Program {
    /// Works out what every class rules out. The last pass: the plans are complete.
    pub(crate) fn preclude(&mut self) {
        let bodies: Vec<(OpId, Body)> = (0..).zip(&self.ops).filter_map(body).collect();
        let points = Points::of(self, bodies.len());
        let mut reader = Reader::new(self, &points, bodies.iter().map(|it| it.0).collect());
        let fails: Vec<Set> = (0..self.blocks.len()).map(|it| reader.block(it).fails).collect();
        // Of a block that yields to others, its condition by itself as well.
        let own = (0..self.blocks.len()).filter(|it| {
            self.blocks.get(*it).is_some_and(|it| it.met.is_some() && it.may_be_spared)
        });
        let own: Vec<usize> = own.collect();
        let own_fails = own.iter().map(|it| reader.condition(*it).fails);
        let own_fails: Vec<Set> = own_fails.collect();
        // Bodies that no block needs are of no use.
        let is_needed = |body: usize| fails.iter().any(|it| it.contains(points.bodies + body));
        let numbered = (0..).zip(bodies.iter().map(|it| it.1));
        let needed: Vec<(usize, Body)> = numbered.filter(|it| is_needed(it.0)).collect();
        let body_fails = needed.iter().map(|(_, body)| {
            reader.subject = body.variable;
            reader.op(body.condition, body.kind).fails
        });
        let body_fails: Vec<Set> = body_fails.collect();

        let layout = Layout::of(self, &needed, &own);
        let width = layout.width;
        let mut bits = Bits { width, words: vec![0; points.count * width] };
        for (fails, bit) in fails.iter().zip(&layout.blocks) {
            fails.iter().for_each(|point| bits.set(point, *bit));
        }
        for (fails, bit) in own_fails.iter().zip(&layout.own) {
            fails.iter().for_each(|point| bits.set(point, *bit));
        }
        for (fails, bit) in body_fails.iter().zip(&layout.bodies) {
            let classes = fails.iter().take_while(|it| *it < points.bodies);
            classes.for_each(|point| bits.set(point, *bit));
        }

        let mut preclusion = Preclusion { width, ..Preclusion::default() };
        preclusion.needed.resize(64 * width, (0, 0));
        let mut absent = Bits { width, words: vec![0; self.kinds.len() * width] };
        let mut of_bodies = Bits { width, words: vec![0; width] };
        for ((point, body), bit) in needed.iter().zip(&layout.bodies) {
            let needing = bits.row(points.bodies + point);
            absent.add(usize::from(body.kind.0), needing);
            of_bodies.set(0, *bit);
            let place = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
            let from = place(preclusion.needing.len());
            let words = needing.iter().copied().enumerate().filter(|it| it.1 != 0);
            preclusion.needing.extend(words);
            if let Some(needed) = preclusion.needed.get_mut(*bit) {
                *needed = (from, place(preclusion.needing.len()));
            }
        }
        preclusion.bodies = of_bodies.words;
        preclusion.absent = absent.rows().map(<[u64]>::to_vec).collect();

        for (plan, bit) in self.blocks.iter_mut().zip(&layout.blocks) {
            let span = layout.spans.get(usize::from(plan.subject.0));
            plan.bit = span.and_then(|it| bit.checked_sub(64 * it.first)).unwrap_or(usize::MAX);
            plan.met_bit = if plan.met.is_none() { plan.bit } else { usize::MAX };
        }
        for (place, bit) in own.iter().zip(&layout.own) {
            let Some(plan) = self.blocks.get_mut(*place) else { continue };
            let span = layout.spans.get(usize::from(plan.subject.0));
            plan.met_bit = span.and_then(|it| bit.checked_sub(64 * it.first)).unwrap_or(usize::MAX);
        }
        let mut rows = bits.rows();
        for (kind, span) in self.kinds.iter_mut().zip(&layout.spans) {
            kind.span = *span;
            for fact in &mut kind.facts {
                let classes = rows.by_ref().take(fact.points());
                fact.masks = classes.map(|bits| preclusion.keep(bits, *span)).collect();
            }
        }
        self.preclusion = preclusion;
    }
}

impl Preclusion {
    /// Keeps a class's bits, as far as they are those of a row.
    fn keep(&mut self, bits: &[u64], span: Span) -> Mask {
        let words = bits.get(span.first..span.first + span.all).unwrap_or(&[]);
        if words.iter().all(|it| *it == 0) {
            return NOTHING;
        }
        let mask = Mask::try_from(self.masks.len()).unwrap_or(NOTHING);
        self.masks.extend(words);
        mask
    }
}

/// Where the bits lie.
struct Layout {
    spans: Vec<Span>,
    /// By block, by needed body, by block whose condition has a bit of its own.
    blocks: Vec<usize>,
    bodies: Vec<usize>,
    own: Vec<usize>,
    width: usize,
}

impl Layout {
    fn of(program: &Program, bodies: &[(usize, Body)], own: &[usize]) -> Self {
        let mut layout = Self {
            spans: vec![Span::default(); program.kinds.len()],
            blocks: vec![usize::MAX; program.blocks.len()],
            bodies: vec![usize::MAX; bodies.len()],
            own: vec![usize::MAX; own.len()],
            width: 0,
        };
        for (place, kind) in (0..).map(KindId).zip(&program.kinds) {
            if kind.parent.is_none() {
                layout.lay(place, program, (bodies, own));
            }
        }
        layout
    }

    /// Lays out a kind, then the kinds below it.
    fn lay(
        &mut self,
        kind: KindId,
        program: &Program,
        (bodies, own): (&[(usize, Body)], &[usize]),
    ) {
        let first = self.width;
        let mut next = 64 * first;
        let of_kind = program.blocks.iter().map(|it| it.subject == kind).zip(&mut self.blocks);
        let speaking = bodies.iter().map(|it| it.1.kind == kind).zip(&mut self.bodies);
        let of_block = |it: &usize| program.blocks.get(*it).is_some_and(|it| it.subject == kind);
        let conditions = own.iter().map(of_block).zip(&mut self.own);
        for (_, bit) in of_kind.chain(speaking).chain(conditions).filter(|it| it.0) {
            *bit = next;
            next += 1;
        }
        self.width = next.div_ceil(64);
        let words = self.width - first;
        for (below, plan) in (0..).map(KindId).zip(&program.kinds) {
            if plan.parent == Some(kind) && below > kind {
                self.lay(below, program, (bodies, own));
            }
        }
        let all = self.width - first;
        if let Some(span) = self.spans.get_mut(usize::from(kind.0)) {
            *span = Span { first, own: words, all };
        }
    }
}

/// The body of a quantifier.
fn body((place, op): (OpId, &Op)) -> Option<(OpId, Body)> {
    match op {
        Op::Exists { kind, variable, body, .. } => {
            Some((place, Body { kind: *kind, variable: *variable, condition: *body }))
        }
        Op::Constant(_)
        | Op::AllOf(_)
        | Op::AnyOf(_)
        | Op::All(_)
        | Op::Any(_)
        | Op::Term { .. }
        | Op::Member(_) => None,
    }
}

/// Rows of bits.
struct Bits {
    width: usize,
    words: Vec<u64>,
}

impl Bits {
    fn set(&mut self, row: usize, bit: usize) {
        if let Some(word) = self.words.get_mut(row * self.width + bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    fn add(&mut self, row: usize, bits: &[u64]) {
        add(bits, self.words.get_mut(row * self.width..).unwrap_or_default());
    }

    fn row(&self, row: usize) -> &[u64] {
        self.words.get(row * self.width..(row + 1) * self.width).unwrap_or(&[])
    }

    fn rows(&self) -> impl Iterator<Item = &[u64]> {
        self.words.chunks(self.width.max(1))
    }
}

#[cfg(test)]
mod tests;
