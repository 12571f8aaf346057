//! Problems as HTTP tells them: RFC 9457, with the path of every wrong field.
//!
//! One message is for the caller, with a stable code; what went wrong inside goes to the log under
//! the request's id. Start with [`Problem`].

use crate::api::failure::{self, Failure};
use crate::desk::fault::Fault;
use crate::desk::permission::Denied;
use crate::json::{Layout, Writer};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use store::Error;

/// The media type of a problem.
pub(crate) const MEDIA: &str = "application/problem+json";

/// What kind of problem it is. The code is stable; programs may rely on it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Kind {
    /// The query, a header or the form of the request.
    Request,
    /// Nobody known asks.
    Unauthenticated,
    /// The one who asks may not.
    Forbidden,
    /// There is no such thing.
    Missing,
    /// The path does not take this method.
    Method,
    /// Somebody else was there first, or the thing is in another state.
    Conflict,
    /// The thing is not the one that was named by `If-Match`.
    Precondition,
    /// The body is too large.
    TooLarge,
    /// The body is in another form.
    Media,
    /// The body was read, and something in it is wrong.
    Input,
    /// The same idempotency key came with another request.
    Reused,
    /// Too many requests.
    Rate,
    /// A defect of the program.
    Defect,
    /// Something that answers are made of is out of reach.
    Unavailable,
    /// It took too long.
    Timeout,
}

impl Kind {
    /// Every kind.
    pub(crate) const ALL: [Self; 15] = [
        Self::Request,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::Missing,
        Self::Method,
        Self::Conflict,
        Self::Precondition,
        Self::TooLarge,
        Self::Media,
        Self::Input,
        Self::Reused,
        Self::Rate,
        Self::Defect,
        Self::Unavailable,
        Self::Timeout,
    ];

    /// Its code, its status and its title.
    fn row(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::Request => {
                ("invalid-request", StatusCode::BAD_REQUEST, "The request is malformed")
            }
            Self::Unauthenticated => (
                "not-authenticated",
                StatusCode::UNAUTHORIZED,
                "The request names no key or session that is known here",
            ),
            Self::Forbidden => ("not-permitted", StatusCode::FORBIDDEN, "This is not permitted"),
            Self::Missing => ("not-found", StatusCode::NOT_FOUND, "There is no such thing"),
            Self::Method => (
                "method-not-allowed",
                StatusCode::METHOD_NOT_ALLOWED,
                "The path does not take this method",
            ),
            Self::Conflict => ("conflict", StatusCode::CONFLICT, "Its state does not allow this"),
            Self::Precondition => (
                "changed-meanwhile",
                StatusCode::PRECONDITION_FAILED,
                "It changed since it was read",
            ),
            Self::TooLarge => ("too-large", StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
            Self::Media => (
                "media-type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The body is in a form that is not taken here",
            ),
            Self::Input => {
                ("invalid-input", StatusCode::UNPROCESSABLE_ENTITY, "The input cannot be used")
            }
            Self::Reused => (
                "idempotency-key-reused",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The idempotency key was used for another request",
            ),
            Self::Rate => ("too-many-requests", StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
            Self::Defect => (
                "defect",
                StatusCode::INTERNAL_SERVER_ERROR,
                "The program failed; this is a defect of it",
            ),
            Self::Unavailable => (
                "unavailable",
                StatusCode::SERVICE_UNAVAILABLE,
                "It cannot be answered now; nothing was done",
            ),
            Self::Timeout => {
                ("timeout", StatusCode::SERVICE_UNAVAILABLE, "It took too long and was given up")
            }
        }
    }

    /// Its stable code.
    pub(crate) fn code(self) -> &'static str {
        self.row().0
    }

    /// Its status.
    pub(crate) fn status(self) -> StatusCode {
        self.row().1
    }

    /// What is true of every problem of the kind.
    pub(crate) fn title(self) -> &'static str {
        self.row().2
    }
}

/// Why a request was not answered.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    /// What kind it is.
    pub(crate) kind: Kind,
    /// What happened, lower case, without a full stop.
    pub(crate) detail: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
    /// What is wrong with which field.
    pub(crate) errors: Vec<failure::Problem>,
    /// After how many seconds it may be tried again.
    pub(crate) retry: Option<u64>,
    /// Why a case refuses a step, in a word that does not change.
    pub(crate) reason: Option<&'static str>,
    /// Whether somebody else was first.
    pub(crate) moved: bool,
}

impl Problem {
    /// A problem without fields.
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        let (help, errors) = (None, Vec::new());
        Self { kind, detail: detail.into(), help, errors, retry: None, reason: None, moved: false }
    }

    /// The same, with what to do about it.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same, that may be tried again after so many seconds.
    pub(crate) fn retry(self, seconds: u64) -> Self {
        Self { retry: Some(seconds), ..self }
    }

    /// A problem of one field.
    pub(crate) fn at(kind: Kind, path: impl Into<String>, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let error =
            failure::Problem { path: Some(path.into()), ..failure::Problem::new(detail.clone()) };
        Self { errors: vec![error], ..Self::new(kind, detail) }
    }

    /// As JSON; `request` is the id under which the log knows it.
    pub(crate) fn json(&self, request: &str) -> Vec<u8> {
        let mut out = Vec::new();
        Writer::new(&mut out, Layout::Line).object(|json| self.fields(json, request));
        out
    }

    fn fields(&self, json: &mut Writer<'_>, request: &str) {
        json.text_of("type", &format!("urn:exeat:problem:{}", self.kind.code()));
        json.text_of("title", self.kind.title());
        json.number_of("status", u64::from(self.kind.status().as_u16()));
        json.text_of("detail", &self.detail);
        json.text_of("code", self.kind.code());
        json.text_of("request_id", request);
        if let Some(reason) = self.reason {
            json.text_of("reason", reason);
        }
        if let Some(help) = &self.help {
            json.text_of("help", help);
        }
        json.objects_of("errors", &self.errors, failure::problem);
    }

    /// As a response.
    pub(crate) fn response(&self, request: &str) -> Response<Body> {
        let mut response = Response::new(Body::from(self.json(request)));
        *response.status_mut() = self.kind.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA));
        if let Some(seconds) = self.retry {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.kind == Kind::Unauthenticated {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"exeat\""));
        }
        response.extensions_mut().insert(self.kind);
        response
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let count = failure.problems.len();
        let first = failure.problems.first();
        let said = first.map_or("the input could not be read", |it| it.message.as_str());
        let detail =
            if count > 1 { format!("{said}; and {} more", count - 1) } else { said.to_owned() };
        let help = first.and_then(|it| it.help.clone());
        Self { help, errors: failure.problems, ..Self::new(Kind::Input, detail) }
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        Self::new(Kind::Forbidden, denied.to_string())
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Denied(denied) => denied.into(),
            Fault::Refused(refusal) => {
                let reason = Some(refusal.code());
                let problem = Self::new(Kind::Conflict, refusal.to_string());
                Self { reason, ..problem.help(refusal.instead()) }
            }
            Fault::Input(failure) => failure.into(),
            Fault::Moved(conflict) => {
                let said = format!("somebody else was first: {conflict}");
                let problem = Self::new(Kind::Conflict, said);
                Self { moved: true, ..problem.help("read it again, and decide again") }
            }
            Fault::NotFound { .. } => Self::new(Kind::Missing, fault.to_string()),
            Fault::Reused => Self::new(Kind::Reused, fault.to_string())
                .help("take another key for another request"),
            Fault::Invalid { field, what } => Self::at(Kind::Input, field, what),
            Fault::TooLarge { .. } => Self::new(Kind::TooLarge, fault.to_string()),
            Fault::Store(error) => error.into(),
            // What is inside is the log's matter.
            Fault::Inside(_) => super::served::defect(),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { .. } => Self::new(Kind::Missing, error.to_string()),
            Error::Conflict(_) | Error::TooEarly { .. } => {
                Self::new(Kind::Conflict, error.to_string())
            }
            Error::Refused { .. } => Self::new(Kind::Request, error.to_string()),
            // The cause may name hosts and paths: it is the log's matter.
            Error::Unavailable { .. } => {
                Self::new(Kind::Unavailable, "the records are out of reach").retry(2)
            }
            Error::Corrupt { .. } => Self::new(Kind::Defect, "the records are damaged")
                .help("the operator finds the place with exeat audit verify"),
        }
    }
}
