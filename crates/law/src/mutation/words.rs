//! A part of a condition in words short enough for a list.

use crate::rulebook::{Comparison, Expr, Quantifier, Rulebook, Test, Thing};
use crate::schema::{DomainId, FactId, FactType, KindId};

/// How much of a part is shown.
const LENGTH: usize = 70;

/// What variables stand for while a condition is read.
pub(super) struct Words<'a> {
    rulebook: &'a Rulebook,
    /// The kind that each variable is bound to.
    variables: Vec<KindId>,
}

impl<'a> Words<'a> {
    pub(super) fn new(rulebook: &'a Rulebook, subject: KindId) -> Self {
        Self { rulebook, variables: vec![KindId(0), subject] }
    }

    /// From here on the variable stands for that kind.
    pub(super) fn bind(&mut self, variable: u16, kind: KindId) {
        let variable = usize::from(variable);
        if self.variables.len() <= variable {
            self.variables.resize(variable + 1, KindId(0));
        }
        if let Some(place) = self.variables.get_mut(variable) {
            *place = kind;
        }
    }

    fn kind(&self, thing: Thing) -> KindId {
        let mut kind = self.variables.get(usize::from(thing.variable)).copied();
        for _ in 0..thing.up {
            kind = kind.and_then(|it| self.rulebook.schema.kinds.get(usize::from(it.0))?.parent);
        }
        kind.unwrap_or(KindId(0))
    }

    pub(super) fn fact_type(&self, thing: Thing, fact: FactId) -> Option<FactType> {
        let kind = self.rulebook.schema.kinds.get(usize::from(self.kind(thing).0))?;
        Some(kind.facts.get(usize::from(fact.0))?.of)
    }

    pub(super) fn value(&self, domain: DomainId, value: u16) -> String {
        self.rulebook.schema.value_name(domain, value).to_owned()
    }

    pub(super) fn size(&self, domain: DomainId) -> u16 {
        self.rulebook.schema.size(domain).try_into().unwrap_or(u16::MAX)
    }

    pub(super) fn word(&self, table: u16, column: u16, word: u16) -> String {
        let words = self.column(table, column);
        words.and_then(|it| it.get(usize::from(word))).cloned().unwrap_or_default()
    }

    pub(super) fn words_in(&self, table: u16, column: u16) -> u16 {
        let words = self.column(table, column).map_or(0, Vec::len);
        words.try_into().unwrap_or(u16::MAX)
    }

    fn column(&self, table: u16, column: u16) -> Option<&Vec<String>> {
        let table = self.rulebook.tables.get(usize::from(table))?;
        Some(&table.columns.get(usize::from(column))?.words)
    }

    /// The part, shortened.
    pub(super) fn of(&self, part: &Expr) -> String {
        let whole = self.whole(part);
        if whole.chars().count() <= LENGTH {
            return whole;
        }
        let start: String = whole.chars().take(LENGTH).collect();
        format!("{}…", start.trim_end())
    }

    fn whole(&self, part: &Expr) -> String {
        match part {
            Expr::Constant(true) => "always".to_owned(),
            Expr::Constant(false) => "never".to_owned(),
            Expr::All(parts) => self.joined(parts, " and "),
            Expr::Any(parts) => self.joined(parts, " or "),
            Expr::Not(inner) => format!("not {}", self.whole(inner)),
            Expr::Test { thing, fact, test } => {
                let name = self.fact_name(*thing, *fact);
                self.test(&name, test, self.fact_type(*thing, *fact))
            }
            Expr::Term { term, thing } => {
                let term = self.rulebook.terms.get(term.0 as usize);
                let term = term.map_or("", |it| it.name.as_str());
                match self.kind(*thing) {
                    KindId(0) => term.to_owned(),
                    kind => format!("{} is {term}", self.kind_name(kind)),
                }
            }
            Expr::Quantified { quantifier, kind, variable, body, .. } => {
                let word = match quantifier {
                    Quantifier::Some => "some",
                    Quantifier::Every => "every",
                    Quantifier::No => "no",
                };
                let mut inner =
                    Words { rulebook: self.rulebook, variables: self.variables.clone() };
                inner.bind(*variable, *kind);
                format!("{word} {} where {}", self.kind_name(*kind), inner.whole(body))
            }
        }
    }

    fn joined(&self, parts: &[Expr], by: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|it| self.whole(it)).collect();
        format!("({})", parts.join(by))
    }

    fn test(&self, name: &str, test: &Test, of: Option<FactType>) -> String {
        let list = |values: &[u16]| {
            let domain = match of {
                Some(FactType::Code(domain) | FactType::Set(domain)) => Some(domain),
                Some(FactType::Truth | FactType::Number) | None => None,
            };
            let names = values.iter().filter_map(|it| Some(self.value(domain?, *it)));
            names.collect::<Vec<_>>().join(", ")
        };
        let bits = |set: u128| (0..128).filter(|it| set >> it & 1 == 1).collect::<Vec<u16>>();
        match test {
            Test::IsTrue => name.to_owned(),
            Test::In(values) => format!("{name} in {{{}}}", list(values)),
            Test::Column { table, column, words } => {
                let words: Vec<String> =
                    words.iter().map(|it| self.word(*table, *column, *it)).collect();
                format!("{name} in {{{}}}", words.join(", "))
            }
            Test::Both(one, other) => {
                format!("{} with {}", self.test(name, one, of), self.test("", other, of))
            }
            Test::Includes(set) => format!("{name} includes {{{}}}", list(&bits(*set))),
            Test::Within(set) => format!("{name} within {{{}}}", list(&bits(*set))),
            Test::Empty => format!("{name} empty"),
            Test::Number(comparison, bound) => {
                let sign = match comparison {
                    Comparison::Less => "<",
                    Comparison::AtMost => "<=",
                    Comparison::Equal => "=",
                    Comparison::AtLeast => ">=",
                    Comparison::More => ">",
                };
                let (whole, rest) = (bound / 1000, (bound % 1000).abs());
                let number = format!("{whole}.{rest:03}");
                format!("{name} {sign} {}", number.trim_end_matches('0').trim_end_matches('.'))
            }
            Test::MemberOf { thing, fact } => {
                format!("{name} in {}", self.fact_name(*thing, *fact))
            }
        }
    }

    fn fact_name(&self, thing: Thing, fact: FactId) -> String {
        let kind = self.kind(thing);
        let of = self.rulebook.schema.kinds.get(usize::from(kind.0));
        let fact = of.and_then(|it| it.facts.get(usize::from(fact.0)));
        let fact = fact.map_or("", |it| it.name.as_str());
        if kind == KindId(0) { fact.to_owned() } else { format!("{}.{fact}", self.kind_name(kind)) }
    }

    fn kind_name(&self, kind: KindId) -> &str {
        self.rulebook.schema.kinds.get(usize::from(kind.0)).map_or("", |it| it.name.as_str())
    }
}
