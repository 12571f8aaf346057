//! Records in a folder that needs no program of ours: for auditors, and to move to another store.
//!
//! JSON lines, contents as files, a manifest, a page that explains them, and a checker in Python
//! that shares no code with this crate. [`write()`] makes one of the records at one moment, while
//! they are in use; [`read()`] takes a whole one into an empty store of either backend. Keys
//! (sessions, messages not yet sent) are not part of it.

mod line;
mod reading;
mod writing;

pub use reading::read;
pub use writing::{Bodies, Written, write};

const EVENTS: &str = "events.jsonl";
const VIEWS: &str = "views.jsonl";
const REFERENCES: &str = "references.jsonl";
const CONTENTS: &str = "contents";
const MANIFEST: &str = "manifest.json";
const README: &str = "README.txt";
const VERIFIER: &str = "verify.py";

/// The version of bundles that is written.
const VERSION: u32 = 1;

/// So many rows are read and written at once.
const PAGE: usize = 500;
