//! What pages are built from besides text: alerts, empty states, the turning of pages.

use super::outcome::Light;
use maud::{Markup, html};

/// Something that the reader must not miss.
pub(super) fn alert(light: Light, title: &str, content: &Markup) -> Markup {
    html! {
        div class=(format!("alert {}", light.class())) {
            @if !title.is_empty() { h2 { (title) } }
            (content)
        }
    }
}

/// A text in which what somebody wrote stands in backticks.
pub(super) fn quoting(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// What stands where there is nothing yet: what would be here, and how it gets here.
pub(super) fn empty(title: &str, content: &Markup) -> Markup {
    html! { div.empty { h2 { (title) } (content) } }
}

/// Links to the page before and the page after, where there are any.
pub(super) fn turning(before: Option<&str>, after: Option<&str>, shown: &str) -> Markup {
    html! {
        nav.pages aria-label="Pages" {
            @if let Some(address) = before {
                a href=(address) rel="prev" data-key="p" data-command="Previous page" { "← Previous" }
            }
            span.soft { (shown) }
            @if let Some(address) = after {
                a href=(address) rel="next" data-key="f" data-command="Next page" { "Next →" }
            }
        }
    }
}
