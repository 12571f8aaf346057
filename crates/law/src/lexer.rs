//! From text to tokens: words, strings, labels and marks, with the places they came from.
//!
//! The lexer knows no keywords. It never fails: what it cannot read becomes a diagnostic and is
//! skipped. Comments are kept aside for the formatter.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// One token.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: TokenKind,
    /// What it is: for a string what stands between the quotes, for a label what follows `#`.
    pub(crate) text: &'a str,
    pub(crate) span: Span,
    /// How it stands to what came before.
    pub(crate) stand: Stand,
}

/// How a token stands to what came before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stand {
    /// Directly behind it.
    Glued,
    /// Behind white space.
    Apart,
    /// First of its line, indented.
    Line,
    /// In column 1: here a block begins.
    Margin,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TokenKind {
    Word,
    Text,
    Label,
    Open,
    Close,
    OpenSet,
    CloseSet,
    Comma,
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
    End,
}

/// A comment, from its `#` to the end of the line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Comment<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: u32,
    /// Whether it has its line to itself.
    pub(crate) alone: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Lexed<'a> {
    /// Always ends in [`TokenKind::End`].
    pub(crate) tokens: Vec<Token<'a>>,
    pub(crate) comments: Vec<Comment<'a>>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub(crate) fn lex(text: &str, file: u16) -> Lexed<'_> {
    let mut lexer =
        Lexer { text, file, at: 0, stand: Stand::Margin, barren: 0, lexed: Lexed::default() };
    lexer.at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while lexer.step() {}
    lexer.stand = Stand::Margin;
    lexer.push(TokenKind::End, lexer.at, "");
    lexer.lexed
}

struct Lexer<'a> {
    text: &'a str,
    file: u16,
    at: usize,
    stand: Stand,
    /// Up to here no string ends.
    barren: usize,
    lexed: Lexed<'a>,
}

impl<'a> Lexer<'a> {
    /// Reads one token, or a run of white space; false at the end.
    fn step(&mut self) -> bool {
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return false };
        match first {
            '\n' => {
                self.at += 1;
                self.stand = Stand::Margin;
            }
            _ if first.is_whitespace() => {
                self.at += first.len_utf8();
                self.stand = match self.stand {
                    Stand::Margin | Stand::Line => Stand::Line,
                    Stand::Glued | Stand::Apart => Stand::Apart,
                };
            }
            '#' => self.comment_or_label(),
            '"' => self.string(),
            _ if first.is_ascii_alphanumeric() => {
                let word = self
                    .run(|it| it.is_ascii_alphanumeric() || matches!(it, ':' | '.' | '_' | '-'));
                self.push(TokenKind::Word, start, word);
            }
            _ => self.mark(first),
        }
        true
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Reads on while the characters are of that sort.
    fn run(&mut self, of: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|it| !of(it)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// `#` in the middle of a line and before a letter is a label; else it begins a comment.
    fn comment_or_label(&mut self) {
        let start = self.at;
        let is_name = |it: char| it.is_ascii_alphanumeric() || it == '-';
        let names = self.rest().chars().nth(1).is_some_and(|it| it.is_ascii_alphanumeric());
        match self.stand {
            Stand::Glued | Stand::Apart if names => {
                self.at += 1;
                let name = self.run(is_name);
                self.push(TokenKind::Label, start, name);
            }
            Stand::Glued | Stand::Apart | Stand::Line | Stand::Margin => {
                let text = self.run(|it| it != '\n').trim_end();
                let alone = matches!(self.stand, Stand::Line | Stand::Margin);
                self.lexed.comments.push(Comment { text, start: offset(start), alone });
            }
        }
    }

    /// A string may run over lines, but not over a line that begins in column 1: there the
    /// closing quote was forgotten.
    fn string(&mut self) {
        let start = self.at;
        let body = self.text.get(start + 1..).unwrap_or_default();
        let mut before = b' ';
        let known = if start < self.barren { "" } else { body };
        for (place, it) in known.bytes().enumerate() {
            self.barren = start + 1 + place;
            if it == b'"' && before != b'\\' {
                self.at = start + 1 + place + 1;
                self.push(TokenKind::Text, start, body.get(..place).unwrap_or_default());
                return;
            }
            if before == b'\n' && !body.get(place..).is_some_and(starts_white) {
                break;
            }
            before = it;
        }
        self.run(|it| it != '\n');
        let error = Diagnostic::error(self.span(start), "a string that does not end")
            .label("opened here")
            .help("close it with `\"`; a string may run over several lines if they are indented");
        self.lexed.diagnostics.push(error);
    }

    fn mark(&mut self, first: char) {
        let start = self.at;
        self.at += first.len_utf8();
        let equals = self.rest().starts_with('=');
        let kind = match first {
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            '{' => TokenKind::OpenSet,
            '}' => TokenKind::CloseSet,
            ',' => TokenKind::Comma,
            '=' => TokenKind::Equal,
            '<' if equals => TokenKind::AtMost,
            '<' => TokenKind::Less,
            '>' if equals => TokenKind::AtLeast,
            '>' => TokenKind::More,
            _ => {
                let message = format!("`{}` has no meaning here", first.escape_debug());
                self.lexed.diagnostics.push(Diagnostic::error(self.span(start), message));
                return;
            }
        };
        if matches!(kind, TokenKind::AtMost | TokenKind::AtLeast) {
            self.at += 1;
        }
        self.push(kind, start, self.text.get(start..self.at).unwrap_or_default());
    }

    fn push(&mut self, kind: TokenKind, start: usize, text: &'a str) {
        let span = self.span(start);
        self.lexed.tokens.push(Token { kind, text, span, stand: self.stand });
        self.stand = Stand::Glued;
    }

    fn span(&self, start: usize) -> Span {
        Span { file: self.file, start: offset(start), end: offset(self.at) }
    }
}

/// A place in a file that is too long for its numbers is its last: wrong, but never a panic.
pub(crate) fn offset(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn starts_white(text: &str) -> bool {
    text.starts_with(char::is_whitespace)
}

/// What a string says: white space folded to one space, `\"` read as a quote.
pub(crate) fn unquote(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let plain = !raw.contains('\\');
    for word in raw.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if plain {
            out.push_str(word);
            continue;
        }
        let mut rest = word;
        while let Some((before, after)) = rest.split_once("\\\"") {
            out.push_str(before);
            out.push('"');
            rest = after;
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests;
