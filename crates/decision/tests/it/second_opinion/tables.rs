//! Country groups and the Country Chart, read from the shared facts and not from the rulebook.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// One dated row of a table, by the names of its columns.
type Row = BTreeMap<String, String>;

/// The tables of the shared regulations.
pub(crate) struct Tables {
    groups: BTreeMap<String, Vec<Row>>,
    chart: BTreeMap<String, Vec<Row>>,
    earlier: BTreeMap<String, Vec<Row>>,
}

/// What the chart says of one cell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cell {
    /// There is an X.
    Marked,
    /// There is none.
    Blank,
    /// The chart is not used for the place (15 CFR § 732.3(d)(4)), or it is a place of the US.
    NotUsed,
    /// No source says.
    Unverified,
}

/// The groups of a place on a day.
pub(crate) struct Groups<'tables> {
    listed: Vec<&'tables str>,
    /// Whether the sources differ about Group D:5, the only group about which they do.
    doubtful: bool,
}

impl Groups<'_> {
    /// Whether it is in one of these; `None` where the sources differ.
    pub(crate) fn any(&self, some: &[&str]) -> Option<bool> {
        let listed = |it: &&str| self.listed.contains(it) && !(self.doubtful && *it == "D:5");
        if some.iter().any(listed) {
            return Some(true);
        }
        (!(self.doubtful && some.contains(&"D:5"))).then_some(false)
    }
}

impl Tables {
    /// The tables in the folder of the shared facts, or `None` where it is missing.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        let read = |name: &str| {
            let text = fs::read_to_string(folder.join("regulations").join(name)).ok()?;
            let mut by_country: BTreeMap<String, Vec<Row>> = BTreeMap::new();
            for row in csv::Reader::from_reader(text.as_bytes()).deserialize() {
                let row: Row = row.expect("a row");
                by_country.entry(row["iso2"].clone()).or_default().push(row);
            }
            Some(by_country)
        };
        Some(Self {
            groups: read("country-groups.csv")?,
            chart: read("country-chart.csv")?,
            earlier: read("country-chart-history.csv")?,
        })
    }

    /// The groups of a place on a day; `None` where no source names it.
    pub(crate) fn groups(&self, country: &str, day: &str) -> Option<Groups<'_>> {
        let row = self.groups.get(country)?.iter().find(|it| is_in_force(it, day))?;
        if row["citation"].starts_with("UNVERIFIED") {
            return None;
        }
        let notes = &row["notes"];
        let doubtful = notes.contains("TABLE CONFLICT") || notes.contains("UNVERIFIED - check");
        Some(Groups { listed: row["groups"].split(';').collect(), doubtful })
    }

    /// The cell of a place in a column on a day.
    pub(crate) fn cell(&self, country: &str, column: &str, day: &str) -> Cell {
        let earlier = self.earlier.get(country).into_iter().flatten();
        let now = self.chart.get(country).into_iter().flatten();
        let Some(row) = earlier.filter(|it| is_in_force(it, day)).chain(now).next() else {
            return Cell::Unverified;
        };
        match row.get("row_type").map_or("chart", String::as_str) {
            "inherits" => self.cell(&row["inherits_from"], column, day),
            "chart" if row[column] == "X" => Cell::Marked,
            "chart" => Cell::Blank,
            "part746" | "united_states" => Cell::NotUsed,
            _ => Cell::Unverified,
        }
    }
}

/// Both days are inclusive in these files.
fn is_in_force(row: &Row, day: &str) -> bool {
    let (from, to) = (row["effective_from"].as_str(), row["effective_to"].as_str());
    from <= day && (to.is_empty() || day <= to)
}
