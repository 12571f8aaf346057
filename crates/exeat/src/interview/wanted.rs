//! What kind of answer a field wants, told by the schema of a transaction, and how a typed line
//! becomes one.

use super::form::{FieldPath, Step};
use decision::owners::{self, WrittenOwner};
use law::rulebook::Question;
use serde_json::{Value, json};

/// What kind of answer a field wants.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Wanted {
    /// Yes or no.
    YesOrNo,
    /// One of a closed list.
    One(Vec<Choice>),
    /// Any number of a closed list.
    Many(Vec<Choice>),
    /// A number.
    Number,
    /// Any number of texts.
    Texts,
    /// Any number of records, each begun by the field `key`.
    Records {
        /// The field that is asked.
        key: String,
        /// Its closed list; empty where it is a text.
        choices: Vec<Choice>,
    },
    /// Who owns a party, with their shares.
    Owners,
    /// An answer about a product, where its question is not at hand: yes, no, or one of its words.
    Answer,
    /// A text: a name, a day, a country, a classification.
    Text,
}

/// A value of a closed list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Choice {
    /// As it is written.
    pub(crate) value: String,
    /// What it means.
    pub(crate) meaning: String,
}

impl Wanted {
    /// What the field at that path wants.
    pub(crate) fn at(path: &FieldPath, schema: &Value) -> Option<Self> {
        let mut here = resolve(schema, schema);
        let mut last = "";
        for step in path.steps() {
            if let Step::Key(key) = step {
                last = key;
            }
            if path.question().is_some_and(|it| it == last) && here.get("properties").is_none() {
                return here.get("additionalProperties").map(|_| Self::Answer);
            }
            here = match step {
                Step::Key(key) => here.get("properties")?.get(key)?,
                Step::Index(_) | Step::Role(_) => here.get("items")?,
            };
            here = resolve(here, schema);
        }
        Some(Self::of(here, last, schema))
    }

    /// What a question about a product wants; `None` where the path leads to no such question.
    pub(crate) fn of_question(path: &FieldPath, questions: &[Question]) -> Option<Self> {
        let question = questions.iter().find(|it| path.question() == Some(&it.id))?;
        if question.values.is_empty() {
            return Some(Self::YesOrNo);
        }
        let choice = |it: &String| Choice { value: it.clone(), meaning: String::new() };
        Some(Self::One(question.values.iter().map(choice).collect()))
    }

    /// What a field of that name wants.
    fn of(field: &Value, name: &str, schema: &Value) -> Self {
        let choices = choices(field);
        if !choices.is_empty() {
            return Self::One(choices);
        }
        if is(field, "boolean") {
            return Self::YesOrNo;
        }
        if is(field, "number") || is(field, "integer") {
            return Self::Number;
        }
        if !is(field, "array") {
            return Self::Text;
        }
        let Some(element) = field.get("items").map(|it| resolve(it, schema)) else {
            return Self::Texts;
        };
        let choices = self::choices(element);
        if !choices.is_empty() {
            return Self::Many(choices);
        }
        if !is(element, "object") {
            return Self::Texts;
        }
        if name == "owners" {
            return Self::Owners;
        }
        let required = element.get("required").and_then(|it| it.get(0)).and_then(Value::as_str);
        // An item is asked for by what the law knows it by.
        let key = required.unwrap_or(if name == "items" { "eccn" } else { "name" });
        let inner = element.get("properties").and_then(|it| it.get(key));
        let choices = inner.map(|it| self::choices(resolve(it, schema))).unwrap_or_default();
        Self::Records { key: key.to_owned(), choices }
    }

    /// The closed list, where there is one.
    pub(crate) fn choices(&self) -> &[Choice] {
        match self {
            Self::One(choices) | Self::Many(choices) | Self::Records { choices, .. } => choices,
            Self::YesOrNo
            | Self::Number
            | Self::Texts
            | Self::Owners
            | Self::Answer
            | Self::Text => &[],
        }
    }

    /// How to answer, in a few words.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::YesOrNo | Self::Answer => "yes or no",
            Self::One(choices) if is_long(choices) => {
                "a country by its two letters or its English name, such as VN or Vietnam"
            }
            Self::Many(choices) if is_long(choices) => {
                "countries with commas between, such as VN, Thailand, or none"
            }
            Self::Records { choices, .. } if is_long(choices) => {
                "all countries with commas between, such as VN, Thailand"
            }
            Self::One(_) => "a number or a name",
            Self::Number => "a number",
            Self::Texts => "words with commas between, or none",
            Self::Records { choices, .. } if choices.is_empty() => {
                "words with commas between, or none"
            }
            Self::Many(_) | Self::Records { .. } => "numbers or names with commas between, or none",
            Self::Owners => {
                "full names and shares with ; between, such as Example Holding 60%; J. Doe 40%, or \
                 none"
            }
            Self::Text => "",
        }
    }

    /// What a typed line says.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for the person who typed it.
    pub(crate) fn understand(&self, line: &str) -> Result<Value, String> {
        let line = line.trim();
        match self {
            Self::YesOrNo => match line.to_lowercase().as_str() {
                "y" | "yes" | "true" => Ok(json!(true)),
                "n" | "no" | "false" => Ok(json!(false)),
                _ => Err(format!("`{line}` is neither yes nor no")),
            },
            Self::Answer => Ok(Self::YesOrNo.understand(line).unwrap_or_else(|_| json!(line))),
            Self::One(choices) => pick(line, choices).map(Value::from),
            Self::Many(choices) => list(line, |it| pick(it, choices).map(Value::from)),
            Self::Number => number(line).map(Value::from),
            Self::Texts => list(line, |it| Ok(Value::from(it))),
            Self::Records { key, choices } => list(line, |it| {
                let value = if choices.is_empty() { it.to_owned() } else { pick(it, choices)? };
                Ok(json!({ key.as_str(): value }))
            }),
            Self::Owners if is_none(line) => Ok(json!([])),
            Self::Owners => owners::read(line)
                .map(|it| it.into_iter().map(owner).collect())
                .map_err(|wrong| format!("{wrong}; {}", owners::HOW)),
            Self::Text => Ok(Value::from(line)),
        }
    }

    /// Whether there may be several, or none.
    pub(crate) fn is_list(&self) -> bool {
        match self {
            Self::Many(_) | Self::Records { .. } | Self::Texts | Self::Owners => true,
            Self::YesOrNo | Self::One(_) | Self::Number | Self::Answer | Self::Text => false,
        }
    }

    /// What a cell of a table says: as a typed line, but nobody saw the choices with their numbers,
    /// so a number is none of them.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(crate) fn understand_cell(&self, cell: &str) -> Result<Value, String> {
        let choices = self.choices();
        // Of a table nothing is completed, so that the reader of transactions judges the codes.
        if let (Self::One(_), true) = (self, is_long(choices)) {
            return Ok(Value::from(cell));
        }
        let numbered = |it: &&str| it.bytes().all(|it| it.is_ascii_digit());
        let known = |it: &str| choices.iter().any(|choice| choice.value == it);
        let mut words = cell.split(',').map(str::trim).filter(|it| !it.is_empty());
        if !choices.is_empty()
            && let Some(word) = words.find(|it| numbered(it) && !known(it))
        {
            return Err(format!("`{word}` is not on the list"));
        }
        self.understand(cell)
    }
}

fn is(field: &Value, kind: &str) -> bool {
    match field.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(many)) => many.iter().any(|it| it == kind),
        Some(_) | None => false,
    }
}

/// What a reference stands for, or the part of an alternative that is not null.
fn resolve<'v>(field: &'v Value, schema: &'v Value) -> &'v Value {
    if let Some(name) = field.get("$ref").and_then(Value::as_str) {
        let name = name.trim_start_matches("#/$defs/");
        let found = schema.get("$defs").and_then(|it| it.get(name));
        return found.map_or(field, |it| resolve(it, schema));
    }
    let alternatives = field.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    let mut given = alternatives.filter(|it| !is(it, "null"));
    given.next().map_or(field, |it| resolve(it, schema))
}

fn choices(field: &Value) -> Vec<Choice> {
    let text = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).map(str::to_owned);
    let listed = field.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    listed
        .filter_map(|it| {
            let value = text(it, "const")?;
            Some(Choice { value, meaning: text(it, "description").unwrap_or_default() })
        })
        .collect()
}

fn owner(written: WrittenOwner) -> Value {
    match written.percent {
        Some(percent) => json!({ "name": written.name, "percent": percent }),
        None => json!({ "name": written.name }),
    }
}

/// An owner as it is written in an answer.
pub(crate) fn written_owner(owner: &Value) -> String {
    let name = owner.get("name").and_then(Value::as_str).unwrap_or_default();
    match owner.get("percent") {
        None | Some(Value::Null) => name.to_owned(),
        Some(Value::String(percent)) => format!("{name} {percent}%"),
        Some(percent) => format!("{name} {percent}%"),
    }
}

fn is_none(line: &str) -> bool {
    matches!(line.to_lowercase().as_str(), "none" | "[]")
}

/// `none` is the empty list.
fn list(line: &str, one: impl Fn(&str) -> Result<Value, String>) -> Result<Value, String> {
    if is_none(line) {
        return Ok(json!([]));
    }
    let words: Vec<&str> = line.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    // Commas alone name nothing, which is not the same as saying that there is none.
    if words.is_empty() {
        return Err(format!("`{line}` names nothing; write none if there is none"));
    }
    words.into_iter().map(one).collect()
}

/// A number in digits, with a point before decimals. What else a comma, a point or an underscore
/// between digits means depends on who wrote it.
fn number(line: &str) -> Result<String, String> {
    let plain = line.strip_suffix('%').unwrap_or(line).trim();
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let unsigned = plain.strip_prefix('-').unwrap_or(plain);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    if digits(whole) && digits(decimals) {
        return Ok(plain.to_owned());
    }
    Err(if plain.bytes().any(|it| it.is_ascii_digit()) {
        format!(
            "`{line}` can be read in several ways; write digits with a point before decimals and \
             nothing between thousands, such as 1500 or 1500.5"
        )
    } else {
        format!("`{line}` is not a number")
    })
}

/// Whether a list is too long to be shown, as that of the countries is.
pub(crate) fn is_long(choices: &[Choice]) -> bool {
    const LONG: usize = 60;
    choices.len() > LONG
}

/// The choice of that number or name. A beginning of a name is not enough: `medical` is not
/// `medical-research`.
fn pick(word: &str, choices: &[Choice]) -> Result<String, String> {
    if is_long(choices) {
        // The reader of transactions says more about a code that it does not know.
        let known = choices
            .iter()
            .find(|it| it.value.eq_ignore_ascii_case(word))
            .or_else(|| choices.iter().find(|it| it.meaning.eq_ignore_ascii_case(word)));
        return Ok(known.map_or_else(|| word.to_owned(), |it| it.value.clone()));
    }
    let wanted = word.to_lowercase().replace([' ', '_'], "-");
    let exact = choices.iter().find(|it| it.value.to_lowercase() == wanted);
    let numbered = || {
        let number: usize = wanted.parse().ok()?;
        choices.get(number.checked_sub(1)?)
    };
    if let Some(choice) = exact.or_else(numbered) {
        return Ok(choice.value.clone());
    }
    let begun: Vec<&str> = choices
        .iter()
        .map(|it| it.value.as_str())
        .filter(|it| it.to_lowercase().starts_with(&wanted))
        .collect();
    if begun.is_empty() {
        return Err(format!("`{word}` is not on the list; ? shows it"));
    }
    Err(format!("`{word}` is not on the list; {} is, in full", begun.join(" or ")))
}

#[cfg(test)]
mod tests;
