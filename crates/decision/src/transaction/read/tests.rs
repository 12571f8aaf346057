use super::{Format, InputErrors, read};
use crate::transaction::Transaction;

fn json(text: &str) -> Result<Transaction, InputErrors> {
    read(Format::Json, text.as_bytes())
}

/// The problems of an input, one a line.
fn problems(format: Format, text: &str) -> String {
    read(format, text.as_bytes()).expect_err("faulty").to_string()
}

#[test]
fn every_problem_is_reported_with_its_path_its_line_and_what_was_meant() {
    let text = r#"{
  "id": "T-1", "activity": "exprot",
  "from": "UK",
  "items": [
    {"eccn": "4D04", "form": "objekt-code", "orgin": {}},
    {"name": "", "value_usd": -1, "origin": {"us_content_percent": 120.5}}
  ],
  "parties": [{"sector": "polcie",
     "lists": [{"list": "el"}]}],
  "red_flags": [{"flag": "other", "resolved": true}],
  "version": 2
}"#;
    insta::assert_snapshot!(problems(Format::Json, text), @r"
    line 1: date: must be given
    line 2: activity: `exprot` is not an activity (did you mean `export`?)
    line 3: from: `UK` is not a country code (did you mean `GB`?)
    line 5: items[0].eccn: `4D04` is not a classification number (write it as `4D004`, `5D002.c.1` or `EAR99`)
    line 5: items[0].form: `objekt-code` is not a form of an item (did you mean `object-code`?)
    line 5: items[0].orgin: there is no such key (did you mean `origin`?)
    line 6: items[1].name: empty (leave the key out where it is not known)
    line 6: items[1].value_usd: an amount is not negative
    line 6: items[1].origin.us_content_percent: a percentage lies between 0 and 100
    line 8: parties[0].sector: `polcie` is not a sector (did you mean `police`?)
    line 8: parties[0].role: must be given
    line 9: parties[0].lists[0].list: `el` is not a list code (did you mean `EL`?)
    line 10: red_flags[0].how: must be given where the flag is resolved (say in `how` what removed the doubt)
    line 11: version: an unknown version of the transaction format (this program reads version 1)
    ");
    assert_eq!(json(text).expect_err("faulty").id.as_deref(), Some("T-1"));
}
