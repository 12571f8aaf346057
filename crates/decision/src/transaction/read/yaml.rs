//! YAML to the tree, with lines.
//!
//! Scalars without quotes keep their spelling until the reader knows what it expects, so that `NO`
//! is Norway and `5E001` a classification. Aliases and tags are refused: a transaction needs none,
//! and an alias can make a short text very long.

use super::{DEEPEST, Entry, InputError, Node, NodeValue, Unparsed};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};
use std::borrow::Cow;

/// Reads one YAML document.
pub(super) fn parse(text: &str) -> Result<Node<'_>, Unparsed> {
    let mut documents = Documents { parser: Parser::new_from_str(text), id: None };
    documents.only().map_err(|error| Unparsed { id: documents.id.take(), error })
}

struct Documents<'t> {
    parser: Parser<'t, StrInput<'t>>,
    id: Option<String>,
}

impl<'t> Documents<'t> {
    fn only(&mut self) -> Result<Node<'t>, InputError> {
        let mut document = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::Nothing
                | Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd => {}
                Event::Alias(_)
                | Event::Scalar(..)
                | Event::SequenceStart(..)
                | Event::SequenceEnd
                | Event::MappingStart(..)
                | Event::MappingEnd => {
                    if document.is_some() {
                        return Err(problem(span, "several documents", "write one transaction"));
                    }
                    document = Some(self.node(event, span, 0)?);
                }
            }
        }
        document
            .ok_or_else(|| InputError::of_the_whole(None, "empty", Some("write one transaction")))
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), InputError> {
        match self.parser.next_event() {
            Some(event) => event.map_err(|error| unparsed(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node<'t>, InputError> {
        if depth > DEEPEST {
            return Err(problem(span, "nested too deep", ""));
        }
        let value = match event {
            Event::Alias(_) => return Err(problem(span, "an alias", "write the value out")),
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_)) => {
                return Err(problem(span, "a tag", "leave it out, or use quotation marks"));
            }
            Event::Scalar(text, style, _, None) => scalar(text, style),
            Event::SequenceStart(_, None) => {
                let mut nodes = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => break NodeValue::List(nodes),
                        (event, span) => nodes.push(self.node(event, span, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(_, None) => {
                let mut entries = Vec::new();
                loop {
                    match self.next()? {
                        (Event::MappingEnd, _) => break NodeValue::Map(entries),
                        (event, span) => entries.push(self.entry(event, span, depth)?),
                    }
                }
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => return Err(problem(span, "not valid YAML", "")),
        };
        Ok(Node { value, line: line(span) })
    }

    fn entry(&mut self, key: Event<'t>, at: Span, depth: usize) -> Result<Entry<'t>, InputError> {
        let Event::Scalar(key, _, _, None) = key else {
            return Err(problem(at, "a key that is not a text", ""));
        };
        if key == "<<" {
            return Err(problem(at, "a merge key", "write the keys out"));
        }
        let (event, span) = self.next()?;
        let mut node = self.node(event, span, depth + 1)?;
        node.line = line(at);
        if let (0, "id", NodeValue::Text(id) | NodeValue::Plain(id)) = (depth, &*key, &node.value) {
            self.id = Some(id.to_string());
        }
        Ok(Entry { key, node })
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> NodeValue<'_> {
    match style {
        ScalarStyle::Plain => NodeValue::Plain(text),
        ScalarStyle::SingleQuoted
        | ScalarStyle::DoubleQuoted
        | ScalarStyle::Literal
        | ScalarStyle::Folded => NodeValue::Text(text),
    }
}

fn line(span: Span) -> u32 {
    u32::try_from(span.start.line()).unwrap_or(u32::MAX)
}

fn problem(span: Span, message: &str, help: &str) -> InputError {
    InputError::of_the_whole(Some(line(span)), message, (!help.is_empty()).then_some(help))
}

fn unparsed(error: &ScanError) -> InputError {
    let line = u32::try_from(error.marker().line()).ok();
    InputError::of_the_whole(line, format!("not valid YAML: {}", error.info()), None)
}
