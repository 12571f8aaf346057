//! The atlas as people and programs meet it: a table, JSON and a picture of the same places.
//!
//! What holds for a place is decided in [`decision::atlas`]; here places are grouped and shown.

pub(crate) mod picture;
pub(crate) mod text;
pub(crate) mod tiles;

use crate::api::fields::{Field, Object, Type, field};
use crate::json::{Layout, Writer};
use crate::search::searching::{self, Names};
use decision::atlas::{Change, Place, Relocation, changes};
use decision::determination::Stamp;
use decision::outcome::Outcome;
use decision::{Country, Deciding};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Every place on one day, or on two.
#[derive(Debug)]
pub(crate) struct Atlas<'a> {
    /// The item and the user at hand, in a line.
    pub(crate) about: String,
    /// The day to compare with.
    pub(crate) before: Option<Sheet>,
    /// The day.
    pub(crate) sheet: Sheet,
    /// What varies.
    pub(crate) relocation: Relocation,
    /// Which rulebook answered.
    pub(crate) stamp: Stamp<'a>,
    /// Whether versions took part that are not law.
    pub(crate) proposed: bool,
    /// What became of the names.
    pub(crate) names: Names,
}

/// Every place on a day.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The day whose law was applied.
    pub(crate) law_date: Date,
    /// The places, in the order of their codes.
    pub(crate) places: Vec<Place>,
}

/// Places that have their outcome and the paragraph that decides in common.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) exception: Option<&'a str>,
    pub(crate) deciding: Deciding,
    pub(crate) countries: Vec<Country>,
}

impl Sheet {
    /// The groups, from the freest outcome to the strictest, the largest first.
    pub(crate) fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: BTreeMap<_, Vec<Country>> = BTreeMap::new();
        for place in &self.places {
            let key = (place.outcome, place.exception.as_deref(), anywhere(place));
            groups.entry(key).or_default().push(place.country);
        }
        let mut groups: Vec<Group<'_>> = groups
            .into_iter()
            .map(|((outcome, exception, deciding), countries)| Group {
                outcome,
                exception,
                deciding,
                countries,
            })
            .collect();
        groups.sort_by_key(|it| (it.outcome, it.exception, usize::MAX - it.countries.len()));
        groups
    }

    /// How many places have which outcome under which exception.
    pub(crate) fn counts(&self) -> BTreeMap<(Outcome, Option<&str>), usize> {
        let mut counts = BTreeMap::new();
        for place in &self.places {
            *counts.entry((place.outcome, place.exception.as_deref())).or_default() += 1;
        }
        counts
    }
}

impl Atlas<'_> {
    /// What changed, where two days are compared.
    pub(crate) fn changes(&self) -> Option<Vec<Change<'_>>> {
        Some(changes(&self.before.as_ref()?.places, &self.sheet.places))
    }

    /// What varies and what is held, in sentences.
    pub(crate) fn method(&self) -> Vec<String> {
        let mut method = vec![format!(
            "Varied: {}. Held: everything else as it is given; a country of a party that is not \
             given stays unknown or is presumed.",
            self.relocation.varied().join(", ")
        )];
        if !self.relocation.dropped().is_empty() {
            let home = self.relocation.home().map_or("the destination in the file", Country::name);
            method.push(format!(
                "Left out for every destination but {home}, for which it was obtained or \
                 measured: {}.",
                self.relocation.dropped().join(", ")
            ));
        }
        method.extend(self.names.sentence());
        if self.proposed {
            method.push("Versions that are not law took part: what would be, not what is.".into());
        }
        method
    }

    /// Which law answered.
    pub(crate) fn law(&self) -> String {
        let digest: String = self.stamp.digest.chars().take(8).collect();
        let verified = self.stamp.as_of.map(|it| format!(", verified to {it}")).unwrap_or_default();
        let days = match &self.before {
            Some(before) => format!("{} and of {}", before.law_date, self.sheet.law_date),
            None => self.sheet.law_date.to_string(),
        };
        format!("Law of {days}; {} {digest}{verified}. Not legal advice.", self.stamp.name)
    }

    /// One JSON document.
    pub(crate) fn json(&self, out: &mut Vec<u8>) {
        Writer::new(out, Layout::Pretty).object(|json| {
            json.text_of("about", &self.about);
            if let Some(before) = &self.before {
                json.text_of("law_date_before", &before.law_date.to_string());
            }
            json.text_of("law_date", &self.sheet.law_date.to_string());
            json.object_of("rulebook", |json| {
                json.text_of("name", self.stamp.name);
                let as_of = self.stamp.as_of.map(|it| it.to_string());
                json.optional_of("as_of", as_of.as_deref());
                json.text_of("digest", self.stamp.digest);
            });
            json.optional_of("destination", self.relocation.home().map(Country::code));
            json.texts_of("varied", self.relocation.varied());
            json.texts_of("left_out_elsewhere", self.relocation.dropped());
            self.names.write(json);
            if let Some(changes) = self.changes() {
                json.objects_of("changes", &changes, |json, it| {
                    json.text_of("country", it.after.country.code());
                    json.text_of("name", it.after.country.name());
                    json.object_of("before", |json| answer(json, it.before));
                    json.object_of("after", |json| answer(json, it.after));
                });
            }
            json.objects_of("places", &self.sheet.places, |json, it| {
                json.text_of("country", it.country.code());
                json.text_of("name", it.country.name());
                answer(json, it);
            });
        });
    }
}

/// Every object of an atlas as JSON; the first is the answer itself.
pub(crate) const ATLAS: &[Object] = &[
    Object {
        name: "atlas",
        about: "The outcome for every destination.",
        fields: &[
            field("about", Type::Text, "The item and the user at hand."),
            field("law_date_before", Type::Optional(&Type::Day), "The day compared with."),
            field("law_date", Type::Day, "The day whose law was applied."),
            field("rulebook", Type::One("rulebook"), "Which rulebook answered."),
            field("destination", Type::TextOrNull, "The destination that was given."),
            field("varied", Type::Texts, "The facts that vary with the place."),
            field("left_out_elsewhere", Type::Texts, "What holds for that destination only."),
            searching::FIELD,
            field(
                "changes",
                Type::Optional(&Type::Many("change")),
                "What changed between the days.",
            ),
            field("places", Type::Many("place"), "The places, in the order of their codes."),
        ],
    },
    searching::NAMES,
    Object { name: "place", about: "A place.", fields: PLACE },
    Object {
        name: "change",
        about: "A place whose outcome changed.",
        fields: &[
            field("country", Type::Text, "Its code."),
            field("name", Type::Text, "Its name."),
            field("before", Type::One("verdict"), "What was true before."),
            field("after", Type::One("verdict"), "What is true after."),
        ],
    },
    Object { name: "verdict", about: "An outcome.", fields: VERDICT },
];

const VERDICT: &[Field] = &[OUTCOME, EXCEPTION, REASONS, DECIDING];
const PLACE: &[Field] = &[
    field("country", Type::Text, "Its code."),
    field("name", Type::Text, "Its name."),
    OUTCOME,
    EXCEPTION,
    REASONS,
    DECIDING,
];
const OUTCOME: Field = field("outcome", Type::Outcome, "The outcome.");
const EXCEPTION: Field = field("exception", Type::TextOrNull, "The exception.");
const REASONS: Field = field("reasons", Type::Texts, "The reason codes.");
const DECIDING: Field = field("deciding", Type::One("deciding"), "The paragraph behind it.");

/// The paragraph that decides, in words that do not name the place.
fn anywhere(place: &Place) -> Deciding {
    let named = format!("Is {} ", place.country);
    let Deciding { citation, text } = place.deciding.clone();
    Deciding { citation, text: text.replace(&named, "Is this place ") }
}

fn answer(json: &mut Writer<'_>, place: &Place) {
    json.text_of("outcome", place.outcome.as_str());
    json.optional_of("exception", place.exception.as_deref());
    json.texts_of("reasons", &place.reasons);
    json.object_of("deciding", |json| {
        json.text_of("citation", &place.deciding.citation);
        json.text_of("text", &place.deciding.text);
    });
}

#[cfg(test)]
mod tests;
