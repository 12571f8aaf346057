//! What settles a condition by itself: reads the operations of a program, and finds for each the
//! classes of facts in which it holds, and those in which it fails, whatever else is known.

use crate::compile::{Literals, Op, OpId, Program};
use crate::partition::Values;
use crate::rulebook::Thing;
use crate::schema::KindId;
use crate::truth::Truth;

/// Every class of every fact, numbered by kind and fact. After the classes of a set each of its
/// tests has two points, that it fails and that it holds.
pub(super) struct Points {
    /// By kind, by fact: its first.
    first: Vec<Vec<usize>>,
    /// Those of the root kind come first.
    of_root: usize,
    /// After all classes: for each body, that it is ruled out of all things.
    pub(super) bodies: usize,
    /// How many there are.
    pub(super) count: usize,
}

impl Points {
    /// The points of a program with so many bodies.
    pub(super) fn of(program: &Program, bodies: usize) -> Self {
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
pub(super) struct Set(Vec<u64>);

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

    pub(super) fn contains(&self, point: usize) -> bool {
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

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        let bits = |(place, word): (usize, u64)| {
            (0..64).filter(move |it| word >> it & 1 == 1).map(move |it| 64 * place + it)
        };
        self.0.iter().copied().enumerate().flat_map(bits)
    }
}

/// The points each of which settles a statement, whatever else is known.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    holds: Set,
    pub(super) fails: Set,
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
pub(super) struct Reader<'p> {
    program: &'p Program,
    points: &'p Points,
    /// The operation of each body, in order.
    bodies: Vec<OpId>,
    /// The variable of the thing that is spoken of.
    pub(super) subject: u16,
    blocks: Vec<Known>,
    terms: Vec<Known>,
}

impl<'p> Reader<'p> {
    /// A reader of a program whose bodies are these operations.
    pub(super) fn new(program: &'p Program, points: &'p Points, bodies: Vec<OpId>) -> Self {
        let (blocks, terms) = (program.blocks.len(), program.terms.len());
        Self {
            program,
            points,
            bodies,
            subject: 1,
            blocks: vec![Known::New; blocks],
            terms: vec![Known::New; terms],
        }
    }

    /// What settles a block.
    pub(super) fn block(&mut self, place: usize) -> Settled {
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

    /// What settles the condition of a block, whatever it yields to.
    pub(super) fn condition(&mut self, place: usize) -> Settled {
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

    /// What settles an operation, said of a thing of a kind.
    pub(super) fn op(&mut self, op: OpId, subject: KindId) -> Settled {
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
