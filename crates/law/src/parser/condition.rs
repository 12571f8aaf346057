//! Reading a condition.

use super::{Parser, Read, Reported};
use crate::diagnostic::Diagnostic;
use crate::lexer::{Token, TokenKind};
use crate::rulebook::{Comparison, Quantifier};
use crate::syntax::{Body, Condition, Name, PathName, Spanned, TestSyntax};

/// Whether a word cannot name a fact, a term or a thing, because it holds conditions together.
fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "not"
            | "where"
            | "is"
            | "in"
            | "with"
            | "includes"
            | "some"
            | "every"
            | "no"
            | "always"
            | "never"
            | "when"
            | "unless"
            | "by"
            | "says"
            | "source"
            | "overcomes"
            | "despite"
    )
}

const COMPARISONS: [(TokenKind, Comparison); 5] = [
    (TokenKind::Less, Comparison::Less),
    (TokenKind::AtMost, Comparison::AtMost),
    (TokenKind::Equal, Comparison::Equal),
    (TokenKind::AtLeast, Comparison::AtLeast),
    (TokenKind::More, Comparison::More),
];

impl Parser<'_> {
    pub(super) fn condition(&mut self) -> Read<Condition> {
        let mut parts = vec![self.conjunction()?];
        while self.eat("or") {
            parts.push(self.conjunction()?);
        }
        Ok(Condition::any(parts))
    }

    fn conjunction(&mut self) -> Read<Condition> {
        let mut parts = vec![self.unary()?];
        while self.eat("and") {
            parts.push(self.unary()?);
        }
        Ok(Condition::all(parts))
    }

    fn unary(&mut self) -> Read<Condition> {
        if self.eat("not") {
            let inner = self.deeper(Self::unary)?;
            return Ok(Condition::Not(Box::new(inner)));
        }
        if self.eat_kind(TokenKind::Open) {
            let inner = self.deeper(Self::condition)?;
            self.expect(TokenKind::Close, "`and`, `or` or `)`")?;
            return Ok(inner);
        }
        for (word, quantifier) in
            [("some", Quantifier::Some), ("every", Quantifier::Every), ("no", Quantifier::No)]
        {
            if self.eat(word) {
                return self.quantified(quantifier);
            }
        }
        for (word, value) in [("always", true), ("never", false)] {
            if self.eat(word) {
                return Ok(Condition::Constant(value));
            }
        }
        self.atom()
    }

    fn quantified(&mut self, quantifier: Quantifier) -> Read<Condition> {
        let name = self.plain("a kind or a term")?;
        let of = if self.eat("of") { Some(self.plain("a thing")?) } else { None };
        let body = if self.eat("where") {
            Body::Where(Box::new(self.deeper(Self::condition)?))
        } else if self.eat("is") {
            let negated = self.eat("not");
            Body::Is { negated, term: self.plain("a term")? }
        } else {
            let help = "`some party where …`, or `some party is end-user`";
            return Err(self.complain("`where` or `is`", Some(help)));
        };
        Ok(Condition::Quantified { quantifier, name, of, body })
    }

    fn atom(&mut self) -> Read<Condition> {
        let name = self.plain("a condition")?;
        if self.eat("is") {
            let negated = self.eat("not");
            let term = self.plain("a term")?;
            return Ok(Condition::Is { thing: name, negated, term });
        }
        let path = path(&name);
        if self.eat("empty") {
            return Ok(Condition::Test { path, test: TestSyntax::Empty });
        }
        for (kind, comparison) in COMPARISONS {
            if self.eat_kind(kind) {
                let test = TestSyntax::Number(comparison, self.number()?);
                return Ok(Condition::Test { path, test });
            }
        }
        if self.eat("includes") {
            return Ok(Condition::Test { path, test: TestSyntax::Includes(self.set()?) });
        }
        if self.eat("within") {
            return Ok(Condition::Test { path, test: TestSyntax::Within(self.set()?) });
        }
        let negated = self.is_word("not") && self.peek_second().is_some_and(|it| it.text == "in");
        if negated {
            self.next();
        }
        if self.eat("in") {
            return Ok(Condition::Test { path, test: self.membership(negated)? });
        }
        Ok(Condition::Holds(path))
    }

    /// What follows `in`.
    fn membership(&mut self, negated: bool) -> Read<TestSyntax> {
        if self.is(TokenKind::OpenSet) {
            let words = self.set()?;
            if !self.is_word("with") {
                return Ok(TestSyntax::In { negated, words, with: None });
            }
            if negated {
                let help = "say it as `not (… in {…} with …)`";
                return Err(self.complain("`in` without `not` before `with`", Some(help)));
            }
            self.next();
            let column = self.plain("a column")?;
            return Ok(TestSyntax::In { negated, words, with: Some((column, self.set()?)) });
        }
        let name = self.plain("a set, a column or a fact")?;
        if self.is(TokenKind::OpenSet) {
            return Ok(TestSyntax::Column { negated, column: name, words: self.set()? });
        }
        Ok(TestSyntax::Member { negated, path: path(&name) })
    }

    /// A name that is not one of the words that hold conditions together.
    fn plain(&mut self, what: &str) -> Read<Name> {
        if self.is(TokenKind::Word) && is_reserved(self.peek().text) {
            return Err(self.complain(what, None));
        }
        self.name(what)
    }

    fn number(&mut self) -> Read<i64> {
        let Token { text, span, .. } = self.expect(TokenKind::Word, "a number")?;
        if let Some(number) = parse_number(text) {
            return Ok(number);
        }
        let message = format!("`{text}` is not a number");
        let help = "write digits, with at most three after a point: `25`, `12.5`";
        self.diagnostics.push(Diagnostic::error(span, message).help(help));
        Err(Reported)
    }
}

/// The first dot separates the thing from its fact.
fn path(name: &Name) -> PathName {
    let Spanned { value, span } = name;
    match value.split_once('.') {
        Some((thing, fact)) => {
            PathName { thing: Some(thing.to_owned()), fact: fact.to_owned(), span: *span }
        }
        None => PathName { thing: None, fact: value.clone(), span: *span },
    }
}

/// A number with at most three decimals, in thousandths.
pub(crate) fn parse_number(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 3 {
        return None;
    }
    let thousandths: i64 = format!("{decimals:0<3}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(thousandths)
}
