//! What else speaks for or against a match: dates, countries, identifiers, gender, kind, address.
//!
//! Kept apart from the likeness of names: a namesake is as alike as the party itself. A name alone
//! never reaches 1000, and less so the more common it is.

mod state;

use crate::identifier;
use crate::key::key;
use crate::normalize;
use crate::party::{DateSpan, Gender, ListedParty, PartyKind};
use crate::query::Query;
use crate::score::{Score, Tally};
use jiff::civil::Date;

pub(crate) use state::State;

/// Whether one kind of evidence speaks for or against.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Finding {
    /// Not known on one side or both.
    #[default]
    Unknown,
    /// They agree.
    Agrees,
    /// They are near each other, or may agree within what is known.
    Near,
    /// They differ.
    Differs,
}

/// All evidence besides the name.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Evidence {
    /// Day or year of birth or building.
    pub born: Finding,
    /// Countries.
    pub country: Finding,
    /// Documents and registrations.
    pub id: Finding,
    /// Gender.
    pub gender: Finding,
    /// Person, organization, vessel, aircraft.
    pub kind: Finding,
    /// Words and numbers of the address.
    pub address: Finding,
    /// Whose a public body is, by its name and the countries of the listed one.
    pub state: Finding,
}

const BORN: (i32, i32, i32) = (45, 15, -160);
const COUNTRY: (i32, i32, i32) = (15, 0, -25);
const ID: (i32, i32, i32) = (80, 0, -40);
const GENDER: (i32, i32, i32) = (5, 0, -120);
const KIND: (i32, i32, i32) = (0, 0, -200);
/// Another kind beside a name that is the same or nearly so. Tables of customers have the field
/// filled by default, so that alone must not clear whom a list names.
const KIND_OF_SAME: i32 = -100;
/// From this likeness on, in thousandths, a name is nearly the same.
const NEARLY: u16 = 950;
const ADDRESS: (i32, i32, i32) = (20, 8, 0);
const STATE: (i32, i32, i32) = (0, 0, -130);
/// What a matching identifier is worth without a matching name.
const ID_ALONE: u16 = 850;

impl Evidence {
    /// The evidence that a party's facts give on a query.
    pub(crate) fn of(query: &Query, kind: PartyKind, facts: &[u8]) -> Self {
        let mut evidence = Self { kind: kinds(query.kind, kind), ..Self::default() };
        let facts = Facts::read(facts);
        evidence.born = query.born.map_or(Finding::Unknown, |born| {
            facts
                .born
                .iter()
                .map(|it| dates(born.earliest, born.latest, it.0, it.1, born.circa || it.2))
                .max_by_key(|it| rank(*it))
                .filter(|it| {
                    *it != Finding::Differs || {
                        births_tell(query.kind, kind) && !stands_for_none(born)
                    }
                })
                .unwrap_or_default()
        });
        evidence.gender = match (query.gender, facts.gender) {
            (Some(a), Some(b)) if a == b => Finding::Agrees,
            (Some(_), Some(_)) => Finding::Differs,
            _ => Finding::Unknown,
        };
        if !query.countries.is_empty() && !facts.countries.is_empty() {
            let shared = query.countries.iter().any(|it| {
                facts.countries.iter().any(|other| other.as_slice() == it.as_str().as_bytes())
            });
            evidence.country = if shared { Finding::Agrees } else { Finding::Differs };
        }
        for id in &query.ids {
            let Some(number) = number_key(&id.number) else { continue };
            let kind = kind_key(&id.kind);
            for (listed, listed_kind) in &facts.ids {
                if *listed == number {
                    evidence.id = Finding::Agrees;
                } else if *listed_kind == kind && evidence.id == Finding::Unknown {
                    evidence.id = Finding::Differs;
                }
            }
        }
        if let Some(address) = &query.address {
            evidence.address = same_place(address, &facts.address);
        }
        evidence
    }

    /// The thousandths of all evidence that could be compared at all.
    #[must_use]
    pub fn completeness(self) -> u16 {
        let share =
            |finding: Finding, share: u16| if finding == Finding::Unknown { 0 } else { share };
        share(self.born, 350)
            + share(self.id, 300)
            + share(self.country, 150)
            + share(self.address, 100)
            + share(self.gender, 50)
            + share(self.kind, 50)
    }

    fn points(self) -> i32 {
        let points = |finding: Finding, (agrees, near, differs): (i32, i32, i32)| match finding {
            Finding::Unknown => 0,
            Finding::Agrees => agrees,
            Finding::Near => near,
            Finding::Differs => differs,
        };
        points(self.born, BORN)
            + points(self.country, COUNTRY)
            + points(self.id, ID)
            + points(self.gender, GENDER)
            + points(self.kind, KIND)
            + points(self.address, ADDRESS)
            + points(self.state, STATE)
    }

    /// The same, with what the name of a public body says beside the countries of a listed party
    /// whose name has so many words that carry it.
    pub(crate) fn of_state(self, state: &State, read: &str, facts: &[u8], words: usize) -> Self {
        let facts = Facts::read(facts);
        let countries = [facts.countries, facts.states].concat();
        let differs = state.is_another(read, &countries, words);
        Self { state: if differs { Finding::Differs } else { Finding::Unknown }, ..self }
    }

    /// The score of names so alike with this evidence. Rises with the likeness.
    #[must_use]
    pub fn score(self, tally: &Tally, weak: bool) -> Score {
        let is_same = tally.likeness.thousandths() >= NEARLY && self.kind == Finding::Differs;
        let eased = if is_same { KIND_OF_SAME - KIND.2 } else { 0 };
        // A name that is nearly the same has the country in it.
        let is_state = tally.likeness.thousandths() >= NEARLY && self.state == Finding::Differs;
        let eased = if is_state { eased - STATE.2 } else { eased };
        let score = name_alone(tally.likeness, tally.agreed, weak) + self.points() + eased;
        let floor = if self.id == Finding::Agrees { i32::from(ID_ALONE) } else { 0 };
        Score::new(u16::try_from(score.clamp(floor, 1000)).unwrap_or(0))
    }
}

/// The score of a name about which nothing else is known: the more common the words that agree, the
/// less they say.
fn name_alone(likeness: Score, agreed: u32, weak: bool) -> i32 {
    let told = i32::try_from(agreed.clamp(60, 180)).unwrap_or(60);
    let doubt = 40 + (180 - told) / 4 + if weak { 30 } else { 0 };
    i32::from(likeness.thousandths()) * (1000 - doubt) / 1000
}

/// Whether names so alike can reach `threshold` where evidence adds at most so many points.
pub(crate) fn may_reach(tally: &Tally, weak: bool, most: u8, threshold: Score) -> bool {
    name_alone(tally.likeness, tally.agreed, weak) + i32::from(most)
        >= i32::from(threshold.thousandths())
}

/// The least likeness of names with which a query like this can reach `threshold`.
pub(crate) fn least_likeness(query: &Query, threshold: Score) -> Score {
    least_likeness_with(most_points(query), threshold)
}

/// The most that evidence can add to the score of a query like this, unless an identifier matches.
pub(crate) fn most_points(query: &Query) -> u8 {
    let given = |is: bool, points: i32| if is { points } else { 0 };
    let most = given(query.born.is_some(), BORN.0)
        + given(!query.countries.is_empty(), COUNTRY.0)
        + given(query.gender.is_some(), GENDER.0)
        + given(query.address.is_some(), ADDRESS.0);
    u8::try_from(most).unwrap_or(u8::MAX)
}

/// The least likeness of names with which a query can reach `threshold` where evidence adds at most
/// so many points.
pub(crate) fn least_likeness_with(most: u8, threshold: Score) -> Score {
    // A matching identifier finds its party by itself.
    let least = (i32::from(threshold.thousandths()) - i32::from(most)).max(0) * 1000 / 960;
    Score::new(u16::try_from(least).unwrap_or(0))
}

/// What an address says of an entry, by the words and numbers of all addresses that it has.
#[must_use]
pub fn address(asked: &str, party: &ListedParty) -> Finding {
    same_place(asked, &listed_address(party))
}

/// What words and numbers of an address say beside those of an entry. One of another place says
/// nothing: a party may have several.
fn same_place(asked: &str, listed: &[u32]) -> Finding {
    let words = address_keys(asked);
    let shared = words.iter().filter(|it| listed.contains(it)).count();
    if shared >= 2 && shared * 2 >= words.len() {
        Finding::Agrees
    } else if shared > 0 {
        Finding::Near
    } else {
        Finding::Unknown
    }
}

/// The keys of the words and numbers of all addresses of an entry.
fn listed_address(party: &ListedParty) -> Vec<u32> {
    let mut keys: Vec<u32> = party
        .addresses
        .iter()
        .flat_map(|it| [&it.text, &it.city, &it.postal_code])
        .flat_map(|it| address_keys(it))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether programs write such a day where none is known: the first of their calendar, or one so far
/// off that nobody was born then. It speaks against nobody.
fn stands_for_none(born: DateSpan) -> bool {
    const FIRSTS: [(i16, i8, i8); 5] =
        [(1900, 1, 1), (1900, 1, 2), (1901, 1, 1), (1970, 1, 1), (1899, 12, 30)];
    let day = born.earliest;
    let is_day = born.earliest == born.latest;
    let first = is_day && FIRSTS.contains(&(day.year(), day.month(), day.day()));
    first || !(1850..2100).contains(&day.year())
}

/// Whether a day of birth speaks against a listed party that has another. The year in which a firm
/// was founded does not: what a customer tells is often that of a registration since.
pub(crate) fn births_tell(asked: PartyKind, listed: PartyKind) -> bool {
    !matches!(
        (asked, listed),
        (_, PartyKind::Organization) | (PartyKind::Organization, PartyKind::Unknown)
    )
}

/// The years before and after which nobody was born whom these spans are of, as far as the year
/// alone tells.
pub(crate) fn years(births: &[DateSpan]) -> Option<(i16, i16)> {
    let near = |it: &DateSpan| if it.circa { NEAR_CIRCA } else { NEAR };
    let first = births.iter().map(|it| it.earliest.year() - near(it)).min()?;
    let last = births.iter().map(|it| it.latest.year() + near(it)).max()?;
    Some((first, last))
}

/// Years by which a year may be another and is near.
const NEAR: i16 = 1;

/// The same where the list says that it is about then.
const NEAR_CIRCA: i16 = 5;

fn kinds(a: PartyKind, b: PartyKind) -> Finding {
    match (a, b) {
        (PartyKind::Unknown, _) | (_, PartyKind::Unknown) => Finding::Unknown,
        (a, b) if a == b => Finding::Agrees,
        _ => Finding::Differs,
    }
}

fn rank(finding: Finding) -> u8 {
    match finding {
        Finding::Unknown => 0,
        Finding::Differs => 1,
        Finding::Near => 2,
        Finding::Agrees => 3,
    }
}

fn dates(a: Date, b: Date, c: Date, d: Date, circa: bool) -> Finding {
    if a <= d && c <= b {
        return if a == c && b == d { Finding::Agrees } else { Finding::Near };
    }
    let years = |from: Date, to: Date| i32::from(from.year()) - i32::from(to.year());
    let apart = if a > d { years(a, d) } else { years(c, b) };
    let swapped = a == b
        && c == d
        && a.year() == c.year()
        && i32::from(a.month()) == i32::from(c.day())
        && i32::from(a.day()) == i32::from(c.month());
    if swapped
        || apart <= i32::from(NEAR) && (circa || a != b || c != d)
        || circa && apart <= i32::from(NEAR_CIRCA)
    {
        Finding::Near
    } else {
        Finding::Differs
    }
}

/// The key of an identifier's number, however it is written; nothing if there is too little of it.
pub(crate) fn number_key(number: &str) -> Option<u32> {
    let plain = identifier::plain(number);
    (plain.len() >= 5).then(|| key(b'#', &[plain.as_bytes()]))
}

fn kind_key(kind: &str) -> u32 {
    let plain: String =
        kind.chars().filter(char::is_ascii_alphabetic).map(|it| it.to_ascii_lowercase()).collect();
    key(b'k', &[plain.as_bytes()])
}

fn address_keys(text: &str) -> Vec<u32> {
    let mut keys: Vec<u32> = normalize::words(text)
        .into_iter()
        .filter(|it| it.text.len() > 2 || it.text.bytes().any(|it| it.is_ascii_digit()))
        .map(|it| key(b'@', &[it.text.as_bytes()]))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

struct Facts {
    gender: Option<Gender>,
    countries: Vec<[u8; 2]>,
    born: Vec<(Date, Date, bool)>,
    ids: Vec<(u32, u32)>,
    address: Vec<u32>,
    /// Countries in the names of a public body.
    states: Vec<[u8; 2]>,
}

/// Writes what [`Facts::read`] reads.
pub(crate) fn write(party: &ListedParty, to: &mut Vec<u8>) {
    to.push(match party.gender {
        None => 0,
        Some(Gender::Female) => 1,
        Some(Gender::Male) => 2,
    });
    let mut countries: Vec<&str> = party
        .countries
        .iter()
        .map(|it| &it.1)
        .chain(party.addresses.iter().filter_map(|it| it.country.as_ref()))
        .map(crate::CountryCode::as_str)
        .collect();
    countries.sort_unstable();
    countries.dedup();
    count(countries.len(), to);
    for it in countries.iter().take(255) {
        to.extend(it.as_bytes());
    }
    count(party.births.len(), to);
    for it in party.births.iter().take(255) {
        for date in [it.earliest, it.latest] {
            to.extend(date.year().to_le_bytes());
            to.extend(date.month().to_le_bytes());
            to.extend(date.day().to_le_bytes());
        }
        to.push(u8::from(it.circa));
    }
    let ids: Vec<(u32, u32)> = party
        .ids
        .iter()
        .filter_map(|it| Some((number_key(&it.number)?, kind_key(&it.kind))))
        .collect();
    count(ids.len(), to);
    for (number, kind) in ids.iter().take(255) {
        to.extend(number.to_le_bytes());
        to.extend(kind.to_le_bytes());
    }
    let address = listed_address(party);
    count(address.len(), to);
    for it in address.iter().take(255) {
        to.extend(it.to_le_bytes());
    }
    let states = party.names.iter().filter_map(|it| State::of(&it.text, party.kind));
    let mut states: Vec<crate::CountryCode> = states.flat_map(State::into_countries).collect();
    states.sort_unstable();
    states.dedup();
    count(states.len(), to);
    for it in states.iter().take(255) {
        to.extend(it.as_str().as_bytes());
    }
}

fn count(count: usize, to: &mut Vec<u8>) {
    to.push(u8::try_from(count).unwrap_or(u8::MAX));
}

impl Facts {
    fn read(bytes: &[u8]) -> Self {
        let mut facts = Self {
            gender: None,
            countries: Vec::new(),
            born: Vec::new(),
            ids: Vec::new(),
            address: Vec::new(),
            states: Vec::new(),
        };
        let _ = facts.fill(bytes);
        facts
    }

    fn fill(&mut self, bytes: &[u8]) -> Option<()> {
        let mut rest = bytes;
        self.gender = match take::<1>(&mut rest)? {
            [1] => Some(Gender::Female),
            [2] => Some(Gender::Male),
            _ => None,
        };
        for _ in 0..take::<1>(&mut rest)?[0] {
            self.countries.push(take::<2>(&mut rest)?);
        }
        for _ in 0..take::<1>(&mut rest)?[0] {
            let (from, to) = (date(take::<4>(&mut rest)?), date(take::<4>(&mut rest)?));
            let [circa] = take::<1>(&mut rest)?;
            if let (Some(from), Some(to)) = (from, to) {
                self.born.push((from, to, circa != 0));
            }
        }
        for _ in 0..take::<1>(&mut rest)?[0] {
            let (number, kind) = (take::<4>(&mut rest)?, take::<4>(&mut rest)?);
            self.ids.push((u32::from_le_bytes(number), u32::from_le_bytes(kind)));
        }
        for _ in 0..take::<1>(&mut rest)?[0] {
            self.address.push(u32::from_le_bytes(take::<4>(&mut rest)?));
        }
        for _ in 0..take::<1>(&mut rest)?[0] {
            self.states.push(take::<2>(&mut rest)?);
        }
        Some(())
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

fn date([a, b, month, day]: [u8; 4]) -> Option<Date> {
    Date::new(i16::from_le_bytes([a, b]), i8::from_le_bytes([month]), i8::from_le_bytes([day])).ok()
}
