//! The trace of a classification: explained blocks as a tree, with the answers they rest on.

use crate::determination::Because;
use crate::trace::show;
use law::rulebook::Rulebook;
use law::schema::FactId;
use law::{Evaluation, Explained, Facts, Law, Read, RowId, Truth, Value};

/// What a trace is made from.
pub(super) struct Explainer<'a, 'law> {
    pub(super) rulebook: &'law Rulebook,
    pub(super) law: &'law Law,
    pub(super) facts: &'a Facts,
    /// The fact that says what a product is made of.
    pub(super) form: Option<FactId>,
    /// Whether everything that was evaluated is kept.
    pub(super) full: bool,
}

/// Trees are cut off this deep.
const DEPTH: usize = 6;

impl<'law> Explainer<'_, 'law> {
    /// The tree of one block.
    pub(super) fn because(
        &self,
        evaluation: &mut Evaluation<'_>,
        block: usize,
        row: RowId,
    ) -> Option<Because<'law>> {
        let explained = evaluation.explain(block, row)?;
        Some(self.tree(&explained, 0))
    }

    pub(super) fn tree(&self, explained: &Explained<'_>, depth: usize) -> Because<'law> {
        let holds = !explained.truth.is_false();
        let decides = |truth: Truth| self.full || !holds || !truth.is_false();
        let mut facts: Vec<String> = Vec::new();
        for read in explained.reads.iter().filter(|it| decides(it.truth)) {
            let shown = self.fact(read);
            if !facts.contains(&shown) {
                facts.push(shown);
            }
        }
        let mut because = Vec::new();
        if depth < DEPTH {
            for said in &explained.terms {
                let definitions = said.definitions.iter();
                let kept =
                    definitions.filter(|it| decides(it.truth) && (self.full || self.is_near(it)));
                because.extend(kept.map(|it| self.tree(it, depth + 1)));
            }
            let exempt = explained.unless.iter().filter(|it| self.full || !it.truth.is_false());
            because.extend(exempt.map(|it| self.tree(it, depth + 1)));
        }
        let block = self.rulebook.block(explained.block);
        Because {
            citation: block.map_or("", |it| it.citation.as_str()),
            text: block.map_or("", |it| it.says.as_str()),
            effect: block.map_or("", |it| it.effect.keyword()),
            truth: explained.truth,
            facts,
            because,
        }
    }

    /// `cryptanalytic = yes`.
    fn fact(&self, read: &Read<'_>) -> String {
        let kind = self.facts.row(read.row).map(|it| it.kind);
        let kind = kind.and_then(|it| self.rulebook.schema.kinds.get(usize::from(it.0)));
        let fact = kind.and_then(|it| it.facts.get(usize::from(read.fact.0)));
        let name = fact.map_or("?", |it| it.name.as_str());
        format!("{name} = {}", show(&self.rulebook.schema, self.facts, read.row, read.fact))
    }

    /// The exemptions that hold among those that a block rests on, at any depth: those that say
    /// something of the product, and those that alone stand against the block.
    pub(super) fn exemptions(&self, explained: &Explained<'_>, found: &mut Vec<usize>) {
        let stands = explained.parts.iter().all(|it| !it.truth.is_false());
        for exempt in &explained.unless {
            let counts = exempt.truth.is_true() && (stands || self.is_affirmed(exempt));
            if counts && !found.contains(&exempt.place) {
                found.push(exempt.place);
            }
            self.exemptions(exempt, found);
        }
        for definition in explained.terms.iter().flat_map(|it| &it.definitions) {
            self.exemptions(definition, found);
        }
    }

    /// Whether a block holds, may hold, or came near: something that it asks of the product, beside
    /// its form, was affirmed.
    pub(super) fn is_near(&self, explained: &Explained<'_>) -> bool {
        !explained.truth.is_false()
            || !explained.reads.iter().any(|it| self.is_form(it) && it.truth.is_false())
                && self.is_affirmed(explained)
    }

    /// Whether something that a block reads, at any depth, was answered yes or with a value.
    fn is_affirmed(&self, explained: &Explained<'_>) -> bool {
        let affirmed = |it: &Read<'_>| match self.facts.value(it.row, it.fact) {
            Value::Truth(yes) => *yes,
            Value::Code(_) => it.truth.is_true() && !self.is_form(it),
            Value::Unknown
            | Value::OneOf(_)
            | Value::Set(_)
            | Value::Number(_)
            | Value::Between(..) => false,
        };
        let definitions = explained.terms.iter().flat_map(|it| &it.definitions);
        explained.reads.iter().any(affirmed)
            || definitions.chain(&explained.unless).any(|it| self.is_affirmed(it))
    }

    /// Whether a test asks what a product is made of: half of all products meet it.
    fn is_form(&self, read: &Read<'_>) -> bool {
        self.form == Some(read.fact)
    }

    /// What a block says, and where.
    pub(super) fn says(&self, block: usize) -> Option<(&'law str, &'law str)> {
        let block = self.law.block(block)?;
        Some((block.citation.as_str(), block.says.as_str()))
    }
}
