//! `exeat` given a Parquet file answers what it answers for the same rows as lines.
//!
//! The files in `tests/data` are made by `make.py`, which stands beside them. `exeat` is the one
//! that was built beside this program: `cargo test --workspace` builds both, and where it is missing
//! these tests say so and fail.

#![expect(clippy::unwrap_used, reason = "where a test cannot even run the program, it fails")]

use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

fn data(name: &str) -> String {
    format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// What the program wrote, what it complained of, and how it ended.
fn exeat(arguments: &[&str]) -> (String, String, Option<i32>) {
    exeat_in(Path::new(env!("CARGO_TARGET_TMPDIR")), arguments)
}

/// The same with a data folder of its own, in which it stands.
fn exeat_in(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let program = Path::new(env!("CARGO_BIN_EXE_exeat-portfolio")).with_file_name("exeat");
    assert!(program.is_file(), "build it first: cargo build -p exeat");
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("EXEAT_DATA", folder);
    let run = command.output().unwrap();
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
}

/// Customers in columns, in groups of 130 rows: the names, and a country for every second.
fn columns(names: &[Option<&str>]) -> Vec<u8> {
    let schema =
        "message customers { optional binary name (UTF8); optional binary country (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    for names in names.chunks(130) {
        let countries: Vec<Option<&str>> =
            (0..names.len()).map(|it| (it % 2 == 0).then_some("CN")).collect();
        let mut group = writer.next_row_group().unwrap();
        for values in [names, &countries] {
            let levels: Vec<i16> = values.iter().map(|it| i16::from(it.is_some())).collect();
            let values: Vec<ByteArray> =
                values.iter().flatten().map(|it| ByteArray::from(*it)).collect();
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn an_index_of_columns_finds_what_asking_every_row_and_what_lines_find() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("index-of-columns");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    let list = |rows: &str, day: &str| {
        fs::write(folder.join("list.csv"), format!("list,id,name,type,country\n{rows}")).unwrap();
        let import = ["lists", "import", "list.csv", "--current-on", day];
        let (_, err, code) = exeat_in(&folder, &import);
        assert_eq!(code, Some(0), "{err}");
    };
    list("UVL,u1,Mirabilis Wafer Trading,organization,CN\nUVL,u2,NSO Group,,IL\n", "2026-09-23");
    fs::copy(folder.join("lists/current.snapshot"), folder.join("old.snapshot")).unwrap();
    list("UVL,u2,NSO Group,,IL\nUVL,u3,Quadrant Lathe Works,organization,CN\n", "2026-09-24");
    let names = ["NSO Group", "Quadrant Lathe Works Ltd", "Brotfabrik Kiel", "Mirabilis Wafers"];
    let names: Vec<Option<&str>> =
        (0..700)
            .map(|it| {
                if it % 97 == 0 { None } else { names.get(it * it % 11).copied().or(Some("Jane")) }
            })
            .collect();
    let ask = |file: &str, index: &[&str]| {
        exeat_in(&folder, &[&["screen", file, "--changed", "old.snapshot"], index].concat())
    };
    let by_index = ["--index", "kept.index"];
    let same = |names: &[Option<&str>], made: bool| {
        fs::write(folder.join("customers.parquet"), columns(names)).unwrap();
        let (out, err, code) = ask("customers.parquet", &[]);
        assert!(out.lines().count() > 200, "{out} {err}");
        let (some, told, ended) = ask("customers.parquet", &by_index);
        assert_eq!((&some, ended), (&out, code), "{told}");
        assert_eq!(told.lines().last(), err.lines().last());
        assert_eq!(told.contains("making the index"), made, "{told}");
        let again = told.lines().find_map(|it| it.split_once(" rows may be concerned"));
        let again: usize = again.map_or(usize::MAX, |it| it.0.parse().unwrap());
        assert!(again < 500, "{told}");
        out
    };
    let out = same(&names, true);
    assert_eq!(same(&names, false), out);
    let lines = exeat_rows(&folder.join("customers.parquet"));
    fs::write(folder.join("customers.jsonl"), lines).unwrap();
    assert_eq!(ask("customers.jsonl", &[]).0, out);
    // Other rows in a file of the same name: the index is made again.
    let turned: Vec<Option<&str>> = names.iter().rev().copied().collect();
    assert_ne!(same(&turned, true), out);
    // What is no whole file is neither indexed nor answered.
    let whole = columns(&names);
    fs::write(folder.join("customers.parquet"), &whole[..whole.len() / 2]).unwrap();
    let (out, err, code) = ask("customers.parquet", &["--index", "none"]);
    assert_eq!((out.as_str(), code), ("", Some(1)));
    assert!(err.contains("no whole Parquet file") && !folder.join("none").exists(), "{err}");
}

/// The rows of a Parquet file as lines.
fn exeat_rows(file: &Path) -> Vec<u8> {
    let program = env!("CARGO_BIN_EXE_exeat-portfolio");
    Command::new(program).arg("rows").arg(file).output().unwrap().stdout
}
