//! What changes in a portfolio: groups by deciding paragraph, each with its transactions.

use super::portfolio::{Changed, Portfolio, lock};
use crate::api::failure::Failure;
use crate::json::{Layout, Writer};
use crate::report::page::{DIM, PLAIN, Page, RED, STRONG, styled, whole};
use crate::report::words as say;
use decision::Deciding;
use decision::impact::{Answer, Change};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// How many transactions of a group are named to a person.
const NAMED: usize = 12;
/// How many lines that could not be read are shown to a person.
const SHOWN: usize = 10;

/// What changes.
#[derive(Debug)]
pub(super) struct Report {
    before: String,
    after: String,
    decided: u64,
    /// How many transactions name somebody who was not searched.
    unsearched: u64,
    /// Whether names were searched.
    searched: bool,
    groups: Vec<Group>,
    /// Where a line stands, and why it was not decided.
    pub(super) failed: Vec<(String, u64, Failure)>,
}

/// Transactions that change in the same way, by the same paragraph.
#[derive(Debug)]
struct Group {
    change: Arc<Change>,
    transactions: Vec<Changed>,
}

/// What the transactions of a group have in common.
fn words(change: &Change) -> (&Answer, &Answer, &Deciding) {
    (&change.before, &change.after, change.deciding())
}

/// For each transaction the place of its group, which is made where there is none yet.
fn places(changed: &[(String, u64, Changed)], groups: &mut Vec<Group>) -> Vec<usize> {
    // Most are one and the same change; others were found apart and say the same.
    let mut of_change: BTreeMap<*const Change, usize> = BTreeMap::new();
    let mut of_words: BTreeMap<_, usize> = BTreeMap::new();
    let mut place = |change: &'_ Arc<Change>| {
        groups.push(Group { change: Arc::clone(change), transactions: Vec::new() });
        groups.len() - 1
    };
    let places = changed.iter().map(|(_, _, Changed { change, .. })| {
        *of_change
            .entry(Arc::as_ptr(change))
            .or_insert_with(|| *of_words.entry(words(change)).or_insert_with(|| place(change)))
    });
    places.collect()
}

impl Report {
    /// Takes what was found out of a portfolio.
    pub(super) fn of(portfolio: &Portfolio) -> Self {
        let mut changed = std::mem::take(&mut *lock(&portfolio.changed));
        changed.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut failed = std::mem::take(&mut *lock(&portfolio.failed));
        failed.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut groups: Vec<Group> = Vec::new();
        let places = places(&changed, &mut groups);
        for ((_, _, changed), place) in changed.into_iter().zip(places) {
            if let Some(group) = groups.get_mut(place) {
                group.transactions.push(changed);
            }
        }
        groups.sort_by(|a, b| {
            let size = |it: &Group| std::cmp::Reverse(it.transactions.len());
            size(a).cmp(&size(b)).then_with(|| words(&a.change).cmp(&words(&b.change)))
        });
        Self {
            before: portfolio.before.describe(),
            after: portfolio.after.describe(),
            decided: portfolio.decided.load(Ordering::Relaxed),
            unsearched: portfolio.unsearched.load(Ordering::Relaxed),
            searched: portfolio.searcher.is_some(),
            groups,
            failed,
        }
    }

    /// What became of names, where there is something to say.
    fn names(&self) -> Option<String> {
        match (self.searched, self.unsearched) {
            (true, _) => Some("Names were searched on the lists.".to_owned()),
            (false, 0) => None,
            (false, count) => Some(format!(
                "Names were not searched: {count} of the transactions name somebody of whom it is                  not stated on which lists they stand. That is unknown under both laws, and nobody                  is cleared; --screening searches them."
            )),
        }
    }

    fn changed(&self) -> usize {
        self.groups.iter().map(|it| it.transactions.len()).sum()
    }

    /// For a person.
    pub(super) fn text(&self, width: usize) -> String {
        let mut page = Page::new(width);
        let (changed, comes) = match self.changed() {
            0 => ("None".to_owned(), "comes"),
            1 => ("1".to_owned(), "comes"),
            many => (many.to_string(), "come"),
        };
        let head = format!("{changed} of {} transactions {comes} out differently.", self.decided);
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, head)]);
        let laws = format!("Before: {}. After: {}.", self.before, self.after);
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, laws)]);
        if let Some(said) = self.names() {
            page.paragraph(&styled(PLAIN, ""), &[styled(DIM, said)]);
        }
        for group in &self.groups {
            group.text(&mut page);
        }
        if !self.failed.is_empty() {
            page.gap();
            let text = match self.failed.len() {
                1 => "1 line could not be read".to_owned(),
                many => format!("{many} lines could not be read"),
            };
            page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, text)]);
            for what in self.unread().take(SHOWN) {
                page.paragraph(&styled(RED, "  ✗ "), &[styled(PLAIN, what)]);
            }
        }
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, "Not legal advice.")]);
        page.finish()
    }

    /// The lines that could not be read, and why, in the order of the input.
    pub(super) fn unread(&self) -> impl Iterator<Item = String> {
        self.failed.iter().map(|(file, line, failure)| {
            format!("{file}{}", failure.for_a_person(&format!("line {line}")))
        })
    }

    /// A table with a header: one row for each transaction that changes, group by group.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(super) fn csv(&self, out: impl io::Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record([
            "transaction",
            "before",
            "before_exception",
            "after",
            "after_exception",
            "citation",
            "text",
            "value_usd",
        ])?;
        for group in &self.groups {
            let (before, after, deciding) = words(&group.change);
            for it in &group.transactions {
                let value = it.value.map(amount).unwrap_or_default();
                table.write_record([
                    inert(&it.name).as_ref(),
                    before.outcome.as_str(),
                    before.exception.as_deref().unwrap_or_default(),
                    after.outcome.as_str(),
                    after.exception.as_deref().unwrap_or_default(),
                    &deciding.citation,
                    &deciding.text,
                    &value,
                ])?;
            }
        }
        table.flush()
    }

    /// One JSON document.
    pub(super) fn json(&self, out: &mut Vec<u8>) {
        Writer::new(out, Layout::Pretty).object(|json| {
            json.text_of("before", &self.before);
            json.text_of("after", &self.after);
            json.number_of("transactions", self.decided);
            json.number_of("changed", self.changed() as u64);
            json.bool_of("names_searched", self.searched);
            json.number_of("names_not_searched", self.unsearched);
            json.objects_of("groups", &self.groups, |json, it| it.json(json));
            json.objects_of("errors", &self.failed, |json, (file, line, failure)| {
                json.text_of("file", file.trim_end_matches(", "));
                json.number_of("line", *line);
                json.optional_of("id", failure.id.as_deref());
                json.texts_of("messages", failure.problems.iter().map(|it| &it.message));
            });
        });
    }
}

impl Group {
    /// The value of those that have one, and how many have none.
    fn value(&self) -> (u128, usize) {
        let known = self.transactions.iter().filter_map(|it| it.value);
        let sum = known.fold(0_u128, u128::saturating_add);
        (sum, self.transactions.iter().filter(|it| it.value.is_none()).count())
    }

    fn text(&self, page: &mut Page) {
        page.gap();
        let (before, after, deciding) = words(&self.change);
        let said = |it: &Answer| {
            let outcome = say::outcome(it.outcome, it.exception.as_deref());
            styled(say::color(it.outcome).bold(), outcome)
        };
        let count = self.transactions.len();
        let (value, without) = self.value();
        let count =
            if count == 1 { "1 transaction".to_owned() } else { format!("{count} transactions") };
        let value = match without {
            0 => format!("{count}, {}", dollars(value)),
            all if all == self.transactions.len() => format!("{count}, value not given"),
            some => format!("{count}, {} and {some} without a value", dollars(value)),
        };
        page.paragraph(
            &styled(PLAIN, ""),
            &[said(before), styled(DIM, "→"), said(after), styled(DIM, value)],
        );
        let citation = match deciding.citation.as_str() {
            "" => String::new(),
            citation => format!("[{citation}]"),
        };
        let runs = [styled(PLAIN, &deciding.text), whole(DIM, citation)];
        page.paragraph(&styled(PLAIN, "  • "), &runs);
        let mut names: Vec<&str> =
            self.transactions.iter().take(NAMED).map(|it| it.name.as_str()).collect();
        let more = self.transactions.len() - names.len();
        let rest = format!("and {more} more (--format json names all)");
        if more > 0 {
            names.push(&rest);
        }
        page.paragraph(&styled(PLAIN, "    "), &[styled(DIM, names.join(", "))]);
    }

    fn json(&self, json: &mut Writer<'_>) {
        let (before, after, deciding) = words(&self.change);
        for (key, answer) in [("before", before), ("after", after)] {
            json.object_of(key, |json| {
                json.text_of("outcome", answer.outcome.as_str());
                json.optional_of("exception", answer.exception.as_deref());
            });
        }
        json.object_of("deciding", |json| {
            json.text_of("citation", &deciding.citation);
            json.text_of("text", &deciding.text);
        });
        let (value, without) = self.value();
        json.number_of("count", self.transactions.len() as u64);
        json.amount_of("value_usd", value);
        json.number_of("without_value", without as u64);
        json.texts_of("transactions", self.transactions.iter().map(|it| &it.name));
    }
}

/// Dollars and cents, as a table has them.
fn amount(thousandths: u128) -> String {
    format!("{}.{:02}", thousandths / 1000, thousandths % 1000 / 10)
}

/// The caller's own text, so that no spreadsheet takes it for a formula.
fn inert(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}").into() } else { text.into() }
}

/// Whole dollars, with their thousands apart.
fn dollars(thousandths: u128) -> String {
    let digits = (thousandths / 1000).to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("US$ {text}")
}
