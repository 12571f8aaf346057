//! Every field of an answer, with its type and what it means: the source of the JSON Schema.

use serde_json::{Map, Value, json};

/// A kind of object in an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object {
    /// Its name in the schema's `$defs`.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) about: &'static str,
    /// Its fields, in the order they are written.
    pub(crate) fields: &'static [Field],
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its key.
    pub(crate) name: &'static str,
    /// What its value is.
    pub(crate) of: Type,
    /// What it means.
    pub(crate) about: &'static str,
}

/// What a field's value is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Type {
    /// A text.
    Text,
    /// A text; the key is left out where there is none.
    Perhaps,
    /// A text or null.
    TextOrNull,
    /// Many texts.
    Texts,
    /// True, false, or null for unknown.
    Truth,
    /// True or false.
    Yes,
    /// A whole number.
    Count,
    /// A number from 0 to 1.
    Score,
    /// A day.
    Day,
    /// A day or null.
    DayOrNull,
    /// An outcome.
    Outcome,
    /// Many outcomes.
    Outcomes,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One object of that name.
    One(&'static str),
    /// Many objects of that name.
    Many(&'static str),
    /// An object of that name, or null.
    OneOrNull(&'static str),
    /// A whole number or null.
    CountOrNull,
    /// A moment, by universal time.
    Instant,
    /// A moment or null.
    InstantOrNull,
    /// Any JSON.
    Json,
    /// Of that kind; the key may be left out.
    Optional(&'static Type),
}

/// A field.
pub(crate) const fn field(name: &'static str, of: Type, about: &'static str) -> Field {
    Field { name, of, about }
}

/// The reference.
pub(crate) const ID: Field = field("id", Type::Perhaps, "The caller's own reference, echoed.");
const LABEL: Field = field("label", Type::Perhaps, "What the leg is called.");
/// As in every answer.
pub(crate) const LAW_DATE: Field = field("law_date", Type::Day, "The day whose law was applied.");
const OUTCOME: Field = field("outcome", Type::Outcome, "What is to be done.");
const EXCEPTION: Field =
    field("exception", Type::TextOrNull, "The exception's symbol, only with `license-exception`.");
const SETTLED: Field = field(
    "settled",
    Type::Yes,
    "Whether every completion of the unknown facts gives this outcome.",
);
const POSSIBLE: Field =
    field("possible", Type::Outcomes, "The outcomes still possible, from the freest.");
const LICENSE: Field = field(
    "license_required_before_exceptions",
    Type::Truth,
    "Whether a license is required before exceptions are considered; null is unknown.",
);
/// The trace.
pub(crate) const BECAUSE: Field = field("because", Type::Many("node"), "The trace.");
/// A paragraph.
pub(crate) const CITATION: Field =
    field("citation", Type::Text, "The paragraph, such as `740.22(c)(2)`.");
const ITEMS: Field = field("items", Type::Many("item"), "One finding for each item.");
const REASONS: Field = field("reasons", Type::Texts, "The reason codes of all requirements.");
const DERIVED: Field = field("derived", Type::Many("derived"), "Terms worked out from raw facts.");
const QUESTIONS: Field = field(
    "questions",
    Type::Many("question"),
    "Only facts that can still change the outcome, the best question first.",
);
const ASSUMPTIONS: Field =
    field("assumptions", Type::Many("assumption"), "Presumptions that stood in for unknown facts.");
/// As in every answer.
pub(crate) const CONDITIONS: Field =
    field("conditions", Type::Many("condition"), "Duties and terms.");
const FLAGS: Field = field("flags", Type::Many("flag"), "Red flags, resolved or not.");
pub(super) const REFERRALS: Field =
    field("referrals", Type::Many("referral"), "Other agencies' law.");
const REVIEW_POLICY: Field = field(
    "review_policy",
    Type::TextOrNull,
    "How an application would be reviewed, such as `case-by-case`.",
);
const CLEARANCE: Field = field("clearance", Type::One("clearance"), "Papers and filings.");
const LEGS: Field = field("legs", Type::Many("leg"), "One answer for each leg of a chain.");
/// As in every answer.
pub(crate) const NOTES: Field =
    field("notes", Type::Texts, "What the reader must know about the law behind the answer.");

/// What was searched.
pub(crate) const LISTS: Field = field("lists", Type::Many("list"), "The lists that were searched.");
/// What was not.
pub(crate) const NOT_SEARCHED: Field = field(
    "not_searched",
    Type::Texts,
    "Lists that the law reads and that were not searched as a whole.",
);
/// By which snapshot.
pub(crate) const SNAPSHOT: Field =
    field("snapshot", Type::TextOrNull, "The digest of the snapshot that was searched.");
/// By which settings.
pub(crate) const SETTINGS: Field =
    field("settings", Type::TextOrNull, "The digest of the settings of the search.");

/// Every object of an answer; the first is the answer itself.
pub(crate) const OBJECTS: &[Object] = &[
    Object {
        name: "determination",
        about: "The answer to one transaction.",
        fields: &[
            ID,
            LABEL,
            LAW_DATE,
            OUTCOME,
            EXCEPTION,
            SETTLED,
            POSSIBLE,
            LICENSE,
            ITEMS,
            REASONS,
            BECAUSE,
            DERIVED,
            QUESTIONS,
            ASSUMPTIONS,
            CONDITIONS,
            FLAGS,
            REFERRALS,
            REVIEW_POLICY,
            CLEARANCE,
            LEGS,
            NOTES,
            field("screening", Type::Many("match"), "What a search of the lists found for names."),
            field("rulebook", Type::One("rulebook"), "The rulebook that was applied."),
            LISTS,
            NOT_SEARCHED,
            SNAPSHOT,
            SETTINGS,
        ],
    },
    Object {
        name: "leg",
        about: "The answer to one leg.",
        fields: &[
            ID,
            LABEL,
            LAW_DATE,
            OUTCOME,
            EXCEPTION,
            SETTLED,
            POSSIBLE,
            LICENSE,
            ITEMS,
            REASONS,
            BECAUSE,
            DERIVED,
            QUESTIONS,
            ASSUMPTIONS,
            CONDITIONS,
            FLAGS,
            REFERRALS,
            REVIEW_POLICY,
            CLEARANCE,
            LEGS,
            NOTES,
        ],
    },
    Object {
        name: "item",
        about: "What was found for one item.",
        fields: &[
            field("index", Type::Count, "Its place among the items, from 0."),
            field("name", Type::TextOrNull, "Its name, where it has one."),
            field("eccn", Type::TextOrNull, "Its classification as given."),
            OUTCOME,
            EXCEPTION,
            POSSIBLE,
            LICENSE,
            field("requirements", Type::Many("requirement"), "Why a license is required."),
            field(
                "exceptions",
                Type::Many("exception"),
                "The exceptions that come into question, the preferred one first.",
            ),
        ],
    },
    Object {
        name: "requirement",
        about: "A reason for a license requirement.",
        fields: &[
            field("reason", Type::Text, "The reason code, such as `NS1`."),
            CITATION,
            field("truth", Type::Truth, "True; null where the law or a fact is unresolved."),
        ],
    },
    Object {
        name: "exception",
        about: "Whether a license exception is available.",
        fields: &[
            field("symbol", Type::Text, "Its symbol, such as `ACE`."),
            field("available", Type::Truth, "Whether it covers the item; null is unknown."),
            field("not_overcome", Type::Texts, "Reason codes that it does not overcome."),
            field(
                "nearly",
                Type::Count,
                "Where nothing opens it: how many paragraphs, the first of `because`, would each \
                 have it cover the item if one thing more were as they ask.",
            ),
            BECAUSE,
        ],
    },
    NODE,
    Object {
        name: "derived",
        about: "A term that was worked out.",
        fields: &[
            field("term", Type::Text, "The term."),
            field("subject", Type::Text, "Of what, such as `parties[0]`."),
            field("value", Type::Truth, "Whether it holds; null is unknown."),
            CITATION,
        ],
    },
    Object {
        name: "question",
        about: "Something to find out.",
        fields: &[
            field(
                "fact",
                Type::Text,
                "The path of the fact, or `law` where the law is unresolved.",
            ),
            field("ask", Type::Text, "The question."),
            field("why", Type::Text, "Why it is asked."),
            CITATION,
            field("answers", Type::Many("answer"), "The answers that can be told apart, if few."),
        ],
    },
    Object {
        name: "answer",
        about: "What an answer to a question would lead to.",
        fields: &[field("values", Type::Texts, "The values that lead there."), POSSIBLE],
    },
    Object {
        name: "assumption",
        about: "A presumption that was used.",
        fields: &[
            field("presumption", Type::Text, "Its number, such as `P10`."),
            field("fact", Type::Text, "The path of the fact."),
            field("value", Type::Text, "What was presumed."),
        ],
    },
    CONDITION,
    Object {
        name: "flag",
        about: "A red flag.",
        fields: &[
            field("flag", Type::Text, "Its code."),
            field("subject", Type::Text, "Of what, such as `parties[0]`."),
            field("resolved", Type::Yes, "Whether somebody resolved it."),
            field("why", Type::Text, "Why it was raised."),
            CITATION,
            field("truth", Type::Truth, "True; null where it depends on an unknown fact."),
        ],
    },
    REFERRAL,
    Object {
        name: "clearance",
        about: "Papers and filings.",
        fields: &[
            field("eei_required", Type::Truth, "Whether EEI must be filed."),
            field("aes_code", Type::TextOrNull, "The AES license code; null where unverified."),
            field("eccn_on_eei", Type::Truth, "Whether the ECCN must stand on the EEI."),
            field(
                "destination_control_statement",
                Type::Truth,
                "Whether a destination control statement is needed.",
            ),
            field("records_years", Type::Count, "For how many years records are kept."),
        ],
    },
    RULEBOOK,
    Object {
        name: "match",
        about: "An entry of a list that a name of the transaction may belong to.",
        fields: &[
            field("subject", Type::Text, "Whose name it is, such as `parties[0].owners[1]`."),
            field("name", Type::Text, "The name as it was given."),
            field("list", Type::Text, "The list, such as `EL`."),
            field("id", Type::Text, "The entry's number in its list."),
            field("listed", Type::Text, "The listed name that is most alike."),
            field("score", Type::Score, "How alike, from 0 to 1."),
            field("why", Type::Text, "What makes it a match, in words."),
            field("verdict", Type::Text, "`open`, `same` or `other`: what a person decided."),
            field("by", Type::TextOrNull, "Who decided."),
            field("because", Type::TextOrNull, "Why; of an open match, why it was reopened."),
            field("on", Type::DayOrNull, "The day of the decision."),
            field("until", Type::DayOrNull, "The first day on which it no longer holds."),
        ],
    },
    Object {
        name: "list",
        about: "A list that was searched.",
        fields: &[
            field("name", Type::Text, "Its code, such as `EL`."),
            field("date", Type::DayOrNull, "The day of its content; null where it says none."),
            field("digest", Type::Text, "The SHA-256 of the file it came from."),
            field("entries", Type::Count, "How many entries were searched."),
        ],
    },
];

const NODE: Object = Object {
    name: "node",
    about: "A node of the trace.",
    fields: &[
        CITATION,
        field("text", Type::Text, "What it says, in our words."),
        field("effect", Type::Text, "What it does, such as `bar` or `define`."),
        field("truth", Type::Truth, "Whether it holds; null is unknown."),
        field("facts", Type::Texts, "The facts it read, such as `parties[0].sector = police`."),
        BECAUSE,
    ],
};

const CONDITION: Object = Object {
    name: "condition",
    about: "A duty or a term.",
    fields: &[
        field("code", Type::Text, "Its code, such as `eei-filing`."),
        field("what", Type::Text, "What must be done."),
        CITATION,
        field("by", Type::TextOrNull, "By when."),
        field("truth", Type::Truth, "True; null where it depends on an unknown fact."),
    ],
};

const REFERRAL: Object = Object {
    name: "referral",
    about: "Another agency's law.",
    fields: &[
        field("agency", Type::Text, "The agency, such as `OFAC`."),
        field("why", Type::Text, "Why."),
        CITATION,
    ],
};

const RULEBOOK: Object = Object {
    name: "rulebook",
    about: "Which rulebook answered.",
    fields: &[
        field("name", Type::Text, "Its name."),
        field("as_of", Type::DayOrNull, "The last day through which it was verified."),
        field("digest", Type::Text, "The SHA-256 of its files."),
    ],
};

/// Objects of a determination that a classification has as well.
pub(crate) const SHARED: &[Object] = &[NODE, CONDITION, REFERRAL, RULEBOOK];

/// The JSON Schema of an answer, or of the error that stands in its place.
pub(crate) fn schema() -> Value {
    schema_of(OBJECTS, "Answer of `exeat check`", "A determination, or the error of a transaction")
}

/// The schema of one of these objects, the first, or of the error that stands in its place.
pub(crate) fn schema_of(objects: &[Object], title: &str, about: &str) -> Value {
    let mut definitions: Map<String, Value> =
        objects.iter().map(|it| (it.name.to_owned(), object(it))).collect();
    definitions.insert("failure".to_owned(), failure());
    let first = objects.first().map_or("failure", |it| it.name);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": format!("{about} that could not be read. \
                        Keys that a reader does not know may be ignored."),
        "oneOf": [{ "$ref": format!("#/$defs/{first}") }, { "$ref": "#/$defs/failure" }],
        "$defs": definitions,
    })
}

/// The schema of an object.
pub(super) fn object(it: &Object) -> Value {
    let properties: Map<String, Value> =
        it.fields.iter().map(|it| (it.name.to_owned(), property(it))).collect();
    let required: Vec<&str> =
        it.fields.iter().filter(|it| it.of.is_always_there()).map(|it| it.name).collect();
    json!({
        "type": "object",
        "description": it.about,
        "properties": properties,
        "required": required,
        "additionalProperties": it.fields.is_empty(),
    })
}

impl Type {
    fn is_always_there(self) -> bool {
        !matches!(self, Self::Perhaps | Self::Optional(_))
    }
}

fn property(field: &Field) -> Value {
    let mut value = value(field.of);
    if let Some(value) = value.as_object_mut() {
        value.insert("description".to_owned(), Value::from(field.about));
    }
    value
}

fn value(of: Type) -> Value {
    match of {
        Type::Text | Type::Perhaps => json!({ "type": "string" }),
        Type::TextOrNull => json!({ "type": ["string", "null"] }),
        Type::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Type::Truth => json!({ "type": ["boolean", "null"] }),
        Type::Yes => json!({ "type": "boolean" }),
        Type::Count => json!({ "type": "integer", "minimum": 0 }),
        Type::Score => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Type::Day => json!({ "type": "string", "format": "date" }),
        Type::DayOrNull => json!({ "type": ["string", "null"], "format": "date" }),
        Type::Outcome => json!({ "enum": outcomes() }),
        Type::Outcomes => json!({ "type": "array", "items": { "enum": outcomes() } }),
        Type::OneOf(words) => json!({ "enum": words }),
        Type::One(name) => json!({ "$ref": format!("#/$defs/{name}") }),
        Type::Many(name) => {
            json!({ "type": "array", "items": { "$ref": format!("#/$defs/{name}") } })
        }
        Type::OneOrNull(name) => {
            json!({ "oneOf": [{ "$ref": format!("#/$defs/{name}") }, { "type": "null" }] })
        }
        Type::CountOrNull => json!({ "type": ["integer", "null"], "minimum": 0 }),
        Type::Instant => json!({ "type": "string", "format": "date-time" }),
        Type::InstantOrNull => json!({ "type": ["string", "null"], "format": "date-time" }),
        Type::Json => json!({}),
        Type::Optional(of) => value(*of),
    }
}

fn outcomes() -> Vec<&'static str> {
    decision::Outcome::ALL.iter().map(|it| it.as_str()).collect()
}

/// The schema of what stands in the place of an answer.
pub(crate) fn failure() -> Value {
    let problem = json!({
        "type": "object",
        "properties": {
            "message": { "type": "string", "description": "What is wrong." },
            "path": { "type": ["string", "null"], "description": "Where in the transaction." },
            "line": { "type": ["integer", "null"], "description": "The line of the input." },
            "help": { "type": ["string", "null"], "description": "What to do about it." },
        },
        "required": ["message", "path", "line"],
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "description": "Stands in the place of a transaction that could not be read.",
        "properties": {
            "id": { "type": "string", "description": "The caller's own reference, if it was read." },
            "error": problem,
            "errors": { "type": "array", "items": problem, "description": "Every problem found." },
        },
        "required": ["error", "errors"],
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests;
