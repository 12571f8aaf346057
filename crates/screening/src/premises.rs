//! Entries that name only an address: whoever sits there.
//!
//! An address is taken apart into house number, street, house, floor and room (`place`). Two of
//! house number, street and house tell the site; where both sides tell a room, the room decides,
//! and another room of the same house is another address. What one side leaves out (a district, a
//! floor, the town) speaks against nothing; where the room itself is left out, it may be the listed
//! one. Countries decide only where the address names one: whoever sits there may be registered
//! anywhere (15 CFR § 744.16(f)). Where the parts cannot be told, the words and numbers of the
//! listed address are counted in the other.

mod keys;
mod place;
mod words;

use crate::lists::country_names;
use crate::party::{Address, Basis, ListedParty};
use crate::{CountryCode, Score};
pub use keys::Keys;
pub(crate) use keys::keys_of;
use place::{Item, Number, Place};
use std::collections::BTreeSet;
use words::{ENDS, HOUSES, KINDS, STREETS};

/// Entries of an address alone, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Premises {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    /// The place of the party among those that were given.
    party: u32,
    country: Option<CountryCode>,
    site: Site,
}

/// A listed address.
#[derive(Clone, Debug)]
struct Site {
    /// The numbers of its house.
    houses: BTreeSet<Number>,
    /// Its rooms, with their floors.
    rooms: BTreeSet<Room>,
    /// Its floors.
    floors: BTreeSet<u32>,
    /// The names of its street, written as one word, with what makes it a street.
    streets: Vec<Named>,
    /// The names of its house.
    buildings: Vec<Named>,
    /// Its towers.
    towers: BTreeSet<String>,
    /// All words and numbers that tell where it is, for addresses without these parts.
    words: BTreeSet<String>,
}

/// A name written as one word, and the usual word beside it, if any.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Named {
    name: String,
    what: Option<String>,
}

/// What an address says of the listed room or floor.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Within {
    /// It is that one, or the whole house is listed.
    Agrees,
    /// It tells none.
    LeftOut,
    /// It is another one.
    Another,
}

/// A room by its floor, where that is known, and its number or letter there.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Room(Option<u32>, String);

/// From this share of a listed address on, in thousandths, it may be the same.
const ALIKE: u32 = 700;
/// What an address scores that leaves out what decides, such as the room.
const LEFT_OUT: Score = Score::new(800);
/// What an address scores where house number or street are left out.
const SHORT: Score = Score::new(900);
/// A name as short as this is no house by itself.
const SHORTEST: usize = 4;

impl Premises {
    /// The entries of an address among `parties`, each with its place among all.
    pub fn of<'p>(parties: impl IntoIterator<Item = (u32, &'p ListedParty)>) -> Self {
        let mut entries = Vec::new();
        for (place, party) in parties {
            if party.basis == Basis::Name {
                continue;
            }
            for address in &party.addresses {
                let site = Site::of(address);
                entries.push(Entry { party: place, country: address.country, site });
            }
        }
        Self { entries }
    }

    /// The entries that an address may be, each with how sure that is. `countries` are those of the
    /// one who sits there; where an address names a country, only that one counts.
    #[must_use]
    pub fn at(&self, address: &str, countries: &[CountryCode]) -> Vec<(u32, Score)> {
        let asked = Asked::of(address, countries);
        let mut found: Vec<(u32, Score)> = Vec::new();
        for entry in &self.entries {
            let Some(score) = entry.site.is_at(&asked, entry.country) else { continue };
            match found.iter_mut().find(|it| it.0 == entry.party) {
                Some(known) => known.1 = known.1.max(score),
                None => found.push((entry.party, score)),
            }
        }
        found
    }
}

/// An address that is asked for.
struct Asked<'c> {
    place: Place,
    words: BTreeSet<String>,
    /// The countries that the text names.
    named: Vec<CountryCode>,
    /// Where the one who sits there is said to be.
    countries: &'c [CountryCode],
}

impl<'c> Asked<'c> {
    fn of(address: &str, countries: &'c [CountryCode]) -> Self {
        let place = Place::read(address);
        let words = words_in(&place);
        Self { place, words, named: named_countries(address), countries }
    }
}

/// The countries that stand in an address, between commas or at its end.
fn named_countries(address: &str) -> Vec<CountryCode> {
    let mut named: Vec<CountryCode> = Vec::new();
    for part in address.split([',', ';', '\n', '(', ')']) {
        let part = part.trim().trim_end_matches('.');
        let words: Vec<&str> = part.split_whitespace().collect();
        for last in 1..=words.len().min(3) {
            let tail = words.get(words.len() - last..).unwrap_or_default().join(" ");
            // Two letters may be anything behind a word: `Apt DE`, `Suite IN`.
            if (last == words.len() || tail.len() > 2)
                && let Some(country) = country_names::country(&tail)
            {
                named.push(country);
            }
        }
    }
    named
}

/// Hong Kong and Macau are written as places in China, and the other way round.
fn same_country(first: CountryCode, second: CountryCode) -> bool {
    let china = |it: CountryCode| matches!(it.as_str(), "CN" | "HK" | "MO");
    first == second || china(first) && china(second)
}

impl Site {
    /// Takes a listed address apart.
    fn of(address: &Address) -> Self {
        let place = Place::read(&address.text);
        let (houses, unnamed) = houses(&place);
        let rooms = if place.rooms.is_empty() { &unnamed } else { &place.rooms };
        let rooms = rooms_of(rooms.iter().copied(), &place.floors);
        let mut words = words_in(&place);
        words.extend(words_in(&Place::read(&format!("{}, {}", address.city, address.postal_code))));
        Self {
            floors: floors_of(&rooms, &place.floors),
            houses,
            rooms,
            streets: streets(&place.items),
            buildings: buildings(&place.items),
            towers: place.towers,
            words,
        }
    }

    /// How sure it is that somebody sits here; `None` where it is another address.
    fn is_at(&self, asked: &Asked<'_>, country: Option<CountryCode>) -> Option<Score> {
        let agrees = |it: &CountryCode| country.is_none_or(|country| same_country(country, *it));
        if !asked.named.is_empty() && !asked.named.iter().any(agrees) {
            return None;
        }
        let another_tower = !self.towers.is_empty()
            && !asked.place.towers.is_empty()
            && self.towers.is_disjoint(&asked.place.towers);
        let number = self.number_agrees(&asked.place);
        let within = self.within(&asked.place, number);
        if another_tower || within == Within::Another {
            return None;
        }
        let items = &asked.place.items;
        let street = self.streets.iter().any(|it| self.is_on(it, items));
        let building = self.buildings.iter().find(|it| is_in(it, items));
        let near = || {
            let here = |it: &&CountryCode| agrees(it);
            asked.named.iter().chain(asked.countries).next().is_none()
                || asked.named.iter().chain(asked.countries).any(|it| here(&it))
                || self.shares_a_town(&asked.words)
        };
        let site = match building {
            Some(_) if number => Some(Score::new(1000)),
            None if number && street => Some(Score::new(1000)),
            Some(_) if street => Some(SHORT),
            // The house alone tells where a room is, if no other street is named.
            Some(it) if within == Within::Agrees && !self.rooms.is_empty() => {
                let known = it.name.chars().count() >= SHORTEST && near() && !on_a_street(items);
                known.then_some(SHORT)
            }
            _ => None,
        };
        match (site, within) {
            (Some(_), Within::LeftOut) => Some(LEFT_OUT),
            (Some(score), _) => Some(score),
            (None, _) => share(&self.words, &asked.words),
        }
    }

    fn number_agrees(&self, asked: &Place) -> bool {
        let bare = asked.bare.iter().flat_map(|it| &it.1);
        asked.marked.iter().chain(bare).any(|it| self.is_house(*it))
    }

    fn is_house(&self, number: Number) -> bool {
        let same = |it: &Number| {
            it.0 == number.0 && (it.1 == number.1 || it.1.is_none() || number.1.is_none())
        };
        number.0 > 0 && self.houses.iter().any(same)
    }

    /// Whether the room is the listed one, where `number` says whether the house number is.
    fn within(&self, asked: &Place, number: bool) -> Within {
        let unnamed = asked.bare.iter().filter(|_| asked.rooms.is_empty()).flat_map(|(at, all)| {
            all.iter().filter(|it| it.0 < 10_000 && !self.is_house(**it)).map(move |it| (*at, *it))
        });
        let unnamed: Vec<(usize, Number)> = unnamed.collect();
        let all = asked.rooms.iter().copied().chain(unnamed.iter().map(|it| it.1));
        let rooms = rooms_of(all, &asked.floors);
        if rooms.iter().any(|it| self.rooms.iter().any(|listed| listed.may_be(it))) {
            return Within::Agrees;
        }
        let named = rooms_of(asked.rooms.iter().copied(), &asked.floors);
        let floors = floors_of(&named, &asked.floors);
        let another_floor =
            !self.floors.is_empty() && !floors.is_empty() && self.floors.is_disjoint(&floors);
        // `905 Hollywood Plaza`: what comes first, and is not the house, is the room.
        let first = number && unnamed.first().is_some_and(|it| it.0 == 0);
        match () {
            () if another_floor => Within::Another,
            () if self.rooms.is_empty() && self.floors.is_empty() => Within::Agrees,
            () if self.rooms.is_empty() && !floors.is_empty() => Within::Agrees,
            () if self.rooms.is_empty() => Within::LeftOut,
            () if !asked.rooms.is_empty() || first => Within::Another,
            () => Within::LeftOut,
        }
    }

    /// Whether a street stands in an address, beside what makes it a street or beside the number.
    fn is_on(&self, street: &Named, items: &[Item]) -> bool {
        occurrences(&street.name, items).any(|(from, to)| {
            let before = from.checked_sub(1).and_then(|it| items.get(it));
            let beside = |it: Option<&Item>| match (it, &street.what) {
                (Some(Item::Word(word)), Some(what)) => word == what,
                (Some(Item::Number(numbers)), _) => numbers.iter().any(|it| self.is_house(*it)),
                _ => false,
            };
            street.what.is_none() || beside(items.get(to)) || beside(before)
        })
    }

    /// Whether a town or district of the listed address stands in another.
    fn shares_a_town(&self, words: &BTreeSet<String>) -> bool {
        let of_a_name = |word: &str| {
            self.streets.iter().chain(&self.buildings).any(|it| it.name.contains(word))
        };
        self.words.intersection(words).any(|it| !is_number(it) && !of_a_name(it))
    }
}

impl Room {
    fn may_be(&self, other: &Self) -> bool {
        self.1 == other.1 && (self.0 == other.0 || self.0.is_none() || other.0.is_none())
    }
}

/// The numbers of a house; and, where rooms are not called so and two numbers stand before the
/// street, those that are then rooms.
fn houses(place: &Place) -> (BTreeSet<Number>, BTreeSet<Number>) {
    let bare = || place.bare.iter().flat_map(|it| it.1.iter().copied());
    if !place.marked.is_empty() {
        return (place.marked.clone(), bare().collect());
    }
    let street = place.items.iter().position(|it| is_word_of(it, &STREETS));
    let nearest = street.and_then(|at| place.bare.iter().rev().find(|it| it.0 < at));
    match nearest {
        Some((at, house)) if place.rooms.is_empty() => {
            let others = place.bare.iter().filter(|it| it.0 < *at).flat_map(|it| it.1.iter());
            (house.iter().copied().collect(), others.copied().collect())
        }
        Some((_, house)) => (house.iter().copied().collect(), BTreeSet::new()),
        None => (bare().collect(), BTreeSet::new()),
    }
}

/// Rooms by floor: 1318 is the eighteenth of floor 13, `16D` is D of floor 16, and a room below
/// 100 is on the floor that is told beside it.
fn rooms_of(numbers: impl Iterator<Item = Number>, floors: &BTreeSet<u32>) -> BTreeSet<Room> {
    let mut rooms = BTreeSet::new();
    for Number(value, letter) in numbers {
        let letters = letter.map(String::from).unwrap_or_default();
        let here = |rest: &str| -> Vec<Room> {
            if floors.is_empty() {
                vec![Room(None, rest.to_owned())]
            } else {
                floors.iter().map(|it| Room(Some(*it), rest.to_owned())).collect()
            }
        };
        match value {
            0 => rooms.extend(here(&letters)),
            100.. => {
                rooms.insert(Room(Some(value / 100), format!("{}{letters}", value % 100)));
            }
            _ => {
                rooms.extend(here(&format!("{value}{letters}")));
                if letter.is_some() && (floors.is_empty() || floors.contains(&value)) {
                    rooms.insert(Room(Some(value), letters));
                }
            }
        }
    }
    rooms
}

fn floors_of(rooms: &BTreeSet<Room>, told: &BTreeSet<u32>) -> BTreeSet<u32> {
    told.iter().copied().chain(rooms.iter().filter_map(|it| it.0)).collect()
}

fn is_word_of(item: &Item, words: &[&str]) -> bool {
    matches!(item, Item::Word(it) if words.contains(&it.as_str()))
}

/// Whether an address names a street at all.
fn on_a_street(items: &[Item]) -> bool {
    streets(items).iter().any(|it| it.what.is_some())
}

/// The streets of a listed address.
fn streets(items: &[Item]) -> Vec<Named> {
    let mut streets = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Item::Word(word) = item else { continue };
        if STREETS.contains(&word.as_str()) {
            // `Bright Way Tower` is a house.
            let of_a_house = items.get(at + 1).is_some_and(|it| is_word_of(it, &HOUSES));
            let name = Some(before(items, at)).filter(|it| !it.is_empty());
            let name = name.or_else(|| Some(after(items, at + 1)).filter(|it| !it.is_empty()));
            if let Some(name) = name.filter(|_| !of_a_house) {
                streets.push(Named { name, what: Some(word.clone()) });
            }
        } else if WHOLE.iter().any(|it| word.len() > it.len() + 2 && word.ends_with(it)) {
            streets.push(Named { name: word.clone(), what: None });
        }
    }
    streets
}

/// Ends of words that are the name of a street by themselves.
const WHOLE: [&str; 7] = ["way", "strasse", "gasse", "weg", "straat", "laan", "gatan"];

/// The houses of a listed address that have a name.
fn buildings(items: &[Item]) -> Vec<Named> {
    let at = items.iter().enumerate().filter(|it| is_word_of(it.1, &HOUSES));
    at.filter_map(|(at, item)| {
        let kinds = items.get(..at)?.iter().rev().take_while(|it| is_word_of(it, &KINDS)).count();
        let name = before(items, at - kinds);
        let Item::Word(what) = item else { return None };
        (name.len() > 1).then(|| Named { name, what: Some(what.clone()) })
    })
    .collect()
}

/// The longest name of a street or house, in words.
const LONGEST: usize = 4;

fn is_of_a_name(item: &Item) -> bool {
    let ends = |it: &str| STREETS.contains(&it) && it != "way" || HOUSES.contains(&it);
    matches!(item, Item::Word(it) if !ends(it))
}

/// The words right before a place, as one.
fn before(items: &[Item], at: usize) -> String {
    let words = items.get(..at).unwrap_or_default().iter().rev();
    let mut words: Vec<&Item> = words.take(LONGEST).take_while(|it| is_of_a_name(it)).collect();
    words.reverse();
    squashed(&words)
}

/// The words from a place on, as one.
fn after(items: &[Item], at: usize) -> String {
    let words = items.get(at..).unwrap_or_default().iter();
    squashed(&words.take(LONGEST).take_while(|it| is_of_a_name(it)).collect::<Vec<_>>())
}

fn squashed(items: &[&Item]) -> String {
    let word = |it: &&Item| match it {
        Item::Word(word) => Some(word.clone()),
        Item::Number(_) | Item::End => None,
    };
    items.iter().filter_map(word).collect()
}

/// Where a name stands, in however many words: the places of the first and behind the last.
fn occurrences<'i>(name: &'i str, items: &'i [Item]) -> impl Iterator<Item = (usize, usize)> + 'i {
    (0..items.len()).filter_map(move |from| {
        let mut rest = name;
        for (length, item) in items.get(from..)?.iter().enumerate() {
            let Item::Word(word) = item else { return None };
            rest = rest.strip_prefix(word.as_str())?;
            if rest.is_empty() {
                return Some((from, from + length + 1));
            }
        }
        None
    })
}

/// Whether a house stands in an address: its name, and no other kind of house or street behind it.
fn is_in(house: &Named, items: &[Item]) -> bool {
    occurrences(&house.name, items).any(|(_, to)| {
        let mut rest = items.get(to..).unwrap_or_default().iter();
        let next = rest.find(|it| !is_word_of(it, &KINDS));
        match next {
            Some(it) if is_word_of(it, &HOUSES) => {
                matches!((it, &house.what), (Item::Word(it), Some(what)) if it == what)
            }
            Some(it) if is_word_of(it, &STREETS) => false,
            _ => house.name.chars().count() >= SHORTEST,
        }
    })
}

/// How much of a listed address stands in another; nothing where that is too little, or where no
/// number or no word agrees.
fn share(listed: &BTreeSet<String>, asked: &BTreeSet<String>) -> Option<Score> {
    let weight = |it: &String| if is_number(it) { 2_u32 } else { 1 };
    let all: u32 = listed.iter().map(weight).sum();
    let shared: u32 = listed.intersection(asked).map(weight).sum();
    let agree = |number: bool| listed.intersection(asked).any(|it| is_number(it) == number);
    let share = (shared * 1000).checked_div(all)?;
    let is_alike = share >= ALIKE && agree(true) && agree(false);
    is_alike.then(|| Score::new(u16::try_from(share).unwrap_or(1000)))
}

fn is_number(word: &str) -> bool {
    word.bytes().any(|it| it.is_ascii_digit())
}

/// Words of addresses that tell nothing of where it is.
const COMMON: [&str; 12] = [
    "address", "box", "city", "district", "hong", "kong", "number", "of", "office", "po", "room",
    "the",
];

/// The words and numbers of an address that tell where it is.
fn words_in(place: &Place) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let number = |it: &Number| match it.1 {
        Some(letter) => format!("{}{letter}", it.0),
        None => it.0.to_string(),
    };
    for item in &place.items {
        match item {
            Item::Word(word) => {
                let known = [&STREETS[..], &HOUSES, &KINDS, &ENDS, &COMMON];
                if word.chars().count() > 1 && !known.iter().any(|it| it.contains(&word.as_str())) {
                    words.insert(word.clone());
                }
            }
            Item::Number(numbers) => {
                words.extend(numbers.first().into_iter().chain(numbers.last()).map(number));
            }
            Item::End => {}
        }
    }
    words.extend(place.rooms.iter().filter(|it| it.0 > 0).map(number));
    words.extend(place.floors.iter().map(u32::to_string));
    words
}

#[cfg(test)]
mod tests;
