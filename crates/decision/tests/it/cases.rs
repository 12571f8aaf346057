//! Every case of every page in `cases/`.

use decision::case_page;
use std::fs;
use std::path::{Path, PathBuf};

/// The pages, in order of their names.
fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let entries = fs::read_dir(&folder).expect("the folder of cases");
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|it| it == "md"));
    pages.sort();
    pages
}

#[test]
fn every_page_can_be_read() {
    let mut problems = Vec::new();
    let mut cases = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("the page");
        match case_page::read(&text) {
            Ok(entries) => cases += entries.len(),
            Err(errors) => {
                problems.extend(errors.iter().map(|error| format!("{}: {error}", page.display())));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(cases >= 100, "only {cases} cases were found");
}
