//! `exeat` given a Parquet file answers what it answers for the same rows as lines.
//!
//! The files in `tests/data` are made by `make.py`, which stands beside them. `exeat` is the one
//! that was built beside this program: `cargo test --workspace` builds both, and where it is missing
//! these tests say so and fail.

#![expect(clippy::unwrap_used, reason = "where a test cannot even run the program, it fails")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn data(name: &str) -> String {
    format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// What the program wrote, what it complained of, and how it ended.
fn exeat(arguments: &[&str]) -> (String, String, Option<i32>) {
    let program = Path::new(env!("CARGO_BIN_EXE_exeat-portfolio")).with_file_name("exeat");
    assert!(program.is_file(), "build it first: cargo build -p exeat");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let run = Command::new(program).args(arguments).env("EXEAT_DATA", folder).output().unwrap();
    let text = |it: Vec<u8>| String::from_utf8(it).unwrap();
    (text(run.stdout), text(run.stderr), run.status.code())
}

#[test]
fn customers_in_columns_are_screened_as_those_in_lines() {
    let answers = |file: &str| {
        let (out, err, code) = exeat(&["screen", &data(file), "--map", "name=customer_name"]);
        // Row 3 has no name; the two of the list in the program are open.
        assert_eq!((out.lines().count(), code), (4, Some(1)), "{err}");
        out
    };
    let columns = answers("customers.parquet");
    assert_eq!(columns, answers("customers.jsonl"));
    assert!(columns.contains("NSO Group") && columns.contains("Candiru"), "{columns}");
}

#[test]
fn sales_in_columns_are_decided_as_those_in_lines() {
    let check = |file: &str| exeat(&["check", &data(file), "--format", "jsonl"]);
    let (columns, err, code) = check("sales.parquet");
    assert_eq!(
        (columns.lines().filter(|it| it.starts_with('{')).count(), code),
        (4, Some(3)),
        "{err}"
    );
    assert_eq!(columns, check("sales.jsonl").0);
    let impact = |file: &str| {
        let days = ["--from", "2021-12-01", "--to", "2022-05-26", "--format", "json"];
        exeat(&[&["impact", &data(file)], &days[..]].concat())
    };
    let (columns, err, code) = impact("sales.parquet");
    assert_eq!(code, Some(0), "{err}");
    assert!(columns.contains("vietnam-bank"), "{columns}");
    assert_eq!(columns, impact("sales.jsonl").0);
}

#[test]
fn a_file_that_is_not_whole_is_an_error_that_says_what_to_do() {
    let whole = std::fs::read(data("customers.parquet")).unwrap();
    let cut = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cut.parquet");
    std::fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let file = cut.to_str().unwrap();
    for arguments in
        [&["screen", file][..], &["check", file], &["impact", file, "--also", "proposed"]]
    {
        let (out, err, code) = exeat(arguments);
        assert_eq!((out.lines().count(), code), (0, Some(1)), "{arguments:?}: {out}");
        assert!(err.contains("no whole Parquet file"), "{err}");
        assert!(err.contains("cut.parquet"), "{err}");
    }
    let (_, err, code) =
        exeat(&["screen", &data("customers.parquet"), "--changed", file, "--index", "none"]);
    assert_eq!(code, Some(1));
    assert!(!Path::new("none").exists(), "{err}");
}
