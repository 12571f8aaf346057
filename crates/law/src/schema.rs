//! What can be said at all: kinds of things, their facts, and the values a fact may take.
//!
//! The host describes its world here before any law is loaded. The law then names kinds and facts,
//! and the checker refuses a name or a comparison that does not fit. Nothing here knows which
//! world it is: the unit tests speak of umbrellas.

/// Which kind of thing, by its place in [`Schema::kinds`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct KindId(pub u16);

/// Which fact of a kind, by its place in [`Kind::facts`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FactId(pub u16);

/// Which domain of values, by its place in [`Schema::domains`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct DomainId(pub u16);

/// The world that a rulebook may speak of.
///
/// `kinds[0]` is the root: there is exactly one thing of it, and its facts are named without a
/// prefix (`destination`). Every other kind has a parent that stands before it.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The kinds, root first, every parent before its children.
    pub kinds: Vec<Kind>,
    /// The domains that facts draw their values from.
    pub domains: Vec<Domain>,
}

/// A kind of thing: a party, an item.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name in rule text, such as `party`.
    pub name: String,
    /// The kind it belongs to; `None` for the root only.
    pub parent: Option<KindId>,
    /// What can be known of it.
    pub facts: Vec<Fact>,
}

/// Something that can be known of a thing.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name in rule text, such as `government-of`.
    pub name: String,
    /// What its values are.
    pub of: FactType,
    /// Whether it is known only after the outcome is: then only `oblige`, `policy` and `refer`
    /// blocks may read it.
    pub late: bool,
}

/// The type of a fact.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FactType {
    /// Yes or no.
    Truth,
    /// One value of a domain.
    Code(DomainId),
    /// Any number of values of a domain.
    Set(DomainId),
    /// A number, in thousandths.
    Number,
}

/// A finite set of named values.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Its name, such as `sector`.
    pub name: String,
    /// Where the values come from.
    pub values: DomainValues,
}

/// Where the values of a domain come from.
#[derive(Clone, Debug)]
pub enum DomainValues {
    /// Listed here.
    Fixed(Vec<String>),
    /// The keys of the rulebook's tables for this domain, in order of first appearance; at load
    /// they become fixed.
    Tables,
}

impl Schema {
    /// The kind of that name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<KindId> {
        self.kinds
            .iter()
            .position(|it| it.name == name)
            .and_then(|it| it.try_into().ok())
            .map(KindId)
    }

    /// The fact of that name, and its type.
    #[must_use]
    pub fn fact(&self, kind: KindId, name: &str) -> Option<(FactId, FactType)> {
        let facts = &self.kinds.get(usize::from(kind.0))?.facts;
        let place = facts.iter().position(|it| it.name == name)?;
        Some((FactId(place.try_into().ok()?), facts.get(place)?.of))
    }

    /// The domain of that name.
    #[must_use]
    pub fn domain(&self, name: &str) -> Option<DomainId> {
        let place = self.domains.iter().position(|it| it.name == name)?;
        Some(DomainId(place.try_into().ok()?))
    }

    /// The place of a value in a fixed domain.
    #[must_use]
    pub fn value(&self, domain: DomainId, name: &str) -> Option<u16> {
        match &self.domains.get(usize::from(domain.0))?.values {
            DomainValues::Fixed(values) => {
                values.iter().position(|it| it == name).and_then(|it| it.try_into().ok())
            }
            DomainValues::Tables => None,
        }
    }

    /// How many values a domain has; 0 where a table was to fill it and none did.
    #[must_use]
    pub fn size(&self, domain: DomainId) -> usize {
        match self.domains.get(usize::from(domain.0)).map(|it| &it.values) {
            Some(DomainValues::Fixed(values)) => values.len(),
            Some(DomainValues::Tables) | None => 0,
        }
    }

    /// The name of a value.
    #[must_use]
    pub fn value_name(&self, domain: DomainId, value: u16) -> &str {
        match self.domains.get(usize::from(domain.0)).map(|it| &it.values) {
            Some(DomainValues::Fixed(values)) => {
                values.get(usize::from(value)).map_or("?", String::as_str)
            }
            Some(DomainValues::Tables) | None => "?",
        }
    }
}
