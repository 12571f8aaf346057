//! The reasons as a tree: first why a license would be needed, then what opens and what closes the
//! exceptions, each opening down to the paragraph, the table and the fact.

use super::Told;
use super::answered::{Answer, Because, Exception, Item};
use crate::pages::check::Draft;
use crate::pages::citation::Official;
use crate::report::names::Names;
use crate::report::why::NEAREST;
use crate::report::words;
use decision::outcome::Outcome;
use maud::{Markup, html};

/// How a node bears on the answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Sign {
    /// It opens the way.
    Opens,
    /// It closes the way.
    Closes,
    /// It is not known.
    Open,
    /// It is so, and by itself neither opens nor closes.
    Holds,
    /// It is not so.
    Not,
}

/// The tree in the making.
struct Tree {
    official: Official,
    names: Names,
}

/// The reasons of an answer.
pub(super) fn section(told: &Told<'_>) -> Markup {
    let transaction = Draft::of(told.form.clone()).transaction().ok();
    let names = transaction.as_ref().map(Names::of).unwrap_or_default();
    let tree = Tree { official: told.official(), names };
    html! {
        section aria-labelledby="why" id="reasons" {
            div.row.between {
                h2 id="why" { "Why" }
                button.small.screen-only type="button" data-opens-all="reasons" hidden { "Open all" }
            }
            @if told.answer.legs.is_empty() {
                (tree.of(told.answer))
            } @else {
                @for (place, leg) in told.answer.legs.iter().enumerate() {
                    @let label = leg.label.clone().unwrap_or_default();
                    h3 { "Leg " (place + 1) @if !label.is_empty() { ": " (label) } }
                    @if let Some(outcome) = crate::pages::outcome::named(&leg.outcome) {
                        p { (crate::pages::outcome::badge(outcome, leg.exception.as_deref())) }
                    }
                    (tree.of(leg))
                }
            }
        }
    }
}

impl Tree {
    fn of(&self, answer: &Answer) -> Markup {
        let top = |effect: &str, truth: Option<bool>| {
            let held = answer.because.iter().filter(|it| it.effect == effect && it.truth == truth);
            held.collect::<Vec<_>>()
        };
        let outside = top("exclude", Some(true));
        let needs = requirements(&answer.because);
        let doubts: Vec<&Because> = answer
            .because
            .iter()
            .filter(|it| {
                it.truth.is_none() && matches!(it.effect.as_str(), "exclude" | "prohibition")
            })
            .filter(|it| requirements(std::slice::from_ref(it)).is_empty())
            .collect();
        let aside: Vec<&Because> = top("prohibition", Some(false));
        html! {
            @if !outside.is_empty() {
                h3 { "Outside the regulation" }
                ul.reasons { @for it in outside { (self.node(it, answer)) } }
            }
            @if !needs.is_empty() {
                h3 { "A license would be needed" }
                ul.reasons { @for it in needs { (self.node(it, answer)) } }
            }
            @for item in &answer.items { (self.exceptions(item, answer)) }
            @if !doubts.is_empty() {
                h3 { "Not known yet" }
                ul.reasons { @for it in doubts { (self.node(it, answer)) } }
            }
            @if !aside.is_empty() {
                ul.reasons {
                    (self.folded(&format!("{} general prohibitions do not apply", aside.len()), &aside, answer))
                }
            }
        }
    }

    fn exceptions(&self, item: &Item, answer: &Answer) -> Markup {
        let meant =
            |it: &&Exception| item.exception.as_deref().is_none_or(|chosen| chosen == it.symbol);
        let (shown, unopened): (Vec<&Exception>, Vec<&Exception>) =
            item.exceptions.iter().filter(meant).partition(|it| may_open(it));
        let several = answer.items.len() > 1;
        let far = unopened.iter().filter(|it| it.nearly == 0);
        let symbols: Vec<&str> = far.map(|it| it.symbol.as_str()).collect();
        html! {
            @for exception in shown { (self.exception(item, exception, several, answer)) }
            @if item.exception.is_none() {
                @for exception in unopened.iter().filter(|it| it.nearly > 0) {
                    h3 {
                        (exception.symbol) " does not open, for one thing"
                        @if several { span.soft { " – " (item.title()) } }
                    }
                    ul.reasons {
                        @for it in exception.because.iter().take(exception.nearly.min(NEAREST)) {
                            (self.node(it, answer))
                        }
                    }
                }
            }
            @if !symbols.is_empty() && item.exception.is_none() {
                p.small.soft {
                    "Nothing that was said opens " (words::and(&symbols)) "."
                    @if several { " (" (item.title()) ")" }
                }
            }
        }
    }

    fn exception(
        &self,
        item: &Item,
        exception: &Exception,
        several: bool,
        answer: &Answer,
    ) -> Markup {
        let name = words::authorization(&exception.symbol);
        let name = words::sentence(&name);
        let verb = match exception.available {
            Some(true) => "covers it",
            Some(false) => "does not cover it",
            None => "may cover it",
        };
        let (aside, shown): (Vec<&Because>, Vec<&Because>) = exception
            .because
            .iter()
            .partition(|it| it.truth == Some(false) && spared(it).is_empty());
        html! {
            h3 {
                (name) " " (verb)
                @if several { span.soft { " – " (item.title()) } }
            }
            ul.reasons {
                @for it in shown { (self.node(it, answer)) }
                @if !exception.not_overcome.is_empty() && exception.available == Some(false) {
                    li {
                        div.reason {
                            (sign(Sign::Closes))
                            span.said {
                                "It does not overcome " (words::and(&exception.not_overcome)) "."
                            }
                        }
                    }
                }
                @if !aside.is_empty() {
                    @let text = match aside.len() {
                        1 => "1 paragraph was looked at and does not apply".to_owned(),
                        count => format!("{count} paragraphs were looked at and do not apply"),
                    };
                    (self.folded(&text, &aside, answer))
                }
            }
        }
    }

    /// Nodes behind one line.
    fn folded(&self, title: &str, nodes: &[&Because], answer: &Answer) -> Markup {
        html! {
            li {
                details {
                    summary { div.reason.untrue { (sign(Sign::Not)) span.said { (title) } } }
                    ul { @for it in nodes { (self.node(it, answer)) } }
                }
            }
        }
    }

    fn node(&self, node: &Because, answer: &Answer) -> Markup {
        let lifted = spared(node);
        let mark = if lifted.is_empty() { bears(node, answer) } else { Sign::Opens };
        let mut inner: Vec<&Because> = Vec::new();
        for it in &node.because {
            if !inner.iter().any(|known| same(known, it)) {
                inner.push(it);
            }
        }
        let facts = self.facts(node);
        // What opens must not hold a link: there the official text is linked from within.
        let opens = !inner.is_empty();
        let cited = |citation: &str| {
            if opens {
                html! { span.cite { (citation) } }
            } else {
                self.official.cite(citation)
            }
        };
        let said = html! {
            div.reason.untrue[mark == Sign::Not] {
                (sign(mark))
                span.said {
                    @if node.effect == "table" { (facts) " " (cited(&node.citation)) }
                    @else if let Some(first) = lifted.first() {
                        (first.text) " " (cited(&first.citation))
                        span.because { "Otherwise: " (node.text) " " (cited(&node.citation)) }
                    }
                    @else { (node.text) " " (cited(&node.citation)) }
                    @if node.effect != "table" && !facts.is_empty() { span.because { (facts) } }
                }
            }
        };
        html! {
            li {
                @if opens {
                    details {
                        summary { (said) }
                        ul {
                            (self.source(lifted.first().map_or(node, |it| it)))
                            @for it in inner { (self.node(it, answer)) }
                        }
                    }
                } @else { (said) }
            }
        }
    }

    /// The way to the official text of what opened.
    fn source(&self, node: &Because) -> Markup {
        html! {
            @if let Some(address) = self.official.address(&node.citation) {
                li.small.official {
                    a href=(address) rel="external noreferrer" {
                        "Official text of " (node.citation)
                    }
                }
            }
        }
    }

    /// The facts that a node read, in words.
    fn facts(&self, node: &Because) -> String {
        let worked_out = ["counts-as-", ".ghost", ".who", ".outcome", "exception-used"];
        let facts: Vec<(&str, bool)> = node
            .facts
            .iter()
            .map(String::as_str)
            .filter(|it| !worked_out.iter().any(|inner| it.contains(inner)))
            .filter(|it| !it.ends_with(" = self"))
            .filter(|it| !(it.contains(".eccn = no") || it.contains(".eccn = yes")))
            .map(|it| (it, node.truth == Some(true)))
            .collect();
        words::sentence(&self.names.facts(&facts))
    }
}

/// Whether something opens an exception, or may.
fn may_open(exception: &Exception) -> bool {
    exception.because.iter().any(|it| it.effect == "allow" && it.truth != Some(false))
}

/// The nodes that ask for a license, at whatever depth.
fn requirements(nodes: &[Because]) -> Vec<&Because> {
    let mut found = Vec::new();
    for node in nodes {
        if node.effect.starts_with("require") || node.effect == "prohibit" {
            if node.truth != Some(false) {
                found.push(node);
            }
        } else if node.effect == "prohibition" && node.truth != Some(false) {
            let inner = requirements(&node.because);
            if inner.is_empty() && node.truth == Some(true) {
                found.push(node);
            }
            found.extend(inner);
        }
    }
    found
}

/// What lifts a bar that would otherwise stand in the way.
fn spared(node: &Because) -> Vec<&Because> {
    if node.effect != "bar" || node.truth != Some(false) {
        return Vec::new();
    }
    let (exempt, own): (Vec<&Because>, Vec<&Because>) =
        node.because.iter().partition(|it| it.effect == "exempt");
    if own.iter().any(|it| it.truth == Some(false)) {
        return Vec::new();
    }
    exempt.into_iter().filter(|it| it.truth == Some(true)).collect()
}

fn bears(node: &Because, answer: &Answer) -> Sign {
    let may_go = crate::pages::outcome::named(&answer.outcome).is_some_and(Outcome::is_permissive);
    match (node.effect.as_str(), node.truth) {
        (_, None) => Sign::Open,
        (_, Some(false)) => Sign::Not,
        ("allow" | "exempt" | "exclude", Some(true)) => Sign::Opens,
        ("bar" | "prohibit", Some(true)) => Sign::Closes,
        ("prohibition", Some(true)) if !may_go => Sign::Closes,
        (effect, Some(true)) if effect.starts_with("require") && !may_go => Sign::Closes,
        (_, Some(true)) => Sign::Holds,
    }
}

/// Whether two nodes say the same.
fn same(a: &Because, b: &Because) -> bool {
    a.citation == b.citation && a.text == b.text && a.facts == b.facts && a.truth == b.truth
}

fn sign(sign: Sign) -> Markup {
    let (class, text, path) = match sign {
        Sign::Opens => ("opens", "Opens the way: ", "M2.5 8.5l3.5 3.5 7.5-8"),
        Sign::Closes => ("closes", "Stands in the way: ", "M3 3l10 10M13 3L3 13"),
        Sign::Open => {
            ("open", "Not known: ", "M5.5 5.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1 1-1.1 1.8M8 13v.2")
        }
        Sign::Holds => ("yes", "So it is: ", "M6.5 8a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0"),
        Sign::Not => ("not", "Does not apply: ", "M4 8h8"),
    };
    html! {
        span class=(format!("sign {class}")) {
            span.unseen { (text) }
            svg viewBox="0 0 16 16" aria-hidden="true" {
                path fill="none" stroke="currentColor" stroke-width="2.25" stroke-linecap="round"
                    stroke-linejoin="round" d=(path) {}
            }
        }
    }
}
