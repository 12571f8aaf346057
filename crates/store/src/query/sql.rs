//! A query as SQL, for both backends: they differ in how words are searched.

use super::{Assigned, Cursor, Order, ViewQuery};
use crate::error::Error;
use crate::retention::{HELD, LET_GO};
use crate::view::{ViewRow, words};
use jiff::civil::{Date, date};
use std::fmt::Write as _;

/// The most rows of a page.
const MOST: usize = 1000;

/// The columns of a view, as [`crate::view::ViewRow`] is read from them.
pub(crate) const COLUMNS: &str = "v.n, v.kind, v.id, v.version, v.seq, v.first, v.at, v.title, \
     v.state, v.assignee, v.rank, v.due, v.outcome, v.text, v.data";

/// A day in the column `due` where there is none: after all of them.
const NO_DAY: i64 = i32::MAX as i64;

/// What a placeholder stands for.
#[derive(Clone, Debug)]
pub(crate) enum Bound {
    /// A text.
    Text(String),
    /// A number.
    Number(i64),
}

/// How a backend searches words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Dialect {
    /// FTS5.
    Sqlite,
    /// A text search vector.
    Postgres,
}

/// SQL with what its placeholders (`$1`, `$2` in their order) stand for.
#[derive(Debug)]
pub(crate) struct Sql {
    /// The statement.
    pub(crate) text: String,
    /// Its placeholders.
    pub(crate) bound: Vec<Bound>,
}

impl Sql {
    /// A page of views, with one row more than asked for where there is more.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] for a cursor of another order.
    pub(crate) fn page(query: &ViewQuery, dialect: Dialect) -> Result<Self, Error> {
        let labels = match dialect {
            Dialect::Sqlite => "",
            Dialect::Postgres => ", v.labels",
        };
        let text = format!("SELECT {COLUMNS}{labels} FROM views v");
        let mut sql = Self { text, bound: Vec::new() };
        sql.restrict(query, dialect);
        let (keys, direction) = keys(query.order);
        if let Some(Cursor(after)) = &query.after {
            if after.len() != keys.len() {
                return Err(Error::refused("the cursor belongs to a list in another order"));
            }
            let sign = if direction == "DESC" { '<' } else { '>' };
            let places: Vec<String> = after.iter().map(|it| sql.number(*it)).collect();
            let (keys, places) = (keys.join(", "), places.join(", "));
            let _ = write!(sql.text, " AND ({keys}) {sign} ({places})");
        }
        // The index of a person is in the order of priority.
        let plus = match query.order {
            Order::Priority => "",
            Order::Changed | Order::Unchanged | Order::Newest | Order::Oldest | Order::Due => {
                asks_for_somebody(query, dialect)
            }
        };
        let order: Vec<String> = keys.iter().map(|it| format!("{plus}{it} {direction}")).collect();
        let limit = limit(query) + 1;
        let _ = write!(sql.text, " ORDER BY {} LIMIT {limit}", order.join(", "));
        Ok(sql)
    }

    /// How many views there are by state.
    pub(crate) fn counts(query: &ViewQuery, dialect: Dialect) -> Self {
        let text = "SELECT v.state, count(*) FROM views v".to_owned();
        let mut sql = Self { text, bound: Vec::new() };
        sql.restrict(query, dialect);
        let _ = write!(sql.text, " GROUP BY {}v.state", asks_for_somebody(query, dialect));
        sql
    }

    fn restrict(&mut self, query: &ViewQuery, dialect: Dialect) {
        let kind = self.word(query.kind.as_str());
        let _ = write!(self.text, " WHERE v.kind = {kind}");
        self.one_of("v.state", &query.states);
        self.one_of("v.outcome", &query.outcomes);
        match &query.assigned {
            None => {}
            Some(Assigned::Nobody) => self.text.push_str(" AND v.assignee IS NULL"),
            Some(Assigned::To(who)) => self.one_of("v.assignee", std::slice::from_ref(who)),
        }
        if let Some(due) = query.due_by {
            let due = self.number(days(due));
            let _ = write!(self.text, " AND v.due <= {due}");
        }
        for label in &query.labels {
            let label = self.word(label);
            let condition = match dialect {
                Dialect::Sqlite => format!(
                    "v.n IN (SELECT n FROM view_labels WHERE kind = {kind} AND label = {label})"
                ),
                Dialect::Postgres => format!("v.labels @> ARRAY[{label}]"),
            };
            let _ = write!(self.text, " AND {condition}");
        }
        let words: Vec<String> = words(&query.text).take(16).collect();
        if !words.is_empty() {
            let (wanted, found) = match dialect {
                Dialect::Sqlite => (
                    words.iter().map(|it| format!("\"{it}\"*")).collect::<Vec<_>>().join(" "),
                    "v.n IN (SELECT rowid FROM view_words WHERE view_words MATCH ",
                ),
                Dialect::Postgres => (
                    words.iter().map(|it| format!("'{it}':*")).collect::<Vec<_>>().join(" & "),
                    "(v.words @@ CAST(",
                ),
            };
            let wanted = self.word(&wanted);
            let close = if dialect == Dialect::Sqlite { ")" } else { "::text AS tsquery))" };
            let _ = write!(self.text, " AND {found}{wanted}{close}");
        }
    }

    fn one_of(&mut self, column: &str, values: &[String]) {
        if let [one] = values {
            let place = self.word(one);
            let _ = write!(self.text, " AND {column} = {place}");
        } else if !values.is_empty() {
            let places: Vec<String> = values.iter().map(|it| self.word(it)).collect();
            let _ = write!(self.text, " AND {column} IN ({})", places.join(", "));
        }
    }

    fn word(&mut self, text: &str) -> String {
        self.bound.push(Bound::Text(text.replace('\0', "\u{fffd}")));
        format!("${}", self.bound.len())
    }

    fn number(&mut self, number: i64) -> String {
        self.bound.push(Bound::Number(number));
        format!("${}", self.bound.len())
    }
}

/// The holds that stand after an event `$1`, `$2` of them: those after which nobody let go of the
/// same stream, nor held it anew.
pub(crate) fn standing_holds(columns: &str) -> String {
    format!(
        "SELECT {columns} FROM events e WHERE e.kind = '{HELD}' AND e.seq > $1 AND NOT EXISTS \
         (SELECT 1 FROM events l WHERE l.stream_kind = e.stream_kind AND l.stream_id = e.stream_id \
          AND l.version > e.version AND l.kind IN ('{HELD}', '{LET_GO}')) \
         ORDER BY e.seq LIMIT $2"
    )
}

/// What keeps SQLite from walking through all views in their order where only those of one person
/// are wanted: they are few, and the index of their person finds them. PostgreSQL knows how many
/// there are.
fn asks_for_somebody(query: &ViewQuery, dialect: Dialect) -> &'static str {
    match (&query.assigned, dialect) {
        (Some(Assigned::To(_)), Dialect::Sqlite) => "+",
        (Some(Assigned::To(_) | Assigned::Nobody) | None, _) => "",
    }
}

/// How many rows a query wants.
pub(crate) fn limit(query: &ViewQuery) -> usize {
    query.limit.clamp(1, MOST)
}

/// The columns of an order, the last of them telling all rows apart.
fn keys(order: Order) -> (&'static [&'static str], &'static str) {
    match order {
        Order::Changed => (&["v.seq"], "DESC"),
        Order::Unchanged => (&["v.seq"], "ASC"),
        Order::Newest => (&["v.first"], "DESC"),
        Order::Oldest => (&["v.first"], "ASC"),
        Order::Due => (&["v.due", "v.first"], "ASC"),
        Order::Priority => (&["v.rank", "v.due", "v.first"], "ASC"),
    }
}

/// Where a page ends that ends with this row.
pub(crate) fn cursor(order: Order, row: &ViewRow) -> Cursor {
    let number = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
    let due = row.view.due.map_or(NO_DAY, days);
    Cursor(match order {
        Order::Changed | Order::Unchanged => vec![number(row.seq)],
        Order::Newest | Order::Oldest => vec![number(row.first)],
        Order::Due => vec![due, number(row.first)],
        Order::Priority => vec![rank(row.view.priority), due, number(row.first)],
    })
}

/// A priority as its column, which puts the greater first.
pub(crate) fn rank(priority: i32) -> i64 {
    -i64::from(priority)
}

/// The priority of a column.
pub(crate) fn priority(rank: i64) -> i32 {
    i32::try_from(-rank).unwrap_or(0)
}

const EPOCH: Date = date(1970, 1, 1);

/// A day as its column.
pub(crate) fn days(day: Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / 24
}

/// A due date as its column.
pub(crate) fn due(day: Option<Date>) -> i64 {
    day.map_or(NO_DAY, days)
}

/// The due date of a column.
pub(crate) fn day(days: i64) -> Option<Date> {
    let days = i32::try_from(days).ok().filter(|it| i64::from(*it) != NO_DAY)?;
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
