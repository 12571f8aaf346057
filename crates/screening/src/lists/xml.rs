//! XML lists, read record by record.
//!
//! A record (one sanctioned party) becomes a small tree; the document as a whole never does.
//! Entities that a document defines for itself are refused, and so are records of a size or depth
//! that no list has. A document that is not closed at its end is an error, and nothing of it is
//! kept.

use super::decode::line_after;
use super::problem::{ImportError, Reason};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// The largest text, attribute or tag, in bytes.
const MAX_TEXT: usize = 1 << 20;
const MAX_ATTRIBUTES: usize = 128;
/// The most elements in one record. The largest of a real list has about 2,000.
const MAX_ELEMENTS: usize = 200_000;
const MAX_DEPTH: usize = 48;

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without the prefix.
    pub(super) name: String,
    pub(super) line: u64,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// The attribute of a name; empty where there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|it| it.0 == name).map_or("", |it| it.1.trim())
    }

    /// Its own text, trimmed.
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|it| it.name == name)
    }

    /// All children of a name.
    pub(super) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Self> {
        self.children.iter().filter(move |it| it.name == name)
    }

    /// Every child.
    pub(super) fn children(&self) -> &[Self] {
        &self.children
    }

    /// The text of the first child of a name; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.child(name).map_or("", Element::text)
    }

    /// The children `item` of the child `list`.
    pub(super) fn items<'s>(&'s self, list: &str, item: &'s str) -> impl Iterator<Item = &'s Self> {
        self.child(list).into_iter().flat_map(move |it| it.all(item))
    }
}

/// The name of the outermost element, as far as the beginning of a text shows it.
pub(super) fn root(head: &str) -> Option<&str> {
    let mut rest = head;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        rest = if let Some(comment) = rest.strip_prefix("!--") {
            comment.split_once("-->")?.1
        } else if rest.starts_with('!') {
            // A document type may hold brackets with tags of its own.
            match (rest.find('['), rest.find('>')) {
                (Some(open), Some(close)) if open < close => {
                    let (_, after) = rest.split_once(']')?;
                    after.split_once('>')?.1
                }
                _ => rest.split_once('>')?.1,
            }
        } else if rest.starts_with('?') {
            rest.split_once("?>")?.1
        } else {
            let end = rest.find(|it: char| it.is_whitespace() || it == '>' || it == '/')?;
            let name = rest.get(..end)?;
            return Some(name.rsplit(':').next().unwrap_or(name));
        };
    }
}

/// Reads a document. Every element whose name is asked for, and that is not inside another such
/// one, is handed over whole, in order. Gives back the outermost element with its attributes only.
pub(super) fn records(
    file: &str,
    text: &str,
    names: &[&str],
    mut each: impl FnMut(Element),
) -> Result<Element, ImportError> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut walk = Walk { file, text, at: 0, line: 1, open: Vec::new(), depth: 0, elements: 0 };
    let mut root: Option<Element> = None;
    loop {
        let event = reader.read_event();
        walk.advance(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
        let event = event.map_err(|it| walk.error(Reason::Xml { what: it.to_string() }))?;
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let whole = matches!(event, Event::Empty(_));
                if root.is_none() {
                    root = Some(walk.element(tag)?);
                    walk.depth += usize::from(!whole);
                    continue;
                }
                if walk.depth == 0 {
                    let what = "a second outermost element".to_owned();
                    return Err(walk.error(Reason::Xml { what }));
                }
                walk.depth += 1;
                if walk.depth > MAX_DEPTH {
                    return Err(walk.error(Reason::TooDeep { limit: MAX_DEPTH }));
                }
                if !walk.open.is_empty() || names.contains(&tag.local_name().into_inner()) {
                    let element = walk.element(tag)?;
                    walk.open.push(element);
                }
                if whole && let Some(record) = walk.close() {
                    each(record);
                }
            }
            Event::End(_) => {
                if let Some(record) = walk.close() {
                    each(record);
                }
            }
            Event::Text(content) => walk.add(&content.xml10_content())?,
            Event::CData(content) => walk.add(&content.xml10_content())?,
            Event::GeneralRef(reference) => {
                let resolved = reference.resolve_char_ref();
                let resolved = match (resolved, reference.xml10_content().as_ref()) {
                    (Ok(Some(it)), _) => it,
                    (Ok(None), "amp") => '&',
                    (Ok(None), "lt") => '<',
                    (Ok(None), "gt") => '>',
                    (Ok(None), "quot") => '"',
                    (Ok(None), "apos") => '\'',
                    (Ok(None) | Err(_), _) => return Err(walk.error(Reason::Entities)),
                };
                walk.add(resolved.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(content) => {
                if content.xml10_content().contains('[') {
                    return Err(walk.error(Reason::Entities));
                }
            }
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().and_then(Result::ok).unwrap_or_default();
                let lower = encoding.to_ascii_lowercase();
                let known = matches!(lower.as_str(), "" | "utf-8" | "utf8" | "utf-16" | "us-ascii");
                // What is not ASCII was already read as UTF-8, which another encoding is not.
                if !known && !text.is_ascii() {
                    let encoding = encoding.into_owned();
                    return Err(walk.error(Reason::ForeignEncoding { encoding }));
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match root {
        Some(root) if walk.depth == 0 => Ok(root),
        Some(_) => {
            let what = "the document ends before its elements do; it was cut off".to_owned();
            Err(walk.error(Reason::Xml { what }))
        }
        None => Err(walk.error(Reason::Xml { what: "there is no element".to_owned() })),
    }
}

struct Walk<'a> {
    file: &'a str,
    text: &'a str,
    at: usize,
    line: u64,
    /// The record being read: it and the elements open inside it.
    open: Vec<Element>,
    depth: usize,
    elements: usize,
}

impl Walk<'_> {
    fn advance(&mut self, to: usize) {
        let passed = self.text.as_bytes().get(self.at..to).unwrap_or_default();
        self.line += line_after(passed) - 1;
        self.at = self.at.max(to);
    }

    fn error(&self, reason: Reason) -> ImportError {
        ImportError::at(self.file, self.line, reason)
    }

    fn element(&mut self, tag: &BytesStart<'_>) -> Result<Element, ImportError> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(self.error(Reason::TooLarge { limit: MAX_ELEMENTS }));
        }
        let mut element = Element {
            name: tag.local_name().into_inner().to_owned(),
            line: self.line,
            ..Element::default()
        };
        // Without the check for repeated names, which takes the square of their number.
        for attribute in tag.attributes().with_checks(false) {
            let attribute =
                attribute.map_err(|it| self.error(Reason::Xml { what: it.to_string() }))?;
            if element.attributes.len() == MAX_ATTRIBUTES || attribute.value.len() > MAX_TEXT {
                return Err(self.error(Reason::TooLarge { limit: MAX_TEXT }));
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| self.error(Reason::Entities))?;
            let name = attribute.key.as_ref();
            let name = name.rsplit(':').next().unwrap_or(name);
            element.attributes.push((name.to_owned(), value.into_owned()));
        }
        Ok(element)
    }

    fn add(&mut self, text: &str) -> Result<(), ImportError> {
        let Some(element) = self.open.last_mut() else { return Ok(()) };
        element.text.push_str(text);
        if element.text.len() > MAX_TEXT {
            return Err(self.error(Reason::TooLarge { limit: MAX_TEXT }));
        }
        Ok(())
    }

    /// Closes an element; the record, if that was it.
    fn close(&mut self) -> Option<Element> {
        self.depth = self.depth.saturating_sub(1);
        let element = self.open.pop()?;
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(element);
            return None;
        }
        self.elements = 0;
        Some(element)
    }
}
