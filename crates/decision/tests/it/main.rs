//! The decision crate from outside: case pages and examples on the real rulebook, the seeds of
//! the fuzz targets, and the house's own rules.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]
#![expect(clippy::panic, reason = "a rulebook that cannot be loaded fails every test")]
#![expect(unreachable_pub, reason = "the fuzz targets share two of these files")]

mod brute_force;
mod cases;
mod classification;
mod conclusions;
mod coverage;
mod equivalence;
#[path = "../../../../fuzz/src/lib.rs"]
mod fuzz;
mod hunt;
mod hygiene;
mod impact;
mod interview;
mod lean;
mod pattern;
mod prove;
mod release;
mod second_opinion;
mod seeds;
mod tools;
mod unknown;
mod verdicts;

/// Says something that nobody may overlook, even where the output of tests is captured.
fn loud(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "\n!!! {text}\n");
}
