//! One name.

use super::hit::{Deciding, hit};
use super::parts;
use crate::cli::screen::How;
use crate::clock;
use crate::desk::Desk;
use crate::desk::cases::On;
use crate::desk::fault::Fault;
use crate::pages::element::{alert, empty};
use crate::pages::field::Field;
use crate::pages::outcome::Light;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::pages::{aside, asked_for, deciding, escaped};
use crate::screened::{Asked, Found, parse_born, parse_id, parse_kind};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use decision::Country;
use decision::matches::{Searched, unsearchable};
use maud::{Markup, html};
use screening::Workspace;
use std::sync::Arc;

/// How many entries are shown.
const SHOWN: usize = 20;
const KINDS: [(&str, &str); 5] = [
    ("", "Not known"),
    ("person", "A person"),
    ("organization", "An organization"),
    ("vessel", "A vessel"),
    ("aircraft", "An aircraft"),
];

/// Who is asked for, as the form has it.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    name: String,
    aliases: String,
    country: String,
    address: String,
    born: String,
    id: String,
    r#type: String,
}

/// What is wrong with a field: its name, and what to do.
type Wrong = (&'static str, String);

impl Wanted {
    /// The question, or every field that is wrong.
    fn asked(&self) -> Result<Asked, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut asked = Asked::by_name(self.name.trim());
        let query = &mut asked.query;
        let several = |text: &str| -> Vec<String> {
            let parts = text.split([';', '\n']).map(str::trim).filter(|it| !it.is_empty());
            parts.map(str::to_owned).collect()
        };
        query.aliases = several(&self.aliases);
        for code in self.country.split([' ', ',', ';']).filter(|it| !it.is_empty()) {
            match code.to_uppercase().parse() {
                Ok(code) => query.countries.push(code),
                Err(_) => {
                    wrong.push(("country", format!("“{code}” is no country code such as IL.")));
                }
            }
        }
        query.address = Some(self.address.trim().to_owned()).filter(|it| !it.is_empty());
        if !self.born.trim().is_empty() {
            match parse_born(&self.born) {
                Ok(born) => asked.born(born),
                Err(_) => wrong.push((
                    "born",
                    "Write a year, a month or a day: 1962, 1962-07, 1962-07-31.".to_owned(),
                )),
            }
        }
        for id in several(&self.id) {
            match parse_id(&id) {
                Ok(id) => asked.query.ids.push(id),
                Err(_) => wrong.push(("id", format!("“{id}” has no number in it."))),
            }
        }
        match parse_kind(&self.r#type) {
            Ok(kind) => asked.query.kind = kind,
            Err(_) => wrong.push(("type", "Choose one of the list.".to_owned())),
        }
        if wrong.is_empty() { Ok(asked) } else { Err(wrong) }
    }

    /// The same as the query of an address.
    fn query(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        let fields = value.as_object().into_iter().flatten();
        let said = fields.filter_map(|(key, it)| Some((key, it.as_str()?)));
        let pairs: Vec<String> = said
            .filter(|(_, it)| !it.is_empty())
            .map(|(key, it)| format!("{key}={}", escaped(it)))
            .collect();
        pairs.join("&")
    }

    fn is_more_than_a_name(&self) -> bool {
        [&self.aliases, &self.country, &self.address, &self.born, &self.id, &self.r#type]
            .iter()
            .any(|it| !it.is_empty())
    }
}

/// `GET /screen`.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Response {
    aside(move || {
        let page = Page::new(&desk, &visitor, Place::Screen, "Screen");
        let asked = wanted.asked();
        let wrong: &[Wrong] = asked.as_ref().err().map_or(&[], Vec::as_slice);
        let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        page.status(status).show(&html! {
            div.stack {
                h1 { "Screen a name" }
                (parts("/screen"))
                (form(&wanted, wrong))
                @if let (Ok(asked), false) = (&asked, wanted.name.trim().is_empty()) {
                    (answered(&desk, &visitor, &wanted, asked))
                } @else if wrong.is_empty() {
                    (empty("Who may this be?", &html! {
                        p { "Write a name in any script. Every entry of the restricted-party lists that may be the same is shown, with the letters that differ and the words that made it a match. A country, an address, a birthday or a number tells people of the same name apart." }
                        p { a href="/screen?name=NSO+Grup+Technologies&country=IL" { "Try it with a name that is misspelled" } }
                    }))
                }
            }
        })
    })
    .await
}

/// `POST /screen/decide`: a match is decided there and then.
pub(super) async fn decide(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<deciding::Sent>,
) -> Response {
    asked_for(desk, visitor, sent.csrf.clone(), move |desk, visitor| {
        let back = format!("/screen?{}", sent.asked);
        let lost = || Fault::invalid("asked", "search for the name again");
        let address = back.parse().map_err(|_| lost())?;
        let Query(wanted) = Query::<Wanted>::try_from_uri(&address).map_err(|_| lost())?;
        let asked = wanted.asked().map_err(|_| lost())?;
        let actor = visitor.actor();
        let on = On { id: "", actor: &actor, at: clock::now(), expected: None };
        desk.judge(on, &asked.subject(), &sent.judgment()?)?;
        Ok(Redirect::to(&back).into_response())
    })
    .await
}

fn form(wanted: &Wanted, wrong: &[Wrong]) -> Markup {
    let error = |name: &str| wrong.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
    html! {
        form.panel method="get" action="/screen" role="search" {
            (Field::new("name", "Name").value(&wanted.name).required().line("text", "wide"))
            details open[wanted.is_more_than_a_name()] {
                summary { "What else is known" }
                div.halves {
                    div {
                        (Field::new("type", "What it is").error(error("type")).labeled(&html! {
                            select id="field-type" name="type" { @for (value, label) in KINDS { option value=(value) selected[value == wanted.r#type] { (label) } } }
                        }))
                        (Field::new("country", "Countries").hint("Two letters each, such as IL or AE.").value(&wanted.country).error(error("country")).labeled(&html! {
                            input.short type="text" id="field-country" name="country" value=(wanted.country) list="countries" autocomplete="off" aria-describedby="field-country-hint";
                            datalist id="countries" { @for it in Country::all() { option value=(it.code()) { (it.name()) } } }
                        }))
                        (Field::new("born", "Born or built").hint("1962, 1962-07 or 1962-07-31.").value(&wanted.born).error(error("born")).line("text", "short"))
                    }
                    div {
                        (Field::new("aliases", "Other names").hint("Several with a semicolon between them.").value(&wanted.aliases).line("text", ""))
                        (Field::new("address", "Address").value(&wanted.address).line("text", ""))
                        (Field::new("id", "Numbers").hint("7721234567, or Passport:A123456; several with a semicolon.").value(&wanted.id).error(error("id")).line("text", ""))
                    }
                }
            }
            p { button.main type="submit" { "Search the lists" } }
        }
    }
}

fn answered(desk: &Desk, visitor: &Visitor, wanted: &Wanted, asked: &Asked) -> Markup {
    let how = How { threshold: None, limit: SHOWN, exhaustive: false };
    let found = desk.working(|| desk.screen(asked, &how, &mut Workspace::default()));
    let deciding = visitor.who.as_ref().map(|_| Deciding {
        visitor,
        action: "/screen/decide".to_owned(),
        asked: wanted.query(),
    });
    let searcher = desk.searcher();
    match (found, searcher.opened()) {
        (Ok(found), Ok(opened)) => matches(asked, &found, opened.searched(), deciding.as_ref()),
        (Err(_), _) | (_, Err(_)) => alert(
            Light::Stop,
            "The lists cannot be searched",
            &html! {
                p { "Nobody is cleared by this. Whoever runs the server finds the cause with " code { "exeat lists status" } "." }
            },
        ),
    }
}

/// The matches, or that there are none and what that is worth.
pub(super) fn matches(
    asked: &Asked,
    found: &[Found],
    searched: &Searched,
    deciding: Option<&Deciding<'_>>,
) -> Markup {
    let doubt = unsearchable(&asked.query);
    let open = found.iter().filter(|it| !it.is_cleared()).count();
    html! {
        section.stack aria-live="polite" aria-labelledby="found" {
            h2 id="found" {
                @match (found.len(), open) {
                    (0, _) => "No match",
                    (1, 1) => "1 match to decide",
                    (_, 0) => "Every match was decided",
                    (_, open) => { (open) " matches to decide" },
                }
            }
            @if let Some(why) = &doubt {
                (alert(Light::Wait, "This name cannot be searched for certain", &html! { p { (why) } }))
            }
            @for it in found { (hit(it, &asked.query.name, deciding)) }
            (worth(searched, found.is_empty() && doubt.is_none()))
        }
    }
}

/// What was searched, and what a search without a match is worth.
fn worth(searched: &Searched, clear: bool) -> Markup {
    let entries: u64 = searched.lists.iter().map(|it| it.entries).sum();
    let today = clock::today();
    let dated = searched.dated(today);
    html! {
        @if searched.built_in {
            (alert(Light::Wait, "This was no screening", &html! {
                p { "Only the short list in the program was searched: it can find names, and clears nobody. An admin brings in the official lists under " a href="/settings/lists" { "Settings, Law and lists" } ", or with " code { "exeat lists update" } " on the server." }
            }))
        } @else if let Some(why) = searched.insufficient(today).filter(|_| clear) {
            (alert(Light::Wait, "Nobody is cleared by this", &html! { p { (why) "." } }))
        }
        p.small.soft {
            "Searched " (entries) " entries"
            @if let Some(dated) = dated { ", the oldest list of " (dated) }
            ". " a href="/screen/lists" { "Which lists" } " · settings " code { (searched.settings.chars().take(12).collect::<String>()) }
        }
    }
}
