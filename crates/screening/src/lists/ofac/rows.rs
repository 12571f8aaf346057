//! The CSV sets of OFAC: main rows, addresses, aliases and what the remarks had no room for.
//!
//! The files have no headers. `-0-` is nothing; a byte 0x1A ends the original files.

use super::super::country_names::country;
use super::super::particular::{self, link, remark};
use super::super::problem::{ImportError, Reason};
use super::super::table::{Row, Table};
use super::super::{Batch, Problems, names};
use super::remarks;
use crate::party::{Address, CountryLink, ListedParty, NameRole, PartyKind};
use std::collections::{BTreeMap, BTreeSet};

/// Which file of a set a text is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in super::super) enum Part {
    Main,
    Addresses,
    Aliases,
    Comments,
}

/// Tells by its first row which part of a set a text is.
pub(in super::super) fn part(text: &str) -> Option<Part> {
    let mut table = Table::new(text, b',');
    let Some(Ok(row)) = table.next() else { return None };
    let numbers = |place: usize| {
        let field = row.field(place);
        !field.is_empty() && field.bytes().all(|it| it.is_ascii_digit())
    };
    match row.len() {
        12 if numbers(0) => Some(Part::Main),
        6 if numbers(0) && numbers(1) => Some(Part::Addresses),
        5 if numbers(0) && numbers(1) && role(row.field(2)).is_some() => Some(Part::Aliases),
        2 if numbers(0) && row.field(1).len() > 20 => Some(Part::Comments),
        _ => None,
    }
}

/// So many entries may lack what nearly all have.
const FEW: usize = 20;

/// The other files of a set, by the number of the entry.
#[derive(Default)]
pub(in super::super) struct Companions {
    comments: BTreeMap<String, String>,
    addresses: BTreeMap<String, Vec<Address>>,
    aliases: BTreeMap<String, Vec<(String, NameRole)>>,
}

/// Reads a main file together with all that was found beside it.
pub(in super::super) fn read(
    file: &str,
    text: &str,
    companions: &Companions,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut batch = super::titled();
    let mut table = Table::new(text, b',');
    table.expect_width(12);
    let (mut rows, mut broken) = (0_u64, 0_u64);
    while let Some(row) = table.next() {
        rows += 1;
        match row {
            Ok(row) => match party(row, companions, problems) {
                Some(party) => batch.parties.push(party),
                None => problems.entry(row.line, "has no name"),
            },
            Err(bad) => {
                broken += 1;
                problems.entry(bad.line, bad.what);
            }
        }
    }
    if broken * 2 > rows {
        return Err(ImportError::whole(file, Reason::TooBroken { broken, rows }));
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    super::sort(&mut batch);
    batch.lost = problems.lost();
    Ok(batch)
}

impl Companions {
    /// Whether a file of aliases was among them.
    pub(in super::super) fn has_aliases(&self) -> bool {
        !self.aliases.is_empty()
    }

    /// Why these files are no set with the entries of a main file: one of them ends long before the
    /// entries do, so it was cut off or is of an older day.
    pub(in super::super) fn end_early(&self, parties: &[ListedParty]) -> Option<String> {
        self.numbers().into_iter().find_map(|(what, numbers)| {
            let last = numbers.iter().filter_map(|it| it.parse::<u64>().ok()).max()?;
            let entries = parties.iter().filter_map(|it| it.id.parse::<u64>().ok());
            let beyond = entries.filter(|it| *it > last).count();
            (beyond > FEW && beyond * 50 > parties.len()).then(|| {
                format!(
                    "the file of {what} ends before the last {beyond} entries: it was cut off or is \
                     of an older day, so this is not the whole list"
                )
            })
        })
    }

    /// The same where they hold much of entries that no main file has: those are of an older day.
    pub(in super::super) fn of_others(&self, entries: &BTreeSet<String>) -> Option<String> {
        self.numbers().into_iter().find_map(|(what, numbers)| {
            let others = numbers.iter().filter(|it| !entries.contains(**it)).count();
            (others > FEW && others * 50 > numbers.len()).then(|| {
                format!(
                    "the file of {what} has {others} entries that are not here: it is of another \
                     day, so this is not the whole list"
                )
            })
        })
    }

    /// The numbers of the entries in each file, with what it holds of them.
    fn numbers(&self) -> [(&'static str, Vec<&String>); 2] {
        let aliases = self.aliases.keys().collect();
        [("aliases", aliases), ("addresses", self.addresses.keys().collect())]
    }

    /// Adds the rows of one more file.
    pub(in super::super) fn add(&mut self, part: Part, text: &str, problems: &mut Problems<'_>) {
        let mut table = Table::new(text, b',');
        table.expect_width(match part {
            Part::Main => 12,
            Part::Addresses => 6,
            Part::Aliases => 5,
            Part::Comments => 2,
        });
        while let Some(row) = table.next() {
            match row {
                Ok(row) => self.row(part, row, problems),
                // The loss is one of a name or an address, not of an entry.
                Err(bad) => problems.field(bad.line, "row", bad.what),
            }
        }
    }

    fn row(&mut self, part: Part, row: Row<'_>, problems: &mut Problems<'_>) {
        let number = row.field(0).to_owned();
        match part {
            Part::Main => {}
            Part::Comments => {
                self.comments.entry(number).or_default().push_str(row.field(1));
            }
            Part::Aliases => {
                if let Some(role) = role(row.field(2)) {
                    let name = value(row, 3).to_owned();
                    self.aliases.entry(number).or_default().push((name, role));
                } else {
                    let what = format!("`{}` is no kind of name", row.field(2));
                    problems.field(row.line, "alt_type", what);
                }
            }
            Part::Addresses => {
                let home = country(value(row, 4));
                if home.is_none() && !value(row, 4).is_empty() {
                    let what = format!("`{}` is no country that is known", value(row, 4));
                    problems.field(row.line, "country", what);
                }
                let place = if home.is_none() { value(row, 4) } else { "" };
                let address = Address {
                    text: names::tidy(&format!("{}, {place}", value(row, 2))),
                    // The field is city, province and postal code in one.
                    city: names::tidy(value(row, 3)),
                    country: home,
                    ..Address::default()
                };
                if address != Address::default() {
                    self.addresses.entry(number).or_default().push(address);
                }
            }
        }
    }
}

fn role(text: &str) -> Option<NameRole> {
    match text {
        "aka" | "nka" => Some(NameRole::Alias),
        "fka" => Some(NameRole::Former),
        _ => None,
    }
}

/// A field, or nothing where it is `-0-`.
fn value(row: Row<'_>, place: usize) -> &str {
    match row.field(place) {
        "-0-" => "",
        field => field,
    }
}

fn party(
    row: Row<'_>,
    companions: &Companions,
    problems: &mut Problems<'_>,
) -> Option<ListedParty> {
    let of = |place: usize| value(row, place);
    let mut party = ListedParty {
        id: of(0).to_owned(),
        kind: match of(2) {
            "individual" => PartyKind::Person,
            "vessel" => PartyKind::Vessel,
            "aircraft" => PartyKind::Aircraft,
            _ => PartyKind::Organization,
        },
        programs: of(3).split("] [").map(names::tidy).filter(|it| !it.is_empty()).collect(),
        ..ListedParty::default()
    };
    remarks::alias(&mut party, of(1), NameRole::Primary, false);
    party.names.first()?;
    for (name, role) in companions.aliases.get(of(0)).into_iter().flatten() {
        remarks::alias(&mut party, name, *role, false);
    }
    party.addresses = companions.addresses.get(of(0)).cloned().unwrap_or_default();
    remark(&mut party, of(4));
    if !of(5).is_empty() {
        particular::add(&mut party, "Call Sign", of(5), None);
    }
    for (name, place) in
        [("vessel type", 6), ("tonnage", 7), ("gross tonnage", 8), ("vessel owner", 10)]
    {
        if !of(place).is_empty() {
            remark(&mut party, &format!("{name}: {}", of(place)));
        }
    }
    let flag = of(9);
    if !flag.is_empty() && !link(&mut party, CountryLink::Registration, flag) {
        problems.field(row.line, "vess_flag", format!("`{flag}` is no country that is known"));
        remark(&mut party, &format!("flag: {flag}"));
    }
    // The remarks go on in the other file in the middle of a word.
    let more = companions.comments.get(of(0)).map_or("", String::as_str);
    remarks::read(&mut party, &format!("{}{more}", of(11)), row.line, problems);
    Some(party)
}
