//! `exeat examples`: the examples that are in the program.

use super::{Exit, Stop, is_narrow, width};
use crate::api::commands;
use crate::examples::{self, Example};
use crate::input::{Document, Format};
use crate::interview::form::Form;
use crate::json::Writer;
use crate::pages::check::Draft;
use crate::report::page::{PLAIN, Page, STRONG, styled};
use crate::results;
use crate::transactions;
use std::io::Write;

/// List the examples, or print one
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The example to print, as YAML
    name: Option<String>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: results::Form,
}

/// Prints the list, or one example.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let mut out = anstream::stdout();
    if let Some(name) = &args.name {
        let example = examples::find(name)?;
        match args.format {
            results::Form::Text => write!(out, "{}", example.text)?,
            results::Form::Json => commands::print(|json| write_json(json, &example))?,
        }
        return Ok(Exit::Fine);
    }
    if args.format == results::Form::Json {
        let all: Vec<Example> = examples::all().collect();
        commands::print(|json| json.objects_of("examples", &all, write_json))?;
        return Ok(Exit::Fine);
    }
    let longest = examples::all().map(|it| it.name.len()).max().unwrap_or_default();
    let mut page = Page::new(width());
    for example in examples::all() {
        if is_narrow(width()) {
            page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, example.name)]);
            page.paragraph(&styled(PLAIN, "  "), &[styled(PLAIN, example.about())]);
        } else {
            writeln!(out, "{:longest$}  {}", example.name, example.about())?;
        }
    }
    let text = "Try one: exeat check --example NAME. Print it: exeat examples NAME.";
    page.gap();
    page.paragraph(&styled(PLAIN, ""), &[styled(PLAIN, text)]);
    let rest = page.finish();
    write!(out, "{}{rest}", if is_narrow(width()) { "" } else { "\n" })?;
    Ok(Exit::Fine)
}

fn write_json(json: &mut Writer<'_>, example: &Example) {
    let document = Document {
        name: example.name.to_owned(),
        format: Format::Yaml,
        bytes: example.text.as_bytes().to_vec(),
    };
    // The examples are read by tests, so each of them is there.
    let form = transactions::tree(&document).ok().and_then(Form::with);
    let transaction = form.map(|it| Draft::of(it).document()).unwrap_or_default();
    json.text_of("name", example.name);
    json.text_of("about", example.about());
    json.json_of("transaction", &transaction.to_string());
}
