//! `exeat`: may this leave, to these people, on this day, and if not, what would make it lawful?
//!
//! The doors of the program. Everything is decided in `decision`; here files are opened, answers
//! are written and exit codes are chosen. Start with [`cli`], which has one file for each command.

mod api;
mod archive;
mod atlas;
mod chance;
mod cli;
mod clock;
mod columnar;
mod data;
mod decisions;
mod desk;
mod digest;
mod examples;
mod fetch;
mod input;
mod interview;
mod json;
mod keep;
mod known;
mod library;
mod lines;
mod lists;
mod mcp;
mod official;
mod once;
mod ordered;
mod pages;
mod papers;
mod products;
mod records;
mod report;
mod results;
mod rows;
#[cfg(test)]
mod sample;
mod screened;
mod search;
mod server;
mod settings;
mod transactions;
mod trouble;

use std::process::ExitCode;

/// A start allocates a hundred thousand small things; this one does it with a tenth fewer instructions
/// in all than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main().into()
}
