//! What changed in the law between two days.

use crate::citation::Citation;
use crate::rulebook::{BlockId, Rulebook, Status, Table, TableRow};
use crate::version::Identity;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One change between two days.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
    /// A block is in force on the second day that was not on the first.
    Begins(BlockId),
    /// A block was in force on the first day that is not on the second.
    Ends(BlockId),
    /// Another version of the same block is in force.
    Becomes {
        /// The version of the first day.
        before: BlockId,
        /// The version of the second.
        after: BlockId,
    },
    /// A row of a table has other words, or came or went.
    Row {
        /// Which table, by its place.
        table: u16,
        /// The value it belongs to.
        key: String,
        /// The line in its file on the first day.
        before: Option<u32>,
        /// The line in its file on the second.
        after: Option<u32>,
    },
}

/// What differs between the law of two days: first blocks in the order of the regulation, then
/// rows in the order of the tables. Only what is law by its own dates counts.
#[must_use]
pub fn diff(rulebook: &Rulebook, from: Date, to: Date) -> Vec<Change> {
    let mut changes = blocks(rulebook, from, to);
    for (table, place) in rulebook.tables.iter().zip(0..) {
        rows(rulebook, table, place, from, to, &mut changes);
    }
    changes
}

fn blocks(rulebook: &Rulebook, from: Date, to: Date) -> Vec<Change> {
    let in_force = |ids: &[BlockId], day: Date| {
        let is_law = |it: &&BlockId| {
            rulebook
                .block(**it)
                .is_some_and(|it| it.version.status == Status::Law && it.version.covers(day))
        };
        ids.iter().find(is_law).copied()
    };
    let mut found: Vec<(Option<Citation>, Identity, Change)> = Vec::new();
    for (identity, ids) in rulebook.versions() {
        let change = match (in_force(&ids, from), in_force(&ids, to)) {
            (None, Some(block)) => Change::Begins(block),
            (Some(block), None) => Change::Ends(block),
            (Some(before), Some(after)) if before != after => Change::Becomes { before, after },
            (None, None) | (Some(_), Some(_)) => continue,
        };
        found.push((identity.citation.parse().ok(), identity, change));
    }
    found.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    found.into_iter().map(|(.., change)| change).collect()
}

fn rows(
    rulebook: &Rulebook,
    table: &Table,
    place: u16,
    from: Date,
    to: Date,
    changes: &mut Vec<Change>,
) {
    let mut keys: BTreeMap<u16, [Option<&TableRow>; 2]> = BTreeMap::new();
    for row in &table.rows {
        let [before, after] = keys.entry(row.key).or_default();
        for (day, slot) in [(from, before), (to, after)] {
            if row.from <= day && row.until.is_none_or(|until| day < until) {
                *slot = Some(row);
            }
        }
    }
    for (key, [before, after]) in keys {
        let said = |it: Option<&TableRow>| it.map(|it| (it.words.clone(), it.doubtful.clone()));
        if said(before) != said(after) {
            changes.push(Change::Row {
                table: place,
                key: rulebook.schema.value_name(table.domain, key).to_owned(),
                before: before.map(|it| it.line),
                after: after.map(|it| it.line),
            });
        }
    }
}

impl Change {
    /// The change in one line.
    #[must_use]
    pub fn describe(&self, rulebook: &Rulebook) -> String {
        let name = |id: &BlockId| {
            rulebook
                .block(*id)
                .map(|it| format!("{} {}", it.effect.keyword(), it.id()))
                .unwrap_or_default()
        };
        match self {
            Self::Begins(block) => format!("{} begins", name(block)),
            Self::Ends(block) => format!("{} ends", name(block)),
            Self::Becomes { before: _, after } => format!("{} changes", name(after)),
            Self::Row { table, key, before, after } => {
                let table = rulebook.tables.get(usize::from(*table));
                let table = table.map_or("?", |it| it.name.as_str());
                let what = match (before, after) {
                    (None, _) => "begins",
                    (_, None) => "ends",
                    (Some(_), Some(_)) => "changes",
                };
                format!("{key} in {table} {what}")
            }
        }
    }
}

#[cfg(test)]
mod tests;
