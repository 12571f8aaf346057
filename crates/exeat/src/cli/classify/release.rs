//! `export.toml` on the command line: each component an answer, or one of the papers.

use super::Args;
use super::answer::Answerer;
use crate::api::failure::Failure;
use crate::cli::{Exit, complain};
use crate::input::{Document, Format, Source};
use crate::interview::yaml;
use crate::json::Layout;
use crate::lines::Tally;
use crate::papers::memo::Memo;
use crate::papers::{annual_report, ci, notice};
use crate::results::{Output, Results};
use crate::trouble::Trouble;
use decision::Engine;
use decision::classification::{Classification, ClassificationOutcome};
use decision::release::{Answered, Component, Release, item, read};
use std::io::Write;

/// What was done with a release.
pub(super) enum Done {
    /// Its components were classified; these are the answers.
    Answered(Tally<ClassificationOutcome>, Vec<u8>),
    /// A paper was written.
    Paper(Exit),
}

/// Whether a document is an `export.toml`: TOML with components in it.
pub(super) fn is_one(document: &Document) -> bool {
    document.format == Format::Toml
        && document.bytes.split(|it| *it == b'\n').any(|line| {
            let line = line.trim_ascii();
            line == b"[[component]]" || line.starts_with(b"component")
        })
}

/// Reads an `export.toml`.
///
/// # Errors
///
/// Every problem of it, for a person.
pub(super) fn load(engine: &Engine, document: &Document) -> Result<Release, Trouble> {
    let Some(classification) = &engine.rulebook().classification else {
        return Err(Trouble::new("the rulebook classifies nothing"));
    };
    if document.format != Format::Toml {
        return Err(Trouble::new(format!("`{}` is not an export.toml", document.name))
            .help("a release is written in TOML; docs/export-toml.md shows one"));
    }
    read::read(&document.bytes, classification)
        .map_err(|errors| Trouble::of_input(&Failure::from(errors), &document.name))
}

/// Answers or writes what was asked for.
pub(super) fn run(
    args: &Args,
    answerer: &Answerer,
    document: &Document,
    out: &mut Results,
) -> Result<Done, crate::cli::Stop> {
    let engine = &answerer.engine;
    let release = load(engine, document)?;
    if args.pipeline.ci {
        let old = match &args.pipeline.against {
            Some(path) => Some(load(engine, &Source::named(path).document(None)?)?),
            None => None,
        };
        let review = engine.review(&release, old.as_ref(), &answerer.options);
        let impacts = ci::impacts(engine, &release, &review);
        let mut bytes = Vec::new();
        match args.format {
            Output::Text | Output::Md => {
                let text = ci::text(&release, &review, &impacts, answerer.width);
                bytes.extend_from_slice(text.as_bytes());
            }
            Output::Json => ci::json(&release, &review, &impacts, Layout::Pretty, &mut bytes),
            Output::Jsonl => {
                ci::json(&release, &review, &impacts, Layout::Line, &mut bytes);
                bytes.push(b'\n');
            }
        }
        let exit = ci::exit(&review).written(out.write_all(&bytes))?;
        return Ok(Done::Paper(exit));
    }
    let components = chosen(args, &release)?;
    let classified = classify(answerer, &release, &components);
    if args.papers.agencies.annual_report {
        let all: Vec<_> =
            components.iter().copied().zip(classified.iter().map(|it| &it.1)).collect();
        let report = annual_report::report(&release, &all);
        let written = out.write_all(report.csv.as_bytes());
        report.open.iter().for_each(|it| complain(&format!("note: {it}")));
        return Ok(Done::Paper(Exit::Fine.written(written)?));
    }
    let mut tally = Tally::default();
    let mut bytes = Vec::new();
    let mut items = Vec::new();
    let several = components.len() > 1;
    if several {
        out.list = true;
    }
    for (component, (answered, classification)) in components.iter().zip(&classified) {
        tally.add(crate::lines::Verdict::Answered(classification.outcome));
        let product = &answered.product;
        if args.papers.memo {
            let questions = engine.classification_questions();
            let release = &release;
            let memo = Memo { release, component, answered, classification, questions };
            bytes.extend_from_slice(memo.render().as_bytes());
            bytes.push(b'\n');
        } else if args.papers.agencies.notice {
            let draft = notice::draft(&release, component, answered, classification);
            bytes.extend_from_slice(draft.as_bytes());
        } else if args.papers.item {
            let item = item::item(&release, component, product, classification);
            let block = item.get("encryption").and_then(serde_json::Value::as_object);
            let open = block.into_iter().flatten();
            let open: Vec<&str> =
                open.filter(|it| it.1.is_null()).map(|it| it.0.as_str()).collect();
            if !open.is_empty() {
                complain(&format!(
                    "note: items[{}].encryption leaves open what 740.17 needs ({}); fill it in, or \
                     answer when `exeat check` or `exeat ask` asks",
                    items.len(),
                    open.join(", ")
                ));
            }
            items.push(item);
        } else {
            let heading = several.then(|| component.name());
            answerer.show(classification, product, heading, &mut bytes);
        }
    }
    if args.papers.item {
        let items = serde_json::json!({ "items": items });
        let text = match args.format {
            Output::Json | Output::Jsonl => format!("{items}\n"),
            Output::Text | Output::Md => yaml::write(&items),
        };
        bytes.extend_from_slice(text.as_bytes());
    }
    if args.papers.memo || args.papers.agencies.notice || args.papers.item {
        let strictest = tally.strictest().map_or(Exit::Failed, Exit::from);
        return Ok(Done::Paper(strictest.written(out.write_all(&bytes))?));
    }
    Ok(Done::Answered(tally, bytes))
}

/// Each component with what is known of it and what it is.
fn classify<'a>(
    answerer: &'a Answerer,
    release: &'a Release,
    components: &[&'a Component],
) -> Vec<(Answered<'a>, Classification<'a>)> {
    let engine = &answerer.engine;
    let on = answerer.options.on.unwrap_or(release.date);
    let Some(classification) = &engine.rulebook().classification else { return Vec::new() };
    let classified = components.iter().map(|component| {
        let known = component.answered(release, classification, on);
        let found = engine.classify(&known.product, &answerer.options);
        (known, found)
    });
    classified.collect()
}

/// The component that was named, or all of them.
pub(super) fn chosen<'a>(args: &Args, release: &'a Release) -> Result<Vec<&'a Component>, Trouble> {
    let Some(id) = &args.component else { return Ok(release.components.iter().collect()) };
    if let Some(component) = release.components.iter().find(|it| it.id == *id) {
        return Ok(vec![component]);
    }
    let ids: Vec<&str> = release.components.iter().map(|it| it.id.as_str()).collect();
    Err(Trouble::new(format!("there is no component `{id}`"))
        .help(format!("the components are: {}", ids.join(", "))))
}
