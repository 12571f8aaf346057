//! Operations: what a machine can ask, each described once.
//!
//! The router, the OpenAPI document and the MCP tools are made from the same rows. An operation's
//! function takes a [`Call`], whose parameters were read by their declared types, and gives a
//! [`Reply`]; it may block, and runs where blocking is fine.

use super::problem::{Kind, Problem};
use crate::api::failure;
use crate::api::shape::Shape;
use crate::desk::Desk;
use crate::desk::people::secret::Secret;
use crate::desk::permission::{Actor, Permission};
use crate::input::Format;
use crate::once::{self, Unread};
use axum::body::Bytes;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::Arc;

/// The media type of most answers.
pub(crate) const JSON: &str = "application/json";
/// The media type of JSON lines.
pub(crate) const LINES: &str = "application/jsonl";

/// Something that can be asked.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its name in the document and among the tools, such as `check`.
    pub(crate) id: &'static str,
    /// How it is asked.
    pub(crate) method: Method,
    /// Where, such as `/v1/rules/{citation}`.
    pub(crate) path: &'static str,
    /// What it does, in a line.
    pub(crate) summary: &'static str,
    /// What one must know to use it.
    pub(crate) about: &'static str,
    /// What the one who asks must be allowed; `None` answers everybody.
    pub(crate) permission: Option<Permission>,
    /// What may be said in the path and the query.
    pub(crate) parameters: &'static [Parameter],
    /// What stands in the body.
    pub(crate) body: Body,
    /// What comes back.
    pub(crate) answer: Answer,
    /// Whether it leaves something behind.
    pub(crate) effect: Effect,
    /// Does it.
    pub(crate) run: fn(&Call) -> Result<Reply, Problem>,
    /// Does it for every line of a body of JSON lines, where it can.
    pub(crate) lines: Option<Lines>,
}

/// Answers every line of a stream.
pub(crate) type Lines = fn(&Call, Box<dyn Read + Send>, &mut dyn Write) -> io::Result<()>;

/// How an operation is asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Method {
    /// Reads.
    Get,
    /// Asks or does.
    Post,
    /// Ends.
    Delete,
}

impl Method {
    /// As it is written.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// Whether an operation leaves something behind.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Effect {
    /// Nothing.
    Reads,
    /// Nothing, and it waits for nothing but a processor.
    Decides,
    /// A record.
    Records,
    /// A record, for which no thread waits.
    Hands(Hands),
}

impl Effect {
    /// Whether it leaves something behind.
    pub(crate) fn leaves_a_record(self) -> bool {
        match self {
            Self::Reads | Self::Decides => false,
            Self::Records | Self::Hands(_) => true,
        }
    }
}

/// Takes what is to be answered, also from another thread.
pub(crate) type Told = Box<dyn FnOnce(Result<Reply, Problem>) + Send>;

/// How a record is made without a thread that waits for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hands {
    /// Whether something must be looked up or written first, for which a thread waits.
    pub(crate) waits: fn(&Call) -> bool,
    /// Does that; the answer, where nothing is left to do.
    pub(crate) before: fn(&Call) -> Result<Option<Reply>, Problem>,
    /// Decides, and hands in what is to be recorded, by the thread that calls.
    pub(crate) make: fn(Call, Told),
}

/// Something that may be said in the path or the query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    /// Its name.
    pub(crate) name: &'static str,
    /// Where it stands.
    pub(crate) place: Place,
    /// What its value is.
    pub(crate) of: Of,
    /// What it means.
    pub(crate) about: &'static str,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    /// In the path; never left out.
    Path,
    /// In the query.
    Query,
}

/// What the value of a parameter is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Of {
    /// A text of at most 1,000 bytes.
    Text,
    /// A day.
    Day,
    /// `true` or `false`.
    Yes,
    /// A whole number between these.
    Count(u64, u64),
    /// One of these words.
    Word(&'static [&'static str]),
}

/// A parameter in the path.
pub(crate) const fn in_path(name: &'static str, about: &'static str) -> Parameter {
    Parameter { name, place: Place::Path, of: Of::Text, about }
}

/// A parameter in the query.
pub(crate) const fn in_query(name: &'static str, of: Of, about: &'static str) -> Parameter {
    Parameter { name, place: Place::Query, of, about }
}

/// What stands in a body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body {
    /// Nothing.
    Nothing,
    /// A document that may also be YAML or TOML.
    Document(Shape),
    /// A JSON document.
    Json(Shape),
    /// Many of them, as a JSON array.
    Array(Shape, usize),
    /// A document that is JSON or TOML.
    Settings(Shape),
    /// Bytes of any media type, at most so many.
    File(usize),
}

/// What comes back.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    /// A JSON document, with 200.
    Json(Shape),
    /// A JSON document, with 201.
    Made(Shape),
    /// A JSON array of documents or failures, with 200.
    Array(Shape),
    /// Something else, of that media type, with 200.
    Other(&'static str),
    /// Bytes, of that media type, with 200.
    File(&'static str),
    /// Nothing, with 204.
    Nothing,
}

/// One request, read.
#[derive(Debug)]
pub(crate) struct Call {
    /// What is asked.
    pub(crate) desk: Arc<Desk>,
    /// Who asks.
    pub(crate) actor: Actor,
    /// The token of their session, where a person asks.
    pub(crate) token: Option<Secret>,
    /// What the path and the query say.
    pub(crate) values: BTreeMap<&'static str, Value>,
    /// The body.
    pub(crate) body: Bytes,
    /// What form the body has.
    pub(crate) format: Format,
    /// What a file in the body is said to be.
    pub(crate) media: String,
    /// The key under which a repetition is the same request.
    pub(crate) idempotency: Option<String>,
    /// Which version of the thing is meant.
    pub(crate) if_match: Option<String>,
}

/// The value of a parameter.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Value {
    /// A text or a word.
    Text(String),
    /// A day.
    Day(Date),
    /// Yes or no.
    Yes(bool),
    /// A number.
    Count(u64),
}

impl Of {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(crate) fn read(self, text: &str) -> Result<Value, String> {
        match self {
            Self::Text if text.is_empty() => Err("it is empty".to_owned()),
            Self::Text if text.len() > 1000 => Err("it is longer than 1,000 bytes".to_owned()),
            Self::Text => Ok(Value::Text(text.to_owned())),
            Self::Day => match text.parse::<Date>() {
                // The parser takes more than days; only the plain form is a day here.
                Ok(day) if day.to_string() == text => Ok(Value::Day(day)),
                _ => Err("it is no day such as 2026-09-24".to_owned()),
            },
            Self::Yes => match text {
                "true" => Ok(Value::Yes(true)),
                "false" => Ok(Value::Yes(false)),
                _ => Err("it is neither true nor false".to_owned()),
            },
            Self::Count(least, most) => text
                .parse::<u64>()
                .ok()
                .filter(|it| (least..=most).contains(it))
                .map(Value::Count)
                .ok_or_else(|| format!("it is no whole number from {least} to {most}")),
            Self::Word(words) if words.contains(&text) => Ok(Value::Text(text.to_owned())),
            Self::Word(words) => Err(format!("it is none of {}", words.join(", "))),
        }
    }
}

impl Operation {
    /// Reads what the path and the query say.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    pub(crate) fn values(
        &self,
        said: impl IntoIterator<Item = (Place, String, String)>,
    ) -> Result<BTreeMap<&'static str, Value>, Problem> {
        let mut values = BTreeMap::new();
        let mut errors = Vec::new();
        for (place, name, text) in said {
            let known = self.parameters.iter().find(|it| it.place == place && it.name == name);
            let path = || format!("?{}", shortened(&name));
            let Some(known) = known else {
                let names: Vec<&str> = self
                    .parameters
                    .iter()
                    .filter(|it| it.place == place)
                    .map(|it| it.name)
                    .collect();
                let help = if names.is_empty() {
                    "this operation takes no parameters".to_owned()
                } else {
                    format!("the parameters are {}", names.join(", "))
                };
                errors.push(failure::Problem {
                    path: Some(path()),
                    help: Some(help),
                    ..failure::Problem::new("there is no such parameter")
                });
                continue;
            };
            let twice = values.contains_key(known.name);
            let read = known.of.read(&text);
            match read
                .and_then(|it| if twice { Err("it is said twice".to_owned()) } else { Ok(it) })
            {
                Ok(value) => drop(values.insert(known.name, value)),
                Err(message) => errors.push(failure::Problem {
                    path: Some(path()),
                    ..failure::Problem::new(message)
                }),
            }
        }
        if errors.is_empty() {
            return Ok(values);
        }
        Err(Problem { errors, ..Problem::new(Kind::Request, "a parameter cannot be used") })
    }
}

/// At most so much of what a caller wrote is said back.
fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

impl Call {
    /// The text of a parameter, where it was said.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name)? {
            Value::Text(text) => Some(text),
            Value::Day(_) | Value::Yes(_) | Value::Count(_) => None,
        }
    }

    /// The text of a parameter of the path.
    pub(crate) fn named(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    /// The day of a parameter, where it was said.
    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        match self.values.get(name)? {
            Value::Day(day) => Some(*day),
            Value::Text(_) | Value::Yes(_) | Value::Count(_) => None,
        }
    }

    /// Whether a parameter says yes; `None` where it was not said.
    pub(crate) fn yes(&self, name: &str) -> Option<bool> {
        match self.values.get(name)? {
            Value::Yes(yes) => Some(*yes),
            Value::Text(_) | Value::Day(_) | Value::Count(_) => None,
        }
    }

    /// The number of a parameter, where it was said.
    pub(crate) fn count(&self, name: &str) -> Option<u64> {
        match self.values.get(name)? {
            Value::Count(count) => Some(*count),
            Value::Text(_) | Value::Day(_) | Value::Yes(_) => None,
        }
    }

    /// The same, as a size, or this where it was not said.
    pub(crate) fn size(&self, name: &str, usual: usize) -> usize {
        self.count(name).map_or(usual, |it| usize::try_from(it).unwrap_or(usize::MAX))
    }

    /// The body as a JSON object of known fields.
    ///
    /// # Errors
    ///
    /// Where it is no such object, or a key stands twice in it, with the path and the line.
    pub(crate) fn object<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let Unread { path, line, message, .. } = match once::read(&self.body) {
            Ok(read) => return Ok(read),
            Err(unread) => unread,
        };
        let error = failure::Problem { path, line, ..failure::Problem::new(message) };
        let detail = error.message.clone();
        Err(Problem { errors: vec![error], ..Problem::new(Kind::Input, detail) })
    }
}

/// What is sent back.
#[derive(Debug)]
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: u16,
    /// What the body is.
    pub(crate) media: &'static str,
    /// The body.
    pub(crate) body: Vec<u8>,
    /// Other headers.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// What names this version of the thing.
    pub(crate) etag: Option<String>,
    /// Which law and which lists stand behind it.
    pub(crate) behind: Behind,
    /// What writes the body while it is sent; `body` is not looked at then.
    pub(crate) flow: Option<Flow>,
}

/// What writes a body.
pub(crate) type Writing = dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send;

/// Writes a body while it is sent, for as long as it takes.
pub(crate) struct Flow(pub(crate) Box<Writing>);

impl std::fmt::Debug for Flow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Flow")
    }
}

/// Which law and which lists stand behind an answer, by their digests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Behind {
    /// The rulebook.
    pub(crate) rulebook: Option<String>,
    /// The snapshot of the lists.
    pub(crate) lists: Option<String>,
}

impl Reply {
    /// A JSON document, with 200.
    pub(crate) fn json(body: Vec<u8>) -> Self {
        Self {
            status: 200,
            media: JSON,
            body,
            headers: Vec::new(),
            etag: None,
            behind: Behind::default(),
            flow: None,
        }
    }

    /// A body that is written while it is sent, of that media type.
    pub(crate) fn flowing(
        media: &'static str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
    ) -> Self {
        Self { media, flow: Some(Flow(Box::new(write))), ..Self::json(Vec::new()) }
    }

    /// The same with 201, and where it is found.
    pub(crate) fn made(self, place: String) -> Self {
        let mut made = Self { status: 201, ..self };
        made.headers.push(("location", place));
        made
    }

    /// Nothing, with 204.
    pub(crate) fn nothing() -> Self {
        Self { status: 204, ..Self::json(Vec::new()) }
    }

    /// The same, with what stands behind it.
    pub(crate) fn behind(self, behind: Behind) -> Self {
        Self { behind, ..self }
    }

    /// The same, named by a digest of its own bytes.
    pub(crate) fn tagged(self) -> Self {
        let etag = Some(crate::digest::of(&self.body));
        Self { etag, ..self }
    }
}
