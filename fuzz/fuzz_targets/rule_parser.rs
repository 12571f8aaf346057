//! Any text as a file of rules in a small rulebook: loaded or refused, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = exeat_fuzz::load_rules(text);
});
