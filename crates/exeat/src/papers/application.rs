//! The draft of a license application: what a SNAP-R application asks, by the blocks of form BIS-748P,
//! as far as the transaction tells it. What it does not tell is blank; nothing is made up.
//!
//! Source: 15 CFR 748.4, 748.6, Supp. No. 1 to part 748.

use crate::api::fields::{Object, Type, field};
use crate::json::Writer;
use crate::report::markdown::escape;
use crate::report::page::{DIM, PLAIN, Page, STRONG, YELLOW, styled, whole};
use crate::report::words;
use decision::transaction::values::Amount;
use decision::transaction::{Activity, Item, Leg, Party, Role, Transaction};
use decision::{Determination, Outcome};
use maud::{Markup, html};
use std::fmt::Write as _;

/// What stands for something that the transaction does not tell.
const BLANK: &str = "____________";

/// A draft for one movement that needs a license.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Application {
    /// What the leg is called, where there are several.
    label: Option<String>,
    /// The blocks, in the order of the form.
    blocks: Vec<Block>,
    /// Why a license is required: reason, paragraph, what it says.
    reasons: Vec<[String; 3]>,
    /// How it would be reviewed: policy, paragraph, what it says.
    policy: Option<[String; 3]>,
    /// What is to be cleared up before it is sent.
    before: Vec<String>,
}

/// A block of the form.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Block {
    number: &'static str,
    title: &'static str,
    /// What it asks, and what is known of it.
    parts: Vec<Part>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Part {
    title: String,
    /// `None` is blank.
    text: Option<String>,
}

fn part(title: &str, text: Option<String>) -> Part {
    Part { title: title.to_owned(), text: text.filter(|it| !it.trim().is_empty()) }
}

/// The drafts: one for each leg that needs a license.
pub(crate) fn drafts(
    transaction: &Transaction,
    determination: &Determination<'_>,
) -> Vec<Application> {
    let answers = match determination.legs.as_slice() {
        [] => std::slice::from_ref(determination),
        legs => legs,
    };
    let legs = transaction.legs();
    let each = legs.iter().zip(answers);
    let needed = each.filter(|(_, answer)| answer.outcome == Outcome::LicenseRequired);
    needed.map(|(leg, answer)| Application::of(leg, answer)).collect()
}

impl Application {
    fn of(leg: &Leg<'_>, answer: &Determination<'_>) -> Self {
        let mut reasons: Vec<[String; 3]> = Vec::new();
        for it in answer.items.iter().flat_map(|it| &it.requirements) {
            let reason = [it.reason, it.citation, it.says].map(str::to_owned);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let policy = answer.review_policy.as_ref();
        let questions = answer.questions.iter().map(|it| it.ask.clone());
        let flags = answer.flags.iter().filter(|it| !it.resolved && !it.truth.is_false());
        let flags = flags.map(|it| format!("Red flag, not resolved: {} [{}]", it.why, it.citation));
        let referrals = answer.referrals.iter();
        let referrals =
            referrals.map(|it| format!("Ask {} too: {} [{}]", it.agency, it.why, it.citation));
        Self {
            label: leg.label.map(str::to_owned),
            blocks: blocks(leg, answer),
            reasons,
            policy: policy.map(|it| [it.policy, it.citation, it.says].map(str::to_owned)),
            before: flags.chain(referrals).chain(questions).collect(),
        }
    }
}

/// What each block asks, and what is known of it.
fn blocks(leg: &Leg<'_>, answer: &Determination<'_>) -> Vec<Block> {
    let blank = |title: &str| part(title, None);
    let block = |number, title, parts| Block { number, title, parts };
    let of = |roles: &[Role]| -> Vec<&Party> {
        let parties = leg.parties.unwrap_or_default().iter();
        parties.filter(|it| roles.contains(&it.role)).collect()
    };
    let held: Vec<String> =
        leg.documents_held.unwrap_or_default().iter().map(|it| plain(it.as_str())).collect();
    let person = [Role::Employee, Role::Contractor, Role::Student, Role::Visitor, Role::Traveler];
    let users = if leg.activity.is_deemed() { of(&person) } else { of(&[Role::EndUser]) };
    let items = needed_items(leg, answer);
    let mut blocks = vec![
        block("1-3", "Contact", vec![blank("Name"), blank("Telephone"), blank("E-mail or fax")]),
        block("4", "Date of application", vec![blank("Date")]),
        block("5", "Type of application", vec![part("Type", kind(leg.activity))]),
        block(
            "6-7",
            "Documents",
            vec![
                part("Held, to be submitted or kept on file", some(&held)),
                blank("Others that are submitted"),
            ],
        ),
        block("9", "Special purpose", vec![part("Purpose", special(leg.activity))]),
        block(
            "10-13",
            "Earlier applications and certificates",
            vec![
                blank("Application that this resubmits, or license that it replaces"),
                blank("Import or end-user certificate"),
            ],
        ),
        block("14", "Applicant", vec![]),
        block(
            "15",
            "Other party authorized to receive the license",
            vec![blank("Name and address")],
        ),
        block("16", "Purchaser", vec![]),
        block("17", "Intermediate consignee", vec![]),
        block("18", "Ultimate consignee", vec![]),
        block("19", "End user", users.iter().flat_map(|it| party(it)).collect()),
        block(
            "21",
            "Specific end use",
            vec![
                part(
                    "Purposes",
                    leg.end_use.and_then(|it| it.purposes.as_ref()).and_then(|it| {
                        some(&it.iter().map(|it| plain(it.as_str())).collect::<Vec<_>>())
                    }),
                ),
                part("In words", leg.end_use.and_then(|it| it.description.clone())),
            ],
        ),
    ];
    for (number, roles) in [
        ("14", &[Role::Applicant, Role::Seller][..]),
        ("16", &[Role::Purchaser]),
        ("17", &[Role::IntermediateConsignee]),
        ("18", &[Role::UltimateConsignee]),
    ] {
        if let Some(it) = blocks.iter_mut().find(|it| it.number == number) {
            // Who applies is named first; a seller only where nobody else is.
            let mut found = of(roles);
            if found.iter().any(|it| it.role == Role::Applicant) {
                found.retain(|it| it.role == Role::Applicant);
            }
            it.parts = found.iter().flat_map(|it| party(it)).collect();
        }
    }
    for it in blocks.iter_mut().filter(|it| it.parts.is_empty()) {
        it.parts = ["Name", "Address", "Country"].map(blank).into();
    }
    for (finding, given) in &items {
        blocks.push(Block { number: "22", title: "Item", parts: item(finding.as_deref(), given) });
    }
    let values: Option<Vec<i64>> =
        items.iter().map(|it| it.1.value_usd.map(Amount::thousandths)).collect();
    let total = values.filter(|it| !it.is_empty()).map(|it| dollars(it.iter().sum()));
    blocks.push(block("23", "Total application value in US dollars", vec![part("Value", total)]));
    blocks.push(block("24", "Additional information", additional(leg)));
    blocks.push(block("25", "Signature", vec![blank("Signed by the applicant")]));
    blocks
}

/// The items that need a license, with their classification; all, where the answer is not about
/// items.
fn needed_items<'t>(leg: &Leg<'t>, answer: &Determination<'_>) -> Vec<(Option<String>, &'t Item)> {
    let given = leg.items.unwrap_or_default();
    let required = |it: Outcome| it >= Outcome::LicenseRequired;
    let any = answer.items.iter().any(|it| required(it.outcome));
    let needed = answer.items.iter().filter(|it| !any || required(it.outcome));
    needed.filter_map(|it| Some((it.eccn.clone(), given.get(it.index)?))).collect()
}

fn item(eccn: Option<&str>, it: &Item) -> Vec<Part> {
    let entry = eccn.map(|eccn| match &it.eccn_for {
        Some(of) => format!("{eccn} for {of}"),
        None => eccn.to_owned(),
    });
    let what = [it.name.clone(), it.description.clone()].into_iter().flatten().collect::<Vec<_>>();
    vec![
        part("(a) ECCN", entry),
        part("(c) Model number", None),
        part("(d) CCATS number", None),
        part("(e) Quantity", it.quantity.map(|it| number(it.thousandths()))),
        part("(f) Units", None),
        part("(g) Unit price", None),
        part("(h) Total price in US dollars", it.value_usd.map(|it| dollars(it.thousandths()))),
        part("(i) Manufacturer", None),
        part("(j) Technical description, begun by what is known", some(&what)),
        part("Form", it.form.map(|it| plain(it.as_str()))),
    ]
}

fn party(it: &Party) -> Vec<Part> {
    let of = |country: decision::Country| format!("{} ({country})", country.name());
    let mut parts = vec![
        part("Name", it.name.clone()),
        part("Address", it.address.clone()),
        part("Country", it.country.map(of)),
    ];
    let nationalities =
        it.nationalities.iter().flatten().map(|it| of(it.country)).collect::<Vec<_>>();
    parts.extend(some(&nationalities).map(|it| part("Citizenships and residencies", Some(it))));
    parts
}

/// What may help a reviewer and has no block of its own.
fn additional(leg: &Leg<'_>) -> Vec<Part> {
    let place = |it: Option<decision::Country>| it.map(|it| format!("{} ({it})", it.name()));
    let transit =
        leg.transit.unwrap_or_default().iter().map(|it| it.name().to_owned()).collect::<Vec<_>>();
    let mut parts =
        vec![part("Leaves from", place(leg.from)), part("Destination", place(leg.destination))];
    parts.extend(some(&transit).map(|it| part("Moves through", Some(it))));
    for it in leg.parties.unwrap_or_default() {
        let name = it.name.as_deref().unwrap_or("nobody named");
        let role = plain(it.role.as_str());
        if let Some(sector) = it.sector {
            parts.push(part(&format!("Sector of the {role}"), Some(plain(sector.as_str()))));
        }
        if let Some(principal) = it.acts_for.as_ref().and_then(|it| it.name.as_ref()) {
            parts.push(part(&format!("{name} acts for"), Some(principal.clone())));
        }
        let elsewhere =
            matches!(it.role, Role::Carrier | Role::Bank | Role::Broker | Role::Transferor);
        if elsewhere {
            parts.push(part(&words::sentence(&role), Some(name.to_owned())));
        }
    }
    parts
}

fn kind(activity: Activity) -> Option<String> {
    Some(match activity {
        Activity::Export
        | Activity::TemporaryExport
        | Activity::StorageAbroad
        | Activity::Transit
        | Activity::DeemedExport => "Export".to_owned(),
        Activity::Reexport | Activity::DeemedReexport => "Reexport".to_owned(),
        Activity::TransferInCountry => "Transfer (in-country)".to_owned(),
        Activity::UsPersonSupport => return None,
    })
}

fn special(activity: Activity) -> Option<String> {
    match activity {
        Activity::DeemedExport => Some("Release to a foreign person in the US".to_owned()),
        Activity::DeemedReexport => Some("Release abroad to a third-country national".to_owned()),
        Activity::TemporaryExport => Some("Temporary export".to_owned()),
        Activity::UsPersonSupport => Some("Support by a US person (744.6)".to_owned()),
        Activity::Export
        | Activity::Reexport
        | Activity::TransferInCountry
        | Activity::StorageAbroad
        | Activity::Transit => None,
    }
}

/// A code as words.
fn plain(code: &str) -> String {
    code.replace('-', " ")
}

fn some(texts: &[String]) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join("; "))
}

fn number(thousandths: i64) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}") }
}

fn dollars(thousandths: i64) -> String {
    format!("{}.{:02}", thousandths / 1000, thousandths % 1000 / 10)
}

const HEAD: &str = "Draft of a license application (BIS-748P, SNAP-R)";
/// Nobody has laid the blocks beside the form, so whoever applies does.
const VERIFY: &str = "To be verified by the applicant: the numbers and titles of the blocks, against \
                      Supplement No. 1 to part 748 and the form in SNAP-R, before anything is copied \
                      into them.";
const CAUTION: &str = "A draft from what the transaction tells: blanks are not known here. Read it, \
                       fill in the blanks and correct what is wrong before it is sent through SNAP-R. \
                       Nothing may leave before a license is issued, and then only what it says. Not \
                       legal advice.";

/// The drafts for a person, wrapped to a width.
pub(crate) fn text(all: &[Application], width: usize) -> String {
    let mut page = Page::new(width);
    let say = |page: &mut Page, indent: &str, text: &str| {
        page.paragraph(&styled(PLAIN, indent), &[styled(PLAIN, text)]);
    };
    for it in all {
        page.gap();
        let head = it.label.as_ref().map_or(HEAD.to_owned(), |label| format!("{HEAD}: {label}"));
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, head)]);
        page.paragraph(&styled(PLAIN, ""), &[styled(YELLOW, VERIFY)]);
        for block in &it.blocks {
            page.gap();
            let title = format!("{}. {}", block.number, block.title);
            page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, title)]);
            for part in &block.parts {
                let said = match &part.text {
                    Some(text) => styled(PLAIN, text),
                    None => styled(YELLOW, BLANK),
                };
                page.paragraph(
                    &styled(PLAIN, "  "),
                    &[styled(DIM, format!("{}:", part.title)), said],
                );
            }
        }
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, "Why a license is required")]);
        for [reason, citation, says] in &it.reasons {
            let runs =
                [styled(PLAIN, format!("{reason}: {says}")), whole(DIM, format!("[{citation}]"))];
            page.paragraph(&styled(PLAIN, "  • "), &runs);
        }
        if let Some([policy, citation, says]) = &it.policy {
            page.gap();
            page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, "How it would be reviewed")]);
            let said = format!("{}. {says}", words::policy(policy));
            page.paragraph(
                &styled(PLAIN, "  • "),
                &[styled(PLAIN, said), whole(DIM, format!("[{citation}]"))],
            );
        }
        if !it.before.is_empty() {
            page.gap();
            page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, "Before it is sent")]);
            for text in &it.before {
                say(&mut page, "  ? ", text);
            }
        }
    }
    page.gap();
    page.paragraph(&styled(PLAIN, ""), &[styled(DIM, CAUTION)]);
    page.finish()
}

/// The drafts as a part of a page.
pub(crate) fn page(all: &[Application]) -> Markup {
    html! {
        @for it in all {
            section.stack {
                @if let Some(label) = &it.label { h2 { (label) } }
                p { strong { (VERIFY) } }
                dl.facts {
                    @for block in &it.blocks {
                        @for part in &block.parts {
                            dt { (block.number) ". " (block.title) ": " (part.title) }
                            dd { @match &part.text { Some(text) => (text), None => span.soft { (BLANK) } } }
                        }
                    }
                }
                h3 { "Why a license is required" }
                ul { @for [reason, citation, says] in &it.reasons { li { (reason) ": " (says) " [" (citation) "]" } } }
                @if let Some([policy, citation, says]) = &it.policy {
                    h3 { "How it would be reviewed" }
                    p { (words::policy(policy)) ". " (says) " [" (citation) "]" }
                }
                @if !it.before.is_empty() {
                    h3 { "Before it is sent" }
                    ul { @for text in &it.before { li { (text) } } }
                }
            }
        }
        p.soft { (CAUTION) }
    }
}

/// The drafts in Markdown.
pub(crate) fn markdown(all: &[Application]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    for it in all {
        let head = it.label.as_ref().map_or(HEAD.to_owned(), |label| format!("{HEAD}: {label}"));
        let _ = writeln!(out, "# {}\n\n**{VERIFY}**\n", escape(&head));
        let _ = writeln!(out, "| Block (to be verified) | Asks | |\n| --- | --- | --- |");
        for block in &it.blocks {
            for (place, part) in block.parts.iter().enumerate() {
                let heading = match place {
                    0 => format!("{} {}", block.number, block.title),
                    _ => String::new(),
                };
                let text = part.text.as_deref().map_or(BLANK.to_owned(), escape);
                let _ = writeln!(out, "| {heading} | {} | {text} |", escape(&part.title));
            }
        }
        let _ = writeln!(out, "\n## Why a license is required\n");
        for [reason, citation, says] in &it.reasons {
            let _ = writeln!(out, "- {reason}: {} ({citation})", escape(says));
        }
        if let Some([policy, citation, says]) = &it.policy {
            let policy = words::policy(policy);
            let _ = writeln!(
                out,
                "\n## How it would be reviewed\n\n{policy}. {} ({citation})",
                escape(says)
            );
        }
        if !it.before.is_empty() {
            let _ = writeln!(out, "\n## Before it is sent\n");
            for text in &it.before {
                let _ = writeln!(out, "- {}", escape(text));
            }
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{CAUTION}");
    out
}

/// Every object of the drafts as JSON; the first is the answer.
pub(crate) const APPLICATIONS: &[Object] = &[
    Object {
        name: "applications",
        about: "Drafts of license applications.",
        fields: &[
            field(
                "outcome",
                Type::Text,
                "What `exeat check` answers; drafts come only with `license-required`.",
            ),
            field("applications", Type::Many("application"), "One for each leg that needs one."),
            field("verify", Type::Text, "What the applicant verifies: the blocks themselves."),
            field("caution", Type::Text, "What is to be done before one is sent."),
        ],
    },
    Object {
        name: "application",
        about: "A draft.",
        fields: &[
            field("label", Type::TextOrNull, "What the leg is called, where there are several."),
            field("blocks", Type::Many("block"), "The blocks of form BIS-748P, in order."),
            field("reasons", Type::Many("reason"), "Why a license is required."),
            field("review", Type::OneOrNull("review"), "How it would be reviewed."),
            field("before", Type::Texts, "What is to be cleared up before it is sent."),
        ],
    },
    Object {
        name: "block",
        about: "A block of the form; that of the items stands once for each.",
        fields: &[
            field("block", Type::Text, "Its number."),
            field("title", Type::Text, "What it is about."),
            field("parts", Type::Many("part"), "What it asks."),
        ],
    },
    Object {
        name: "part",
        about: "Something that is asked.",
        fields: &[
            field("title", Type::Text, "What is asked."),
            field("text", Type::TextOrNull, "What the transaction tells; null is blank."),
        ],
    },
    Object {
        name: "reason",
        about: "A reason for the license requirement.",
        fields: &[
            field("reason", Type::Text, "The reason code."),
            field("citation", Type::Text, "The paragraph."),
            field("text", Type::Text, "What it says."),
        ],
    },
    Object {
        name: "review",
        about: "How an application would be reviewed.",
        fields: &[
            field("policy", Type::Text, "The policy."),
            field("citation", Type::Text, "The paragraph."),
            field("text", Type::Text, "What it says."),
        ],
    },
];

/// The fields of the answer.
pub(crate) fn write(json: &mut Writer<'_>, outcome: Outcome, all: &[Application]) {
    json.text_of("outcome", outcome.as_str());
    json.objects_of("applications", all, |json, it| {
        json.optional_of("label", it.label.as_deref());
        json.objects_of("blocks", &it.blocks, |json, it| {
            json.text_of("block", it.number);
            json.text_of("title", it.title);
            json.objects_of("parts", &it.parts, |json, it| {
                json.text_of("title", &it.title);
                json.optional_of("text", it.text.as_deref());
            });
        });
        json.objects_of("reasons", &it.reasons, |json, [reason, citation, text]| {
            json.text_of("reason", reason);
            json.text_of("citation", citation);
            json.text_of("text", text);
        });
        match &it.policy {
            None => json.optional_of("review", None),
            Some([policy, citation, text]) => json.object_of("review", |json| {
                json.text_of("policy", policy);
                json.text_of("citation", citation);
                json.text_of("text", text);
            }),
        }
        json.texts_of("before", &it.before);
    });
    json.text_of("verify", VERIFY);
    json.text_of("caution", CAUTION);
}
