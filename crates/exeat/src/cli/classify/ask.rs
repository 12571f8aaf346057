//! The interview: about a product of its own, or about a component of an `export.toml`.

use super::{Args, release};
use crate::cli::{Exit, Stop, complain, width};
use crate::input::{Document, Source};
use crate::interview::product::{ProductInterview, Save};
use crate::interview::yaml;
use crate::papers;
use crate::report::{classification, text};
use crate::trouble::Trouble;
use crate::{clock, keep, products};
use decision::classification::Product;
use decision::release::{Component, GivenAnswer, Release, write};
use decision::transaction::values::Answer;
use decision::{Engine, Trace};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where an interview is kept that was given no file.
const DEFAULT: &str = "product.yaml";

/// Interviews, then shows the answer.
pub(super) fn run(args: &Args) -> Result<Exit, Stop> {
    let engine = args.rules.engine()?.for_few();
    let path = match args.files.as_slice() {
        [] => PathBuf::from(DEFAULT),
        [one] => one.clone(),
        _ => return Err(Trouble::new("an interview is about one file").into()),
    };
    if args.files.is_empty() && path.exists() {
        let trouble = Trouble::new(format!("`{DEFAULT}` is already there"));
        return Err(trouble
            .help(format!("go on with it by `exeat classify --ask {DEFAULT}`"))
            .into());
    }
    let document = if path.exists() { Some(Source::named(&path).document(None)?) } else { None };
    match &document {
        Some(document) if release::is_one(document) => component(args, &engine, &path, document),
        Some(document) => {
            let questions = engine.classification_questions();
            let product = products::read(document, questions)
                .map_err(|failure| Trouble::of_input(&failure, &document.name))?;
            product_of_its_own(args, &engine, &path, product)
        }
        None => {
            let product = Product::on(args.on.unwrap_or_else(clock::today));
            product_of_its_own(args, &engine, &path, product)
        }
    }
}

fn product_of_its_own(
    args: &Args,
    engine: &Engine,
    path: &Path,
    product: Product,
) -> Result<Exit, Stop> {
    let mut saved = false;
    let mut save = |product: &Product, _: &str, _: Option<&Answer>| {
        saved = true;
        keep::replace(path, yaml::write(&tree(product)).as_bytes())
    };
    let product = interview(args, engine, product, BTreeMap::new(), &mut save)?;
    if saved {
        complain(&format!("saved as {}", path.display()));
    }
    show(args, engine, &product)
}

/// A component of a release: its answers are written into the file, with who gave them and when.
fn component(args: &Args, engine: &Engine, path: &Path, document: &Document) -> Result<Exit, Stop> {
    let Some(by) = args.by.clone() else {
        let trouble = Trouble::new("who answers is not said");
        return Err(trouble.help("add --by \"your name\": the file keeps who answered").into());
    };
    let mut kept: Release = release::load(engine, document)?;
    let chosen = release::chosen(args, &kept)?;
    let [one] = chosen.as_slice() else {
        let ids: Vec<&str> = chosen.iter().map(|it| it.id.as_str()).collect();
        let trouble = Trouble::new("an interview is about one component");
        return Err(trouble.help(format!("add --component: {}", ids.join(", "))).into());
    };
    let (id, release) = (one.id.clone(), kept.clone());
    let on = args.on.unwrap_or(release.date);
    let Some(classification) = &engine.rulebook().classification else { return Ok(Exit::Failed) };
    let answered = one.answered(&release, classification, on);
    let suggested = answered.suggested.iter();
    let suggested = suggested
        .map(|(question, it)| {
            ((*question).to_owned(), (it.answer.to_owned(), it.capability.to_owned()))
        })
        .collect();
    let product = answered.product.clone();
    if document.bytes.split(|it| *it == b'\n').any(|it| it.trim_ascii_start().starts_with(b"#")) {
        complain("note: the comments in this file are not kept");
    }
    let today = args.on.unwrap_or_else(clock::today);
    let version = kept.version.clone();
    let mut save = |product: &Product, question: &str, answer: Option<&Answer>| {
        let Some(component) = kept.components.iter_mut().find(|it| it.id == id) else {
            return Ok(());
        };
        record(component, product, question, answer, &Signed { by: &by, today, version: &version });
        keep::replace(path, write::write(&kept).as_bytes())
    };
    let product = interview(args, engine, product, suggested, &mut save)?;
    show(args, engine, &product)
}

/// Who answers, and when.
struct Signed<'a> {
    by: &'a str,
    today: jiff::civil::Date,
    version: &'a str,
}

/// Keeps an answer in the component, or takes it out.
fn record(
    component: &mut Component,
    product: &Product,
    question: &str,
    answer: Option<&Answer>,
    signed: &Signed<'_>,
) {
    component.form = product.form;
    if question == "form" {
        return;
    }
    let answers = component.answers.get_or_insert_default();
    answers.retain(|it| it.question != question);
    if let Some(value) = answer {
        answers.push(GivenAnswer {
            question: question.to_owned(),
            value: value.clone(),
            by: signed.by.to_owned(),
            on: signed.today,
            version: Some(signed.version.to_owned()),
            source: None,
            note: None,
        });
    }
}

fn interview<'a>(
    args: &Args,
    engine: &'a Engine,
    product: Product,
    suggested: BTreeMap<String, (String, String)>,
    save: &'a mut Save<'a>,
) -> Result<Product, Stop> {
    let mut out = anstream::stdout().lock();
    let mut interview = ProductInterview {
        engine,
        options: args.options(Trace::Lean),
        suggested,
        width: width(),
        input: &mut io::stdin().lock(),
        out: &mut out,
        save,
    };
    Ok(interview.run(product)?)
}

fn show(args: &Args, engine: &Engine, product: &Product) -> Result<Exit, Stop> {
    let found = engine.classify(product, &args.options(Trace::Decisive));
    let report = classification::report(&found, product);
    let written = write!(anstream::stdout(), "\n{}", text::render(&report, width()));
    Exit::from(found.outcome).written(written)
}

/// A product as it is saved.
fn tree(product: &Product) -> Value {
    let mut tree = Map::new();
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            tree.insert(key.to_owned(), value);
        }
    };
    set("id", product.id.clone().map(Value::from));
    set("date", Some(Value::from(product.date.to_string())));
    set("name", product.name.clone().map(Value::from));
    set("description", product.description.clone().map(Value::from));
    set("form", product.form.map(|it| Value::from(it.as_str())));
    set("unanswered", product.unanswered.map(|it| Value::from(it.as_str())));
    let answers = product.answers.iter().flatten().map(|(question, answer)| {
        let answer = match answer {
            Some(Answer::Yes) => json!(true),
            Some(Answer::No) => json!(false),
            Some(value @ Answer::Value(_)) => json!(papers::answer(value)),
            None => Value::Null,
        };
        (question.clone(), answer)
    });
    let answers: Map<String, Value> = answers.collect();
    set("answers", (!answers.is_empty()).then_some(Value::Object(answers)));
    Value::Object(tree)
}
