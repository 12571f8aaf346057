//! What a classification means for the declared markets, in a few lines.

use crate::report::words;
use decision::outcome::Outcome;
use decision::release::Impact;
use decision::release::impact::{ASSUMED, Reach};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many countries are named.
const NAMED: usize = 12;

/// The lines about one component's markets.
pub(crate) fn lines(impacts: &[Impact<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    for impact in impacts {
        let all = impact.destinations.len();
        let now = count(impact.destinations.iter().map(|it| &it.now));
        lines.push(format!("{}: {}", impact.market.name, counted(&now, all)));
        let mut changed: BTreeMap<(Reach, Reach), Vec<&str>> = BTreeMap::new();
        for it in &impact.destinations {
            if let Some(before) = it.before.as_ref().filter(|before| **before != it.now) {
                let key = (before.clone(), it.now.clone());
                changed.entry(key).or_default().push(it.country.code());
            }
        }
        for ((before, now), countries) in changed {
            lines.push(format!(
                "  {} {}: before {}, now {} ({})",
                countries.len(),
                destinations(countries.len()),
                phrase(&before),
                phrase(&now),
                named(&countries)
            ));
        }
    }
    lines
}

/// What was assumed, in lines.
pub(crate) fn assumed(impacts: &[Impact<'_>]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for impact in impacts {
        let market = impact.market;
        let purposes: Vec<&str> = market.purposes.iter().map(|it| it.as_str()).collect();
        let mut user = format!("{}: sector {}", market.name, market.sector);
        if let Some(level) = market.government_level {
            // Writing to a string cannot fail.
            let _ = write!(user, ", government level {level}");
        }
        let _ = write!(user, ", for {}", purposes.join(" and "));
        if !lines.contains(&user) {
            lines.push(user);
        }
    }
    lines.push(ASSUMED.join("; "));
    lines.push("each sale is checked by itself: exeat check".to_owned());
    lines
}

fn count<'a>(reaches: impl Iterator<Item = &'a Reach>) -> BTreeMap<Reach, usize> {
    let mut counts = BTreeMap::new();
    for reach in reaches {
        *counts.entry(reach.clone()).or_default() += 1;
    }
    counts
}

fn counted(counts: &BTreeMap<Reach, usize>, all: usize) -> String {
    let parts: Vec<String> =
        counts.iter().map(|(reach, count)| format!("{count} {}", phrase(reach))).collect();
    format!("of {all} {}, {}.", destinations(all), words::and(&parts))
}

fn destinations(count: usize) -> &'static str {
    if count == 1 { "destination" } else { "destinations" }
}

fn phrase(reach: &Reach) -> String {
    match (reach.outcome, &reach.exception) {
        (Outcome::LicenseException, Some(symbol)) => format!("under {symbol}"),
        (Outcome::LicenseException, None) => "under an exception".to_owned(),
        (Outcome::NoLicenseRequired, _) => "without a license".to_owned(),
        (Outcome::LicenseRequired, _) => "with a license only".to_owned(),
        (Outcome::NeedsReview, _) => "to be reviewed case by case".to_owned(),
        (Outcome::Prohibited, _) => "prohibited".to_owned(),
        (Outcome::NotSubject, _) => "outside the EAR".to_owned(),
        (Outcome::NotAnExport, _) => "no export".to_owned(),
    }
}

fn named(countries: &[&str]) -> String {
    let shown = countries.iter().take(NAMED).copied().collect::<Vec<_>>().join(" ");
    match countries.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
