//! Countries as the lists name them: two letters.

use std::fmt;
use std::str::FromStr;

/// A country by its ISO 3166-1 alpha-2 code. Well formed; whether it is assigned is not checked.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CountryCode([u8; 2]); // INVARIANT: two capital ASCII letters.

/// Why a text is no country code.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{text}` is not a two-letter country code")]
pub struct ParseCountryError {
    /// What was written.
    pub text: String,
}

impl CountryCode {
    /// Its two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CountryCode {
    type Err = ParseCountryError;

    fn from_str(text: &str) -> Result<Self, ParseCountryError> {
        match <[u8; 2]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_alphabetic) => {
                Ok(Self(code.map(|it| it.to_ascii_uppercase())))
            }
            _ => Err(ParseCountryError { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.as_str())
    }
}
