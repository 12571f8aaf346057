//! Numbers and lists of them in plain bytes, read in place.

/// Sections one after another, each led by its length in eight bytes.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// Not inlined: twenty of these in one function take the optimizer more than three minutes.
    #[inline(never)]
    pub(crate) fn section(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (section, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some(section)
    }
}

/// Writes what [`Reader`] reads.
pub(crate) fn write(section: &[u8], to: &mut Vec<u8>) {
    to.extend((section.len() as u64).to_le_bytes());
    to.extend(section);
}

/// Numbers of four bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers<'a>(pub(crate) &'a [u8]);

impl Numbers<'_> {
    pub(crate) fn len(&self) -> usize {
        self.0.len() / 4
    }

    pub(crate) fn get(&self, at: usize) -> Option<u32> {
        let start = at.checked_mul(4)?;
        let four: [u8; 4] = self.0.get(start..start.checked_add(4)?)?.try_into().ok()?;
        Some(u32::from_le_bytes(four))
    }

    pub(crate) fn place(&self, at: usize) -> usize {
        self.get(at).and_then(|it| usize::try_from(it).ok()).unwrap_or(0)
    }
}

/// Appends a number in as few bytes as it takes: seven bits each, the lowest first.
pub(crate) fn push(mut number: u32, to: &mut Vec<u8>) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            to.push(low & 0x7f);
            return;
        }
        to.push(low | 0x80);
    }
}

/// Takes such a number off the front.
#[inline]
pub(crate) fn pull(bytes: &mut &[u8]) -> Option<u32> {
    let (first, rest) = bytes.split_first()?;
    if first & 0x80 == 0 {
        *bytes = rest;
        return Some(u32::from(*first));
    }
    if let [second, rest @ ..] = rest
        && second & 0x80 == 0
    {
        *bytes = rest;
        return Some(u32::from(first & 0x7f) | u32::from(*second) << 7);
    }
    pull_longer(bytes)
}

fn pull_longer(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in [0, 7, 14, 21, 28] {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Lists of numbers, each list ascending and written as differences, led by how many there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lists<'a> {
    pub(crate) starts: Numbers<'a>,
    pub(crate) bytes: &'a [u8],
}

impl<'a> Lists<'a> {
    fn list(&self, at: usize) -> (u32, &'a [u8]) {
        let (from, to) = (self.starts.place(at), self.starts.place(at.saturating_add(1)));
        let mut bytes = self.bytes.get(from..to).unwrap_or_default();
        (pull(&mut bytes).unwrap_or(0), bytes)
    }

    /// The numbers of a list.
    pub(crate) fn at(&self, at: usize) -> impl Iterator<Item = u32> + use<'a> {
        let (_, mut bytes) = self.list(at);
        let mut last = 0u32;
        std::iter::from_fn(move || {
            last = last.wrapping_add(pull(&mut bytes)?);
            Some(last)
        })
    }
}

/// Puts sorted `entries` into `lists` lists by their first number.
pub(crate) fn lists(entries: &[(u32, u32)], lists: usize) -> (Vec<u8>, Vec<u8>) {
    let mut starts = Vec::with_capacity((lists + 1) * 4);
    let mut bytes = Vec::with_capacity(entries.len() * 2);
    let mut rest = entries;
    for list in 0..lists {
        starts.extend(place(&bytes));
        let count = rest.iter().take_while(|it| usize::try_from(it.0) == Ok(list)).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        push(u32::try_from(count).unwrap_or(u32::MAX), &mut bytes);
        let mut last = 0;
        for (_, number) in own {
            push(number - last, &mut bytes);
            last = *number;
        }
    }
    starts.extend(place(&bytes));
    (starts, bytes)
}

fn place(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}

/// Numbers by a hash: a power of two of lists by its low bits; each entry is its high byte, which
/// tells most others apart, and the number as a difference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hashed<'a> {
    pub(crate) starts: Numbers<'a>,
    pub(crate) bytes: &'a [u8],
}

/// How many entries a list has on average, at least half of it.
const CROWD: usize = 8;

impl<'a> Hashed<'a> {
    /// What was put there under `hash`, and one in some hundred others.
    pub(crate) fn find(&self, hash: u32) -> impl Iterator<Item = u32> + use<'a> {
        let lists = self.starts.len().saturating_sub(1).max(1);
        let list = usize::try_from(hash).unwrap_or(0) & (lists - 1);
        let (from, to) = (self.starts.place(list), self.starts.place(list + 1));
        let mut bytes = self.bytes.get(from..to).unwrap_or_default();
        let mut number = 0u32;
        std::iter::from_fn(move || {
            loop {
                let (check, rest) = bytes.split_first()?;
                bytes = rest;
                number = number.wrapping_add(pull(&mut bytes)?);
                if *check == high(hash) {
                    return Some(number);
                }
            }
        })
    }
}

fn high(hash: u32) -> u8 {
    let [.., high] = hash.to_le_bytes();
    high
}

/// Puts `entries`, by hash, into such lists.
pub(crate) fn hashed(entries: Vec<(u32, u32)>) -> (Vec<u8>, Vec<u8>) {
    let lists = (entries.len() / CROWD).next_power_of_two().max(1);
    let mask = u32::try_from(lists - 1).unwrap_or(u32::MAX);
    let mut placed: Vec<(u32, u32, u8)> =
        entries.into_iter().map(|(hash, it)| (hash & mask, it, high(hash))).collect();
    placed.sort_unstable();
    placed.dedup();
    let mut starts = Vec::with_capacity((lists + 1) * 4);
    let mut bytes = Vec::with_capacity(placed.len() * 4);
    let mut rest = placed.iter().peekable();
    for list in 0..=mask {
        starts.extend(place(&bytes));
        let mut last = 0;
        while let Some((_, number, check)) = rest.next_if(|it| it.0 == list) {
            bytes.push(*check);
            push(number - last, &mut bytes);
            last = *number;
        }
    }
    starts.extend(place(&bytes));
    (starts, bytes)
}

#[cfg(test)]
mod tests;
