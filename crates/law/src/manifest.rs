//! `rulebook.toml`: the rulebook's name and days, its vocabulary, and which tables it has.

use crate::diagnostic::{Diagnostic, NOWHERE};
use crate::lexer::offset;
use crate::parser::parse_date;
use crate::rulebook::Vocabulary;
use crate::source::{SourceFile, Span};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The file's name.
pub(crate) const MANIFEST: &str = "rulebook.toml";

/// What `rulebook.toml` says, with days read.
#[derive(Debug)]
pub(crate) struct Manifest {
    pub(crate) name: String,
    pub(crate) from: Date,
    pub(crate) verified_through: Date,
    /// The kind that effects are judged on, where they mention it.
    pub(crate) judged: Option<Spanned<String>>,
    /// What is classified, and by which questions.
    pub(crate) classification: Option<ClassificationEntry>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) tables: Vec<TableEntry>,
    pub(crate) paragraphs: Vec<Spanned<String>>,
    pub(crate) file: u16,
}

/// `[classification]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClassificationEntry {
    /// The name of the kind that is classified.
    pub(crate) kind: Spanned<String>,
    /// The domain of the entries.
    pub(crate) entries: Spanned<String>,
    /// The file with the questions.
    pub(crate) questions: Spanned<String>,
    /// The file with what things can do.
    pub(crate) capabilities: Option<Spanned<String>>,
}

/// A `[[table]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableEntry {
    pub(crate) name: Spanned<String>,
    pub(crate) file: Spanned<String>,
    pub(crate) domain: Spanned<String>,
    pub(crate) key: Spanned<String>,
    /// The name in rule text, and the column in the file.
    #[serde(default)]
    pub(crate) columns: BTreeMap<String, Spanned<String>>,
    /// The name in rule text, and the columns in the file that carry a mark for each word.
    #[serde(default)]
    pub(crate) marks: BTreeMap<String, Vec<Spanned<String>>>,
    /// The column whose values rule text names, instead of the keys.
    pub(crate) literal: Option<Spanned<String>>,
    /// Whether a name stands for everything below it, at dots.
    #[serde(default)]
    pub(crate) hierarchical: bool,
    /// The column with each row's own citation.
    pub(crate) row_citation: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    name: String,
    from: Spanned<toml::Value>,
    verified_through: Spanned<toml::Value>,
    judged: Option<Spanned<String>>,
    classification: Option<ClassificationEntry>,
    #[serde(default)]
    vocabulary: Words,
    #[serde(default)]
    table: Vec<TableEntry>,
    #[serde(default)]
    paragraphs: Vec<ParagraphsEntry>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Words {
    reasons: Vec<String>,
    exceptions: Vec<String>,
    exclusions: Vec<String>,
    prohibitions: Vec<(String, String, String)>,
    duties: Vec<String>,
    flags: Vec<String>,
    agencies: Vec<String>,
    policies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParagraphsEntry {
    file: Spanned<String>,
}

/// Reads the manifest among the files; `None` where that was not possible.
pub(crate) fn read(files: &[SourceFile], diagnostics: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let Some(place) = files.iter().position(|it| it.name == MANIFEST) else {
        let error = Diagnostic::error(NOWHERE, format!("there is no `{MANIFEST}`"));
        diagnostics.push(error.help("a rulebook is a folder with that file in it"));
        return None;
    };
    let file = u16::try_from(place).unwrap_or(u16::MAX);
    let text = files.get(place).map_or("", |it| it.text.as_str());
    let document: Document = match toml::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            diagnostics.push(toml_error(&error, file));
            return None;
        }
    };
    let from = day(&document.from, file, diagnostics);
    let verified_through = day(&document.verified_through, file, diagnostics);
    let (from, verified_through) = (from?, verified_through?);
    if verified_through < from {
        let span = span(&document.verified_through, file);
        let message = "the rulebook was verified through a day before its first";
        diagnostics.push(Diagnostic::error(span, message));
    }
    let words = document.vocabulary;
    Some(Manifest {
        name: document.name,
        from,
        verified_through,
        judged: document.judged,
        classification: document.classification,
        vocabulary: Vocabulary {
            reasons: words.reasons,
            exceptions: words.exceptions,
            exclusions: words.exclusions,
            prohibitions: words.prohibitions,
            duties: words.duties,
            flags: words.flags,
            agencies: words.agencies,
            policies: words.policies,
        },
        tables: document.table,
        paragraphs: document.paragraphs.into_iter().map(|it| it.file).collect(),
        file,
    })
}

/// What TOML's reader says, at the place it says it of.
pub(crate) fn toml_error(error: &toml::de::Error, file: u16) -> Diagnostic {
    let range = error.span().unwrap_or_default();
    let span = Span { file, start: offset(range.start), end: offset(range.end) };
    Diagnostic::error(span, error.message().lines().next().unwrap_or("not TOML").trim())
}

/// Where something of a TOML file stands.
pub(crate) fn span<T>(it: &Spanned<T>, file: u16) -> Span {
    let range = it.span();
    Span { file, start: offset(range.start), end: offset(range.end) }
}

fn day(value: &Spanned<toml::Value>, file: u16, diagnostics: &mut Vec<Diagnostic>) -> Option<Date> {
    let date = plain(value.get_ref()).as_deref().and_then(parse_date);
    if date.is_none() {
        let error = Diagnostic::error(span(value, file), "not a day");
        diagnostics.push(error.help("write days as year-month-day, such as \"2024-04-01\""));
    }
    date
}

/// A TOML value as the text of a table's cell; lists are joined by `;`.
pub(crate) fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(it) => Some(it.clone()),
        toml::Value::Integer(it) => Some(it.to_string()),
        toml::Value::Datetime(it) => Some(it.to_string()),
        toml::Value::Boolean(it) => Some(if *it { "X".to_owned() } else { String::new() }),
        toml::Value::Array(it) => {
            it.iter().map(plain).collect::<Option<Vec<_>>>().map(|it| it.join(";"))
        }
        toml::Value::Float(_) | toml::Value::Table(_) => None,
    }
}
