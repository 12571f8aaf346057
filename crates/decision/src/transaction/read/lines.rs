//! Lines of problems in JSON, found in a second pass that only a faulty text needs.

use super::InputError;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Gives every problem the line of its path. A path that is not in the text (a key that was left
/// out) has the line of what should hold it; of a repeated key the last one counts.
pub(super) fn locate(text: &str, errors: &mut [InputError]) {
    let mut walk = Walk { rest: text, line: 1, lines: BTreeMap::new() };
    let _ = walk.value(&mut String::new());
    for error in errors.iter_mut().filter(|it| it.line.is_none()) {
        let mut path = error.path.as_str();
        error.line = loop {
            if let Some(line) = walk.lines.get(path) {
                break Some(*line);
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = path.get(..end).unwrap_or_default(),
                None if path.is_empty() => break None,
                None => path = "",
            }
        };
    }
}

/// A walk over a text that is known to be JSON.
struct Walk<'t> {
    rest: &'t str,
    line: u32,
    lines: BTreeMap<String, u32>,
}

impl<'t> Walk<'t> {
    fn value(&mut self, path: &mut String) -> Option<()> {
        self.skip_space();
        self.lines.entry(path.clone()).or_insert(self.line);
        match self.rest.chars().next()? {
            '{' => self.members(path, '}', |walk, path, _| {
                let key = walk.string()?;
                let key: String = serde_json::from_str(key).ok()?;
                walk.skip_space();
                let line = walk.line;
                walk.take(1)?;
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&crate::suggestion::shortened(&key));
                walk.lines.insert(path.clone(), line);
                Some(())
            }),
            '[' => self.members(path, ']', |_, path, place| write!(path, "[{place}]").ok()),
            '"' => self.string().map(|_| ()),
            _ => {
                let end = self.rest.find([',', ']', '}', ' ', '\n', '\r', '\t']);
                self.take(end.unwrap_or(self.rest.len())).map(|_| ())
            }
        }
    }

    /// Walks over what stands between brackets. `begin` extends the path to the member.
    fn members(
        &mut self,
        path: &mut String,
        close: char,
        begin: impl Fn(&mut Self, &mut String, usize) -> Option<()>,
    ) -> Option<()> {
        self.take(1)?;
        for place in 0.. {
            self.skip_space();
            if self.rest.starts_with(close) {
                break;
            }
            if self.rest.starts_with(',') {
                self.take(1)?;
                self.skip_space();
            }
            let length = path.len();
            begin(self, path, place)?;
            self.value(path)?;
            path.truncate(length);
        }
        self.take(1).map(|_| ())
    }

    /// A string with its quotation marks.
    fn string(&mut self) -> Option<&'t str> {
        let mut escaped = false;
        let inner = self.rest.get(1..)?.find(|it: char| {
            let ends = it == '"' && !escaped;
            escaped = it == '\\' && !escaped;
            ends
        })?;
        self.take(inner + 2)
    }

    fn skip_space(&mut self) {
        let end = self.rest.find(|it: char| !it.is_ascii_whitespace()).unwrap_or(self.rest.len());
        let _ = self.take(end);
    }

    fn take(&mut self, length: usize) -> Option<&'t str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.line = self.line.saturating_add(
            u32::try_from(taken.bytes().filter(|it| *it == b'\n').count()).unwrap_or(u32::MAX),
        );
        self.rest = rest;
        Some(taken)
    }
}
