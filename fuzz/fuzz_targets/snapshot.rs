//! Any bytes as a snapshot, with and without the right digest: read or refused, never a panic.
#![no_main]

#[path = "../src/lists.rs"]
mod lists;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    lists::open_snapshot(bytes);
});
