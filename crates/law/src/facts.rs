//! What is known of one matter: rows of things, each with a slot per fact.
//!
//! A slot may be unknown, or known only to be one of several values. A collection that is itself
//! unknown is given rows whose slots are unknown by the host, which knows what may be missing.

use crate::schema::{FactId, KindId, Schema};

/// What is known of one fact.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Unknown,
    /// Yes or no.
    Truth(bool),
    /// One value of the fact's domain, by its place there.
    Code(u16),
    /// Known to be one of these values of the domain, not which. Sorted, without repetition.
    OneOf(Box<[u16]>),
    /// A set of values, one bit for each place in the domain (128 at most).
    Set(u128),
    /// A number, in thousandths.
    Number(i64),
    /// A number known to lie between these two, in thousandths, both included.
    Between(i64, i64),
}

/// One thing: its place in [`Facts::rows`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RowId(pub u32);

/// One thing of which facts are known.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    /// What kind of thing it is.
    pub kind: KindId,
    /// The thing it belongs to; the root row belongs to itself.
    pub parent: RowId,
    /// The number the host knows it by.
    pub origin: u32,
    first: u32,
}

/// What is known of one matter.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    rows: Vec<Row>,
    slots: Vec<Value>,
    of_kind: Vec<Vec<RowId>>,
}

impl Facts {
    /// Facts with the root row, everything unknown.
    #[must_use]
    pub fn new(schema: &Schema) -> Self {
        // Room for a few things of each kind, so that most matters need no more.
        let count = schema.kinds.iter().map(|it| it.facts.len()).sum::<usize>();
        let mut facts = Self {
            rows: Vec::with_capacity(2 * schema.kinds.len()),
            slots: Vec::with_capacity(2 * count),
            of_kind: vec![Vec::new(); schema.kinds.len()],
        };
        facts.push(schema, KindId(0), RowId(0), 0);
        facts
    }

    /// The same as new, in memory that is used again. The schema must be the one of before.
    pub fn renew(&mut self, schema: &Schema) {
        self.rows.clear();
        self.slots.clear();
        self.of_kind.resize(schema.kinds.len(), Vec::new());
        self.of_kind.iter_mut().for_each(Vec::clear);
        self.push(schema, KindId(0), RowId(0), 0);
    }

    /// Adds a thing with everything unknown. `parent` must be a row of the kind's parent kind.
    pub fn push(&mut self, schema: &Schema, kind: KindId, parent: RowId, origin: u32) -> RowId {
        let id = RowId(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        let first = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        let count = schema.kinds.get(usize::from(kind.0)).map_or(0, |it| it.facts.len());
        self.slots.resize(self.slots.len() + count, Value::Unknown);
        self.rows.push(Row { kind, parent, origin, first });
        if let Some(rows) = self.of_kind.get_mut(usize::from(kind.0)) {
            rows.push(id);
        }
        id
    }

    /// Says what is known of a fact.
    #[inline]
    pub fn set(&mut self, row: RowId, fact: FactId, value: Value) {
        let place = self.place(row, fact);
        if let Some(slot) = place.and_then(|it| self.slots.get_mut(it)) {
            *slot = value;
        }
    }

    /// What is known of a fact.
    #[must_use]
    #[inline]
    pub fn value(&self, row: RowId, fact: FactId) -> &Value {
        self.place(row, fact).and_then(|it| self.slots.get(it)).unwrap_or(&Value::Unknown)
    }

    /// The thing at that place.
    #[must_use]
    #[inline]
    pub fn row(&self, row: RowId) -> Option<&Row> {
        self.rows.get(row.0 as usize)
    }

    /// All things of a kind, in the order they were added.
    #[must_use]
    #[inline]
    pub fn rows_of(&self, kind: KindId) -> &[RowId] {
        self.of_kind.get(usize::from(kind.0)).map_or(&[], Vec::as_slice)
    }

    /// All things, in the order they were added; the root is the first.
    #[must_use]
    #[inline]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What is known of one thing at all, with which fact it is.
    pub fn known(&self, row: RowId, schema: &Schema) -> impl Iterator<Item = (FactId, &Value)> {
        let of = self.row(row);
        let kind = of.and_then(|it| schema.kinds.get(usize::from(it.kind.0)));
        let count = kind.map_or(0, |it| it.facts.len());
        let slots = of.map_or(&[][..], |it| self.slots(it, count));
        (0..).map(FactId).zip(slots).filter(|it| *it.1 != Value::Unknown)
    }

    /// Everything known of one thing, in the order of its kind's facts.
    #[inline]
    pub(crate) fn slots(&self, row: &Row, count: usize) -> &[Value] {
        let first = row.first as usize;
        self.slots.get(first..first.saturating_add(count)).unwrap_or(&[])
    }

    #[inline]
    fn place(&self, row: RowId, fact: FactId) -> Option<usize> {
        let row = self.rows.get(row.0 as usize)?;
        Some(row.first as usize + usize::from(fact.0))
    }
}
