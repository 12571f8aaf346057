//! The way to the provider: its addresses, asked for when somebody first wants to come in.
//!
//! A provider that is away must not keep the server from starting, nor keep out those who have
//! passwords here.

use super::{Provider, ProviderError, ProviderSettings};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};

/// How long addresses count.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// A provider that is asked for its addresses when they are needed.
#[derive(Debug)]
pub(crate) struct Door {
    settings: ProviderSettings,
    opened: Mutex<Option<(Arc<Provider>, Timestamp)>>,
}

impl Door {
    /// A door nobody went through yet.
    pub(crate) fn new(settings: ProviderSettings) -> Self {
        Self { settings, opened: Mutex::default() }
    }

    /// What the button says behind "Sign in with".
    pub(crate) fn label(&self) -> &str {
        &self.settings.label
    }

    /// The provider. Old addresses go on where new ones cannot be had.
    ///
    /// # Errors
    ///
    /// Where it cannot be reached, and never was.
    pub(crate) fn provider(&self, now: Timestamp) -> Result<Arc<Provider>, ProviderError> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let known = opened.clone();
        if let Some((provider, at)) = &known
            && now.duration_since(*at).abs() < FRESH
        {
            return Ok(Arc::clone(provider));
        }
        match (Provider::discover(self.settings.clone()), known) {
            (Ok(provider), _) => {
                let provider = Arc::new(provider);
                *opened = Some((Arc::clone(&provider), now));
                Ok(provider)
            }
            (Err(_), Some((provider, _))) => Ok(provider),
            (Err(error), None) => Err(error),
        }
    }
}
