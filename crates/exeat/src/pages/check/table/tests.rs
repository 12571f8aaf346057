use super::rows;
use serde_json::{Value, json};

const HEADER: &str = "date,activity,from,destination,items[0].eccn,items[0].form,parties[0].role,\
                      parties[0].sector,parties[0].state_owned_percent,parties[0].lists";
const ROW: &str = "2026-09-24,export,US,VN,4D004,object-code,end-user,bank,65,none";

/// The first row as it is read.
fn read(header: &str, row: &str) -> Result<Value, String> {
    let said = |it: Vec<crate::api::failure::Problem>| {
        it.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let mut rows = rows(&format!("{header}\n{row}\n")).map_err(said)?;
    assert_eq!(rows.len(), 1);
    rows.remove(0).1.map(|it| it.document()).map_err(said)
}

/// The row with another cell in a column.
fn with(column: &str, cell: &str) -> Result<Value, String> {
    let place = HEADER.split(',').position(|it| it == column).unwrap();
    let cells: Vec<&str> =
        ROW.split(',').enumerate().map(|it| if it.0 == place { cell } else { it.1 }).collect();
    read(HEADER, &cells.join(","))
}

#[test]
fn a_row_is_a_transaction() {
    let read = read(HEADER, ROW).unwrap();
    assert_eq!(
        read["parties"],
        json!([{ "role": "end-user", "sector": "bank", "state_owned_percent": 65, "lists": [] }])
    );
    assert_eq!(read["items"], json!([{ "eccn": "4D004", "form": "object-code" }]));
}

#[test]
fn a_party_has_the_role_that_is_given_and_no_other() {
    assert_eq!(with("parties[0].role", "purchaser").unwrap()["parties"][0]["role"], "purchaser");
    for blank in ["", " ", "None"] {
        let wrong = with("parties[0].role", blank).unwrap_err();
        assert!(wrong.contains("parties[0].role"), "{wrong}");
    }
    let header = HEADER.replace("parties[0].role,", "");
    let wrong = read(&header, &ROW.replace("end-user,", "")).unwrap_err();
    assert!(wrong.contains("parties[0].role"), "{wrong}");
}

#[test]
fn no_word_is_completed() {
    for (column, cell) in [
        ("parties[0].sector", "medical"),
        ("parties[0].sector", "national"),
        ("parties[0].sector", "3"),
        ("items[0].form", "software"),
        ("items[0].form", "object"),
        ("parties[0].role", "end"),
    ] {
        let wrong = with(column, cell).unwrap_err();
        assert!(wrong.contains(&format!("`{cell}` is not on the list")), "{wrong}");
        assert!(wrong.contains(column), "{wrong}");
    }
    assert!(
        with("parties[0].sector", "Medical_Research").is_ok(),
        "case and blanks are typography"
    );
}

#[test]
fn a_cell_beyond_the_header_is_wrong_and_the_other_rows_are_read() {
    for row in [format!("{ROW},RU"), format!("{ROW},"), ROW.replace("bank", "Bank, Inc.")] {
        let wrong = read(HEADER, &row).unwrap_err();
        assert!(wrong.contains("the row has 11 cells and the header 10"), "{wrong}");
    }
    let both = rows(&format!("{HEADER}\n{ROW},RU\n{ROW}\n")).unwrap();
    assert!(both[0].1.is_err() && both[1].1.is_ok());
    assert_eq!(both[1].0, 3);
}

#[test]
fn a_field_is_given_once() {
    for (header, row) in [
        (format!("{HEADER},destination"), format!("{ROW},RU")),
        (format!("destination,{HEADER}"), format!("RU,{ROW}")),
    ] {
        let wrong = read(&header, &row).unwrap_err();
        assert!(wrong.contains("two columns have this name"), "{wrong}");
    }
    for (path, cell) in [
        ("parties[end-user].sector", "police"),
        ("parties[00].sector", "police"),
        ("items", "5D002"),
    ] {
        let wrong = read(&format!("{HEADER},{path}"), &format!("{ROW},{cell}")).unwrap_err();
        assert!(wrong.contains("is given twice in this row"), "{path}: {wrong}");
    }
}

#[test]
fn only_a_plain_number_is_one() {
    for cell in ["\"1.500,00\"", "\"3,0\"", "1_5", "1e1"] {
        let wrong = with("parties[0].state_owned_percent", cell).unwrap_err();
        assert!(wrong.contains("such as 1500 or 1500.5"), "{wrong}");
    }
    assert!(with("parties[0].state_owned_percent", "65.5 %").is_ok());
}

#[test]
fn none_of_a_program_is_unknown_and_none_of_a_person_is_none() {
    for cell in ["none", "[]", "(none)"] {
        assert_eq!(with("parties[0].lists", cell).unwrap()["parties"][0]["lists"], json!([]));
    }
    for cell in ["", "None"] {
        let read = with("parties[0].lists", cell).unwrap();
        assert_eq!(read["parties"][0].get("lists"), None, "{cell}");
    }
    for cell in ["NONE", "null", "unknown", "n/a", "-", "\",\""] {
        assert!(with("parties[0].lists", cell).is_err(), "{cell}");
    }
}

#[test]
fn owners_are_names_with_shares() {
    let header = format!("{HEADER},parties[0].owners");
    let owners = |cell: &str| read(&header, &format!("{ROW},\"{cell}\""));
    let read = owners("Candiru 60%; Qwrtz").unwrap();
    let named = json!([{ "name": "Candiru", "percent": 60 }, { "name": "Qwrtz" }]);
    assert_eq!(read["parties"][0]["owners"], named);
    assert_eq!(owners("none").unwrap()["parties"][0]["owners"], json!([]));
    for cell in ["I don't know", "no", "Candiru 60", "it is on the Entity List"] {
        let wrong = owners(cell).unwrap_err();
        assert!(wrong.contains("leave it open where the owners are not known"), "{wrong}");
    }
}
