//! The headers that make a browser strict with our pages: nothing inline, nothing from elsewhere.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

/// What a page may load: our own files and nothing else; no inline script, no inline style.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Adds the headers to a response that does not have them.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(POLICY);
    let same = HeaderValue::from_static("same-origin");
    headers.entry(REFERRER_POLICY).or_insert(same.clone());
    headers.entry("cross-origin-opener-policy").or_insert(same.clone());
    headers.entry("cross-origin-resource-policy").or_insert(same);
    headers.entry(X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
    headers.entry(X_FRAME_OPTIONS).or_insert(HeaderValue::from_static("DENY"));
    let features = HeaderValue::from_static("camera=(), geolocation=(), microphone=()");
    headers.entry("permissions-policy").or_insert(features);
    // A page holds names of parties: nobody but the reader's own browser keeps it.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}
