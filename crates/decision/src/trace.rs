//! The trace: explained blocks as a tree of citations, words, truths and facts.
//!
//! The law explains each block; this turns its rows and facts into paths and names, and, unless
//! everything was asked for, keeps what decided and what just missed.

use crate::determination::Because;
use crate::effects::RuledOut;
use crate::facts::MatterFacts;
use law::eval::grounds::Cell;
use law::rulebook::{Rulebook, Table, Test};
use law::schema::{FactId, FactType, Schema};
use law::{Evaluation, Explained, Facts, Law, Part, Read, RowId, Truth, Value};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// How much of the trace an answer carries.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Trace {
    /// Nothing but the outcome and its reasons.
    None,
    /// The blocks that decided, by themselves: for answers by the thousand.
    Lean,
    /// What decided, with the facts it rests on, and what just missed.
    #[default]
    Decisive,
    /// Everything that was evaluated.
    Full,
}

/// What a trace is made from.
#[derive(Debug)]
pub struct Tracer<'a, 'law> {
    /// The rulebook.
    pub rulebook: &'law Rulebook,
    /// The day's law.
    pub law: &'law Law,
    /// The facts and their paths.
    pub matter: &'a MatterFacts,
    /// What is true of them.
    pub evaluation: RefCell<Evaluation<'a>>,
    /// How much to keep.
    pub trace: Trace,
    /// The facts that were read so far.
    pub seen: RefCell<BTreeSet<(RowId, FactId)>>,
}

/// A block that does not hold, and how near it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Missed<'law> {
    /// Its tree.
    pub node: Because<'law>,
    /// How near it came.
    pub near: Near,
}

/// How near a block that does not hold came.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Near {
    /// How many of the things that it asks together are not so; an exemption counts as one.
    pub lacks: usize,
    /// How many are.
    pub met: usize,
    /// Of how many it is not known.
    pub open: usize,
}

impl Near {
    fn of(explained: &Explained<'_>) -> Self {
        let count = |truth: Truth| explained.parts.iter().filter(|it| it.truth == truth).count();
        let exempted = explained.unless.iter().filter(|it| it.truth.is_true()).count();
        let (lacks, met) = (count(Truth::False) + exempted, count(Truth::True));
        Self { lacks, met, open: count(Truth::Unknown) }
    }

    /// Nearest first: of those that come as near, the one that asks most is about this transaction
    /// most.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        self.lacks.cmp(&other.lacks).then(other.met.cmp(&self.met))
    }
}

/// Full trees are cut off this deep, decisive ones sooner.
const DEPTH: usize = 12;
const DECISIVE_DEPTH: usize = 4;
/// A lean tree has at most so many blocks under one.
const GROUNDS: usize = 12;
/// And names so many rows of tables.
const CELLS: usize = 4;
/// So many are shown whatever they say.
const FEW: usize = 3;

impl<'law> Tracer<'_, 'law> {
    /// Whether a block holds.
    #[must_use]
    pub fn truth(&self, block: usize, row: RowId) -> Truth {
        self.evaluation.borrow_mut().block(block, row)
    }

    /// The blocks that certainly do not hold of the transaction and of an item.
    pub(crate) fn ruled_out(&self, item: RowId) -> RuledOut {
        RuledOut::of(&*self.evaluation.borrow(), item)
    }

    fn explain(&self, block: usize, row: RowId) -> Option<Explained<'_>> {
        let mut evaluation = self.evaluation.borrow_mut();
        match self.trace {
            Trace::None | Trace::Lean => None,
            Trace::Decisive => evaluation.explain_briefly(block, row, DECISIVE_DEPTH),
            Trace::Full => evaluation.explain(block, row),
        }
    }

    /// The tree of one block.
    #[must_use]
    pub fn because(&self, block: usize, row: RowId) -> Option<Because<'law>> {
        if self.trace == Trace::Lean {
            return self.lean(block, row);
        }
        let explained = self.explain(block, row)?;
        Some(self.tree(&explained, 0))
    }

    /// The tree of one block that does not hold although nothing that it asks of this item fails,
    /// or one term alone beside a test that is met, and how near it came.
    #[must_use]
    pub fn fitting(&self, block: usize, row: RowId, item: RowId) -> Option<Missed<'law>> {
        if !self.truth(block, row).is_false() {
            return None;
        }
        let mut explained = self.explain(block, row)?;
        if self.trace != Trace::Full && !is_meant_for(&explained, item) {
            return None;
        }
        let near = Near::of(&explained);
        if self.trace != Trace::Full {
            let Explained { parts, reads, .. } = &mut explained;
            // What is as it was asked keeps nothing closed.
            reads.retain(|it| {
                self.seen.borrow_mut().insert((it.row, it.fact));
                parts.get(it.part).is_none_or(|part| !part.truth.is_true())
            });
        }
        Some(Missed { node: self.tree(&explained, 0), near })
    }

    /// How near one block comes that does not hold and is meant for this item, without its tree.
    #[must_use]
    pub fn near(&self, block: usize, row: RowId, item: RowId) -> Option<Near> {
        if !self.truth(block, row).is_false() {
            return None;
        }
        let explained = self.evaluation.borrow_mut().explain_briefly(block, row, 1)?;
        is_meant_for(&explained, item).then(|| Near::of(&explained))
    }

    /// The tree of one block that would hold but for an exemption.
    #[must_use]
    pub fn spared(&self, block: usize, row: RowId) -> Option<Because<'law>> {
        let mut evaluation = self.evaluation.borrow_mut();
        let spared =
            evaluation.block(block, row).is_false() && !evaluation.condition(block, row).is_false();
        drop(evaluation);
        if spared { self.because(block, row) } else { None }
    }

    /// One block and the blocks its truth rests on, each by itself; and the rows of tables by which a
    /// requirement is spared (a cell of the Country Chart) or the block is left open.
    fn lean(&self, place: usize, row: RowId) -> Option<Because<'law>> {
        let mut node = self.bare(place, row)?;
        let spared = node.truth.is_false() && node.effect == "require license";
        let cells = if spared || node.truth.is_unknown() { CELLS } else { 0 };
        let grounds = self.evaluation.borrow_mut().grounds(place, row, (GROUNDS, cells));
        node.because =
            grounds.blocks.into_iter().filter_map(|(it, row)| self.bare(it, row)).collect();
        for cell in &grounds.cells {
            if let Some(table) = table_of(cell.test) {
                node.because.push(self.cell(table, cell));
            }
        }
        Some(node)
    }

    /// The thing that a block is about: the first other than the transaction whose fact it read.
    #[must_use]
    pub fn about(&self, block: usize, row: RowId) -> Option<RowId> {
        let explained = self.evaluation.borrow_mut().explain_briefly(block, row, 1)?;
        let reads = explained.reads.iter().map(|it| it.row);
        let said = explained.terms.iter().map(|it| it.row);
        reads.chain(said).find(|it| it.0 != 0)
    }

    /// One block by itself, with nothing of what it rests on.
    #[must_use]
    pub fn bare(&self, place: usize, row: RowId) -> Option<Because<'law>> {
        let block = self.law.block(place)?;
        Some(Because {
            citation: &block.citation,
            text: &block.says,
            effect: block.effect.keyword(),
            truth: self.truth(place, row),
            facts: Vec::new(),
            because: Vec::new(),
        })
    }

    fn tree(&self, explained: &Explained<'_>, depth: usize) -> Because<'law> {
        let block = self.rulebook.blocks.get(explained.block.0 as usize);
        let full = self.trace == Trace::Full;
        let holds = !explained.truth.is_false();
        let mut because = Vec::new();
        let mut facts = Vec::new();
        for read in &explained.reads {
            self.seen.borrow_mut().insert((read.row, read.fact));
            // Of much that was asked, only what came out true decides.
            if !full && holds && read.truth.is_false() && explained.reads.len() > FEW {
                continue;
            }
            let Read { row, fact, test, truth, .. } = *read;
            if let Some(table) = table_of(test) {
                because.push(self.cell(table, &Cell { row, fact, test, truth }));
                continue;
            }
            let shown = self.fact(row, fact);
            if !facts.contains(&shown) {
                facts.push(shown);
            }
        }
        let deeper = depth < if full { DEPTH } else { DECISIVE_DEPTH };
        if deeper {
            for said in &explained.terms {
                for definition in &said.definitions {
                    // What speaks for a term that holds; what a term that fails came near to.
                    let keep = !definition.truth.is_false()
                        || said.truth.is_false()
                            && (is_near(definition) || depth == 0 && said.definitions.len() < FEW);
                    if full || keep {
                        because.push(self.tree(definition, depth + 1));
                    }
                }
            }
            for exempt in &explained.unless {
                if full || depth == 0 || !exempt.truth.is_false() {
                    because.push(self.tree(exempt, depth + 1));
                }
            }
        }
        Because {
            citation: block.map_or("", |it| it.citation.as_str()),
            text: block.map_or("", |it| it.says.as_str()),
            effect: block.map_or("", |it| it.effect.keyword()),
            truth: explained.truth,
            facts,
            because,
        }
    }

    /// `parties[0].sector = police`.
    fn fact(&self, row: RowId, fact: FactId) -> String {
        let path = self.matter.path_of(row, fact);
        let value = show(&self.rulebook.schema, &self.matter.facts, row, fact);
        format!("{path} = {value}")
    }

    /// What a row of a table said, with the source of the row.
    fn cell(&self, table: u16, cell: &Cell<'_>) -> Because<'law> {
        let held = self.rulebook.tables.get(usize::from(table));
        let row = match self.matter.facts.value(cell.row, cell.fact) {
            Value::Code(key) => self.law.source(table, *key),
            Value::Unknown
            | Value::Truth(_)
            | Value::OneOf(_)
            | Value::Set(_)
            | Value::Number(_)
            | Value::Between(..) => None,
        };
        Because {
            citation: row.or(held.map(|it| it.citation.as_str())).unwrap_or_default(),
            text: held.map_or("", |it| it.name.as_str()),
            effect: "table",
            truth: cell.truth,
            facts: vec![self.fact(cell.row, cell.fact) + &asked(held, cell.test)],
            because: Vec::new(),
        }
    }
}

/// Whether a block holds, may hold, or came near: some test it made or term it used held.
fn is_near(explained: &Explained<'_>) -> bool {
    !explained.truth.is_false()
        || explained.reads.iter().any(|it| it.truth.is_true())
        || explained.terms.iter().any(|it| it.truth.is_true())
}

/// Whether nothing fails that a block asks of a thing alone, or one term only beside a test that is met.
fn is_meant_for(explained: &Explained<'_>, row: RowId) -> bool {
    fits(explained, row) || nearly_fits(explained, row)
}

/// Whether a block asks something of a thing alone, and all that it asks so is met.
fn fits(explained: &Explained<'_>, row: RowId) -> bool {
    let mut alone = explained.parts.iter().filter(|it| it.rows == [row]).peekable();
    alone.peek().is_some() && alone.all(|it| !it.truth.is_false())
}

/// Whether of all that a block asks one thing fails, a term said of this thing alone, while a test of
/// the thing is met: a classification request that was filed too late, for such an item.
fn nearly_fits(explained: &Explained<'_>, row: RowId) -> bool {
    let alone = |it: &&Part| it.rows == [row];
    let mut fails = explained.parts.iter().filter(|it| it.truth.is_false());
    let (first, second) = (fails.next(), fails.next());
    let is_a_term = first.is_some_and(|it| it.is_term && alone(&it)) && second.is_none();
    let mut tests = explained.parts.iter().filter(alone).filter(|it| !it.is_term);
    is_a_term && tests.any(|it| it.truth.is_true())
}

fn table_of(test: &Test) -> Option<u16> {
    match test {
        Test::Column { table, .. } => Some(*table),
        Test::Both(left, right) => table_of(left).or_else(|| table_of(right)),
        Test::IsTrue
        | Test::In(_)
        | Test::Includes(_)
        | Test::Within(_)
        | Test::Empty
        | Test::Number(..)
        | Test::MemberOf { .. } => None,
    }
}

/// What was asked of a table row: ` in chart NS1`.
fn asked(table: Option<&Table>, test: &Test) -> String {
    let (Some(table), Test::Column { column, words, .. }) = (table, test) else {
        return String::new();
    };
    let Some(column) = table.columns.get(usize::from(*column)) else { return String::new() };
    let words = words.iter().filter_map(|it| column.words.get(usize::from(*it)));
    let words: Vec<&str> = words.map(String::as_str).collect();
    format!(", {} {}", column.name, words.join(" or "))
}

/// A value as a person reads it.
#[must_use]
pub fn show(schema: &Schema, facts: &Facts, row: RowId, fact: FactId) -> String {
    let kind = facts.row(row).and_then(|it| schema.kinds.get(usize::from(it.kind.0)));
    let of = kind.and_then(|it| it.facts.get(usize::from(fact.0))).map(|it| it.of);
    let name = |value: u16| match of {
        Some(FactType::Code(domain) | FactType::Set(domain)) => schema.value_name(domain, value),
        Some(FactType::Truth | FactType::Number) | None => "?",
    };
    match facts.value(row, fact) {
        Value::Unknown => "unknown".to_owned(),
        Value::Truth(value) => if *value { "yes" } else { "no" }.to_owned(),
        Value::Code(value) => name(*value).to_owned(),
        Value::OneOf(values) => {
            let names: Vec<&str> = values.iter().take(6).map(|it| name(*it)).collect();
            let more = if values.len() > 6 { " or \u{2026}" } else { "" };
            format!("{}{more}", names.join(" or "))
        }
        Value::Set(0) => "none".to_owned(),
        Value::Set(set) => {
            let names: Vec<&str> = (0..128_u16).filter(|it| set >> it & 1 == 1).map(name).collect();
            names.join(", ")
        }
        Value::Number(number) => thousandths(*number),
        Value::Between(low, high) => format!("{} to {}", thousandths(*low), thousandths(*high)),
    }
}

/// A number of thousandths as a person writes it.
#[must_use]
pub fn thousandths(number: i64) -> String {
    let whole = number / 1000;
    match (number % 1000).unsigned_abs() {
        0 => whole.to_string(),
        part => {
            let sign = if number < 0 && whole == 0 { "-" } else { "" };
            format!("{sign}{whole}.{}", format!("{part:03}").trim_end_matches('0'))
        }
    }
}
