//! Lines that would notice, as case pages: one for each section, a heading for each paragraph.

use super::Guard;
use super::difference::Expected;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// A line that would notice one change.
pub(super) struct Line<'g> {
    guard: &'g Guard,
    /// The keys that replace those of the case, as they are written.
    changed: String,
    expected: Vec<Expected>,
    /// What it notices, in words.
    pub(super) noticed: String,
}

impl<'g> Line<'g> {
    pub(super) fn new(
        guard: &'g Guard,
        tree: &Value,
        expected: Vec<Expected>,
        noticed: String,
    ) -> Self {
        let mut line = Self { guard, changed: String::new(), expected, noticed };
        let Some(base) = base(guard) else { return line };
        let keys: BTreeSet<&String> =
            tree.as_object().into_iter().chain(base.as_object()).flat_map(|it| it.keys()).collect();
        let mut changed = Vec::new();
        for key in keys {
            match tree.get(key) {
                now if now == base.get(key) => {}
                Some(now) => changed.push(format!("{key}: {}", flow(now))),
                None => changed.push(format!("{key}:")),
            }
        }
        line.changed = changed.join("; ");
        line
    }
}

fn base(guard: &Guard) -> Option<Value> {
    super::seed(guard).map(|it| it.tree)
}

/// A value as YAML on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::Array(members) => {
            let members: Vec<String> = members.iter().map(flow).collect();
            format!("[{}]", members.join(", "))
        }
        Value::Object(object) => {
            let pairs: Vec<String> =
                object.iter().map(|(key, it)| format!("{key}: {}", flow(it))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Value::String(text) if is_plain(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

/// Whether a text may stand in YAML as it is, and is a text there.
fn is_plain(text: &str) -> bool {
    let first = text.starts_with(|it: char| it.is_ascii_alphabetic());
    let word = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.' | '(' | ')');
    let taken = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    first && text.chars().all(word) && !taken.contains(&text.to_ascii_lowercase().as_str())
        || text.len() == 10 && text.chars().all(|it| it.is_ascii_digit() || it == '-')
}

/// Pages by section.
#[derive(Default)]
pub(super) struct Pages<'g> {
    sections: BTreeMap<String, Vec<(String, Vec<Line<'g>>)>>,
}

impl<'g> Pages<'g> {
    /// Adds the lines of a paragraph.
    pub(super) fn add(&mut self, citation: &str, lines: Vec<Line<'g>>) {
        if lines.is_empty() {
            return;
        }
        let section = citation.split(['(', '#', ' ']).next().unwrap_or(citation);
        let section = section.split('.').take(2).collect::<Vec<_>>().join(".");
        let paragraphs = self.sections.entry(section).or_default();
        match paragraphs.iter_mut().find(|it| it.0 == citation) {
            Some((_, known)) => known.extend(lines),
            None => paragraphs.push((citation.to_owned(), lines)),
        }
    }

    /// Writes a file for each section.
    ///
    /// # Errors
    ///
    /// What the file system refuses.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        for (section, paragraphs) in &self.sections {
            std::fs::write(folder.join(format!("{section}.md")), page(section, paragraphs))?;
        }
        Ok(())
    }
}

fn page(section: &str, paragraphs: &[(String, Vec<Line<'_>>)]) -> String {
    let mut text = format!("# {section}: near the cases\n\n");
    let mut named: BTreeSet<String> = BTreeSet::new();
    for (citation, lines) in paragraphs {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "## {citation}\n");
        let mut by_case: BTreeMap<&str, Vec<&Line<'_>>> = BTreeMap::new();
        for line in lines {
            by_case.entry(line.guard.name.as_str()).or_default().push(line);
        }
        for (case, lines) in by_case {
            let name = base_name(case);
            let title = case.split_once(' ').map_or(case, |it| it.1);
            let Some(of) = lines.first().map(|it| &it.guard.entry.transaction) else {
                continue;
            };
            let _ = writeln!(text, "Like *{title}*:\n");
            if named.insert(name.clone()) {
                let _ = writeln!(text, "```base {name}\n{of}```\n");
            }
            let _ = writeln!(text, "```variants {name}");
            let mut merged: BTreeMap<&str, (BTreeSet<&Expected>, BTreeSet<&str>)> = BTreeMap::new();
            for line in lines {
                let (expected, noticed) = merged.entry(line.changed.as_str()).or_default();
                expected.extend(&line.expected);
                noticed.insert(&line.noticed);
            }
            for (changed, (expected, _)) in merged {
                let space = if changed.is_empty() { "" } else { " " };
                let _ = writeln!(text, "{changed}{space}=> {}", written(&expected));
            }
            text.push_str("```\n\n");
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// What is expected, key by key.
fn written(expected: &BTreeSet<&Expected>) -> String {
    let mut keys: Vec<(&str, Vec<&Expected>)> = Vec::new();
    for it in expected {
        match keys.iter_mut().find(|(key, _)| *key == it.key()) {
            Some((_, of)) => of.push(it),
            None => keys.push((it.key(), vec![it])),
        }
    }
    keys.sort_by_key(|it| it.0 != "outcome");
    let written = keys.iter().map(|(key, of)| match of.as_slice() {
        [one @ Expected::One(..)] => format!("{key}: {one}"),
        of => {
            let of: Vec<String> = of.iter().map(ToString::to_string).collect();
            format!("{key}: [{}]", of.join(", "))
        }
    });
    written.collect::<Vec<_>>().join("; ")
}

/// A name for a case as a base: its page and its line.
fn base_name(case: &str) -> String {
    let place = case.split(' ').next().unwrap_or(case);
    let place = place.rsplit('/').next().unwrap_or(place);
    place.replace(".md:", "-")
}
