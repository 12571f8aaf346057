//! From tokens to syntax.
//!
//! The parser goes on after an error: a bad clause is skipped up to the next clause, a bad head up
//! to the next block, so that one reading finds every problem. Blocks are in [`block`], conditions
//! in [`condition`].

mod block;
mod condition;

pub(crate) use block::parse_date;

use crate::diagnostic::Diagnostic;
use crate::lexer::{Comment, Stand, Token, TokenKind, lex, unquote};
use crate::source::Span;
use crate::syntax::{Condition, ParagraphSyntax, PathSyntax, SectionSyntax, Spanned};

/// How deep brackets, `not` and `where` may nest.
pub(crate) const DEEPEST: u32 = 200;

/// What was read of one file.
#[derive(Debug)]
pub(crate) struct Parsed<'a> {
    pub(crate) sections: Vec<SectionSyntax>,
    pub(crate) comments: Vec<Comment<'a>>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads a `.law` file.
pub(crate) fn parse(text: &str, file: u16) -> Parsed<'_> {
    let lexed = lex(text, file);
    let mut parser =
        Parser { tokens: lexed.tokens, at: 0, depth: 0, diagnostics: lexed.diagnostics };
    let sections = parser.file();
    Parsed { sections, comments: lexed.comments, diagnostics: parser.diagnostics }
}

/// Reads a condition that stands by itself.
pub(crate) fn parse_condition(text: &str, file: u16) -> Result<Condition, Vec<Diagnostic>> {
    // A clause never stands in column 1.
    let text = format!(" {text}");
    let lexed = lex(&text, file);
    let mut parser =
        Parser { tokens: lexed.tokens, at: 0, depth: 0, diagnostics: lexed.diagnostics };
    let condition = parser.condition();
    if parser.peek().kind != TokenKind::End && parser.diagnostics.is_empty() {
        parser.complain("the end of the condition", None);
    }
    match condition {
        Ok(condition) if parser.diagnostics.is_empty() => Ok(condition),
        Ok(_) | Err(Reported) => Err(parser.diagnostics),
    }
}

/// A part could not be read, and the diagnostic was already made.
struct Reported;

type Read<T> = Result<T, Reported>;

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    depth: u32,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    fn file(&mut self) -> Vec<SectionSyntax> {
        let mut sections: Vec<SectionSyntax> = Vec::new();
        while self.peek().kind != TokenKind::End {
            let first = self.peek();
            let start = self.at;
            if first.stand != Stand::Margin {
                self.complain("a section or a block", Some("a block begins in column 1"));
                self.skip_to_margin(start);
            } else if first.text == "section" && first.kind == TokenKind::Word {
                match self.section() {
                    Ok(section) => sections.push(section),
                    Err(Reported) => self.skip_to_margin(start),
                }
            } else {
                let block = self.block();
                match (block, sections.last_mut()) {
                    (Ok(block), Some(section)) => section.blocks.push(block),
                    (Ok(block), None) => {
                        let message = "a block before the first `section`";
                        let error = Diagnostic::error(block.head.span, message);
                        let help = "begin the file with `section NUMBER \"TITLE\"`";
                        self.diagnostics.push(error.help(help));
                    }
                    (Err(Reported), _) => self.skip_to_margin(start),
                }
            }
        }
        sections
    }

    fn section(&mut self) -> Read<SectionSyntax> {
        self.next();
        let what = "the section's number";
        let number = if self.is(TokenKind::Text) { self.text(what)? } else { self.name(what)? };
        let title = self.text("the section's title in quotes")?;
        Ok(SectionSyntax { number, title, blocks: Vec::new() })
    }

    /// The token that comes next; at the end, again and again the end.
    fn peek(&self) -> Token<'a> {
        const NONE: Token<'static> = Token {
            kind: TokenKind::End,
            text: "",
            span: Span { file: 0, start: 0, end: 0 },
            stand: Stand::Margin,
        };
        self.tokens.get(self.at).or(self.tokens.last()).copied().unwrap_or(NONE)
    }

    fn peek_second(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at + 1).copied()
    }

    fn next(&mut self) -> Token<'a> {
        let token = self.peek();
        self.at = (self.at + 1).min(self.tokens.len());
        token
    }

    /// Whether the next token goes on with the block: what stands in column 1 begins another.
    fn in_block(&self) -> bool {
        self.peek().stand != Stand::Margin
    }

    fn is(&self, kind: TokenKind) -> bool {
        self.peek().kind == kind && self.in_block()
    }

    fn is_word(&self, word: &str) -> bool {
        self.is(TokenKind::Word) && self.peek().text == word
    }

    /// Steps over the word if it comes next.
    fn eat(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.next();
        }
        found
    }

    fn eat_kind(&mut self, kind: TokenKind) -> bool {
        let found = self.is(kind);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, kind: TokenKind, what: &str) -> Read<Token<'a>> {
        if self.is(kind) { Ok(self.next()) } else { Err(self.complain(what, None)) }
    }

    fn name(&mut self, what: &str) -> Read<Spanned<String>> {
        let token = self.expect(TokenKind::Word, what)?;
        Ok(Spanned { value: token.text.to_owned(), span: token.span })
    }

    fn text(&mut self, what: &str) -> Read<Spanned<String>> {
        let token = self.expect(TokenKind::Text, what)?;
        Ok(Spanned { value: unquote(token.text), span: token.span })
    }

    fn names(&mut self, what: &str) -> Read<Vec<Spanned<String>>> {
        let mut names = vec![self.name(what)?];
        while self.eat_kind(TokenKind::Comma) {
            names.push(self.name(what)?);
        }
        Ok(names)
    }

    /// `{a, b}`
    fn set(&mut self) -> Read<Vec<Spanned<String>>> {
        self.expect(TokenKind::OpenSet, "`{`")?;
        let names = self.names("a word of the set")?;
        self.expect(TokenKind::CloseSet, "`,` or `}`")?;
        Ok(names)
    }

    /// `(c)(2)#label`, `"Note 1"#label`, `#label`, or nothing.
    fn paragraph(&mut self) -> Read<ParagraphSyntax> {
        let mut paragraph = ParagraphSyntax::default();
        if self.is(TokenKind::Text) {
            paragraph.path = PathSyntax::Named(self.text("a paragraph")?.value);
        } else if self.is(TokenKind::Open) {
            let mut outline = String::new();
            while self.eat_kind(TokenKind::Open) {
                let step = self.name("a step of the outline, such as `c` or `2`")?;
                self.expect(TokenKind::Close, "`)`")?;
                outline.push('(');
                outline.push_str(&step.value);
                outline.push(')');
            }
            paragraph.path = PathSyntax::Outline(outline);
        }
        if self.is(TokenKind::Label) {
            paragraph.label = Some(self.next().text.to_owned());
        }
        Ok(paragraph)
    }

    /// Says that something else was expected here.
    fn complain(&mut self, expected: &str, help: Option<&str>) -> Reported {
        let token = self.peek();
        let found = if token.kind == TokenKind::End {
            "the end of the file".to_owned()
        } else if token.kind == TokenKind::Text {
            "a string".to_owned()
        } else if token.kind == TokenKind::Label {
            format!("`#{}`", token.text)
        } else if token.stand == Stand::Margin {
            format!("the next block, `{}`", token.text)
        } else {
            format!("`{}`", token.text)
        };
        let mut error =
            Diagnostic::error(token.span, format!("expected {expected}, found {found}"));
        let comment = (token.kind == TokenKind::Label).then_some("a comment begins with `# `");
        error.help = help.or(comment).map(str::to_owned);
        self.diagnostics.push(error);
        Reported
    }

    /// After an error: to the next block. `start` is where reading began.
    fn skip_to_margin(&mut self, start: usize) {
        if self.at == start {
            self.next();
        }
        while self.in_block() {
            self.next();
        }
    }

    /// The stretch from there to the last token read.
    fn since(&self, start: Span) -> Span {
        let last = self.at.checked_sub(1).and_then(|it| self.tokens.get(it));
        Span { end: last.map_or(start.end, |it| it.span.end), ..start }
    }

    /// Reads something one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= DEEPEST {
            let message = format!("brackets, `not` and `where` nest deeper than {DEEPEST}");
            let help = "give the inner condition a name with `define`";
            self.diagnostics.push(Diagnostic::error(self.peek().span, message).help(help));
            return Err(Reported);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}

#[cfg(test)]
mod tests;
