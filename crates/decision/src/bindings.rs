//! What a loaded rulebook calls our countries and classifications.
//!
//! The values of both domains come from the rulebook's tables, so their places are known only
//! when it is loaded. Make the bindings once for each rulebook.

use crate::country::Country;
use crate::entries::Entries;
use law::Value;
use law::rulebook::Rulebook;

/// What a loaded rulebook calls our countries and classifications.
#[derive(Clone, Debug)]
pub struct Bindings {
    countries: Vec<Option<u16>>,
    /// The rows of the control list.
    pub entries: Entries,
}

impl Bindings {
    /// The bindings of a rulebook that was loaded with the catalogue's schema.
    #[must_use]
    pub fn new(rulebook: &Rulebook) -> Self {
        let domain = rulebook.schema.domain("country");
        let place =
            |it: Country| domain.and_then(|domain| rulebook.schema.value(domain, it.code()));
        Self { countries: Country::all().map(place).collect(), entries: Entries::new(rulebook) }
    }

    /// The place of a country in its domain.
    #[must_use]
    pub fn country(&self, country: Country) -> Option<u16> {
        self.countries.get(country.place()).copied().flatten()
    }

    /// What is known of a fact whose value is this country. Unknown where no table has it.
    #[must_use]
    pub fn value(&self, country: Option<Country>) -> Value {
        country.and_then(|it| self.country(it)).map_or(Value::Unknown, Value::Code)
    }

    /// What is known of a fact whose value is one of these countries.
    #[must_use]
    pub fn one_of(&self, countries: &[Country]) -> Value {
        let places: Option<Vec<u16>> = countries.iter().map(|it| self.country(*it)).collect();
        let Some(mut places) = places else { return Value::Unknown };
        places.sort_unstable();
        places.dedup();
        match places.as_slice() {
            [] => Value::Unknown,
            [place] => Value::Code(*place),
            _ => Value::OneOf(places.into_boxed_slice()),
        }
    }
}
