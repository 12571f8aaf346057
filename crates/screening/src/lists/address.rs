//! Addresses that a list writes in one line.

use super::country_names::country;
use super::names::{add_once, tidy};
use crate::party::Address;

/// `Street, Town, 12345, GR`: the country if it comes last, a postal code if it can be told, and
/// the rest as it is.
pub(super) fn line(text: &str) -> Option<Address> {
    let text = tidy(text.trim().trim_start_matches("and "));
    let text = text.trim_end_matches('.');
    if text.is_empty() {
        return None;
    }
    let (rest, last) = text.rsplit_once(',').unwrap_or(("", text));
    let Some(country) = country(last) else {
        return Some(Address { text: text.to_owned(), ..Address::default() });
    };
    let (rest, postal_code) = match rest.rsplit_once(',') {
        Some((rest, code)) if is_postal_code(code.trim()) => (rest, code.trim()),
        _ => (rest, ""),
    };
    Some(Address {
        text: rest.trim().to_owned(),
        postal_code: postal_code.to_owned(),
        country: Some(country),
        ..Address::default()
    })
}

/// Several addresses in one text: `A, TR; B, PK` or `A, China; and B, Hong Kong.`
pub(super) fn lines(text: &str) -> Vec<Address> {
    let mut addresses = Vec::new();
    for address in text.split(';').filter_map(line) {
        add_once(&mut addresses, address);
    }
    addresses
}

fn is_postal_code(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let fits = |it: u8| it.is_ascii_digit() || it.is_ascii_uppercase() || it == b'-' || it == b' ';
    digits >= 3 && text.len() <= 10 && text.bytes().all(fits)
}
