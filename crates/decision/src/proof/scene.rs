//! Every transaction in which something is so: the little that is said, and all else open.
//!
//! Of each kind there is a thing of which nothing is known and which stands for any number of them.
//! Beside these stand the few things that a promise speaks of. What is certain of a scene
//! ([`law::crowd`]) is so of every transaction that it leaves possible.

use crate::catalogue::{item, listing, party, person};
use crate::effects::{Conclusion, Effects};
use jiff::civil::Date;
use law::rulebook::Rulebook;
use law::schema::{FactId, FactType, KindId, Schema};
use law::{Crowd, Facts, Law, Logic, RowId, Truth, Value};
use std::collections::BTreeSet;

/// Every transaction in which something is so.
#[derive(Clone, Debug)]
pub(crate) struct Scene<'s> {
    schema: &'s Schema,
    facts: Facts,
    /// The rows that stand for any number of things.
    many: BTreeSet<RowId>,
    /// The item that is judged.
    item: RowId,
}

impl<'s> Scene<'s> {
    /// Every transaction with an item.
    pub(crate) fn new(schema: &'s Schema) -> Self {
        let facts = Facts::new(schema);
        let mut scene = Self { schema, facts, many: BTreeSet::new(), item: RowId(0) };
        scene.crowd_of(KindId(0), RowId(0));
        scene.item = scene.add(item::KIND, RowId(0));
        scene
    }

    /// Adds a thing of which nothing is known, and any number of what may belong to it.
    pub(crate) fn add(&mut self, kind: KindId, parent: RowId) -> RowId {
        let row = self.facts.push(self.schema, kind, parent, 0);
        self.crowd_of(kind, row);
        row
    }

    fn crowd_of(&mut self, kind: KindId, row: RowId) {
        for (below, it) in (0..).map(KindId).zip(&self.schema.kinds) {
            if it.parent == Some(kind) && below != kind {
                let one = self.facts.push(self.schema, below, row, 0);
                self.many.insert(one);
                self.crowd_of(below, one);
            }
        }
    }

    /// Adds a party, which is somebody and not a gap, and says who it is itself.
    pub(crate) fn party(&mut self) -> (RowId, RowId) {
        let party = self.add(party::KIND, RowId(0));
        self.facts.set(party, party::GHOST, Value::Truth(false));
        let itself = self.add(person::KIND, party);
        self.code(itself, person::WHO, &["self"]);
        (party, itself)
    }

    /// Adds a listing of a party.
    pub(crate) fn listing(&mut self, party: RowId, list: &str, via: &[&str]) -> RowId {
        let row = self.add(listing::KIND, party);
        self.code(row, listing::LIST, &[list]);
        self.code(row, listing::VIA, via);
        row
    }

    /// Says that a fact has one of these values.
    pub(crate) fn code(&mut self, row: RowId, fact: FactId, values: &[&str]) {
        let codes = values.iter().filter_map(|it| self.value(row, fact, it));
        let codes: BTreeSet<u16> = codes.collect();
        self.set(row, fact, one_of(codes));
    }

    /// Says which values a set has.
    pub(crate) fn values(&mut self, row: RowId, fact: FactId, values: &[&str]) {
        let codes = values.iter().filter_map(|it| self.value(row, fact, it));
        let set = codes.filter_map(|it| 1_u128.checked_shl(it.into())).fold(0, |set, it| set | it);
        self.set(row, fact, Value::Set(set));
    }

    pub(crate) fn set(&mut self, row: RowId, fact: FactId, value: Value) {
        self.facts.set(row, fact, value);
    }

    fn value(&self, row: RowId, fact: FactId, name: &str) -> Option<u16> {
        let kind = self.schema.kinds.get(usize::from(self.facts.row(row)?.kind.0))?;
        match kind.facts.get(usize::from(fact.0))?.of {
            FactType::Code(domain) | FactType::Set(domain) => self.schema.value(domain, name),
            FactType::Truth | FactType::Number => None,
        }
    }

    /// Says that a fact has one of these values, by their places.
    pub(crate) fn one_of(&mut self, row: RowId, fact: FactId, values: &[u16]) {
        self.set(row, fact, one_of(values.iter().copied().collect()));
    }

    /// Says of every thing of a kind that a fact has one of these values, by their places.
    pub(crate) fn all_of(&mut self, kind: KindId, fact: FactId, values: &[u16]) {
        for row in self.facts.rows_of(kind).to_vec() {
            self.one_of(row, fact, values);
        }
    }

    /// What is so of all transactions of the scene under a law.
    pub(crate) fn crowd<'a>(&'a self, law: &'a Law) -> Crowd<'a> {
        law.crowd(&self.facts, &self.many)
    }

    /// The item that is judged.
    pub(crate) fn item(&self) -> RowId {
        self.item
    }

    /// Every conclusion that a transaction of the scene may lead to on a day of that law, as far as
    /// the promise reaches. The exclusions are taken to hold and not to hold in turn, where that is
    /// not certain: what follows from one of them is not taken together with what follows from its
    /// absence.
    pub(crate) fn conclusions(
        &self,
        (law, effects): (&Law, &Effects),
        reach: Reach,
        stale: bool,
    ) -> BTreeSet<Conclusion> {
        let mut found = BTreeSet::new();
        for outside in reach.outside() {
            let crowd = law.crowd(&self.facts, &self.many);
            let mut supposed = Supposed { crowd, effects, outside: *outside };
            if supposed.can_be(self.item) {
                let concluded = effects.conclude(&mut supposed, self.item, stale);
                found.extend(concluded.conclusions.into_iter().map(|it| it.0));
            }
        }
        found
    }
}

/// How far a promise reaches.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reach {
    /// What is subject to the EAR, and is an export, reexport, transfer or release.
    Exports,
    /// What is subject to the EAR, whether or not it counts as an export.
    Subject,
    /// Everything, what is outside the EAR too.
    All,
}

impl Reach {
    /// Whether it is no export, and not subject, in the cases that it reaches.
    fn outside(self) -> &'static [[bool; 2]] {
        match self {
            Self::Exports => &[[false, false]],
            Self::Subject => &[[false, false], [true, false]],
            Self::All => &[[false, false], [true, false], [false, true], [true, true]],
        }
    }
}

/// A crowd of which it is supposed which exclusions hold.
struct Supposed<'a> {
    crowd: Crowd<'a>,
    effects: &'a Effects,
    /// For each exclusion whether it holds.
    outside: [bool; 2],
}

impl Supposed<'_> {
    /// Whether it may be as supposed.
    fn can_be(&mut self, item: RowId) -> bool {
        let mut holds = [Truth::False; 2];
        for it in &self.effects.exclusions {
            if let Some(holds) = holds.get_mut(usize::from(it.exclusion)) {
                *holds = holds.or(self.crowd.block(it.judged.block, it.judged.row(item)));
            }
        }
        let known = holds.iter().map(|it| it.known());
        known.zip(self.outside).all(|(known, supposed)| known.is_none_or(|it| it == supposed))
    }
}

impl Logic for Supposed<'_> {
    type Value = Truth;

    fn constant(&mut self, value: bool) -> Truth {
        Truth::from(value)
    }

    fn and(&mut self, left: Truth, right: Truth) -> Truth {
        left.and(right)
    }

    fn or(&mut self, left: Truth, right: Truth) -> Truth {
        left.or(right)
    }

    fn not(&mut self, value: Truth) -> Truth {
        value.not()
    }

    fn block(&mut self, block: usize, row: RowId) -> Truth {
        let exclusion = self.effects.exclusions.iter().find(|it| it.judged.block == block);
        match exclusion.and_then(|it| self.outside.get(usize::from(it.exclusion))) {
            Some(supposed) => Truth::from(*supposed),
            None => self.crowd.block(block, row),
        }
    }
}

/// One of these values: unknown where there is none.
fn one_of(codes: BTreeSet<u16>) -> Value {
    let codes: Vec<u16> = codes.into_iter().collect();
    match codes.as_slice() {
        [] => Value::Unknown,
        [code] => Value::Code(*code),
        _ => Value::OneOf(codes.into()),
    }
}

/// What is one of the countries that are certainly in one of the groups on a day.
pub(crate) fn in_groups(rulebook: &Rulebook, day: Date, groups: &[&str]) -> Value {
    let tables = rulebook.tables.iter();
    let rows = tables.flat_map(|table| {
        let found = table.columns.iter().position(|it| it.name == "group");
        let words = found.and_then(|it| table.columns.get(it)).map(|it| &it.words);
        let rows = table
            .rows
            .iter()
            .filter(move |it| it.from <= day && it.until.is_none_or(|until| day < until));
        rows.filter(move |row| {
            let placed = found.and_then(|it| row.words.get(it)).into_iter().flatten();
            placed
                .filter_map(|it| words?.get(usize::from(*it)))
                .any(|it| groups.contains(&it.as_str()))
        })
    });
    one_of(rows.map(|it| it.key).collect())
}
