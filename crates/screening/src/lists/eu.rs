//! The consolidated financial sanctions list of the European Union: XML (schema 1.1) and CSV.
//!
//! Source: <https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions>.

mod elements;
mod rows;

pub(super) use elements::read as xml;
pub(super) use rows::read as csv;

use super::Batch;

/// Our code of the list.
const LIST: &str = "EU";

fn titled() -> Batch {
    let mut batch = Batch::default();
    batch.titles.insert(LIST.to_owned(), "EU Consolidated Financial Sanctions List".to_owned());
    batch
}
