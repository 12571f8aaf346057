//! What pages load besides themselves: one style sheet, one script, one icon.
//!
//! An asset's digest stands in its address, so that a browser keeps it for good and a new program
//! brings new addresses.

use crate::desk::Desk;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;

/// A file in the program.
#[derive(Debug)]
pub(super) struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    digest: u64,
}

/// The style sheet.
pub(super) static STYLE: Asset =
    Asset::new("exeat.css", "text/css; charset=utf-8", STYLES.as_bytes());
const STYLES: &str = concat!(
    include_str!("../../assets/exeat.css"),
    include_str!("../../assets/atlas.css"),
    include_str!("../../assets/law.css"),
    include_str!("../../assets/screen.css"),
    include_str!("../../assets/classify.css"),
);
/// The script.
pub(super) static SCRIPT: Asset =
    Asset::new("exeat.js", "text/javascript; charset=utf-8", SCRIPTS.as_bytes());
/// One module: what the first declares, the others use.
const SCRIPTS: &str =
    concat!(include_str!("../../assets/exeat.js"), include_str!("../../assets/atlas.js"),);
/// The icon.
pub(super) static ICON: Asset =
    Asset::new("exeat.svg", "image/svg+xml", include_bytes!("../../assets/exeat.svg"));

static ALL: [&Asset; 3] = [&STYLE, &SCRIPT, &ICON];

impl Asset {
    const fn new(name: &'static str, kind: &'static str, bytes: &'static [u8]) -> Self {
        Self { name, kind, bytes, digest: digest(bytes) }
    }

    /// Where it is served.
    pub(super) fn address(&self) -> String {
        format!("/assets/{:016x}/{}", self.digest, self.name)
    }

    /// How large it is, in bytes.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }
}

/// FNV-1a: it tells versions apart and protects nothing.
const fn digest(mut bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    while let [first, rest @ ..] = bytes {
        hash = (hash ^ *first as u64).wrapping_mul(0x0000_0100_0000_01b3);
        bytes = rest;
    }
    hash
}

/// `/assets/DIGEST/NAME`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/assets/{digest}/{name}", get(asset))
}

async fn asset(Path((_, name)): Path<(String, String)>) -> Response {
    match ALL.iter().find(|it| it.name == name) {
        Some(asset) => {
            let headers = [
                (CONTENT_TYPE, asset.kind),
                (CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, asset.bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
