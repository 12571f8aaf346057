//! The roles swapped: an index of those who are asked for, so that a change of the lists finds them.
//!
//! When some entries of a list change, nearly all customers are as alike to them as before: not at
//! all. [`Customers::sought`] names those for whom this may be otherwise, and only they need to be
//! screened again. It scores nothing that is reported: whoever comes up is screened by
//! [`crate::Screener`] as always.
//!
//! **Why nobody is missed.** A hit depends on one query, one entry and the settings alone: weights
//! of words come from the lexicon, never from how often a list or a file has them, so an entry that
//! stays cannot score otherwise because another came or went. A query hits an entry in five ways,
//! and each is looked up here:
//!
//! - *By name*, where the likeness of two names reaches the least with which this query could still
//!   reach the threshold. The same search looks in an index of the customers' names, and asks it for
//!   the listed name. Whether two words are alike does not depend on which of them is asked for
//!   ([`crate::term::compare`] is symmetric), and the lookups of [`crate::index`] find every such
//!   pair from either side. The score is not symmetric: its costs go by the kind of the query and
//!   by how many of the query's words agree. So where a name is looked at, its parts are compared
//!   with the query on the query's side, which is the customer's; and where names are not looked at,
//!   the bound takes the kind that costs least and counts every listed word as one that may agree
//!   with a word that carries a name. The least likeness is that of the customer whose evidence
//!   could add most.
//! - *By spelling*, where a name is written as a listed one letter for letter: the same table.
//! - *By its beginning*, where a field is the beginning of a listed name: names that have their
//!   first letters in common, by the same table.
//! - *By identifier*: the numbers of all customers are kept.
//! - *By address*, for entries of an address alone: the numbers of all addresses and the starts of
//!   their words are kept. A customer comes up that has a number and a word of the listed address,
//!   or a word of its street and one of its house; whoever is at it has ([`premises::Keys`]).

use crate::evidence;
use crate::field;
use crate::index::bytes::{self, Hashed, Lists, Numbers, Reader};
use crate::index::{Builder as Names, Index, IndexError};
use crate::key::key;
use crate::name::{self, Name, beginning, forms};
use crate::party::{Basis, ListedParty, PartyKind};
use crate::premises;
use crate::query::Query;
use crate::screener::{Screener, Side, Workspace};
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};

/// What begins every index of customers.
pub const MAGIC: [u8; 8] = *b"EXEATCU2";

/// An index of customers that lies in bytes somewhere. A customer is known by its place among
/// those that were added.
#[derive(Clone, Copy, Debug)]
pub struct Customers<'a> {
    names: Index<'a>,
    /// For each name, whose it is.
    of_name: Lists<'a>,
    numbers: Hashed<'a>,
    addresses: Hashed<'a>,
    /// The most that evidence can add for any of them.
    most: u8,
}

/// What is kept of one customer; making it takes most of the time, and can be done on any thread.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Each by its text, and whether that is read as the name of a person; and whether the field may
    /// be cut off.
    names: Vec<((String, bool), Name, bool)>,
    kind: PartyKind,
    numbers: Vec<u32>,
    address: Vec<u32>,
    most: u8,
}

impl Customer {
    /// What is kept of somebody who is asked for by this query.
    #[must_use]
    pub fn of(query: &Query) -> Self {
        let names = std::iter::once(&query.name).chain(&query.aliases);
        let words = query.address.as_deref().map(premises::keys_of).unwrap_or_default();
        Self {
            names: names
                .flat_map(|field| {
                    let may_be_cut = beginning::may_be_cut(field);
                    let rest = beginning::without_form(field);
                    field::readings(field, query.kind).into_iter().enumerate().map(
                        move |(at, it)| {
                            let is_whole = at == 0 || rest == Some(it.text.as_str());
                            ((it.text, it.as_person), it.name, may_be_cut && is_whole)
                        },
                    )
                })
                .collect(),
            kind: query.kind,
            numbers: query.ids.iter().filter_map(|it| evidence::number_key(&it.number)).collect(),
            address: words.iter().map(|it| address_key(it)).collect(),
            most: evidence::most_points(query),
        }
    }
}

/// Collects customers for an index.
#[derive(Debug, Default)]
pub struct Builder {
    names: Names,
    /// The names that are there, by kind, text and reading.
    known: BTreeMap<(PartyKind, (String, bool)), u32>,
    of_name: Vec<(u32, u32)>,
    numbers: Vec<(u32, u32)>,
    addresses: Vec<(u32, u32)>,
    most: u8,
}

impl Builder {
    /// Adds the customer at this place. The same name of many is kept once.
    pub fn add(&mut self, place: u32, customer: Customer) {
        let kind = customer.kind;
        for (text, name, is_cut) in customer.names {
            if name.tokens.is_empty() {
                continue;
            }
            let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
            let names = &mut self.names;
            let id = *self.known.entry((kind, text)).or_insert_with(|| {
                names.add_name(next, 0, kind, false, &name);
                next
            });
            if is_cut {
                self.names.begin(id, &name);
            }
            self.of_name.push((id, place));
        }
        self.numbers.extend(customer.numbers.into_iter().map(|it| (it, place)));
        self.addresses.extend(customer.address.into_iter().map(|it| (it, place)));
        self.most = self.most.max(customer.most);
    }

    /// The bytes that [`Customers::read`] reads.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        let names = self.known.len();
        self.known.clear();
        self.of_name.sort_unstable();
        self.of_name.dedup();
        let of_name = bytes::lists(&self.of_name, names);
        let numbers = bytes::hashed(self.numbers);
        let addresses = bytes::hashed(self.addresses);
        let mut all = MAGIC.to_vec();
        all.push(self.most);
        for section in [&of_name.0, &of_name.1, &numbers.0, &numbers.1, &addresses.0, &addresses.1]
        {
            bytes::write(section, &mut all);
        }
        bytes::write(&self.names.finish(), &mut all);
        all
    }
}

/// Something of an entry by which a customer may be meant.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Sought {
    /// A name of a party of this kind, and whether the list calls it weak.
    Name(PartyKind, String, bool),
    /// The key of an identifier.
    Number(u32),
    /// An address that is listed itself.
    Address(premises::Keys),
}

impl Sought {
    /// All of some entries, each once.
    #[must_use]
    pub fn of<'p>(parties: impl IntoIterator<Item = &'p ListedParty>) -> BTreeSet<Self> {
        let mut all = BTreeSet::new();
        for party in parties {
            let name = |text: &String, weak| Self::Name(party.kind, text.clone(), weak);
            all.extend(party.names.iter().map(|it| name(&it.text, it.weak)));
            let numbers = party.ids.iter().filter_map(|it| evidence::number_key(&it.number));
            all.extend(numbers.map(Self::Number));
            if party.basis != Basis::Name {
                all.extend(party.addresses.iter().map(|it| Self::Address(premises::Keys::of(it))));
            }
        }
        all
    }
}

impl<'a> Customers<'a> {
    /// Reads `bytes` as an index of customers, in place.
    ///
    /// # Errors
    ///
    /// As [`Index::read`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, IndexError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(IndexError::Version)?;
        let (most, rest) = rest.split_first().ok_or(IndexError::Damaged)?;
        let mut reader = Reader::new(rest);
        let mut next = || reader.section().ok_or(IndexError::Damaged);
        let of_name = Lists { starts: Numbers(next()?), bytes: next()? };
        let numbers = Hashed { starts: Numbers(next()?), bytes: next()? };
        let addresses = Hashed { starts: Numbers(next()?), bytes: next()? };
        Ok(Self { names: Index::read(next()?)?, of_name, numbers, addresses, most: *most })
    }

    /// How many different names it holds.
    #[must_use]
    pub fn names(&self) -> usize {
        self.names.names()
    }

    /// Puts into `found` the place of every customer that may be meant: all who would hit an entry
    /// by this with these settings, and few others; some more than once.
    pub fn sought(
        &self,
        sought: &Sought,
        settings: &Settings,
        workspace: &mut Workspace,
        found: &mut Vec<u32>,
    ) {
        match sought {
            Sought::Name(kind, text, weak) => {
                let mut names = vec![Name::parse(text, *kind)];
                forms::each(text, *kind, |it| names.push(it));
                for name in &names {
                    self.named(name, *kind, *weak, settings, workspace, found);
                }
            }
            Sought::Number(number) => found.extend(self.numbers.find(*number)),
            Sought::Address(keys) => self.at_address(keys, found),
        }
    }

    /// Those who may be meant by a name of a party of this kind.
    fn named(
        &self,
        name: &Name,
        kind: PartyKind,
        weak: bool,
        settings: &Settings,
        workspace: &mut Workspace,
        found: &mut Vec<u32>,
    ) {
        let may_be_one_word = kind != PartyKind::Person;
        let least = settings.least(may_be_one_word);
        let least = evidence::least_likeness_with(self.most, least);
        let screener = Screener::new(self.names, settings);
        screener.candidates(name, Side::Listed, least, workspace, None, |entry, tally, _| {
            let words = self.names.tokens_of(&entry).map(|it| (it.class, it.weight));
            let one_word = may_be_one_word && name::is_one_word(words);
            let least = settings.least(one_word);
            if evidence::may_reach(&tally, weak, self.most, least) {
                found.extend(self.of_name.at(place(entry.party)));
            }
        });
        let spelled = self.names.names_spelled(name).into_iter();
        let letters = beginning::letters(name);
        let begun = beginning::keys(name).flat_map(|it| self.names.names_begun(it));
        let begun = begun
            .filter(|it| self.names.name(*it).is_some_and(|it| screener.may_begin(&it, &letters)));
        let entries = spelled.chain(begun).filter_map(|it| self.names.name(it));
        entries.for_each(|it| found.extend(self.of_name.at(place(it.party))));
    }

    /// Those whose address may be a listed one.
    fn at_address(&self, keys: &premises::Keys, found: &mut Vec<u32>) {
        let with = |keys: &BTreeSet<String>| -> BTreeSet<u32> {
            keys.iter().flat_map(|it| self.addresses.find(address_key(it))).collect()
        };
        found.extend(with(&keys.numbers).intersection(&with(&keys.words)));
        found.extend(with(&keys.streets).intersection(&with(&keys.houses)));
    }
}

fn address_key(word: &str) -> u32 {
    key(b'@', &[word.as_bytes()])
}

fn place(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
