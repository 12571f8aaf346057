//! Numbers, days and facts as bytes: short ones short, and the same on every machine.

use jiff::ToSpan;
use jiff::civil::Date;
use law::Value;

/// The day that days are counted from.
const ZERO: Date = Date::constant(2000, 1, 1);

/// Writes a number, seven bits a byte, the low ones first.
pub(super) fn number(into: &mut Vec<u8>, number: u64) {
    let mut left = number;
    while left >= 0x80 {
        into.push(low(left) | 0x80);
        left >>= 7;
    }
    into.push(low(left));
}

/// The low seven bits.
fn low(number: u64) -> u8 {
    u8::try_from(number & 0x7F).unwrap_or(0)
}

/// Writes a number that may be negative.
fn signed(into: &mut Vec<u8>, it: i64) {
    number(into, (it << 1 ^ it >> 63).cast_unsigned());
}

/// Writes bytes after their count.
pub(super) fn text(into: &mut Vec<u8>, bytes: &[u8]) {
    number(into, bytes.len() as u64);
    into.extend_from_slice(bytes);
}

/// Writes a day.
pub(super) fn date(into: &mut Vec<u8>, date: Date) {
    let days = date.since(ZERO).map_or(0, |it| it.get_days());
    signed(into, i64::from(days));
}

/// Writes what is known of a fact.
pub(super) fn value(into: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Unknown => into.push(0),
        Value::Truth(is) => into.push(1 + u8::from(*is)),
        Value::Code(code) => {
            into.push(3);
            number(into, u64::from(*code));
        }
        Value::OneOf(codes) => {
            into.push(4);
            number(into, codes.len() as u64);
            for code in codes {
                number(into, u64::from(*code));
            }
        }
        Value::Set(set) => {
            into.push(5);
            into.extend_from_slice(&set.to_le_bytes());
        }
        Value::Number(it) => {
            into.push(6);
            signed(into, *it);
        }
        Value::Between(from, to) => {
            into.push(7);
            signed(into, *from);
            signed(into, *to);
        }
    }
}

/// Reads what was written. `None` where it ends, or is nothing that is written so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'b> {
    left: &'b [u8],
}

impl<'b> Reader<'b> {
    /// A reader from the first byte on.
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { left: bytes }
    }

    /// What was not read yet.
    pub(super) fn is_done(&self) -> bool {
        self.left.is_empty()
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, left) = self.left.split_first()?;
        self.left = left;
        Some(*first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for place in 0..10 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F).checked_shl(7 * place)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn small(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// As many as were counted; never more than there are bytes left.
    pub(super) fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.left.len()).then_some(count)
    }

    pub(super) fn text(&mut self) -> Option<&'b [u8]> {
        let count = self.count()?;
        let (text, left) = self.left.split_at_checked(count)?;
        self.left = left;
        Some(text)
    }

    pub(super) fn date(&mut self) -> Option<Date> {
        ZERO.checked_add(self.signed()?.days()).ok()
    }

    pub(super) fn value(&mut self) -> Option<Value> {
        Some(match self.byte()? {
            0 => Value::Unknown,
            1 => Value::Truth(false),
            2 => Value::Truth(true),
            3 => Value::Code(self.number()?.try_into().ok()?),
            4 => {
                let count = self.count()?;
                let codes = (0..count).map(|_| self.number()?.try_into().ok());
                Value::OneOf(codes.collect::<Option<Vec<u16>>>()?.into_boxed_slice())
            }
            5 => {
                let (set, left) = self.left.split_at_checked(16)?;
                self.left = left;
                Value::Set(u128::from_le_bytes(set.try_into().ok()?))
            }
            6 => Value::Number(self.signed()?),
            7 => Value::Between(self.signed()?, self.signed()?),
            _ => return None,
        })
    }
}
