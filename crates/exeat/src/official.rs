//! The official text: the eCFR XML of a title of the CFR, as a user downloads it.
//!
//! Sections and supplements are cut into paragraphs by their designators. The text is read, shown
//! and forgotten; only a digest of each paragraph is ever kept. The reader knows the shape of the
//! file (`DIV8` is a section, `DIV9` an appendix, designators stand in the text of `P`) and nothing
//! of what it says.
//!
//! Source: the e-CFR XML User Guide of the Government Publishing Office, sections 2.1 to 2.4.

mod designators;

use crate::trouble::Trouble;
use designators::{Outline, split};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How deep elements may stand in each other.
const DEEPEST: usize = 200;

/// Paragraphs by their citations, such as `740.22(c)(2)`, `740.22` for what has no designator, and
/// `740 Supp. 1`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct OfficialText {
    paragraphs: BTreeMap<String, String>,
}

impl OfficialText {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Where it is not XML of that shape, or in an encoding other than UTF-8 or ISO 8859-1.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Trouble> {
        let text = decode(bytes);
        let mut reading = Reading::default();
        let mut reader = Reader::from_str(&text);
        loop {
            let event = reader.read_event().map_err(|error| {
                Trouble::new(format!(
                    "this is no XML: {error} at byte {}",
                    reader.buffer_position()
                ))
            })?;
            match event {
                Event::Start(tag) => reading.open(&tag)?,
                Event::End(_) => reading.close(),
                Event::Text(text) => reading.add(&text.xml10_content()),
                Event::CData(text) => reading.add(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    let character = match (reference.resolve_char_ref(), name.as_ref()) {
                        (Ok(Some(it)), _) => it.to_string(),
                        (_, "amp") => "&".to_owned(),
                        (_, "lt") => "<".to_owned(),
                        (_, "gt") => ">".to_owned(),
                        (_, "quot") => "\"".to_owned(),
                        (_, "apos") => "'".to_owned(),
                        // Kept as it stands: a digest only asks whether it is the same.
                        (_, other) => format!("&{other};"),
                    };
                    reading.add(&character);
                }
                Event::Empty(_)
                | Event::Comment(_)
                | Event::PI(_)
                | Event::Decl(_)
                | Event::DocType(_) => {}
                Event::Eof => break,
            }
        }
        if !reading.open.is_empty() {
            return Err(Trouble::new("the file ends before its elements do; it was cut off"));
        }
        if reading.found.is_empty() {
            return Err(Trouble::new("there is no section (`DIV8`) in this file").help(
                "download the XML of Title 15 from ecfr.gov or govinfo.gov (bulk data, ECFR)",
            ));
        }
        Ok(Self { paragraphs: reading.found })
    }

    /// The text of a paragraph, by its citation.
    pub(crate) fn paragraph(&self, citation: &str) -> Option<&str> {
        self.paragraphs.get(citation).map(String::as_str)
    }

    /// How many paragraphs there are.
    pub(crate) fn count(&self) -> usize {
        self.paragraphs.len()
    }

    /// The digest of a paragraph: SHA-256 of its text, with runs of spaces as one.
    pub(crate) fn digest(&self, citation: &str) -> Option<String> {
        let hash = Sha256::digest(self.paragraph(citation)?.as_bytes());
        Some(hash.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }
}

/// UTF-8, or else ISO 8859-1 where every byte is a character, as the older files are.
fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|it| char::from(*it)).collect(),
    }
}

/// Marks around italics while a paragraph is read: they tell the fourth level from the second.
const ITALIC: char = '\u{1}';
const UPRIGHT: char = '\u{2}';

#[derive(Debug, Default)]
struct Reading {
    /// The names of the elements that are open.
    open: Vec<String>,
    /// The section or supplement being read, and where it opened.
    place: Option<(String, usize)>,
    /// The pieces of it, each a paragraph of the file.
    pieces: Vec<String>,
    found: BTreeMap<String, String>,
}

impl Reading {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Trouble> {
        let name = tag.local_name().into_inner().to_owned();
        if self.open.len() >= DEEPEST {
            return Err(Trouble::new("elements stand too deep in each other for an eCFR file"));
        }
        if matches!(name.as_str(), "DIV8" | "DIV9") && self.place.is_none() {
            let number = tag
                .attributes()
                .filter_map(Result::ok)
                .find(|it| it.key.local_name().into_inner() == "N")
                .and_then(|it| it.normalized_value(XmlVersion::Implicit1_0).ok().map(Into::into));
            let number: String = number.unwrap_or_default();
            self.place = citation(&number).map(|it| (it, self.open.len()));
            self.pieces.clear();
        }
        if matches!(name.as_str(), "I" | "E") {
            self.add("\u{1}");
        } else if is_paragraph(&name) && self.place.is_some() {
            self.pieces.push(String::new());
        }
        self.open.push(name);
        Ok(())
    }

    fn close(&mut self) {
        if self.open.pop().is_some_and(|it| matches!(it.as_str(), "I" | "E")) {
            self.add("\u{2}");
        }
        if let Some((place, depth)) = &self.place
            && self.open.len() == *depth
        {
            let place = place.clone();
            self.finish(&place);
            self.place = None;
        }
    }

    fn add(&mut self, text: &str) {
        // Sources and notes of the editors are no part of the law.
        let aside = |it: &String| matches!(it.as_str(), "CITA" | "HEAD" | "SECAUTH" | "EDNOTE");
        if self.place.is_some()
            && !self.open.iter().any(aside)
            && let Some(piece) = self.pieces.last_mut()
        {
            piece.push_str(text);
        }
    }

    /// Cuts a section into its paragraphs; a supplement stays whole.
    fn finish(&mut self, place: &str) {
        let whole = place.contains("Supp.");
        let heads: Vec<(Vec<String>, String)> = self
            .pieces
            .iter()
            .map(|it| if whole { (Vec::new(), plain(it)) } else { split(it) })
            .collect();
        let mut outline = Outline::default();
        let mut citation = place.to_owned();
        for (number, (designators, text)) in heads.iter().enumerate() {
            for designator in designators {
                let later = heads.iter().skip(number + 1).flat_map(|it| &it.0);
                let path = outline.step(designator, later.map(String::as_str));
                citation = format!("{place}{path}");
                // A paragraph that only introduces others exists too.
                self.found.entry(citation.clone()).or_default();
            }
            let known = self.found.entry(citation.clone()).or_default();
            if !known.is_empty() && !text.is_empty() {
                known.push('\n');
            }
            known.push_str(text);
        }
        self.pieces.clear();
    }
}

/// The text without marks, runs of spaces as one.
fn plain(piece: &str) -> String {
    let text: String = piece.chars().filter(|it| !matches!(*it, ITALIC | UPRIGHT)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_paragraph(name: &str) -> bool {
    matches!(name, "P" | "PSPACE" | "FP" | "NOTE" | "EXTRACT" | "TR" | "HD1" | "HD2" | "HD3")
        || name.starts_with("P-")
        || name.starts_with("FP")
}

/// `§ 740.22` as `740.22`, and `Supplement No. 1 to Part 740` as `740 Supp. 1`.
fn citation(number: &str) -> Option<String> {
    let number = number.trim().trim_start_matches(['§', '\u{a7}']).trim();
    if let Some(rest) = number.strip_prefix("Supplement No. ") {
        let (which, part) = rest.split_once(" to ")?;
        let part: String = part.chars().filter(char::is_ascii_digit).collect();
        return Some(format!("{part} Supp. {}", which.trim()));
    }
    let digits = |it: char| it.is_ascii_digit() || it == '.';
    (number.contains('.') && number.chars().all(digits)).then(|| number.to_owned())
}

#[cfg(test)]
mod tests;
