//! One walk over a tree: where it is, and what it found wrong.

use super::node::{Unfit, decimal};
use super::{Entry, InputError, Node, NodeValue};
use crate::suggestion::{UnknownName, did_you_mean, nearest, shortened};
use crate::transaction::schema::Definitions;
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// Something that can be read from a node.
pub(crate) trait Read: Sized {
    /// Whether a record must have it.
    const REQUIRED: bool = true;

    /// Reads it. `None` means that a problem was reported.
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self>;

    /// What stands for it where its key is left out.
    fn absent() -> Option<Self> {
        None
    }

    /// What JSON may say for it.
    fn schema(definitions: &mut Definitions) -> serde_json::Value;
}

/// One walk over a tree: where it is, and what it found wrong.
#[derive(Debug, Default)]
pub(crate) struct Reading<'n> {
    path: Vec<Step<'n>>,
    errors: Vec<InputError>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'n> {
    Key(&'n str),
    Place(usize),
}

impl<'n> Reading<'n> {
    /// Everything that was wrong.
    pub(crate) fn into_errors(self) -> Vec<InputError> {
        self.errors
    }

    /// Steps down to the value of a key.
    pub(crate) fn enter_key(&mut self, key: &'n str) {
        self.path.push(Step::Key(key));
    }

    /// Steps down to a place of a list.
    pub(crate) fn enter_place(&mut self, place: usize) {
        self.path.push(Step::Place(place));
    }

    /// Steps up.
    pub(crate) fn leave(&mut self) {
        self.path.pop();
    }

    /// Reports a problem at the present place.
    pub(crate) fn problem(
        &mut self,
        node: &Node<'_>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let mut path = String::new();
        for step in &self.path {
            let _ = match step {
                Step::Key(key) if path.is_empty() => write!(path, "{}", shortened(key)),
                Step::Key(key) => write!(path, ".{}", shortened(key)),
                Step::Place(place) => write!(path, "[{place}]"),
            };
        }
        let line = (node.line > 0).then_some(node.line);
        self.errors.push(InputError { path, line, message: message.into(), help });
    }

    /// Reports a problem at a key of the present place.
    pub(crate) fn problem_at(&mut self, key: &'n str, node: &Node<'_>, message: &str, help: &str) {
        self.enter_key(key);
        self.problem(node, message, (!help.is_empty()).then(|| help.to_owned()));
        self.leave();
    }

    /// Reports a key that a record does not have.
    pub(crate) fn unknown_key<'k>(
        &mut self,
        key: &str,
        node: &Node<'_>,
        keys: impl Iterator<Item = &'k str> + Clone,
    ) {
        let help = nearest(key, keys.clone())
            .map_or_else(|| format!("the keys here are {}", Quoted(keys.collect())), did_you_mean);
        self.problem(node, "there is no such key", Some(help));
    }

    /// Reports a key that stands twice.
    pub(crate) fn repeated_key(&mut self, node: &Node<'_>) {
        self.problem(node, "given twice", Some("keep one of them".to_owned()));
    }

    /// What stands for a key that was left out; a problem where it may not be.
    pub(crate) fn absent<T: Read>(
        &mut self,
        node: &Node<'_>,
        key: &'n str,
        meaning: &str,
    ) -> Option<T> {
        let absent = T::absent();
        if absent.is_none() {
            let meaning = meaning.trim_end_matches('.');
            self.problem_at(key, node, "must be given", &format!("what it says: {meaning}"));
        }
        absent
    }

    /// The entries of an object.
    pub(crate) fn map(&mut self, node: &'n Node<'n>) -> Option<&'n [Entry<'n>]> {
        let NodeValue::Map(entries) = &node.value else {
            return self.expected(node, "an object", None);
        };
        Some(entries)
    }

    /// The elements of a list.
    pub(crate) fn list(&mut self, node: &'n Node<'n>) -> Option<&'n [Node<'n>]> {
        match &node.value {
            NodeValue::List(nodes) => Some(nodes),
            NodeValue::Null | NodeValue::Map(_) => self.expected(node, "a list", None),
            NodeValue::Bool(_)
            | NodeValue::Number(_)
            | NodeValue::Text(_)
            | NodeValue::Plain(_) => {
                self.expected(node, "a list", Some("put it in square brackets"))
            }
        }
    }

    /// A text that says something.
    pub(crate) fn text(&mut self, node: &'n Node<'n>) -> Option<&'n str> {
        let text: &str = match &node.value {
            NodeValue::Text(text) => text,
            NodeValue::Plain(text) if !node.is_null() => text,
            NodeValue::Number(_) | NodeValue::Bool(_) => {
                return self.expected(node, "a text", Some("put it in quotation marks"));
            }
            NodeValue::Null | NodeValue::Plain(_) | NodeValue::List(_) | NodeValue::Map(_) => {
                return self.expected(node, "a text", None);
            }
        };
        if text.trim().is_empty() {
            let help = Some("leave the key out where it is not known".to_owned());
            self.problem(node, "empty", help);
            return None;
        }
        Some(text)
    }

    /// True or false.
    pub(crate) fn truth(&mut self, node: &'n Node<'n>) -> Option<bool> {
        match &node.value {
            NodeValue::Bool(truth) => Some(*truth),
            NodeValue::Plain(text) if text.eq_ignore_ascii_case("true") => Some(true),
            NodeValue::Plain(text) if text.eq_ignore_ascii_case("false") => Some(false),
            NodeValue::Null
            | NodeValue::Number(_)
            | NodeValue::Text(_)
            | NodeValue::Plain(_)
            | NodeValue::List(_)
            | NodeValue::Map(_) => self.expected(node, "true or false", None),
        }
    }

    /// A number, in thousandths.
    pub(crate) fn number(&mut self, node: &'n Node<'n>) -> Option<i64> {
        let number = match &node.value {
            NodeValue::Number(number) => *number,
            NodeValue::Plain(text) if text.starts_with(|it: char| "+-.0123456789".contains(it)) => {
                match decimal(text) {
                    Err(Unfit::NoNumber) => return self.expected(node, "a number", None),
                    number => number,
                }
            }
            NodeValue::Text(text) if decimal(text) != Err(Unfit::NoNumber) => {
                return self.expected(node, "a number", Some("leave out the quotation marks"));
            }
            NodeValue::Null
            | NodeValue::Bool(_)
            | NodeValue::Text(_)
            | NodeValue::Plain(_)
            | NodeValue::List(_)
            | NodeValue::Map(_) => return self.expected(node, "a number", None),
        };
        let (problem, help) = match number {
            Ok(number) => return Some(number),
            Err(Unfit::NoNumber) => ("not a number", "leave the key out where it is not known"),
            Err(Unfit::TooLargeOrFine) => {
                ("too large or too fine a number", "numbers have at most three decimals")
            }
        };
        self.problem(node, problem, Some(help.to_owned()));
        None
    }

    /// A value of a closed list.
    pub(crate) fn named<T: FromStr<Err = UnknownName>>(&mut self, node: &'n Node<'n>) -> Option<T> {
        match self.text(node)?.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(node, error.to_string(), error.help());
                None
            }
        }
    }

    /// A text in a form of its own.
    pub(crate) fn parsed<T: FromStr<Err: fmt::Display>>(
        &mut self,
        node: &'n Node<'n>,
        help: &str,
    ) -> Option<T> {
        match self.text(node)?.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(node, error.to_string(), Some(help.to_owned()));
                None
            }
        }
    }

    /// Reports a value of the wrong type.
    pub(crate) fn expected<T>(
        &mut self,
        node: &Node<'_>,
        what: &str,
        help: Option<&str>,
    ) -> Option<T> {
        let found = match &node.value {
            NodeValue::Null => "nothing".to_owned(),
            NodeValue::Bool(truth) => format!("`{truth}`"),
            NodeValue::Number(_) => "a number".to_owned(),
            NodeValue::Text(text) | NodeValue::Plain(text) => format!("`{}`", shortened(text)),
            NodeValue::List(_) => "a list".to_owned(),
            NodeValue::Map(_) => "an object".to_owned(),
        };
        self.problem(node, format!("expected {what}, found {found}"), help.map(str::to_owned));
        None
    }
}

/// Names in backticks, joined by commas.
struct Quoted<'k>(Vec<&'k str>);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, key) in self.0.iter().enumerate() {
            write!(f, "{}`{key}`", if place > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}
