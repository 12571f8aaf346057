//! Any bytes as a list file of any format: read or refused, never a panic, and what was read
//! survives a snapshot.
#![no_main]

#[path = "../src/lists.rs"]
mod lists;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    lists::import_and_keep(&[bytes]);
});
