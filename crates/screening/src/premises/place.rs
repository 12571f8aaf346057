//! What an address says of where it is: house number, street, house, tower, floor and room.
//!
//! Read from a text without a form, in the order in which people write such things anywhere. What
//! is not recognized is a word like any other. Which of them decide is said in [`super`].

use super::words::{COUNTED, ORDINALS, ROMAN, USUAL};
use crate::normalize::{LONGEST, entities};
use crate::scripts;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// An address in its parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// Words and numbers in order.
    pub(super) items: Vec<Item>,
    /// Numbers that are called the number of a house, each of a range.
    pub(super) marked: BTreeSet<Number>,
    /// Numbers that nothing is said of, each of a range, with their places among the items.
    pub(super) bare: Vec<(usize, Vec<Number>)>,
    /// Rooms that are called so.
    pub(super) rooms: BTreeSet<Number>,
    /// Floors that are called so.
    pub(super) floors: BTreeSet<u32>,
    /// Towers and blocks of one house.
    pub(super) towers: BTreeSet<String>,
}

/// A number with a letter before or behind it; a letter alone is number 0.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Number(pub(super) u32, pub(super) Option<char>);

/// One thing that stands in an address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Item {
    /// A word, a usual one by its one spelling.
    Word(String),
    /// A number that a street or a house may carry.
    Number(Vec<Number>),
    /// A comma, or what told a room, floor or tower: names end here.
    End,
}

/// Ranges are read number by number up to this many.
const RANGE: u32 = 60;

#[derive(Clone, Debug, PartialEq)]
enum Mark {
    Word(String),
    Number(Number),
    Stop(char),
}

static USUALLY: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| USUAL.into_iter().collect());

/// What Chinese addresses write, the longest first, with how it is written in Latin letters.
static CHINESE: LazyLock<Vec<(Vec<char>, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/places.tsv").lines().filter(|it| !it.starts_with('#'));
    let row = |line: &'static str| {
        let (chinese, latin) = line.split_once('\t')?;
        Some((chinese.chars().collect(), latin))
    };
    let mut rows: Vec<(Vec<char>, &str)> = rows.filter_map(row).collect();
    rows.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
    rows
});

impl Place {
    /// Reads an address.
    pub(crate) fn read(text: &str) -> Self {
        let marks = joined(marks(text));
        let mut reader = Reader { marks: &marks, at: 0, place: Self::default() };
        while reader.at < marks.len() {
            reader.step();
        }
        reader.place
    }
}

/// Words, numbers and what stands between them.
fn marks(text: &str) -> Vec<Mark> {
    let decoded = entities(text);
    let characters: Vec<char> = decoded.chars().take(LONGEST).nfkc().flat_map(folded).collect();
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        let rest = characters.get(at..).unwrap_or_default();
        let run = |is: fn(&char) -> bool| rest.iter().take_while(|it| is(it)).count();
        if let Some((chinese, latin)) = CHINESE.iter().find(|it| rest.starts_with(&it.0)) {
            marks.extend(latin.split(' ').map(|it| Mark::Word(it.to_owned())));
            at += chinese.len();
        } else if character.is_ascii_digit() {
            at += number(rest, &mut marks);
        } else if is_han(character) {
            // Up to the next word that is known.
            let known = |from: usize| {
                let rest = rest.get(from..).unwrap_or_default();
                CHINESE.iter().any(|it| rest.starts_with(&it.0))
            };
            let length = (1..run(|it| is_han(*it)))
                .find(|it| known(*it))
                .unwrap_or_else(|| run(|it| is_han(*it)));
            marks.push(Mark::Word(rest.iter().take(length).collect()));
            at += length;
        } else if character.is_alphabetic() {
            let length = run(|it| it.is_alphabetic() && !is_han(*it));
            let word: String = rest.iter().take(length).collect();
            let digits = rest.get(length..).unwrap_or_default();
            if length == 1 && digits.first().is_some_and(char::is_ascii_digit) {
                // `B12` and `12B` are one room.
                at += 1 + number(digits, &mut marks);
                if let Some(Mark::Number(Number(_, letter @ None))) = marks.last_mut() {
                    *letter = Some(character);
                }
                continue;
            }
            at += length;
            // `King's Road` and `Kings Road` are one.
            let mut end = word;
            if characters.get(at).is_some_and(|it| matches!(it, '\'' | '’'))
                && characters.get(at + 1) == Some(&'s')
                && !characters.get(at + 2).is_some_and(|it| it.is_alphabetic())
            {
                end.push('s');
                at += 2;
            }
            match USUALLY.get(end.as_str()) {
                Some(usual) => marks.extend(usual.split(' ').map(|it| Mark::Word(it.to_owned()))),
                None => marks.push(Mark::Word(end)),
            }
        } else {
            if !character.is_whitespace() || character == '\n' {
                marks.push(Mark::Stop(character));
            }
            at += 1;
        }
    }
    marks
}

/// A character without case, accents and what is not seen.
fn folded(character: char) -> Vec<char> {
    if matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    {
        return Vec::new();
    }
    let lower = scripts::simplified(character).to_lowercase();
    let mut folded = Vec::new();
    for part in lower.nfd().filter(|it| !is_combining_mark(*it)) {
        match Some(any_ascii::any_ascii_char(part)) {
            Some(plain) if scripts::Script::of(part) == Some(scripts::Script::Latin) => {
                folded.extend(plain.to_lowercase().chars());
            }
            _ => folded.push(part),
        }
    }
    folded
}

/// Reads a number with what is written onto it, and says how many characters that took.
fn number(rest: &[char], marks: &mut Vec<Mark>) -> usize {
    let digits = rest.iter().take_while(|it| it.is_ascii_digit()).count();
    let text: String = rest.iter().take(digits).collect();
    let Ok(value) = text.parse::<u32>() else {
        marks.push(Mark::Word(text));
        return digits;
    };
    let after = rest.get(digits..).unwrap_or_default();
    let letters: String =
        after.iter().take_while(|it| it.is_alphabetic() && !is_han(**it)).collect();
    let length = letters.chars().count();
    match letters.as_str() {
        "st" | "nd" | "rd" | "th" => marks.push(Mark::Number(Number(value, None))),
        "f" | "fl" | "flr" | "floor" => {
            marks.push(Mark::Number(Number(value, None)));
            marks.push(Mark::Word(if letters == "f" { "f" } else { "floor" }.to_owned()));
        }
        _ if length == 1 => marks.push(Mark::Number(Number(value, letters.chars().next()))),
        _ => {
            marks.push(Mark::Number(Number(value, None)));
            return digits;
        }
    }
    digits + length
}

/// `M.W.` is one word, `14-C` one number, and `16/F` a floor.
fn joined(marks: Vec<Mark>) -> Vec<Mark> {
    let mut joined: Vec<Mark> = Vec::with_capacity(marks.len());
    let mut initials = false;
    for mark in marks {
        let single = |it: &Mark| matches!(it, Mark::Word(it) if it.chars().count() == 1);
        match (joined.as_mut_slice(), &mark) {
            ([.., Mark::Word(before), Mark::Stop('.')], Mark::Word(letter))
                if single(&mark) && (initials || before.chars().count() == 1) =>
            {
                before.push_str(letter);
                joined.pop();
                initials = true;
                continue;
            }
            ([.., Mark::Number(_), Mark::Stop('/')], Mark::Word(it))
                if it == "f" || it == "floor" =>
            {
                joined.pop();
            }
            ([.., Mark::Number(Number(_, letter @ None)), Mark::Stop('-')], Mark::Word(it))
                if single(&mark) && it != "f" =>
            {
                *letter = it.chars().next();
                joined.pop();
                continue;
            }
            _ => {}
        }
        initials = initials && mark == Mark::Stop('.');
        joined.push(mark);
    }
    for mark in &mut joined {
        if let Mark::Word(word) = mark
            && let Some(usual) = USUALLY.get(word.as_str()).filter(|it| !it.contains(' '))
        {
            *word = (*usual).to_owned();
        }
    }
    joined
}

struct Reader<'m> {
    marks: &'m [Mark],
    at: usize,
    place: Place,
}

impl Reader<'_> {
    fn step(&mut self) {
        match self.mark(self.at) {
            Some(Mark::Word(word)) => self.word(&word),
            Some(Mark::Number(_)) => {
                let (numbers, next) = self.numbers(self.at, false);
                self.number(numbers, next);
            }
            Some(Mark::Stop('#')) if matches!(self.mark(self.at + 1), Some(Mark::Number(_))) => {
                self.after_hash();
            }
            Some(Mark::Stop(stop)) => {
                if !matches!(stop, '.' | '-' | '\'' | '’') {
                    self.end();
                }
                self.at += 1;
            }
            None => self.at += 1,
        }
    }

    fn mark(&self, at: usize) -> Option<Mark> {
        self.marks.get(at).cloned()
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        matches!(self.marks.get(at), Some(Mark::Word(it)) if words.contains(&it.as_str()))
    }

    fn end(&mut self) {
        if !matches!(self.place.items.last(), None | Some(Item::End)) {
            self.place.items.push(Item::End);
        }
    }

    fn word(&mut self, word: &str) {
        let one_letter = |it: &str| it.chars().count() == 1;
        let letter = |it: &str| Number(0, it.chars().next());
        match word {
            "room" => self.room(),
            "tower" | "block" | "phase" | "korpus" => {
                let id = match self.mark(self.at + 1) {
                    Some(Mark::Word(it)) => counted(&it).or_else(|| one_letter(&it).then_some(it)),
                    Some(Mark::Number(Number(number, letter)))
                        if number < 10 && !self.is_floor_mark(self.at + 2) =>
                    {
                        Some(tower(number, letter))
                    }
                    _ => None,
                };
                self.place.items.push(Item::Word(word.to_owned()));
                self.at += 1;
                if let Some(id) = id {
                    self.place.towers.insert(id);
                    self.end();
                    self.at += 1;
                }
            }
            "floor" | "level" if matches!(self.mark(self.at + 1), Some(Mark::Number(_))) => {
                let (numbers, next) = self.numbers(self.at + 1, false);
                self.place.floors.extend(numbers.iter().map(|it| it.0));
                self.end();
                self.at = next;
            }
            "number" => {
                let next = self.at
                    + 1
                    + usize::from(matches!(
                        self.marks.get(self.at + 1),
                        Some(Mark::Stop('.' | ':'))
                    ));
                if matches!(self.marks.get(next), Some(Mark::Number(_))) {
                    let (numbers, next) = self.numbers(next, false);
                    self.place.marked.extend(&numbers);
                    self.place.items.push(Item::Number(numbers));
                    self.at = next;
                } else {
                    self.at = next;
                }
            }
            "g" | "gf" | "ground" | "lg" | "ug"
                if word == "gf" || self.is_floor_mark(self.at + 1) || self.slash_floor() =>
            {
                self.place.floors.insert(0);
                self.end();
                self.at += 1;
                while self.is_floor_mark(self.at)
                    || matches!(self.marks.get(self.at), Some(Mark::Stop('/')))
                {
                    self.at += 1;
                }
            }
            "box" if matches!(self.marks.get(self.at + 1), Some(Mark::Number(_))) => {
                self.end();
                self.at += 2;
            }
            // `D室`.
            _ if one_letter(word) && self.is_word(self.at + 1, &["roomno"]) => {
                self.place.rooms.insert(letter(word));
                self.end();
                self.at += 2;
            }
            _ => {
                if let Some(floor) = ORDINALS.iter().position(|it| *it == word)
                    && self.is_word(self.at + 1, &["floor"])
                {
                    self.place.floors.insert(u32::try_from(floor + 1).unwrap_or(0));
                    self.end();
                    self.at += 2;
                    return;
                }
                if !matches!(word, "roomno" | "floorno" | "houseno" | "towerno" | "floor" | "level")
                {
                    self.place.items.push(Item::Word(word.to_owned()));
                }
                self.at += 1;
            }
        }
    }

    /// The room that follows the word for it.
    fn room(&mut self) {
        let mut next = self.at + 1;
        let labels = ["room", "number"];
        while matches!(self.marks.get(next), Some(Mark::Stop('.' | '/' | ':' | '#' | '-')))
            || self.is_word(next, &labels)
        {
            next += 1;
        }
        match self.mark(next) {
            Some(Mark::Number(_)) => {
                let (numbers, after) = self.numbers(next, true);
                if self.is_floor_mark(after) {
                    // `Room 13/F`: the floor is told, and no room.
                    self.number(numbers, after);
                } else {
                    self.place.rooms.extend(numbers);
                    self.end();
                    self.at = after;
                }
            }
            Some(Mark::Word(it)) if it.chars().count() == 1 => {
                self.place.rooms.insert(Number(0, it.chars().next()));
                self.end();
                self.at = next + 1;
            }
            _ => self.at += 1,
        }
    }

    /// What numbers are by what stands behind them.
    fn number(&mut self, numbers: Vec<Number>, next: usize) {
        self.at = next;
        if self.is_floor_mark(next) {
            self.place.floors.extend(numbers.iter().map(|it| it.0));
            self.end();
            self.at += 1;
        } else if self.is_word(next, &["roomno"]) {
            self.place.rooms.extend(numbers);
            self.end();
            self.at += 1;
        } else if self.is_word(next, &["houseno"]) {
            self.place.marked.extend(&numbers);
            self.place.items.push(Item::Number(numbers));
            self.at += 1;
        } else if self.is_word(next, &["towerno"]) {
            self.place.towers.extend(numbers.iter().map(|it| tower(it.0, it.1)));
            self.end();
            self.at += 1;
        } else {
            self.place.bare.push((self.place.items.len(), numbers.clone()));
            self.place.items.push(Item::Number(numbers));
        }
    }

    /// `#05-01` is room 1 on the fifth floor, `#1203` room 1203.
    fn after_hash(&mut self) {
        let first = self.mark(self.at + 1);
        let second = matches!(self.marks.get(self.at + 2), Some(Mark::Stop('-')))
            .then(|| self.mark(self.at + 3))
            .flatten();
        match (first, second) {
            (Some(Mark::Number(Number(floor, None))), Some(Mark::Number(room))) if floor < 100 => {
                self.place.floors.insert(floor);
                self.place.rooms.insert(room);
                self.at += 4;
            }
            _ => {
                let (numbers, next) = self.numbers(self.at + 1, true);
                self.place.rooms.extend(numbers);
                self.at = next;
            }
        }
        self.end();
    }

    fn is_floor_mark(&self, at: usize) -> bool {
        self.is_word(at, &["f", "floor", "level", "floorno"])
    }

    fn slash_floor(&self) -> bool {
        matches!(self.marks.get(self.at + 1), Some(Mark::Stop('/')))
            && self.is_floor_mark(self.at + 2)
    }

    /// The numbers from a place on: `45-51` is each of them, `1318-19` two, and so is `1318 & 1319`
    /// where they are rooms. Also the place behind them.
    fn numbers(&self, at: usize, rooms: bool) -> (Vec<Number>, usize) {
        let Some(Mark::Number(first)) = self.mark(at) else { return (Vec::new(), at + 1) };
        let (mut numbers, mut next, mut last) = (vec![first], at + 1, first);
        loop {
            let and = self.is_word(next, &["and"]);
            let to = self.is_word(next, &["to"]);
            let stop = match self.marks.get(next) {
                Some(Mark::Stop(stop @ ('-' | '–' | '—' | '~' | '/' | '&' | '+'))) => *stop,
                _ if rooms && and => '&',
                _ if to => '-',
                _ => break,
            };
            let Some(Mark::Number(mut number)) = self.mark(next + 1) else { break };
            // `4-16/F` is a room and a floor as often as not.
            if self.is_floor_mark(next + 2) {
                break;
            }
            number.0 = whole(last.0, number.0);
            if matches!(stop, '-' | '–' | '—' | '~')
                && number.0 > last.0
                && number.0 - last.0 <= RANGE
            {
                numbers.extend((last.0 + 1..number.0).map(|it| Number(it, None)));
            }
            numbers.push(number);
            last = number;
            next += 2;
        }
        (numbers, next)
    }
}

/// `19` behind `1318` is 1319.
fn whole(first: u32, short: u32) -> u32 {
    let mut power = 10;
    while power <= short {
        power *= 10;
    }
    let full = first - first % power + short;
    if short < first && power <= first && full > first { full } else { short }
}

fn tower(number: u32, letter: Option<char>) -> String {
    let letter = letter.map(String::from).unwrap_or_default();
    if number == 0 { letter } else { format!("{number}{letter}") }
}

/// The number that a word counts: `One`, `II`.
fn counted(word: &str) -> Option<String> {
    let at = COUNTED.iter().chain(&ROMAN).position(|it| *it == word)?;
    Some((at % COUNTED.len() + 1).to_string())
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}
