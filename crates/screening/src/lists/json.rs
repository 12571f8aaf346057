//! JSON lists, read entry by entry: an entry of the wrong shape costs that entry only.

use super::decode::line_after;
use super::problem::{ImportError, Reason};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// A text that may be written as a number, or be null.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Text(pub(super) String);

impl Text {
    pub(super) fn as_str(&self) -> &str {
        self.0.trim()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match serde_json::Value::deserialize(from)? {
            serde_json::Value::Null => Ok(Self::default()),
            serde_json::Value::String(text) => Ok(Self(text)),
            serde_json::Value::Number(number) => Ok(Self(number.to_string())),
            serde_json::Value::Bool(truth) => Ok(Self(truth.to_string())),
            serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
                Err(D::Error::custom("expected a text, found a list or an object"))
            }
        }
    }
}

/// Several values; null is none, and a single one is one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Many<T>(pub(super) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(Option::<Vec<T>>::deserialize(from)?.unwrap_or_default()))
    }
}

/// The parts of a document that an importer asks for: texts beside the list, and the list.
#[derive(Debug, Default)]
pub(super) struct Document<'de> {
    /// Members of the outer object that are not the list, unread.
    pub(super) members: Vec<(String, &'de RawValue)>,
    /// The entries, unread.
    pub(super) entries: Option<Vec<&'de RawValue>>,
}

impl<'de> Document<'de> {
    pub(super) fn member<T: Deserialize<'de>>(&self, name: &str) -> Option<T> {
        let (_, raw) = self.members.iter().find(|it| it.0 == name)?;
        serde_json::from_str(raw.get()).ok()
    }
}

/// Reads an object with a list under one of some names.
pub(super) fn document<'de>(
    file: &str,
    text: &'de str,
    lists: &'static [&'static str],
) -> Result<Document<'de>, ImportError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let document = reader.deserialize_map(Outer { lists });
    let document = document.and_then(|it| reader.end().map(|()| it));
    document.map_err(|it| broken(file, &it))
}

pub(super) fn broken(file: &str, error: &serde_json::Error) -> ImportError {
    let line = u64::try_from(error.line()).unwrap_or_default();
    ImportError::at(file, line, Reason::Json { what: what(error) })
}

/// The words of an error without its place, which is given beside it.
pub(super) fn what(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split_once(" at line ").map_or(text.clone(), |(what, _)| what.to_owned())
}

/// Lines of entries in their document. Entries must be asked for in their order.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    pub(super) fn of(&mut self, raw: &RawValue) -> u64 {
        let place = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let between = self.text.as_bytes().get(self.at..place).unwrap_or_default();
        self.line += line_after(between) - 1;
        self.at = self.at.max(place);
        self.line
    }
}

struct Outer {
    lists: &'static [&'static str],
}

impl<'de> Visitor<'de> for Outer {
    type Value = Document<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.lists.join("` or `"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut document = Document::default();
        while let Some(name) = map.next_key::<String>()? {
            if self.lists.contains(&name.as_str()) && document.entries.is_none() {
                document.entries = Some(map.next_value::<Entries<'de>>()?.0);
            } else if document.members.len() < 64 {
                document.members.push((name, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(document)
    }
}

struct Entries<'de>(Vec<&'de RawValue>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of entries")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = seq.next_element()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        from.deserialize_seq(Each)
    }
}
