//! Files of a case: attached from its page, and given out so that a browser only saves them.

use super::refused;
use crate::clock;
use crate::desk::Desk;
use crate::desk::cases::{LARGEST_FILE, On};
use crate::desk::fault::Fault;
use crate::pages::looked_at;
use crate::pages::upload::{Upload, sent_for};
use crate::pages::visitor::Visitor;
use axum::extract::{Path, State};
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
    upload: Upload<LARGEST_FILE>,
) -> Response {
    sent_for(desk, visitor, upload, move |desk, visitor, sent| {
        let actor = visitor.actor();
        let on = On { id: &id, actor: &actor, at: clock::now(), expected: None };
        let attached = || {
            let chosen = sent.files("file").next();
            let chosen = chosen.ok_or_else(|| Fault::invalid("file", "choose a file to attach"))?;
            desk.cases()?.attach(on, &chosen.file, MEDIA, &chosen.bytes)
        };
        match attached() {
            Ok(_) => Ok(Redirect::to(&format!("/cases/{id}#files")).into_response()),
            Err(it) => refused(desk, visitor, &id, &it),
        }
    })
    .await
}

/// `GET /cases/ID/files/DIGEST`.
pub(super) async fn get(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((id, digest)): Path<(String, String)>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        let digest: Digest = digest.parse().map_err(|_| Fault::NotFound { what: "such file" })?;
        let (attached, bytes) = desk.cases()?.file(&visitor.actor(), &id, &digest)?;
        let plain = |it: char| {
            let kept = it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
            if kept { it } else { '_' }
        };
        let name: String = attached.name.chars().map(plain).collect();
        let disposition = format!("attachment; filename=\"{name}\"");
        let headers = [(CONTENT_TYPE, MEDIA.to_owned()), (CONTENT_DISPOSITION, disposition)];
        Ok((headers, bytes).into_response())
    })
    .await
}
