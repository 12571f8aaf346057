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

/// The text of a file in Windows-1252, for the one official list that is still published in it.
/// Bytes that mean nothing in that encoding are refused.
pub(super) fn western(file: ListFile<'_>) -> Result<String, ImportError> {
    let mut text = String::with_capacity(file.bytes.len() + file.bytes.len() / 16);
    for (place, byte) in file.bytes.iter().enumerate() {
        let read = match byte {
            0x80..=0x9F => HIGH.get(usize::from(byte - 0x80)).copied().filter(|it| *it != '\0'),
            _ => Some(char::from(*byte)),
        };
        let Some(read) = read else {
            let before = file.bytes.get(..place).unwrap_or_default();
            let reason = Reason::Encoding { byte: place };
            return Err(ImportError::at(file.name, line_after(before), reason));
        };
        text.push(read);
    }
    Ok(text)
}

/// What Windows-1252 has where Latin-1 has control characters.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

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
