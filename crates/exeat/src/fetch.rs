//! Fetching a list over the network: the only module that opens a connection, and only for
//! `exeat lists update`.
//!
//! A file comes whole or not at all. What is refused: an address that is not HTTPS (except on this
//! machine), also behind a redirect; a compressed body; a body that is shorter than it said, larger
//! than allowed, slower than allowed, or not the one of the checksum. Nothing of the user is sent.

use crate::digest::{Sha256Hex, sha256};
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;
use ureq::http::{HeaderMap, Response, StatusCode, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};

/// How many redirects are followed.
const REDIRECTS: usize = 5;
/// The longest wait that a server may ask for before another attempt.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// How files are fetched.
#[derive(Clone, Debug)]
pub(crate) struct Manners {
    /// How long one attempt may take.
    pub(crate) timeout: Duration,
    /// How many attempts are made.
    pub(crate) attempts: u32,
    /// The wait before the second attempt; it doubles each time.
    pub(crate) wait: Duration,
    /// The largest file, in bytes.
    pub(crate) largest: u64,
    /// The proxy; where none is named, that of the environment.
    pub(crate) proxy: Option<String>,
    /// Certificates that are trusted instead of the public ones, as PEM.
    pub(crate) ca_file: Option<PathBuf>,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            timeout: Duration::from_mins(5),
            attempts: 4,
            wait: Duration::from_secs(1),
            largest: 256 << 20,
            proxy: None,
            ca_file: None,
        }
    }
}

/// What tells a server which file is here already.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Tags {
    /// As the server named it.
    pub(crate) etag: Option<String>,
    /// As the server dated it.
    pub(crate) last_modified: Option<String>,
}

/// What a server answered.
#[derive(Debug)]
pub(crate) enum Fetched {
    /// The file that is here is the current one.
    Unchanged,
    /// A file.
    File {
        /// Its bytes.
        bytes: Vec<u8>,
        /// What tells it from another.
        tags: Tags,
    },
}

/// Why a file was not fetched.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    /// Not an address of the web.
    #[error("`{0}` is not an address that can be fetched")]
    Address(String),
    /// In clear, over a network.
    #[error("`{0}` is not https, so anybody between could change the list")]
    Clear(String),
    /// Around and around.
    #[error("it was redirected more than {REDIRECTS} times")]
    Redirects,
    /// The server refused.
    #[error("the server answered {0}")]
    Status(StatusCode),
    /// A body that was not asked for.
    #[error("the server sent it compressed ({0}), which was not asked for")]
    Compressed(String),
    /// More than allowed.
    #[error("it is larger than {0} bytes")]
    TooLarge(u64),
    /// Not the file that was expected.
    #[error("its checksum is {got}, not {want}")]
    Checksum {
        /// What was expected.
        want: String,
        /// What came.
        got: Sha256Hex,
    },
    /// It broke off, or took too long.
    #[error("{}", plain(.0))]
    Network(ureq::Error),
    /// It broke off in the middle.
    #[error("it broke off: {0}")]
    BrokeOff(std::io::Error),
    /// The certificates could not be read.
    #[error("the certificates in `{}` cannot be read", .0.display())]
    Certificates(PathBuf),
    /// The proxy's address is none.
    #[error("the proxy `{0}` is not an address")]
    Proxy(String),
}

/// What a library says, without its type names.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enum is another crate's and open: what it adds is told in its own words"
)]
fn plain(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "it took too long".to_owned(),
        ureq::Error::HostNotFound => "the host is not known here".to_owned(),
        ureq::Error::ConnectionFailed => "no connection could be made".to_owned(),
        ureq::Error::Io(error) => error.to_string().to_lowercase(),
        other => other.to_string().to_lowercase(),
    }
}

impl FetchError {
    /// Whether another attempt may help.
    fn is_passing(&self) -> bool {
        match self {
            Self::Status(status) => {
                status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS
            }
            Self::Network(error) => matches!(
                error,
                ureq::Error::Timeout(_)
                    | ureq::Error::Io(_)
                    | ureq::Error::HostNotFound
                    | ureq::Error::ConnectionFailed
                    | ureq::Error::Protocol(_)
            ),
            Self::BrokeOff(_) => true,
            Self::Address(_)
            | Self::Clear(_)
            | Self::Redirects
            | Self::Compressed(_)
            | Self::TooLarge(_)
            | Self::Checksum { .. }
            | Self::Certificates(_)
            | Self::Proxy(_) => false,
        }
    }
}

/// Fetches files in one manner.
pub(crate) struct Fetcher {
    agent: Agent,
    manners: Manners,
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("manners", &self.manners).finish_non_exhaustive()
    }
}

impl Fetcher {
    /// Gets ready; nothing is fetched yet.
    ///
    /// # Errors
    ///
    /// Where the proxy or the certificates cannot be used.
    pub(crate) fn new(manners: Manners) -> Result<Self, FetchError> {
        let proxy = match &manners.proxy {
            Some(named) => Some(Proxy::new(named).map_err(|_| FetchError::Proxy(named.clone()))?),
            None => Proxy::try_from_env(),
        };
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(proxy)
            .user_agent(concat!("exeat/", env!("CARGO_PKG_VERSION")))
            .accept_encoding("identity")
            .timeout_global(Some(manners.timeout))
            .timeout_connect(Some(manners.timeout.min(Duration::from_secs(30))));
        if let Some(path) = &manners.ca_file {
            let roots = RootCerts::new_with_certs(&certificates(path)?);
            config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
        }
        Ok(Self { agent: config.build().new_agent(), manners })
    }

    /// Fetches a file, unless the one with these tags is still the current one. `sha256` is what it
    /// must be, where that is known.
    ///
    /// # Errors
    ///
    /// Where it does not come whole after every attempt.
    pub(crate) fn fetch(
        &self,
        address: &str,
        tags: &Tags,
        sha256: Option<&str>,
    ) -> Result<Fetched, FetchError> {
        let mut wait = self.manners.wait;
        let mut attempt = 1;
        loop {
            let (error, asked) = match self.attempt(address, tags, sha256) {
                Ok(fetched) => return Ok(fetched),
                Err(failed) => failed,
            };
            if attempt >= self.manners.attempts || !error.is_passing() {
                return Err(error);
            }
            thread::sleep(asked.map_or(wait, |it| it.min(LONGEST_WAIT)));
            wait = wait.saturating_mul(2).min(LONGEST_WAIT);
            attempt += 1;
        }
    }

    /// One attempt. An error comes with how long the server asks to wait.
    fn attempt(
        &self,
        address: &str,
        tags: &Tags,
        sha256: Option<&str>,
    ) -> Result<Fetched, (FetchError, Option<Duration>)> {
        let now = |error: FetchError| (error, None);
        let mut response = self.follow(address, tags).map_err(now)?;
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Fetched::Unchanged);
        }
        if status != StatusCode::OK {
            let asked = text_of(response.headers(), "retry-after");
            let asked = asked.and_then(|it| it.trim().parse().ok()).map(Duration::from_secs);
            return Err((FetchError::Status(status), asked));
        }
        if let Some(coding) = text_of(response.headers(), "content-encoding")
            && !coding.eq_ignore_ascii_case("identity")
        {
            return Err(now(FetchError::Compressed(coding)));
        }
        let tags = Tags {
            etag: text_of(response.headers(), "etag"),
            last_modified: text_of(response.headers(), "last-modified"),
        };
        let bytes = self.read(&mut response).map_err(now)?;
        if let Some(want) = sha256 {
            let got = self::sha256(&bytes);
            if !want.trim().eq_ignore_ascii_case(got.as_str()) {
                return Err(now(FetchError::Checksum { want: want.trim().to_owned(), got }));
            }
        }
        Ok(Fetched::File { bytes, tags })
    }

    /// The answer behind the redirects, each of which must be as safe as the first address.
    fn follow(&self, address: &str, tags: &Tags) -> Result<Response<Body>, FetchError> {
        let mut address = checked(address)?;
        for _ in 0..=REDIRECTS {
            let mut request = self.agent.get(address.clone());
            if let Some(etag) = &tags.etag {
                request = request.header("if-none-match", etag);
            }
            if let Some(day) = &tags.last_modified {
                request = request.header("if-modified-since", day);
            }
            let response = request.call().map_err(FetchError::Network)?;
            let moved =
                response.status().is_redirection() && response.status() != StatusCode::NOT_MODIFIED;
            if !moved {
                return Ok(response);
            }
            let Some(to) = text_of(response.headers(), "location") else {
                return Err(FetchError::Status(response.status()));
            };
            address = checked(&absolute(&address, &to))?;
        }
        Err(FetchError::Redirects)
    }

    fn read(&self, response: &mut Response<Body>) -> Result<Vec<u8>, FetchError> {
        let largest = self.manners.largest;
        let said = response.body().content_length();
        if said.is_some_and(|it| it > largest) {
            return Err(FetchError::TooLarge(largest));
        }
        let mut bytes = Vec::new();
        let mut reader = response.body_mut().with_config().limit(u64::MAX).reader();
        let mut limited = reader.by_ref().take(largest.saturating_add(1));
        limited.read_to_end(&mut bytes).map_err(FetchError::BrokeOff)?;
        if bytes.len() as u64 > largest {
            return Err(FetchError::TooLarge(largest));
        }
        if said.is_some_and(|it| it != bytes.len() as u64) {
            return Err(FetchError::BrokeOff(std::io::ErrorKind::UnexpectedEof.into()));
        }
        Ok(bytes)
    }
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// An address that may be fetched: HTTPS, or this machine.
pub(crate) fn checked(address: &str) -> Result<Uri, FetchError> {
    let uri: Uri = address.parse().map_err(|_| FetchError::Address(address.to_owned()))?;
    let host = uri.host().ok_or_else(|| FetchError::Address(address.to_owned()))?;
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if matches!(host, "127.0.0.1" | "localhost" | "[::1]") => Ok(uri),
        Some("http") => Err(FetchError::Clear(address.to_owned())),
        _ => Err(FetchError::Address(address.to_owned())),
    }
}

/// Where a redirect leads.
fn absolute(from: &Uri, to: &str) -> String {
    let scheme = from.scheme_str().unwrap_or("https");
    let authority = from.authority().map_or("", |it| it.as_str());
    if to.contains("://") {
        to.to_owned()
    } else if let Some(rest) = to.strip_prefix("//") {
        format!("{scheme}://{rest}")
    } else if to.starts_with('/') {
        format!("{scheme}://{authority}{to}")
    } else {
        let folder = from.path().rsplit_once('/').map_or("", |it| it.0);
        format!("{scheme}://{authority}{folder}/{to}")
    }
}

/// The certificates of a file.
fn certificates(path: &Path) -> Result<Vec<Certificate<'static>>, FetchError> {
    let fail = || FetchError::Certificates(path.to_owned());
    let pem = std::fs::read(path).map_err(|_| fail())?;
    let mut found = Vec::new();
    for item in ureq::tls::parse_pem(&pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|_| fail())? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(fail()) } else { Ok(found) }
}

#[cfg(test)]
mod tests;
