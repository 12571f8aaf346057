use crate::diagnostic::render_all;
use crate::rulebook::Rulebook;
use crate::umbrella::{CLOTHS, MANIFEST, PARAGRAPHS, PLACES, RAIN, load, load_with};

fn said(name: &str, text: &str) -> String {
    match load_with(name, text) {
        Ok(loaded) => render_all(&loaded.warnings, &loaded.files),
        Err(error) => error.to_string(),
    }
}

/// The words of one cell on all its rows, doubtful ones with `?`.
fn cells(book: &Rulebook, table: usize, column: usize, key: &str) -> Vec<String> {
    let table = &book.tables[table];
    let words = |it: &[u16], mark: &str| -> Vec<String> {
        it.iter()
            .map(|it| format!("{}{mark}", table.columns[column].words[usize::from(*it)]))
            .collect()
    };
    let key = book.schema.value(table.domain, key).unwrap();
    let rows = table.rows.iter().filter(|it| it.key == key);
    rows.map(|it| {
        [words(&it.words[column], ""), words(&it.doubtful[column], "?")].concat().join(" ")
    })
    .collect()
}

#[test]
fn cells_are_sets_of_words_and_doubts() {
    let book = load().rulebook;
    assert_eq!(cells(&book, 0, 0, "XA"), ["A:1 coast", "A:2 coast"]);
    assert_eq!(cells(&book, 0, 0, "XB"), ["hill B?"]);
    assert_eq!(cells(&book, 0, 0, "XC"), ["A:1? A:2? B? coast? hill?"]);
    assert_eq!(cells(&book, 1, 0, "XA"), ["SPRING"]);
    assert_eq!(cells(&book, 1, 0, "XB"), ["FALL SPRING?"]);
    assert_eq!(cells(&book, 2, 0, "silk.2"), ["fine heavy"]);
}

#[test]
fn rows_know_their_line_their_source_and_their_other_cells() {
    let book = load().rulebook;
    let row = &book.tables[0].rows[0];
    assert_eq!((row.line, row.source.as_str()), (3, "map 1"));
    assert_eq!(row.other.get("name").map(String::as_str), Some("Alder, the"));
    let cloth = &book.tables[2].rows[0];
    assert_eq!((cloth.line, cloth.citation.as_deref()), (2, Some("cloth silk.1")));
    assert_eq!(book.tables[2].rows[2].line, 17);
}

#[test]
fn every_bad_row_is_refused_by_table_and_line() {
    let bad = format!(
        "{PLACES}XA,again,hill,2023-01-01,2023-06-01,map\nXD,Dogwood,hill,2023-06-01,2023-01-01,map\n\
         XE,Elm,hill,2023-06-01,,\n,nobody,hill,2023-06-01,,map\nXF,Fir,*,2023-06-31,,map\n\
         XG,Gum,*,2023-06-01,,map\n"
    );
    insta::assert_snapshot!(said("tables/places.csv", &bad), @r#"
    error: table `places`, lines 3 and 7: two rows of `XA` are in force on 2023-01-01
     --> tables/places.csv:7:1
      |
    7 | XA,again,hill,2023-01-01,2023-06-01,map
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      help: close the earlier row with `until` 2023-01-01

    error: table `places`, line 8: the row ends on 2023-01-01, before it begins on 2023-06-01
     --> tables/places.csv:8:1
      |
    8 | XD,Dogwood,hill,2023-06-01,2023-01-01,map
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      help: `until` is the first day after

    error: table `places`, line 9: a row without a source
     --> tables/places.csv:9:1
      |
    9 | XE,Elm,hill,2023-06-01,,
      | ^^^^^^^^^^^^^^^^^^^^^^^^
      help: say where the row was read

    error: table `places`, line 10: a row without a key
      --> tables/places.csv:10:1
       |
    10 | ,nobody,hill,2023-06-01,,map
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error: table `places`, line 11: `from` is not a day: `2023-06-31`
      --> tables/places.csv:11:1
       |
    11 | XF,Fir,*,2023-06-31,,map
       | ^^^^^^^^^^^^^^^^^^^^^^^^
      help: write days as year-month-day, such as `2024-04-01`

    error: table `places`, line 12: `*` alone says nothing; `*?` marks every word as doubtful
      --> tables/places.csv:12:1
       |
    12 | XG,Gum,*,2023-06-01,,map
       | ^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn a_mark_is_a_cross_or_nothing() {
    insta::assert_snapshot!(said("tables/rain.csv", &RAIN.replace("XA,X,", "XA,yes,")), @r#"
    error: table `rain`, line 2: `yes` in `SPRING` is not a mark: `X`, `X?` or empty
     --> tables/rain.csv:2:1
      |
    2 | XA,yes,,2020-01-01,,gauge
      | ^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn what_the_manifest_names_must_be_there() {
    let manifest = MANIFEST
        .replace("key = \"code\"", "key = \"cod\"")
        .replace("tables/rain.csv", "tables/rian.csv")
        .replace("domain = \"cloth\"", "domain = \"cloths\"");
    insta::assert_snapshot!(said("rulebook.toml", &manifest), @r#"
    error: `tables/places.csv` has no column `cod`
      --> rulebook.toml:21:7
       |
    21 | key = "cod"
       |       ^^^^^
      help: did you mean `code`?

    error: there is no file `tables/rian.csv`
      --> rulebook.toml:27:8
       |
    27 | file = "tables/rian.csv"
       |        ^^^^^^^^^^^^^^^^^
      help: did you mean `tables/rain.csv`?

    error: unknown domain `cloths`
      --> rulebook.toml:36:10
       |
    36 | domain = "cloths"
       |          ^^^^^^^^
      help: did you mean `cloth`?
    "#);
}

#[test]
fn an_unknown_key_of_the_manifest_is_refused() {
    insta::assert_snapshot!(said("rulebook.toml", &MANIFEST.replace("judged", "jugded")), @r#"
    error: unknown field `jugded`, expected one of `name`, `from`, `verified_through`, `judged`, `classification`, `vocabulary`, `table`, `paragraphs`
     --> rulebook.toml:5:1
      |
    5 | jugded = "umbrella"
      | ^^^^^^
    "#);
}

#[test]
fn rows_of_toml_are_checked_alike() {
    let cloths = CLOTHS.replace("until = 2022-01-01\n", "until = 2020-01-01\n")
        + "\n[[row]]\nkey = \"linen\"\nfrom = 2020-01-01\n";
    insta::assert_snapshot!(said("tables/cloths.toml", &cloths), @r#"
    error: table `cloths`, line 17: the row ends on 2020-01-01, before it begins on 2021-01-01
      --> tables/cloths.toml:17:1
       |
    17 | [[row]]
       | ^^^^^^^
      help: `until` is the first day after

    error: table `cloths`, line 24: a row without a source
      --> tables/cloths.toml:24:1
       |
    24 | [[row]]
       | ^^^^^^^
      help: say where the row was read
    "#);
}

#[test]
fn a_paragraph_stands_once_on_a_day() {
    let twice = format!("{PARAGRAPHS}1(a),2021-01-01,,Again\n");
    insta::assert_snapshot!(said("tables/paragraphs.csv", &twice), @r#"
    error: table `tables/paragraphs.csv`, line 12: `1(a)` stands twice on 2021-01-01
      --> tables/paragraphs.csv:12:1
       |
    12 | 1(a),2021-01-01,,Again
       | ^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn a_table_nobody_names_is_a_warning() {
    insta::assert_snapshot!(said("tables/forgotten.csv", "a,b\n"), @r#"
    warning: `tables/forgotten.csv` is not named in `rulebook.toml`
     --> tables/forgotten.csv:1:1
      |
    1 | a,b
      | ^
    "#);
}
