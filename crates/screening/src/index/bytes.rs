//! Numbers and buckets in plain bytes, read in place.

/// Sections one after another, each led by its length in eight bytes.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    pub(super) fn section(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (section, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some(section)
    }
}

/// Writes what [`Reader`] reads.
pub(super) fn write(section: &[u8], to: &mut Vec<u8>) {
    to.extend((section.len() as u64).to_le_bytes());
    to.extend(section);
}

/// Numbers of four bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers<'a>(pub(super) &'a [u8]);

impl<'a> Numbers<'a> {
    pub(super) fn len(&self) -> usize {
        self.0.len() / 4
    }

    pub(super) fn get(&self, at: usize) -> Option<u32> {
        let start = at.checked_mul(4)?;
        let four: [u8; 4] = self.0.get(start..start.checked_add(4)?)?.try_into().ok()?;
        Some(u32::from_le_bytes(four))
    }

    pub(super) fn range(
        &self,
        from: usize,
        to: usize,
    ) -> impl ExactSizeIterator<Item = u32> + use<'a> {
        let bytes = match (from.checked_mul(4), to.checked_mul(4)) {
            (Some(from), Some(to)) => self.0.get(from..to).unwrap_or_default(),
            _ => &[],
        };
        bytes.as_chunks::<4>().0.iter().map(|it| u32::from_le_bytes(*it))
    }
}

/// Lists of numbers: list `n` lies between two starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Buckets<'a> {
    pub(super) starts: Numbers<'a>,
    pub(super) entries: Numbers<'a>,
}

impl<'a> Buckets<'a> {
    pub(super) fn at(&self, list: usize) -> impl ExactSizeIterator<Item = u32> + use<'a> {
        let start =
            |at: usize| self.starts.get(at).map_or(0, |it| usize::try_from(it).unwrap_or(0));
        self.entries.range(start(list), start(list.saturating_add(1)))
    }

    /// The list that a hash falls into: among others, what was put there under that hash.
    pub(super) fn hashed(&self, hash: u32) -> impl ExactSizeIterator<Item = u32> + use<'a> {
        let lists = self.starts.len().saturating_sub(1);
        let list = if lists == 0 { 0 } else { usize::try_from(hash).unwrap_or(0) & (lists - 1) };
        self.at(list)
    }
}

/// Lists of pairs of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pairs<'a> {
    pub(super) starts: Numbers<'a>,
    pub(super) entries: &'a [u8],
}

impl<'a> Pairs<'a> {
    /// The list that a hash falls into.
    pub(super) fn hashed(&self, hash: u32) -> impl ExactSizeIterator<Item = (u32, u32)> + use<'a> {
        let lists = self.starts.len().saturating_sub(1);
        let list = if lists == 0 { 0 } else { usize::try_from(hash).unwrap_or(0) & (lists - 1) };
        let start = |at: usize| {
            let it = self.starts.get(at).map_or(0, |it| usize::try_from(it).unwrap_or(0));
            it.saturating_mul(8)
        };
        let bytes = self.entries.get(start(list)..start(list + 1)).unwrap_or_default();
        bytes.as_chunks::<8>().0.iter().map(|[a, b, c, d, e, f, g, h]| {
            (u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes([*e, *f, *g, *h]))
        })
    }
}

/// Puts `entries`, by hash, into lists of pairs.
pub(super) fn hashed_pairs(mut entries: Vec<(u32, (u32, u32))>) -> (Vec<u8>, Vec<u8>) {
    let lists = entries.len().next_power_of_two().max(1);
    let mask = u32::try_from(lists - 1).unwrap_or(u32::MAX);
    for entry in &mut entries {
        entry.0 &= mask;
    }
    entries.sort_unstable();
    entries.dedup();
    let mut starts = Vec::with_capacity((lists + 1) * 4);
    let mut pairs = Vec::with_capacity(entries.len() * 8);
    let mut rest = entries.iter().peekable();
    let mut count: u32 = 0;
    for list in 0..lists {
        starts.extend(count.to_le_bytes());
        while let Some((_, (a, b))) = rest.next_if(|it| usize::try_from(it.0) == Ok(list)) {
            pairs.extend(a.to_le_bytes());
            pairs.extend(b.to_le_bytes());
            count += 1;
        }
    }
    starts.extend(count.to_le_bytes());
    (starts, pairs)
}

/// Puts `entries`, which it sorts, into lists: a power of two of them by hash.
pub(super) fn hashed(mut entries: Vec<(u32, u32)>) -> (Vec<u8>, Vec<u8>) {
    let lists = entries.len().next_power_of_two().max(1);
    let mask = u32::try_from(lists - 1).unwrap_or(u32::MAX);
    for entry in &mut entries {
        entry.0 &= mask;
    }
    entries.sort_unstable();
    entries.dedup();
    lay_out(&entries, lists)
}

/// Puts sorted `entries` into `lists` lists by their first number.
pub(super) fn lay_out(entries: &[(u32, u32)], lists: usize) -> (Vec<u8>, Vec<u8>) {
    let mut starts = Vec::with_capacity((lists + 1) * 4);
    let mut numbers = Vec::with_capacity(entries.len() * 4);
    let mut rest = entries.iter().peekable();
    let mut count: u32 = 0;
    for list in 0..lists {
        starts.extend(count.to_le_bytes());
        while let Some((_, number)) = rest.next_if(|it| usize::try_from(it.0) == Ok(list)) {
            numbers.extend(number.to_le_bytes());
            count += 1;
        }
    }
    starts.extend(count.to_le_bytes());
    (starts, numbers)
}
