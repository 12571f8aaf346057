use super::{HEADER, cell};

#[test]
fn the_first_line_has_twelve_columns() {
    assert_eq!(HEADER.split(',').count(), 12);
    assert!(HEADER.starts_with("PRODUCT NAME,MODEL NUMBER,MANUFACTURER,ECCN,"));
}

#[test]
fn a_cell_never_breaks_the_file() {
    assert_eq!(cell("A, B\n\"C\", Inc."), "A B C Inc.");
    assert_eq!(cell(" ,, "), "");
}
