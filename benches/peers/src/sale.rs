//! The sales that are compared, and the tables of the day.

use decision::Country;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// The day of all of them.
pub const DAY: &str = "2026-09-24";

/// A sale of one item to one end user.
#[derive(Clone, Debug)]
pub struct Sale {
    pub destination: &'static str,
    pub eccn: &'static str,
    pub form: &'static str,
    pub family: &'static str,
    pub reasons: &'static [&'static str],
    pub sector: &'static str,
    pub state_owned_percent: i64,
    pub purpose: &'static str,
    pub digital_artifact: bool,
    pub knows: bool,
}

/// What the tables say of a country on the day.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub groups: Vec<String>,
    pub marked: Vec<String>,
    /// Whether something of it is not verified: the peers know no "perhaps".
    pub is_doubtful: bool,
}

const ITEMS: [(&str, &str, &str, &[&str]); 4] = [
    ("4D004", "object-code", "g1", &["NS1", "AT1"]),
    ("4A005", "commodity", "g1", &["NS1", "AT1"]),
    ("5A001.j", "commodity", "g2", &["NS2", "AT1"]),
    ("5A992.c", "commodity", "none", &["AT1"]),
];

const USERS: [(&str, i64); 10] = [
    ("bank", 0),
    ("insurer", 0),
    ("police", 0),
    ("judiciary", 0),
    ("national-csirt", 0),
    ("civil-administration", 0),
    ("telecom", 0),
    ("telecom", 60),
    ("transport", 30),
    ("private-other", 0),
];

/// Destinations for which part 746, § 740.2 and the orders of part 736 say nothing of their own.
const ELSEWHERE: [&str; 12] =
    ["CU", "IR", "KP", "SY", "RU", "BY", "IQ", "HK", "UA", "UA-43", "UA-14", "UA-09"];

/// All of them, in an order without meaning.
pub fn sales() -> Vec<Sale> {
    let places = places();
    let mut all = Vec::new();
    for country in Country::all() {
        let destination = country.code();
        let is_simple = places.get(destination).is_some_and(|it| !it.is_doubtful);
        if ELSEWHERE.contains(&destination) || !is_simple {
            continue;
        }
        for (eccn, form, family, reasons) in ITEMS {
            for (sector, state_owned_percent) in USERS {
                for (purpose, digital_artifact, knows) in [
                    ("internal-business-use", false, false),
                    ("vulnerability-disclosure", false, false),
                    ("investigation-or-prosecution", true, false),
                    ("internal-business-use", false, true),
                ] {
                    all.push(Sale {
                        destination,
                        eccn,
                        form,
                        family,
                        reasons,
                        sector,
                        state_owned_percent,
                        purpose,
                        digital_artifact,
                        knows,
                    });
                }
            }
        }
    }
    let count = all.len();
    (0..count).filter_map(|it| all.get(it * 7919 % count).cloned()).collect()
}

/// The groups and the marks of every country on the day, from the tables of the rulebook.
pub fn places() -> BTreeMap<String, Place> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for row in rows("country-groups.csv") {
        let place = places.entry(row["iso2"].clone()).or_default();
        place.groups = row["groups"].split(';').map(str::to_owned).collect();
        place.is_doubtful |= row["groups"].contains('?');
    }
    for row in rows("country-chart.csv") {
        let marked = row.iter().filter(|it| it.1 == "X").map(|it| it.0.clone());
        let place = places.entry(row["iso2"].clone()).or_default();
        place.marked = marked.collect();
        place.is_doubtful |= row.values().any(|it| it == "X?");
    }
    places
}

fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks/us-ear/tables");
    let text = fs::read_to_string(folder.join(name)).expect("a table of the rulebook");
    let mut lines = text.lines().filter(|it| !it.starts_with('#'));
    let names: Vec<&str> = lines.next().expect("a heading").split(',').collect();
    let row = |line: &str| -> BTreeMap<String, String> {
        names.iter().map(|it| (*it).to_owned()).zip(cells(line)).collect()
    };
    let in_force = |row: &BTreeMap<String, String>| {
        row["from"].as_str() <= DAY && (row["until"].is_empty() || row["until"].as_str() > DAY)
    };
    lines.map(row).filter(in_force).collect()
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            it => cells.last_mut().expect("a cell").push(it),
        }
    }
    cells
}
