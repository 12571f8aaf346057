//! A map for the words of the lexicon, of which several are asked for with each word of a name.

#[expect(
    clippy::disallowed_types,
    reason = "asked for many times with every word; nothing is ever listed from it"
)]
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// From words to what is known of them.
#[expect(clippy::disallowed_types, reason = "as above")]
pub(super) type Table<K, V> = HashMap<K, V, BuildHasherDefault<Letters>>;

/// FNV-1a: words are short, and all that are in a table are ours.
#[derive(Debug)]
pub(super) struct Letters(u64);

impl Default for Letters {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Letters {
    fn write(&mut self, bytes: &[u8]) {
        for it in bytes {
            self.0 = (self.0 ^ u64::from(*it)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
