//! A block of a page as its top-level keys, each with the lines that belong to it.
//!
//! Values are not understood here, only kept: YAML puts a top-level key in the first column and
//! everything that belongs to it further right (or behind a `- ` in the first column).

use super::CasePageError;

/// The keys of a block, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Block(Vec<Entry>);

/// One top-level key and its lines, its own line first.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// The line of the key, counted from 1.
    pub(super) line: usize,
    pub(super) lines: Vec<(usize, String)>,
}

impl Block {
    pub(super) fn read(lines: &[(usize, String)]) -> Result<Self, CasePageError> {
        let mut block = Self::default();
        for (number, line) in lines {
            let number = *number;
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with([' ', '-']) {
                match block.0.last_mut() {
                    Some(entry) => entry.lines.push((number, line.clone())),
                    None => return Err(refused(number, "the block begins with a key")),
                }
                continue;
            }
            let Some((key, _)) = line.split_once(':').filter(|(key, _)| is_key(key)) else {
                return Err(refused(number, "a key, a colon and a value are expected here"));
            };
            if block.get(key).is_some() {
                return Err(refused(number, "this key stands in the block already"));
            }
            let lines = vec![(number, line.clone())];
            block.0.push(Entry { key: key.to_owned(), line: number, lines });
        }
        Ok(block)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.key == key)
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Entry> {
        let place = self.0.iter().position(|entry| entry.key == key)?;
        Some(self.0.remove(place))
    }

    /// This block on top of another, whose keys it replaces.
    pub(super) fn on(self, base: &Self) -> Self {
        let kept = base.0.iter().filter(|entry| self.get(&entry.key).is_none()).cloned();
        let mut entries: Vec<Entry> = kept.collect();
        entries.extend(self.0);
        Self(entries)
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = String::new();
        for (_, line) in self.0.iter().flat_map(|entry| &entry.lines) {
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}

impl Entry {
    /// What stands behind the colon on the key's own line.
    pub(super) fn inline(&self) -> &str {
        let line = self.lines.first().map_or("", |(_, line)| line.as_str());
        line.split_once(':').map_or("", |(_, value)| value).trim()
    }
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_lowercase() || it == '_')
}

fn refused(line: usize, problem: &str) -> CasePageError {
    CasePageError { line, problem: problem.to_owned() }
}
