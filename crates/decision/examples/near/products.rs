//! Products near the products of the pages that would notice a change of what an entry describes.

use crate::{changed, is_classifying, spread};
use decision::case_page;
use decision::classification::{self, Classification, Product};
use decision::transaction::read::{Format, tree};
use decision::{Engine, Options};
use jiff::civil::Date;
use law::Mutant;
use law::rulebook::BlockId;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How often what was varied is varied again.
const ROUNDS: usize = 4;

/// How many products are varied in each round.
const FRONTIER: usize = 14;

/// How many products are kept of which the parts of a condition are alike.
const ALIKE: usize = 3;

/// A product, by its keys.
#[derive(Clone)]
struct Candidate {
    title: String,
    tree: Value,
    product: Product,
}

/// A product, all that is expected of it, and the paragraph that it was found for.
type Case = (Candidate, BTreeMap<&'static str, BTreeSet<String>>, String);

/// What is expected, key by key.
type Expected = Vec<(&'static str, String)>;

/// The products of pages, and pages of those that notice a change.
pub(super) struct Products<'a> {
    engine: &'a Engine,
    options: &'a Options,
    seeds: Vec<Candidate>,
}

impl<'a> Products<'a> {
    /// Those of the texts of pages.
    pub(super) fn of(engine: &'a Engine, options: &'a Options, pages: &[String]) -> Self {
        let mut made = Self { engine, options, seeds: Vec::new() };
        let cases = pages.iter().flat_map(|it| case_page::read_products(it).unwrap_or_default());
        for case in cases {
            let Ok(mut tree) = tree(Format::Yaml, case.product.as_bytes()) else { continue };
            crate::typed(&mut tree);
            made.seeds.extend(made.candidate(&case.title, tree));
        }
        made
    }

    fn candidate(&self, title: &str, tree: Value) -> Option<Candidate> {
        let questions = self.engine.classification_questions();
        let text = tree.to_string();
        let product = classification::read(Format::Json, text.as_bytes(), questions).ok()?;
        Some(Candidate { title: title.to_owned(), tree, product })
    }

    /// The page, and the changes that it notices.
    pub(super) fn page(
        &self,
        mutants: &[&Mutant],
    ) -> (String, BTreeSet<(Option<BlockId>, String)>) {
        let rulebook = self.engine.rulebook();
        let mut groups: BTreeMap<BlockId, Vec<&Mutant>> = BTreeMap::new();
        for mutant in mutants.iter().filter(|it| is_classifying(rulebook, it.block)) {
            if let Some(block) = mutant.block {
                groups.entry(block).or_default().push(mutant);
            }
        }
        let mut found = BTreeSet::new();
        let mut cases: BTreeMap<String, Case> = BTreeMap::new();
        let count = groups.len();
        for (number, (block, mutants)) in groups.into_iter().enumerate() {
            let lines = self.lines(block, &mutants);
            eprintln!("{number}/{count}: {} of {}", lines.len(), mutants.len());
            let citation = rulebook.block(block).map_or("", |it| it.citation.as_str());
            for (candidate, expected, mutant) in lines {
                found.insert((Some(block), mutant.what.clone()));
                let slot = cases
                    .entry(candidate.tree.to_string())
                    .or_insert_with(|| (candidate, BTreeMap::new(), citation.to_owned()));
                for (key, value) in expected {
                    slot.1.entry(key).or_default().insert(value);
                }
            }
        }
        let mut text = "# Products: near the cases\n".to_owned();
        let mut sorted: Vec<_> = cases.into_values().collect();
        sorted.sort_by(|one, other| (&one.2, &one.0.title).cmp(&(&other.2, &other.0.title)));
        let mut last = String::new();
        for (candidate, expected, citation) in sorted {
            if citation != last {
                let _ = writeln!(text, "\n## {citation}");
                last = citation;
            }
            let _ = write!(
                text,
                "\nLike *{}*:\n\n```product\n{}```\n",
                candidate.title,
                block_of(&candidate.tree, &expected)
            );
        }
        (text, found)
    }

    fn signature(&self, it: &Candidate, block: BlockId) -> Vec<u8> {
        self.engine.parts_of_product(&it.product, block, it.product.date)
    }

    fn lines<'m>(
        &self,
        block: BlockId,
        mutants: &[&'m Mutant],
    ) -> Vec<(Candidate, Expected, &'m Mutant)> {
        let version = self.engine.rulebook().block(block).map(|it| it.version);
        let Some(version) = version else { return Vec::new() };
        let mut open: Vec<(&Mutant, Engine)> =
            mutants.iter().map(|it| (*it, changed(self.engine.rulebook(), it))).collect();
        // Those nearest to the block first: in which most of its parts hold.
        let mut seeds: Vec<(usize, Candidate)> = self
            .seeds
            .iter()
            .filter_map(|it| {
                if version.covers(it.product.date) {
                    Some(it.clone())
                } else {
                    self.on(it, version.from)
                }
            })
            .map(|it| {
                (
                    self.signature(&it, block)
                        .iter()
                        .map(|it| usize::from(*it == 1))
                        .sum::<usize>(),
                    it,
                )
            })
            .collect();
        seeds.sort_by_key(|it| std::cmp::Reverse(it.0));
        let mut frontier: Vec<Candidate> =
            seeds.into_iter().map(|it| it.1).take(FRONTIER).collect();
        let mut seen: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        let mut lines: Vec<(Candidate, Expected, &'m Mutant)> = Vec::new();
        for _ in 0..ROUNDS {
            let mut fresh: Vec<(Vec<u8>, Candidate)> = Vec::new();
            for it in &frontier {
                for tree in std::iter::once(it.tree.clone()).chain(self.variants(&it.tree)) {
                    let Some(candidate) = self.candidate(&it.title, tree) else { continue };
                    let parts = self.signature(&candidate, block);
                    let count = seen.entry(parts.clone()).or_default();
                    *count += 1;
                    if *count <= ALIKE {
                        fresh.push((parts, candidate));
                    }
                }
            }
            let mut hidden: Vec<usize> = Vec::new();
            open.retain(|(mutant, theirs)| {
                let known: Vec<Candidate> = lines.iter().map(|it| it.0.clone()).collect();
                let days = self.engine.rulebook().days_of(mutant);
                for (place, candidate) in known
                    .iter()
                    .map(|it| (None, it))
                    .chain(spread(fresh.len()).filter_map(|it| Some((Some(it), &fresh.get(it)?.1))))
                {
                    let moved;
                    let candidate = match &days {
                        Some(days) if !days.contains(&candidate.product.date) => {
                            let Some(it) = self.on(candidate, days.start) else { continue };
                            moved = it;
                            &moved
                        }
                        Some(_) | None => candidate,
                    };
                    let date = candidate.product.date;
                    let before = self.signature(candidate, block);
                    let after = theirs.parts_of_product(&candidate.product, block, date);
                    if before.last() == after.last() && mutant.is_of_a_condition() {
                        continue;
                    }
                    if let Some(expected) = self.told_apart(theirs, &candidate.product) {
                        lines.push((candidate.clone(), expected, mutant));
                        return false;
                    }
                    hidden.extend(place);
                }
                true
            });
            if open.is_empty() {
                break;
            }
            let mut parts: BTreeSet<Vec<u8>> = BTreeSet::new();
            hidden.sort_unstable();
            hidden.dedup();
            let masked: Vec<usize> = spread(hidden.len())
                .filter_map(|it| hidden.get(it).copied())
                .take(FRONTIER / 2)
                .collect();
            let order = masked.iter().copied().chain(spread(fresh.len())).collect::<Vec<_>>();
            let mut next = Vec::new();
            for place in order {
                let Some((of, candidate)) = fresh.get(place) else { continue };
                if next.len() < FRONTIER && (parts.insert(of.clone()) || masked.contains(&place)) {
                    next.push(candidate.clone());
                }
            }
            frontier = next;
        }
        lines
    }

    fn on(&self, it: &Candidate, day: Date) -> Option<Candidate> {
        let mut tree = it.tree.clone();
        tree.as_object_mut()?.insert("date".to_owned(), day.to_string().into());
        self.candidate(&it.title, tree)
    }

    /// A product with another form, with one answer more, less or other, or with silence as no.
    fn variants(&self, tree: &Value) -> Vec<Value> {
        let mut variants = Vec::new();
        let mut with = |key: &str, value: Value| {
            let mut changed = tree.clone();
            if let Some(it) = changed.as_object_mut() {
                it.insert(key.to_owned(), value);
            }
            variants.push(changed);
        };
        for form in
            ["commodity", "object-code", "source-code", "technology", "software-key", "service"]
        {
            with("form", form.into());
        }
        for it in ["no", "ask"] {
            with("unanswered", it.into());
        }
        let answers = tree.get("answers").and_then(Value::as_object).cloned().unwrap_or_default();
        for question in self.engine.classification_questions() {
            if question.id == "form" {
                continue;
            }
            let mut values: Vec<Option<Value>> = vec![None, Some(Value::Null)];
            if question.values.is_empty() {
                values.extend([json!(true), json!(false)].map(Some));
            }
            values.extend(question.values.iter().map(|it| Some(json!(it))));
            for value in values {
                let mut changed: Map<String, Value> = answers.clone();
                match value {
                    Some(value) => changed.insert(question.id.clone(), value),
                    None => changed.remove(&question.id),
                };
                if changed != answers {
                    with("answers", Value::Object(changed));
                }
            }
        }
        variants
    }

    /// What is expected of a product that the changed law does not give.
    fn told_apart(&self, theirs: &Engine, product: &Product) -> Option<Expected> {
        let ours = self.engine.classify(product, self.options);
        let other = theirs.classify(product, self.options);
        let mut expected: Expected = vec![("outcome", ours.outcome.as_str().to_owned())];
        expected.extend(ours.eccn.map(|it| ("eccn", it.to_owned())));
        if ours.outcome != other.outcome || ours.eccn.is_some() && ours.eccn != other.eccn {
            return Some(expected);
        }
        let fors: BTreeSet<&str> = ours.eccn_for.iter().copied().collect();
        if let Some(it) = fors.iter().find(|it| !other.eccn_for.contains(it)) {
            expected.push(("eccn_for", (*it).to_owned()));
            return Some(expected);
        }
        let all = |it: &Classification<'_>| -> BTreeSet<String> {
            it.candidates.iter().map(|it| it.eccn).chain(it.eccn).map(str::to_owned).collect()
        };
        if ours.settled != other.settled {
            expected.push(("settled", ours.settled.to_string()));
            return Some(expected);
        }
        let (mine, theirs_all) = (all(&ours), all(&other));
        if let Some(it) =
            theirs_all.iter().find(|it| !mine.iter().any(|mine| mine.starts_with(it.as_str())))
        {
            expected.push(("not_eccn", it.clone()));
            return Some(expected);
        }
        let asked = |it: &Classification<'_>| -> BTreeSet<String> {
            it.questions.iter().map(|it| it.fact.to_owned()).collect()
        };
        let (mine, theirs_asked) = (asked(&ours), asked(&other));
        if let Some(it) = mine.difference(&theirs_asked).next() {
            expected.push(("questions", it.clone()));
            return Some(expected);
        }
        if let Some(it) = theirs_asked.difference(&mine).next() {
            expected.push(("not_questions", it.clone()));
            return Some(expected);
        }
        let near = |it: &Classification<'_>| -> BTreeSet<String> {
            it.near_misses.iter().map(|it| it.described.eccn.to_owned()).collect()
        };
        let (mine, theirs_near) = (near(&ours), near(&other));
        if let Some(it) =
            mine.iter().find(|it| !theirs_near.iter().any(|other| other.starts_with(it.as_str())))
        {
            expected.push(("near", it.clone()));
            return Some(expected);
        }
        let (mine, theirs_cited) = (cited(&ours), cited(&other));
        let it = mine
            .iter()
            .find(|it| !theirs_cited.iter().any(|other| other.starts_with(it.as_str())))?;
        expected.push(("cites", it.clone()));
        Some(expected)
    }
}

fn cited(of: &Classification<'_>) -> BTreeSet<String> {
    let mut open: Vec<_> = of.because.iter().collect();
    let mut found: BTreeSet<String> = of.excluded.iter().map(|it| it.citation.to_owned()).collect();
    while let Some(it) = open.pop() {
        found.insert(it.citation.to_owned());
        open.extend(&it.because);
    }
    found
}

/// The lines of a block of a page.
fn block_of(tree: &Value, expected: &BTreeMap<&'static str, BTreeSet<String>>) -> String {
    let mut text = String::new();
    for key in ["date", "form", "unanswered", "answers"] {
        let Some(value) = tree.get(key) else { continue };
        match value.as_object() {
            Some(answers) if answers.is_empty() => text.push_str("answers: {}\n"),
            Some(answers) => {
                let _ = writeln!(text, "{key}:");
                for (id, answer) in answers {
                    let answer = answer.as_str().map_or_else(|| answer.to_string(), str::to_owned);
                    let _ = writeln!(text, "  {id}: {answer}");
                }
            }
            None => {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let _ = writeln!(text, "{key}: {value}");
            }
        }
    }
    text.push_str("expect:\n");
    let mut keys: Vec<_> = expected.iter().collect();
    keys.sort_by_key(|it| *it.0 != "outcome");
    for (key, values) in keys {
        let values: Vec<String> = values
            .iter()
            .map(|it| if it.contains(['[', ']', ',']) { format!("\"{it}\"") } else { it.clone() })
            .collect();
        let is_one = matches!(*key, "outcome" | "eccn" | "eccn_for" | "settled");
        let values = values.join(", ");
        let _ = if is_one {
            writeln!(text, "  {key}: {values}")
        } else {
            writeln!(text, "  {key}: [{values}]")
        };
    }
    text
}
