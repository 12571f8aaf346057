use super::*;
use std::collections::BTreeSet;
use std::fs;

fn files(backend: &str) -> BTreeSet<String> {
    let folder = format!("{}/migrations/{backend}", env!("CARGO_MANIFEST_DIR"));
    let names = fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name());
    names.map(|it| it.into_string().unwrap()).collect()
}

#[test]
fn every_step_is_there_for_both_backends_and_in_the_program() {
    assert_eq!(files("sqlite"), files("postgres"));
    assert_eq!(files("sqlite").len(), ALL.len());
    for (number, name) in (1..).zip(files("sqlite")) {
        assert!(name.starts_with(&format!("{number:04}_")), "{name}");
    }
}

#[test]
fn a_database_of_tomorrow_is_refused() {
    let newer = i64::try_from(ALL.len()).unwrap() + 1;
    assert!(matches!(missing(newer).map(drop), Err(Error::Refused { .. })));
    assert_eq!(missing(0).unwrap().count(), ALL.len());
}
