//! The licenses of a case: what each says, and the form that records one. What it must cover is said
//! beside the form and never filled in: a license is recorded as it reads.

use super::act::{Sent, hidden};
use crate::desk::cases::Shown;
use crate::desk::fault::Fault;
use crate::desk::permission::{Permission, Whose};
use crate::pages::visitor::Visitor;
use crate::report::words;
use decision::{Country, Eccn, Outcome};
use jiff::civil::Date;
use maud::{Markup, html};
use store::case::authorization::{Authorization, Granted};
use store::case::coverage::{BIS, Needed, OFAC};

/// What is sent to record one.
pub(super) const RECORD: &str = "authorize";

/// The panel at the side: nothing where no license is held or asked for.
pub(super) fn panel(visitor: &Visitor, shown: &Shown, sent: Option<&Sent>) -> Markup {
    let case = &shown.case;
    let may =
        case.closed.is_none() && visitor.actor().may(Permission::Handle, Whose::Anyone).is_ok();
    let wanted = case.outcome() == Some(Outcome::LicenseRequired);
    if case.authorizations.is_empty() && !(may && wanted) {
        return html! {};
    }
    let needed = case.determination.finding.as_ref().and_then(|it| it.needed.as_deref());
    html! {
        section.panel aria-labelledby="licenses" {
            h2 id="licenses" { "Licenses" }
            @for it in &case.authorizations { (held(it)) }
            @if wanted {
                p.screen-only { a.button.small href=(format!("/cases/{}/application", shown.id)) { "Draft the license application" } }
            }
            @if may && wanted {
                details open[sent.is_some()] {
                    summary { "Record a license" }
                    (form(visitor, shown, sent.unwrap_or(&Sent::default()), needed))
                }
            }
        }
    }
}

/// A license that is held.
fn held(it: &Authorization) -> Markup {
    let granted = &it.granted;
    let until = granted.until.and_then(|it| it.yesterday().ok());
    html! {
        dl.facts {
            dt { (granted.agency) " " (granted.number) }
            dd {
                @if it.is_live() { "Counts" } @else { strong { (words::sentence(it.state.as_str())) } }
                @if let Some(from) = granted.from { " from " (from) }
                @if let Some(last) = until { " through " (last) }
            }
            @if !granted.destinations.is_empty() { dt { "Destinations" } dd { (granted.destinations.join(", ")) } }
            @if !granted.items.is_empty() { dt { "ECCNs" } dd { (granted.items.join(", ")) } }
            @if !granted.parties.is_empty() { dt { "Parties" } dd { (granted.parties.join("; ")) } }
            @if let Some(quantity) = granted.quantity { dt { "Quantity" } dd { (quantity) " in all" } }
            @if let Some(value) = granted.value_usd { dt { "Value" } dd { "US$ " (value) " in all" } }
            dt { "Scope" } dd { (granted.scope) }
        }
    }
}

/// What the transaction needs, so that it can be compared with the license at hand.
fn wanted(needed: &Needed) -> Markup {
    let items: Vec<&str> = needed.items.iter().filter_map(|it| it.eccn.as_deref()).collect();
    let places: Vec<&str> = needed.destinations.iter().map(String::as_str).collect();
    let parties: Vec<String> = needed
        .parties
        .iter()
        .map(|it| format!("{} ({})", it.names.first().map_or("nobody named", |it| it), it.role))
        .collect();
    html! {
        p.small {
            "This case needs " (needed.agencies.join(" or ")) " for " (places.join(", "))
            ", for " (items.join(", "))
            @if !parties.is_empty() { ", for " (parties.join("; ")) }
            ". Several licenses may share it, where each line is covered by one of them as a whole: to every place, with everybody named."
        }
    }
}

fn form(visitor: &Visitor, shown: &Shown, sent: &Sent, needed: Option<&Needed>) -> Markup {
    let text = |name: &str, label: &str, help: &str, value: &str, required: bool| {
        let id = format!("license-{name}");
        html! {
            div {
                label for=(id) { (label) }
                input.wide type="text" id=(id) name=(name) value=(value) required[required]
                    aria-describedby=(format!("{id}-help"));
                p.small.soft id=(format!("{id}-help")) { (help) }
            }
        }
    };
    let day = |name: &str, label: &str, value: &str, required: bool| {
        let id = format!("license-{name}");
        html! {
            div {
                label for=(id) { (label) }
                input type="date" id=(id) name=(name) value=(value) required[required];
            }
        }
    };
    html! {
        form.stack-tight.screen-only method="post" action=(format!("/cases/{}/act", shown.id)) {
            (hidden(visitor, shown, RECORD))
            @if let Some(needed) = needed { (wanted(needed)) }
            p.small.soft { "Copy what the license says, and no more: what goes beyond it is not released." }
            (text("number", "Number", "As it stands on the license, such as D1234567.", &sent.number, true))
            div {
                label for="license-agency" { "Agency" }
                select id="license-agency" name="agency" {
                    @for it in [BIS, OFAC] { option value=(it) selected[sent.agency == it] { (it) } }
                }
            }
            div.row.bottom {
                (day("from", "Counts from (may stay empty)", &sent.from, false))
                (day("until", "First day on which it no longer counts", &sent.until, true))
            }
            (text("destinations", "Destinations", "Countries, with commas between, such as VN, Thailand.", &sent.destinations, true))
            (text("items", "ECCNs", "With commas between, such as 4D004, 5A001.j.", &sent.items, true))
            div {
                label for="license-parties" { "Parties that it names" }
                textarea.wide id="license-parties" name="parties" rows="3" required aria-describedby="license-parties-help" { (sent.parties) }
                p.small.soft id="license-parties-help" { "One a line, by the name in the license." }
            }
            (text("quantity", "Quantity in all", "A whole number, where the license limits it.", &sent.quantity, false))
            (text("value_usd", "Value in all, in US dollars", "A whole number, where the license limits it.", &sent.value_usd, false))
            div {
                label for="license-scope" { "End use and conditions" }
                textarea.wide.low id="license-scope" name="text" rows="3" required { (sent.text) }
            }
            button type="submit" { "Record the license" }
        }
    }
}

/// What a form says of a license.
///
/// # Errors
///
/// The field that cannot be read, with what to write.
pub(super) fn granted(sent: &Sent) -> Result<Granted, Fault> {
    let day = |text: &str, field: &'static str| match text.trim() {
        "" => Ok(None),
        text => text
            .parse::<Date>()
            .map(Some)
            .map_err(|_| Fault::invalid(field, "write a day as 2026-09-24")),
    };
    let until = day(&sent.until, "until")?;
    if until.is_none() {
        return Err(Fault::invalid("until", "say from which day on it no longer counts"));
    }
    Ok(Granted {
        number: sent.number.trim().to_owned(),
        agency: sent.agency.trim().to_owned(),
        scope: sent.text.trim().to_owned(),
        from: day(&sent.from, "from")?,
        until,
        destinations: list(&sent.destinations, ",", "destinations", |it| {
            let place = country(it).ok_or_else(|| format!("`{it}` is no country"))?;
            Ok(place.code().to_owned())
        })?,
        items: list(&sent.items, ",", "items", |it| match it.to_uppercase().as_str() {
            "EAR99" => Ok("EAR99".to_owned()),
            upper => {
                let read = it.parse::<Eccn>().or_else(|_| upper.parse());
                read.map(|it| it.to_string()).map_err(|_| format!("`{it}` is no ECCN"))
            }
        })?,
        parties: list(&sent.parties, "\n", "parties", |it| Ok(it.to_owned()))?,
        quantity: whole(&sent.quantity, "quantity")?,
        value_usd: whole(&sent.value_usd, "value_usd")?,
    })
}

fn country(text: &str) -> Option<Country> {
    let upper = text.to_uppercase();
    let named = || Country::all().find(|it| it.name().eq_ignore_ascii_case(text));
    upper.parse().ok().or_else(named)
}

fn list(
    text: &str,
    between: &str,
    field: &'static str,
    one: impl Fn(&str) -> Result<String, String>,
) -> Result<Vec<String>, Fault> {
    let parts = text.split(between).map(str::trim).filter(|it| !it.is_empty());
    parts.map(|it| one(it).map_err(|wrong| Fault::invalid(field, wrong))).collect()
}

/// A whole number in digits: what a comma or a point between them means depends on who wrote it.
fn whole(text: &str, field: &'static str) -> Result<Option<u64>, Fault> {
    match text.trim() {
        "" => Ok(None),
        digits if digits.bytes().all(|it| it.is_ascii_digit()) => {
            digits.parse().map(Some).map_err(|_| Fault::invalid(field, "the number is too large"))
        }
        _ => {
            Err(Fault::invalid(field, "write a whole number in digits, with nothing between them"))
        }
    }
}

#[cfg(test)]
mod tests;
