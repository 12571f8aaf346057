//! What the atlas is about: a transaction, or the few words that make one.

use crate::api::failure::Failure;
use crate::input::{Document, Format};
use crate::interview::yaml;
use crate::transactions;
use decision::atlas::Relocation;
use decision::transaction::Transaction;
use decision::transaction::sector::Sector;
use decision::{Country, Eccn};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// A transaction, as it is given and as it is decided.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// As it is decided.
    pub(crate) transaction: Arc<Transaction>,
    /// As it is given.
    document: Value,
}

/// The few words that make a transaction: an item, and who would use it.
#[derive(Clone, Debug)]
pub(crate) struct Short {
    /// The item's classification, such as `4D004` or `5A001.j`.
    pub(crate) eccn: Eccn,
    /// What the user is and does.
    pub(crate) sector: Sector,
    /// Whether a government owns or runs the user.
    pub(crate) government: Government,
}

/// Whether a government owns or runs somebody.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Government {
    /// All of it.
    Yes,
    /// Nothing of it.
    No,
    /// Nobody says.
    #[default]
    Unknown,
}

impl Government {
    /// What a word means; anything else is unknown.
    pub(crate) fn named(word: &str) -> Self {
        match word {
            "yes" => Self::Yes,
            "no" => Self::No,
            _ => Self::Unknown,
        }
    }
}

impl Short {
    /// The transaction on a day: an export of one item from the United States to one user who is
    /// on no list, of whom nothing bad is known.
    pub(crate) fn document(&self, on: Date) -> Value {
        // Where it goes varies; any place may stand for it.
        let home = "GB";
        let form = match self.eccn.as_str().as_bytes().get(1) {
            Some(b'D') => "object-code",
            Some(b'E') => "technology",
            _ => "commodity",
        };
        let mut user = Map::new();
        let mut says = |key: &str, value: Value| drop(user.insert(key.to_owned(), value));
        says("role", json!("end-user"));
        says("country", json!(home));
        says("sector", json!(self.sector.as_str()));
        says("us_subsidiary", json!(false));
        says("lists", json!([]));
        match self.government {
            Government::Yes => {
                says("government_of", json!(home));
                says("state_owned_percent", json!(100));
            }
            Government::No => {
                says("state_owned_percent", json!(0));
                says("state_appoints_board_majority", json!(false));
            }
            Government::Unknown => {}
        }
        json!({
            "date": on.to_string(),
            "activity": "export",
            "from": Country::us().code(),
            "destination": home,
            "items": [{ "eccn": self.eccn.as_str(), "form": form, "origin": { "us_origin": true } }],
            "parties": [user],
            "end_use": { "purposes": ["defensive-testing"], "knows": [] },
            "documents_held": [],
            "notices": [],
            "red_flags": [],
        })
    }
}

impl Subject {
    /// A transaction as a document has it.
    ///
    /// # Errors
    ///
    /// Every problem in it.
    pub(crate) fn of(document: Value) -> Result<Self, Failure> {
        let transaction = read(&document)?;
        Ok(Self { transaction: Arc::new(transaction), document })
    }

    /// What moves with the destination.
    pub(crate) fn relocation(&self) -> Relocation {
        Relocation::of(&self.transaction)
    }

    /// The document of the transaction with another destination, on another day; `None` where it
    /// cannot be told in one.
    pub(crate) fn at(&self, country: Country, on: Date) -> Option<Value> {
        let relocation = self.relocation();
        let mut moved = relocation.to(&self.transaction, country);
        moved.date = on;
        let mut document = self.document.clone();
        *place(&mut document, "date")? = json!(on.to_string());
        if relocation.home() != Some(country) {
            for path in relocation.varied() {
                *place(&mut document, path)? = json!(country.code());
            }
            for path in relocation.dropped() {
                drop_at(&mut document, path)?;
            }
        }
        // What cannot be told this way is not told at all.
        let told = read(&document).ok()?;
        (told == moved).then_some(document)
    }
}

/// The document of a text in YAML or JSON.
///
/// # Errors
///
/// Where it is neither.
pub(crate) fn document(text: &str) -> Result<Value, Failure> {
    let format = Format::Yaml;
    transactions::tree(&Document { name: String::new(), format, bytes: text.as_bytes().to_vec() })
}

/// A document as a transaction. Its values are as they were written, so it is read as YAML.
fn read(document: &Value) -> Result<Transaction, Failure> {
    let bytes = yaml::write(document).into_bytes();
    transactions::read(&Document { name: String::new(), format: Format::Yaml, bytes })
}

/// The place in a document that a path names.
fn place<'d>(document: &'d mut Value, path: &str) -> Option<&'d mut Value> {
    let mut here = document;
    for step in path.split(['.', '[']) {
        here = match step.strip_suffix(']') {
            Some(number) => here.get_mut(number.parse::<usize>().ok()?)?,
            None => here.as_object_mut()?.entry(step).or_insert(Value::Null),
        };
    }
    Some(here)
}

/// Takes out of a document what was obtained for one destination.
fn drop_at(document: &mut Value, path: &str) -> Option<()> {
    if let Some((path, word)) = path.split_once(": ") {
        place(document, path)?.as_array_mut()?.retain(|it| it != word);
    } else if path.ends_with("authorizations") {
        *place(document, path)? = json!([]);
    } else {
        *place(document, path)? = Value::Null;
    }
    Some(())
}
