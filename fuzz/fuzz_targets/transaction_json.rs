//! Any bytes as a transaction in JSON: read or refused, never a panic.
#![no_main]

use decision::transaction::read::{Format, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = read(Format::Json, bytes);
});
