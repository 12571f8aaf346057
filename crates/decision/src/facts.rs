//! From a leg of a transaction to what the law may know of it.
//!
//! Nothing is concluded here but what [`derivations`](crate::derivations) work out. A presumption
//! only ever replaces an unknown, and each one used is listed. What may be missing as a whole (the
//! lists of a party, the notices) becomes one thing of which nothing is known.

mod items;
mod parties;
mod path;
mod place;
mod presumption;
mod root;

pub use path::Path;
pub(crate) use place::Place;
pub use presumption::{About, Presumed, Presumption};

use crate::bindings::Bindings;
use crate::catalogue::{Catalogue, party, passage, transaction};
use crate::legs::Chain;
use crate::transaction::leg::{Leg, LegRoot};
use jiff::civil::Date;
use law::schema::{FactId, KindId};
use law::{Facts, RowId, Value};

/// How facts are made.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct FactOptions {
    /// Whether every presumption is switched off.
    pub strict: bool,
}

/// What the law may know of one leg.
#[derive(Clone, Debug)]
pub struct MatterFacts {
    /// The facts.
    pub facts: Facts,
    /// The presumptions that were used.
    pub presumptions: Vec<Presumption>,
    /// The items' things, in the order of the input. One of which nothing is known where the items
    /// were not told.
    pub items: Vec<RowId>,
    /// The parties' things, in the order of the input; at the end the end user whom nobody named.
    pub parties: Vec<RowId>,
    places: Vec<Place>,
    root: LegRoot,
}

/// What the law may know of a leg on a day.
///
/// `bindings` must be those of the rulebook whose law is asked.
#[must_use]
pub fn facts(
    leg: &Leg<'_>,
    law_day: Date,
    catalogue: &Catalogue,
    bindings: &Bindings,
    options: FactOptions,
) -> MatterFacts {
    facts_in(None, leg, law_day, (catalogue, bindings), options)
}

/// The same, in the memory of earlier facts.
pub(crate) fn facts_in(
    spare: Option<MatterFacts>,
    leg: &Leg<'_>,
    law_day: Date,
    (catalogue, bindings): (&Catalogue, &Bindings),
    options: FactOptions,
) -> MatterFacts {
    let matter = match spare {
        Some(mut spare) => {
            spare.renew(catalogue);
            spare
        }
        None => MatterFacts::new(catalogue),
    };
    let mut making = Making { leg, law_day, catalogue, bindings, strict: options.strict, matter };
    let end_users = crate::derivations::end_users(leg);
    making.root(&end_users);
    making.items();
    making.parties(&end_users);
    making.matter.root = leg.root();
    making.matter
}

/// The root thing.
const ROOT: RowId = RowId(0);

/// Facts in the making.
struct Making<'m, 't> {
    leg: &'m Leg<'t>,
    law_day: Date,
    catalogue: &'m Catalogue,
    bindings: &'m Bindings,
    strict: bool,
    matter: MatterFacts,
}

impl Making<'_, '_> {
    fn push(&mut self, kind: KindId, parent: RowId, place: Place) -> RowId {
        let origin = u32::try_from(self.matter.places.len()).unwrap_or(u32::MAX);
        self.matter.places.push(place);
        self.matter.facts.push(&self.catalogue.schema, kind, parent, origin)
    }

    fn set(&mut self, row: RowId, fact: FactId, value: Value) {
        self.matter.facts.set(row, fact, value);
    }

    fn truth(&mut self, row: RowId, fact: FactId, given: Option<bool>) {
        self.set(row, fact, given.map_or(Value::Unknown, Value::Truth));
    }

    fn code(&mut self, row: RowId, fact: FactId, given: Option<impl Into<u16>>) {
        self.set(row, fact, given.map_or(Value::Unknown, |it| Value::Code(it.into())));
    }

    fn number(&mut self, row: RowId, fact: FactId, given: Option<i64>) {
        self.set(row, fact, given.map_or(Value::Unknown, Value::Number));
    }

    /// A set whose values stand at these places of their domain.
    fn bits<T>(
        &mut self,
        row: RowId,
        fact: FactId,
        given: Option<&[T]>,
        place: impl Fn(&T) -> u16,
    ) {
        let value = given.map_or(Value::Unknown, |values| {
            let bits = values.iter().map(|it| 1_u128.checked_shl(u32::from(place(it))));
            let set = bits.map(Option::unwrap_or_default).fold(0, |set, bit| set | bit);
            Value::Set(set)
        });
        self.set(row, fact, value);
    }

    /// Notes a presumption, unless they are switched off. Whether it may be used.
    fn presume(&mut self, number: &'static str, row: RowId, about: About, value: Presumed) -> bool {
        if !self.strict {
            self.matter.presumptions.push(Presumption { number, row, about, value });
        }
        !self.strict
    }

    /// A truth that is presumed to be false where it was not given.
    fn truth_or_false(
        &mut self,
        row: RowId,
        fact: FactId,
        given: Option<bool>,
        number: &'static str,
    ) {
        let no = given.is_none() && self.presume(number, row, About::Fact(fact), Presumed::False);
        self.truth(row, fact, if no { Some(false) } else { given });
    }

    /// Whether a list that was not given is presumed to be empty.
    fn empty(&mut self, row: RowId, key: &'static str, given: bool, number: &'static str) -> bool {
        given || self.presume(number, row, About::Key(key), Presumed::Empty)
    }
}

impl MatterFacts {
    /// Facts of nothing yet.
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        Self {
            facts: Facts::new(&catalogue.schema),
            presumptions: Vec::new(),
            items: Vec::new(),
            parties: Vec::new(),
            places: vec![Place::Root],
            root: LegRoot::default(),
        }
    }

    /// Where each thing stands in the input.
    pub(crate) fn places(&self) -> &Vec<Place> {
        &self.places
    }

    /// The same as new, in the same memory.
    fn renew(&mut self, catalogue: &Catalogue) {
        self.facts.renew(&catalogue.schema);
        self.presumptions.clear();
        self.items.clear();
        self.parties.clear();
        self.places.clear();
        self.places.push(Place::Root);
    }

    /// Says whether an item could lawfully go to a country it passes through; `place` counts the
    /// countries of transit. Nothing happens where there is no such passage.
    pub fn set_cleared(&mut self, item: usize, place: usize, cleared: Option<bool>) {
        let Some(row) = self.passages(item).nth(place) else { return };
        self.facts.set(row, passage::CLEARED, cleared.map_or(Value::Unknown, Value::Truth));
    }

    /// The passages of an item, in the order of `transit`.
    pub fn passages(&self, item: usize) -> impl Iterator<Item = RowId> {
        let parent = self.items.get(item).copied();
        let rows = self.facts.rows_of(passage::KIND).iter().copied();
        rows.filter(move |it| self.facts.row(*it).map(|it| it.parent) == parent)
    }

    /// Says what the chain is to this leg.
    pub(crate) fn set_chain(&mut self, chain: Chain<'_>) {
        for (fact, holds) in [
            (transaction::LATER_LEG_BARRED, chain.later_leg_barred),
            (transaction::LEFT_THE_US, chain.left_the_us),
            (transaction::LEG_MISSING, chain.leg_missing),
            (transaction::TOLD_IN_NO_LEG, chain.told_in_no_leg),
        ] {
            self.facts.set(ROOT, fact, Value::Truth(holds));
        }
        for (row, taken_on) in self.parties.iter().zip(chain.taken_on) {
            self.facts.set(*row, party::TAKEN_ON, Value::Truth(*taken_on));
        }
    }
}

#[cfg(test)]
mod tests;
