//! Fields of a form: label, hint, control and, where something is wrong, what to do about it.
//!
//! A field that offers choices is a group with a legend; one to write in has a label. Hints and
//! errors are tied to the control, so that they are read aloud with it.

use maud::{Markup, html};

/// A field in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Field<'a> {
    /// Its name in the form.
    pub(super) name: &'a str,
    /// What is asked.
    pub(super) label: &'a str,
    /// How to answer.
    pub(super) hint: &'a str,
    /// What was answered.
    pub(super) value: &'a str,
    /// What is wrong with the answer.
    pub(super) error: Option<&'a str>,
    /// Whether it must be answered.
    pub(super) required: bool,
}

/// A choice of a field.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Choice {
    /// What is sent.
    pub(super) value: String,
    /// What is read.
    pub(super) label: String,
    /// What it means, in small letters.
    pub(super) meaning: String,
}

impl<'a> Field<'a> {
    /// A field of that name that asks this.
    pub(super) fn new(name: &'a str, label: &'a str) -> Self {
        Self { name, label, ..Self::default() }
    }

    /// The same, with how to answer.
    pub(super) fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// The same, with what was answered.
    pub(super) fn value(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    /// The same, with what is wrong.
    pub(super) fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    /// The same, to be answered in any case.
    pub(super) fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// One line to write in; `kind` is that of the input, `class` how wide it is.
    pub(super) fn line(&self, kind: &str, class: &str) -> Markup {
        self.labeled(&html! {
            input type=(kind) id=(self.id()) name=(self.name) value=(self.value) class=(class)
                required[self.required] aria-invalid=[self.error.map(|_| "true")]
                aria-describedby=[self.described()];
        })
    }

    /// Choices that are all seen; `kind` is `radio` or `checkbox`, `chosen` says which are made.
    pub(super) fn choices(
        &self,
        kind: &str,
        class: &str,
        choices: &[Choice],
        chosen: impl Fn(&str) -> bool,
    ) -> Markup {
        html! {
            fieldset class=(self.class()) id=(self.id()) aria-describedby=[self.described()] {
                legend { (self.label) }
                (self.help())
                div.control {
                    div class=(format!("choices {class}")) {
                        @for choice in choices {
                            label.choice {
                                input type=(kind) name=(self.name) value=(choice.value)
                                    checked[chosen(&choice.value)]
                                    required[self.required && kind == "radio"];
                                span {
                                    (choice.label)
                                    @if !choice.meaning.is_empty() {
                                        span.meaning { (choice.meaning) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A control of any kind under the label; it must have the id of the field.
    pub(super) fn labeled(&self, control: &Markup) -> Markup {
        html! {
            div class=(self.class()) {
                label for=(self.id()) { (self.label) }
                (self.help())
                div.control { (control) }
            }
        }
    }

    /// The id of the control, also where an error links to.
    pub(super) fn id(&self) -> String {
        id(self.name)
    }

    /// The ids of the hint and the error, where there are any.
    pub(super) fn described(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id()));
        let error = self.error.map(|_| format!("{}-error", self.id()));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn class(&self) -> &'static str {
        if self.error.is_some() { "field wrong" } else { "field" }
    }

    fn help(&self) -> Markup {
        html! {
            @if !self.hint.is_empty() { p.hint id=(format!("{}-hint", self.id())) { (self.hint) } }
            @if let Some(error) = self.error {
                p.wrong-text id=(format!("{}-error", self.id())) { (super::element::quoting(error)) }
            }
        }
    }
}

/// The id of the field of that name: names are paths, and ids have no brackets.
pub(super) fn id(name: &str) -> String {
    let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
    format!("field-{}", name.chars().map(plain).collect::<String>())
}
