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
    let semicolons = file("kunden.csv", "Kunde;Land\nM\u{fc}ller KG;DE\n".as_bytes());
    assert_eq!(read(&semicolons, &["name=Kunde", "country=Land"]), ["M\u{fc}ller KG 1 []"]);
    let nameless = file("nameless.csv", b"a,b\n1,2\n");
    assert!(Rows::open(&nameless, &[]).is_err());
    assert!(Rows::open(&plain, &[parse_map("name=Kunde").unwrap()]).is_err());
}

#[test]
fn one_column_that_names_somebody_is_whom_the_rows_are_of() {
    let one = file("sold.csv", b"No;Sold-to party;Country\n1;Acme;DE\n");
    assert_eq!(read(&one, &[]), ["Acme 1 []"]);
    let two = file("sold2.csv", b"No;Sold-to party;Freight Forwarder\n1;Acme;Carrier\n");
    assert!(Rows::open(&two, &[]).is_err(), "which of them is not said");
}

#[test]
fn a_bad_row_says_so_in_its_place_and_a_bad_value_is_told() {
    let mixed = file(
        "mixed.csv",
        b"name,country,born\nAcme,Atlantis,1962\n,DE,\n\xff\xfe,DE,\nB,DE,soon\n",
    );
    let said = read(&mixed, &[]);
    assert_eq!(said.len(), 4);
    assert!(said[0].starts_with("Acme 0 [\"`Atlantis` is no country"), "{}", said[0]);
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
    assert!(said[2].starts_with("55 0 [\"not searched for certain: `55`"), "{}", said[2]);
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

#[test]
fn a_quotation_mark_that_is_closed_nowhere_or_elsewhere_is_told() {
    for text in [
        "name,country\n\"Brot,DE\nNSO Group,IL\nAcme,FR",
        "name,country\n\"Brot,DE\nNSO Group,IL\n\"Acme,FR",
        "name\n\"Brot\nNSO Group\nAcme",
        "id,name\n1,\"Brot\n2,NSO Group\n3,Acme",
    ] {
        let said = read(&file("unclosed.csv", text.as_bytes()), &[]);
        assert!(said[0].contains("not closed"), "{text}: {said:?}");
    }
    let text = "name,address\n\"NSO\nGroup\",\"Main St 1\nKiel, DE\"\n";
    assert_eq!(read(&file("closed.csv", text.as_bytes()), &[]), ["NSO\nGroup 0 []"]);
}

#[test]
fn countries_are_codes_and_names() {
    for (told, count) in [
        ("IRN", 1),
        ("Iran", 1),
        ("Islamic Republic of Iran", 1),
        ("iran", 1),
        ("DE;FR", 2),
        ("\"DE, FR\"", 2),
        ("DE FR", 2),
        ("Germany;FRA", 2),
    ] {
        let said =
            read(&file("country.csv", format!("name,country\nAcme,{told}\n").as_bytes()), &[]);
        assert_eq!(said, [format!("Acme {count} []")], "{told}");
    }
    let said = read(&file("no.csv", b"name,country\nAcme,The Kingdom of Nowhere\n"), &[]);
    assert_eq!(said, ["Acme 0 [\"`The Kingdom of Nowhere` is no country\"]"]);
}

#[test]
fn a_row_of_too_many_names_says_so() {
    let names: Vec<String> = (0..=MOST_NAMES).map(|it| format!("\"Acme {it}\"")).collect();
    let line = format!("{{\"name\": \"Acme\", \"alias\": [{}]}}\n", names.join(","));
    let said = read(&file("many.jsonl", line.as_bytes()), &[]);
    assert!(said[0].contains("other names: at most"), "{said:?}");
}

#[test]
fn whoever_is_named_in_an_address_is_searched() {
    let text = "name,address\nBrotfabrik,\"c/o NSO Group, 5 Le Loi, Hanoi\"\n";
    assert_eq!(names_of("careof.csv", text, &[]).0, ["NSO Group"]);
}

/// The other names of the first row, and the columns that may hold names and are not searched.
fn names_of(name: &str, text: &str, map: &[&str]) -> (Vec<String>, Vec<String>) {
    let map: Vec<_> = map.iter().map(|it| parse_map(it).unwrap()).collect();
    let (mut rows, reading) = Rows::open(&file(name, text.as_bytes()), &map).unwrap();
    let asked = reading.asked(&rows.next().unwrap().unwrap()).unwrap();
    assert_eq!(asked.problems.len(), asked.passed_over.len(), "{:?}", asked.problems);
    (asked.query.aliases, asked.passed_over)
}

#[test]
fn columns_of_other_names_are_searched() {
    for column in ["dba", "AKA", "former_name", "original_name", "Trading as", "aka2", "Legal Name"]
    {
        let text = format!("name,{column}\nBrotfabrik,NSO Group\n");
        assert_eq!(names_of("other.csv", &text, &[]).0, ["NSO Group"], "{column}");
    }
    let text = "{\"name\": \"Brotfabrik\", \"dba\": [\"NSO Group\"]}\n";
    assert_eq!(names_of("other.jsonl", text, &[]).0, ["NSO Group"]);
    let text = "name,alias,dba\nBrotfabrik,-,\n";
    assert!(names_of("dash.csv", text, &[]).0.is_empty());
    let text = "name,aka,Firma\nBrotfabrik,Backhaus,NSO Group\n";
    assert_eq!(names_of("several.csv", text, &["alias=Firma"]).0, ["Backhaus", "NSO Group"]);
}

#[test]
fn a_name_in_several_columns_is_searched_in_parts_and_as_a_whole() {
    let (names, passed_over) = names_of("parts.csv", "name2,name1\nGroup LLC,NSO\n", &[]);
    assert_eq!(names, ["Group LLC", "NSO Group LLC"]);
    assert!(passed_over.is_empty(), "{passed_over:?}");
    let (names, _) = names_of("legal.csv", "name,name2,name3\nBrotfabrik,GmbH,\n", &[]);
    assert_eq!(names, ["Brotfabrik GmbH"]);
    let (names, _) = names_of("person.csv", "name,surname\nVictor,Boot\n", &["more=surname"]);
    assert_eq!(names, ["Boot", "Victor Boot"]);
    let text = "name,given,family\nBrotfabrik,Victor,Boot\n";
    let (names, _) = names_of("contact.csv", text, &["more=given", "more=family"]);
    assert!(names.contains(&"Victor Boot".to_owned()), "{names:?}");
    let (names, _) = names_of("parts.jsonl", "{\"name\": \"Ab Cd\", \"name2\": \"Ef Gh\"}\n", &[]);
    assert_eq!(names, ["Ef Gh", "Ab Cd Ef Gh"]);
}

#[test]
fn columns_that_may_be_names_are_not_passed_over_in_silence() {
    for column in [
        "company",
        "Firm",
        "customer",
        "contact",
        "owner",
        "Ship-To",
        "fax name",
        "公司",
        "Intermediate Consignee",
        "FreightForwarder",
        "Apellidos",
        "Whatever",
    ] {
        let text = format!("name,{column}\nBrotfabrik,NSO Group\n");
        assert_eq!(names_of("may.csv", &text, &[]).1, [column], "{column}");
        let waived = format!("none={column}");
        assert!(names_of("may.csv", &text, &[&waived]).1.is_empty(), "{column}");
        let text =
            format!("{{\"name\": \"Brotfabrik\", \"{column}\": {{\"de\": \"NSO Group\"}}}}\n");
        assert_eq!(names_of("may.jsonl", &text, &[]).1, [column], "{column}");
        assert!(names_of("may.jsonl", &text, &[&waived]).1.is_empty(), "{column}");
    }
    // The column of names itself, where another one is said to hold them.
    let text = "name,Firma\nBrotfabrik,NSO Group\n";
    assert_eq!(names_of("itself.csv", text, &["name=Firma"]).1, ["name"]);
    // What cannot be a name, and columns that are called after something else.
    for rest in [
        "contact,\n",
        "customer,10023\n",
        "contact,a@b.example\n",
        "city name,Kiel\n",
        "Whatever,C10023\n",
        "Reference,EUR\n",
        "Remarks,NSO Group\n",
        "Customer country,Iran\n",
    ] {
        let (column, value) = rest.split_once(',').unwrap();
        let text = format!("name,{column}\nBrotfabrik,{value}");
        assert!(names_of("none.csv", &text, &[]).1.is_empty(), "{rest}");
    }
}
