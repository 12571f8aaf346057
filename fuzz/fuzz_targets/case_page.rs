//! Any text as a case page: read or refused, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = decision::case_page::read(text);
});
