//! Reading one block: its head, then its clauses.

use super::{Parser, Read, Reported};
use crate::diagnostic::{Diagnostic, nearest};
use crate::lexer::{Stand, Token, TokenKind};
use crate::rulebook::Status;
use crate::source::Span;
use crate::syntax::{
    BlockSyntax, Condition, EffectSyntax, Head, Name, ParagraphSyntax, Reference, Spanned,
};
use jiff::civil::Date;

/// The words that open a block.
const EFFECTS: [&str; 15] = [
    "section",
    "define",
    "exempt",
    "require",
    "allow",
    "bar",
    "exclude",
    "prohibit",
    "oblige",
    "flag",
    "refer",
    "policy",
    "describe",
    "prefer",
    "untranslated",
];

/// The words that open a clause.
const CLAUSES: [&str; 8] =
    ["under", "overcomes", "despite", "when", "unless", "by", "says", "source"];

/// The clauses as they are found.
#[derive(Default)]
struct Clauses {
    under: Option<Spanned<Name>>,
    overcomes: Option<Spanned<Vec<Name>>>,
    despite: Option<Spanned<Vec<Name>>>,
    when: Option<Spanned<Condition>>,
    unless: Option<Spanned<Vec<Spanned<Reference>>>>,
    by: Option<Spanned<String>>,
    says: Option<Spanned<String>>,
    source: Option<Spanned<String>>,
    broken: bool,
}

impl Parser<'_> {
    /// A block; the first token stands in column 1.
    pub(super) fn block(&mut self) -> Read<BlockSyntax> {
        let start = self.peek().span;
        let head = self.head()?;
        let head = Spanned { value: head, span: self.since(start) };
        let mut clauses = Clauses { broken: !self.at_line_end(), ..Clauses::default() };
        while self.in_block() {
            if let Err(Reported) = self.clause(&mut clauses) {
                clauses.broken = true;
                self.skip_clause();
            }
        }
        if clauses.broken {
            return Err(Reported);
        }
        let Some(says) = clauses.says else {
            let error = Diagnostic::error(head.span, "a block without `says`");
            let help = "end it with `says \"…\"`: what the paragraph does, in our words";
            self.diagnostics.push(error.help(help));
            return Err(Reported);
        };
        let Clauses { under, overcomes, despite, when, unless, by, source, .. } = clauses;
        Ok(BlockSyntax { head, under, overcomes, despite, when, unless, by, says, source })
    }

    fn head(&mut self) -> Read<Head> {
        let effect = self.effect()?;
        let mut head = Head {
            effect,
            subject: None,
            paragraph: Spanned { value: ParagraphSyntax::default(), span: self.peek().span },
            from: None,
            until: None,
            status: Status::Law,
            unverified: false,
        };
        let described = matches!(head.effect, EffectSyntax::Describe { .. });
        if !described && self.eat("for") {
            head.subject = Some(self.name("the kind of thing it is said of")?);
        }
        let start = self.peek().span;
        head.paragraph.value = self.paragraph()?;
        let whole = head.paragraph.value == ParagraphSyntax::default();
        head.paragraph.span =
            if whole { Span { end: start.start, ..start } } else { self.since(start) };
        if self.eat("from") {
            head.from = Some(self.date()?);
        }
        if self.eat("until") {
            head.until = Some(self.date()?);
        }
        if self.eat("adopted") {
            head.status = Status::Adopted;
        } else if self.eat("proposed") {
            head.status = Status::Proposed;
        }
        head.unverified = self.eat("unverified");
        Ok(head)
    }

    /// Whether the head has ended; if not, says so and skips the rest of its line.
    fn at_line_end(&mut self) -> bool {
        let stand = self.peek().stand;
        if matches!(stand, Stand::Line | Stand::Margin) {
            return true;
        }
        let help = "a head is: EFFECT [for KIND] [PARAGRAPH] [from DATE] [until DATE] \
                    [adopted | proposed] [unverified]";
        self.complain("the end of the line", Some(help));
        while self.in_block() && self.peek().stand != Stand::Line {
            self.next();
        }
        false
    }

    fn effect(&mut self) -> Read<EffectSyntax> {
        let word = self.peek();
        if word.kind != TokenKind::Word || !EFFECTS.contains(&word.text) {
            let help = match nearest(word.text, EFFECTS) {
                Some(it) => format!("did you mean `{it}`?"),
                None => format!("a block begins with one of: {}", EFFECTS.join(", ")),
            };
            let message = format!("`{}` does not begin a block", word.text);
            self.diagnostics.push(Diagnostic::error(word.span, message).help(help));
            return Err(Reported);
        }
        self.next();
        Ok(match word.text {
            "define" => EffectSyntax::Define(self.name("the term to define")?),
            "exempt" => EffectSyntax::Exempt,
            "require" => {
                for word in ["license", "for"] {
                    if !self.eat(word) {
                        return Err(self
                            .complain(&format!("`{word}`"), Some("`require license for REASON`")));
                    }
                }
                EffectSyntax::Require(self.name("a reason")?)
            }
            "allow" if self.eat("each") => {
                if !self.eat("of") {
                    return Err(self.complain("`of`", Some("`allow each of {A, B}`")));
                }
                EffectSyntax::Allow { each: true, exceptions: self.set()? }
            }
            "allow" => {
                EffectSyntax::Allow { each: false, exceptions: vec![self.name("an exception")?] }
            }
            "bar" if self.eat("all") => {
                let except = self.eat("except");
                let exceptions = if except { self.names("an exception")? } else { Vec::new() };
                EffectSyntax::Bar { all: true, exceptions }
            }
            "bar" => EffectSyntax::Bar { all: false, exceptions: self.names("an exception")? },
            "exclude" => EffectSyntax::Exclude(self.name("an exclusion")?),
            "prohibit" => EffectSyntax::Prohibit(self.name("a reason")?),
            "oblige" => EffectSyntax::Oblige(self.name("a duty")?),
            "flag" => EffectSyntax::Flag(self.name("a flag")?),
            "refer" => EffectSyntax::Refer(self.name("an agency")?),
            "policy" => EffectSyntax::Policy(self.name("a policy")?),
            "describe" => EffectSyntax::Describe {
                entry: self.name("an entry")?,
                parents: if self.eat("for") { self.chains()? } else { Vec::new() },
            },
            "prefer" => {
                let entries = self.set()?;
                if !self.eat("over") {
                    return Err(self.complain("`over`", Some("`prefer {A, B} over {C, D}`")));
                }
                EffectSyntax::Prefer { entries, over: self.set()? }
            }
            _ if self.eat("define") => {
                EffectSyntax::Untranslated(Some(self.name("the term to define")?))
            }
            _ => EffectSyntax::Untranslated(None),
        })
    }

    fn clause(&mut self, clauses: &mut Clauses) -> Read<()> {
        let keyword = self.peek();
        if keyword.kind != TokenKind::Word || !CLAUSES.contains(&keyword.text) {
            let help = if EFFECTS.contains(&keyword.text) {
                "a block begins in column 1".to_owned()
            } else if let Some(it) = nearest(keyword.text, CLAUSES) {
                format!("did you mean `{it}`?")
            } else {
                format!("a clause begins with one of: {}", CLAUSES.join(", "))
            };
            return Err(self.complain("a clause of the block", Some(&help)));
        }
        let start = self.next().span;
        let twice = match keyword.text {
            "under" => {
                let value = self.name("a prohibition")?;
                clauses.under.replace(Spanned { value, span: self.since(start) }).is_some()
            }
            "overcomes" => {
                let value = self.names("a reason")?;
                clauses.overcomes.replace(Spanned { value, span: self.since(start) }).is_some()
            }
            "despite" => {
                let value = self.names("an exclusion")?;
                clauses.despite.replace(Spanned { value, span: self.since(start) }).is_some()
            }
            "when" => {
                let value = self.condition()?;
                clauses.when.replace(Spanned { value, span: self.since(start) }).is_some()
            }
            "unless" => {
                let mut value = vec![self.reference()?];
                while self.eat("or") {
                    value.push(self.reference()?);
                }
                clauses.unless.replace(Spanned { value, span: self.since(start) }).is_some()
            }
            "by" => {
                let value = self.text("a deadline in quotes")?.value;
                clauses.by.replace(Spanned { value, span: self.since(start) }).is_some()
            }
            "source" => {
                let value = self.text("a source in quotes")?.value;
                clauses.source.replace(Spanned { value, span: self.since(start) }).is_some()
            }
            _ => {
                let value = self.text("a sentence in quotes")?.value;
                clauses.says.replace(Spanned { value, span: self.since(start) }).is_some()
            }
        };
        if twice {
            let message = format!("a second `{}` in one block", keyword.text);
            self.diagnostics.push(Diagnostic::error(keyword.span, message));
        }
        Ok(())
    }

    /// `A, B for C`: alternatives, each a chain of which the nearest comes first.
    fn chains(&mut self) -> Read<Vec<Name>> {
        let mut chains = Vec::new();
        loop {
            let mut chain = self.name("an entry")?;
            while self.eat("for") {
                let next = self.name("an entry")?;
                chain.value.push_str(" for ");
                chain.value.push_str(&next.value);
                chain.span.end = next.span.end;
            }
            chains.push(chain);
            if !self.eat_kind(TokenKind::Comma) {
                return Ok(chains);
            }
        }
    }

    /// `(c)(2)`, `740.22(c)(2)`, `"Note 1"`, each with a label or without.
    fn reference(&mut self) -> Read<Spanned<Reference>> {
        let start = self.peek().span;
        let section =
            if self.is(TokenKind::Word) { Some(self.next().text.to_owned()) } else { None };
        let paragraph = self.paragraph()?;
        if section.is_none() && paragraph == ParagraphSyntax::default() {
            return Err(self.complain("a paragraph, such as `(c)(2)`", None));
        }
        Ok(Spanned { value: Reference { section, paragraph }, span: self.since(start) })
    }

    fn date(&mut self) -> Read<Spanned<Date>> {
        let Token { text, span, .. } = self.expect(TokenKind::Word, "a date")?;
        let Some(value) = parse_date(text) else {
            let message = format!("`{text}` is not a day");
            let help = "write days as year-month-day, such as `2024-04-01`";
            self.diagnostics.push(Diagnostic::error(span, message).help(help));
            return Err(Reported);
        };
        Ok(Spanned { value, span })
    }

    /// After an error: to the next line that begins with a clause, or to the next block.
    fn skip_clause(&mut self) {
        while self.in_block() {
            let token = self.peek();
            if token.stand == Stand::Line && CLAUSES.contains(&token.text) {
                break;
            }
            self.next();
        }
    }
}

/// A day in the one form we write days in.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    if plain { text.parse().ok() } else { None }
}
