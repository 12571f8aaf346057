//! A second opinion: License Exception ACE and the NS columns of the Country Chart, written a
//! second time from the regulation, without the rule language, the engine or the rulebook's
//! tables, and held against the engine on many made-up sales.
//!
//! The second reading is naive on purpose. Where the two disagree, the paragraph decides who is
//! wrong. The tables come from the shared facts; without them the comparison is left out, loudly.
#![expect(clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod ace;
mod tables;

use crate::fuzz::rulebook::{engine, root};
use crate::hunt::prey::Dice;
use ace::Reading;
use decision::transaction::read::{Format, read};
use decision::{Country, Determination, Options, Trace};
use law::Truth;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use tables::{Cell, Tables};

/// How many sales are compared; `EXEAT_SECOND_OPINION` asks for more.
const SALES: usize = 6000;

/// A sale of one item, as a tree of keys and values.
pub(crate) struct Sale(Value);

/// One of its parties.
pub(crate) struct Party<'sale>(&'sale Value);

fn text<'value>(value: &'value Value, key: &str) -> &'value str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn words<'value>(value: &'value Value, key: &str) -> Vec<&'value str> {
    let list = value.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}

impl Sale {
    fn new(dice: &mut Dice) -> Self {
        let activity = dice.of(&["export", "export", "export", "reexport", "deemed-export"]);
        let deemed = activity == "deemed-export";
        let destination = place(dice);
        let entry = if deemed {
            dice.of(&["4E001.c", "4E001.a for 4D004", "5E001.a for 5A001.j", "4D004"])
        } else {
            dice.of(&ENTRIES)
        };
        let (eccn, parent) = entry.split_once(" for ").unwrap_or((entry, ""));
        let form = match eccn.as_bytes().get(1) {
            Some(b'A' | b'B') => "commodity",
            Some(b'D') if deemed => "source-code",
            Some(b'D') => dice.of(&["object-code", "source-code"]),
            _ => "technology",
        };
        let mut item = json!({
            "eccn": eccn, "form": form, "published": false, "fundamental_research": false,
            "in_published_patent": false, "digital_artifact": dice.once_in(2),
            "also_controlled": [], "value_usd": 7000, "supplied_as": "product",
            "original_export_authorized": false, "same_consignee": false,
            "origin": {"us_origin": true}
        });
        if !parent.is_empty() {
            item["eccn_for"] = parent.into();
        }
        let many = 1 + usize::from(dice.once_in(4));
        let mut purposes: Vec<&str> = (0..many).map(|_| dice.of(&PURPOSES)).collect();
        purposes.sort_unstable();
        purposes.dedup();
        let mut parties = vec![user(dice, destination, deemed)];
        if !deemed && dice.once_in(3) {
            parties.push(middleman(dice));
        }
        let papers: &[&str] =
            if dice.once_in(2) { &["hk-import-license", "hk-export-license"] } else { &[] };
        let from = if activity == "reexport" { place(dice) } else { "US" };
        let mut sale = json!({
            "date": dice.of(&DAYS), "activity": activity, "from": from,
            "destination": destination, "transit": [], "items": [item], "parties": parties,
            "end_use": {
                "purposes": purposes,
                "knows": if dice.once_in(10) { vec!["unauthorized-access"] } else { vec![] },
                "incident": {
                    "victim_sector": dice.of(&["bank", "health", "insurer", "private-other"]),
                    "victim_is_us_subsidiary": dice.once_in(4)
                }
            },
            "documents_held": papers, "notices": [], "red_flags": [], "authorizations": []
        });
        // Such equipment has a paragraph of its own from that day on; before, it was 4A005.
        if text(&sale, "date") < "2023-11-17" && eccn == "4A005.z.1" {
            sale["items"][0]["eccn"] = "4A005".into();
        }
        Self(sale)
    }

    pub(crate) fn text(&self, key: &str) -> &str {
        text(&self.0, key)
    }

    fn item(&self) -> &Value {
        &self.0["items"][0]
    }

    /// The entry with its parent.
    pub(crate) fn entry(&self) -> String {
        let (eccn, parent) = (text(self.item(), "eccn"), text(self.item(), "eccn_for"));
        if parent.is_empty() { eccn.to_owned() } else { format!("{eccn} for {parent}") }
    }

    pub(crate) fn is_artifact(&self) -> bool {
        self.item()["digital_artifact"] == true
    }

    pub(crate) fn parties(&self) -> impl Iterator<Item = Party<'_>> {
        self.0["parties"].as_array().into_iter().flatten().map(Party)
    }

    pub(crate) fn user(&self) -> Party<'_> {
        Party(&self.0["parties"][0])
    }

    pub(crate) fn holds(&self, paper: &str) -> bool {
        words(&self.0, "documents_held").contains(&paper)
    }

    pub(crate) fn knows(&self, what: &str) -> bool {
        words(&self.0["end_use"], "knows").contains(&what)
    }

    /// Whether every purpose is one of these.
    pub(crate) fn is_only_for(&self, some: &[&str]) -> bool {
        words(&self.0["end_use"], "purposes").iter().all(|it| some.contains(it))
    }

    /// Whether the systems that were hit belong to a favorable treatment end user.
    pub(crate) fn victim_is_favorable(&self) -> Option<bool> {
        let incident = self.0["end_use"].get("incident")?;
        let sector = ["bank", "health", "insurer"].contains(&text(incident, "victim_sector"));
        Some(sector || incident["victim_is_us_subsidiary"] == true)
    }
}

impl<'sale> Party<'sale> {
    pub(crate) fn text(&self, key: &str) -> &'sale str {
        text(self.0, key)
    }

    pub(crate) fn is(&self, key: &str) -> bool {
        self.0[key] == true
    }

    pub(crate) fn number(&self, key: &str) -> i64 {
        self.0[key].as_i64().unwrap_or_default()
    }

    pub(crate) fn is_listed(&self, list: &str) -> bool {
        self.0["lists"].as_array().into_iter().flatten().any(|it| text(it, "list") == list)
    }
}

const ENTRIES: [&str; 14] = [
    "4A005",
    "4A005.z.1",
    "4D004",
    "4D004",
    "4D001.a for 4A005",
    "4D001.a for 4D004",
    "4E001.c",
    "4E001.a for 4A005",
    "4E001.a for 4D004",
    "5A001.j",
    "5A001.j",
    "5D001.c for 5A001.j",
    "5E001.a for 5A001.j",
    "5E001.a for 5B001.a for 5A001.j",
];
const DAYS: [&str; 14] = [
    "2022-02-01",
    "2022-03-07",
    "2022-05-25",
    "2022-05-26",
    "2022-08-01",
    "2023-06-01",
    "2024-03-14",
    "2024-03-15",
    "2024-04-18",
    "2024-04-19",
    "2025-10-15",
    "2026-07-09",
    "2026-07-10",
    "2026-09-24",
];
const PURPOSES: [&str; 8] = [
    "vulnerability-disclosure",
    "cyber-incident-response",
    "investigation-or-prosecution",
    "investigation-or-prosecution",
    "defensive-testing",
    "law-enforcement",
    "internal-business-use",
    "other",
];
const SECTORS: [&str; 26] = [
    "police",
    "police",
    "judiciary",
    "prosecution",
    "national-csirt",
    "national-csirt",
    "legislature",
    "civil-administration",
    "telecom-it-agency",
    "finance-tax",
    "central-bank",
    "international-organization",
    "bank",
    "insurer",
    "health",
    "medical-research",
    "financial-services",
    "university",
    "research-institute",
    "utility",
    "telecom",
    "transport",
    "retail-wholesale",
    "cloud-storage",
    "private-other",
    "private-other",
];
/// Places where something changes; the others come now and then.
const PLACES: [&str; 30] = [
    "DE", "FR", "GB", "AU", "CA", "JP", "IN", "BR", "VN", "CN", "HK", "MO", "IL", "TW", "CY", "SA",
    "AE", "RU", "BY", "CU", "IR", "KP", "SY", "UA", "UA-43", "UA-14", "IQ", "KH", "NI", "VE",
];

fn place(dice: &mut Dice) -> &'static str {
    if dice.once_in(3) {
        let count = Country::all().count();
        return Country::all().nth(dice.roll(count)).map_or("DE", Country::code);
    }
    dice.of(&PLACES)
}

fn user(dice: &mut Dice, destination: &str, deemed: bool) -> Value {
    let country = if dice.once_in(6) { place(dice) } else { destination };
    let sector = if deemed { "private-other" } else { dice.of(&SECTORS) };
    // A government may own a firm of any kind; an agency has no shares. Where it holds half, no US
    // firm holds more.
    let owned = if deemed { 0 } else { [0, 0, 24, 25, 60].get(dice.roll(5)).copied().unwrap_or(0) };
    let mut party = json!({
        "role": if deemed { "employee" } else { "end-user" }, "name": "User",
        "country": if deemed { "US" } else { country }, "sector": sector,
        "government_level": "national", "state_owned_percent": owned,
        "state_appoints_board_majority": false, "us_subsidiary": !deemed && owned < 50 && dice.once_in(10),
        "headquarters": country, "owners": [], "us_status": "foreign-person",
        "nationalities": [{"country": destination, "status": "citizen"}],
        "lists": if dice.once_in(20) { json!([{"list": "UVL"}]) } else { json!([]) }
    });
    if dice.once_in(5) {
        party["government_of"] = place(dice).into();
    }
    party
}

fn middleman(dice: &mut Dice) -> Value {
    let country = dice.of(&["DE", "SG", "AE", "GB"]);
    json!({
        "role": dice.of(&["purchaser", "intermediate-consignee", "carrier"]), "name": "Middleman",
        "country": country, "sector": "private-other", "state_owned_percent": 0,
        "state_appoints_board_majority": false, "us_subsidiary": false, "headquarters": country,
        "owners": [], "lists": if dice.once_in(6) { json!([{"list": "UVL"}]) } else { json!([]) }
    })
}

fn shared() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "a test is told where the shared facts are")]
    let told = std::env::var("EXEAT_SHARED").ok();
    // A relative path is meant from the root of the repository, as `./test` means it.
    root().join(told.unwrap_or_else(|| "../shared".to_owned()))
}

fn sales() -> usize {
    #[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
    let told = std::env::var("EXEAT_SECOND_OPINION").ok();
    told.and_then(|it| it.parse().ok()).unwrap_or(SALES)
}

/// Where the engine and the second opinion part, in a few words.
fn parting(sale: &Sale, answer: &Determination<'_>, tables: &Tables) -> Option<String> {
    let item = answer.items.first()?;
    let ns =
        |column: &str| item.requirements.iter().find(|it| it.reason == column).map(|it| it.truth);
    let column =
        if ["5A001.j", "5B001.a"].contains(&sale.entry().as_str()) { "NS2" } else { "NS1" };
    let day = sale.text("date");
    let is_listed = day >= "2022-03-07";
    let is_outside = item.license_required == Truth::False && item.requirements.is_empty();
    // Note 1 to 4E001 takes such technology out of the entry.
    let disclosure = sale.is_only_for(&["vulnerability-disclosure", "cyber-incident-response"])
        && sale.entry().starts_with("4E001");
    let home = tables.cell(sale.text("destination"), column, day) == Cell::NotUsed;
    // A paragraph that is not on the list yet says nothing, and the entry above it does not either.
    if sale.entry().contains(".z") && day < "2023-11-17" {
        let may_go = answer.outcome.is_permissive() && !home;
        return may_go.then(|| "a paragraph before its day".to_owned());
    }
    if is_listed && !disclosure && !home {
        let cell = tables.cell(sale.text("destination"), column, day);
        match (cell, ns(column)) {
            (Cell::Marked, Some(Truth::True))
            | (Cell::Blank, None | Some(Truth::Unknown))
            | (Cell::Unverified, _) => {}
            (Cell::Marked, None) if is_outside && answer.outcome.is_permissive() => {
                return Some(format!("{column} is marked, and nothing is required"));
            }
            (cell, found) => return Some(format!("{column}: the chart {cell:?}, found {found:?}")),
        }
    }
    let found = item.exceptions.iter().find(|it| it.symbol == "ACE").map(|it| it.available);
    match (ace::read(sale, tables), found) {
        (Reading::Closed(why), Some(Truth::True)) => Some(format!("ACE is closed by {why}")),
        (Reading::Unclear(why), Some(Truth::True)) => Some(format!("ACE is not certain: {why}")),
        (Reading::Open, Some(Truth::False)) => Some("ACE is open".to_owned()),
        (Reading::Open, Some(Truth::Unknown)) => Some("ACE is open, found unknown".to_owned()),
        _ => None,
    }
}

#[test]
fn a_second_reading_of_the_regulation_agrees() {
    let Some(tables) = Tables::read(&shared()) else {
        let place = shared();
        crate::loud(&format!("SKIPPED: no shared facts in {} (set EXEAT_SHARED)", place.display()));
        return;
    };
    let options = Options { trace: Trace::Lean, max_law_age: 10_000, ..Options::default() };
    let mut dice = Dice::new(3);
    let mut partings: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..sales() {
        let sale = Sale::new(&mut dice);
        let json = sale.0.to_string();
        let transaction = read(Format::Json, json.as_bytes()).expect("a sale that can be read");
        let answer = engine().decide(&transaction, &options);
        *compared.entry(answer.outcome.as_str()).or_default() += 1;
        if let Some(parting) = parting(&sale, &answer, &tables) {
            let entry = partings.entry(parting).or_insert((0, json));
            entry.0 += 1;
        }
    }
    let mut report = String::new();
    for (parting, (count, example)) in &partings {
        let _ = writeln!(report, "{parting}: {count} times, such as\n  {example}");
    }
    assert!(partings.is_empty(), "{report}");
    for outcome in ["license-exception", "license-required", "no-license-required"] {
        assert!(compared.get(outcome).is_some_and(|it| *it > 100), "{outcome}: {compared:?}");
    }
}
