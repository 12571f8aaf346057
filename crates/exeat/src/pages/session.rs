//! Sessions in the browser: the cookie, the way in for those who have none, and what a form must
//! carry.
//!
//! Where the desk keeps records, every page asks who looks; where it keeps none, anybody may. A form
//! that changes anything carries what only our own page of this session could have put into it.

use super::visitor::{Visitor, cookie};
use super::{aside, fault};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::people::People;
use crate::desk::people::secret::Secret;
use crate::desk::people::session::{LONGEST, Session};
use crate::desk::permission::{Permission, Reach, Whose};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{HOST, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// The cookie that holds the token, where the browser speaks to this machine itself.
const LOCAL: &str = "exeat-session";
/// The same anywhere else: browsers take it only over TLS, for every path, and from no other host.
const SECURE: &str = "__Host-exeat-session";
/// The field of a form that holds what only our own page knows.
pub(super) const CSRF: &str = "csrf";
/// Where one comes in, and what needs no session.
const OPEN: [&str; 5] = ["/signin", "/sign-in/", "/link/", "/assets/", "/appearance"];

/// Somebody who signed in, and the token of the cookie.
#[derive(Clone, Debug)]
pub(super) struct SignedIn {
    /// The session.
    pub(super) session: Arc<Session>,
    /// The token of the cookie.
    pub(super) token: Secret,
}

/// Lets in who has a session, and shows the others where to sign in. What another site sends is
/// refused, whoever it is sent for.
pub(super) async fn known(
    State(desk): State<Arc<Desk>>,
    mut request: Request,
    next: Next,
) -> Response {
    if request.method() != Method::GET
        && request.method() != Method::HEAD
        && !is_from_here(request.headers())
    {
        return (StatusCode::FORBIDDEN, "this was sent by another site\n").into_response();
    }
    let Ok(records) = desk.records() else { return next.run(request).await };
    let token = cookie(request.headers(), name(request.headers())).map(Secret::new);
    let store = Arc::clone(&records.store);
    let found = spawn_blocking(move || {
        let token = token?;
        let session = People::new(&*store).session(&token, clock::now()).ok()??;
        Some(SignedIn { session: Arc::new(session), token })
    });
    let found = found.await.ok().flatten();
    let path = request.uri().path();
    let open = OPEN.iter().any(|it| path.starts_with(it));
    match found {
        Some(signed_in) => drop(request.extensions_mut().insert(signed_in)),
        None if open => {}
        None if request.method() == Method::GET => {
            let to = request.uri().path_and_query().map_or("/", |it| it.as_str());
            return Redirect::to(&format!("/signin?to={}", escaped(to))).into_response();
        }
        None => return Redirect::to("/signin").into_response(),
    }
    next.run(request).await
}

/// Refuses whom the roles do not let into a place, whatever they do there.
pub(super) async fn permitted(
    State((desk, permission)): State<(Arc<Desk>, Permission)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &()).await;
    if visitor.actor().reach(permission) == Reach::Nothing
        && let Err(denied) = visitor.actor().may(permission, Whose::Own)
    {
        return aside(move || fault::page(&desk, &visitor, &Fault::Denied(denied))).await;
    }
    next.run(Request::from_parts(parts, body)).await
}

/// Whether a browser says that a form came from a page of ours.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |it: &HeaderValue| it.to_str().ok().map(str::to_owned);
    if let Some(site) = headers.get("sec-fetch-site").and_then(text) {
        return site == "same-origin" || site == "none";
    }
    match (headers.get(ORIGIN).and_then(text), headers.get(HOST).and_then(text)) {
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(&host))
        }
        (Some(_), None) => false,
        (None, _) => true,
    }
}

/// The header that keeps a token in the browser.
pub(super) fn keep(token: &Secret, headers: &HeaderMap) -> (axum::http::HeaderName, String) {
    let age = LONGEST.as_secs();
    (SET_COOKIE, format!("{}={}; Max-Age={age}{}", name(headers), token.reveal(), rules(headers)))
}

/// The header that takes it away.
pub(super) fn forget(headers: &HeaderMap) -> (axum::http::HeaderName, String) {
    (SET_COOKIE, format!("{}=; Max-Age=0{}", name(headers), rules(headers)))
}

/// The name of the cookie that holds a sign-in with an identity provider while it is under way.
pub(super) fn begun(headers: &HeaderMap) -> &'static str {
    if is_local(headers) { "exeat-openid" } else { "__Host-exeat-openid" }
}

/// What every cookie of ours says of itself.
pub(super) fn rules(headers: &HeaderMap) -> &'static str {
    if is_local(headers) {
        "; Path=/; HttpOnly; SameSite=Lax"
    } else {
        "; Path=/; HttpOnly; SameSite=Lax; Secure"
    }
}

fn name(headers: &HeaderMap) -> &'static str {
    if is_local(headers) { LOCAL } else { SECURE }
}

/// Whether the browser speaks to this machine itself, where there is no network to listen on.
fn is_local(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]") && !headers.contains_key("x-forwarded-for")
}

/// A text as a value in an address.
pub(super) fn escaped(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut escaped, byte| {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'/' => {
                escaped.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            other => drop(write!(escaped, "%{other:02X}")),
        }
        escaped
    })
}

#[cfg(test)]
mod tests;
