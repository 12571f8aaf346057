//! Any bytes, cut at form feeds, as files that belong together.
#![no_main]

#[path = "../src/lists.rs"]
mod lists;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let files: Vec<&[u8]> = bytes.split(|it| *it == 0x0C).take(6).collect();
    lists::import_and_keep(&files);
});
