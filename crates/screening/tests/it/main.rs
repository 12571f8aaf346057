//! The importers on the lists as governments publish them.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

mod bureaus;
mod csl;
mod customers;
mod every_name;
#[path = "../../../../fuzz/src/lists.rs"]
mod fuzz;
mod seeds;
mod shared;
mod world;
