//! The frame that every page stands in: skip link, navigation, crumbs, content, footing.

use super::asset::{ICON, SCRIPT, STYLE};
use super::place::Place;
use super::standing::Standing;
use super::visitor::{Theme, Visitor};
use crate::desk::Desk;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, REFRESH};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// A page in the making.
#[derive(Debug)]
pub(super) struct Page<'a> {
    desk: &'a Desk,
    visitor: &'a Visitor,
    place: Place,
    title: String,
    crumbs: Vec<(String, String)>,
    status: StatusCode,
    looks_again: bool,
}

impl<'a> Page<'a> {
    /// A page with this title, in that part of the desk.
    pub(super) fn new(
        desk: &'a Desk,
        visitor: &'a Visitor,
        place: Place,
        title: impl Into<String>,
    ) -> Self {
        let title = title.into();
        let (crumbs, status) = (Vec::new(), StatusCode::OK);
        Self { desk, visitor, place, title, crumbs, status, looks_again: false }
    }

    /// The same, inside another page: its name and its address. From the outermost inward.
    pub(super) fn inside(mut self, name: impl Into<String>, address: impl Into<String>) -> Self {
        self.crumbs.push((name.into(), address.into()));
        self
    }

    /// The same, with another status than 200.
    pub(super) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The same, asked for again by the browser after two seconds while something goes on, without
    /// a script too.
    pub(super) fn looking_again(self, looks_again: bool) -> Self {
        Self { looks_again, ..self }
    }

    /// The response. The content brings its own `h1`.
    pub(super) fn show(&self, content: &Markup) -> Response {
        let headers = [(CONTENT_TYPE, "text/html; charset=utf-8")];
        let again = self.looks_again.then_some([(REFRESH, "2")]);
        (self.status, headers, again, self.frame(content).into_string()).into_response()
    }

    fn frame(&self, content: &Markup) -> Markup {
        let theme = self.visitor.theme;
        html! {
            (DOCTYPE)
            html lang="en-US" data-theme=[(theme != Theme::System).then(|| theme.as_str())] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="same-origin";
                    title { (self.title) " – Exeat" }
                    link rel="icon" href=(ICON.address()) type="image/svg+xml";
                    link rel="stylesheet" href=(STYLE.address());
                    script type="module" src=(SCRIPT.address()) {}
                }
                body {
                    a.skip href="#content" { "Skip to content" }
                    (self.masthead())
                    (self.trail())
                    main.shell id="content" tabindex="-1" { (content) }
                    (self.footing())
                }
            }
        }
    }

    fn masthead(&self) -> Markup {
        html! {
            header.masthead data-law="/law/" data-screen="/screen?name=" {
                div.shell {
                    a.brand href=(Place::Home.address()) data-key=(Place::Home.keys())
                        data-command="Go to the desk"
                        aria-current=[(self.place == Place::Home).then_some("page")] {
                        (mark()) "Exeat"
                    }
                    nav aria-label="Main" {
                        ul {
                            @for place in Place::ALL.into_iter().filter(|it| it.is_for(self.visitor)) {
                                li {
                                    a href=(place.address()) data-key=(place.keys())
                                        aria-current=[(place == self.place).then_some("true")] {
                                        (place.name())
                                    }
                                }
                            }
                        }
                    }
                    div.tools {
                        button.small.keys type="button" data-opens="palette" hidden {
                            "Find " kbd { "/" }
                        }
                        @if let Some(it) = &self.visitor.who {
                            a href="/account" data-key="g a" data-command="Your account" {
                                (it.session.account.name)
                            }
                            form method="post" action="/signout" {
                                (super::entry::carried(self.visitor))
                                button.plain type="submit" data-command="Sign out" { "Sign out" }
                            }
                        }
                    }
                }
            }
        }
    }

    fn trail(&self) -> Markup {
        html! {
            @if !self.crumbs.is_empty() {
                nav.crumbs.shell aria-label="Breadcrumbs" {
                    ol {
                        @for (name, address) in &self.crumbs {
                            li { a href=(address) { (name) } }
                        }
                        li aria-current="page" { (self.title) }
                    }
                }
            }
        }
    }

    fn footing(&self) -> Markup {
        let standing = Standing::of(self.desk);
        let chosen = self.visitor.theme;
        html! {
            footer.footing {
                div.shell {
                    ul {
                        li.old[standing.law_age > 180] {
                            "Law verified through "
                            @match standing.law {
                                Some(day) => time datetime=(day) { (day) },
                                None => "an unknown day",
                            }
                        }
                        li.old[standing.lists_are_wanting] { (standing.lists) }
                        li { "Not legal advice" }
                    }
                    div.row {
                        button.plain.small type="button" data-opens="help" hidden {
                            "Keyboard shortcuts"
                        }
                        form method="post" action="/appearance" aria-label="Appearance" {
                            "Appearance"
                            @for theme in Theme::ALL {
                                button.plain.small name="theme" value=(theme.as_str())
                                    aria-pressed=(if theme == chosen { "true" } else { "false" }) {
                                    (appearance(theme))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A part of a page, for a script that puts it where it belongs.
pub(super) fn fragment(content: &Markup) -> Response {
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    (headers, content.clone().into_string()).into_response()
}

fn appearance(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "System",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    }
}

/// The sign of the program: a door, and the way out.
fn mark() -> Markup {
    html! {
        svg viewBox="0 0 24 24" aria-hidden="true" {
            path fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round"
                stroke-linejoin="round" d="M13 3H5v18h8M10 12h11m-4-4 4 4-4 4" {}
        }
    }
}
