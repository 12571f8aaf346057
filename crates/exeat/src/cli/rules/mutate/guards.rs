//! Cases with what they expect, as guards of the rulebook.

use crate::api::failure::Failure;
use crate::input::{Document, Format};
use crate::transactions;
use crate::trouble::Trouble;
use decision::case_page::{self, Expect, ProductCase, ProductExpect};
use decision::classification::{self, Product};
use decision::transaction::read;
use decision::{Engine, Options, Probe, Screened, Transaction, Workspace};
use jiff::civil::Date;
use law::rulebook::BlockId;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// A case that can notice something.
pub(super) struct Guard {
    /// Where it stands.
    pub(super) name: String,
    /// The days whose law is applied.
    pub(super) dates: Vec<Date>,
    /// Its facts, where they can be looked at quickly.
    probe: Option<Probe>,
    matter: Matter,
}

/// What is decided, and what is expected of that.
enum Matter {
    Transaction {
        transaction: Box<Transaction>,
        /// What a search of its page's lists says, where it has some.
        screened: Option<Screened>,
        expect: Box<Expect>,
        /// Other outcomes that are no failure.
        acceptable: Vec<String>,
    },
    Product {
        product: Box<Product>,
        expect: Box<ProductExpect>,
    },
}

impl Guard {
    fn new(
        name: String,
        transaction: Transaction,
        screened: Option<Screened>,
        expect: Expect,
        acceptable: Vec<String>,
    ) -> Self {
        let dates = transaction.legs().iter().map(|it| it.date).collect();
        let (transaction, expect) = (Box::new(transaction), Box::new(expect));
        let matter = Matter::Transaction { transaction, screened, expect, acceptable };
        Self { name, dates, probe: None, matter }
    }

    /// What is wrong with an engine's answer.
    pub(super) fn problems(&self, engine: &Engine, options: &Options) -> Vec<String> {
        match &self.matter {
            Matter::Product { product, expect } => {
                expect.problems(&engine.classify(product, options))
            }
            Matter::Transaction { transaction, screened, expect, acceptable } => {
                let workspace = &mut Workspace::default();
                let answer = match screened.clone() {
                    None => engine.decide_in(workspace, transaction, options),
                    Some(it) => engine.decide_screened(workspace, transaction, it, options),
                };
                let outcome = answer.outcome.to_string();
                if acceptable.contains(&outcome) {
                    let (exception, expect) = (None, Expect::clone(expect));
                    return Expect { outcome, exception, ..expect }.problems(&answer);
                }
                expect.problems(&answer)
            }
        }
    }

    /// Takes down its facts, for [`Guard::may_notice`]. Those of a case that was searched are not
    /// looked at: a probe knows of no listing that is open.
    pub(super) fn prepare(&mut self, engine: &Engine, options: &Options) {
        if let Matter::Transaction { transaction, screened: None, .. } = &self.matter {
            self.probe = engine.probe(transaction, options);
        }
    }

    /// Whether a change of the condition of that block, which is for classifying products or is
    /// not, may show here.
    pub(super) fn may_notice(
        &self,
        (ours, changed): (&Engine, &Engine),
        block: BlockId,
        is_classifying: bool,
    ) -> bool {
        match &self.matter {
            Matter::Product { .. } => is_classifying,
            // A transaction whose items carry answers is classified too.
            Matter::Transaction { transaction, .. } if is_classifying => {
                let items = transaction.items.iter().flatten();
                items.into_iter().any(|it| it.answers.is_some())
            }
            Matter::Transaction { .. } => ours.may_differ(changed, block, self.probe.as_ref()),
        }
    }
}

/// The cases of the day that most cases share come first: the law of a day is compiled once.
pub(super) fn most_useful_first(guards: &mut [Guard]) {
    let mut days: BTreeMap<Option<Date>, usize> = BTreeMap::new();
    for guard in guards.iter() {
        *days.entry(guard.dates.first().copied()).or_default() += 1;
    }
    guards.sort_by_key(|it| {
        let day = it.dates.first().copied();
        (std::cmp::Reverse(days.get(&day).copied()), day)
    });
}

/// The cases of a file, in order, or what is wrong with each. `engine` knows the questions that
/// products are asked.
pub(super) fn read(path: &Path, engine: &Engine) -> Result<Vec<Result<Guard, String>>, Trouble> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Trouble::reading(path, &error))?;
    if path.extension().is_some_and(|it| it == "md") {
        return Ok(page(&name, &text, engine));
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let cases = lines.map(|(number, line)| {
        self::line(line).map_err(|it| format!("error: {name}:{number}: {it}"))
    });
    Ok(cases.filter_map(Result::transpose).collect())
}

fn page(name: &str, text: &str, engine: &Engine) -> Vec<Result<Guard, String>> {
    let entries = match case_page::read(text) {
        Ok(entries) => entries,
        Err(errors) => {
            return errors.iter().map(|it| Err(format!("error: {name}: {it}"))).collect();
        }
    };
    let guard = |entry: case_page::CasePageEntry| {
        let place = format!("{name}:{}", entry.line);
        let bytes = entry.transaction.clone().into_bytes();
        let document = Document { name: place.clone(), format: Format::Yaml, bytes };
        let transaction = transactions::read(&document).map_err(|it| it.for_a_person(&place))?;
        let screened = entry.screened(&transaction);
        let name = format!("{place} {}", entry.title);
        Ok(Guard::new(name, transaction, screened, entry.expect, Vec::new()))
    };
    let products = case_page::read_products(text).unwrap_or_default();
    let of_products = products.into_iter().map(|it| self::product(name, it, engine));
    entries.into_iter().map(guard).chain(of_products).collect()
}

fn product(name: &str, case: ProductCase, engine: &Engine) -> Result<Guard, String> {
    let place = format!("{name}:{}", case.line);
    let questions = engine.classification_questions();
    let product = classification::read(read::Format::Yaml, case.product.as_bytes(), questions)
        .map_err(|it| Failure::from(it).for_a_person(&place))?;
    Ok(Guard {
        name: format!("{place} {}", case.title),
        dates: vec![product.date],
        probe: None,
        matter: Matter::Product { product: Box::new(product), expect: Box::new(case.expect) },
    })
}

/// A transaction with what is expected of it; nothing where the line is another kind of case.
fn line(line: &str) -> Result<Option<Guard>, String> {
    let value: Value =
        serde_json::from_str(line).map_err(|it| format!("this is not JSON: {it}"))?;
    let (Some(transaction), Some(expected)) = (value.get("transaction"), value.get("expect"))
    else {
        return Ok(None);
    };
    let bytes = transaction.to_string().into_bytes();
    let transaction =
        transactions::read_line(&bytes).map_err(|it| it.for_a_person("transaction"))?;
    let text = |key: &str| expected.get(key).and_then(Value::as_str).map(str::to_owned);
    let list = |key: &str| {
        let list = expected.get(key).and_then(Value::as_array);
        let words = list.into_iter().flatten().filter_map(Value::as_str);
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let ace = |state: &str| {
        let is = expected.get("ace").is_some_and(|it| it == state);
        if is { vec!["ACE".to_owned()] } else { Vec::new() }
    };
    let required = expected.get("license_required_before_exceptions").and_then(Value::as_bool);
    let expect = Expect {
        outcome: text("outcome").unwrap_or_default(),
        exception: text("exception"),
        license_required: required.map(|it| it.to_string()),
        reasons: list("reasons"),
        not_reasons: list("not_reasons"),
        conditions: list("conditions"),
        not_conditions: list("not_conditions"),
        referrals: list("referrals"),
        review_policy: text("review_policy"),
        available: ace("available"),
        closed: ace("unavailable"),
        doubtful: ace("unknown"),
        ..Expect::default()
    };
    let id = value.get("id").and_then(Value::as_str).unwrap_or("a case").to_owned();
    Ok(Some(Guard::new(id, transaction, None, expect, list("acceptable"))))
}
