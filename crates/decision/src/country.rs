//! Countries and the places that the EAR treats apart.
//!
//! A code says which place is meant and nothing about its treatment: territories, Hong Kong and
//! the occupied regions of Ukraine are given as themselves, and the rulebook's tables say what
//! holds for them on a day.

mod places;

use crate::suggestion::{UnknownName, nearest};
use places::PLACES;
use std::fmt;
use std::str::FromStr;

/// A country by its ISO 3166-1 alpha-2 code, `XK`, or one of `UA-43`, `UA-14`, `UA-09`.
///
/// ```
/// let country: decision::Country = "DE".parse()?;
/// assert_eq!((country.to_string(), country.name()), ("DE".to_owned(), "Germany"));
/// assert!("UK".parse::<decision::Country>().is_err());
/// # Ok::<(), decision::suggestion::UnknownName>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Country(u16); // INVARIANT: a place in `PLACES`.

impl Country {
    /// The United States.
    #[must_use]
    pub fn us() -> Self {
        Self::at("US").unwrap_or(Self(0))
    }

    /// Every place, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).take(PLACES.len()).map(Self)
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        PLACES.get(self.place()).map_or("", |it| it.0)
    }

    /// Its short name in English.
    #[must_use]
    pub fn name(self) -> &'static str {
        PLACES.get(self.place()).map_or("", |it| it.2)
    }

    /// Its place in [`Country::all`].
    #[must_use]
    pub fn place(self) -> usize {
        usize::from(self.0)
    }

    fn at(code: &str) -> Option<Self> {
        let place = PLACES.binary_search_by_key(&code, |it| it.0).ok()?;
        Some(Self(u16::try_from(place).ok()?))
    }
}

impl FromStr for Country {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::at(text).ok_or_else(|| {
            let mut error = UnknownName::new(text, "a country code", []);
            error.suggestion = meant(text).map(str::to_owned);
            error
        })
    }
}

/// The code of a place that was written in another way: in small letters, by its three-letter
/// code, by its name, or by a code that is in use though ISO 3166-1 does not give it.
fn meant(text: &str) -> Option<&'static str> {
    let upper = text.trim().to_uppercase();
    if upper.is_empty() {
        return None;
    }
    let habit = match upper.as_str() {
        "UK" | "ENGLAND" | "GREAT BRITAIN" => Some("GB"),
        "EL" => Some("GR"),
        "USA" | "U.S." | "AMERICA" => Some("US"),
        "MYANMAR" => Some("MM"),
        "CRIMEA" => Some("UA-43"),
        "DNR" | "DONETSK" => Some("UA-14"),
        "LNR" | "LUHANSK" => Some("UA-09"),
        _ => None,
    };
    habit
        .or_else(|| PLACES.iter().find(|it| it.0 == upper || it.1 == upper).map(|it| it.0))
        .or_else(|| {
            let name = nearest(text, PLACES.iter().map(|it| it.2)).filter(|_| text.len() > 3)?;
            PLACES.iter().find(|it| it.2 == name).map(|it| it.0)
        })
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests;
