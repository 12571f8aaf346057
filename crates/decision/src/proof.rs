//! What is proved of a rulebook, of every transaction that there could be.
//!
//! Nothing here is drawn at random. A property is shown either of every day's law as it was written,
//! for any number of parties, items and listings and whatever is unknown of them (`growth`,
//! `promises`, `doubt`), or of how facts are made, by making them of every combination of the
//! fields that are read together (`unknown`, `order`). What each property ranges over is said with
//! it. Where one fails, ordinary transactions are searched for one that shows it (`search`).
//!
//! Not proved here: that the rulebook says what the regulation says, and how products are
//! classified and names are matched.

mod doubt;
mod growth;
mod order;
mod promises;
pub(crate) mod scene;
mod search;
mod unknown;

use crate::engine::{Day, Engine};
use crate::matter::out_of_date;
use jiff::ToSpan;
use jiff::civil::Date;
use law::rulebook::Block;
use std::collections::BTreeMap;
use unknown::Found;

/// One property, and what came of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proof {
    /// The property, in a sentence.
    pub property: String,
    /// The paragraph that promises it; empty where it is the program that does.
    pub citation: &'static str,
    /// What it was put to, such as `every transaction on 27 stretches of days`.
    pub over: String,
    /// Whether it holds.
    pub verdict: Verdict,
}

/// Whether a property holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Of everything that it was put to.
    Holds,
    /// Not, or it could not be shown.
    Fails {
        /// Where, and why.
        why: String,
        /// A transaction that shows it, as JSON, where one was found.
        counterexample: Option<String>,
    },
}

impl Proof {
    /// Whether the property holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.verdict == Verdict::Holds
    }
}

impl Engine {
    /// Proves the properties of the rulebook, one after the other: those in whose words or citation
    /// `only` stands, or all.
    pub fn prove(&self, only: Option<&str>, mut report: impl FnMut(Proof)) {
        let mut days = self.rulebook().epochs();
        days.retain(|it| *it >= self.rulebook().from);
        let days: Vec<(Date, &Day)> = days.into_iter().map(|it| (it, self.day(it))).collect();
        let wanted = |property: &str, citation: &str| {
            only.is_none_or(|it| property.contains(it) || citation.contains(it))
        };
        for promise in promises::PROMISES.iter().filter(|it| wanted(it.name, it.citation)) {
            report(self.promised(promise, &days));
        }
        for more in growth::MORE.iter().filter(|it| wanted(&it.property(), "")) {
            report(self.never_freer(more, &days));
        }
        for (property, prove) in OF_THE_LAW {
            if wanted(property, "") {
                let (over, verdict) = prove(self, &days);
                report(Proof { property: (*property).to_owned(), citation: "", over, verdict });
            }
        }
        for (property, prove) in OF_FACTS {
            if wanted(property, "") {
                report(found(property, prove(self)));
            }
        }
    }

    fn promised(&self, promise: &promises::Promise, days: &[(Date, &Day)]) -> Proof {
        let mut count = 0;
        let mut broken = BTreeMap::new();
        for (from, day) in days {
            if let Some(found) = promise.broken_on((*from, day), self.rulebook()) {
                count += 1;
                if !found.is_empty() {
                    broken.insert(*from, found);
                }
            }
        }
        let verdict = match broken.first_key_value() {
            None => Verdict::Holds,
            Some((day, found)) => {
                let said = found.iter().map(|(outcome, exception)| match exception {
                    Some(exception) => format!("{outcome} {exception}"),
                    None => outcome.to_string(),
                });
                let said: Vec<String> = said.collect();
                // The law of today comes before that of the past.
                let mut days = broken.keys().rev();
                let shown = days.find_map(|it| promise.counterexample(self, *it));
                Verdict::Fails {
                    why: format!("from {day} on there may be: {}", said.join(", ")),
                    counterexample: shown.map(|it| it.to_string()),
                }
            }
        };
        Proof {
            property: promise.name.to_owned(),
            citation: promise.citation,
            over: stretches(count),
            verdict,
        }
    }

    fn never_freer(&self, more: &growth::More, days: &[(Date, &Day)]) -> Proof {
        let found = days.iter().find_map(|(from, day)| {
            let blocks = more.loosened_by(&day.law, &day.effects)?;
            let names = blocks.iter().filter_map(|it| day.law.block(*it).map(Block::id));
            Some((*from, names.collect::<Vec<_>>()))
        });
        let verdict = match found {
            None => Verdict::Holds,
            Some((from, names)) => {
                let names = if names.is_empty() {
                    "the way blocks are put together".to_owned()
                } else {
                    names.join(", ")
                };
                let mut days = days.iter().rev().map(|it| it.0).filter(|it| *it >= from);
                let shown = days.find_map(|it| more.counterexample(self, it));
                Verdict::Fails {
                    why: format!("from {from} on it may be loosened by {names}"),
                    counterexample: shown.map(|it| it.to_string()),
                }
            }
        };
        Proof { property: more.property(), citation: "", over: stretches(days.len()), verdict }
    }
}

/// What is proved of every day's law by a way of its own.
type OfTheLaw = fn(&Engine, &[(Date, &Day)]) -> (String, Verdict);

const OF_THE_LAW: &[(&str, OfTheLaw)] = &[
    ("no permissive answer rests on text that is not verified or not expressed", doubtful),
    ("the order of legs never matters to what a chain may do", chains),
    ("a shorter limit on the age of the law never loosens an answer", age_of_law),
];

/// What is proved of how facts are made.
type OfFacts = fn(&Engine) -> Found;

const OF_FACTS: &[(&str, OfFacts)] = &[
    ("a presumption only replaces an unknown, and is listed", unknown::presumptions),
    ("what is left out is unknown, and never known otherwise", unknown::left_out),
    ("the order of parties never matters", order::parties),
    ("the order of items never matters", order::items),
];

fn found(property: &str, found: Found) -> Proof {
    let (over, verdict) = match found {
        Ok(count) => (format!("{count} combinations of fields"), Verdict::Holds),
        Err((why, json)) => {
            let counterexample = Some(json.to_string());
            (String::new(), Verdict::Fails { why, counterexample })
        }
    };
    Proof { property: property.to_owned(), citation: "", over, verdict }
}

fn doubtful(engine: &Engine, days: &[(Date, &Day)]) -> (String, Verdict) {
    let met = doubt::met(engine.rulebook());
    let mut looked_at = 0;
    let certain = days.iter().find_map(|(from, _)| match doubt::on(engine, &met, *from) {
        Ok(count) => {
            looked_at += count;
            None
        }
        Err(block) => Some((*from, block)),
    });
    let verdict = match certain {
        None => Verdict::Holds,
        Some((from, block)) => Verdict::Fails {
            why: format!("on {from} {block} is certain although it is not verified"),
            counterexample: None,
        },
    };
    (format!("{looked_at} such blocks on {}", stretches_only(days.len())), verdict)
}

fn chains(_: &Engine, days: &[(Date, &Day)]) -> (String, Verdict) {
    let odd = days.iter().find(|it| !order::legs(&it.1.law, &it.1.effects));
    let verdict = match odd {
        None => Verdict::Holds,
        Some((from, _)) => Verdict::Fails {
            why: format!("on {from} a barred leg does more to another than raise a flag"),
            counterexample: None,
        },
    };
    (stretches(days.len()), verdict)
}

/// A law that may be older is never the reason of a stricter answer, and one that may be less old
/// never of a freer one.
fn age_of_law(engine: &Engine, _: &[(Date, &Day)]) -> (String, Verdict) {
    const AGES: u32 = 800;
    let rulebook = engine.rulebook();
    let mut verdict = Verdict::Holds;
    let later = |days: i64| rulebook.verified_through.checked_add(days.days()).ok();
    let days = (-1..i64::from(AGES) + 2).filter_map(later);
    for day in days.chain([rulebook.from, rulebook.from.yesterday().unwrap_or(Date::MIN)]) {
        let refuses = |age| out_of_date(rulebook, day, age).is_some();
        let mut ages = (0..AGES).map(|it| (it, refuses(it), refuses(it + 1)));
        if let Some((age, ..)) = ages.find(|(_, shorter, longer)| !shorter && *longer) {
            let why = format!("on {day} {age} days are enough, and {} are not", age + 1);
            verdict = Verdict::Fails { why, counterexample: None };
        }
    }
    (format!("every limit up to {AGES} days on every day that it can matter"), verdict)
}

fn stretches(count: usize) -> String {
    format!("every transaction on {}", stretches_only(count))
}

fn stretches_only(count: usize) -> String {
    format!("{count} stretches of days")
}
