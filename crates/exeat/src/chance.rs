//! The only place that asks for randomness: ids that nobody guesses, and tokens.

use crate::digest::hex;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// So many random bytes, from the operating system.
///
/// # Errors
///
/// Where the system has none to give: nothing that needs them may go on.
pub(crate) fn bytes<const COUNT: usize>() -> Result<[u8; COUNT], getrandom::Error> {
    let mut bytes = [0; COUNT];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A new id: 16 hexadecimal digits.
///
/// # Errors
///
/// As [`bytes`].
pub(crate) fn id() -> Result<String, getrandom::Error> {
    Ok(hex(&bytes::<8>()?))
}

/// A new token of 256 bits, as it stands in a link or a cookie.
///
/// # Errors
///
/// As [`bytes`].
pub(crate) fn token() -> Result<String, getrandom::Error> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_tokens_are_alike() {
        assert_ne!(super::token().unwrap(), super::token().unwrap());
        assert_eq!(super::token().unwrap().len(), 43);
    }
}
