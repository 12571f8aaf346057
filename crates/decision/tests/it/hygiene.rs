//! What no file of the repository may contain, and how long it may be.

use std::fs;
use std::path::{Path, PathBuf};

const TEXT: [&str; 10] = ["rs", "md", "toml", "law", "csv", "yaml", "json", "sh", "py", ""];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text files of the repository, build output and version control left out.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        if matches!(name, ".git" | "target" | "corpus" | "artifacts") {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else if TEXT.contains(&extension) {
            found.push(path);
        }
    }
}

fn all() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(&root(), &mut found);
    assert!(found.len() > 20, "the repository was not found");
    found
}

#[test]
fn no_path_of_a_machine_stands_in_a_file() {
    // Written in halves, so that this file does not contain them.
    let forbidden = [concat!("/wo", "rk/"), concat!("/tmp/", "wt"), concat!("/ho", "me/")];
    let mut problems = Vec::new();
    for path in all() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (index, line) in text.lines().enumerate() {
            if forbidden.iter().any(|it| line.contains(it)) {
                problems.push(format!("{}:{}", path.display(), index + 1));
            }
        }
    }
    assert!(problems.is_empty(), "a path of a machine stands in\n{}", problems.join("\n"));
}

#[test]
fn no_source_file_is_longer_than_800_lines() {
    let rust = all().into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let long: Vec<String> = rust
        .filter_map(|path| {
            let lines = fs::read_to_string(&path).ok()?.lines().count();
            (lines > 800).then(|| format!("{}: {lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "look for the seam in\n{}", long.join("\n"));
}

#[test]
fn no_test_is_ignored() {
    let ignore = concat!("#[", "ignore");
    let rust = all().into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let ignored: Vec<PathBuf> =
        rust.filter(|path| fs::read_to_string(path).is_ok_and(|it| it.contains(ignore))).collect();
    assert!(ignored.is_empty(), "ignored tests in {ignored:?}");
}

#[test]
fn what_belongs_to_the_united_states_is_what_the_rulebook_counts_there() {
    let path = root().join("rulebooks/us-ear/tables/country-groups.csv");
    let table = fs::read_to_string(path).expect("the table of country groups");
    let there = table.lines().filter(|it| it.split([',', ';']).any(|it| it == "US-AREA"));
    let mut codes: Vec<&str> = there.filter_map(|it| it.split(',').next()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes, decision::derivations::UNITED_STATES);
}
