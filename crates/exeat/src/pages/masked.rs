//! What a form carries, written otherwise on every page.
//!
//! Pages are compressed, and what visitors wrote stands in them: the length of a page would tell,
//! letter by letter, a text that is the same on all of them. So it is joined to random bytes that
//! stand beside it.

use crate::chance;
use crate::digest::hex;

/// How many bytes are masked; what is longer keeps its rest, which is still half a secret.
const MOST: usize = 64;

/// A text that [`unmasked`] makes the same again.
pub(super) fn masked(text: &str) -> String {
    // Without random bytes the page still works, and gives away no more than without compression.
    let mask = chance::bytes::<MOST>().unwrap_or([0; MOST]);
    let bytes = text.as_bytes();
    let joined: Vec<u8> = bytes.iter().zip(mask).map(|(it, mask)| it ^ mask).collect();
    let used: Vec<u8> = mask.into_iter().take(joined.len()).collect();
    format!("{}{}", hex(&used), hex(&joined))
}

/// The text behind a mask; `None` where it is none.
pub(super) fn unmasked(masked: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = masked
        .as_bytes()
        .chunks(2)
        .map(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok())
        .collect();
    let bytes = bytes?;
    let (mask, joined) = bytes.split_at_checked(bytes.len() / 2)?;
    let text = joined.iter().zip(mask).map(|(it, mask)| it ^ mask).collect();
    String::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::{masked, unmasked};

    #[test]
    fn a_text_comes_back_and_looks_otherwise_every_time() {
        let text = "Zm9vYmFyLWZvb2Jhci1mb29iYXItZm9vYmFyLTEyMw";
        assert_eq!(unmasked(&masked(text)).as_deref(), Some(text));
        assert_ne!(masked(text), masked(text));
    }

    #[test]
    fn what_is_no_mask_is_nothing() {
        for it in ["zz", "\u{e4}\u{e4}", "0", "f"] {
            assert!(unmasked(it).is_none_or(|it| it.is_empty() || it == "\u{f}"), "{it}");
        }
    }
}
