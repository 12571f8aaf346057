//! Which blocks of a list must be asked for: those that are not ruled out beforehand.
//!
//! A list's blocks have bits (see [`law::Law::bit`]); a sieve turns the bits that are left into
//! places in the list without looking at the others. Nothing is lost but time where a block has no
//! bit: it is asked.

use super::Judged;
use law::{Logic, RowId};

/// How many words of bits are looked at. Blocks beyond them are asked.
const WORDS: usize = 16;

/// No entry of the list.
const NONE: u16 = u16::MAX;

/// The blocks that certainly do not hold of the transaction and of one item.
#[derive(Clone, Debug)]
pub(crate) struct RuledOut {
    whole: [u64; WORDS],
    item: [u64; WORDS],
    /// Whether nothing is known beforehand.
    is_empty: bool,
}

impl RuledOut {
    pub(crate) fn of<L: Logic>(logic: &L, item: RowId) -> Self {
        let words = |row| {
            let mut words = [0; WORDS];
            let known = logic.ruled_out(row);
            words.iter_mut().zip(known).for_each(|(into, word)| *into = *word);
            (words, known.is_empty())
        };
        let ((whole, no_whole), (item, no_item)) = (words(RowId(0)), words(item));
        Self { whole, item, is_empty: no_whole && no_item }
    }

    /// Whether a block certainly does not hold.
    #[inline]
    pub(crate) fn has(&self, judged: Judged) -> bool {
        self.has_bit(judged.by_item, judged.bit)
    }

    /// Whether a block's condition is certainly not met, whatever it yields to.
    #[inline]
    pub(crate) fn has_condition(&self, judged: Judged) -> bool {
        self.has_bit(judged.by_item, judged.condition_bit)
    }

    #[inline]
    fn has_bit(&self, by_item: bool, bit: usize) -> bool {
        let words = if by_item { &self.item } else { &self.whole };
        words.get(bit / 64).is_some_and(|it| it >> (bit % 64) & 1 == 1)
    }
}

/// A list of blocks by their bits.
#[derive(Clone, Debug, Default)]
pub struct Sieve {
    whole: Side,
    item: Side,
    /// The entries without a bit.
    always: Vec<u16>,
    count: u16,
}

/// The entries that are judged on one thing.
#[derive(Clone, Debug, Default)]
struct Side {
    words: Vec<u64>,
    /// By bit, the place in the list.
    entries: Vec<u16>,
}

impl Sieve {
    /// The sieve of a list.
    pub(super) fn new(list: impl Iterator<Item = Judged>) -> Self {
        let mut sieve = Self::default();
        for judged in list {
            let place = sieve.count;
            sieve.count = sieve.count.saturating_add(1);
            let side = if judged.by_item { &mut sieve.item } else { &mut sieve.whole };
            if judged.bit < 64 * WORDS {
                side.add(judged.bit, place);
            } else {
                sieve.always.push(place);
            }
        }
        sieve
    }

    /// Calls back with the place of each entry that may hold: in the order of the list where
    /// nothing is ruled out, otherwise in no order that means anything.
    #[inline]
    pub(crate) fn pass(&self, ruled_out: &RuledOut, mut call: impl FnMut(usize)) {
        if ruled_out.is_empty {
            (0..usize::from(self.count)).for_each(call);
            return;
        }
        self.whole.pass(&ruled_out.whole, &mut call);
        self.item.pass(&ruled_out.item, &mut call);
        self.always.iter().for_each(|it| call(usize::from(*it)));
    }

    /// The same places in the order of the list.
    pub(crate) fn in_order(&self, ruled_out: &RuledOut) -> Vec<usize> {
        let mut places = Vec::with_capacity(16);
        self.pass(ruled_out, |it| places.push(it));
        places.sort_unstable();
        places
    }
}

impl Side {
    fn add(&mut self, bit: usize, place: u16) {
        if self.words.len() <= bit / 64 {
            self.words.resize(bit / 64 + 1, 0);
            self.entries.resize(64 * self.words.len(), NONE);
        }
        if let (Some(word), Some(entry)) = (self.words.get_mut(bit / 64), self.entries.get_mut(bit))
        {
            *word |= 1 << (bit % 64);
            *entry = place;
        }
    }

    #[inline]
    fn pass(&self, ruled_out: &[u64; WORDS], call: &mut impl FnMut(usize)) {
        for (place, (word, ruled_out)) in self.words.iter().zip(ruled_out).enumerate() {
            let mut left = word & !ruled_out;
            while left != 0 {
                let bit = 64 * place + left.trailing_zeros() as usize;
                left &= left - 1;
                if let Some(entry) = self.entries.get(bit) {
                    call(usize::from(*entry));
                }
            }
        }
    }
}
