//! `dpl.txt`: the Denied Persons List as BIS publishes it, separated by tabs.
//!
//! Source: <https://www.bis.doc.gov/dpl/dpl.txt>. A person stands there once for each address.

use super::super::country_names::country;
use super::super::particular::remark;
use super::super::problem::{ImportError, Reason};
use super::super::table::{Columns, Row, Table};
use super::super::{Batch, Problems, days, names};
use crate::party::{Address, ListedParty};

/// Our code of the list.
const LIST: &str = "DPL";

const NEEDED: [&str; 5] =
    ["name", "effective_date", "expiration_date", "standard_order", "fr_citation"];

pub(in super::super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut table = Table::new(text, b'\t');
    let columns = match table.next() {
        Some(Ok(row)) => {
            let (columns, width) = (Columns::new(row), row.len());
            table.expect_width(width);
            columns
        }
        Some(Err(_)) | None => return Err(ImportError::whole(file, Reason::Empty)),
    };
    columns.require(file, 1, &NEEDED)?;
    let mut batch = Batch::default();
    while let Some(row) = table.next() {
        match row {
            Ok(row) => match party(&columns, row, problems) {
                Some(party) => batch.parties.push(party),
                None => problems.entry(row.line, "has no name"),
            },
            Err(bad) => problems.entry(bad.line, bad.what),
        }
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.titles.insert(LIST.to_owned(), "Denied Persons List".to_owned());
    batch.lost = problems.lost();
    Ok(batch)
}

fn party(columns: &Columns, row: Row<'_>, problems: &mut Problems<'_>) -> Option<ListedParty> {
    let get = |name: &str| columns.get(row, name);
    let mut party = ListedParty { list: LIST.to_owned(), ..ListedParty::default() };
    names::push(&mut party.names, names::primary(get("name")));
    party.names.first()?;
    let home = country(get("country"));
    if home.is_none() && !get("country").is_empty() {
        let what = format!("`{}` is no country that is known", get("country"));
        problems.field(row.line, "Country", what);
    }
    let address = Address {
        text: names::tidy(get("street_address")),
        city: names::tidy(get("city")),
        region: names::tidy(get("state")),
        postal_code: names::tidy(get("postal_code")),
        country: home,
    };
    if address != Address::default() {
        party.addresses.push(address);
    }
    let mut day = |field: &str| {
        let day = days::us_day(get(field)).or_else(|| days::day(get(field)));
        if day.is_none() && !get(field).is_empty() {
            problems.field(row.line, field, format!("`{}` is no day", get(field)));
        }
        day
    };
    party.from = day("effective_date");
    // The file gives the last day.
    party.until = day("expiration_date").and_then(|it| it.tomorrow().ok());
    party.notices =
        Some(names::tidy(get("fr_citation"))).filter(|it| !it.is_empty()).into_iter().collect();
    if get("standard_order").eq_ignore_ascii_case("n") {
        remark(&mut party, "not a standard denial order: read its terms");
    }
    remark(&mut party, get("action"));
    Some(party)
}
