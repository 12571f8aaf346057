//! The catalogue: what the law may know of a transaction, under which names.
//!
//! The names are a contract with the rulebook. Beside each fact stands the question that a person
//! can answer, and the presumption that fills it where nothing is said. [`Catalogue::schema`] is
//! what a rulebook is loaded with; [`facts`](mod@crate::facts) fills it for one transaction.

pub(crate) mod domains;
mod kind;
mod kinds;

pub use kind::{Ask, FactEntry, Of};
pub use kinds::{
    item, listing, nationality, notice, other_entry, owner, party, passage, person, red_flag,
    stored_place, transaction,
};

use kind::KindEntry;
use law::schema::{DomainId, Fact, FactId, FactType, Kind, KindId, Schema};

/// What the law may know of a transaction.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The kinds, facts and domains, for the rulebook's loader.
    pub schema: Schema,
}

/// The kinds, root first.
const KINDS: [&KindEntry; 12] = [
    &transaction::ENTRY,
    &item::ENTRY,
    &other_entry::ENTRY,
    &passage::ENTRY,
    &party::ENTRY,
    &nationality::ENTRY,
    &person::ENTRY,
    &listing::ENTRY,
    &stored_place::ENTRY,
    &notice::ENTRY,
    &red_flag::ENTRY,
    &owner::ENTRY,
];

impl Default for Catalogue {
    fn default() -> Self {
        Self::new()
    }
}

impl Catalogue {
    /// The catalogue. There is only one; build it once.
    #[must_use]
    pub fn new() -> Self {
        let mut schema = Schema { domains: domains::domains(), kinds: Vec::new() };
        schema.kinds = KINDS.iter().map(|it| kind(it, &schema)).collect();
        Self { schema }
    }

    /// A fact of a kind.
    #[must_use]
    pub fn fact(&self, kind: KindId, fact: FactId) -> Option<&'static FactEntry> {
        self::fact(kind, fact)
    }

    /// Every fact, by kind.
    pub fn facts(&self) -> impl Iterator<Item = (KindId, &'static FactEntry)> {
        KINDS.iter().flat_map(|kind| kind.facts.iter().map(|fact| (kind.id, fact)))
    }

    /// Where a fact stands in the input, such as `parties[{party}].sector`; `None` for what is
    /// worked out.
    #[must_use]
    pub fn template(&self, kind: KindId, fact: FactId) -> Option<String> {
        let key = self.fact(kind, fact)?.ask?.key;
        let within = match KINDS.get(usize::from(kind.0))?.name {
            "item" | "other-entry" => "items[{item}].",
            "party" | "person" => "parties[{party}].",
            "nationality" => "parties[{party}].nationalities[{nationality}].",
            "listing" => "parties[{party}].lists[{listing}].",
            "notice" => "notices[{notice}].",
            "owner" => "parties[{party}].owners[{owner}].",
            "red-flag" => "red_flags[{red-flag}].",
            _ => "",
        };
        Some(format!("{within}{key}"))
    }
}

/// A fact of a kind.
pub(crate) fn fact(kind: KindId, fact: FactId) -> Option<&'static FactEntry> {
    KINDS.get(usize::from(kind.0))?.facts.get(usize::from(fact.0))
}

fn kind(entry: &KindEntry, schema: &Schema) -> Kind {
    let facts = entry.facts.iter().map(|it| Fact {
        name: it.name.to_owned(),
        of: match it.of {
            Of::Truth => FactType::Truth,
            Of::Code(domain) => FactType::Code(named(domain, schema)),
            Of::Set(domain) => FactType::Set(named(domain, schema)),
            Of::Number => FactType::Number,
        },
        late: it.late,
    });
    Kind { name: entry.name.to_owned(), parent: entry.parent, facts: facts.collect() }
}

fn named(domain: &str, schema: &Schema) -> DomainId {
    // A test says that every name is declared.
    schema.domain(domain).unwrap_or(DomainId(u16::MAX))
}

#[cfg(test)]
mod tests;
