//! The one way to write a `.law` file: same syntax, canonical text.
//!
//! Clauses come in one order, one empty line stands between blocks, lines end before column 100
//! where they can. Comments stay: one behind a clause stays behind it, any other goes in front of
//! the clause or block it was found in. Formatting twice changes nothing.

mod condition;

use crate::diagnostic::Diagnostic;
use crate::lexer::Comment;
use crate::parser::parse;
use crate::rulebook::Status;
use crate::source::{SourceFile, Span};
use crate::syntax::{
    BlockSyntax, EffectSyntax, Head, Name, ParagraphSyntax, PathSyntax, Reference, SectionSyntax,
};
use condition::Layout;

/// Lines end before this column where they can.
pub(crate) const WIDTH: usize = 100;

/// The canonical text of a `.law` file.
///
/// # Errors
///
/// What cannot be read of it; such a file is left alone.
pub fn format(file: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    let parsed = parse(&file.text, 0);
    if parsed.diagnostics.is_empty() {
        Ok(print(&parsed.sections, &parsed.comments, &file.text))
    } else {
        Err(parsed.diagnostics)
    }
}

/// Prints syntax. The comments, and the text they were found in, are those of that syntax.
pub(crate) fn print(sections: &[SectionSyntax], comments: &[Comment<'_>], text: &str) -> String {
    let mut printer = Printer { text, comments, out: String::new() };
    for section in sections {
        let SectionSyntax { number, title, blocks } = section;
        let heading = format!("section {} {}", section_number(&number.value), quote(&title.value));
        let whole = Span { end: title.span.end, ..number.span };
        printer.open(whole);
        printer.out.push_str(&heading);
        printer.behind(whole.end);
        for block in blocks {
            printer.block(block);
        }
    }
    let end = u32::MAX;
    printer.open_comments(end, None);
    printer.out
}

struct Printer<'a> {
    text: &'a str,
    /// Those not printed yet.
    comments: &'a [Comment<'a>],
    out: String,
}

/// A clause, written out, with the comments that go with it.
struct Clause {
    /// Its place in the canonical order.
    order: usize,
    before: Vec<String>,
    text: String,
    behind: Option<String>,
}

impl<'a> Printer<'a> {
    /// An empty line, and the comments in front of a heading or block.
    fn open(&mut self, item: Span) {
        self.open_comments(item.end, Some(item.start));
    }

    fn open_comments(&mut self, until: u32, start: Option<u32>) {
        let comments = self.take(|it| it.start < until);
        if !self.out.is_empty() && (start.is_some() || !comments.is_empty()) {
            self.out.push('\n');
        }
        let next = comments.iter().skip(1).map(|it| Some(it.start)).chain([start]);
        for (comment, next) in comments.iter().zip(next) {
            self.out.push_str(comment.text);
            self.out.push('\n');
            let end = comment.start as usize + comment.text.len();
            let gap = next.and_then(|next| self.text.get(end..next as usize)).unwrap_or_default();
            if gap.bytes().filter(|it| *it == b'\n').count() > 1 {
                self.out.push('\n');
            }
        }
    }

    /// The comment on the line of what ends there, and the end of that line.
    fn behind(&mut self, end: u32) {
        if let Some(comment) = self.take_behind(end) {
            self.out.push(' ');
            self.out.push_str(&comment);
        }
        self.out.push('\n');
    }

    fn take_behind(&mut self, end: u32) -> Option<String> {
        let comment = self.comments.first().filter(|it| !it.alone)?;
        let between = self.text.get(end as usize..comment.start as usize)?;
        if between.contains('\n') {
            return None;
        }
        self.comments = self.comments.get(1..).unwrap_or_default();
        Some(comment.text.to_owned())
    }

    /// Takes the first comments, as long as they are of that sort.
    fn take(&mut self, of: impl Fn(&Comment<'a>) -> bool) -> &'a [Comment<'a>] {
        let count = self.comments.iter().position(|it| !of(it)).unwrap_or(self.comments.len());
        let (taken, rest) = self.comments.split_at(count);
        self.comments = rest;
        taken
    }

    fn block(&mut self, block: &BlockSyntax) {
        self.open(block.head.span);
        self.out.push_str(&head(&block.head.value));
        self.behind(block.head.span.end);
        let mut written = clauses(block);
        written.sort_by_key(|(span, _)| span.start);
        let mut clauses: Vec<Clause> = Vec::with_capacity(written.len());
        for (span, (order, text)) in written {
            let before = self.take(|it| it.start < span.end);
            let before = before.iter().map(|it| it.text.to_owned()).collect();
            clauses.push(Clause { order, before, text, behind: self.take_behind(span.end) });
        }
        clauses.sort_by_key(|it| it.order);
        for Clause { before, text, behind, .. } in clauses {
            for comment in before {
                self.out.push_str("  ");
                self.out.push_str(&comment);
                self.out.push('\n');
            }
            self.out.push_str(&text);
            if let Some(comment) = behind {
                self.out.push(' ');
                self.out.push_str(&comment);
            }
            self.out.push('\n');
        }
    }
}

/// The clauses below the head, with their place in the canonical order.
fn clauses(block: &BlockSyntax) -> Vec<(Span, (usize, String))> {
    let mut out: Vec<(Span, String)> = Vec::new();
    let BlockSyntax { head: _, under, overcomes, despite, when, unless, by, says, source } = block;
    if let Some(it) = under {
        out.push((it.span, format!("  under {}", it.value.value)));
    }
    for (keyword, clause) in [("overcomes", overcomes), ("despite", despite)] {
        if let Some(it) = clause {
            let names = it.value.iter().map(|it| it.value.as_str());
            out.push((it.span, wrap(&format!("  {keyword} "), names, ",", "")));
        }
    }
    if let Some(it) = when {
        out.push((it.span, Layout::clause("  when ", &it.value)));
    }
    if let Some(it) = unless {
        let names: Vec<String> = it.value.iter().map(|it| reference(&it.value)).collect();
        out.push((it.span, wrap("  unless ", names.iter().map(String::as_str), "", "or ")));
    }
    if let Some(it) = by {
        out.push((it.span, text("  by ", &it.value)));
    }
    out.push((says.span, text("  says ", &says.value)));
    if let Some(it) = source {
        out.push((it.span, text("  source ", &it.value)));
    }
    out.into_iter().enumerate().map(|(order, (span, text))| (span, (order, text))).collect()
}

fn head(head: &Head) -> String {
    let Head { effect, subject, paragraph, from, until, status, unverified } = head;
    let mut out = vec![self::effect(effect)];
    out.extend(subject.as_ref().map(|it| format!("for {}", it.value)));
    out.extend(Some(self::paragraph(&paragraph.value)).filter(|it| !it.is_empty()));
    out.extend(from.as_ref().map(|it| format!("from {}", it.value)));
    out.extend(until.as_ref().map(|it| format!("until {}", it.value)));
    match status {
        Status::Law => {}
        Status::Adopted => out.push("adopted".to_owned()),
        Status::Proposed => out.push("proposed".to_owned()),
    }
    if *unverified {
        out.push("unverified".to_owned());
    }
    out.join(" ")
}

fn effect(effect: &EffectSyntax) -> String {
    let list =
        |names: &[Name]| names.iter().map(|it| it.value.as_str()).collect::<Vec<_>>().join(", ");
    match effect {
        EffectSyntax::Define(name) => format!("define {}", name.value),
        EffectSyntax::Exempt => "exempt".to_owned(),
        EffectSyntax::Require(reason) => format!("require license for {}", reason.value),
        EffectSyntax::Allow { each: true, exceptions } => {
            format!("allow each of {{{}}}", list(exceptions))
        }
        EffectSyntax::Allow { each: false, exceptions } => format!("allow {}", list(exceptions)),
        EffectSyntax::Bar { all: true, exceptions } if exceptions.is_empty() => {
            "bar all".to_owned()
        }
        EffectSyntax::Bar { all: true, exceptions } => {
            format!("bar all except {}", list(exceptions))
        }
        EffectSyntax::Bar { all: false, exceptions } => format!("bar {}", list(exceptions)),
        EffectSyntax::Exclude(name) => format!("exclude {}", name.value),
        EffectSyntax::Prohibit(reason) => format!("prohibit {}", reason.value),
        EffectSyntax::Oblige(duty) => format!("oblige {}", duty.value),
        EffectSyntax::Flag(flag) => format!("flag {}", flag.value),
        EffectSyntax::Refer(agency) => format!("refer {}", agency.value),
        EffectSyntax::Policy(policy) => format!("policy {}", policy.value),
        EffectSyntax::Describe { entry, parents } if parents.is_empty() => {
            format!("describe {}", entry.value)
        }
        EffectSyntax::Describe { entry, parents } => {
            format!("describe {} for {}", entry.value, list(parents))
        }
        EffectSyntax::Prefer { entries, over } => {
            format!("prefer {{{}}} over {{{}}}", list(entries), list(over))
        }
        EffectSyntax::Untranslated(None) => "untranslated".to_owned(),
        EffectSyntax::Untranslated(Some(term)) => format!("untranslated define {}", term.value),
    }
}

fn paragraph(paragraph: &ParagraphSyntax) -> String {
    let path = match &paragraph.path {
        PathSyntax::Whole => String::new(),
        PathSyntax::Outline(outline) => outline.clone(),
        PathSyntax::Named(name) => quote(name),
    };
    match &paragraph.label {
        Some(label) => format!("{path}#{label}"),
        None => path,
    }
}

fn reference(reference: &Reference) -> String {
    let paragraph = paragraph(&reference.paragraph);
    match &reference.section {
        None => paragraph,
        Some(section) if paragraph.starts_with('"') => format!("{section} {paragraph}"),
        Some(section) => format!("{section}{paragraph}"),
    }
}

/// A section's number: quoted where it is not one word.
fn section_number(number: &str) -> String {
    let mut bytes = number.bytes();
    let plain = bytes.next().is_some_and(|it| it.is_ascii_alphanumeric())
        && bytes.all(|it| it.is_ascii_alphanumeric() || b":._-".contains(&it));
    if plain { number.to_owned() } else { quote(number) }
}

fn quote(text: &str) -> String {
    // A quote behind a closing backslash would not close.
    let end = if text.ends_with('\\') { " \"" } else { "\"" };
    format!("\"{}{end}", text.replace('"', "\\\""))
}

/// A clause with a string, which may run over lines.
fn text(start: &str, text: &str) -> String {
    let quoted = quote(text);
    let mut out = start.to_owned();
    let mut column = start.len();
    for (place, word) in quoted.split(' ').enumerate() {
        let width = word.chars().count();
        if place > 0 && column + 1 + width >= WIDTH {
            out.push_str("\n    ");
            column = 4;
        } else if place > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out
}

/// A list, broken where a line is full: what ends an entry, and what begins the next.
fn wrap<'n>(start: &str, names: impl Iterator<Item = &'n str>, ends: &str, begins: &str) -> String {
    let mut out = start.to_owned();
    let mut column = start.len();
    for (place, name) in names.enumerate() {
        let width = name.chars().count();
        if place > 0 {
            out.push_str(ends);
            let full = column + ends.len() + 1 + begins.len() + width + 1 >= WIDTH;
            out.push_str(if full { "\n    " } else { " " });
            column = if full { 4 } else { column + ends.len() + 1 };
            out.push_str(begins);
            column += begins.len();
        }
        out.push_str(name);
        column += width;
    }
    out
}

#[cfg(test)]
mod tests;
