//! What is said to a person about a search.

use super::{Match, SearchedList};
use jiff::civil::Date;
use screening::{ListedParty, Score};

/// Only the list in the program was searched.
pub(super) fn built_in() -> String {
    "only the small list of cyber-related entries in the program was searched, which is no \
     screening"
        .to_owned()
}

/// Some lists were not searched.
pub(super) fn missing(codes: &[&str]) -> String {
    format!("not searched: {}", codes.join(", "))
}

/// Nobody knows of which day a list is.
pub(super) fn undated(code: &str) -> String {
    format!("the day of the list {code} is not known, so nobody can say whether it is current")
}

/// Of which day lists are, and which others are older.
pub(super) fn dated(oldest: Date, others: &[&SearchedList]) -> String {
    let of = |it: &&SearchedList| {
        let date = it.date.map(|it| it.to_string()).unwrap_or_default();
        format!("{} of {date}", it.code)
    };
    let others: Vec<String> = others.iter().map(of).collect();
    match others.as_slice() {
        [] => oldest.to_string(),
        some => format!("{oldest} (older, and not read by the law: {})", some.join(", ")),
    }
}

/// A list is not of the day.
pub(super) fn stale(list: &SearchedList, day: Date, max_age: u32) -> String {
    let date = list.date.map(|it| it.to_string()).unwrap_or_default();
    if list.date.is_some_and(|it| it > day) {
        format!(
            "the list {} is of {date}, more than {max_age} days after {day}: who was removed in \
             between is not in it",
            list.code
        )
    } else {
        format!(
            "the list {} is of {date}, more than {max_age} days before {day}: who was added since \
             is not in it",
            list.code
        )
    }
}

/// Whether the party is the listed one.
pub(super) fn is_it(name: &str, first: &Match, more: usize) -> String {
    let more = match more {
        0 => String::new(),
        1 => " One more match is open.".to_owned(),
        more => format!(" {more} more matches are open."),
    };
    format!(
        "Is {name} the listed party \u{201c}{}\u{201d} ({}:{}, score {})?{more}",
        first.listed,
        first.list,
        first.id,
        score(first.score)
    )
}

/// Thousandths as a number from 0 to 1.
fn score(thousandths: u16) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// Why an entry of an address matches.
pub(super) fn same_address(score: Score) -> String {
    if score == Score::new(1000) {
        return "the address is the listed one".to_owned();
    }
    format!("the address may be the listed one ({score}): a part of it is left out or differs")
}

/// The address of an entry that names only an address.
pub(super) fn address(party: &ListedParty) -> String {
    let place = party.addresses.first().map(|it| {
        let words = [it.text.as_str(), it.city.as_str()];
        words.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    });
    place.or_else(|| party.names.first().map(|it| it.text.clone())).unwrap_or_default()
}

/// A name has no word that could be compared.
pub(super) fn nothing_to_search(name: &str) -> String {
    format!("there is no word in `{name}` that could be searched")
}

/// A name stands where one should and names nobody.
pub(super) fn nobody(name: &str) -> String {
    format!("`{name}` names nobody who could be searched")
}

/// What is asked where a name was given that cannot be searched.
pub(super) fn who(name: &str) -> String {
    let start: String = name.chars().take(40).collect();
    format!("What is the full name of the one who is given as `{start}`?")
}

/// A name is longer than what is compared.
pub(super) fn too_long(name: &str) -> String {
    let start: String = name.chars().take(40).collect();
    format!("the name that begins with `{start}` is longer than what is searched")
}

/// There are more other names than are searched.
pub(super) fn too_many(names: usize, most: usize) -> String {
    format!("of {names} other names the first {most} were searched")
}
