//! Laying out a condition: on one line where it fits, else broken at the outermost word that
//! joins its parts.

use super::WIDTH;
use crate::rulebook::{Comparison, Quantifier};
use crate::syntax::{Body, Condition, Name, PathName, TestSyntax};

/// Where a condition stands.
#[derive(Clone, Copy)]
struct Place {
    /// What may stand there without brackets.
    level: Level,
    /// Whether an `and` or `or` follows: then an open `where` needs brackets.
    followed: bool,
}

#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum Level {
    Any,
    All,
    One,
}

const OUTERMOST: Place = Place { level: Level::Any, followed: false };

/// Text that grows, and knows the column it has reached.
pub(super) struct Layout {
    out: String,
    column: usize,
}

impl Layout {
    /// A clause: its keyword, then the condition.
    pub(super) fn clause(start: &str, condition: &Condition) -> String {
        let mut layout = Self { out: start.to_owned(), column: start.len() };
        layout.condition(condition, OUTERMOST, 4, 0);
        layout.out
    }

    /// `reserve` is what must still fit behind it on its last line.
    fn condition(&mut self, it: &Condition, place: Place, indent: usize, reserve: usize) {
        let mut flat = String::new();
        write_flat(it, place, &mut flat);
        if self.column + flat.len() + reserve < WIDTH {
            return self.push(&flat);
        }
        if needs_brackets(it, place) {
            self.push("(");
            self.condition(it, OUTERMOST, indent + 2, reserve + 1);
            return self.push(")");
        }
        match it {
            Condition::Any(parts) => self.parts(parts, "or ", Level::All, place, indent, reserve),
            Condition::All(parts) => self.parts(parts, "and ", Level::One, place, indent, reserve),
            Condition::Not(inner) => {
                self.push("not ");
                self.condition(inner, Place { level: Level::One, ..place }, indent, reserve);
            }
            Condition::Quantified { body: Body::Where(body), .. } => {
                self.quantified(it, body, indent, reserve);
            }
            Condition::Test { path, test } => self.test(path, test, indent, reserve),
            Condition::Constant(_)
            | Condition::Is { .. }
            | Condition::Holds(_)
            | Condition::Quantified { body: Body::Is { .. }, .. } => self.push(&flat),
        }
    }

    fn parts(
        &mut self,
        parts: &[Condition],
        word: &str,
        level: Level,
        place: Place,
        indent: usize,
        reserve: usize,
    ) {
        for (number, part) in parts.iter().enumerate() {
            if number > 0 {
                self.line(indent);
                self.push(word);
            }
            let last = number + 1 == parts.len();
            let followed = place.followed || !last;
            let reserve = if last { reserve } else { 0 };
            self.condition(part, Place { level, followed }, indent + 2, reserve);
        }
    }

    fn quantified(&mut self, it: &Condition, body: &Condition, indent: usize, reserve: usize) {
        self.push(&quantifier_head(it));
        let opening = quantifier_head(body);
        let nested = !opening.is_empty() && self.column + 1 + opening.len() < WIDTH;
        if nested {
            self.push(" ");
        } else {
            self.line(indent);
        }
        self.condition(body, OUTERMOST, indent, reserve);
    }

    /// A test whose sets are broken where a line is full.
    fn test(&mut self, path: &PathName, test: &TestSyntax, indent: usize, reserve: usize) {
        self.push(&path_text(path));
        for piece in test_pieces(test) {
            match piece {
                Piece::Word(word) => {
                    let full = self.column + 1 + word.len() + 1 >= WIDTH;
                    if full {
                        self.line(indent + 2);
                    } else {
                        self.push(" ");
                    }
                    self.push(&word);
                }
                Piece::Set(words) => {
                    self.push(" {");
                    for (number, word) in words.iter().enumerate() {
                        let last = number + 1 == words.len();
                        let end = if last { "}" } else { "," };
                        let room = word.value.len() + end.len() + if last { reserve } else { 0 };
                        let space = usize::from(number > 0);
                        if number > 0 && self.column + space + room >= WIDTH {
                            self.line(indent + 2);
                        } else if number > 0 {
                            self.push(" ");
                        }
                        self.push(&word.value);
                        self.push(end);
                    }
                }
            }
        }
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.len();
    }

    fn line(&mut self, indent: usize) {
        // However deep the condition, half of the line stays for its words.
        let indent = indent.min(WIDTH / 2);
        self.out.push('\n');
        self.out.push_str(&" ".repeat(indent));
        self.column = indent;
    }
}

fn needs_brackets(it: &Condition, place: Place) -> bool {
    match it {
        Condition::Any(_) => place.level > Level::Any,
        Condition::All(_) => place.level > Level::All,
        Condition::Quantified { body: Body::Where(_), .. } => place.followed,
        Condition::Quantified { body: Body::Is { .. }, .. }
        | Condition::Not(_)
        | Condition::Constant(_)
        | Condition::Is { .. }
        | Condition::Holds(_)
        | Condition::Test { .. } => false,
    }
}

/// The condition on one line.
fn write_flat(it: &Condition, place: Place, out: &mut String) {
    if needs_brackets(it, place) {
        out.push('(');
        write_flat(it, OUTERMOST, out);
        out.push(')');
        return;
    }
    let mut join = |parts: &[Condition], word: &str, level: Level| {
        for (number, part) in parts.iter().enumerate() {
            if number > 0 {
                out.push_str(word);
            }
            let followed = place.followed || number + 1 < parts.len();
            write_flat(part, Place { level, followed }, out);
        }
    };
    match it {
        Condition::Any(parts) => join(parts, " or ", Level::All),
        Condition::All(parts) => join(parts, " and ", Level::One),
        Condition::Not(inner) => {
            out.push_str("not ");
            write_flat(inner, Place { level: Level::One, ..place }, out);
        }
        Condition::Constant(value) => out.push_str(if *value { "always" } else { "never" }),
        Condition::Is { thing, negated, term } => {
            out.push_str(&thing.value);
            out.push_str(if *negated { " is not " } else { " is " });
            out.push_str(&term.value);
        }
        Condition::Holds(path) => out.push_str(&path_text(path)),
        Condition::Test { path, test } => {
            out.push_str(&path_text(path));
            for piece in test_pieces(test) {
                out.push(' ');
                match piece {
                    Piece::Word(word) => out.push_str(&word),
                    Piece::Set(words) => {
                        let words: Vec<&str> = words.iter().map(|it| it.value.as_str()).collect();
                        out.push('{');
                        out.push_str(&words.join(", "));
                        out.push('}');
                    }
                }
            }
        }
        Condition::Quantified { body, .. } => {
            out.push_str(&quantifier_head(it));
            match body {
                Body::Where(inner) => {
                    out.push(' ');
                    write_flat(inner, OUTERMOST, out);
                }
                Body::Is { negated, term } => {
                    out.push_str(if *negated { " is not " } else { " is " });
                    out.push_str(&term.value);
                }
            }
        }
    }
}

/// `some NAME of THING`, with `where` if it has one; nothing for any other condition.
fn quantifier_head(it: &Condition) -> String {
    let Condition::Quantified { quantifier, name, of, body } = it else { return String::new() };
    let mut out = match quantifier {
        Quantifier::Some => "some ",
        Quantifier::Every => "every ",
        Quantifier::No => "no ",
    }
    .to_owned();
    out.push_str(&name.value);
    if let Some(of) = of {
        out.push_str(" of ");
        out.push_str(&of.value);
    }
    if matches!(body, Body::Where(_)) {
        out.push_str(" where");
    }
    out
}

fn path_text(path: &PathName) -> String {
    match &path.thing {
        Some(thing) => format!("{thing}.{}", path.fact),
        None => path.fact.clone(),
    }
}

/// What follows the path of a test.
enum Piece<'a> {
    Word(String),
    Set(&'a [Name]),
}

fn test_pieces(test: &TestSyntax) -> Vec<Piece<'_>> {
    let word = |text: &str| Piece::Word(text.to_owned());
    let membership = |negated: bool| word(if negated { "not in" } else { "in" });
    match test {
        TestSyntax::In { negated, words, with: None } => {
            vec![membership(*negated), Piece::Set(words)]
        }
        TestSyntax::In { negated, words, with: Some((column, others)) } => vec![
            membership(*negated),
            Piece::Set(words),
            word("with"),
            word(&column.value),
            Piece::Set(others),
        ],
        TestSyntax::Column { negated, column, words } => {
            vec![membership(*negated), word(&column.value), Piece::Set(words)]
        }
        TestSyntax::Member { negated, path } => {
            vec![membership(*negated), Piece::Word(path_text(path))]
        }
        TestSyntax::Includes(words) => vec![word("includes"), Piece::Set(words)],
        TestSyntax::Within(words) => vec![word("within"), Piece::Set(words)],
        TestSyntax::Empty => vec![word("empty")],
        TestSyntax::Number(comparison, number) => {
            let sign = match comparison {
                Comparison::Less => "<",
                Comparison::AtMost => "<=",
                Comparison::Equal => "=",
                Comparison::AtLeast => ">=",
                Comparison::More => ">",
            };
            vec![word(sign), Piece::Word(thousandths(*number))]
        }
    }
}

/// A number of thousandths with the decimals it needs.
fn thousandths(number: i64) -> String {
    let whole = number / 1000;
    let decimals = format!("{:03}", number.unsigned_abs() % 1000);
    match decimals.trim_end_matches('0') {
        "" => whole.to_string(),
        decimals => format!("{whole}.{decimals}"),
    }
}
