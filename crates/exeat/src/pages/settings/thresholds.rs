//! Thresholds: what each would alert, with the names that were checked here or with a file.

use super::parts;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::permission::{Permission, Whose};
use crate::desk::tuning::{LOWEST, MOST, Tuning, customers};
use crate::interview::form::FieldPath;
use crate::pages::element::empty;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::upload::{Upload, sent_for};
use crate::pages::visitor::Visitor;
use crate::pages::{entry, fault, looked_at, record};
use crate::records::replay;
use crate::screened::Asked;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use screening::Score;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;
use store::record::DETERMINATION;
use store::{Order, ViewQuery};

/// The largest file, in bytes.
const LARGEST: usize = 1 << 20;
/// How many determinations give the names that are searched.
const RECENT: usize = 300;
/// From one threshold to the next, in thousandths.
const STEP: usize = 25;

/// `GET /settings/thresholds`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    looked_at(desk, visitor, |desk, visitor| {
        visitor.actor().may(Permission::Screen, Whose::Anyone)?;
        let names = recent(desk)?;
        let tuning = desk.tune(&names, 0)?;
        Ok(page(desk, visitor, &tuning, "the names that were checked last", None))
    })
    .await
}

/// `POST /settings/thresholds`: the same with a file of customers.
pub(super) async fn reckon(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    upload: Upload<LARGEST>,
) -> Response {
    sent_for(desk, visitor, upload, |desk, visitor, sent| {
        visitor.actor().may(Permission::Screen, Whose::Anyone)?;
        let reckoned = || {
            let file = sent.files("file").find(|it| !it.bytes.is_empty());
            let file = file.ok_or_else(|| Fault::invalid("file", "choose a file of names"))?;
            let wrong = |it: crate::trouble::Trouble| Fault::invalid("file", it.what());
            let (names, unread) = customers(&file.file, file.bytes.clone()).map_err(wrong)?;
            Ok(page(desk, visitor, &desk.tune(&names, unread)?, &file.file, None))
        };
        reckoned()
            .or_else(|it: Fault| Ok(page(desk, visitor, &desk.tune(&[], 0)?, "no name", Some(&it))))
    })
    .await
}

/// The parties of the determinations that were recorded last, each once.
fn recent(desk: &Desk) -> Result<Vec<Asked>, Fault> {
    let store = &*desk.records()?.store;
    let query = ViewQuery { order: Order::Newest, limit: RECENT, ..ViewQuery::of(DETERMINATION) };
    let mut names = BTreeSet::new();
    for row in store.views(&query)?.rows {
        // What was erased has no names any more.
        let Ok(found) = replay::record(store, &row.stream.id) else { continue };
        let form = record::asked(&found);
        let name = |place: usize| {
            let path = FieldPath::parse(&format!("parties[{place}].name"))?;
            form.at(&path)?.as_str().map(str::to_owned)
        };
        names.extend((0..).map_while(name));
    }
    Ok(names.iter().map(|it| Asked::by_name(it)).collect())
}

fn page(
    desk: &Desk,
    visitor: &Visitor,
    tuning: &Tuning,
    with: &str,
    wrong: Option<&Fault>,
) -> Response {
    let status = wrong.map_or(StatusCode::OK, |it| fault::heading(it).0);
    let page =
        Page::new(desk, visitor, Place::Settings, "Thresholds").inside("Settings", "/settings");
    page.status(status).show(&html! {
        div.stack-wide {
            h1 { "Thresholds" }
            (parts(visitor, "/settings/thresholds"))
            @if let Some(wrong) = wrong { (fault::said(wrong)) }
            p.lead {
                "A name alerts where it is at least " strong { (tuning.in_force) } " alike. The threshold \
                 and the weights are part of the program, and every record names them; here stands \
                 what others would do."
            }
            @if tuning.names == 0 {
                (empty("No names to reckon with", &html! {
                    p { "When checks were recorded, their parties are searched here. Until then, take a file of your customers." }
                }))
            } @else {
                section aria-labelledby="curve" {
                    h2 id="curve" { "What thresholds would do" }
                    p.soft { "With " (with) ": " (tuning.names) (if tuning.names == 1 { " name." } else { " names." }) @if tuning.unread > 0 { " " (tuning.unread) " rows could not be read." } }
                    (curve(tuning))
                    (table(tuning))
                }
            }
            form.panel.stack method="post" enctype="multipart/form-data" action="/settings/thresholds" {
                (entry::carried(visitor))
                h2 { "With your own customers" }
                p { label for="customers" { "A file of names" } }
                input type="file" id="customers" name="file" required;
                p.soft.small { "CSV with a header, or JSON lines; the first " (MOST) " names are searched, and nothing is kept." }
                button type="submit" { "Reckon" }
            }
        }
    })
}

/// The thresholds that are shown, that in force among them.
fn thresholds(in_force: Score) -> BTreeSet<Score> {
    (LOWEST..=1000).step_by(STEP).map(Score::new).chain([in_force]).collect()
}

/// The share of names that alert, from the lowest threshold to the highest.
fn curve(tuning: &Tuning) -> Markup {
    const WIDE: u64 = 640;
    const HIGH: u64 = 160;
    let most = tuning.alerting.at(Score::new(LOWEST)).found.max(1);
    let span = u64::from(1000 - LOWEST);
    let across = |it: Score| u64::from(it.thousandths().saturating_sub(LOWEST)) * WIDE / span;
    let points = (LOWEST..=1000).step_by(5).map(Score::new).fold(String::new(), |mut all, it| {
        let up = tuning.alerting.at(it).found * HIGH / most;
        // Writing to a string cannot fail.
        let _ = write!(all, "{},{} ", across(it), HIGH - up);
        all
    });
    let here = across(tuning.in_force);
    html! {
        svg.curve viewBox=(format!("-1 -6 {} {}", WIDE + 2, HIGH + 8)) role="img" preserveAspectRatio="none"
            aria-label="How many names alert, by threshold; the table below has the numbers" {
            line.axis x1="0" y1=(HIGH) x2=(WIDE) y2=(HIGH) {}
            line.here x1=(here) y1="-6" x2=(here) y2=(HIGH) {}
            polyline points=(points.trim_end()) {}
        }
        p.row.between.small.soft aria-hidden="true" {
            span { "0.600: " (most) " alert" }
            span { "the line is the threshold in force, " (tuning.in_force) }
            span { "1.000" }
        }
    }
}

fn table(tuning: &Tuning) -> Markup {
    let total = tuning.decided.at(Score::new(0));
    let (same, other) = (total.found, total.alarms);
    html! {
        div.scroll tabindex="0" role="region" aria-label="Thresholds" {
            table {
                thead { tr {
                    th scope="col" { "From" } th.number scope="col" { "Names that alert" } th.number scope="col" { "Of a hundred" }
                    th.number scope="col" { "Found, of " (same) " decided the same" }
                    th.number scope="col" { "Quiet, of " (other) " decided somebody else" }
                } }
                tbody {
                    @for it in thresholds(tuning.in_force) {
                        @let alert = tuning.alerting.at(it).found;
                        @let decided = tuning.decided.at(it);
                        tr.current[it == tuning.in_force] {
                            th scope="row" { (it) @if it == tuning.in_force { " " span.tag { "in force" } } }
                            td.number { (alert) }
                            td.number { (alert * 100 / tuning.names.max(1)) }
                            td.number { (decided.found) }
                            td.number { (decided.quiet) }
                        }
                    }
                }
            }
        }
    }
}
