//! Any transaction that can be read, on the real rulebook: an answer, and the same one twice.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exeat_fuzz::decide_twice(bytes));
