//! Pages and assets go out compressed to browsers that take it: they are mostly repetition.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// What is smaller goes out as it is: in one packet it is in any case.
const LEAST: usize = 1_000;

/// Compresses a response, where it is text and the browser takes it.
pub(super) async fn compressed(request: Request, next: Next) -> Response {
    let taken = request.headers().get_all(ACCEPT_ENCODING).iter().any(takes_gzip);
    let mut response = next.run(request).await;
    if !is_text(&response) {
        return response;
    }
    response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    if !taken || response.headers().contains_key(CONTENT_ENCODING) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // A page is in memory already, so there is no limit to keep it to.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match (bytes.len() >= LEAST).then(|| gzip(&bytes)).flatten() {
        Some(small) => {
            parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            parts.headers.remove(CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(small))
        }
        None => Response::from_parts(parts, Body::from(bytes)),
    }
}

/// Whether a value of `Accept-Encoding` names gzip and does not refuse it.
fn takes_gzip(value: &HeaderValue) -> bool {
    let offers = value.to_str().unwrap_or_default().split(',');
    offers.map(|it| it.replace(' ', "")).any(|it| {
        let (name, weight) = it.split_once(";q=").unwrap_or((&it, "1"));
        name.eq_ignore_ascii_case("gzip") && !weight.trim_matches(['0', '.']).is_empty()
    })
}

/// Whether it is something to read, and not a file to keep as it is.
fn is_text(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let kind = kind.unwrap_or_default();
    ["text/html", "text/css", "text/javascript", "image/svg+xml"]
        .iter()
        .any(|it| kind.starts_with(it))
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(5));
    out.write_all(bytes).ok()?;
    out.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::takes_gzip;
    use axum::http::HeaderValue;

    #[test]
    fn gzip_is_taken_where_it_is_named_and_not_refused() {
        for (value, taken) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, gzip;q=0.8", true),
            ("GZIP", true),
            ("gzip;q=0", false),
            ("gzip; q=0.000", false),
            ("br, deflate", false),
            ("", false),
        ] {
            assert_eq!(takes_gzip(&HeaderValue::from_static(value)), taken, "{value}");
        }
    }
}
