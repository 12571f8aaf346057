//! The folder of real lists. It is not part of the repository.

use screening::lists::{self, Import, ListFile};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The bytes of a real list, or `None`, said loudly, where the folder is not there.
pub(crate) fn bytes(path: &str) -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    #[expect(clippy::disallowed_methods, reason = "a test may be told where the real lists are")]
    let shared =
        std::env::var("EXEAT_SHARED").map_or_else(|_| root.join("../shared"), PathBuf::from);
    let file = shared.join("lists").join(path);
    let read = if file.extension().is_some_and(|it| it == "zst") {
        let run = Command::new("zstd").arg("-dc").arg(&file).output();
        run.ok().filter(|it| it.status.success()).map(|it| it.stdout)
    } else {
        fs::read(&file).ok()
    };
    if read.is_none() {
        skipped(&file.display().to_string());
    }
    read
}

#[expect(clippy::print_stderr, reason = "a test that proves nothing must say so")]
fn skipped(file: &str) {
    eprintln!("!!! SKIPPED, PROVES NOTHING: {file} cannot be read; set EXEAT_SHARED");
}

/// Imports files together, or `None` where one is not there.
pub(crate) fn import(paths: &[&str]) -> Option<Import> {
    let files: Vec<Vec<u8>> = paths.iter().map(|it| bytes(it)).collect::<Option<_>>()?;
    let files: Vec<ListFile<'_>> =
        paths.iter().zip(&files).map(|(name, bytes)| ListFile { name, bytes }).collect();
    Some(lists::import(&files))
}

/// `CODE COUNT` of every list, in one line.
pub(crate) fn counts(import: &Import) -> String {
    let count = |it: &lists::List| format!("{} {}", it.source.code, it.parties.len());
    import.lists.iter().map(count).collect::<Vec<_>>().join(", ")
}

/// What was not understood, counted by its words without what is quoted.
pub(crate) fn problems(import: &Import) -> Vec<(String, usize)> {
    let mut kinds: Vec<(String, usize)> = Vec::new();
    for problem in &import.problems {
        let words: Vec<&str> = problem.what.split('`').step_by(2).collect();
        let kind = format!("{} {}", problem.field, words.join("…"));
        match kinds.iter_mut().find(|it| it.0 == kind) {
            Some(known) => known.1 += 1,
            None => kinds.push((kind, 1)),
        }
    }
    kinds
}
