//! Dates as lists write them, exact or vague.

use crate::party::DateSpan;
use jiff::civil::Date;

/// A date of birth: `1962-07-31`, `31 Jul 1962`, `Jul 1962`, `1962`, `circa 1962`,
/// `1960 to 1964`, `between 1960 and 1964`. A vague one becomes the span that it may be in.
pub(super) fn span(text: &str) -> Option<DateSpan> {
    let text = text.trim().trim_end_matches(['.', ';', ',']);
    let (text, circa) = without_circa(text);
    let lower = text.to_ascii_lowercase();
    let text = if lower.starts_with("between ") { text.get(8..)? } else { text };
    for between in [" to ", " and ", "–", " - "] {
        if let Some((first, last)) = text.split_once(between) {
            let (first, last) = (simple(first)?, simple(last)?);
            let circa = circa || first.circa || last.circa;
            return (first.earliest <= last.latest).then_some(DateSpan {
                earliest: first.earliest,
                latest: last.latest,
                circa,
            });
        }
    }
    // `1960-1964`, which could not be a month.
    if let Some((first, last)) = text.split_once('-')
        && first.len() == 4
        && last.len() == 4
    {
        let (first, last) = (simple(first)?, simple(last)?);
        return (first.earliest <= last.latest).then_some(DateSpan {
            earliest: first.earliest,
            latest: last.latest,
            circa,
        });
    }
    let mut span = simple(text)?;
    span.circa |= circa;
    Some(span)
}

/// An exact day: `2026-07-31` or `31 Jul 2026`, with or without a time behind it.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    // `2015-03-27-04:00`: a day with the offset of its time zone.
    let text = match text.split_at_checked(10) {
        Some((day, zone)) if zone.starts_with(['-', '+', 'Z']) => day,
        _ => text,
    };
    let span = simple(text)?;
    (span.earliest == span.latest).then_some(span.earliest)
}

pub(super) fn exact(day: Date) -> DateSpan {
    DateSpan { earliest: day, latest: day, circa: false }
}

pub(super) fn of_month(year: i16, month: i8) -> Option<DateSpan> {
    let earliest = Date::new(year, month, 1).ok()?;
    Some(DateSpan { earliest, latest: earliest.last_of_month(), circa: false })
}

pub(super) fn of_year(year: i16) -> Option<DateSpan> {
    // No person or ship of a list is older, and no year has another number of digits.
    if !(1700..=2200).contains(&year) {
        return None;
    }
    let earliest = Date::new(year, 1, 1).ok()?;
    Some(DateSpan { earliest, latest: earliest.last_of_year(), circa: false })
}

fn without_circa(text: &str) -> (&str, bool) {
    let lower = text.to_ascii_lowercase();
    for word in ["circa ", "circa-", "approximately ", "approx. ", "about ", "c. ", "ca. "] {
        if lower.starts_with(word) {
            return (text.get(word.len()..).unwrap_or_default().trim(), true);
        }
    }
    (text, false)
}

fn simple(text: &str) -> Option<DateSpan> {
    let (text, circa) = without_circa(text.trim());
    let parts: Vec<&str> = text
        .split(|it: char| it.is_whitespace() || it == '-')
        .filter(|it| !it.is_empty())
        .collect();
    let number = |it: &str| it.trim_end_matches(',').parse::<i16>().ok();
    let small = |it: &str| it.trim_end_matches(',').parse::<i8>().ok();
    let mut span = match parts.as_slice() {
        [year] if year.len() == 4 => of_year(number(year)?)?,
        [year, month] if year.len() == 4 => of_month(number(year)?, small(month)?)?,
        [name, year] if year.len() == 4 => of_month(number(year)?, month(name)?)?,
        [year, month, day] if year.len() == 4 => {
            exact(Date::new(number(year)?, small(month)?, small(day)?).ok()?)
        }
        [day, name, year] if year.len() == 4 && small(day).is_some() => {
            exact(Date::new(number(year)?, month(name)?, small(day)?).ok()?)
        }
        [name, day, year] if year.len() == 4 => {
            exact(Date::new(number(year)?, month(name)?, small(day)?).ok()?)
        }
        _ => return None,
    };
    span.circa = circa;
    Some(span)
}

fn month(name: &str) -> Option<i8> {
    let name = name.trim_end_matches(['.', ',']).to_ascii_lowercase();
    let months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let place = months.iter().position(|it| name.len() >= 3 && it.starts_with(name.as_str()))?;
    i8::try_from(place + 1).ok()
}
/// A day as the United States write it: `07/31/2026` or `7/31/26`.
pub(super) fn us_day(text: &str) -> Option<Date> {
    let mut parts = text.trim().split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let year: i16 = year.trim().parse().ok()?;
    let year = match year {
        0..=49 => 2000 + year,
        50..=99 => 1900 + year,
        _ => year,
    };
    Date::new(year, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
}

/// A day as the United Kingdom writes it, `31/07/1962`; what is not known is `00` or letters.
pub(super) fn uk_span(text: &str) -> Option<DateSpan> {
    let mut parts = text.trim().split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let year: i16 = year.trim().parse().ok()?;
    let known = |text: &str| text.trim().parse::<i8>().ok().filter(|it| *it > 0);
    match (known(month), known(day)) {
        (Some(month), Some(day)) => Some(exact(Date::new(year, month, day).ok()?)),
        (Some(month), None) => of_month(year, month),
        (None, _) => of_year(year),
    }
}
