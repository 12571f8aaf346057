use super::records;
use proptest::prelude::*;

fn carefully(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let cells = |it: csv::StringRecord| it.iter().map(str::to_owned).collect();
    reader.records().map(|it| cells(it.unwrap())).collect()
}

fn quickly(text: &str) -> Option<Vec<Vec<String>>> {
    let cells = |it: super::Record<'_>| it.cells.iter().map(|it| (**it).to_owned()).collect();
    Some(records(text)?.into_iter().map(cells).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn what_is_read_quickly_is_what_the_careful_reader_reads(text in "[a\", \n\r#é\u{a0}]{0,24}") {
        if let Some(read) = quickly(&text) {
            prop_assert_eq!(read, carefully(&text), "{:?}", text);
        }
    }
}

#[test]
fn records_say_where_they_stand() {
    let text = "k,v\n\n# no\r\n\"a, b\" ,c\n";
    assert_eq!(records(text), None, "a space behind the closing quote");
    let text = "k,v\n\n# no\r\n\"a, \"\"b\", c \r\nlast";
    let read = records(text).unwrap();
    let stand: Vec<_> =
        read.iter().map(|it| (it.number, text.get(it.start..it.end).unwrap())).collect();
    assert_eq!(stand, [(1, "k,v"), (4, "\"a, \"\"b\", c "), (5, "last")]);
    assert_eq!(read[1].cells, ["a, \"b", "c"]);
    assert_eq!(records("a,\"b\nc\""), None, "a cell of two lines");
}
