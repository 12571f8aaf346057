//! Coming in with an identity provider: going there, and coming back.

use super::super::{aside, escaped, fault};
use super::{alert, ours};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::people::People;
use crate::desk::people::provider::{Came, ProviderError, Returned, Wish};
use crate::desk::people::secret::Secret;
use crate::pages::outcome::Light;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::session::{begun, keep, rules};
use crate::pages::visitor::{Visitor, cookie};
use crate::settings::openid::BACK;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::html;
use std::sync::Arc;

/// `/sign-in/openid`, where it begins, and the address that the provider sends back to.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/sign-in/openid", get(begin)).route(BACK, get(back))
}

/// Where a sign-in begins that leads to a page.
pub(super) fn address(to: &str) -> String {
    let to = ours(to);
    if to == "/" {
        "/sign-in/openid".to_owned()
    } else {
        format!("/sign-in/openid?to={}", escaped(to))
    }
}

/// Where one wants to go, and whether one's own account is to be bound to the provider.
#[derive(Debug, Default, serde::Deserialize)]
struct Asked {
    #[serde(default)]
    to: String,
    /// What only our own page of this session knows: the account that is signed in is bound.
    #[serde(default)]
    bind: String,
}

async fn begin(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    aside(move || {
        let mut bind = None;
        if !asked.bind.is_empty() {
            if let Some(response) = visitor.strange(&desk, &asked.bind) {
                return response;
            }
            bind = visitor.who.as_ref().map(|it| it.session.account.id.clone());
        }
        if bind.is_none() && visitor.who.is_some() {
            return Redirect::to(ours(&asked.to)).into_response();
        }
        let wish = Wish { to: ours(&asked.to).to_owned(), bind };
        match gone(&desk, wish) {
            Ok((location, state)) => {
                let value = format!(
                    "{}={}; Max-Age=600{}",
                    begun(&headers),
                    state.reveal(),
                    rules(&headers)
                );
                (AppendHeaders([(SET_COOKIE, value)]), Redirect::to(&location)).into_response()
            }
            Err(error) => refused(&desk, &visitor, &headers, &error),
        }
    })
    .await
}

/// The address at the provider, and what the cookie holds.
fn gone(desk: &Desk, wish: Wish) -> Result<(String, Secret), ProviderError> {
    let door = desk.house().provider.as_ref();
    let door = door.ok_or(Fault::NotFound { what: "identity provider here" })?;
    let now = clock::now();
    let provider = door.provider(now)?;
    let begun = provider.begin(&People::new(&*desk.records()?.store), wish, now)?;
    Ok((begun.location, begun.state))
}

async fn back(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(returned): Query<Returned>,
) -> Response {
    aside(move || match came(&desk, &headers, &returned) {
        Ok(Came { entered, to }) => {
            let cookies = [keep(&entered.token, &headers), over(&headers)];
            (AppendHeaders(cookies), Redirect::to(ours(&to))).into_response()
        }
        Err(error) => refused(&desk, &visitor, &headers, &error),
    })
    .await
}

fn came(desk: &Desk, headers: &HeaderMap, returned: &Returned) -> Result<Came, ProviderError> {
    let door = desk.house().provider.as_ref();
    let door = door.ok_or(Fault::NotFound { what: "identity provider here" })?;
    let now = clock::now();
    let state = cookie(headers, begun(headers)).map(Secret::new);
    let people = People::new(&*desk.records()?.store);
    door.provider(now)?.finish(&people, state.as_ref(), returned, now)
}

/// The header that takes away what was kept while the sign-in was under way.
fn over(headers: &HeaderMap) -> (HeaderName, String) {
    (SET_COOKIE, format!("{}=; Max-Age=0{}", begun(headers), rules(headers)))
}

/// A page that says why nobody came in.
fn refused(desk: &Desk, visitor: &Visitor, headers: &HeaderMap, error: &ProviderError) -> Response {
    let status = match error {
        ProviderError::Fault(it) => fault::heading(it).0,
        ProviderError::Unusable(_) => StatusCode::BAD_GATEWAY,
        ProviderError::NoRole
        | ProviderError::Domain(_)
        | ProviderError::NobodyYet
        | ProviderError::Another
        | ProviderError::Locked => StatusCode::FORBIDDEN,
        ProviderError::NotBegun | ProviderError::Refused(_) | ProviderError::Token(_) => {
            StatusCode::UNAUTHORIZED
        }
    };
    let said = crate::report::words::sentence(&error.to_string());
    let page = Page::new(desk, visitor, Place::Home, "Nobody was signed in").status(status);
    let page = page.show(&html! {
        div.stack.narrow {
            h1 { "Nobody was signed in" }
            (alert(Light::Stop, "", &html! { p { (said) "." } }))
            p { a href="/signin" { "Sign in" } }
        }
    });
    (AppendHeaders([over(headers)]), page).into_response()
}
