use super::Found;
use crate::umbrella::load;
use jiff::civil::date;

#[test]
fn a_paragraph_is_found_or_the_answer_says_why_not() {
    let book = load().rulebook;
    let found = |text: &str, year| match book.find(text, date(year, 6, 1)) {
        Found::InForce(ids) => {
            ids.iter().map(|it| book.block(*it).unwrap().says.clone()).collect::<Vec<_>>().join(" ")
        }
        Found::NotYet(day) => format!("not before {day}"),
        Found::Ended(day) => format!("not after {day}"),
        Found::NoSuch { nearest } => format!("no such: {}", nearest.join(", ")),
    };
    assert_eq!(found("1(c)", 2022), "In a storm only coats help.");
    assert_eq!(found("§ 1 (c)", 2022), "In a storm only coats help.");
    assert_eq!(found("1(c)", 2020), "not before 2021-01-01");
    assert_eq!(found("1(c)", 2023), "not after 2022-12-31");
    assert_eq!(found("1(b)(2)", 2023), "Short walks are free.");
    assert_eq!(found("1(b)(2)#short", 2023), "Short walks are free.");
    assert_eq!(found("1(b)(2)#shrt", 2023), "no such: 1(b)(2)#short");
    assert_eq!(found("1 Note 1", 2023), "What a walk is remains to be seen.");
    assert_eq!(found("2", 2023), "", "a paragraph without blocks");
    assert_eq!(book.paragraph("2", date(2023, 6, 1)).unwrap().title, "Meanings");
    assert_eq!(found("1(d)", 2023), "no such: 1(a), 1(b), 1(c)");
}
