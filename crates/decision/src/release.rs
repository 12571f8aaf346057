//! `export.toml`: what a release can do, who said so, and whom it is sold to.
//!
//! One file beside the code, written and reviewed like code. A release has components, because
//! one release is several items: the program, its console, the training that goes with it. Of each
//! it keeps the answers to the classification questions, each with the person, the day and the
//! evidence behind it. Nothing here concludes anything: [`answers`] says what may be taken from
//! the capabilities, [`read`] refuses what cannot be, [`mod@write`] keeps the file reviewable.

pub mod answers;
pub mod impact;
pub mod item;
pub mod read;
pub mod review;
pub mod write;

pub use answers::{Answered, Basis, Capabilities, Contradiction};
pub use impact::Impact;
pub use review::{ComponentReview, Finding, Review};

use crate::closed_list::closed_list;
use crate::country::Country;
use crate::eccn::{Eccn, EccnChain};
use crate::transaction::end_use::Purpose;
use crate::transaction::item::{Encryption, EncryptionCategory, EncryptionClassification, Form};
use crate::transaction::party::GovernmentLevel;
use crate::transaction::read::{Node, Reading};
use crate::transaction::record::record;
use crate::transaction::schema::schema_of;
use crate::transaction::sector::Sector;
use crate::transaction::values::{Answer, Percent, Version};
use jiff::civil::Date;
use std::collections::BTreeSet;

record! {
    /// One release of a product: what it consists of, what its makers answered, where it is sold.
    pub struct Release checked by the_release_can_be {
        /// The version of this form of file.
        format: Option<Version>,
        /// The product.
        product: String,
        /// The version of the product.
        version: String,
        /// The day of this version: the law of that day applies, and answers are older than the
        /// version if they were given before the last change of what they are about.
        date: Date,
        /// What it is, for people.
        description: Option<String>,
        /// Who makes it, as the notices and reports name it.
        maker: Option<Maker>,
        /// Its parts, each an item of its own.
        components as "component": Vec<Component>,
        /// Where and to whom it is sold today.
        markets as "market": Option<Vec<Market>>,
    }
}

record! {
    /// Who makes a product, for the notices and reports that name the maker.
    #[derive(Default)]
    pub struct Maker {
        /// Its name.
        name: Option<String>,
        /// A person who can answer for it.
        contact: Option<String>,
        /// That person's e-mail address.
        email: Option<String>,
        /// That person's telephone number.
        telephone: Option<String>,
        /// The postal address.
        address: Option<String>,
    }
}

record! {
    /// A part of a release that can leave by itself.
    pub struct Component {
        /// Its short name, unique in the file.
        id: String,
        /// Its name.
        name: Option<String>,
        /// Which part of the product it is.
        kind: ComponentKind,
        /// What it is, for people.
        description: Option<String>,
        /// What it is made of.
        form: Option<Form>,
        /// The last day on which what it does changed; the day of the version where this is left
        /// out, so that every answer is to be looked at again.
        changed: Option<Date>,
        /// What it can do.
        capabilities: Option<Held>,
        /// Answers to the classification questions.
        answers as "answer": Option<Vec<GivenAnswer>>,
        /// What BIS was told of its encryption.
        encryption: Option<Encryption>,
        /// Where anyone can get it, if anyone can: the address.
        published_at: Option<String>,
        /// For the annual report: which item type of Supp. 8(a)(6) to part 742 it is.
        report_item_type: Option<String>,
        /// For the annual report: whether it has encryption parts made outside the United States.
        foreign_components: Option<bool>,
        /// For the annual report: where outside the United States it is made; empty where nowhere.
        made_abroad_in: Option<Vec<String>>,
        /// What it was classified as when somebody last looked.
        classified: Option<Recorded>,
    }
}

closed_list! {
    /// Which part of a product a component is.
    pub enum ComponentKind is "a kind of component" {
        /// The program itself.
        Core = "core",
        /// Something that is added to it.
        PlugIn = "plug-in",
        /// The console or service from which it is used.
        Console = "console",
        /// Equipment.
        Hardware = "hardware",
        /// Training material and courses.
        TrainingMaterial = "training-material",
        /// Manuals and design documents.
        Documentation = "documentation",
        /// Source code.
        Source = "source",
        /// Work done for customers.
        Service = "service",
        /// Anything else.
        Other = "other",
    }
}

record! {
    /// What a component can do.
    #[derive(Default)]
    pub struct Held checked by the_list_can_be {
        /// The capabilities that it has, by their ids.
        list: Vec<String>,
        /// Whether the list is declared complete: then it has none of the others.
        complete: Option<bool>,
        /// Who declares it.
        by: Option<String>,
        /// On which day.
        on: Option<Date>,
    }
}

record! {
    /// An answer, and what stands behind it.
    pub struct GivenAnswer {
        /// The question, by its id.
        question: String,
        /// Yes, no, or one of the question's values.
        value: Answer,
        /// Who answered.
        by: String,
        /// On which day.
        on: Date,
        /// Which version was looked at.
        version: Option<String>,
        /// What the answer rests on.
        source: Option<Evidence>,
        /// What a reviewer should know.
        note: Option<String>,
    }
}

record! {
    /// What an answer rests on; one of these.
    #[derive(Default)]
    pub struct Evidence checked by the_evidence_can_be {
        /// A commit.
        commit: Option<String>,
        /// A design document.
        document: Option<String>,
        /// A test.
        test: Option<String>,
        /// A person who knows.
        person: Option<String>,
        /// An official determination: a commodity classification (CCATS) or a commodity
        /// jurisdiction.
        determination: Option<String>,
    }
}

record! {
    /// What a component was classified as when somebody last looked.
    pub struct Recorded {
        /// The entry; left out where none of the questionnaire's meets it.
        eccn: Option<Eccn>,
        /// The parent of a "for ..." paragraph.
        eccn_for: Option<EccnChain>,
        /// The outcome, where it is not `classified`.
        outcome: Option<String>,
        /// The day whose law was applied.
        on: Date,
        /// Who looked.
        by: Option<String>,
    }
}

record! {
    /// A kind of buyer, and where they are.
    pub struct Market {
        /// What it is called.
        name: String,
        /// The countries; every destination where this is left out.
        destinations: Option<Vec<Country>>,
        /// What the typical user is and does.
        sector: Sector,
        /// Of which level, for bodies of government.
        government_level: Option<GovernmentLevel>,
        /// How much of it governments own, in percent; presumed as in a transaction where left out.
        state_owned_percent: Option<Percent>,
        /// What they use it for.
        purposes: Vec<Purpose>,
    }
}

/// Reports what no release can say.
fn the_release_can_be<'n>(release: &Release, node: &'n Node<'n>, reading: &mut Reading<'n>) {
    if release.components.is_empty() {
        reading.problem_at("component", node, "nothing is released", "write one [[component]]");
    }
    let mut seen = BTreeSet::new();
    for component in &release.components {
        if !seen.insert(component.id.as_str()) {
            let message = format!("two components are called `{}`", component.id);
            reading.problem_at("component", node, &message, "give each an id of its own");
        }
    }
}

/// A list is complete only where somebody answers for it.
fn the_list_can_be<'n>(list: &Held, node: &'n Node<'n>, reading: &mut Reading<'n>) {
    if list.complete == Some(true) && (list.by.is_none() || list.on.is_none()) {
        let help = "add `by = \"who\"` and `on = 2026-09-24`";
        reading.problem_at("complete", node, "nobody answers for the complete list", help);
    }
}

fn the_evidence_can_be<'n>(evidence: &Evidence, node: &'n Node<'n>, reading: &mut Reading<'n>) {
    if evidence.named().count() != 1 {
        let help = "such as `source = {commit = \"1f2e3d4\"}`".to_owned();
        reading.problem(node, "a source is one thing", Some(help));
    }
}

impl Evidence {
    /// What it is, with its kind: `("commit", "1f2e3d4")`. Exactly one where it was read.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Self { commit, document, test, person, determination } = self;
        [
            ("commit", commit),
            ("document", document),
            ("test", test),
            ("person", person),
            ("determination", determination),
        ]
        .into_iter()
        .filter_map(|(kind, it)| Some((kind, it.as_deref()?)))
    }
}

impl Component {
    /// The day before which an answer is older than what it is about.
    #[must_use]
    pub fn changed(&self, release: &Release) -> Date {
        self.changed.unwrap_or(release.date)
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// The JSON Schema (2020-12) of `export.toml`; TOML carries the same keys.
#[must_use]
pub fn schema() -> serde_json::Value {
    schema_of::<Release>("Exeat export.toml, version 1")
}

#[cfg(test)]
mod tests;
