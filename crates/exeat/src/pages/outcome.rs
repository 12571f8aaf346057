//! How an outcome looks: its words, its color and its sign, never the color alone.

use crate::report::words;
use decision::outcome::Outcome;
use maud::{Markup, html};

/// Whether something may go on, must wait, or must stop.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Light {
    /// It may go.
    Go,
    /// Somebody must look.
    Wait,
    /// It may not go.
    Stop,
}

impl Light {
    /// The light of an outcome.
    pub(super) fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::NotAnExport
            | Outcome::NotSubject
            | Outcome::NoLicenseRequired
            | Outcome::LicenseException => Self::Go,
            Outcome::NeedsReview => Self::Wait,
            Outcome::LicenseRequired | Outcome::Prohibited => Self::Stop,
        }
    }

    /// The class of the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Wait => "wait",
            Self::Stop => "stop",
        }
    }

    /// Its sign: a tick, a pause, a bar.
    pub(super) fn sign(self) -> Markup {
        let path = match self {
            Self::Go => "M2.5 8.5l3.5 3.5 7.5-8",
            Self::Wait => "M5 3v10M11 3v10",
            Self::Stop => "M3 3l10 10M13 3L3 13",
        };
        html! {
            svg viewBox="0 0 16 16" aria-hidden="true" {
                path fill="none" stroke="currentColor" stroke-width="2.25" stroke-linecap="round"
                    stroke-linejoin="round" d=(path) {}
            }
        }
    }
}

/// A badge that says an outcome.
pub(super) fn badge(outcome: Outcome, exception: Option<&str>) -> Markup {
    let words = words::sentence(&words::outcome(outcome, exception));
    light(Light::of(outcome), &words)
}

/// A badge in a color, with its sign.
pub(super) fn light(light: Light, words: &str) -> Markup {
    html! { span class=(format!("badge {}", light.class())) { (light.sign()) (words) } }
}

/// The outcome of that word.
pub(super) fn named(word: &str) -> Option<Outcome> {
    Outcome::ALL.into_iter().find(|it| it.as_str() == word)
}
