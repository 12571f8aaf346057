//! How old the law and the lists are that answer here: it stands under every page.

use crate::clock;
use crate::desk::Desk;
use decision::matches::Searched;
use jiff::civil::Date;

/// How old what answers is.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// The last day through which the law was verified.
    pub(super) law: Option<Date>,
    /// How old the lists are, in words.
    pub(super) lists: String,
    /// Whether names cannot be cleared with these lists today.
    pub(super) lists_are_wanting: bool,
    /// How long ago the law was verified, in days.
    pub(super) law_age: i32,
}

impl Standing {
    /// Of the desk, today.
    pub(super) fn of(desk: &Desk) -> Self {
        let today = clock::today();
        let law = desk.engine().stamp().as_of;
        let law_age = law.map_or(0, |it| days(it, today));
        let searcher = desk.searcher();
        let (lists, lists_are_wanting) = match searcher.in_use() {
            None => ("Names are not searched".to_owned(), true),
            Some(Err(_)) => ("The lists cannot be read".to_owned(), true),
            Some(Ok(opened)) => lists(opened.searched(), today),
        };
        Self { law, lists, lists_are_wanting, law_age }
    }
}

/// How old lists are, in words, and whether they clear nobody today.
fn lists(searched: &Searched, today: Date) -> (String, bool) {
    if searched.built_in {
        let text = "Only the short list in the program: it can find names, and clears nobody";
        return (text.to_owned(), true);
    }
    let wanting = searched.insufficient(today).is_some();
    let text = match (searched.oldest(), searched.dated(today)) {
        (Some(day), Some(dated)) => format!("Lists of {dated}, {}", age(days(day, today))),
        (None, _) | (_, None) => "Lists of an unknown day".to_owned(),
    };
    (text, wanting)
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |it| it.get_days())
}

/// A number of days in words.
pub(super) fn age(days: i32) -> String {
    match days {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    }
}
