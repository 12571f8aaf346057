//! CSV as nearly every table is written: a record a line, cells in quotes where they need them.
//!
//! Cells lie in the text of the file, so that reading a table copies next to nothing. What is
//! written otherwise (a cell over several lines, a quote that nothing closes) is left to the careful
//! reader; where this one reads a text, both read the same.

use std::borrow::Cow;

/// One record.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Record<'a> {
    /// The number of its line, from 1.
    pub(crate) number: u32,
    /// Where its line begins and ends, in bytes.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Without the white space around them.
    pub(crate) cells: Vec<Cow<'a, str>>,
}

/// The records of a text, but for empty lines and comments; `None` where it is written otherwise.
pub(crate) fn records(text: &str) -> Option<Vec<Record<'_>>> {
    let mut records: Vec<Record<'_>> = Vec::with_capacity(text.len() / 64);
    let mut start = 0;
    for (number, whole) in (1..).zip(text.split_inclusive('\n')) {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        let line = line.strip_suffix('\r').unwrap_or(line);
        // The careful reader takes a comment that nothing ends for a record.
        if line.contains('\r') || (line.starts_with('#') && !whole.ends_with('\n')) {
            return None;
        }
        if !line.is_empty() && !line.starts_with('#') {
            let count = records.first().map_or(8, |it| it.cells.len());
            let mut cells = Vec::with_capacity(count);
            if line.contains('"') {
                quoted(line, &mut cells)?;
            } else {
                cells.extend(line.split(',').map(|it| Cow::Borrowed(it.trim())));
            }
            records.push(Record { number, start, end: start + line.len(), cells });
        }
        start += whole.len();
    }
    Some(records)
}

/// The cells of a line of which some may be in quotes.
fn quoted<'a>(line: &'a str, cells: &mut Vec<Cow<'a, str>>) -> Option<()> {
    let mut rest = line;
    loop {
        let Some(inner) = rest.strip_prefix('"') else {
            let (cell, after) = match rest.split_once(',') {
                Some((cell, after)) => (cell, Some(after)),
                None => (rest, None),
            };
            cells.push(Cow::Borrowed(cell.trim()));
            match after {
                Some(after) => rest = after,
                None => return Some(()),
            }
            continue;
        };
        // Two quotes stand for one; the first that is alone closes the cell.
        let mut end = 0;
        let mut doubled = false;
        loop {
            end += inner.get(end..)?.find('"')?;
            if !inner.get(end + 1..)?.starts_with('"') {
                break;
            }
            doubled = true;
            end += 2;
        }
        let cell = inner.get(..end)?;
        cells.push(if doubled {
            Cow::Owned(cell.replace("\"\"", "\"").trim().to_owned())
        } else {
            Cow::Borrowed(cell.trim())
        });
        let after = inner.get(end + 1..)?;
        if after.is_empty() {
            return Some(());
        }
        // Anything else behind the closing quote is for the careful reader.
        rest = after.strip_prefix(',')?;
    }
}

#[cfg(test)]
mod tests;
