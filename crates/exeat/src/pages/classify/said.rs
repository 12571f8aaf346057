//! What was said of a product, as the address has it: `q.ID=yes`, `can=ID`, `name`, `on`.

use crate::clock;
use crate::pages::escaped;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What was said.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The product's name.
    pub(super) name: String,
    /// The day whose law applies; today where nobody says.
    pub(super) on: Option<Date>,
    /// What it can do.
    pub(super) can: Vec<String>,
    /// Answers, by question.
    pub(super) answers: BTreeMap<String, String>,
    /// Whether the tick list was passed.
    pub(super) began: bool,
}

impl Said {
    /// From the pairs of a query.
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        let mut said = Self::default();
        for (key, value) in pairs {
            match key.as_str() {
                "name" => said.name = value,
                "on" => said.on = value.parse().ok(),
                "can" => said.can.push(value),
                "began" => said.began = true,
                key => {
                    if let Some(question) = key.strip_prefix("q.").filter(|_| !value.is_empty()) {
                        said.answers.insert(question.to_owned(), value);
                    }
                }
            }
        }
        said
    }

    /// The day whose law applies.
    pub(super) fn day(&self) -> Date {
        self.on.unwrap_or_else(clock::today)
    }

    /// The pairs, without the answer to one question.
    fn pairs(&self, without: &str) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if !self.name.is_empty() {
            pairs.push(("name".to_owned(), self.name.clone()));
        }
        pairs.extend(self.on.map(|it| ("on".to_owned(), it.to_string())));
        if self.began {
            pairs.push(("began".to_owned(), "1".to_owned()));
        }
        pairs.extend(self.can.iter().map(|it| ("can".to_owned(), it.clone())));
        let answers = self.answers.iter().filter(|it| it.0 != without);
        pairs.extend(answers.map(|(question, it)| (format!("q.{question}"), it.clone())));
        pairs
    }

    /// The same as hidden fields, without the answer to one question.
    pub(super) fn hidden(&self, without: &str) -> Markup {
        html! {
            @for (name, value) in self.pairs(without) { input type="hidden" name=(name) value=(value); }
        }
    }

    /// The address of the interview without the answer to a question.
    pub(super) fn address(&self, without: &str) -> String {
        let pairs = self.pairs(without);
        let pairs: Vec<String> =
            pairs.iter().map(|(key, it)| format!("{}={}", escaped(key), escaped(it))).collect();
        format!("/classify?{}", pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn what_was_said_comes_back_from_its_address() {
        let pairs = [("name", "a&b \"c\""), ("can", "x"), ("q.form", "object-code"), ("odd", "1")];
        let pairs = pairs.map(|it| (it.0.to_owned(), it.1.to_owned())).to_vec();
        let said = Said::of(pairs);
        assert_eq!(said.address(""), "/classify?name=a%26b%20%22c%22&can=x&q.form=object-code");
        assert_eq!(said.address("form"), "/classify?name=a%26b%20%22c%22&can=x");
    }
}
