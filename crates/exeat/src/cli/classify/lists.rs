//! The questions and the capabilities that the rulebook knows.

use super::Args;
use crate::cli::{Exit, Stop, width};
use crate::json::{Layout, Writer};
use crate::report::page::{DIM, PLAIN, Page, STRONG, styled, whole};
use crate::results::Output;
use law::rulebook::{Capability, Classification, Question};
use std::io::Write;

/// Prints what was asked for.
pub(super) fn run(args: &Args) -> Result<Exit, Stop> {
    let engine = args.rules.engine()?;
    let Some(classification) = &engine.rulebook().classification else { return Ok(Exit::Fine) };
    let mut out = anstream::stdout();
    match args.format {
        Output::Json | Output::Jsonl => {
            let mut bytes = Vec::new();
            Writer::new(&mut bytes, Layout::Pretty).object(|json| {
                if args.lists.questions {
                    json.objects_of("questions", &classification.questions, question);
                }
                if args.lists.capabilities {
                    json.objects_of("capabilities", &classification.capabilities, capability);
                }
            });
            out.write_all(&bytes)?;
            writeln!(out)?;
        }
        Output::Text | Output::Md => write!(out, "{}", text(args, classification))?,
    }
    Ok(Exit::Fine)
}

fn text(args: &Args, classification: &Classification) -> String {
    let mut page = Page::new(width());
    let questions = classification.questions.iter().filter(|_| args.lists.questions);
    for it in questions {
        page.paragraph(
            &styled(PLAIN, ""),
            &[
                whole(STRONG, &it.id),
                styled(PLAIN, &it.ask),
                whole(DIM, format!("[{}]", it.citation)),
            ],
        );
        page.paragraph(&styled(PLAIN, "    "), &[styled(DIM, &it.help)]);
    }
    let capabilities = classification.capabilities.iter().filter(|_| args.lists.capabilities);
    for it in capabilities {
        page.paragraph(&styled(PLAIN, ""), &[whole(STRONG, &it.id), styled(PLAIN, &it.name)]);
        let counts = format!("Counts: {} Does not: {}", it.counts, it.does_not_count);
        page.paragraph(&styled(PLAIN, "    "), &[styled(DIM, counts)]);
        let answers = |all: &[(String, String)]| {
            all.iter().map(|(it, answer)| format!("{it} = {answer}")).collect::<Vec<_>>().join(", ")
        };
        for (title, said) in [
            ("Establishes", answers(&it.establishes)),
            ("Suggests", answers(&it.suggests)),
            ("Opens again", it.touches.join(", ")),
        ] {
            if !said.is_empty() {
                page.paragraph(&styled(PLAIN, "    "), &[styled(DIM, format!("{title}: {said}"))]);
            }
        }
    }
    page.finish()
}

fn question(json: &mut Writer<'_>, it: &Question) {
    json.text_of("id", &it.id);
    json.text_of("ask", &it.ask);
    json.text_of("help", &it.help);
    json.texts_of("values", &it.values);
    json.text_of("citation", &it.citation);
    json.text_of("leads_to", &it.leads_to);
    json.bool_of("releases", it.releases);
}

fn capability(json: &mut Writer<'_>, it: &Capability) {
    json.text_of("id", &it.id);
    json.text_of("name", &it.name);
    json.text_of("counts", &it.counts);
    json.text_of("does_not_count", &it.does_not_count);
    for (key, answers) in [("establishes", &it.establishes), ("suggests", &it.suggests)] {
        json.objects_of(key, answers, |json, (question, answer)| {
            json.text_of("question", question);
            json.text_of("answer", answer);
        });
    }
    json.texts_of("touches", &it.touches);
    json.texts_of("none_means_no", &it.none_means_no);
}
