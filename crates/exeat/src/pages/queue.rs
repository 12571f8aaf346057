//! The queue: cases that wait, filtered by what the address says, so that a filter can be sent.

use super::element::{empty, turning};
use super::outcome::{badge, named};
use super::page::Page;
use super::place::Place;
use super::session::escaped;
use super::visitor::Visitor;
use super::{asked_for, case, looked_at};
use crate::clock;
use crate::desk::Desk;
use crate::desk::cases::Cases;
use crate::desk::cases::queue::Filter;
use crate::desk::fault::Fault;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::case::{CASE, Stage, row};
use store::{Assigned, Order, ViewQuery, ViewRow};

/// `/queue`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/queue", get(show))
        .route("/queue/filters", post(keep))
        .route("/queue/filters/drop", post(let_go))
}

/// What is asked for.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
struct Wish {
    /// A stage; `waiting` for all that are not over.
    #[serde(skip_serializing_if = "String::is_empty")]
    stage: String,
    /// `me`, `nobody`, or nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    turn: String,
    /// `open-matches`, `in-review`, `changed` or `overruled`.
    #[serde(skip_serializing_if = "String::is_empty")]
    with: String,
    /// Words.
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    /// `due`, `priority`, `newest`, or those that changed last.
    #[serde(skip_serializing_if = "String::is_empty")]
    order: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    after: String,
}

impl Wish {
    fn query(&self, visitor: &Visitor) -> Result<ViewQuery, Fault> {
        let states = match self.stage.as_str() {
            "" => Stage::ALL
                .iter()
                .filter(|it| **it != Stage::Closed)
                .map(|it| it.as_str().to_owned())
                .collect(),
            "all" => Vec::new(),
            one => vec![one.to_owned()],
        };
        let assigned = match self.turn.as_str() {
            "me" => Some(Assigned::To(visitor.actor().id)),
            "nobody" => Some(Assigned::Nobody),
            _ => None,
        };
        let label = match self.with.as_str() {
            "open-matches" => Some(row::OPEN_MATCHES),
            "in-review" => Some(row::IN_REVIEW),
            "changed" => Some(row::CHANGED),
            "overruled" => Some(row::OVERRULED),
            _ => None,
        };
        let order = match self.order.as_str() {
            "due" => Order::Due,
            "changed" => Order::Changed,
            "newest" => Order::Newest,
            _ => Order::Priority,
        };
        let after = match self.after.as_str() {
            "" => None,
            text => Some(text.parse().map_err(|it: store::query::ParseCursorError| {
                Fault::invalid("after", it.to_string())
            })?),
        };
        let labels = label.map(str::to_owned).into_iter().collect();
        Ok(ViewQuery {
            states,
            assigned,
            labels,
            text: self.q.clone(),
            order,
            after,
            ..ViewQuery::of(CASE)
        })
    }

    /// The address of this wish with another value in it.
    fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut other = Self { after: String::new(), ..self.clone() };
        change(&mut other);
        other.address()
    }

    fn address(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        let fields = value.as_object().into_iter().flatten();
        let pairs: Vec<String> = fields
            .filter_map(|(key, it)| Some(format!("{key}={}", escaped(it.as_str()?))))
            .collect();
        if pairs.is_empty() { "/queue".to_owned() } else { format!("/queue?{}", pairs.join("&")) }
    }
}

async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(wish): Query<Wish>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| page(desk, visitor, &wish)).await
}

fn page(desk: &Desk, visitor: &Visitor, wish: &Wish) -> Result<Response, Fault> {
    let cases = desk.cases()?;
    let actor = visitor.actor();
    let query = wish.query(visitor)?;
    let found = cases.queue(&actor, &query)?;
    let all = ViewQuery { states: Vec::new(), after: None, ..query };
    let counts = cases.counts(&actor, &all)?;
    let filters = cases.filters(&actor)?;
    let next = found.next.as_ref().map(|it| wish.with(|wish| wish.after = it.to_string()));
    Ok(Page::new(desk, visitor, Place::Queue, "Queue").show(&html! {
        div.stack {
            div.row.between {
                h1 { "Queue" }
                a.button.main href="/check" data-key="n" { "New check" }
            }
            (stages(wish, &counts))
            (narrowing(wish))
            (kept(visitor, wish, &filters))
            @if found.rows.is_empty() { (nothing(wish)) } @else { (table(desk, &found.rows)) }
            @if next.is_some() || !wish.after.is_empty() {
                (turning((!wish.after.is_empty()).then(|| wish.with(|_| {})).as_deref(), next.as_deref(), ""))
            }
        }
    }))
}

fn stages(wish: &Wish, counts: &BTreeMap<String, u64>) -> Markup {
    let waiting: u64 =
        counts.iter().filter(|it| it.0 != Stage::Closed.as_str()).map(|it| it.1).sum();
    let link = |value: &str, name: &str, count: u64| {
        html! {
            a href=(wish.with(|it| value.clone_into(&mut it.stage)))
                aria-current=[(wish.stage == value).then_some("true")] {
                (name) " " span.soft { (count) }
            }
        }
    };
    html! {
        nav.tabs aria-label="Stages" {
            (link("", "Not over", waiting))
            @for stage in Stage::ALL {
                @if let Some(count) = counts.get(stage.as_str()) {
                    (link(stage.as_str(), &case::stage_name(stage.as_str()), *count))
                }
            }
        }
    }
}

fn narrowing(wish: &Wish) -> Markup {
    let select = |name: &str, label: &str, value: &str, choices: &[(&str, &str)]| {
        html! {
            div {
                label for=(format!("filter-{name}")) { (label) }
                select id=(format!("filter-{name}")) name=(name) {
                    @for (it, text) in choices {
                        option value=(it) selected[*it == value] { (text) }
                    }
                }
            }
        }
    };
    html! {
        form.filter method="get" action="/queue" role="search" {
            input type="hidden" name="stage" value=(wish.stage);
            div {
                label for="filter-q" { "Words" }
                input type="search" id="filter-q" name="q" value=(wish.q) data-key="s" data-command="Search the queue";
            }
            (select("turn", "Whose turn", &wish.turn, &[("", "Anybody's"), ("me", "Mine"), ("nobody", "Nobody's")]))
            (select("with", "Only with", &wish.with, &[("", "Anything"), ("open-matches", "Matches to decide"), ("in-review", "A review to give"), ("changed", "A change to answer"), ("overruled", "An overruling")]))
            (select("order", "First", &wish.order, &[("", "Most pressing"), ("due", "Due soonest"), ("changed", "Changed last"), ("newest", "Newest")]))
            button type="submit" { "Show" }
        }
    }
}

/// Filters that somebody keeps under names of their own.
fn kept(visitor: &Visitor, wish: &Wish, filters: &[Filter]) -> Markup {
    let narrowed = wish.address() != "/queue";
    html! {
        @if !filters.is_empty() || narrowed {
            div.row.small.screen-only {
                @for it in filters {
                    @let kept: Wish = serde_json::from_value(it.query.clone()).unwrap_or_default();
                    a href=(kept.address()) { (it.name) }
                    form method="post" action="/queue/filters/drop" {
                        (super::entry::carried(visitor))
                        input type="hidden" name="name" value=(it.name);
                        button.plain.small type="submit" aria-label=(format!("Drop the filter {}", it.name)) { "×" }
                    }
                }
                @if narrowed {
                    form.row method="post" action="/queue/filters" {
                        (super::entry::carried(visitor))
                        input type="hidden" name="query" value=(serde_json::to_string(wish).unwrap_or_default());
                        label for="filter-name" { "Keep this filter as" }
                        input.short type="text" id="filter-name" name="name" maxlength="60" required;
                        button.small type="submit" { "Keep" }
                    }
                }
            }
        }
    }
}

fn nothing(wish: &Wish) -> Markup {
    if wish.address() != "/queue" {
        return empty(
            "No case fits",
            &html! { p { a href="/queue" { "Show all that are not over" } } },
        );
    }
    empty(
        "Nothing waits",
        &html! {
            p {
                "A case is opened from an answer: check a transaction, and open a case where \
                 somebody must decide a match, review it, or let it go."
            }
            p { a.button.main href="/check" { "New check" } }
        },
    )
}

fn table(desk: &Desk, rows: &[ViewRow]) -> Markup {
    let today = clock::today();
    html! {
        div.scroll {
            table.stacked {
                thead { tr {
                    th scope="col" { "Case" } th scope="col" { "Stage" } th scope="col" { "Answer" }
                    th scope="col" { "To" } th scope="col" { "Whose turn" } th scope="col" { "Due" }
                } }
                tbody {
                    @for row in rows {
                        @let data: Value = serde_json::from_str(&row.view.data).unwrap_or_default();
                        @let fact = |key: &str| data.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                        tr {
                            th scope="row" {
                                a href=(format!("/cases/{}", row.stream.id)) { (row.view.title) }
                                @if row.view.priority > 0 { " " span.tag { @if row.view.priority > 1 { "Urgent" } @else { "High" } } }
                                @if !fact("reference").is_empty() { " " span.soft.small { (fact("reference")) } }
                            }
                            td { (case::stage_name(&row.view.state)) }
                            td {
                                @if let Some(outcome) = row.view.outcome.as_deref().and_then(named) {
                                    (badge(outcome, Some(fact("exception")).filter(|it| !it.is_empty()).as_deref()))
                                }
                            }
                            td data-label="To" { (fact("destination")) }
                            td data-label="Whose turn:" { @if let Some(it) = &row.view.assignee { (case::who(desk, it)) } @else { span.soft { "Nobody's" } } }
                            @match row.view.due {
                                Some(due) if due < today => td { strong.late { "Late: " time datetime=(due) { (due) } } },
                                Some(due) => td data-label="Due" { time datetime=(due) { (due) } },
                                None => td {},
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What is kept or let go.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Named {
    csrf: String,
    name: String,
    query: String,
}

async fn keep(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<Named>,
) -> Response {
    changing(desk, visitor, sent, |cases, visitor, sent| {
        let wish: Wish = serde_json::from_str(&sent.query).unwrap_or_default();
        let filter = Filter { name: sent.name.clone(), query: serde_json::to_value(&wish)? };
        cases.keep_filter(&visitor.actor(), &filter, clock::now())?;
        Ok(wish.address())
    })
    .await
}

async fn let_go(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<Named>,
) -> Response {
    changing(desk, visitor, sent, |cases, visitor, sent| {
        cases.drop_filter(&visitor.actor(), &sent.name, clock::now())?;
        Ok("/queue".to_owned())
    })
    .await
}

async fn changing(
    desk: Arc<Desk>,
    visitor: Visitor,
    sent: Named,
    what: impl FnOnce(&Cases<'_>, &Visitor, &Named) -> Result<String, Fault> + Send + 'static,
) -> Response {
    asked_for(desk, visitor, sent.csrf.clone(), move |desk, visitor| {
        let to = what(&desk.cases()?, visitor, &sent)?;
        Ok(Redirect::to(&to).into_response())
    })
    .await
}
