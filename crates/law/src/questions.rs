//! The questions by which things are classified: a table that gives a kind its facts.
//!
//! `[classification]` in the manifest names the table. Each row becomes a fact of the kind, before
//! any name is resolved; when a question is asked is a condition on the others, read like one of a
//! block, in which the facts stand without a prefix. How answers become facts is the host's
//! business.

use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{Facts, RowId, Value};
use crate::manifest::{Manifest, span};
use crate::names::Names;
use crate::names::condition::resolve;
use crate::parser::parse_condition;
use crate::rulebook::{Classification, Expr, Question, Test};
use crate::schema::{Domain, DomainId, DomainValues, Fact, FactId, FactType, Kind, KindId, Schema};
use crate::source::{SourceFile, Span};
use crate::syntax::{Body, Condition, TestSyntax};
use crate::tables::cells::{Dated, required};
use crate::tables::sheet::Sheet;
use crate::truth::Truth;
use std::collections::BTreeSet;

/// The questions as they stand in their table, with the kind they are facts of.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) kind: KindId,
    pub(crate) entries: DomainId,
    /// The place of the table among the files.
    pub(crate) file: usize,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    question: Question,
    asked_when: String,
    span: Span,
}

/// The columns of the table besides its days and sources.
const COLUMNS: [&str; 10] = [
    "id",
    "question",
    "help",
    "values",
    "asked_when",
    "left_out",
    "releases",
    "cost",
    "citation",
    "leads_to",
];

/// Reads the table of questions, and makes each a fact of a new kind.
pub(crate) fn declare(
    files: &[SourceFile],
    manifest: &Manifest,
    schema: &mut Schema,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Declared> {
    let said = manifest.classification.as_ref()?;
    let name = said.questions.get_ref();
    let Some(file) = files.iter().position(|it| it.name == *name) else {
        let error = Diagnostic::error(
            span(&said.questions, manifest.file),
            format!("there is no file `{name}`"),
        );
        diagnostics.push(error.suggest(name, files.iter().map(|it| it.name.as_str())));
        return None;
    };
    let Some(entries) = schema.domain(said.entries.get_ref()) else {
        let at = span(&said.entries, manifest.file);
        let error = Diagnostic::error(at, format!("unknown domain `{}`", said.entries.get_ref()));
        let known = schema.domains.iter().map(|it| it.name.as_str());
        diagnostics.push(error.suggest(said.entries.get_ref(), known));
        return None;
    };
    if schema.kind(said.kind.get_ref()).is_some() {
        let at = span(&said.kind, manifest.file);
        let message = format!("there is a kind `{}` already", said.kind.get_ref());
        diagnostics.push(Diagnostic::error(at, message));
        return None;
    }
    let number = u16::try_from(file).unwrap_or(u16::MAX);
    let sheet = match Sheet::read(files.get(file)?, number) {
        Ok(sheet) => sheet,
        Err(error) => {
            diagnostics.push(*error);
            return None;
        }
    };
    let rows = rows(&sheet, schema, diagnostics)?;
    let kind = KindId(u16::try_from(schema.kinds.len()).unwrap_or(u16::MAX));
    let facts =
        rows.iter().map(|(it, of)| Fact { name: it.question.id.clone(), of: *of, late: false });
    schema.kinds.push(Kind {
        name: said.kind.get_ref().clone(),
        parent: Some(KindId(0)),
        facts: facts.collect(),
    });
    let rows = rows.into_iter().map(|it| it.0).collect();
    Some(Declared { kind, entries, file, rows })
}

fn rows(
    sheet: &Sheet<'_>,
    schema: &mut Schema,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<(Row, FactType)>> {
    let dated = Dated::find(sheet, "questions", true, diagnostics);
    let places = COLUMNS.map(|it| required(sheet, "questions", it, diagnostics));
    let [id, ask, help, values, when, left_out, releases, cost, citation, leads_to] = places;
    let dated = dated?;
    let (id, ask, help, values, when) = (id?, ask?, help?, values?, when?);
    let (left_out, releases, cost) = (left_out?, releases?, cost?);
    let (citation, leads_to) = (citation?, leads_to?);
    let mut seen = BTreeSet::new();
    let mut rows = Vec::with_capacity(sheet.lines.len());
    for line in &sheet.lines {
        let Some((from, until, source)) = dated.read(line, diagnostics) else { continue };
        let text = |column: usize| line.cell(column).to_owned();
        let values: Vec<String> =
            line.cell(values).split(';').map(str::trim).map(str::to_owned).collect();
        let values: Vec<String> = values.into_iter().filter(|it| !it.is_empty()).collect();
        let mut problem = |what: &str| diagnostics.push(dated.error(line, what));
        if !seen.insert(text(id)) || line.cell(id).is_empty() {
            problem("a question without an id of its own");
        }
        let truths = ["yes", "no"].map(str::to_owned);
        let known = if values.is_empty() { &truths[..] } else { &values[..] };
        let left_out = Some(text(left_out)).filter(|it| !it.is_empty());
        if left_out.as_ref().is_some_and(|it| !known.contains(it)) {
            problem("`left_out` is not one of its answers");
        }
        if !matches!(line.cell(releases), "" | "yes") {
            problem("`releases` is `yes` or empty");
        }
        let cost = line.cell(cost).parse::<u8>().ok().filter(|it| (1..=5).contains(it));
        if cost.is_none() {
            problem("`cost` is a number from 1 to 5");
        }
        let of = if values.is_empty() {
            FactType::Truth
        } else {
            let name = format!("answers to {}", line.cell(id));
            schema.domains.push(Domain { name, values: DomainValues::Fixed(values.clone()) });
            let place = schema.domains.len().saturating_sub(1);
            FactType::Code(DomainId(u16::try_from(place).unwrap_or(u16::MAX)))
        };
        let question = Question {
            id: text(id),
            fact: FactId(u16::try_from(rows.len()).unwrap_or(u16::MAX)),
            from,
            until,
            ask: text(ask),
            help: text(help),
            values,
            asked_when: Expr::Constant(true),
            left_out,
            releases: line.cell(releases) == "yes",
            citation: text(citation),
            leads_to: text(leads_to),
            cost: cost.unwrap_or(1),
            source: source.to_owned(),
        };
        rows.push((Row { question, asked_when: text(when), span: line.span }, of));
    }
    Some(rows)
}

impl Declared {
    /// The classification, once every fact has its name: when each question is asked.
    pub(crate) fn resolve(
        self,
        names: &Names<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Classification {
        let kind = names.kind_name(self.kind);
        let mut questions = Vec::with_capacity(self.rows.len());
        for Row { mut question, asked_when, span } in self.rows {
            let mut found = Vec::new();
            match parse_condition(&asked_when, span.file) {
                Ok(condition) => {
                    let condition = said_of(kind, condition);
                    let resolved = resolve(names, self.kind, None, Some(&condition), &mut found);
                    question.asked_when = resolved.expr;
                }
                Err(errors) => found.extend(errors),
            }
            for it in found {
                let message = format!("when `{}` is asked: {}", question.id, it.message);
                let mut error = Diagnostic::error(span, message);
                error.severity = Severity::Error;
                error.help = it.help;
                diagnostics.push(error);
            }
            questions.push(question);
        }
        Classification {
            kind: self.kind,
            entries: self.entries,
            questions,
            capabilities: Vec::new(),
        }
    }
}

/// A condition whose facts without a prefix are those of a thing.
fn said_of(kind: &str, condition: Condition) -> Condition {
    let each = |parts: Vec<Condition>| parts.into_iter().map(|it| said_of(kind, it)).collect();
    let of = |mut path: crate::syntax::PathName| {
        path.thing = path.thing.or_else(|| Some(kind.to_owned()));
        path
    };
    match condition {
        Condition::Any(parts) => Condition::Any(each(parts)),
        Condition::All(parts) => Condition::All(each(parts)),
        Condition::Not(inner) => Condition::Not(Box::new(said_of(kind, *inner))),
        Condition::Holds(path) => Condition::Holds(of(path)),
        Condition::Test { path, test } => {
            let test = match test {
                TestSyntax::Member { negated, path } => {
                    TestSyntax::Member { negated, path: of(path) }
                }
                other @ (TestSyntax::In { .. }
                | TestSyntax::Column { .. }
                | TestSyntax::Includes(_)
                | TestSyntax::Within(_)
                | TestSyntax::Empty
                | TestSyntax::Number(..)) => other,
            };
            Condition::Test { path: of(path), test }
        }
        Condition::Quantified { quantifier, name, of, body } => {
            let body = match body {
                Body::Where(inner) => Body::Where(Box::new(said_of(kind, *inner))),
                other @ Body::Is { .. } => other,
            };
            Condition::Quantified { quantifier, name, of, body }
        }
        other @ (Condition::Constant(_) | Condition::Is { .. }) => other,
    }
}

impl Question {
    /// Whether it is a question on that day.
    #[must_use]
    pub fn covers(&self, day: jiff::civil::Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether it is asked of a thing, as far as is known of it.
    #[must_use]
    pub fn is_asked(&self, facts: &Facts, row: RowId) -> Truth {
        holds(&self.asked_when, facts, row)
    }

    /// The questions to which a yes is what this one is asked upon: where they were left out and
    /// it was answered, they were meant.
    pub fn rests_on(&self) -> impl Iterator<Item = FactId> + '_ {
        self.conditions().iter().filter_map(is_true)
    }

    /// The questions to which a no is what this one is asked upon: after a yes to one of them it
    /// is not asked.
    pub fn ended_by(&self) -> impl Iterator<Item = FactId> + '_ {
        self.conditions().iter().filter_map(|it| match it {
            Expr::Not(inner) => is_true(inner),
            Expr::Test { .. }
            | Expr::Constant(_)
            | Expr::All(_)
            | Expr::Any(_)
            | Expr::Term { .. }
            | Expr::Quantified { .. } => None,
        })
    }

    /// What must all hold for it to be asked.
    fn conditions(&self) -> &[Expr] {
        match &self.asked_when {
            Expr::All(parts) => parts.as_slice(),
            Expr::Constant(_)
            | Expr::Any(_)
            | Expr::Not(_)
            | Expr::Test { .. }
            | Expr::Term { .. }
            | Expr::Quantified { .. } => std::slice::from_ref(&self.asked_when),
        }
    }
}

/// The fact that a condition asks to be true, where that is all it asks.
fn is_true(expr: &Expr) -> Option<FactId> {
    match expr {
        Expr::Test { fact, test: Test::IsTrue, .. } => Some(*fact),
        Expr::Test { .. }
        | Expr::Constant(_)
        | Expr::All(_)
        | Expr::Any(_)
        | Expr::Not(_)
        | Expr::Term { .. }
        | Expr::Quantified { .. } => None,
    }
}

/// What is known of a condition on the facts of one thing.
fn holds(expr: &Expr, facts: &Facts, row: RowId) -> Truth {
    match expr {
        Expr::Constant(value) => Truth::from(*value),
        Expr::All(parts) => {
            parts.iter().fold(Truth::True, |all, it| all.and(holds(it, facts, row)))
        }
        Expr::Any(parts) => {
            parts.iter().fold(Truth::False, |any, it| any.or(holds(it, facts, row)))
        }
        Expr::Not(inner) => holds(inner, facts, row).not(),
        Expr::Test { fact, test, .. } => match (test, facts.value(row, *fact)) {
            (Test::IsTrue, Value::Truth(value)) => Truth::from(*value),
            (Test::In(values), Value::Code(code)) => Truth::from(values.contains(code)),
            (
                Test::IsTrue
                | Test::In(_)
                | Test::Column { .. }
                | Test::Both(..)
                | Test::Includes(_)
                | Test::Within(_)
                | Test::Empty
                | Test::Number(..)
                | Test::MemberOf { .. },
                _,
            ) => Truth::Unknown,
        },
        Expr::Term { .. } | Expr::Quantified { .. } => Truth::Unknown,
    }
}
