//! How blocks are named and shown.

use law::SourceFile;
use law::rulebook::{Bars, Block, Effect, Rulebook, Status};

/// What a block does and what it is called, such as `bar ACE 740.22(c)(2)`.
pub(crate) fn heading(block: &Block, rulebook: &Rulebook) -> String {
    let word = block.effect.keyword();
    let key = match &block.effect {
        Effect::Define(term) => {
            rulebook.terms.get(term.0 as usize).map(|it| it.name.clone()).unwrap_or_default()
        }
        Effect::Require(key) => format!("for {key}"),
        Effect::Allow { exception, .. } => exception.clone(),
        Effect::Bar(Bars::These(symbols)) => symbols.join(", "),
        Effect::Bar(Bars::AllExcept(open)) if open.is_empty() => "all".to_owned(),
        Effect::Bar(Bars::AllExcept(open)) => format!("all except {}", open.join(", ")),
        Effect::Exclude(key)
        | Effect::Prohibit(key)
        | Effect::Oblige(key)
        | Effect::Flag(key)
        | Effect::Refer(key)
        | Effect::Policy(key) => key.clone(),
        Effect::Describe { parents, .. } if parents.is_empty() => String::new(),
        Effect::Describe { parents, .. } => format!("for {} in", parents.join(" or ")),
        Effect::Prefer { entries, over } => {
            format!("{} over {}", entries.join(", "), over.join(", "))
        }
        Effect::Exempt | Effect::Untranslated => String::new(),
    };
    let id = block.id();
    if key.is_empty() { format!("{word} {id}") } else { format!("{word} {key} {id}") }
}

/// When a version is law.
pub(crate) fn period(block: &Block) -> String {
    let from = block.version.from;
    let until = block.version.until.map(|it| format!(" until {it}")).unwrap_or_default();
    let status = match block.version.status {
        Status::Law => "",
        Status::Adopted => ", adopted",
        Status::Proposed => ", proposed",
    };
    format!("from {from}{until}{status}")
}

/// A block as it is written: its head, and the indented lines below it.
pub(crate) fn source<'a>(block: &Block, files: &'a [SourceFile]) -> &'a str {
    let Some(file) = files.get(usize::from(block.span.file)) else { return "" };
    let text = file.text.get(block.span.start as usize..).unwrap_or_default();
    let mut end = 0;
    for (place, line) in text.split_inclusive('\n').enumerate() {
        if place > 0 && !line.trim().is_empty() && !line.starts_with([' ', '\t']) {
            break;
        }
        end += line.len();
    }
    text.get(..end).unwrap_or_default().trim_end()
}

/// Every line moved in by two.
pub(crate) fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|it| format!("  {it}")).collect();
    lines.join("\n")
}
