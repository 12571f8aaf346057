//! Whom somebody asks for.

use crate::country::CountryCode;
use crate::party::{DateSpan, Gender, Identifier, PartyKind};

/// A party that may be listed, as far as it is known. Only the name is needed; the more of the rest
/// is given, the surer the answer.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Query {
    /// Its name, in any script and order.
    pub name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: PartyKind,
    /// Countries it is connected with.
    pub countries: Vec<CountryCode>,
    /// Its address, as one text.
    pub address: Option<String>,
    /// When it was born or built.
    pub born: Option<DateSpan>,
    /// Documents and registrations.
    pub ids: Vec<Identifier>,
    /// As its papers give it.
    pub gender: Option<Gender>,
}

impl Query {
    /// A query by name alone.
    #[must_use]
    pub fn by_name(name: &str, kind: PartyKind) -> Self {
        Self { name: name.to_owned(), kind, ..Self::default() }
    }
}
