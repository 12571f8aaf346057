//! A portfolio packed: what may be known of each transaction, once for all that are alike.
//!
//! Things of which the same is known are kept once, and so are transactions whose things are the
//! same. Under two laws each of these is judged once, many at a time ([`crate::verdicts`]); names
//! and numbers of lines are the host's. What is known depends on what the rulebook's tables hold
//! and on the day, so a packed portfolio belongs to two days and to the schema and tables of its
//! rulebooks ([`Engine::facts_form`]). Their law text may change.

use super::bytes::{self, Reader};
use super::{Answer, Asked, Change, Impact, Side, impact};
use crate::engine::Engine;
use crate::matter::Matter;
use crate::outcome::Outcome;
use crate::transaction::Transaction;
use crate::verdicts::{Packer, fits};
use crate::workspace::Workspace;
use jiff::civil::Date;
use law::schema::{FactId, KindId};
use law::{Facts, RowId, SlicedScratch, Value};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// A portfolio that is being packed.
#[derive(Debug, Default)]
pub struct Packing {
    rows: Interned,
    matters: Interned,
    pairs: Interned,
    workspace: Workspace,
}

/// Bytes that are kept once, by the order in which they came.
#[derive(Debug, Default)]
struct Interned {
    places: BTreeMap<Box<[u8]>, u32>,
}

impl Interned {
    fn place(&mut self, bytes: &[u8]) -> u32 {
        if let Some(place) = self.places.get(bytes) {
            return *place;
        }
        let next = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.insert(bytes.into(), next);
        next
    }

    fn write(&self, into: &mut Vec<u8>) {
        let mut all: Vec<(u32, &[u8])> =
            self.places.iter().map(|(bytes, place)| (*place, bytes.as_ref())).collect();
        all.sort_unstable();
        bytes::number(into, all.len() as u64);
        for (_, it) in all {
            bytes::text(into, it);
        }
    }
}

/// What two laws are told of a transaction, ready to be packed.
#[derive(Debug)]
pub struct Sketch([SketchedMatter; 2]);

#[derive(Debug, Default)]
struct SketchedMatter {
    /// The day, and how many things there are.
    head: Vec<u8>,
    /// What is known of each thing, one after the other.
    rows: Vec<u8>,
    /// Where each thing ends there, and what it belongs to.
    ends: Vec<(usize, RowId)>,
    items: Vec<RowId>,
}

impl Sketch {
    /// What two laws are told of a transaction; none where it does not fit the packed form and is
    /// decided by itself.
    #[must_use]
    pub fn of(
        sides: &[Side<'_>; 2],
        transaction: &Transaction,
        workspace: &mut Workspace,
    ) -> Option<Self> {
        fits(transaction).ok()?;
        let legs = transaction.legs();
        let leg = legs.first()?;
        Some(Self(sides.each_ref().map(|side| {
            let on = side.options.on.unwrap_or(leg.date);
            let spare = workspace.facts.take();
            let facts = Matter::facts(side.engine, leg, on, &side.options, spare);
            let matter = SketchedMatter::of(side.engine, on, &facts.facts, &facts.items);
            workspace.facts = Some(facts);
            matter
        })))
    }
}

impl SketchedMatter {
    fn of(engine: &Engine, on: Date, facts: &Facts, items: &[RowId]) -> Self {
        let mut matter = Self { items: items.to_vec(), ..Self::default() };
        bytes::date(&mut matter.head, on);
        bytes::number(&mut matter.head, facts.rows().len() as u64);
        for (id, of) in (0..).map(RowId).zip(facts.rows()) {
            bytes::number(&mut matter.rows, u64::from(of.kind.0));
            for (fact, value) in facts.known(id, &engine.rulebook().schema) {
                bytes::number(&mut matter.rows, u64::from(fact.0));
                bytes::value(&mut matter.rows, value);
            }
            matter.ends.push((matter.rows.len(), of.parent));
        }
        matter
    }
}

impl Packing {
    /// Adds a transaction under two laws, the same two each time. Gives the number of the group of
    /// transactions of which the same is known, or none where it does not fit the packed form and is
    /// decided by itself.
    pub fn push(&mut self, sides: &[Side<'_>; 2], transaction: &Transaction) -> Option<u32> {
        let sketch = Sketch::of(sides, transaction, &mut self.workspace)?;
        Some(self.add(&sketch))
    }

    /// Adds a transaction that was sketched under the two laws. Gives the number of its group.
    pub fn add(&mut self, sketch: &Sketch) -> u32 {
        let mut pair = Vec::new();
        for matter in &sketch.0 {
            let matter = self.matter(matter);
            bytes::number(&mut pair, u64::from(matter));
        }
        self.pairs.place(&pair)
    }

    fn matter(&mut self, sketch: &SketchedMatter) -> u32 {
        let mut matter = sketch.head.clone();
        let mut from = 0;
        for (to, parent) in &sketch.ends {
            let row = sketch.rows.get(from..*to).unwrap_or_default();
            bytes::number(&mut matter, u64::from(self.rows.place(row)));
            bytes::number(&mut matter, u64::from(parent.0));
            from = *to;
        }
        for it in &sketch.items {
            bytes::number(&mut matter, u64::from(it.0));
        }
        self.matters.place(&matter)
    }

    /// What was packed, as bytes that [`Packed::read`] reads.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut into = Vec::new();
        self.rows.write(&mut into);
        self.matters.write(&mut into);
        self.pairs.write(&mut into);
        into
    }
}

/// Why bytes are no packed portfolio.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("this is no packed portfolio, or not the whole of it")]
pub struct PackError;

/// A packed portfolio.
#[derive(Debug)]
pub struct Packed {
    rows: Vec<(KindId, Vec<(FactId, Value)>)>,
    matters: Vec<PackedMatter>,
    pairs: Vec<[u32; 2]>,
}

/// What is known of transactions that are alike.
#[derive(Debug)]
struct PackedMatter {
    on: Date,
    /// For each thing, which of the rows it is and what it belongs to.
    rows: Vec<(u32, RowId)>,
    items: Vec<RowId>,
}

/// What two laws make of a group of transactions.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Settled {
    /// The same for each.
    Same,
    /// The same change for each.
    Changed(Arc<Change>),
    /// The same change for each, but for what is asked, which is said in the words of each.
    Asked(Box<Asked>),
    /// Each is to be decided by itself.
    Each,
}

impl Packed {
    /// Reads what was packed.
    ///
    /// # Errors
    ///
    /// Where these are not its bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, PackError> {
        Self::decoded(&mut Reader::new(bytes)).ok_or(PackError)
    }

    fn decoded(reader: &mut Reader<'_>) -> Option<Self> {
        let rows = all(reader, |row| {
            let kind = KindId(row.number()?.try_into().ok()?);
            let mut known = Vec::new();
            while !row.is_done() {
                known.push((FactId(row.number()?.try_into().ok()?), row.value()?));
            }
            Some((kind, known))
        })?;
        let matters = all(reader, |matter| {
            let on = matter.date()?;
            let count = matter.count()?;
            let rows = (0..count).map(|_| Some((matter.small()?, RowId(matter.small()?))));
            let of = rows.collect::<Option<Vec<_>>>()?;
            let mut items = Vec::new();
            while !matter.is_done() {
                items.push(RowId(matter.small()?));
            }
            Some(PackedMatter { on, rows: of, items })
        })?;
        let pairs = all(reader, |pair| Some([pair.small()?, pair.small()?]))?;
        let known = |it: &[u32; 2]| it.iter().all(|it| (*it as usize) < matters.len());
        let whole = reader.is_done()
            && pairs.iter().all(known)
            && matters.iter().flat_map(|it| &it.rows).all(|it| (it.0 as usize) < rows.len());
        whole.then_some(Self { rows, matters, pairs })
    }

    /// How many groups there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Whether two laws give a part of the groups the same answer: `Some` where the verdicts of both
    /// are settled.
    #[must_use]
    pub fn compared(&self, sides: &[Side<'_>; 2], part: Range<usize>) -> Vec<Option<Compared>> {
        let pairs = self.pairs.get(part).unwrap_or(&[]);
        let [before, after] = [0, 1].map(|side| {
            let matters = pairs.iter().map(|it| it.get(side).copied().unwrap_or(u32::MAX));
            sides.get(side).map(|it| self.verdicts(it, matters)).unwrap_or_default()
        });
        let compared = before
            .into_iter()
            .zip(after)
            .map(|(before, after)| Some(Compared { same: before? == after? }));
        compared.collect()
    }

    /// The verdict on each of some matters, where it is settled.
    fn verdicts<'e>(
        &self,
        side: &Side<'e>,
        matters: impl Iterator<Item = u32>,
    ) -> Vec<Option<(Outcome, Option<&'e str>)>> {
        let schema = &side.engine.rulebook().schema;
        let mut packer = Packer::new(side.engine, side.options);
        let mut scratch = SlicedScratch::default();
        let mut facts = Facts::new(schema);
        let mut places: BTreeMap<u32, usize> = BTreeMap::new();
        let mut found: Vec<Option<(Outcome, Option<&'e str>)>> = Vec::new();
        let wanted: Vec<u32> = matters.collect();
        let mut take = |batch: crate::verdicts::Packed<'e>, found: &mut Vec<_>| {
            for (number, verdict) in batch.verdicts(&mut scratch) {
                if let Some(slot) = found.get_mut(number) {
                    *slot = verdict.map(|it| (it.outcome, it.exception));
                }
            }
        };
        for matter in &wanted {
            if places.contains_key(matter) {
                continue;
            }
            let number = found.len();
            places.insert(*matter, number);
            found.push(None);
            let Some(of) = self.matters.get(*matter as usize) else { continue };
            self.unpack(of, side, &mut facts);
            if let Ok(Some(full)) = packer.add(number, of.on, &facts, &of.items) {
                take(full, &mut found);
            }
        }
        for batch in packer.finish() {
            take(batch, &mut found);
        }
        let verdict = |it: &u32| places.get(it).and_then(|it| found.get(*it).copied().flatten());
        wanted.iter().map(verdict).collect()
    }

    fn unpack(&self, matter: &PackedMatter, side: &Side<'_>, facts: &mut Facts) {
        let schema = &side.engine.rulebook().schema;
        facts.renew(schema);
        for (place, (row, parent)) in matter.rows.iter().enumerate() {
            let Some((kind, known)) = self.rows.get(*row as usize) else { continue };
            // The root is there already.
            let id = match place {
                0 => RowId(0),
                _ => facts.push(schema, *kind, *parent, 0),
            };
            for (fact, value) in known {
                facts.set(id, *fact, value.clone());
            }
        }
    }
}

/// What two laws make of a group, where both verdicts are settled.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Compared {
    same: bool,
}

impl Compared {
    /// Whether both are the same.
    #[must_use]
    pub fn is_same(self) -> bool {
        self.same
    }
}

/// What two laws make of a group of which one transaction is `example`.
#[must_use]
pub fn settled(
    sides: &[Side<'_>; 2],
    compared: Option<Compared>,
    example: &Transaction,
    workspace: &mut Workspace,
) -> Settled {
    if compared.is_some_and(Compared::is_same) {
        return Settled::Same;
    }
    let [before, after] = sides;
    match impact(before, after, example, workspace) {
        Impact::Same(_) => Settled::Same,
        Impact::Changed(change) => {
            let review = |it: &Answer| it.outcome == Outcome::NeedsReview;
            if review(&change.before) || review(&change.after) {
                let asked = Asked::of(sides, change, example, workspace);
                asked.map_or(Settled::Each, |it| Settled::Asked(Box::new(it)))
            } else {
                Settled::Changed(Arc::new(change))
            }
        }
    }
}

/// Reads a list, each member from bytes of its own.
fn all<T>(
    reader: &mut Reader<'_>,
    mut read: impl FnMut(&mut Reader<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let count = reader.count()?;
    let mut found = Vec::with_capacity(count);
    for _ in 0..count {
        found.push(read(&mut Reader::new(reader.text()?))?);
    }
    Some(found)
}

impl Engine {
    /// What packed facts rest on besides the transactions: the schema and the tables, whole. Two
    /// rulebooks with the same form read the same packed facts.
    #[must_use]
    pub fn facts_form(&self) -> String {
        let rulebook = self.rulebook();
        // Writing to a string cannot fail.
        let mut form = String::new();
        let _ = write!(form, "{:?}", rulebook.schema);
        for table in &rulebook.tables {
            let _ = write!(form, "{table:?}");
        }
        form
    }
}
