//! A year, a month or a day as people write it.
//!
//! Where there are two ways to read one, neither is taken: a wrong day would speak against somebody.

use crate::clock;
use jiff::civil::{Date, date};
use screening::party::DateSpan;

/// The months by the first three letters of their names.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A year, a month or a day: `1962`, `1962-07`, `1962-07-31`, `31.07.1962`, `31-Jul-62`,
/// `07/31/1962`.
///
/// # Errors
///
/// Where it is none, or may be two of them.
pub(crate) fn parse_born(text: &str) -> Result<DateSpan, String> {
    let wrong = || format!("`{text}` is no date such as 1962, 1962-07 or 1962-07-31");
    let told = without_time(text.trim());
    if let Ok(day) = told.parse::<Date>() {
        return Ok(DateSpan { earliest: day, latest: day, circa: false });
    }
    let between = |it: char| it.is_whitespace() || "-./,".contains(it);
    let parts: Vec<&str> = told.split(between).filter(|it| !it.is_empty()).collect();
    let (earliest, latest) = match *parts.as_slice() {
        [year] => {
            let year = full_year(year).ok_or_else(wrong)?;
            (date(year, 1, 1), date(year, 12, 31))
        }
        [year, month] if is_number(month) => {
            let first = day_of(full_year(year), number(month), Some(1)).ok_or_else(wrong)?;
            (first, first.last_of_month())
        }
        [first, second, third] => {
            let day = match day(told, first, second, third).as_slice() {
                [] => return Err(wrong()),
                [day] => *day,
                [one, other, ..] => {
                    return Err(format!("`{text}` may be {one} or {other}, and is not compared"));
                }
            };
            (day, day)
        }
        _ => return Err(wrong()),
    };
    Ok(DateSpan { earliest, latest, circa: false })
}

/// The days that three parts may be.
fn day(text: &str, first: &str, second: &str, third: &str) -> Vec<Date> {
    let all = |years: Vec<i16>, month: Option<i8>, day: &str| {
        let days = years.into_iter().filter_map(|it| day_of(Some(it), month, number(day)));
        days.collect::<Vec<_>>()
    };
    if let Some(year) = full_year(first) {
        return all(vec![year], named_month(second).or_else(|| number(second)), third);
    }
    if let Some(month) = named_month(first) {
        return all(years(third), Some(month), second);
    }
    if let Some(month) = named_month(second) {
        return all(years(third), Some(month), first);
    }
    let mut days = all(years(third), number(second), first);
    // Nobody writes the month first between full stops.
    if !text.contains('.') {
        days.extend(all(years(third), number(first), second));
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// The years that two or four digits may be; nobody is born in a year to come.
fn years(text: &str) -> Vec<i16> {
    if let Some(year) = full_year(text) {
        return vec![year];
    }
    let today = clock::today();
    let Some(short) = number(text).filter(|_| text.len() == 2) else { return Vec::new() };
    let both = [1900 + i16::from(short), 2000 + i16::from(short)];
    both.into_iter().filter(|it| *it <= today.year()).collect()
}

fn day_of(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Option<Date> {
    Date::new(year?, month?, day?).ok()
}

fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok().filter(|_| text.len() == 4 && is_number(text))?;
    (1000..=9999).contains(&year).then_some(year)
}

fn number(text: &str) -> Option<i8> {
    text.parse().ok().filter(|_| is_number(text) && text.len() <= 2)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

fn named_month(text: &str) -> Option<i8> {
    let start = text.get(..3).filter(|_| !is_number(text))?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|it| *it == start)?;
    i8::try_from(at).ok().map(|it| it + 1)
}

/// Without the time of the day that programs write behind a day.
fn without_time(text: &str) -> &str {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let is_time = time.contains(':') && time.starts_with(|it: char| it.is_ascii_digit());
    if is_time { day } else { text }
}
