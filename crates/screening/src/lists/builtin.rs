//! What a machine knows that has fetched nothing: the cyber-related parties of the Entity List.
//!
//! Nine entries are no screening. The source says that it is an excerpt, and whoever decides must
//! treat a name that is not found here as not screened. Source: 86 FR 60760, 86 FR 37902 and
//! 88 FR 46071; Supplement No. 4 to 15 CFR Part 744 as of 2026-09-24.

use super::{Extent, Format, List, ListFile, Problems, own};
use jiff::civil::{Date, date};

const TABLE: &str = include_str!("builtin.csv");

/// The day on which the entries were last compared with the list.
const CHECKED: Date = date(2026, 9, 24);

/// The built-in excerpt of the Entity List.
#[must_use]
pub fn builtin() -> List {
    let file = ListFile { name: "built-in", bytes: TABLE.as_bytes() };
    let mut problems = Problems { file: file.name, all: Vec::new() };
    // A test holds that this table can be read; the empty batch is for the compiler.
    let batch = own::read(file.name, TABLE, &mut problems).unwrap_or_default();
    let mut lists = batch.into_lists(Format::BuiltIn, file.name, &super::digest(&[file]));
    let mut list = lists.pop().unwrap_or_else(|| List::empty("EL", file));
    "Entity List, built in: cyber-related entries only".clone_into(&mut list.source.title);
    list.source.extent = Extent::Excerpt;
    list.source.date = Some(CHECKED);
    list.source.dated = true;
    let note = "built in: nine cyber-related entries, not the Entity List; import a list to screen";
    list.source.note = Some(note.to_owned());
    list
}
