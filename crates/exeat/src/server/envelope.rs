//! What every request and every response has in common: an id, a line in the log, a count, and the
//! headers that keep browsers out of what is not theirs. A panic costs one request.

use super::log::Level;
use super::problem::{self, Kind};
use super::served::{Served, defect};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// The header of the id.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: the caller's own where it is a plain word, else one of ours.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) Arc<str>);

/// Who asked, for the log: an id such as `key:19c2`, never a name.
#[derive(Clone, Debug)]
pub(crate) struct AskedBy(pub(crate) String);

impl RequestId {
    fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(REQUEST_ID).and_then(|it| it.to_str().ok());
        let plain = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.');
        let fits = |it: &&str| (1..=64).contains(&it.len()) && it.bytes().all(|it| plain(&it));
        Self(given.filter(fits).map_or_else(fresh, str::to_owned).into())
    }
}

/// Sixteen digits that no other request of this process has, and hardly one of another.
fn fresh() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    static RANDOM: std::sync::OnceLock<RandomState> = std::sync::OnceLock::new();
    // The state is random by process: what a map is protected by is enough for a name.
    let mut hasher = RANDOM.get_or_init(RandomState::new).build_hasher();
    hasher.write_u64(COUNT.fetch_add(1, Ordering::Relaxed));
    format!("{:016x}", hasher.finish())
}

/// Wraps a request.
pub(super) async fn wrap(
    State(served): State<Arc<Served>>,
    mut request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let guard = served.begin();
    let id = RequestId::of(request.headers());
    let method = method_word(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(id.clone());
    // A task of its own: a panic ends it and nothing else, and what was begun is finished also
    // where nobody waits for the answer any more.
    let answered = tokio::spawn(async move {
        let _guard = guard;
        next.run(request).await
    });
    let mut response = match answered.await {
        Ok(response) => response,
        Err(_) => defect().response(&id.0),
    };
    let status = response.status().as_u16();
    let route = route.as_ref().map_or("unmatched", MatchedPath::as_str);
    let took = begun.elapsed();
    served.metrics.request(method, route, status, took);
    let kind = response.extensions().get::<Kind>().copied();
    if kind == Some(Kind::Defect) {
        served.metrics.panics.fetch_add(1, Ordering::Relaxed);
    }
    let level = if status >= 500 { Level::Error } else { Level::Info };
    served.log.tell(level, "request", |json| {
        json.text_of("request", &id.0);
        json.text_of("method", method);
        json.text_of("route", route);
        json.number_of("status", u64::from(status));
        json.number_of("micros", u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        if let Some(by) = response.extensions().get::<AskedBy>() {
            json.text_of("by", &by.0);
        }
        if let Some(kind) = kind {
            json.text_of("problem", kind.code());
        }
    });
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        headers.insert(REQUEST_ID, id);
    }
    secure(headers);
    response
}

/// Headers that pages may set otherwise, and that everything else has so.
fn secure(headers: &mut HeaderMap) {
    const USUAL: [(HeaderName, &str); 7] = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in USUAL {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// The word of a method; labels and lines take no other.
fn method_word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "OTHER",
    }
}

/// What is said where no path matches.
pub(super) async fn missing(request: Request) -> Response {
    problem::Problem::new(Kind::Missing, "there is nothing at this path")
        .help("GET /v1/openapi.json lists every path of the API")
        .response(&id_of(&request))
}

/// What is said where the path takes another method.
pub(super) async fn wrong_method(request: Request) -> Response {
    problem::Problem::new(Kind::Method, "this path takes another method")
        .help("the header `allow` names the methods")
        .response(&id_of(&request))
}

/// The id of a request that was wrapped.
pub(super) fn id_of(request: &Request) -> Arc<str> {
    let id = request.extensions().get::<RequestId>();
    id.map_or_else(|| Arc::from("-"), |it| Arc::clone(&it.0))
}
