//! What a classification means for the markets that a release declares: the outcome for every
//! destination, for a typical user, now and before.
//!
//! It is a survey, not a permission: each real sale has its own parties, and is checked by itself.
//! What was assumed of the typical user is part of the answer. What needs review is counted apart
//! and never among what may go.

use super::review::Entry;
use super::{Component, Market, Release};
use crate::country::Country;
use crate::engine::{Engine, Options};
use crate::outcome::Outcome;
use crate::trace::Trace;
use crate::transaction::item::Form;
use crate::transaction::read::{Format, read};
use jiff::civil::Date;
use serde_json::json;

/// What a market's destinations come to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Impact<'a> {
    /// The market.
    pub market: &'a Market,
    /// Each destination, with what it comes to now, and before where that is known.
    pub destinations: Vec<Destination>,
}

/// A destination, and what an export there comes to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Destination {
    /// The destination.
    pub country: Country,
    /// As the component is classified now.
    pub now: Reach,
    /// As it was classified before.
    pub before: Option<Reach>,
}

/// An outcome, with the exception that it rests on.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Reach {
    /// The outcome.
    pub outcome: Outcome,
    /// The exception.
    pub exception: Option<String>,
}

/// What is assumed of every destination, besides what the market says. In the words of a
/// transaction.
pub const ASSUMED: &[&str] = &[
    "an export from the United States of an item made there",
    "the user is the only party besides the seller, is in the destination, and is on no list",
    "nothing is known of a bad end use, and there is no red flag, notice or document",
    "the user is no U.S. subsidiary and acts for itself",
];

impl Engine {
    /// What a component's markets come to, as it is classified now and as it was before, under the
    /// law of a day. Nothing is said of a component without an entry: what no entry of the
    /// questionnaire describes may be described by another.
    #[must_use]
    pub fn impact<'a>(
        &self,
        release: &'a Release,
        component: &Component,
        now: &Entry,
        before: Option<&Entry>,
        on: Date,
    ) -> Vec<Impact<'a>> {
        if now.eccn.is_none() {
            return Vec::new();
        }
        let markets = release.markets.iter().flatten();
        let impact = |market: &'a Market| {
            let everywhere: Vec<Country> = Country::all().collect();
            let destinations = market.destinations.as_ref().unwrap_or(&everywhere);
            let destination = |country: &Country| Destination {
                country: *country,
                now: self.reach(market, component, now, *country, on),
                before: before
                    .filter(|it| it.eccn.is_some())
                    .map(|it| self.reach(market, component, it, *country, on)),
            };
            // What stays at home, or in a territory, is not exported.
            let leaves = |it: &Destination| it.now.outcome != Outcome::NotAnExport;
            Impact {
                market,
                destinations: destinations.iter().map(destination).filter(leaves).collect(),
            }
        };
        markets.map(impact).collect()
    }

    fn reach(
        &self,
        market: &Market,
        component: &Component,
        entry: &Entry,
        country: Country,
        on: Date,
    ) -> Reach {
        let unknown = Reach { outcome: Outcome::NeedsReview, exception: None };
        let purposes: Vec<&str> = market.purposes.iter().map(|it| it.as_str()).collect();
        let mut item = json!({ "eccn": entry.eccn, "origin": { "us_origin": true } });
        if let Some(item) = item.as_object_mut() {
            let encryption = component.encryption.as_ref();
            let told = [
                ("eccn_for", entry.eccn_for.as_deref()),
                ("form", component.form.map(Form::as_str)),
            ];
            let told = told.into_iter().filter_map(|(key, it)| Some((key, it?)));
            item.extend(told.map(|(key, it)| (key.to_owned(), json!(it))));
            if let Some(encryption) = encryption.map(super::item::encryption) {
                item.insert("encryption".to_owned(), encryption);
            }
        }
        let mut user = json!({
            "role": "end-user",
            "country": country.code(),
            "sector": market.sector.as_str(),
            "us_subsidiary": false,
            "lists": [],
        });
        if let Some(user) = user.as_object_mut() {
            if let Some(level) = market.government_level {
                user.insert("government_level".to_owned(), json!(level.as_str()));
            }
            if let Some(percent) = market.state_owned_percent {
                let percent = crate::trace::thousandths(percent.thousandths());
                user.insert("state_owned_percent".to_owned(), number(&percent));
            }
        }
        let transaction = json!({
            "date": on.to_string(),
            "activity": "export",
            "from": "US",
            "destination": country.code(),
            "items": [item],
            "parties": [user],
            "end_use": { "purposes": purposes, "knows": [] },
            "documents_held": [],
            "notices": [],
            "red_flags": [],
        });
        let Ok(transaction) = read(Format::Json, transaction.to_string().as_bytes()) else {
            return unknown;
        };
        let options = Options { trace: Trace::None, ..Options::default() };
        let determination = self.decide(&transaction, &options);
        Reach {
            outcome: determination.outcome,
            exception: determination.exception.map(str::to_owned),
        }
    }
}

/// A number as it is written, without a detour over floating point.
fn number(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or(serde_json::Value::Null)
}
