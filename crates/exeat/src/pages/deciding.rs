//! The decision on a match, there and then: who it is, why, and until when it holds.

use super::visitor::Visitor;
use super::{entry, field};
use crate::desk::fault::Fault;
use jiff::civil::Date;
use maud::{Markup, html};
use store::case::Verdict;
use store::case::command::Judgment;

/// Which match, and where the decision goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match<'a> {
    /// The address that takes it.
    pub(super) action: &'a str,
    /// Who was searched for.
    pub(super) party: &'a str,
    /// The list.
    pub(super) list: &'a str,
    /// The number of the entry.
    pub(super) entry: &'a str,
}

impl Match<'_> {
    /// The form; `hidden` is what it carries besides. `open` where nobody decided yet.
    pub(super) fn form(&self, hidden: &Markup, open: bool) -> Markup {
        let id = field::id(&format!("{} {} {}", self.party, self.list, self.entry));
        let form = html! {
            form.stack-tight method="post" action=(self.action) {
                (hidden)
                input type="hidden" name="party" value=(self.party);
                input type="hidden" name="list" value=(self.list);
                input type="hidden" name="entry" value=(self.entry);
                fieldset.field {
                    legend.small { "Is " (self.party) " this listed party?" }
                    div.choices.inline {
                        label.choice { input type="radio" name="to" value="other" required data-key=[open.then_some("x")] data-command="It is somebody else"; "No, somebody else" }
                        label.choice { input type="radio" name="to" value="same" required data-key=[open.then_some("y")] data-command="It is the listed party"; "Yes, the same" }
                    }
                }
                label.small for=(id) { "Why" }
                input.wide type="text" id=(id) name="text" required minlength="3" data-key=[open.then_some("w")] data-command="Say why";
                div.row.bottom {
                    div {
                        label.small for=(format!("{id}-until")) { "Ask again from (may stay empty)" }
                        input.short type="date" id=(format!("{id}-until")) name="until";
                    }
                    button.small type="submit" { "Decide" }
                }
            }
        };
        html! {
            div.screen-only {
                @if open { (form) } @else { details { summary.small { "Decide it anew" } (form) } }
            }
        }
    }
}

/// What a form for a decision sends.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    pub(super) csrf: String,
    party: String,
    list: String,
    entry: String,
    to: String,
    text: String,
    until: String,
    /// What was looked for, as the query of an address.
    pub(super) asked: String,
}

impl Sent {
    /// What was decided.
    ///
    /// # Errors
    ///
    /// Where it says not whether, or the day is none.
    pub(super) fn judgment(&self) -> Result<Judgment, Fault> {
        let until = match self.until.trim() {
            "" => None,
            text => Some(text.parse::<Date>().map_err(|_| {
                Fault::invalid("until", "write a day as 2026-09-24, or leave it empty")
            })?),
        };
        Ok(Judgment {
            party: self.party.clone(),
            list: self.list.clone(),
            entry: self.entry.clone(),
            verdict: match self.to.as_str() {
                "same" => Verdict::Same,
                "other" => Verdict::Other,
                _ => return Err(Fault::invalid("to", "say whether it is the listed party")),
            },
            why: self.text.trim().to_owned(),
            until,
        })
    }
}

/// What a form for a decision outside of a case carries.
pub(super) fn carried(visitor: &Visitor, asked: &str) -> Markup {
    html! {
        (entry::carried(visitor))
        @if !asked.is_empty() { input type="hidden" name="asked" value=(asked); }
    }
}
