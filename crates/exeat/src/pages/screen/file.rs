//! A file of names, to be searched.

use super::parts;
use crate::desk::Desk;
use crate::desk::screening::LARGEST;
use crate::pages::element::alert;
use crate::pages::field::Field;
use crate::pages::looked_at;
use crate::pages::outcome::Light;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::upload::Upload;
use crate::pages::visitor::Visitor;
use crate::report::words::sentence;
use crate::trouble::Trouble;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use std::sync::Arc;

/// `GET /screen/file`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    looked_at(desk, visitor, |desk, visitor| Ok(page(desk, visitor, None))).await
}

/// `POST /screen/file`.
pub(super) async fn send(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    upload: Upload<LARGEST>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        let sent = upload.0?;
        let file = sent.files("file").find(|it| !it.bytes.is_empty());
        let text = sent.part("text").filter(|it| !it.bytes.trim_ascii().is_empty());
        let begun = match (file, text) {
            (Some(file), _) => desk.screen_file(&file.file, file.bytes.clone()),
            (None, Some(text)) => desk.screen_file("pasted names", text.bytes.clone()),
            (None, None) => Err(Trouble::new("no file was chosen, and nothing was pasted")),
        };
        Ok(match begun {
            Ok(name) => Redirect::to(&format!("/screen/file/{name}")).into_response(),
            Err(trouble) => page(desk, visitor, Some(trouble)),
        })
    })
    .await
}

fn page(desk: &Desk, visitor: &Visitor, trouble: Option<Trouble>) -> Response {
    let status = if trouble.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page::new(desk, visitor, Place::Screen, "A file of names");
    page.inside("Screen", "/screen").status(status).show(&html! {
        div.stack {
            h1 { "Screen a file of names" }
            (parts("/screen/file"))
            @if let Some(trouble) = trouble {
                (alert(Light::Stop, "This cannot be searched", &html! {
                    p { (sentence(&trouble.what())) ". Correct it, and send it again." }
                }))
            }
            form.panel method="post" action="/screen/file" enctype="multipart/form-data" {
                (Field::new("file", "File").hint("CSV with a header, or JSON lines, up to 64 MB.").labeled(&html! {
                    input type="file" id="field-file" name="file" accept=".csv,.tsv,.jsonl,.ndjson,.txt" aria-describedby="field-file-hint";
                }))
                (Field::new("text", "Or paste it").hint("The first row names the columns.").labeled(&html! {
                    textarea.code.wide id="field-text" name="text" spellcheck="false" rows="6" placeholder="name,country\nExample Trading LLC,AE" aria-describedby="field-text-hint" {}
                }))
                p { button.main type="submit" { "Search the lists" } }
            }
            section.stack-tight aria-labelledby="columns" {
                h2 id="columns" { "What the columns are called" }
                p { "Only the name is needed. More tells people of the same name apart, and saves work." }
                dl.facts {
                    dt { code { "name" } } dd { "The name. Also: full name, customer name, party name, company name." }
                    dt { code { "alias" } } dd { "Other names, with a semicolon between them." }
                    dt { code { "type" } } dd { "person, organization, vessel or aircraft." }
                    dt { code { "country" } } dd { "Two letters, such as IL." }
                    dt { code { "address" } } dd { "Street, town, all in one." }
                    dt { code { "born" } } dd { "1962, 1962-07 or 1962-07-31. Also: date of birth, dob." }
                    dt { code { "id" } } dd { "Numbers, such as Passport:A123456. Also: tax id, passport." }
                }
            }
        }
    })
}
