//! Dated tables, from CSV or TOML to rows whose words are numbered.
//!
//! Reading refuses, by table and line, a row without a source, with inverted days, or overlapping
//! another row of the same key. How cells are spelled is in [`cells`], how files are cut into
//! cells in [`sheet`].

pub(crate) mod cells;
mod comma;
pub(crate) mod sheet;

use crate::diagnostic::Diagnostic;
use crate::manifest::{Manifest, TableEntry, span};
use crate::rulebook::{Column, Paragraph, Table, TableRow};
use crate::schema::{DomainId, DomainValues, Schema};
use crate::source::{SourceFile, Span};
use cells::Dated;
use sheet::{Line, Sheet};
use std::collections::{BTreeMap, BTreeSet};

/// What the files of tables hold.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) all: Vec<Table>,
    pub(crate) paragraphs: Vec<Paragraph>,
    /// For each domain, what rule text may say.
    pub(crate) literals: Vec<Literals>,
    /// The places of the files that were read.
    pub(crate) files: BTreeSet<usize>,
}

/// What rule text may say to name values of a domain.
#[derive(Debug, Default)]
pub(crate) struct Literals {
    /// Each name and the value it names, sorted.
    names: Vec<(String, u16)>,
    /// Whether a name also stands for everything below it, at dots.
    hierarchical: bool,
}

impl Literals {
    /// The values a word names, sorted; none when it is unknown.
    pub(crate) fn values(&self, word: &str) -> Vec<u16> {
        let first = self.names.partition_point(|(name, _)| name.as_str() < word);
        let mut values: Vec<u16> = self
            .names
            .iter()
            .skip(first)
            .take_while(|(name, _)| name.starts_with(word))
            .filter(|(name, _)| {
                let below = name.get(word.len()..).unwrap_or_default();
                below.is_empty() || (self.hierarchical && below.starts_with('.'))
            })
            .map(|(_, value)| *value)
            .collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }
}

/// Reads every table the manifest names, and fills the schema's table domains.
pub(crate) fn read(
    files: &[SourceFile],
    manifest: &Manifest,
    schema: &mut Schema,
    diagnostics: &mut Vec<Diagnostic>,
) -> Tables {
    let mut out = Tables::default();
    let mut domains: Vec<Keys> = schema.domains.iter().map(|it| Keys::new(&it.values)).collect();
    let mut reader = Reader { files, manifest, diagnostics, read: BTreeSet::new() };
    let mut seen: BTreeSet<(DomainId, &str)> = BTreeSet::new();
    for entry in &manifest.tables {
        let Some(domain) = schema.domain(entry.domain.get_ref()) else {
            let message = format!("unknown domain `{}`", entry.domain.get_ref());
            let known = schema.domains.iter().map(|it| it.name.as_str());
            reader.report(&entry.domain, message, known);
            continue;
        };
        for column in entry.columns.keys().chain(entry.marks.keys()) {
            if !seen.insert((domain, column)) {
                let message = format!("two tables of one domain have a column `{column}`");
                reader.report(&entry.name, message, []);
            }
        }
        let keys = domains.get_mut(usize::from(domain.0));
        out.all.extend(keys.and_then(|keys| reader.table(entry, domain, keys)));
    }
    for entry in &manifest.paragraphs {
        if let Some(sheet) = reader.sheet(entry) {
            out.paragraphs.extend(reader.paragraphs(&sheet));
        }
    }
    out.files = reader.read;
    for (domain, keys) in schema.domains.iter_mut().zip(domains) {
        let (values, literals) = keys.finish();
        domain.values = DomainValues::Fixed(values);
        out.literals.push(literals);
    }
    out
}

/// The values of one domain while its tables are read.
struct Keys {
    places: BTreeMap<String, u16>,
    values: Vec<String>,
    open: bool,
    literals: BTreeSet<(String, u16)>,
    literal: bool,
    hierarchical: bool,
}

impl Keys {
    fn new(values: &DomainValues) -> Self {
        let (values, open) = match values {
            DomainValues::Fixed(values) => (values.clone(), false),
            DomainValues::Tables => (Vec::new(), true),
        };
        let places = values.iter().cloned().zip(0..).collect();
        let literals = BTreeSet::new();
        Self { places, values, open, literals, literal: false, hierarchical: false }
    }

    fn place(&mut self, key: &str) -> Option<u16> {
        if let Some(place) = self.places.get(key) {
            return Some(*place);
        }
        let place = u16::try_from(self.values.len()).ok().filter(|_| self.open)?;
        self.values.push(key.to_owned());
        self.places.insert(key.to_owned(), place);
        Some(place)
    }

    fn finish(self) -> (Vec<String>, Literals) {
        let names = if self.literal {
            self.literals.into_iter().collect()
        } else {
            self.places.into_iter().collect()
        };
        (self.values, Literals { names, hierarchical: self.hierarchical })
    }
}

/// A set column to be: its name, the file's columns it comes from, each with the word that a mark
/// there stands for, and whether they are marks.
type Sets<'e> = (&'e str, Vec<(&'e str, usize)>, bool);

struct Reader<'a> {
    files: &'a [SourceFile],
    manifest: &'a Manifest,
    diagnostics: &'a mut Vec<Diagnostic>,
    read: BTreeSet<usize>,
}

impl<'a> Reader<'a> {
    fn report<'k, T>(
        &mut self,
        at: &toml::Spanned<T>,
        message: String,
        known: impl IntoIterator<Item = &'k str>,
    ) where
        T: AsRef<str>,
    {
        let error = Diagnostic::error(span(at, self.manifest.file), message);
        self.diagnostics.push(error.suggest(at.get_ref().as_ref(), known));
    }

    /// The cells of a file that the manifest names.
    fn sheet(&mut self, name: &toml::Spanned<String>) -> Option<Sheet<'a>> {
        let place = self.files.iter().position(|it| it.name == *name.get_ref());
        let Some((place, file)) = place.and_then(|it| Some((it, self.files.get(it)?))) else {
            let message = format!("there is no file `{}`", name.get_ref());
            let known = self.files.iter().map(|it| it.name.as_str());
            self.report(name, message, known);
            return None;
        };
        self.read.insert(place);
        let number = u16::try_from(place).unwrap_or(u16::MAX);
        match Sheet::read(file, number) {
            Ok(sheet) => Some(sheet),
            Err(error) => {
                self.diagnostics.push(*error);
                None
            }
        }
    }

    /// The place of a column that must be there.
    fn column(&mut self, sheet: &Sheet<'_>, at: &toml::Spanned<String>) -> Option<usize> {
        let found = sheet.column(at.get_ref());
        if found.is_none() {
            let message = format!("`{}` has no column `{}`", sheet.name, at.get_ref());
            self.report(at, message, sheet.headers());
        }
        found
    }

    fn table(&mut self, entry: &TableEntry, domain: DomainId, keys: &mut Keys) -> Option<Table> {
        let sheet = self.sheet(&entry.file)?;
        let key = self.column(&sheet, &entry.key);
        let literal = entry.literal.as_ref().map(|it| self.column(&sheet, it));
        let row_citation = entry.row_citation.as_ref().map(|it| self.column(&sheet, it));
        let mut columns: Vec<Sets<'_>> = Vec::new();
        for (name, column) in &entry.columns {
            let place = self.column(&sheet, column).map(|it| ("", it));
            columns.push((name, place.into_iter().collect(), false));
        }
        for (name, marks) in &entry.marks {
            let places = marks
                .iter()
                .filter_map(|it| Some((it.get_ref().as_str(), self.column(&sheet, it)?)));
            columns.push((name, places.collect(), true));
        }
        let dated = Dated::find(&sheet, entry.name.get_ref(), true, self.diagnostics);
        let (key, dated) = (key?, dated?);
        let literal = literal.flatten();
        let row_citation = row_citation.flatten();
        keys.literal |= literal.is_some();
        keys.hierarchical |= entry.hierarchical;

        let words: Vec<Vec<String>> = columns
            .iter()
            .map(|(_, places, marks)| cells::vocabulary(&sheet, places, *marks))
            .collect();
        let mut used: BTreeSet<usize> =
            columns.iter().flat_map(|(_, places, _)| places.iter().map(|(_, it)| *it)).collect();
        used.extend(
            [key, dated.from, dated.until].into_iter().chain(dated.source).chain(row_citation),
        );

        let mut rows = Vec::with_capacity(sheet.lines.len());
        let mut places: Vec<Span> = Vec::with_capacity(sheet.lines.len());
        for line in &sheet.lines {
            let Some((from, until, source)) = dated.read(line, self.diagnostics) else { continue };
            let name = line.cell(key);
            let Some(value) = self.key(entry, name, line, keys) else { continue };
            if let Some(literal) = literal {
                keys.literals.insert((line.cell(literal).to_owned(), value));
            }
            let mut row = TableRow {
                key: value,
                from,
                until,
                words: Vec::with_capacity(columns.len()),
                doubtful: Vec::with_capacity(columns.len()),
                citation: row_citation
                    .map(|it| line.cell(it).to_owned())
                    .filter(|it| !it.is_empty()),
                other: BTreeMap::new(),
                source: source.to_owned(),
                line: line.number,
            };
            for ((_, places, marks), words) in columns.iter().zip(&words) {
                let cell = if *marks {
                    cells::marks(line, places, words)
                } else {
                    cells::words(places.first().map_or("", |(_, it)| line.cell(*it)), words)
                };
                match cell {
                    Ok((certain, doubtful)) => {
                        row.words.push(certain);
                        row.doubtful.push(doubtful);
                    }
                    Err(problem) => self.diagnostics.push(dated.error(line, &problem)),
                }
            }
            for (place, header) in sheet.headers().enumerate() {
                let cell = line.cell(place);
                if !cell.is_empty() && !used.contains(&place) {
                    row.other.insert(header.to_owned(), cell.to_owned());
                }
            }
            rows.push(row);
            places.push(line.span);
        }
        self.overlaps(entry.name.get_ref(), &rows, &places, &keys.values);
        Some(Table {
            name: entry.name.get_ref().clone(),
            domain,
            citation: entry.citation.clone(),
            columns: columns
                .iter()
                .zip(words)
                .map(|((name, ..), words)| Column { name: (*name).to_owned(), words })
                .collect(),
            rows,
        })
    }

    fn key(
        &mut self,
        entry: &TableEntry,
        name: &str,
        line: &Line<'_>,
        keys: &mut Keys,
    ) -> Option<u16> {
        let table = entry.name.get_ref();
        if name.is_empty() {
            let message = format!("table `{table}`, line {}: a row without a key", line.number);
            self.diagnostics.push(Diagnostic::error(line.span, message));
            return None;
        }
        let place = keys.place(name);
        if place.is_none() {
            let domain = entry.domain.get_ref();
            let message = format!(
                "table `{table}`, line {}: `{name}` is not a value of `{domain}`",
                line.number
            );
            let error = Diagnostic::error(line.span, message);
            self.diagnostics.push(error.suggest(name, keys.values.iter().map(String::as_str)));
        }
        place
    }

    /// Two rows of one key may not be in force on the same day.
    fn overlaps(&mut self, table: &str, rows: &[TableRow], places: &[Span], names: &[String]) {
        let mut order: Vec<(&TableRow, &Span)> = rows.iter().zip(places).collect();
        order.sort_by_key(|(row, _)| (row.key, row.from, row.line));
        let next = order.iter().skip(1);
        for ((earlier, _), (later, span)) in order.iter().zip(next) {
            let overlap = earlier.until.is_none_or(|until| later.from < until);
            if earlier.key == later.key && overlap {
                let name = names.get(usize::from(later.key)).map_or("?", String::as_str);
                let message = format!(
                    "table `{table}`, lines {} and {}: two rows of `{name}` are in force on {}",
                    earlier.line, later.line, later.from
                );
                let help = format!("close the earlier row with `until` {}", later.from);
                self.diagnostics.push(Diagnostic::error(**span, message).help(help));
            }
        }
    }

    fn paragraphs(&mut self, sheet: &Sheet<'_>) -> Vec<Paragraph> {
        let table = &sheet.name;
        let dated = Dated::find(sheet, table, false, self.diagnostics);
        let citation = cells::required(sheet, table, "citation", self.diagnostics);
        let title = cells::required(sheet, table, "title", self.diagnostics);
        let (Some(dated), Some(citation), Some(title)) = (dated, citation, title) else {
            return Vec::new();
        };
        let mut out: Vec<(Paragraph, &Line<'_>)> = Vec::with_capacity(sheet.lines.len());
        for line in &sheet.lines {
            let Some((from, until, _)) = dated.read(line, self.diagnostics) else { continue };
            let citation = line.cell(citation).to_owned();
            if citation.is_empty() {
                self.diagnostics.push(dated.error(line, "a paragraph without a citation"));
            } else {
                let title = line.cell(title).to_owned();
                out.push((Paragraph { citation, from, until, title }, line));
            }
        }
        let mut order: Vec<&(Paragraph, &Line<'_>)> = out.iter().collect();
        order.sort_by_key(|(it, line)| (&it.citation, it.from, line.number));
        for ((earlier, _), (later, line)) in order.iter().zip(order.iter().skip(1)) {
            let overlap = earlier.until.is_none_or(|until| later.from < until);
            if earlier.citation == later.citation && overlap {
                let problem = format!("`{}` stands twice on {}", later.citation, later.from);
                self.diagnostics.push(dated.error(line, &problem));
            }
        }
        out.into_iter().map(|(it, _)| it).collect()
    }
}

#[cfg(test)]
mod tests;
