//! Requests that the server sends by itself: to an identity provider, and to webhooks.
//!
//! Only over HTTPS, except on this machine; no redirect is followed, nothing large is read, and
//! nothing waits for long.

use std::time::Duration;
use ureq::http::Uri;
use ureq::{Agent, Body};

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of an answer is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// What a server answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: Vec<u8>,
}

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutgoingError {
    /// The address is not one that is asked.
    #[error("`{0}` is not an https address")]
    Address(String),
    /// The network failed.
    #[error("no answer: {0}")]
    Network(String),
}

/// Refuses an address that is not HTTPS, or HTTP on this machine.
///
/// # Errors
///
/// Where it is none.
pub(crate) fn checked(address: &str) -> Result<Uri, OutgoingError> {
    let fail = || OutgoingError::Address(address.to_owned());
    let uri: Uri = address.parse().map_err(|_| fail())?;
    let host = uri.host().ok_or_else(fail)?.trim_start_matches('[').trim_end_matches(']');
    let here =
        host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|it| it.is_loopback());
    let plain = uri.authority().is_some_and(|it| !it.as_str().contains('@'));
    match uri.scheme_str() {
        Some("https") if plain => Ok(uri),
        Some("http") if plain && here => Ok(uri),
        _ => Err(fail()),
    }
}

/// What sends requests.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing(Agent);

impl Default for Outgoing {
    fn default() -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("exeat/", env!("CARGO_PKG_VERSION")));
        Self(config.build().into())
    }
}

impl Outgoing {
    /// Fetches something.
    ///
    /// # Errors
    ///
    /// Where there is no answer.
    pub(crate) fn get(&self, address: &str) -> Result<Answer, OutgoingError> {
        let uri = checked(address)?;
        read(self.0.get(uri).header("accept", "application/json").call())
    }

    /// Sends something.
    ///
    /// # Errors
    ///
    /// Where there is no answer.
    pub(crate) fn post(
        &self,
        address: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Answer, OutgoingError> {
        let mut request = self.0.post(checked(address)?);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        read(request.send(body))
    }
}

fn read(answer: Result<ureq::http::Response<Body>, ureq::Error>) -> Result<Answer, OutgoingError> {
    let network = |it: ureq::Error| OutgoingError::Network(it.to_string());
    let mut answer = answer.map_err(network)?;
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(network)?;
    Ok(Answer { status, body })
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn only_https_is_asked_and_this_machine() {
        for good in ["https://id.example.org/a?b", "http://127.0.0.1:90/", "http://[::1]:9/x"] {
            assert!(checked(good).is_ok(), "{good}");
        }
        for bad in [
            "http://id.example.org/",
            "ftp://127.0.0.1/",
            "https://me:secret@example.org/",
            "http://127.0.0.1.example.org/",
            "file:///etc/passwd",
            "example",
        ] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
