//! The US Consolidated Screening List: one file of all the lists that exporters must look at.
//!
//! The CSV, the JSON and a shortened JSON hold the same entries in three shapes; each reader fills
//! an [`Entry`], and one function makes a party of it. Source: <https://www.trade.gov/consolidated-screening-list>.

mod compact;
mod entry;
mod records;
mod rows;

pub(super) use compact::read as compact;
pub(super) use records::read as json;
pub(super) use rows::read as rows;

use entry::Entry;

pub(super) use entry::{basis, notices};

/// The sources of the list: how their names begin or end, our code, and what they are called.
const SOURCES: [(&str, &str, &str); 15] = [
    ("Entity List (EL)", "EL", "Entity List"),
    ("Denied Persons List (DPL)", "DPL", "Denied Persons List"),
    ("Unverified List (UVL)", "UVL", "Unverified List"),
    ("Military End User (MEU) List", "MEU", "Military End-User List"),
    ("Specially Designated Nationals (SDN)", "SDN", "Specially Designated Nationals"),
    ("Sectoral Sanctions Identifications List (SSI)", "SSI", "Sectoral Sanctions Identifications"),
    ("Foreign Sanctions Evaders (FSE)", "FSE", "Foreign Sanctions Evaders"),
    ("Palestinian Legislative Council List (PLC)", "PLC", "Palestinian Legislative Council"),
    ("Non-SDN Menu-Based Sanctions List (NS-MBS List)", "MBS", "Non-SDN Menu-Based Sanctions"),
    (
        "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC)",
        "CMIC",
        "Non-SDN Chinese Military-Industrial Complex Companies",
    ),
    ("Capta List (CAP)", "CAP", "CAPTA List"),
    ("Non-SDN Iranian Sanctions Act List (NS-ISA)", "NS-ISA", "Non-SDN Iranian Sanctions Act List"),
    ("13599 List", "13599", "Executive Order 13599 List"),
    ("ITAR Debarred (DTC)", "DTC", "AECA Debarred"),
    ("Nonproliferation Sanctions (ISN)", "ISN", "Nonproliferation Sanctions"),
];

/// Our code of a source, and its name in words.
fn list(source: &str) -> Option<(&'static str, &'static str)> {
    let known =
        SOURCES.iter().find(|it| source.to_lowercase().starts_with(&it.0.to_lowercase()))?;
    Some((known.1, known.2))
}

/// Whether a list writes marks such as `a.k.a.` and `; and` between its names. OFAC gives plain
/// ones.
fn is_marked(code: &str) -> bool {
    matches!(code, "EL" | "UVL" | "MEU" | "DPL" | "ISN" | "DTC")
}
