//! A release as TOML, always in the same order and form, so that a difference of two versions
//! shows what changed and nothing else.

use super::{Component, Evidence, GivenAnswer, Held, Maker, Market, Recorded, Release};
use crate::transaction::item::Encryption;
use crate::transaction::values::Answer;
use std::fmt::Write as _;

/// The release as `export.toml`. Comments of the file that it was read from are not in it.
#[must_use]
pub fn write(release: &Release) -> String {
    let mut out = Toml::default();
    out.raw("format", "1");
    out.text("product", Some(&release.product));
    out.text("version", Some(&release.version));
    out.raw("date", &release.date.to_string());
    out.text("description", release.description.as_deref());
    if let Some(maker) = &release.maker {
        out.maker(maker);
    }
    for component in &release.components {
        out.component(component);
    }
    for market in release.markets.iter().flatten() {
        out.market(market);
    }
    out.0
}

/// TOML in the making.
#[derive(Debug, Default)]
struct Toml(String);

impl Toml {
    fn header(&mut self, name: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "\n{name}\n");
    }

    fn raw(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.raw(key, &quoted(value));
        }
    }

    fn texts<'t>(&mut self, key: &str, values: impl Iterator<Item = &'t str>) {
        const LINE: usize = 96;
        let values: Vec<String> = values.map(quoted).collect();
        let one = format!("[{}]", values.join(", "));
        if key.len() + one.len() + 3 <= LINE {
            self.raw(key, &one);
        } else {
            self.raw(key, &format!("[\n  {},\n]", values.join(",\n  ")));
        }
    }

    fn maker(&mut self, maker: &Maker) {
        let Maker { name, contact, email, telephone, address } = maker;
        self.header("[maker]");
        self.text("name", name.as_deref());
        self.text("contact", contact.as_deref());
        self.text("email", email.as_deref());
        self.text("telephone", telephone.as_deref());
        self.text("address", address.as_deref());
    }

    fn component(&mut self, component: &Component) {
        let Component {
            id,
            name,
            kind,
            description,
            form,
            changed,
            capabilities,
            answers,
            encryption,
            published_at,
            report_item_type,
            foreign_components,
            made_abroad_in,
            classified,
        } = component;
        self.header("[[component]]");
        self.text("id", Some(id));
        self.text("name", name.as_deref());
        self.text("kind", Some(kind.as_str()));
        self.text("description", description.as_deref());
        self.text("form", form.map(super::Form::as_str));
        if let Some(changed) = changed {
            self.raw("changed", &changed.to_string());
        }
        self.text("published_at", published_at.as_deref());
        self.text("report_item_type", report_item_type.as_deref());
        self.truth("foreign_components", *foreign_components);
        if let Some(places) = made_abroad_in {
            self.texts("made_abroad_in", places.iter().map(String::as_str));
        }
        if let Some(held) = capabilities {
            self.held(held);
        }
        if let Some(encryption) = encryption {
            self.encryption(encryption);
        }
        if let Some(recorded) = classified {
            self.recorded(recorded);
        }
        for answer in answers.iter().flatten() {
            self.answer(answer);
        }
    }

    fn held(&mut self, held: &Held) {
        self.header("[component.capabilities]");
        self.texts("list", held.list.iter().map(String::as_str));
        if let Some(complete) = held.complete {
            self.raw("complete", &complete.to_string());
        }
        self.text("by", held.by.as_deref());
        if let Some(on) = held.on {
            self.raw("on", &on.to_string());
        }
    }

    fn encryption(&mut self, encryption: &Encryption) {
        let Encryption {
            classification,
            request_filed_days_ago,
            on_hold,
            category,
            nonstandard,
            open_source_notified,
        } = encryption;
        self.header("[component.encryption]");
        self.text("classification", classification.map(super::EncryptionClassification::as_str));
        if let Some(days) = request_filed_days_ago {
            self.raw("request_filed_days_ago", &days.0.to_string());
        }
        self.truth("on_hold", *on_hold);
        self.text("category", category.map(super::EncryptionCategory::as_str));
        self.truth("nonstandard", *nonstandard);
        self.truth("open_source_notified", *open_source_notified);
    }

    fn truth(&mut self, key: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.raw(key, &value.to_string());
        }
    }

    fn recorded(&mut self, recorded: &Recorded) {
        let Recorded { eccn, eccn_for, outcome, on, by } = recorded;
        self.header("[component.classified]");
        self.text("eccn", eccn.as_ref().map(super::Eccn::as_str));
        self.text("eccn_for", eccn_for.as_ref().map(ToString::to_string).as_deref());
        self.text("outcome", outcome.as_deref());
        self.raw("on", &on.to_string());
        self.text("by", by.as_deref());
    }

    fn answer(&mut self, answer: &GivenAnswer) {
        let GivenAnswer { question, value, by, on, version, source, note } = answer;
        self.header("[[component.answer]]");
        self.text("question", Some(question));
        match value {
            Answer::Yes => self.raw("value", "true"),
            Answer::No => self.raw("value", "false"),
            Answer::Value(value) => self.text("value", Some(value)),
        }
        self.text("by", Some(by));
        self.raw("on", &on.to_string());
        self.text("version", version.as_deref());
        if let Some(source) = source {
            self.raw("source", &evidence(source));
        }
        self.text("note", note.as_deref());
    }

    fn market(&mut self, market: &Market) {
        let Market { name, destinations, sector, government_level, state_owned_percent, purposes } =
            market;
        self.header("[[market]]");
        self.text("name", Some(name));
        if let Some(destinations) = destinations {
            self.texts("destinations", destinations.iter().map(|it| it.code()));
        }
        self.text("sector", Some(sector.as_str()));
        self.text("government_level", government_level.map(super::GovernmentLevel::as_str));
        if let Some(percent) = state_owned_percent {
            self.raw("state_owned_percent", &crate::trace::thousandths(percent.thousandths()));
        }
        self.texts("purposes", purposes.iter().map(|it| it.as_str()));
    }
}

fn evidence(source: &Evidence) -> String {
    let parts: Vec<String> =
        source.named().map(|(kind, it)| format!("{kind} = {}", quoted(it))).collect();
    format!("{{ {} }}", parts.join(", "))
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
