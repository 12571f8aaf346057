//! What every name in rule text stands for: kinds, facts, terms, columns, words.
//!
//! [`Names`] is made once a rulebook, from the schema, the tables and the `define` lines; then
//! [`condition`] turns each condition into an [`Expr`](crate::rulebook::Expr), checking types.

pub(crate) mod condition;

use crate::diagnostic::{Diagnostic, ranked};
use crate::rulebook::{Table, TermId};
use crate::schema::{DomainId, DomainValues, FactId, FactType, KindId, Schema};
use crate::source::Span;
use crate::tables::Literals;
use std::collections::BTreeMap;

/// A fact, as a name leads to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownFact {
    pub(crate) id: FactId,
    pub(crate) of: FactType,
    pub(crate) late: bool,
}

/// A term, as a name leads to it.
#[derive(Clone, Debug)]
pub(crate) struct KnownTerm {
    pub(crate) id: TermId,
    pub(crate) subject: KindId,
}

/// A column of a table, as a name leads to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownColumn<'a> {
    pub(crate) table: u16,
    pub(crate) column: u16,
    pub(crate) words: &'a [String],
}

/// Everything that a name may stand for.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    pub(crate) schema: &'a Schema,
    kinds: BTreeMap<&'a str, KindId>,
    facts: Vec<BTreeMap<&'a str, KnownFact>>,
    literals: &'a [Literals],
    columns: BTreeMap<(DomainId, &'a str), KnownColumn<'a>>,
    pub(crate) terms: BTreeMap<String, KnownTerm>,
    /// Whether every block could be read; if not, what is missing may be in one that was not.
    pub(crate) complete: bool,
}

impl<'a> Names<'a> {
    pub(crate) fn new(
        schema: &'a Schema,
        tables: &'a [Table],
        literals: &'a [Literals],
        complete: bool,
    ) -> Self {
        let kinds = schema.kinds.iter().map(|it| it.name.as_str()).zip((0..).map(KindId)).collect();
        let facts = schema
            .kinds
            .iter()
            .map(|kind| {
                let known = kind.facts.iter().zip(0..);
                known
                    .map(|(it, id)| {
                        (it.name.as_str(), KnownFact { id: FactId(id), of: it.of, late: it.late })
                    })
                    .collect()
            })
            .collect();
        let mut columns = BTreeMap::new();
        for (table, number) in tables.iter().zip(0..) {
            for (it, column) in table.columns.iter().zip(0..) {
                let known = KnownColumn { table: number, column, words: &it.words };
                columns.insert((table.domain, it.name.as_str()), known);
            }
        }
        Self { schema, kinds, facts, literals, columns, terms: BTreeMap::new(), complete }
    }

    pub(crate) fn kind(&self, name: &str) -> Option<KindId> {
        self.kinds.get(name).copied()
    }

    pub(crate) fn kind_names(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().copied()
    }

    pub(crate) fn kind_name(&self, kind: KindId) -> &'a str {
        self.schema.kinds.get(usize::from(kind.0)).map_or("?", |it| it.name.as_str())
    }

    pub(crate) fn parent(&self, kind: KindId) -> Option<KindId> {
        self.schema.kinds.get(usize::from(kind.0))?.parent
    }

    /// How many steps up from one kind to another; none when the other is not above it.
    pub(crate) fn steps_up(&self, from: KindId, to: KindId) -> Option<u8> {
        let mut kind = from;
        for steps in 0..=u8::MAX {
            if kind == to {
                return Some(steps);
            }
            kind = self.parent(kind)?;
        }
        None
    }

    pub(crate) fn fact(&self, kind: KindId, name: &str) -> Option<KnownFact> {
        self.facts.get(usize::from(kind.0))?.get(name).copied()
    }

    pub(crate) fn fact_names(&self, kind: KindId) -> impl Iterator<Item = &str> {
        self.facts.get(usize::from(kind.0)).into_iter().flat_map(|it| it.keys().copied())
    }

    pub(crate) fn domain_name(&self, domain: DomainId) -> &'a str {
        self.schema.domains.get(usize::from(domain.0)).map_or("?", |it| it.name.as_str())
    }

    /// Whether a domain has more values than a set can hold.
    pub(crate) fn is_too_wide(&self, domain: DomainId) -> bool {
        match self.schema.domains.get(usize::from(domain.0)).map(|it| &it.values) {
            Some(DomainValues::Fixed(values)) => values.len() > 128,
            Some(DomainValues::Tables) | None => false,
        }
    }

    pub(crate) fn column(&self, domain: DomainId, name: &str) -> Option<KnownColumn<'a>> {
        self.columns.get(&(domain, name)).copied()
    }

    pub(crate) fn column_names(&self, domain: DomainId) -> impl Iterator<Item = &str> {
        self.columns.keys().filter(move |(it, _)| *it == domain).map(|(_, name)| *name)
    }

    /// The values that a word of rule text names; an unknown word is reported.
    pub(crate) fn values(
        &self,
        domain: DomainId,
        word: &str,
        span: Span,
    ) -> Result<Vec<u16>, Box<Diagnostic>> {
        let unknown = || {
            let message = format!("`{word}` is not a value of `{}`", self.domain_name(domain));
            Diagnostic::error(span, message)
        };
        let literals = self.literals.get(usize::from(domain.0));
        let Some(literals) = literals else { return Err(Box::new(unknown())) };
        let values = literals.values(word);
        if values.is_empty() {
            let nearest = ranked(word, literals.names());
            let nearest: Vec<String> = nearest.iter().take(3).map(|it| format!("`{it}`")).collect();
            let mut error = unknown();
            if !nearest.is_empty() {
                error = error.help(format!("did you mean {}?", nearest.join(" or ")));
            }
            return Err(Box::new(error));
        }
        Ok(values)
    }

    /// The unknown term, unless it may stand in a block that could not be read.
    pub(crate) fn unknown_term(&self, name: &str, span: Span) -> Option<Diagnostic> {
        let error = Diagnostic::error(span, format!("unknown term `{name}`"))
            .suggest(name, self.terms.keys().map(String::as_str));
        self.complete.then_some(error)
    }
}
