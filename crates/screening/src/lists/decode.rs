//! Bytes become text: UTF-8, with or without mark, or UTF-16 with one. Nothing is guessed.

use super::ListFile;
use super::problem::{ImportError, Reason};
use std::borrow::Cow;

/// The text of a file, without byte order mark and without the end-of-file byte of old systems.
pub(super) fn text(file: ListFile<'_>) -> Result<Cow<'_, str>, ImportError> {
    let bytes = file.bytes;
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return wide(file.name, rest, u16::from_le_bytes).map(Cow::Owned);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return wide(file.name, rest, u16::from_be_bytes).map(Cow::Owned);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text.trim_end_matches(['\u{1A}', '\0']))),
        Err(error) => {
            let byte = error.valid_up_to();
            let before = bytes.get(..byte).unwrap_or_default();
            Err(ImportError::at(file.name, line_after(before), Reason::Encoding { byte }))
        }
    }
}

/// The line that follows some bytes, counted from 1.
pub(super) fn line_after(before: &[u8]) -> u64 {
    before.iter().fold(1, |line, it| line + u64::from(*it == b'\n'))
}

fn wide(file: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ImportError> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let decoded: Result<String, _> = char::decode_utf16(pairs.iter().map(|it| unit(*it))).collect();
    match decoded {
        Ok(text) if odd.is_empty() => Ok(text),
        _ => Err(ImportError::whole(file, Reason::Encoding { byte: bytes.len() })),
    }
}
