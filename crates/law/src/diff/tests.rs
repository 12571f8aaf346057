use super::diff;
use crate::umbrella::{WALKS, load_with};
use jiff::civil::date;

#[test]
fn what_begins_ends_and_changes_between_two_days_is_told() {
    let text = WALKS.replace("(b)(2)#short\n", "(b)(2)#short until 2022-01-01\n")
        + r#"
exempt (b)(2)#short from 2022-01-01
  when hours < 1
  says "Very short walks are free."

flag thunder (c) from 2022-07-01 until 2023-01-01
  says "Thunder is to be heard."

flag thunder (a) from 2022-07-01 proposed
  says "Thunder might be heard."
"#;
    let book = load_with("1.law", &text).unwrap().rulebook;
    let told = |from, to| -> Vec<String> {
        diff(&book, from, to).iter().map(|it| it.describe(&book)).collect()
    };
    assert_eq!(
        told(date(2021, 6, 1), date(2022, 8, 1)),
        ["exempt 1(b)(2)#short changes", "flag 1(c) begins", "wool in cloths ends"]
    );
    assert_eq!(
        told(date(2022, 8, 1), date(2024, 5, 1)),
        ["bar 1(c) ends", "flag 1(c) ends", "XA in places changes"]
    );
    assert!(told(date(2021, 6, 1), date(2021, 6, 1)).is_empty());
}
