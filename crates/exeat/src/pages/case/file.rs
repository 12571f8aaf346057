//! Files of a case: attached from its page, and given out so that a browser only saves them.

use super::page;
use crate::clock;
use crate::desk::Desk;
use crate::desk::cases::On;
use crate::desk::fault::Fault;
use crate::pages::upload::{self, Part};
use crate::pages::visitor::Visitor;
use crate::pages::{aside, fault};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use store::digest::Digest;

/// What every file is given out as, whatever it says it is.
const MEDIA: &str = "application/octet-stream";

/// `POST /cases/ID/files`.
pub(super) async fn attach(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    aside(move || {
        let sent = upload::sent(&headers, &body);
        drop(body);
        if let Some(response) = visitor.strange(&desk, &sent.csrf()) {
            return response;
        }
        let actor = visitor.actor();
        let on = On { id: &id, actor: &actor, at: clock::now(), expected: None };
        let chosen = sent.part("file").filter(|it| !it.file.is_empty());
        let chosen = chosen.ok_or_else(|| Fault::invalid("file", "choose a file to attach"));
        let done = chosen.and_then(|it| desk.cases()?.attach(on, &name(it), MEDIA, &it.bytes));
        match done {
            Ok(_) => Redirect::to(&format!("/cases/{id}#files")).into_response(),
            Err(refused) => match desk.cases().and_then(|it| it.show(&actor, &id)) {
                Ok(shown) => page(&desk, &visitor, &shown, Some(&refused)),
                Err(it) => fault::page(&desk, &visitor, &it),
            },
        }
    })
    .await
}

/// What the file is called, without the folders that some browsers tell.
fn name(part: &Part) -> String {
    part.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// `GET /cases/ID/files/DIGEST`.
pub(super) async fn get(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((id, digest)): Path<(String, String)>,
) -> Response {
    aside(move || {
        let found = digest
            .parse::<Digest>()
            .map_err(|_| Fault::NotFound { what: "such file" })
            .and_then(|digest| desk.cases()?.file(&visitor.actor(), &id, &digest));
        match found {
            Ok((attached, bytes)) => {
                let plain = |it: char| {
                    let kept = it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
                    if kept { it } else { '_' }
                };
                let name: String = attached.name.chars().map(plain).collect();
                let disposition = format!("attachment; filename=\"{name}\"");
                let headers =
                    [(CONTENT_TYPE, MEDIA.to_owned()), (CONTENT_DISPOSITION, disposition)];
                (headers, bytes).into_response()
            }
            Err(it) => fault::page(&desk, &visitor, &it),
        }
    })
    .await
}
