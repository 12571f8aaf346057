//! Whether an entry of a list is over.
//!
//! A list says when an entry ends. Of an order that may be renewed it does not know more than of
//! its own day: temporary denial orders are usually renewed on the day they end.

use super::Searched;
use jiff::civil::Date;
use screening::ListedParty;

/// The list of which entries are renewed: denial orders.
///
/// Source: 15 CFR § 766.24(d).
const RENEWED: &str = "DPL";

/// How an entry stands at its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum End {
    /// It is not over.
    Ahead,
    /// Its last day is past, and was not yet when the list was made: it may have been renewed.
    MayBeRenewed {
        /// The first day on which it would no longer stand.
        until: Date,
        /// The day of the list.
        list: Date,
    },
    /// It is over.
    Past,
}

impl End {
    /// How an entry stands on a day, by lists that were searched.
    #[must_use]
    pub fn of(entry: &ListedParty, day: Date, searched: &Searched) -> Self {
        let Some(until) = entry.until.filter(|it| *it <= day) else { return Self::Ahead };
        let list = searched.lists.iter().find(|it| it.code == entry.list).and_then(|it| it.date);
        match list {
            Some(list) if entry.list == RENEWED && list < until => {
                Self::MayBeRenewed { until, list }
            }
            _ => Self::Past,
        }
    }

    /// What a person has to know of it.
    #[must_use]
    pub fn note(self) -> Option<String> {
        let Self::MayBeRenewed { until, list } = self else { return None };
        let last = until.yesterday().unwrap_or(until);
        Some(format!(
            "the order ended on {last}, and the list is of {list}: nobody knows whether it was renewed"
        ))
    }
}
