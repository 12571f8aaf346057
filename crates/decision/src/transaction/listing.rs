//! Adjudicated entries of a party on the lists of governments.

use crate::closed_list::closed_list;
use crate::eccn::Eccn;
use crate::suggestion::UnknownName;
use crate::transaction::read::{Node, Read, Reading};
use crate::transaction::record::record;
use crate::transaction::schema::Definitions;
use crate::transaction::symbols::{Exception, ReviewPolicy};
use crate::transaction::values::Footnote;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

record! {
    /// An adjudicated entry on a list: no name search overrides it.
    pub struct Listing {
        /// Which list.
        list: List,
        /// What an Entity List entry covers.
        scope: Option<Scope>,
        /// The entries of the Commerce Control List that it covers, for `listed-items`.
        scope_eccns: Option<Vec<Eccn>>,
        /// Exceptions that the entry leaves open; an empty list is none.
        exceptions_allowed: Option<Vec<Exception>>,
        /// Footnotes of the entry.
        footnotes: Option<Vec<Footnote>>,
        /// Programs of an SDN entry, such as `SDGT`.
        tags: Option<Vec<String>>,
        /// What is listed.
        basis: Option<Basis>,
        /// How an application would be reviewed.
        review_policy: Option<ReviewPolicy>,
    }
}

closed_list! {
    /// A list that the EAR or OFAC name.
    pub enum KnownList is "a list" {
        /// Entity List.
        El = "EL",
        /// Military End-User List.
        Meu = "MEU",
        /// Unverified List.
        Uvl = "UVL",
        /// Denied Persons List.
        Dpl = "DPL",
        /// Specially Designated Nationals.
        Sdn = "SDN",
        /// Debarred under the Arms Export Control Act.
        Dtc = "DTC",
        /// Nonproliferation sanctions of the Department of State.
        Isn = "ISN",
        /// Sectoral sanctions.
        Ssi = "SSI",
        /// Chinese military-industrial complex companies.
        Cmic = "CMIC",
        /// Menu-based sanctions.
        Mbs = "MBS",
        /// Correspondent accounts and payable-through accounts.
        Cap = "CAP",
        /// Palestinian Legislative Council.
        Plc = "PLC",
    }
}

/// A list: one that the law names, or another by its own code.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum List {
    /// One that the law names.
    Known(KnownList),
    /// Another, by its own code.
    Other(String),
}

impl FromStr for List {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.parse().map_or_else(|_: UnknownName| Self::Other(text.to_owned()), Self::Known))
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(list) => list.fmt(f),
            Self::Other(code) => f.write_str(code),
        }
    }
}

impl Read for List {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        let text = reading.text(node)?;
        let upper = text.trim().to_ascii_uppercase();
        // A known list in another spelling would silently become some other list.
        if upper != text && upper.parse::<KnownList>().is_ok() {
            let error =
                UnknownName { text: text.to_owned(), what: "a list code", suggestion: Some(upper) };
            reading.problem(node, error.to_string(), error.help());
            return None;
        }
        text.parse().ok()
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        let known = KnownList::schema(definitions);
        serde_json::json!({ "anyOf": [known, { "type": "string", "pattern": "\\S" }] })
    }
}

closed_list! {
    /// What an Entity List entry covers.
    pub enum Scope is "a scope" {
        /// Everything subject to the EAR.
        AllItems = "all-items",
        /// Everything on the Commerce Control List.
        CclItems = "ccl-items",
        /// The entries named beside it.
        ListedItems = "listed-items",
    }
}

closed_list! {
    /// What is listed.
    pub enum Basis is "a basis of a listing" {
        /// The party.
        Name = "name",
        /// Its address.
        Address = "address",
    }
}
