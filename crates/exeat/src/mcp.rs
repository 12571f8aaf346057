//! The same operations as tools for assistants, by the Model Context Protocol.
//!
//! A tool is a row of [`crate::server::v1::OPERATIONS`]: its arguments are the parameters of the
//! path and the query, and `body`. Nothing that leaves a record is a tool unless that was asked for.

pub(crate) mod wire;

use crate::api::shape::Shape;
use crate::desk::Desk;
use crate::desk::permission::{Actor, Whose};
use crate::input::Format;
use crate::server::operation::{Answer, Body, Call, Flow, Operation, Place};
use crate::server::problem::{Kind, Problem};
use crate::server::served::defect;
use crate::server::v1::{openapi, operations};
use axum::body::Bytes;
use axum::http::request::Parts;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData,
    Implementation, JsonObject, ListToolsResult, PaginatedRequestParams, ServerCapabilities,
    ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What an assistant is told before it begins.
const INSTRUCTIONS: &str = "\
Exeat decides whether a transaction may leave under the United States Export Administration \
Regulations, and shows the paragraph that decides. Never guess a fact: leave it out, and `questions` \
says what is still to be found out. `needs-review` is an answer; a person resolves it. An answer \
holds for the facts that were given. Not legal advice.";

/// The tools over a desk.
#[derive(Clone, Debug)]
pub(crate) struct Tools {
    desk: Arc<Desk>,
    /// Who asks, where the transport does not say.
    actor: Option<Actor>,
    /// Whether tools may leave records.
    records: bool,
}

impl Tools {
    /// Tools for one who asks; `None` takes the one whom the request names.
    pub(crate) fn new(desk: Arc<Desk>, actor: Option<Actor>, records: bool) -> Self {
        Self { desk, actor, records }
    }

    /// The operations that are tools.
    fn operations(&self) -> impl Iterator<Item = &'static Operation> {
        let records = self.records;
        operations().filter(move |it| {
            let is_file = matches!(it.body, Body::File(_)) || matches!(it.answer, Answer::File(_));
            // Signing in is not an assistant's matter, and what everybody may read is a document.
            it.permission.is_some() && !is_file && (records || !it.effect.leaves_a_record())
        })
    }

    /// Does what a tool is for.
    async fn run(
        &self,
        actor: Actor,
        name: &str,
        arguments: JsonObject,
    ) -> Result<String, Problem> {
        let missing = || Problem::new(Kind::Missing, format!("there is no tool `{name}`"));
        let operation = self.operations().find(|it| it.id == name).ok_or_else(missing)?;
        if let Some(permission) = operation.permission {
            actor.may(permission, Whose::Own)?;
        }
        let call = call(&self.desk, actor, operation, arguments)?;
        let run = operation.run;
        let reply = tokio::task::spawn_blocking(move || run(&call)).await;
        let mut reply = reply.map_err(|_| defect())??;
        if let Some(Flow(write)) = reply.flow.take() {
            let written = tokio::task::spawn_blocking(move || {
                let mut body = Vec::new();
                write(&mut body).map(|()| body)
            });
            reply.body = written.await.map_err(|_| defect())?.map_err(|_| defect())?;
        }
        String::from_utf8(reply.body).map_err(|_| defect())
    }
}

/// A call of an operation with these arguments.
fn call(
    desk: &Arc<Desk>,
    actor: Actor,
    operation: &'static Operation,
    mut arguments: JsonObject,
) -> Result<Call, Problem> {
    let body = match (arguments.remove("body"), operation.body) {
        (None, Body::Nothing) => Bytes::new(),
        (Some(body), Body::Document(_) | Body::Json(_) | Body::Array(..) | Body::Settings(_)) => {
            Bytes::from(body.to_string())
        }
        (Some(_), Body::Nothing) => {
            return Err(Problem::at(Kind::Input, "body", "this tool takes no body"));
        }
        (_, Body::File(_)) => {
            return Err(Problem::at(Kind::Input, "body", "files do not go through tools"));
        }
        (None, Body::Document(_) | Body::Json(_) | Body::Array(..) | Body::Settings(_)) => {
            return Err(Problem::at(Kind::Input, "body", "a body is needed"));
        }
    };
    let said = arguments.into_iter().map(|(name, value)| {
        let text = match value {
            Value::String(text) => text,
            other @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_)) => other.to_string(),
        };
        let known = operation.parameters.iter().find(|it| it.name == name);
        (known.map_or(Place::Query, |it| it.place), name, text)
    });
    let values = operation.values(said)?;
    let desk = Arc::clone(desk);
    Ok(Call {
        desk,
        actor,
        token: None,
        values,
        body,
        format: Format::Json,
        media: String::new(),
        idempotency: None,
        if_match: None,
    })
}

/// An operation as a tool.
fn tool(operation: &Operation) -> Tool {
    let about = format!("{}. {}", operation.summary, operation.about);
    let annotations = ToolAnnotations::new().read_only(!operation.effect.leaves_a_record());
    let input = Arc::new(input(operation));
    Tool::new(operation.id, about, input).with_annotations(annotations)
}

/// The schema of a tool's arguments.
fn input(operation: &Operation) -> JsonObject {
    let mut properties = Map::new();
    let mut required: Vec<&str> = Vec::new();
    for it in operation.parameters {
        properties.insert(it.name.to_owned(), openapi::schema_of(it));
        if it.place == Place::Path {
            required.push(it.name);
        }
    }
    let mut definitions = Map::new();
    let body: Option<(Shape, bool)> = match operation.body {
        Body::Nothing | Body::File(_) => None,
        Body::Document(shape) | Body::Json(shape) | Body::Settings(shape) => Some((shape, false)),
        Body::Array(shape, _) => Some((shape, true)),
    };
    if let Some((shape, many)) = body {
        shape.add_to(&mut definitions);
        let one = shape.reference();
        let schema = if many { json!({ "type": "array", "items": one }) } else { one };
        properties.insert("body".to_owned(), schema);
        required.push("body");
    }
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "$defs": definitions,
    });
    // References lead into a document where the parts stand elsewhere.
    let text = schema.to_string().replace("#/components/schemas/", "#/$defs/");
    serde_json::from_str(&text).unwrap_or_default()
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("exeat", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.operations().map(tool).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let named = || context.extensions.get::<Parts>()?.extensions.get::<Actor>().cloned();
        let Some(actor) = self.actor.clone().or_else(named) else {
            return Err(ErrorData::invalid_request("nobody known asks", None));
        };
        let arguments = request.arguments.unwrap_or_default();
        let result = match self.run(actor, &request.name, arguments).await {
            Ok(text) => CallToolResult::success(vec![ContentBlock::text(text)]),
            Err(problem) => {
                let text = String::from_utf8(problem.json("-")).unwrap_or_default();
                CallToolResult::error(vec![ContentBlock::text(text)])
            }
        };
        Ok(result.into())
    }
}
