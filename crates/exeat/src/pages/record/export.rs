//! All records as one archive for an auditor: made aside, watched, taken.

use crate::clock;
use crate::desk::Desk;
use crate::desk::export::Made;
use crate::desk::fault::Fault;
use crate::desk::permission::{Permission, Whose};
use crate::pages::element::alert;
use crate::pages::outcome::Light;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::{Sent, Visitor};
use crate::pages::{aside, asked_for, fault, looked_at};
use crate::server::stream::outgoing;
use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::fs::File;
use std::io::{self, BufReader};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// How long a download may stand still.
const SILENCE: Duration = Duration::from_mins(1);

/// `POST /record/export`.
pub(super) async fn begin(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Response {
    asked_for(desk, visitor, sent.csrf, |desk, visitor| {
        let name = desk.begin_export(&visitor.actor(), clock::now())?;
        Ok(Redirect::to(&format!("/record/export/{name}")).into_response())
    })
    .await
}

/// `GET /record/export/NAME`: how far it is.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        visitor.actor().may(Permission::ReadAudit, Whose::Anyone)?;
        let export = desk.exports().get(&name).ok_or_else(gone)?;
        let ended = export.ended();
        let page = Page::new(desk, visitor, Place::Record, "For an auditor");
        let page = page.inside("Record", "/record").looking_again(ended.is_none());
        Ok(page.show(&html! {
            div.stack.reading {
                h1 { "The records for an auditor" }
                @match &ended {
                    None => section.panel role="status" {
                        h2 { "Writing" }
                        progress max="100" value=(export.percent()) aria-label="Written" { (export.percent()) "%" }
                        p.small.soft { "This page looks again every two seconds. You can leave and come back to this address." }
                    },
                    Some(Ok(made)) => (ready(&name, made)),
                    Some(Err(why)) => (alert(Light::Stop, "It could not be written", &html! {
                        p { (why) }
                        p { "Make room in the data folder and begin again, or use " code { "exeat audit export" } " on the server." }
                    })),
                }
                p { a href="/record" { "Back to the record" } }
            }
        }))
    })
    .await
}

fn ready(name: &str, made: &Made) -> Markup {
    html! {
        (alert(Light::Go, "Ready", &html! {
            p { (made.events) " events; the chain ends in" }
            pre { (made.head) }
            p { a.button.main href=(format!("/record/export/{name}/records.tar.gz")) download { "Take it" } " " span.soft.small { (made.bytes.div_ceil(1000)) " kB" } }
        }))
        p {
            "The archive holds every event, view and content, a page that explains them, and a checker \
             that needs only Python: " code { "python3 exeat-records/verify.py" } ". It has the names of \
             your parties in it: hand it on only to who may read them."
        }
        p.small.soft { "It lies on the server for an hour, or until the next one is made." }
    }
}

/// `GET /record/export/NAME/records.tar.gz`.
pub(super) async fn take(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    if let Err(it) = visitor.actor().may(Permission::ReadAudit, Whose::Anyone) {
        return aside(move || fault::page(&desk, &visitor, &it.into())).await;
    }
    let made = desk.exports().get(&name).and_then(|it| it.ended());
    let opened = made.and_then(Result::ok).and_then(|it| Some((File::open(&it.file).ok()?, it)));
    let Some((file, made)) = opened else {
        return aside(move || fault::page(&desk, &visitor, &gone())).await;
    };
    let (mut out, body) = outgoing(SILENCE);
    // Whoever stops listening gets no more of it, and needs no word about it.
    drop(spawn_blocking(move || {
        if let Err(error) = io::copy(&mut BufReader::with_capacity(1 << 16, file), &mut out) {
            out.fail(error);
        }
    }));
    let headers = [
        (CONTENT_TYPE, "application/gzip".to_owned()),
        (CONTENT_DISPOSITION, "attachment; filename=\"records.tar.gz\"".to_owned()),
        (CONTENT_LENGTH, made.bytes.to_string()),
    ];
    (headers, Body::new(body)).into_response()
}

fn gone() -> Fault {
    Fault::NotFound { what: "such archive any more: begin again on the page of the record" }
}
