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

use crate::compile::{Literals, Op, OpId, Program};
use crate::partition::Values;
use crate::rulebook::Thing;
use crate::schema::KindId;
use crate::truth::Truth;

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
        let mut reader = Reader {
            program: self,
            points: &points,
            bodies: bodies.iter().map(|it| it.0).collect(),
            subject: 1,
            blocks: vec![Known::New; self.blocks.len()],
            terms: vec![Known::New; self.terms.len()],
        };
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

/// Every class of every fact, numbered by kind and fact. After the classes of a set each of its
/// tests has two points, that it fails and that it holds.
struct Points {
    /// By kind, by fact: its first.
    first: Vec<Vec<usize>>,
    /// Those of the root kind come first.
    of_root: usize,
    /// After all classes: for each body, that it is ruled out of all things.
    bodies: usize,
    count: usize,
}

impl Points {
    fn of(program: &Program, bodies: usize) -> Self {
        let (mut count, mut of_root) = (0, 0);
        let mut first = Vec::new();
        for (place, kind) in program.kinds.iter().enumerate() {
            let facts = kind.facts.iter().map(|plan| {
                count += plan.points();
                count - plan.points()
            });
            first.push(facts.collect());
            if place == 0 {
                of_root = count;
            }
        }
        Self { first, of_root, bodies: count, count: count + bodies }
    }
}

/// Points, one bit each.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Set(Vec<u64>);

impl Set {
    fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn every(count: usize) -> Self {
        let mut set = Self::none(count);
        (0..count).for_each(|it| set.insert(it));
        set
    }

    fn insert(&mut self, point: usize) {
        if let Some(word) = self.0.get_mut(point / 64) {
            *word |= 1 << (point % 64);
        }
    }

    fn contains(&self, point: usize) -> bool {
        self.0.get(point / 64).is_some_and(|it| it >> (point % 64) & 1 == 1)
    }

    fn or(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(into, word)| *into |= word);
        self
    }

    fn and(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(into, word)| *into &= word);
        self
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        let bits = |(place, word): (usize, u64)| {
            (0..64).filter(move |it| word >> it & 1 == 1).map(move |it| 64 * place + it)
        };
        self.0.iter().copied().enumerate().flat_map(bits)
    }
}

/// The points each of which settles a statement, whatever else is known.
#[derive(Clone, Debug)]
struct Settled {
    holds: Set,
    fails: Set,
}

impl Settled {
    fn not(self) -> Self {
        Self { holds: self.fails, fails: self.holds }
    }

    fn and(self, other: &Self) -> Self {
        Self { holds: self.holds.and(&other.holds), fails: self.fails.or(&other.fails) }
    }

    fn or(self, other: &Self) -> Self {
        Self { holds: self.holds.or(&other.holds), fails: self.fails.and(&other.fails) }
    }
}

#[derive(Clone, Debug)]
enum Known {
    New,
    Busy,
    Done(Settled),
}

/// Reads conditions for what settles them. Only the facts of the thing that a block is said of, and
/// of what that belongs to, are looked at: for each kind there is one such thing.
struct Reader<'p> {
    program: &'p Program,
    points: &'p Points,
    /// The operation of each body, in order.
    bodies: Vec<OpId>,
    /// The variable of the thing that is spoken of.
    subject: u16,
    blocks: Vec<Known>,
    terms: Vec<Known>,
}

impl Reader<'_> {
    fn block(&mut self, place: usize) -> Settled {
        match self.blocks.get_mut(place) {
            Some(Known::Done(settled)) => return settled.clone(),
            Some(Known::Busy) | None => return self.nothing(),
            Some(known @ Known::New) => *known = Known::Busy,
        }
        let program = self.program;
        let Some(plan) = program.blocks.get(place) else { return self.nothing() };
        let mut settled = self.condition(place);
        for exempt in &plan.unless {
            let exempt = self.block_of(*exempt, plan.subject);
            settled = settled.and(&exempt.not());
        }
        if plan.doubtful {
            settled.holds = Set::none(self.points.count);
        }
        if let Some(known) = self.blocks.get_mut(place) {
            *known = Known::Done(settled.clone());
        }
        settled
    }

    fn condition(&mut self, place: usize) -> Settled {
        let program = self.program;
        let Some(plan) = program.blocks.get(place) else { return self.nothing() };
        let outer = std::mem::replace(&mut self.subject, 1);
        let settled = self.op(plan.condition, plan.subject);
        self.subject = outer;
        settled
    }

    fn term(&mut self, term: usize) -> Settled {
        match self.terms.get_mut(term) {
            Some(Known::Done(settled)) => return settled.clone(),
            Some(Known::Busy) | None => return self.nothing(),
            Some(known @ Known::New) => *known = Known::Busy,
        }
        let program = self.program;
        let Some(plan) = program.terms.get(term) else { return self.nothing() };
        let mut settled = self.nothing();
        if !plan.blocks.is_empty() {
            settled = self.constant(false);
            for block in &plan.blocks {
                let block = self.block_of(*block, plan.subject);
                settled = settled.or(&block);
            }
        }
        if let Some(known) = self.terms.get_mut(term) {
            *known = Known::Done(settled.clone());
        }
        settled
    }

    /// A block, asked of a thing of that kind.
    fn block_of(&mut self, place: usize, kind: KindId) -> Settled {
        let subject = self.program.blocks.get(place).map(|it| it.subject);
        if subject.is_some_and(|it| self.is_part(kind, it)) {
            self.block(place)
        } else {
            self.nothing()
        }
    }

    fn op(&mut self, op: OpId, subject: KindId) -> Settled {
        let program = self.program;
        let id = op;
        let Some(op) = program.ops.get(id as usize) else { return self.nothing() };
        let part = |range: &crate::compile::Range| {
            let first = range.first as usize;
            program.children.get(first..first + range.count as usize).unwrap_or(&[])
        };
        match op {
            Op::Constant(value) => self.constant(*value),
            Op::AllOf(literals) => self.literals(literals, subject, true),
            Op::AnyOf(literals) => self.literals(literals, subject, false),
            Op::All(range) => {
                let all = self.constant(true);
                part(range).iter().fold(all, |all, it| all.and(&self.op(*it, subject)))
            }
            Op::Any(range) => {
                let any = self.constant(false);
                part(range).iter().fold(any, |any, it| any.or(&self.op(*it, subject)))
            }
            Op::Term { term, thing, negated } => {
                let settled = self.said(*term, *thing, subject);
                if *negated { settled.not() } else { settled }
            }
            // Of no thing at all, a condition never holds, so what lets it hold settles nothing.
            Op::Exists { body, negated, .. } => {
                let mut settled = self.op(*body, subject);
                settled.holds = Set::none(self.points.count);
                if let Ok(body) = self.bodies.binary_search(&id) {
                    settled.fails.insert(self.points.bodies + body);
                }
                if *negated { settled.not() } else { settled }
            }
            Op::Member(_) => self.nothing(),
        }
    }

    /// A term, said of a thing.
    fn said(&mut self, term: usize, thing: Thing, subject: KindId) -> Settled {
        let Some(plan) = self.program.terms.get(term) else { return self.nothing() };
        match self.kind(thing, subject) {
            Some(kind) if self.is_part(kind, plan.subject) => self.term(term),
            Some(_) => self.nothing(),
            // Of one of many things, only what is said of the whole is certain.
            None => {
                let settled = self.term(term);
                let mut certain = Set::none(self.points.count);
                (0..self.points.of_root).for_each(|it| certain.insert(it));
                (self.points.bodies..self.points.count).for_each(|it| certain.insert(it));
                Settled { holds: settled.holds.and(&certain), fails: settled.fails.and(&certain) }
            }
        }
    }

    fn literals(&self, literals: &Literals, subject: KindId, all: bool) -> Settled {
        let Some(kind) = self.kind(literals.thing, subject) else { return self.nothing() };
        let mut settled = self.constant(all);
        for bit in 0..64_usize {
            let bits = [literals.holding, literals.failing].map(|it| it >> bit & 1 == 1);
            for (_, negated) in bits.into_iter().zip([false, true]).filter(|it| it.0) {
                let one = self.literal(kind, 64 * usize::from(literals.word) + bit);
                let one = if negated { one.not() } else { one };
                settled = if all { settled.and(&one) } else { settled.or(&one) };
            }
        }
        settled
    }

    fn literal(&self, kind: KindId, bit: usize) -> Settled {
        let mut settled = self.nothing();
        let place = usize::from(kind.0);
        let found = self.program.kinds.get(place).and_then(|kind| {
            let (fact, test) = kind.bits.get(bit).copied().flatten()?;
            let first = *self.points.first.get(place)?.get(usize::from(fact.0))?;
            Some((kind.facts.get(usize::from(fact.0))?, first, test))
        });
        let Some((plan, first, test)) = found else { return settled };
        if let Values::Set = plan.values {
            settled.fails.insert(first + plan.classes() + 2 * test);
            settled.holds.insert(first + plan.classes() + 2 * test + 1);
        }
        for class in 0..plan.classes() {
            match plan.answer(class, test) {
                Truth::True => settled.holds.insert(first + class),
                Truth::False => settled.fails.insert(first + class),
                Truth::Unknown => {}
            }
        }
        settled
    }

    /// The kind of a thing that is the subject, or what that belongs to; nothing for others.
    fn kind(&self, thing: Thing, subject: KindId) -> Option<KindId> {
        match thing.variable {
            0 => (thing.up == 0).then_some(KindId(0)),
            variable if variable == self.subject => {
                (0..thing.up).try_fold(subject, |it, _| self.parent(it))
            }
            _ => None,
        }
    }

    fn parent(&self, kind: KindId) -> Option<KindId> {
        self.program.kinds.get(usize::from(kind.0))?.parent
    }

    /// Whether things of a kind are, or belong to, things of another.
    fn is_part(&self, kind: KindId, of: KindId) -> bool {
        let steps = 0..=self.program.kinds.len();
        let mut chain = steps.scan(Some(kind), |next, _| {
            let kind = (*next)?;
            *next = self.parent(kind);
            Some(kind)
        });
        chain.any(|it| it == of)
    }

    fn nothing(&self) -> Settled {
        let none = Set::none(self.points.count);
        Settled { holds: none.clone(), fails: none }
    }

    fn constant(&self, value: bool) -> Settled {
        let (none, every) = (Set::none(self.points.count), Set::every(self.points.count));
        if value {
            Settled { holds: every, fails: none }
        } else {
            Settled { holds: none, fails: every }
        }
    }
}

#[cfg(test)]
mod tests;
