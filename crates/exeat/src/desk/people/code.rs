//! One-time codes by the clock, as authenticator apps make them, and codes for the day the phone is
//! gone.
//!
//! Source: RFC 6238 (SHA-1, 30 seconds, six digits), RFC 4226 section 5.3.

use super::secret::Secret;
use crate::chance;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use sha1::Sha1;

/// How many seconds a code lasts.
const STEP: i64 = 30;
/// How many recovery codes are given.
pub(crate) const RECOVERY_CODES: usize = 10;
/// The letters of RFC 4648 base 32.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new secret, as an app takes it: 160 bits in base 32.
///
/// # Errors
///
/// Where the system has no random bytes.
pub(crate) fn secret() -> Result<Secret, getrandom::Error> {
    Ok(Secret::new(base32(&chance::bytes::<20>()?)))
}

/// The address that an app reads from a picture or a link.
pub(crate) fn address(secret: &Secret, login: &str) -> Secret {
    let login: String = login
        .bytes()
        .map(|it| match it {
            b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(it).to_string(),
            _ => format!("%{it:02X}"),
        })
        .collect();
    let secret = secret.reveal();
    Secret::new(format!("otpauth://totp/Exeat:{login}?secret={secret}&issuer=Exeat"))
}

/// The step of a code that is right now, or was or will be half a minute away; `None` for a wrong
/// one, and for one of a step that was used already.
pub(crate) fn step(secret: &Secret, code: &str, used: Option<i64>, now: Timestamp) -> Option<i64> {
    let key = bytes(secret.reveal())?;
    let code: String = code.chars().filter(|it| !it.is_whitespace()).collect();
    let this = now.as_second().div_euclid(STEP);
    let steps = [this - 1, this, this + 1].into_iter();
    let fresh = steps.filter(|it| used.is_none_or(|used| *it > used));
    fresh.fold(None, |found, it| {
        let same = Secret::new(digits(&key, it)).is(&code);
        found.or(same.then_some(it))
    })
}

fn digits(key: &[u8], step: i64) -> String {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash.last().copied().unwrap_or(0) & 0xf);
    let four = hash.get(offset..offset + 4).and_then(|it| <[u8; 4]>::try_from(it).ok());
    let number = u32::from_be_bytes(four.unwrap_or_default()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// The code that an app shows.
#[cfg(test)]
pub(super) fn shown(secret: &Secret, now: Timestamp) -> String {
    digits(&bytes(secret.reveal()).unwrap(), now.as_second().div_euclid(STEP))
}

/// New codes for the day the phone is gone: 50 bits each.
///
/// # Errors
///
/// Where the system has no random bytes.
pub(crate) fn recovery() -> Result<Vec<Secret>, getrandom::Error> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let code = base32(&chance::bytes::<7>()?).to_lowercase();
            let (one, two) =
                (code.get(..5).unwrap_or_default(), code.get(5..10).unwrap_or_default());
            Ok(Secret::new(format!("{one}-{two}")))
        })
        .collect()
}

/// A recovery code as it was typed, made the same however it was.
pub(crate) fn typed(code: &str) -> Secret {
    let plain: String = code.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let (one, two) = plain.split_at_checked(5).unwrap_or((&plain, ""));
    Secret::new(format!("{one}-{two}"))
}

fn base32(bytes: &[u8]) -> String {
    let bits: Vec<bool> =
        bytes.iter().flat_map(|it| (0..8).rev().map(move |at| it >> at & 1 == 1)).collect();
    let letter = |five: &[bool]| {
        let padded = five.iter().copied().chain([false; 5]).take(5);
        let number = padded.fold(0_usize, |all, bit| all << 1 | usize::from(bit));
        LETTERS.get(number).copied().map_or('A', char::from)
    };
    bits.chunks(5).map(letter).collect()
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let mut bits = Vec::with_capacity(text.len() * 5);
    for letter in text.bytes() {
        let number = LETTERS.iter().position(|it| *it == letter)?;
        bits.extend((0..5).rev().map(|at| number >> at & 1 == 1));
    }
    let byte = |eight: &[bool]| eight.iter().fold(0_u8, |all, bit| all << 1 | u8::from(*bit));
    Some(bits.chunks_exact(8).map(byte).collect())
}

#[cfg(test)]
mod tests;
