//! By what those at a listed address are found among many.

use super::place::{Item, Place};
use super::{Named, Room, Site, is_number, rooms_of, words_in};
use crate::party::Address;
use std::collections::BTreeSet;

/// By what a listed address finds those at it among many: whoever is there shares a number and a
/// word with it, or a word of its street and one of its house.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Keys {
    pub(crate) numbers: BTreeSet<String>,
    pub(crate) words: BTreeSet<String>,
    pub(crate) streets: BTreeSet<String>,
    pub(crate) houses: BTreeSet<String>,
}

impl Keys {
    /// The keys of a listed address.
    pub(crate) fn of(address: &Address) -> Self {
        let site = Site::of(address);
        let names = |all: &[Named]| all.iter().map(|it| start(&it.name)).collect::<BTreeSet<_>>();
        let (streets, houses) = (names(&site.streets), names(&site.buildings));
        let mut numbers: BTreeSet<String> = site.rooms.iter().map(room_key).collect();
        numbers.extend(site.houses.iter().map(|it| format!("n{}", it.0)));
        let (of_numbers, words): (Vec<&String>, Vec<&String>) =
            site.words.iter().partition(|it| is_number(it));
        numbers.extend(of_numbers.into_iter().map(|it| number_key(it)));
        let words = words.into_iter().map(|it| start(it)).chain(streets.iter().cloned());
        let words = words.chain(houses.iter().cloned()).collect();
        Self { numbers, words, streets, houses }
    }
}

/// The keys of an address that is asked for.
pub(crate) fn keys_of(address: &str) -> BTreeSet<String> {
    let place = Place::read(address);
    let mut keys: BTreeSet<String> =
        words_in(&place).iter().filter(|it| is_number(it)).map(|it| number_key(it)).collect();
    let bare = place.bare.iter().flat_map(|it| it.1.iter());
    let numbers = place.marked.iter().chain(bare).chain(&place.rooms).copied();
    keys.extend(numbers.clone().map(|it| format!("n{}", it.0)));
    keys.extend(rooms_of(numbers, &place.floors).iter().map(room_key));
    for from in 0..place.items.len() {
        let mut word = String::new();
        for item in place.items.get(from..).unwrap_or_default() {
            let Item::Word(next) = item else { break };
            word.push_str(next);
            keys.insert(start(&word));
            if word.chars().count() >= STARTS {
                break;
            }
        }
    }
    keys
}

/// So many characters of a word or name are its key.
const STARTS: usize = 3;

fn start(name: &str) -> String {
    name.chars().take(STARTS).collect()
}

fn number_key(word: &str) -> String {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    format!("n{digits}")
}

fn room_key(room: &Room) -> String {
    format!("r{}", room.1)
}
