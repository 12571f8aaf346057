//! The lists of the Office of Foreign Assets Control: SDN and the consolidated non-SDN lists, as
//! CSV sets, XML and advanced XML. Source: <https://sanctionslist.ofac.treas.gov>.

mod advanced;
mod elements;
mod remarks;
mod rows;

pub(super) use advanced::read as advanced;
pub(super) use elements::read as xml;
pub(super) use rows::{Companions, Part, part, read as csv};

use super::Batch;

/// Programs that only the consolidated lists of other than blocked persons have.
const NOT_BLOCKED: [&str; 3] = ["NS-PLC", "CMIC-EO13959", "FSE-IR"];

/// The lists of a file: our codes and their names.
const TITLES: [(&str, &str); 7] = [
    ("SDN", "Specially Designated Nationals"),
    ("SSI", "Sectoral Sanctions Identifications"),
    ("PLC", "Palestinian Legislative Council"),
    ("CMIC", "Non-SDN Chinese Military-Industrial Complex Companies"),
    ("FSE", "Foreign Sanctions Evaders"),
    ("CAP", "CAPTA List"),
    ("MBS", "Non-SDN Menu-Based Sanctions"),
];

fn titled() -> Batch {
    let mut batch = Batch::default();
    for (code, title) in TITLES {
        batch.titles.insert(code.to_owned(), title.to_owned());
    }
    batch
}

/// Sorts the entries of one file into its lists. A file of blocked persons is one list; the
/// consolidated file is several, told apart by the programs of an entry.
fn sort(batch: &mut Batch) {
    let count = |of: &[&str]| {
        let tagged = batch
            .parties
            .iter()
            .filter(|it| it.programs.iter().any(|program| of.contains(&program.as_str())));
        tagged.count()
    };
    let consolidated = count(&NOT_BLOCKED) * 20 > batch.parties.len();
    for party in &mut batch.parties {
        let has = |program: &str| party.programs.iter().any(|it| it.starts_with(program));
        let list = if !consolidated {
            "SDN"
        } else if has("CMIC-") {
            "CMIC"
        } else if has("NS-PLC") {
            "PLC"
        } else if has("FSE-") {
            "FSE"
        } else if has("UKRAINE-EO13662") {
            "SSI"
        } else if has("561-") {
            "CAP"
        } else {
            "MBS"
        };
        list.clone_into(&mut party.list);
    }
}
