//! What to find out: only what can still change the outcome, the best question first.
//!
//! A question is good when many of its answers settle the matter and the answer is cheap to know;
//! while none settles anything, when much of the law asks it.
//! Several unknown facts may be one thing to ask (a party's listings are one question), and then
//! the best of them speaks for all.

use crate::catalogue::{item, party};
use crate::determination::{Answer, Question};
use crate::effects::{Conclusion, Effects, Judged};
use crate::facts::MatterFacts;
use crate::outcome::Outcome;
use crate::trace::thousandths;
use crate::transaction::Leg;
use law::rulebook::{Effect, Rulebook};
use law::schema::{FactId, FactType};
use law::{Class, Law, Outlook, Point, Relevance, Relevant, RowId, Symbolic, Unknown, Value};
use std::collections::BTreeMap;

/// What the questions of one item are made from.
#[derive(Debug)]
pub struct Asking<'a, 'law> {
    /// The rulebook.
    pub rulebook: &'law Rulebook,
    /// The day's law.
    pub law: &'law Law,
    /// Its effects.
    pub effects: &'law Effects,
    /// The facts and their paths.
    pub matter: &'a MatterFacts,
    /// The leg they are from.
    pub leg: &'a Leg<'a>,
    /// The item that is asked about.
    pub item: RowId,
    /// When which of the possible conclusions holds.
    pub outlook: &'a Outlook<Conclusion>,
    /// Whether to work out what each answer leads to.
    pub with_answers: bool,
}

/// A question, and how good it is: the share of its answers that settle the matter, then how much
/// of the law asks it, divided by what it costs to know.
#[derive(Debug)]
pub struct Ranked {
    /// The question.
    pub question: Question,
    /// How good it is.
    pub worth: u32,
}

/// What the unsettled blocks ask of something unknown.
#[derive(Clone, Debug, Default)]
struct Deciding<'l> {
    /// The first three paragraphs that ask it.
    by: Vec<&'l str>,
    /// How many blocks ask it.
    count: usize,
    /// Which share of all blocks do, in thousandths.
    reach: usize,
}

impl Asking<'_, '_> {
    /// The questions, by path. Facts that share a path are one question.
    ///
    /// Where the exact method ran out of its budget, those are asked that a block reads which is
    /// not certain, the most read first: more than can matter, perhaps, but never too few.
    pub fn questions(
        &self,
        symbolic: &mut Symbolic<'_>,
        found: &Relevance<Conclusion>,
    ) -> BTreeMap<String, Ranked> {
        let facts_are_open = |open: &[(&Relevant, Deciding<'_>)]| {
            open.iter().any(|it| matches!(it.0.unknown, Unknown::Fact { .. }))
        };
        let deciding = self.deciding(symbolic, found);
        let mut open: Vec<(&Relevant, Deciding<'_>)> = found.open.iter().zip(deciding).collect();
        if found.undecided {
            open.retain(|it| it.1.count > 0);
        }
        // A doubt of the law that only some answer would bring up waits for that answer.
        if facts_are_open(&open) {
            open.retain(|it| match &it.0.unknown {
                Unknown::Law(point) => self.is_met(point),
                Unknown::Fact { .. } => true,
            });
        }
        let mut questions: BTreeMap<String, Ranked> = BTreeMap::new();
        let mut best: BTreeMap<String, (Ranked, Unknown)> = BTreeMap::new();
        for (relevant, deciding) in &open {
            let ranked = self.question(relevant, deciding);
            let path = ranked.question.fact.clone();
            let key =
                if path == "law" { format!("law {}", ranked.question.citation) } else { path };
            match best.get_mut(&key) {
                Some((known, _)) if known.worth >= ranked.worth => {}
                Some(known) => *known = (ranked, relevant.unknown),
                None => {
                    best.insert(key, (ranked, relevant.unknown));
                }
            }
        }
        let asked: Vec<Unknown> = best.values().map(|it| it.1).collect();
        // The entry tells its reasons; they are asked only of one that the table does not hold.
        best.retain(|_, (_, unknown)| {
            self.item_of(unknown, item::STATED_REASONS)
                .is_none_or(|row| !asked.iter().any(|it| self.item_of(it, item::ECCN) == Some(row)))
        });
        let asked: Vec<Unknown> = best.values().map(|it| it.1).collect();
        let answers = self.answers(symbolic, &asked);
        for ((key, (mut ranked, _)), answers) in best.into_iter().zip(answers) {
            ranked.question.answers = answers;
            questions.insert(key, ranked);
        }
        questions
    }

    /// The item of which that fact is unknown.
    fn item_of(&self, unknown: &Unknown, asked: FactId) -> Option<RowId> {
        let Unknown::Fact { row, fact } = unknown else { return None };
        let kind = self.matter.facts.row(*row)?.kind;
        (kind == item::KIND && *fact == asked).then_some(*row)
    }

    fn question(&self, relevant: &Relevant, deciding: &Deciding<'_>) -> Ranked {
        let Deciding { by, reach, .. } = deciding;
        let citation = by.first().copied().unwrap_or_default().to_owned();
        let share = 1000 * relevant.settling / relevant.classes.max(1);
        match &relevant.unknown {
            Unknown::Fact { row, fact } => {
                let asked = self.matter.ask_for(self.leg, *row, *fact);
                let cost = asked.as_ref().map_or(5, |it| it.cost.max(1));
                let (path, ask) = asked.map_or_else(
                    || {
                        (
                            self.matter.path_of(*row, *fact).to_string(),
                            "What is known of this?".to_owned(),
                        )
                    },
                    |it| (it.path, it.question),
                );
                let why = match by.as_slice() {
                    [] => "it can still change the outcome".to_owned(),
                    [one] => format!("decides {one}"),
                    [first, rest @ ..] => format!("decides {first} against {}", rest.join(" and ")),
                };
                let question = Question {
                    fact: path,
                    ask,
                    why,
                    citation,
                    answers: Vec::new(),
                    about: Some((*row, *fact)),
                };
                // What settles nothing at once is worth what it is read by; always more than a
                // doubt of the law.
                let worth = (1000 * share + reach) / usize::from(cost);
                Ranked { question, worth: u32::try_from(worth).unwrap_or(u32::MAX).max(1) }
            }
            Unknown::Law(point) => {
                let (ask, cited) = self.point_of_law(point);
                let question = Question {
                    fact: "law".to_owned(),
                    ask,
                    why: "the law itself is unresolved here; ask export counsel or BIS".to_owned(),
                    citation: cited,
                    answers: Vec::new(),
                    about: None,
                };
                // A person can look up a fact; the law's own doubts come last.
                Ranked { question, worth: 0 }
            }
        }
    }

    /// What each of the open unknowns decides, by the blocks that decide between the conclusions
    /// and are not settled: what prohibits first, then what closes and opens one exception or a
    /// few, then what requires a license, then the rest. While it is open whether a license is
    /// required at all, that comes before the exceptions. What closes most of them mostly repeats
    /// what prohibits or requires, so it speaks after both.
    fn deciding(
        &self,
        symbolic: &mut Symbolic<'_>,
        found: &Relevance<Conclusion>,
    ) -> Vec<Deciding<'_>> {
        let mut places: Vec<_> = self.effects.prohibitions.clone();
        let required: Vec<Judged> = self.effects.requirements.iter().map(|it| it.judged).collect();
        let is_required = required.iter().any(|it| {
            let node = symbolic.block(it.block, it.row(self.item));
            symbolic.value(node).is_true()
        });
        if !is_required {
            places.extend(required.iter().copied());
        }
        let mut general: Vec<Judged> = Vec::new();
        for exception in &self.effects.exceptions {
            let opens = exception.allows.iter().any(|(it, _)| {
                let node = symbolic.block(it.block, it.row(self.item));
                !symbolic.value(node).is_false()
            });
            if opens {
                let (of_most, own): (Vec<Judged>, Vec<Judged>) = exception
                    .bars
                    .iter()
                    .partition(|it| self.effects.bars_most.get(it.block) == Some(&true));
                general.extend(of_most);
                places.extend(own);
                places.extend(exception.allows.iter().map(|(it, _)| *it));
            }
        }
        places.extend(required);
        places.extend(self.effects.exclusions.iter().map(|it| it.judged));
        places.extend(general);
        places.extend(self.effects.flags.iter().copied());
        let mut blocks: Vec<(&str, Judged)> = Vec::new();
        let mut seen = vec![false; self.law.blocks().len()];
        for judged in places {
            if seen.get_mut(judged.block).is_none_or(|it| std::mem::replace(it, true)) {
                continue;
            }
            let node = symbolic.block(judged.block, judged.row(self.item));
            if symbolic.value(node).is_unknown()
                && let Some(citation) = self.citation(judged.block)
            {
                blocks.push((citation, judged));
            }
        }
        let unknown: Vec<Unknown> = found.open.iter().map(|it| it.unknown).collect();
        let stakes = symbolic.stakes(&unknown);
        let supports = (!found.undecided).then(|| symbolic.supports());
        let mut deciding = vec![Deciding::default(); unknown.len()];
        for (citation, judged) in &blocks {
            let at = (judged.block, judged.row(self.item));
            symbolic.asks(at, supports.as_ref(), &stakes, |place| {
                let Some(it) = deciding.get_mut(place) else { return };
                it.count += 1;
                if it.by.len() < 3 && !it.by.contains(citation) {
                    it.by.push(citation);
                }
            });
        }
        for it in &mut deciding {
            it.reach = 1000 * it.count / blocks.len().max(1);
        }
        deciding
    }

    fn citation(&self, place: usize) -> Option<&str> {
        let block = self.law.blocks().get(place)?;
        Some(self.rulebook.blocks.get(block.id.0 as usize)?.citation.as_str())
    }

    /// What each answer to each of these leads to, if that was asked for.
    fn answers(&self, symbolic: &mut Symbolic<'_>, asked: &[Unknown]) -> Vec<Vec<Answer>> {
        if !self.with_answers {
            return asked.iter().map(|_| Vec::new()).collect();
        }
        let prospects = symbolic.prospects(self.outlook, asked);
        let answers = asked.iter().zip(prospects).map(|(unknown, prospects)| {
            let mut answers: Vec<Answer> = Vec::new();
            for (class, conclusions) in symbolic.classes(unknown).iter().zip(prospects) {
                let mut possible: Vec<Outcome> = conclusions.iter().map(|it| it.outcome).collect();
                possible.sort_unstable();
                possible.dedup();
                let values = self.class_values(unknown, class);
                match answers.iter_mut().find(|it| it.possible == possible) {
                    Some(known) => known.values.extend(values),
                    None => answers.push(Answer { values, possible }),
                }
            }
            answers
        });
        answers.collect()
    }

    fn class_values(&self, unknown: &Unknown, class: &Class) -> Vec<String> {
        let Unknown::Fact { row, fact } = unknown else { return Vec::new() };
        let schema = &self.rulebook.schema;
        let kind = self.matter.facts.row(*row).map_or(law::schema::KindId(0), |it| it.kind);
        let of = schema
            .kinds
            .get(usize::from(kind.0))
            .and_then(|it| it.facts.get(usize::from(fact.0)))
            .map(|it| it.of);
        match (class, of) {
            (Class::Codes(values), Some(FactType::Code(domain))) => {
                values.iter().map(|it| schema.value_name(domain, *it).to_owned()).collect()
            }
            (Class::Truth(value), _) if kind == party::KIND && *fact == party::LISTED_OWNER => {
                vec![if *value { "an owner is listed" } else { "no owner is listed" }.to_owned()]
            }
            (Class::Truth(value), _) => vec![if *value { "yes" } else { "no" }.to_owned()],
            (Class::Numbers(low, high), _) => {
                let range = number_range(*low, *high);
                let owners = owners_on(*fact).filter(|_| kind == party::KIND);
                vec![owners.map_or(range.clone(), |it| {
                    let held = if *high == 0 { "0" } else { &range };
                    format!("{it} hold {held} percent together")
                })]
            }
            (Class::Set(mask), Some(FactType::Set(domain))) => {
                let names: Vec<&str> = (0..128_u16)
                    .filter(|it| mask & (1 << it) != 0)
                    .map(|it| schema.value_name(domain, it))
                    .collect();
                vec![if names.is_empty() { "none".to_owned() } else { names.join(" + ") }]
            }
            _ => Vec::new(),
        }
    }

    /// Whether a doubt of the law is about something that is known to be at hand.
    fn is_met(&self, point: &Point) -> bool {
        let Point::Cell { table, key, .. } = point else { return false };
        let Some(domain) = self.rulebook.tables.get(usize::from(*table)).map(|it| it.domain) else {
            return false;
        };
        let facts = &self.matter.facts;
        (0_u32..).zip(facts.rows()).any(|(row, held)| {
            let kind = self.rulebook.schema.kinds.get(usize::from(held.kind.0));
            let of = kind.map_or(&[][..], |it| it.facts.as_slice());
            (0_u16..).zip(of).any(|(fact, it)| {
                it.of == FactType::Code(domain)
                    && *facts.value(RowId(row), FactId(fact)) == Value::Code(*key)
            })
        })
    }

    fn point_of_law(&self, point: &Point) -> (String, String) {
        match point {
            Point::Block { block, .. } => {
                let block = self.rulebook.blocks.get(block.0 as usize);
                let citation = block.map_or_else(String::new, |it| it.citation.clone());
                let says = block.map_or("", |it| it.says.as_str());
                let ask = match block.map(|it| &it.effect) {
                    Some(Effect::Untranslated) => {
                        format!("Does {citation} apply? It is not modelled here: {says}")
                    }
                    _ => format!("Does {citation} apply? Its text could not be verified: {says}"),
                };
                (ask, citation)
            }
            Point::Cell { table, key, column, word } => {
                let table = self.rulebook.tables.get(usize::from(*table));
                let citation = table.map_or_else(String::new, |it| it.citation.clone());
                let key = table.map_or("?", |it| self.rulebook.schema.value_name(it.domain, *key));
                let column = table.and_then(|it| it.columns.get(usize::from(*column)));
                let word = column
                    .and_then(|it| it.words.get(usize::from(*word)))
                    .map_or("?", String::as_str);
                let column = column.map_or("?", |it| it.name.as_str());
                let ask = format!(
                    "Is {key} under “{word}” ({column}) on that day? What was read leaves it open."
                );
                (ask, citation)
            }
            Point::Term { term, .. } => {
                let name =
                    self.rulebook.terms.get(term.0 as usize).map_or("?", |it| it.name.as_str());
                (
                    format!("What did \u{201c}{name}\u{201d} mean on that day? No text is held."),
                    String::new(),
                )
            }
        }
    }
}

/// Whose shares a fact adds up, where it adds up shares.
fn owners_on(fact: FactId) -> Option<&'static str> {
    match fact {
        party::EL_OWNED_PERCENT => Some("owners on the Entity List"),
        party::MEU_OWNED_PERCENT => Some("owners on the Military End-User List"),
        party::SDN_OWNED_PERCENT => Some("owners whom the Treasury blocks"),
        party::LISTED_OWNED_PERCENT => Some("listed owners"),
        _ => None,
    }
}

fn number_range(low: i64, high: i64) -> String {
    match (low == i64::MIN, high == i64::MAX) {
        (true, true) => "any".to_owned(),
        (true, false) => format!("up to {}", thousandths(high)),
        (false, true) => format!("{} or more", thousandths(low)),
        (false, false) if low == high => thousandths(low),
        (false, false) => format!("{} to {}", thousandths(low), thousandths(high)),
    }
}
