//! The importers on the lists as governments publish them.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

mod bureaus;
mod csl;
mod shared;
mod world;
