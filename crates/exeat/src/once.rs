//! JSON in which no key stands twice.
//!
//! Of a key that stands twice in an object most readers keep the last and say nothing, and what the
//! first one said is lost. Whatever comes in as JSON and is not read by the reader of transactions,
//! which reports the same, is read here.

use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};
use std::collections::BTreeSet;
use std::fmt;

/// Why a JSON text was not read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Unread {
    /// Where, such as `transaction.lists`; none where that is not known.
    pub(crate) path: Option<String>,
    /// In which line, from 1.
    pub(crate) line: Option<u64>,
    /// What is wrong.
    pub(crate) message: String,
    /// Whether it is JSON at all.
    pub(crate) is_json: bool,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// Reads a JSON text.
///
/// # Errors
///
/// Where it is none, a key stands twice, or it is not of this form.
pub(crate) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Unread> {
    look(text)?;
    deserialize(text)
}

/// Looks whether a text is JSON in which no key stands twice.
///
/// # Errors
///
/// Where it is not.
pub(crate) fn look(text: &[u8]) -> Result<(), Unread> {
    deserialize::<Once>(text).map(|Once| ())
}

fn deserialize<'t, T: Deserialize<'t>>(text: &'t [u8]) -> Result<T, Unread> {
    let mut reading = serde_json::Deserializer::from_slice(text);
    match serde_path_to_error::deserialize::<_, T>(&mut reading) {
        Ok(read) => match reading.end() {
            Ok(()) => Ok(read),
            Err(error) => Err(unread(None, &error)),
        },
        Err(error) => {
            let path = error.path().to_string();
            Err(unread(Some(path).filter(|it| it != "."), error.inner()))
        }
    }
}

fn unread(path: Option<String>, error: &serde_json::Error) -> Unread {
    let said = error.to_string();
    Unread {
        path,
        line: u64::try_from(error.line()).ok().filter(|it| *it > 0),
        message: said.split(" at line ").next().unwrap_or_default().to_owned(),
        is_json: error.is_data(),
    }
}

/// Any value in which no key stands twice.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Looking)
    }
}

/// What stands at a key that was there before.
struct Twice;

impl<'de> Deserialize<'de> for Twice {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom("given twice"))
    }
}

struct Looking;

impl<'de> Visitor<'de> for Looking {
    type Value = Once;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_str<E>(self, _: &str) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Once, A::Error> {
        while let Some(Once) = list.next_element()? {}
        Ok(Once)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
        let mut keys: BTreeSet<String> = BTreeSet::new();
        while let Some(key) = map.next_key()? {
            if keys.insert(key) {
                let Once = map.next_value()?;
            } else {
                let Twice = map.next_value()?;
            }
        }
        Ok(Once)
    }
}

#[cfg(test)]
mod tests;
