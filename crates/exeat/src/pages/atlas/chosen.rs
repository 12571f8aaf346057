//! What is looked at, as the address has it.

use crate::clock;
use crate::desk::Desk;
use crate::desk::atlas::{Government, Short, Subject, document};
use crate::examples;
use crate::pages::check::Draft;
use decision::transaction::sector::Sector;
use jiff::civil::Date;
use std::fmt::Write as _;

/// The example that is shown where nothing is chosen.
pub(super) const FIRST: &str = "vietnam-bank";

/// What is chosen: an example, or an item and a user; and a day.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    /// The name of an example.
    pub(super) example: String,
    /// The name of a draft.
    pub(super) draft: String,
    /// The item's classification.
    pub(super) eccn: String,
    /// What the user is and does.
    pub(super) user: String,
    /// Whether a government owns or runs the user.
    pub(super) government: String,
    /// The day.
    pub(super) on: String,
}

impl Chosen {
    /// The day whose law is shown: today where none is chosen.
    ///
    /// # Errors
    ///
    /// Where it is no day.
    pub(super) fn day(&self) -> Result<Date, String> {
        if self.on.is_empty() {
            return Ok(clock::today());
        }
        self.on.trim().parse().map_err(|_| {
            format!("“{}” is no day; write it as year, month and day: 2024-03-15.", self.on)
        })
    }

    /// The transaction behind it.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in a sentence.
    pub(super) fn subject(&self, desk: &Desk, on: Date) -> Result<Subject, String> {
        let said = |failure: crate::api::failure::Failure| {
            let said: Vec<String> = failure.problems.iter().map(|it| it.message.clone()).collect();
            said.join("; ")
        };
        if !self.eccn.is_empty() {
            let short = self.short()?;
            return Subject::of(short.document(on)).map_err(said);
        }
        if !self.draft.is_empty() {
            let Some(draft) = Draft::kept(desk, &self.draft) else {
                return Err("This draft is no longer kept. Paste it again, or choose below.".into());
            };
            return Subject::of(draft.form.document().clone()).map_err(said);
        }
        let name = if self.example.is_empty() { FIRST } else { &self.example };
        let Ok(example) = examples::find(name) else {
            return Err(format!("There is no example “{name}”. Choose one of the list below."));
        };
        document(example.text).and_then(Subject::of).map_err(said)
    }

    fn short(&self) -> Result<Short, String> {
        let eccn = self.eccn.trim().to_uppercase();
        let eccn = self.eccn.trim().parse().or_else(|_| eccn.parse()).map_err(|_| {
            format!(
                "“{}” is no classification. Write five characters such as 4D004, with the \
                 paragraph behind a dot where there is one: 5A001.j.",
                self.eccn
            )
        })?;
        let sector = if self.user.is_empty() { Sector::Bank.as_str() } else { &self.user };
        let sector: Sector = sector.parse().map_err(|_| {
            format!("“{}” is no kind of user. Choose one of the list below.", self.user)
        })?;
        Ok(Short { eccn, sector, government: Government::named(&self.government) })
    }

    /// The address of a page with the same choice on a day.
    pub(super) fn address(&self, path: &str, on: Date) -> String {
        let mut address = format!("{path}?");
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                // Writing to a string cannot fail.
                let _ = write!(address, "{name}={}&", crate::pages::escaped(value));
            }
        };
        if self.eccn.is_empty() {
            add("example", &self.example);
            add("draft", &self.draft);
        } else {
            add("eccn", &self.eccn);
            add("user", &self.user);
            add("government", &self.government);
        }
        let _ = write!(address, "on={on}");
        address
    }
}
