//! The decision crate from outside: case pages on the real rulebook, and the house's own rules.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

mod cases;
mod hygiene;
