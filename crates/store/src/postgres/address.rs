//! Where a database is, and whether the way there is encrypted.
//!
//! An address is a URL as PostgreSQL's own programs take it. Beyond this machine a connection is
//! made over TLS, with the server's certificate and name verified, unless the address says
//! `sslmode=disable`; modes that encrypt without knowing to whom, or fall back to clear text, are
//! refused.

use crate::error::Error;
use ::postgres::Config;
use ::postgres::config::{Host, SslMode};
use percent_encoding::percent_decode_str;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// What an address says.
#[derive(Clone)]
pub(super) struct Address {
    /// Server, database, user and password.
    pub(super) config: Config,
    /// How to encrypt; `None` where connections are in clear text.
    pub(super) tls: Option<MakeRustlsConnect>,
}

impl Address {
    /// Reads an address, and the certificates that it names.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where it is none, or a certificate cannot be used.
    pub(super) fn parse(address: &str) -> Result<Self, Error> {
        let (rest, options) = Options::parse(address)?;
        let wrong = |error: ::postgres::Error| {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            refused(cause.unwrap_or_default())
        };
        let mut config: Config = rest.parse().map_err(wrong)?;
        let encrypts = options.encrypts.unwrap_or_else(|| !is_here(&config));
        config.ssl_mode(if encrypts { SslMode::Require } else { SslMode::Disable });
        let tls = encrypts.then(|| options.connector()).transpose()?;
        Ok(Self { config, tls })
    }
}

/// What an address says about encryption.
#[derive(Debug, Default)]
struct Options {
    encrypts: Option<bool>,
    roots: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
}

impl Options {
    /// Takes the options out of an address; what remains is the client's to read.
    fn parse(address: &str) -> Result<(String, Self), Error> {
        // A password may have a question mark in it.
        let credentials = address.rfind('@').unwrap_or(0);
        let (before, after) = address.split_at(credentials);
        let Some((place, query)) = after.split_once('?') else {
            return Ok((address.to_owned(), Self::default()));
        };
        let mut options = Self::default();
        let mut others = Vec::new();
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8_lossy();
            let path = || Some(PathBuf::from(value.as_ref()));
            match key {
                "sslmode" => options.encrypts = Some(mode(&value)?),
                "sslrootcert" => options.roots = path(),
                "sslcert" => options.certificate = path(),
                "sslkey" => options.key = path(),
                _ => others.push(pair),
            }
        }
        let question = if others.is_empty() { "" } else { "?" };
        Ok((format!("{before}{place}{question}{}", others.join("&")), options))
    }

    /// How connections are encrypted.
    fn connector(&self) -> Result<MakeRustlsConnect, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(refused)?
            .with_root_certificates(self.roots()?);
        let config = match (&self.certificate, &self.key) {
            (None, None) => builder.with_no_client_auth(),
            (Some(certificate), Some(key)) => {
                let chain = certificates("sslcert", certificate)?;
                let found = PrivateKeyDer::from_pem_file(key);
                let key = found.map_err(|error| unread("sslkey", key, error))?;
                builder.with_client_auth_cert(chain, key).map_err(refused)?
            }
            _ => return Err(refused("`sslcert` and `sslkey` are given together")),
        };
        Ok(MakeRustlsConnect::new(config))
    }

    /// Whose certificates are believed: those of `sslrootcert`, else those of the web.
    fn roots(&self) -> Result<RootCertStore, Error> {
        let mut roots = RootCertStore::empty();
        match &self.roots {
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Some(path) => {
                for certificate in certificates("sslrootcert", path)? {
                    let added = roots.add(certificate);
                    added.map_err(|error| unread("sslrootcert", path, error))?;
                }
            }
        }
        Ok(roots)
    }
}

/// Whether connections are to be encrypted.
fn mode(value: &str) -> Result<bool, Error> {
    match value {
        "disable" => Ok(false),
        "require" | "verify-full" => Ok(true),
        "allow" | "prefer" => Err(refused(format!(
            "`sslmode={value}` falls back to clear text: write `verify-full`, or `disable` where \
             the network is yours alone"
        ))),
        "verify-ca" => Err(refused(
            "`sslmode=verify-ca` takes any server of the authority for the right one: write \
             `verify-full`",
        )),
        other => Err(refused(format!("`sslmode={other}` is not `disable` or `verify-full`"))),
    }
}

/// Whether the server is on this machine, however it is reached.
fn is_here(config: &Config) -> bool {
    let is_loopback = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|it: std::net::IpAddr| it.is_loopback())
        }
    };
    config.get_hosts().iter().all(is_loopback)
        && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback)
}

/// The certificates of a file.
fn certificates(option: &str, path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let found = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
    let found: Vec<_> = found.map_err(|error: pem::Error| unread(option, path, error))?;
    if found.is_empty() {
        return Err(unread(option, path, "it holds no certificate"));
    }
    Ok(found)
}

fn unread(option: &str, path: &Path, error: impl Display) -> Error {
    refused(format!("`{option}={}` cannot be used: {error}", path.display()))
}

fn refused(what: impl Display) -> Error {
    Error::refused(format!("the address of the database: {what}"))
}

#[cfg(test)]
mod tests;
