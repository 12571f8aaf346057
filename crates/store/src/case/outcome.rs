//! How an outcome stands in the body of an event: as the word people read, such as `needs-review`.

use decision::Outcome;
use serde::{Deserialize as _, Deserializer, Serializer};

/// Writes it.
///
/// # Errors
///
/// Those of the serializer.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
pub(super) fn serialize<S: Serializer>(outcome: &Outcome, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(outcome.as_str())
}

/// Reads it.
///
/// # Errors
///
/// Where it is none of the seven.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Outcome, D::Error> {
    let text = String::deserialize(from)?;
    let found = Outcome::ALL.into_iter().find(|it| it.as_str() == text);
    found.ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no outcome")))
}
