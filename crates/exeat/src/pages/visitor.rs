//! Who looks at a page, and how it should look for them.

use super::session::SignedIn;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::permission::{Actor, Permission, Reach, Scope};
use axum::Router;
use axum::extract::{Form, FromRequestParts};
use axum::http::header::{COOKIE, REFERER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::post;
use std::convert::Infallible;
use std::sync::Arc;

/// Who looks at a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Visitor {
    /// Light, dark, or as the system has it.
    pub(super) theme: Theme,
    /// The page that is asked for, with its query.
    pub(super) address: String,
    /// Who signed in; nobody where the desk keeps no records, or on the way in.
    pub(super) who: Option<SignedIn>,
}

/// What every form that changes something carries.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    pub(super) csrf: String,
}

impl Visitor {
    /// Who asks. Where nobody can sign in, it is the one at this machine, who may look.
    pub(super) fn actor(&self) -> Actor {
        match &self.who {
            Some(it) => Actor::from(&*it.session),
            None => Actor::key("anybody", "Anybody", [Scope::Check, Scope::Screen]),
        }
    }

    /// Whether they may do something with anybody's matters.
    pub(super) fn may(&self, permission: Permission) -> bool {
        self.actor().reach(permission) == Reach::Everything
    }

    /// What is answered to a form that no page of this session sent; `None` where one did.
    pub(super) fn strange(&self, desk: &Desk, csrf: &str) -> Option<Response> {
        match &self.who {
            Some(it)
                if super::masked::unmasked(csrf).is_some_and(|csrf| it.session.sent(&csrf)) =>
            {
                None
            }
            Some(_) | None => {
                let what = "the form is from another session; go back, load the page again and send it anew";
                Some(super::fault::page(desk, self, &Fault::invalid("csrf", what)))
            }
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// Every theme.
    pub(super) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As it is written in a cookie and an attribute.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let theme = cookie(&parts.headers, "theme").and_then(Theme::named).unwrap_or_default();
        let address = parts.uri.path_and_query().map_or("/", |it| it.as_str()).to_owned();
        let who = parts.extensions.get::<SignedIn>().cloned();
        Ok(Self { theme, address, who })
    }
}

/// The value of a cookie.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let held = headers.get_all(COOKIE).iter().filter_map(|it| it.to_str().ok());
    held.flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// `/appearance`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/appearance", post(appearance))
}

#[derive(Debug, serde::Deserialize)]
struct Appearance {
    theme: String,
}

/// Keeps the choice, and goes back to where it was made.
async fn appearance(headers: HeaderMap, Form(chosen): Form<Appearance>) -> Response {
    let Some(theme) = Theme::named(&chosen.theme) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let cookie = format!("theme={}; Path=/; Max-Age=31536000; SameSite=Lax", theme.as_str());
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(&came_from(&headers))).into_response()
}

/// The page of ours that a form was sent from.
fn came_from(headers: &HeaderMap) -> String {
    let from = headers.get(REFERER).and_then(|it| it.to_str().ok());
    let uri = from.and_then(|it| it.parse::<axum::http::Uri>().ok());
    let path = uri.and_then(|it| it.path_and_query().map(ToString::to_string));
    path.filter(|it| it.starts_with('/') && !it.starts_with("//")).unwrap_or_else(|| "/".to_owned())
}
