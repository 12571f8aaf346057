//! Numbers, texts and dates as bytes.

use super::SnapshotError;
use jiff::civil::Date;
#[expect(
    clippy::disallowed_types,
    reason = "texts are looked up in it and never listed from it"
)]
use std::collections::HashMap;

/// Every text once, in the order of first use.
#[derive(Default)]
pub(super) struct Strings {
    pub(super) bytes: Vec<u8>,
    #[expect(clippy::disallowed_types, reason = "only looked up; the order is that of `bytes`")]
    places: HashMap<String, u64>,
}

impl Strings {
    fn place(&mut self, text: &str) -> u64 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.bytes.len() as u64;
        self.bytes.extend_from_slice(text.as_bytes());
        self.places.insert(text.to_owned(), place);
        place
    }
}

/// Appends to a section.
pub(super) struct Encoder<'a> {
    pub(super) bytes: &'a mut Vec<u8>,
    pub(super) strings: &'a mut Strings,
}

impl Encoder<'_> {
    /// Seven bits a byte, the lowest first.
    pub(super) fn number(&mut self, mut number: u64) {
        loop {
            let low = (number & 0x7F) as u8;
            number >>= 7;
            if number == 0 {
                self.bytes.push(low);
                return;
            }
            self.bytes.push(low | 0x80);
        }
    }

    pub(super) fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        if !text.is_empty() {
            let place = self.strings.place(text);
            self.number(place);
        }
    }

    pub(super) fn optional(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    pub(super) fn date(&mut self, date: Option<Date>) {
        self.number(date.map_or(0, number_of));
    }

    pub(super) fn texts(&mut self, texts: &[String]) {
        self.count(texts.len());
        for text in texts {
            self.text(text);
        }
    }
}

/// 0 is no date.
fn number_of(date: Date) -> u64 {
    let part = |it: i64| u64::try_from(it).unwrap_or_default();
    let year = part(i64::from(date.year()) + 9_999);
    let (month, day) = (part(i64::from(date.month()) - 1), part(i64::from(date.day()) - 1));
    (year * 12 + month) * 31 + day + 1
}

fn date_of(number: u64) -> Option<Date> {
    let number = number.checked_sub(1)?;
    let (rest, day) = (number / 31, number % 31);
    let (year, month) = (rest / 12, rest % 12);
    let year = i16::try_from(i64::try_from(year).ok()? - 9_999).ok()?;
    Date::new(year, i8::try_from(month).ok()? + 1, i8::try_from(day).ok()? + 1).ok()
}

/// Reads what an [`Encoder`] wrote, and refuses everything else.
#[derive(Clone)]
pub(super) struct Decoder<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) strings: &'a [u8],
    pub(super) what: &'static str,
    /// How many bytes of text may still be taken out: texts are shared, so a small forged record
    /// could otherwise ask for any amount.
    pub(super) budget: usize,
}

/// Far more text than any party or table of sources has.
pub(super) const BUDGET: usize = 16 << 20;

impl<'a> Decoder<'a> {
    pub(super) fn malformed(&self) -> SnapshotError {
        SnapshotError::Malformed { what: self.what }
    }

    pub(super) fn number(&mut self) -> Result<u64, SnapshotError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.bytes.split_first().ok_or(self.malformed())?;
            self.bytes = rest;
            let low = u64::from(byte & 0x7F);
            if shift == 63 && low > 1 {
                break;
            }
            number |= low << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(self.malformed())
    }

    /// A number of things that are still to come: never more than there are bytes.
    pub(super) fn count(&mut self) -> Result<usize, SnapshotError> {
        let count = self.number()?;
        let count = usize::try_from(count).map_err(|_| self.malformed())?;
        if count > self.bytes.len() { Err(self.malformed()) } else { Ok(count) }
    }

    pub(super) fn small(&mut self) -> Result<u8, SnapshotError> {
        let number = self.number()?;
        u8::try_from(number).map_err(|_| self.malformed())
    }

    pub(super) fn text(&mut self) -> Result<&'a str, SnapshotError> {
        let length = self.number()?;
        if length == 0 {
            return Ok("");
        }
        let place = self.number()?;
        let length = usize::try_from(length).map_err(|_| self.malformed())?;
        self.budget = self.budget.checked_sub(length).ok_or(self.malformed())?;
        let range = || {
            let start = usize::try_from(place).ok()?;
            Some(start..start.checked_add(length)?)
        };
        let bytes = range().and_then(|it| self.strings.get(it)).ok_or(self.malformed())?;
        std::str::from_utf8(bytes).map_err(|_| self.malformed())
    }

    pub(super) fn owned(&mut self) -> Result<String, SnapshotError> {
        self.text().map(str::to_owned)
    }

    pub(super) fn optional(&mut self) -> Result<Option<String>, SnapshotError> {
        Ok(if self.truth()? { Some(self.owned()?) } else { None })
    }

    pub(super) fn truth(&mut self) -> Result<bool, SnapshotError> {
        match self.number()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.malformed()),
        }
    }

    pub(super) fn date(&mut self) -> Result<Option<Date>, SnapshotError> {
        match self.number()? {
            0 => Ok(None),
            number => date_of(number).map(Some).ok_or(self.malformed()),
        }
    }

    pub(super) fn many<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Result<T, SnapshotError>,
    ) -> Result<Vec<T>, SnapshotError> {
        let count = self.count()?;
        (0..count).map(|_| one(self)).collect()
    }
}
