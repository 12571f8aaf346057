use super::*;
use std::fs;
use std::path::PathBuf;

fn file(name: &str, content: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("exeat-rows-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// The name and the countries of each row, or what is wrong with it.
fn read(path: &Path, map: &[&str]) -> Vec<String> {
    let map: Vec<_> = map.iter().map(|it| parse_map(it).unwrap()).collect();
    let (mut rows, reading) = Rows::open(path, &map).unwrap();
    let mut said = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        said.push(match reading.asked(&row) {
            Ok(it) => format!("{} {} {:?}", it.query.name, it.query.countries.len(), it.problems),
            Err(why) => format!("row {}: {why}", row.number),
        });
    }
    said
}

#[test]
fn columns_are_known_by_their_names_or_by_what_is_said_of_them() {
    let plain =
        file("plain.csv", b"\xef\xbb\xbfId,Name,Country\n1,Acme,DE\n2,\"Brot, C\",\"DE;FR\"\n");
    assert_eq!(read(&plain, &[]), ["Acme 1 []", "Brot, C 2 []"]);
    let semicolons = file("kunden.csv", "Kunde;Land\nM\u{fc}ller;DE\n".as_bytes());
    assert_eq!(read(&semicolons, &["name=Kunde", "country=Land"]), ["M\u{fc}ller 1 []"]);
    let nameless = file("nameless.csv", b"a,b\n1,2\n");
    assert!(Rows::open(&nameless, &[]).is_err());
    assert!(Rows::open(&plain, &[parse_map("name=Kunde").unwrap()]).is_err());
}

#[test]
fn a_bad_row_says_so_in_its_place_and_a_bad_value_is_told() {
    let mixed =
        file("mixed.csv", b"name,country,born\nAcme,Germany,1962\n,DE,\n\xff\xfe,DE,\nB,DE,soon\n");
    let said = read(&mixed, &[]);
    assert_eq!(said.len(), 4);
    assert!(said[0].starts_with("Acme 0 [\"`Germany` is no two-letter"), "{}", said[0]);
    assert_eq!(said[1], "row 2: there is no name");
    assert_eq!(said[2], "row 3: the row is not UTF-8");
    assert!(said[3].contains("is no date"), "{}", said[3]);
}

#[test]
fn two_columns_of_one_name_are_refused() {
    let twice = file("twice.csv", b"name,address,address,note,note\nAcme,A,B,C,D\n");
    let Err(error) = Rows::open(&twice, &[]) else { panic!("`address` is there twice") };
    assert!(error.to_string().contains("two columns are called `address`"), "{error}");
    let unused = file("unused.csv", b"name,note,note\nAcme,C,D\n");
    assert_eq!(read(&unused, &[]), ["Acme 0 []"]);
}

#[test]
fn json_lines_are_rows_as_well() {
    let text = "{\"name\": [\"Acme\", \"Akme\"], \"id\": {\"Passport\": 12345}, \"country\": null}\n\n\
                not json\n{\"name\": 55}\n[1]\n";
    let said = read(&file("rows.jsonl", text.as_bytes()), &[]);
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(said[0], "Acme 0 []");
    assert!(said[1].starts_with("row 2: the line is no JSON"), "{}", said[1]);
    assert_eq!(said[2], "55 0 []");
    assert_eq!(said[3], "row 4: the line is no JSON object");
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_fill_the_memory() {
    let mut text = b"name\n\"".to_vec();
    text.resize(60_000_000, b'x');
    let (mut rows, _) = Rows::open(&file("open.csv", &text), &[]).unwrap();
    let error = rows.next().unwrap_err().to_string();
    assert!(error.contains("never closed"), "{error}");
}
