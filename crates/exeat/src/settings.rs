//! `exeat.toml` in the data folder, and the environment: how a server is run where no flag says so.
//!
//! A flag goes before a variable (`EXEAT_LISTEN` and so on), a variable before the file. A key that
//! is not known is refused with its line: a setting that is passed over is worse than none.

pub(crate) mod openid;

use crate::data::DataFolder;
use crate::trouble::Trouble;
use openid::OpenId;
use serde::Deserialize;
use std::env::var_os;
use std::fs;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::Path;
use std::str::FromStr;

/// What is said beside the flags.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Where to listen.
    pub(crate) listen: Option<SocketAddr>,
    /// Where Prometheus finds what is counted.
    pub(crate) metrics: Option<SocketAddr>,
    /// Whether what leaves nothing behind is answered without a key.
    pub(crate) open: Option<bool>,
    /// How many requests a second each may make.
    pub(crate) rate: Option<u32>,
    /// Where the records are.
    pub(crate) records: Option<String>,
    /// Where people reach the server, such as `https://exeat.example.org`.
    pub(crate) address: Option<String>,
    /// Whether every release needs an approval.
    pub(crate) approve_all: Option<bool>,
    /// Which identity provider vouches for people.
    pub(crate) openid: Option<OpenId>,
}

impl Settings {
    /// What the environment and the file of the data folder say.
    ///
    /// # Errors
    ///
    /// Where the file or a variable cannot be understood.
    pub(crate) fn read() -> Result<Self, Trouble> {
        let file = match DataFolder::open() {
            Ok(data) => Self::file(&data.server_settings())?,
            Err(_) => Self::default(),
        };
        Ok(Self {
            listen: variable("EXEAT_LISTEN")?.or(file.listen),
            metrics: variable("EXEAT_METRICS")?.or(file.metrics),
            open: variable("EXEAT_OPEN")?.or(file.open),
            rate: variable("EXEAT_RATE")?.or(file.rate),
            // `EXEAT_RECORDS` is read where records are opened.
            records: file.records,
            address: variable("EXEAT_ADDRESS")?.or(file.address),
            approve_all: variable("EXEAT_APPROVE_ALL")?.or(file.approve_all),
            openid: OpenId::with_environment(file.openid)?,
        })
    }

    fn file(path: &Path) -> Result<Self, Trouble> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Trouble::reading(path, &error)),
        };
        Self::parse(&text).map_err(|what| {
            Trouble::new(format!("`{}`: {what}", path.display()))
                .help(
                "the keys are listen, metrics, open, rate, records, address, approve_all and openid",
            )
        })
    }

    fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }
}

fn variable<T: FromStr>(name: &str) -> Result<Option<T>, Trouble> {
    let Some(value) = var_os(name).filter(|it| !it.is_empty()) else { return Ok(None) };
    let read = value.to_str().and_then(|it| it.parse().ok());
    read.map(Some).ok_or_else(|| Trouble::new(format!("the variable {name} cannot be understood")))
}

/// What a variable lists, separated by commas or spaces.
fn list(name: &str) -> Result<Option<Vec<String>>, Trouble> {
    let text = variable::<String>(name)?;
    let parts = |it: String| {
        let parts = it.split([',', ' ']).filter(|it| !it.is_empty());
        parts.map(str::to_owned).collect()
    };
    Ok(text.map(parts))
}

#[cfg(test)]
mod tests;
