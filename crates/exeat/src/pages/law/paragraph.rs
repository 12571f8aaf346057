//! A paragraph on a day: what its rules do, when they hold, how they came to be.

use super::condition::Condition;
use super::section::{other_day, standing, tables};
use super::{address, cite, words};
use crate::cli::rules::text::source;
use crate::desk::law as service;
use crate::pages::citation::Official;
use crate::pages::element::alert;
use crate::pages::outcome::Light;
use jiff::civil::Date;
use law::SourceFile;
use law::rulebook::{Block, BlockId, Rulebook};
use maud::{Markup, html};

/// What is read, and on which day.
pub(super) struct Reading<'l> {
    pub(super) rulebook: &'l Rulebook,
    pub(super) files: &'l [SourceFile],
    pub(super) on: Date,
    pub(super) today: Date,
}

impl Reading<'_> {
    /// The paragraph.
    pub(super) fn show(&self, asked: &str, blocks: &[BlockId]) -> Markup {
        let first = blocks.iter().find_map(|it| self.rulebook.block(*it));
        let citation = first.map_or(asked, |it| it.citation.as_str());
        let title = self.rulebook.paragraph(citation, self.on).map_or("", |it| it.title.as_str());
        let official = Official::on(self.on, self.today);
        html! {
            div.stack {
                div.stack-tight {
                    h1 { (citation) @if !title.is_empty() { " " (title) } }
                    p.small { (standing(self.rulebook, citation, self.on, official)) }
                }
                (other_day(citation, self.on))
                (tables(self.rulebook, citation, self.on))
                @if blocks.is_empty() {
                    (alert(Light::Wait, "Known, and without a rule", &html! {
                        p { "The rulebook cites this paragraph and has no rule of its own for it." }
                    }))
                }
                @for id in blocks {
                    @if let Some(block) = self.rulebook.block(*id) { (self.block(*id, block)) }
                }
                @if !blocks.is_empty() {
                    section aria-labelledby="cases" {
                        h2 id="cases" { "Cases" }
                        div {
                            p {
                                a.button href=(address(citation, self.on).replacen("/law/", "/law/cases/", 1))
                                    data-load=(address(citation, self.on).replacen("/law/", "/law/cases-part/", 1))
                                    data-command="Show the cases that exercise it" {
                                    "Show the cases that exercise it"
                                }
                            }
                        }
                    }
                }
                (self.inside(citation))
            }
        }
    }

    fn block(&self, id: BlockId, block: &Block) -> Markup {
        let text = source(block, self.files);
        let condition = Condition::of(text);
        let users = service::referring(self.rulebook, id, block, self.on);
        html! {
            article.rule id=[block.label.as_ref()] {
                h2 { span class=(format!("does {}", words::class(&block.effect))) { (words::effect(block, self.rulebook)) } }
                p.says { (block.says) }
                @if block.unverified {
                    (alert(Light::Wait, "", &html! { p { "The text behind this rule could not be verified, or may be read in more than one way. It is never taken for certain: where its condition is not false it counts as unknown." } }))
                }
                @if condition.is_empty() {
                    p.condition { strong { "Always" } }
                } @else {
                    (condition.words(self.rulebook, block, self.on))
                }
                dl.facts {
                    dt { "Law" } dd { (words::period(block)) }
                    @if let Some(by) = &block.by { dt { "Due" } dd { (by) } }
                    @if let Some(under) = &block.under { dt { "Reported under" } dd { (under) } }
                    @if let Some(source) = &block.source { dt { "Read in" } dd { (source) } }
                    @if !users.is_empty() {
                        dt { "Used by" }
                        dd.used { @for it in &users { (cite(&it.id(), self.on)) " " } }
                    }
                }
                (self.versions(block))
                details {
                    summary { "The rule as it is written" }
                    pre { (text) }
                }
            }
        }
    }

    /// The versions of a rule on a time line, where there is more than one.
    fn versions(&self, block: &Block) -> Markup {
        let versions = service::versions(self.rulebook, block);
        if versions.len() < 2 {
            return html! {};
        }
        let end = self.rulebook.epochs().last().copied().unwrap_or(self.on).max(self.today);
        let days = |day: Date| self.rulebook.from.until(day).map_or(0, |it| it.get_days()).max(0);
        let all = days(end).max(1);
        // In thousandths of the line, so that the drawing needs no floating point.
        let at = |day: Date| i64::from(days(day)) * 1000 / i64::from(all);
        html! {
            h3 { "Versions" }
            svg.line viewBox="0 0 1000 22" preserveAspectRatio="none" aria-hidden="true" {
                @for it in &versions {
                    @let from = at(it.version.from);
                    @let to = it.version.until.map_or(1000, at);
                    rect class=[std::ptr::eq(*it, block).then_some("current")] x=(from + 1) y="4" width=((to - from - 3).max(3)) height="14" {}
                }
            }
            ol.plain.versions {
                @for it in &versions {
                    li aria-current=[std::ptr::eq(*it, block).then_some("true")] {
                        a href=(address(&it.id(), it.version.from)) { (words::period(it)) }
                        ": " (it.says)
                    }
                }
            }
        }
    }

    /// The paragraphs inside this one.
    fn inside(&self, citation: &str) -> Markup {
        let Some(section) = service::section(self.rulebook, citation) else { return html! {} };
        let outline = service::outline(self.rulebook, section, self.on);
        let inner: Vec<_> = outline
            .iter()
            .filter(|it| {
                it.citation.strip_prefix(citation).is_some_and(|it| it.starts_with(['(', '.', ' ']))
            })
            .collect();
        html! {
            @if !inner.is_empty() {
                section.stack-tight aria-labelledby="inside" {
                    h2 id="inside" { "Inside it" }
                    ul.plain.hits {
                        @for it in inner {
                            li {
                                (cite(it.citation, self.on)) " "
                                @match it.blocks.first() { Some(block) => (block.says), None => (it.title) }
                            }
                        }
                    }
                }
            }
        }
    }
}
