//! Passwords: long rather than odd, not one that everybody tries first, and kept as Argon2id.

use super::super::fault::Fault;
use super::secret::Secret;
use crate::chance;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::{Mutex, PoisonError};

/// The fewest characters.
pub(crate) const SHORTEST: usize = 12;
/// The most bytes: hashing is not a way to keep the server busy.
const LONGEST: usize = 256;

/// Memory in KiB, passes and lanes, as OWASP gives them for Argon2id.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// One hash is worked out at a time, so that many attempts do not fill the memory.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Parts of passwords that everybody tries first. A password that is made of these, of digits and
/// of signs only is refused, however long.
const COMMON: &str = include_str!("password/common.txt");

/// Refuses a password that is short, common, or the name of its owner.
///
/// # Errors
///
/// What is wrong with it, and what is wanted.
pub(crate) fn check(password: &Secret, login: &str, name: &str) -> Result<(), Fault> {
    let text = password.reveal();
    let wrong = |what: &str| Err(Fault::invalid("password", what));
    if text.chars().count() < SHORTEST {
        return wrong("it must have 12 characters at least; four words are good");
    }
    if text.len() > LONGEST {
        return wrong("it must have 256 bytes at most");
    }
    let letters: String = text.to_lowercase().chars().filter(|it| it.is_alphabetic()).collect();
    let mut different: Vec<char> = text.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 5 {
        return wrong("it repeats the same few characters");
    }
    let mut own = vec!["exeat".to_owned(), login.to_lowercase()];
    own.extend(login.to_lowercase().split(|it: char| !it.is_alphanumeric()).map(str::to_owned));
    own.extend(name.to_lowercase().split_whitespace().map(str::to_owned));
    own.retain(|it| it.chars().count() > 2);
    let mut parts: Vec<&str> = COMMON.lines().chain(own.iter().map(String::as_str)).collect();
    parts.sort_unstable_by_key(|it| std::cmp::Reverse(it.len()));
    if letters.chars().count() < 5 || is_made_of(&letters, &parts) {
        return wrong("it is made of words and digits that everybody tries first");
    }
    Ok(())
}

/// Whether a text is made of these parts and nothing else.
fn is_made_of(text: &str, parts: &[&str]) -> bool {
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for start in 0..text.len() {
        if reached.get(start) != Some(&true) {
            continue;
        }
        let Some(rest) = text.get(start..) else { continue };
        for part in parts.iter().filter(|it| !it.is_empty() && rest.starts_with(**it)) {
            if let Some(end) = reached.get_mut(start + part.len()) {
                *end = true;
            }
        }
    }
    reached.last() == Some(&true)
}

/// The hash by which a password is kept.
///
/// # Errors
///
/// Where the system has no random bytes or no memory to give.
pub(crate) fn hash(password: &Secret) -> Result<Secret, Fault> {
    let inside = |it: argon2::password_hash::Error| Fault::Inside(it.to_string());
    let salt = SaltString::encode_b64(&chance::bytes::<16>()?).map_err(inside)?;
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let hash = hasher()?.hash_password(password.reveal().as_bytes(), &salt).map_err(inside)?;
    Ok(Secret::new(hash.to_string()))
}

/// Whether a password is the one that was kept. Takes as long where nothing was kept, so that the
/// time does not tell who has an account.
///
/// # Errors
///
/// Where the hash cannot be read.
pub(crate) fn verify(password: &Secret, kept: Option<&Secret>) -> Result<bool, Fault> {
    // The hash of a password that nobody knows, with the same costs.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5a25vd3NpdA\
        $Tm9ib2R5S25vd3NUaGlzT25lQXRBbGxFdmVyRXZlcg";
    if password.reveal().len() > LONGEST {
        return Ok(false);
    }
    let inside = |it: argon2::password_hash::Error| Fault::Inside(it.to_string());
    let hash = PasswordHash::new(kept.map_or(NOBODY, Secret::reveal)).map_err(inside)?;
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let same = hasher()?.verify_password(password.reveal().as_bytes(), &hash).is_ok();
    Ok(same && kept.is_some())
}

fn hasher() -> Result<Argon2<'static>, Fault> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None);
    let params = params.map_err(|it| Fault::Inside(it.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests;
