//! The OpenAPI document, made from the table of operations and the tables of fields.

use super::operations;
use crate::api::fields::{self, Object, Type, field};
use crate::api::shape::Shape;
use crate::server::operation::{
    Answer, Body, Call, Effect, Of, Operation, Parameter, Place, Reply,
};
use crate::server::problem::{Kind, MEDIA, Problem};
use serde_json::{Map, Value, json};

/// The operation that gives the document.
pub(super) const OPERATIONS: &[Operation] = &[Operation {
    id: "openapi",
    method: crate::server::operation::Method::Get,
    path: "/v1/openapi.json",
    summary: "This document",
    about: "OpenAPI 3.1. Anybody may read it.",
    permission: None,
    parameters: &[],
    body: Body::Nothing,
    answer: Answer::Json(Shape::schema("OpenApi", any_object)),
    effect: Effect::Reads,
    run: openapi,
    lines: None,
}];

fn any_object() -> Value {
    json!({ "type": "object", "description": "An OpenAPI document." })
}

#[expect(clippy::unnecessary_wraps, reason = "operations have one signature")]
fn openapi(_: &Call) -> Result<Reply, Problem> {
    Ok(Reply::json(text().into_bytes()).tagged())
}

/// What stands in a problem.
const PROBLEM: &[Object] = &[
    Object {
        name: "problem",
        about: "Why a request was not answered (RFC 9457).",
        fields: &[
            field(
                "type",
                Type::Text,
                "Names the kind of problem: `urn:exeat:problem:` and its code.",
            ),
            field("title", Type::Text, "What is true of every problem of the kind."),
            field("status", Type::Count, "The status."),
            field("detail", Type::Text, "What happened."),
            field("code", Type::Text, "The stable code that programs may rely on."),
            field("request_id", Type::Text, "The id under which the log knows the request."),
            field("reason", Type::Perhaps, "Why a case refuses a step, such as `four-eyes`."),
            field("help", Type::Perhaps, "What to do about it."),
            field("errors", Type::Many("error"), "What is wrong with which field."),
        ],
    },
    Object {
        name: "error",
        about: "Something that is wrong with a field.",
        fields: &[
            field("message", Type::Text, "What is wrong."),
            field("path", Type::TextOrNull, "Where, such as `parties[0].sector`, or `?limit`."),
            field("line", Type::CountOrNull, "The line of the body."),
            field("help", Type::Perhaps, "What to do about it."),
        ],
    },
];

const PROBLEM_SHAPE: Shape = Shape::of("Problem", &[PROBLEM]);

/// The document as it is checked in and served.
pub(crate) fn text() -> String {
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
}

/// The document.
pub(crate) fn document() -> Value {
    let mut schemas = Map::new();
    PROBLEM_SHAPE.add_to(&mut schemas);
    schemas.insert("Failure".to_owned(), fields::failure());
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations() {
        for shape in shapes(operation) {
            shape.add_to(&mut schemas);
        }
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(operation.method.as_str().to_lowercase(), described(operation));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Exeat",
            "version": "1",
            "summary": "May this leave, to these people, on this day, and if not, what would make it lawful?",
            "description": "Decisions under the United States Export Administration Regulations, with \
                            the paragraph that decides. Every answer says by digest which law and \
                            which lists stand behind it (headers `exeat-rulebook` and `exeat-lists`). \
                            Not legal advice.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key, or the token of a person who signed in.",
                },
            },
            "schemas": schemas,
            "responses": { "problem": {
                "description": "Why the request was not answered.",
                "headers": { "x-request-id": id_header() },
                "content": { (MEDIA): { "schema": PROBLEM_SHAPE.reference() } },
            } },
        },
    })
}

fn shapes(operation: &Operation) -> Vec<Shape> {
    let body = match operation.body {
        Body::Document(shape)
        | Body::Json(shape)
        | Body::Settings(shape)
        | Body::Array(shape, _) => Some(shape),
        Body::Nothing | Body::File(_) => None,
    };
    let answer = match operation.answer {
        Answer::Json(shape) | Answer::Made(shape) | Answer::Array(shape) => Some(shape),
        Answer::Other(_) | Answer::File(_) | Answer::Nothing => None,
    };
    body.into_iter().chain(answer).collect()
}

fn described(operation: &Operation) -> Value {
    let about = match operation.permission {
        None => operation.about.to_owned(),
        Some(permission) => {
            format!("{}\n\nNeeds the permission `{permission}`.", operation.about)
        }
    };
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "description": about,
        "parameters": operation.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "responses": responses(operation),
    });
    let Some(fields) = described.as_object_mut() else { return described };
    if operation.permission.is_none() {
        fields.insert("security".to_owned(), json!([]));
    }
    if let Some(body) = body(operation) {
        fields.insert("requestBody".to_owned(), body);
    }
    described
}

fn parameter(it: &Parameter) -> Value {
    let place = match it.place {
        Place::Path => "path",
        Place::Query => "query",
    };
    json!({
        "name": it.name,
        "in": place,
        "required": it.place == Place::Path,
        "description": it.about,
        "schema": value(it.of),
    })
}

/// The schema of a parameter's value, with what it means.
pub(crate) fn schema_of(it: &Parameter) -> Value {
    let mut schema = value(it.of);
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("description".to_owned(), Value::from(it.about));
    }
    schema
}

fn value(of: Of) -> Value {
    match of {
        Of::Text => json!({ "type": "string", "minLength": 1, "maxLength": 250 }),
        Of::Day => json!({ "type": "string", "format": "date" }),
        Of::Yes => json!({ "type": "boolean" }),
        Of::Count(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Of::Word(words) => json!({ "enum": words }),
    }
}

fn body(operation: &Operation) -> Option<Value> {
    let (forms, schema): (&[&str], Value) = match operation.body {
        Body::Nothing => return None,
        Body::Json(shape) => (&["application/json"], shape.reference()),
        Body::Settings(shape) => (&["application/json", "application/toml"], shape.reference()),
        Body::File(_) => (&["application/octet-stream"], bytes()),
        Body::Document(shape) => {
            (&["application/json", "application/yaml", "application/toml"], shape.reference())
        }
        Body::Array(shape, most) => (
            &["application/json"],
            json!({ "type": "array", "items": shape.reference(), "maxItems": most }),
        ),
    };
    let mut content: Map<String, Value> =
        forms.iter().map(|it| ((*it).to_owned(), json!({ "schema": schema }))).collect();
    if operation.lines.is_some() {
        let lines = json!({ "schema": {
            "type": "string",
            "description": "One such object a line; of any length, answered while it comes.",
        } });
        content.insert("application/jsonl".to_owned(), lines);
    }
    Some(json!({ "required": true, "content": content }))
}

fn responses(operation: &Operation) -> Value {
    let (status, about, mut content) = match operation.answer {
        Answer::Json(shape) => ("200", "The answer.", one("application/json", shape.reference())),
        Answer::Made(shape) => ("201", "It was made.", one("application/json", shape.reference())),
        Answer::Array(shape) => {
            let failure = json!({ "$ref": "#/components/schemas/Failure" });
            let items = json!({ "anyOf": [shape.reference(), failure] });
            let array = json!({ "type": "array", "items": items });
            ("200", "An answer or an error each, in order.", one("application/json", array))
        }
        Answer::Other(media) => ("200", "The answer.", one(media, json!({ "type": "string" }))),
        Answer::File(media) => ("200", "The file.", one(media, bytes())),
        Answer::Nothing => ("204", "It was done.", Map::new()),
    };
    if operation.lines.is_some() {
        let lines = json!({ "schema": {
            "type": "string",
            "description": "An answer or an error for each line, in order.",
        } });
        content.insert("application/jsonl".to_owned(), lines);
    }
    let mut responses = Map::new();
    let mut answer = json!({
        "description": about,
        "headers": {
            "x-request-id": id_header(),
            "exeat-rulebook": { "description": "The digest of the rulebook.", "schema": { "type": "string" } },
            "exeat-lists": { "description": "The digest of the snapshot of the lists.", "schema": { "type": "string" } },
        },
    });
    if let (Some(answer), false) = (answer.as_object_mut(), content.is_empty()) {
        answer.insert("content".to_owned(), Value::Object(content));
    }
    responses.insert(status.to_owned(), answer);
    for kind in problems(operation) {
        let status = kind.status().as_u16().to_string();
        let reference = json!({ "$ref": "#/components/responses/problem" });
        responses.insert(status, reference);
    }
    Value::Object(responses)
}

/// The schema of bytes that are no text.
fn bytes() -> Value {
    json!({ "type": "string", "format": "binary" })
}

fn one(media: &str, schema: Value) -> Map<String, Value> {
    let content = Map::from_iter([("schema".to_owned(), schema)]);
    Map::from_iter([(media.to_owned(), Value::Object(content))])
}

fn id_header() -> Value {
    json!({ "description": "The id of the request, as the log knows it.", "schema": { "type": "string" } })
}

/// Which kinds of problem an operation can have.
fn problems(operation: &Operation) -> Vec<Kind> {
    let has_path = operation.parameters.iter().any(|it| it.place == Place::Path);
    let has_body = !matches!(operation.body, Body::Nothing);
    let can = |kind: &Kind| match kind {
        Kind::Request
        | Kind::Method
        | Kind::Rate
        | Kind::Defect
        | Kind::Unavailable
        | Kind::Timeout => true,
        // Signing in is refused so as well.
        Kind::Unauthenticated => operation.permission.is_some() || has_body,
        Kind::Forbidden => operation.permission.is_some(),
        Kind::Missing => has_path || (operation.permission.is_none() && has_body),
        Kind::TooLarge | Kind::Media => has_body,
        Kind::Input => has_body || operation.effect.leaves_a_record(),
        Kind::Conflict | Kind::Precondition | Kind::Reused => operation.effect.leaves_a_record(),
    };
    Kind::ALL.into_iter().filter(can).collect()
}

#[cfg(test)]
mod tests;
