//! How many typing errors lie between two words: letters left out, added, replaced, or swapped
//! with their neighbor (optimal string alignment, each counting one).
//!
//! Source: H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
//! Nordic Journal of Computing 10 (2003).

/// The longest word that is compared, in bytes; longer ones are alike only if they are the same.
pub const LONGEST: usize = 64;

/// How many errors two words may have between them, by the length of the shorter one.
#[must_use]
pub fn budget(shorter: usize) -> usize {
    match shorter {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    }
}

/// The number of errors between `a` and `b`, if both are at most [`LONGEST`] bytes and it is at
/// most `most`.
#[must_use]
pub fn distance(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    let (a, b) = trim(a, b);
    let (pattern, text) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if pattern.is_empty() {
        return (text.len() <= most).then_some(text.len());
    }
    if let ([x], [y]) = (pattern, text) {
        return (most >= 1 || x == y).then_some(1);
    }
    if pattern.len() > LONGEST || text.len() - pattern.len() > most {
        return None;
    }
    let last = 1u64 << (pattern.len() - 1);
    let (mut vp, mut vn, mut d0, mut before) = (u64::MAX, 0u64, 0u64, 0u64);
    let mut score = pattern.len();
    for letter in text {
        // The words are short: looking for the letter costs less than a table of all letters.
        let mask = pattern.iter().rev().fold(0u64, |bits, it| bits << 1 | u64::from(it == letter));
        let swapped = (((!d0) & mask) << 1) & before;
        d0 = ((mask & vp).wrapping_add(vp) ^ vp) | mask | vn | swapped;
        let hp = vn | !(d0 | vp);
        let hn = d0 & vp;
        if hp & last != 0 {
            score += 1;
        }
        if hn & last != 0 {
            score -= 1;
        }
        let hp = (hp << 1) | 1;
        vp = (hn << 1) | !(d0 | hp);
        vn = hp & d0;
        before = mask;
    }
    (score <= most).then_some(score)
}

/// The number of errors between `a` and `b`, if both are at most [`LONGEST`] bytes and it is at
/// most `most`, which is two or less: the same as [`distance`] gives, in fewer steps for so few.
#[must_use]
pub fn few(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if b.len() > LONGEST || b.len() - a.len() > most {
        return None;
    }
    let (a, b) = trim(a, b);
    match (a, b) {
        ([], rest) => return (rest.len() <= most).then_some(rest.len()),
        _ if most == 0 => return None,
        ([_], [_]) => return Some(1),
        ([_, _], [_, _]) if crosses(a, b) => return Some(1),
        _ if most == 1 => return None,
        _ => {}
    }
    // They begin and end with other letters: one error is here, and one at the end.
    let (after_a, after_b) = (a.get(1..)?, b.get(1..)?);
    let swapped = crosses(a, b) && is_one(a.get(2..)?, b.get(2..)?);
    (swapped || is_one(after_a, after_b) || is_one(a, after_b) || is_one(after_a, b)).then_some(2)
}

/// Whether one error, or none, lies between two words that end in other letters.
fn is_one(a: &[u8], b: &[u8]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let alike = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    match (a.get(alike..), b.get(alike..)) {
        (Some([] | [_]), Some([] | [_])) => true,
        (Some(rest @ [_, _]), Some(others @ [_, _])) => crosses(rest, others),
        _ => false,
    }
}

/// Whether the first two letters of one are those of the other, in the other order.
fn crosses(a: &[u8], b: &[u8]) -> bool {
    a.len() > 1 && b.len() > 1 && a.first() == b.get(1) && a.get(1) == b.first()
}

/// A word that is compared with many: where each letter stands in it is looked up once.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// For each byte, the places where it stands, a bit each.
    places: [u64; 256],
    /// The word, filled up with nothing.
    text: [u8; LONGEST],
    length: usize,
}

impl Pattern {
    /// That of `text`; nothing if it is longer than [`LONGEST`].
    #[must_use]
    pub fn of(text: &[u8]) -> Option<Self> {
        let (mut places, mut own) = ([0u64; 256], [0u8; LONGEST]);
        own.get_mut(..text.len())?.copy_from_slice(text);
        for (at, letter) in text.iter().enumerate() {
            if let Some(it) = places.get_mut(usize::from(*letter)) {
                *it |= 1 << at;
            }
        }
        Some(Self { places, text: own, length: text.len() })
    }

    /// The number of errors between this word and `text`, if it is at most `most`: the same as
    /// [`distance`] gives.
    #[must_use]
    pub fn distance(&self, text: &[u8], most: usize) -> Option<usize> {
        if self.length.abs_diff(text.len()) > most {
            return None;
        }
        let own = self.text.get(..self.length)?;
        let begin = own.iter().zip(text).take_while(|(x, y)| x == y).count();
        let (own, text) = trim(own.get(begin..)?, text.get(begin..)?);
        // Most words that are compared have no more than this between them.
        let few = match (own, text) {
            ([], rest) | (rest, []) => Some(rest.len()),
            ([_], [_]) => Some(1),
            ([_, _], [_, _]) => Some(if crosses(own, text) { 1 } else { 2 }),
            _ => None,
        };
        if let Some(few) = few {
            return (few <= most).then_some(few);
        }
        let last = 1u64 << (own.len() - 1);
        let (mut vp, mut vn, mut d0, mut before) = (u64::MAX, 0u64, 0u64, 0u64);
        let mut score = own.len();
        for letter in text {
            // What stands behind the rest of the word makes no difference to it.
            let mask = self.places.get(usize::from(*letter)).map_or(0, |it| it >> begin);
            let swapped = (((!d0) & mask) << 1) & before;
            d0 = ((mask & vp).wrapping_add(vp) ^ vp) | mask | vn | swapped;
            let hp = vn | !(d0 | vp);
            let hn = d0 & vp;
            score += usize::from(hp & last != 0);
            score -= usize::from(hn & last != 0);
            let hp = (hp << 1) | 1;
            vp = (hn << 1) | !(d0 | hp);
            vn = hp & d0;
            before = mask;
        }
        (score <= most).then_some(score)
    }
}

/// Without what both begin and end with: it never changes the number of errors.
fn trim<'a>(mut a: &'a [u8], mut b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    while let ([x, rest @ ..], [y, others @ ..]) = (a, b) {
        if x != y {
            break;
        }
        (a, b) = (rest, others);
    }
    while let ([rest @ .., x], [others @ .., y]) = (a, b) {
        if x != y {
            break;
        }
        (a, b) = (rest, others);
    }
    (a, b)
}

#[cfg(test)]
mod tests;
