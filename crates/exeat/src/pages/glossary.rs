//! Plain words for what stands in a transaction: fields, values, and whose they are.
//!
//! A word that is not here is made from its code: `state_owned_percent` is "State owned percent".

use crate::interview::form::{FieldPath, Form};
use crate::interview::wanted::{self, Wanted};
use crate::report::words;
use decision::transaction;
use serde_json::Value;
use std::sync::OnceLock;

/// Fields whose code does not read well.
const FIELDS: [(&str, &str); 40] = [
    ("acts_for", "Acts for"),
    ("also_controlled", "Also described by"),
    ("authorizations", "Licenses already held"),
    ("date", "Day"),
    ("digital_artifact", "Digital artifact of an incident"),
    ("documents_held", "Documents held"),
    ("eccn", "Classification (ECCN)"),
    ("eccn_for", "For an item of"),
    ("effective_control", "Stays under effective control"),
    ("end_to_end_encrypted", "Encrypted from end to end"),
    ("end_user_known", "End user is known"),
    ("fips_or_equivalent", "FIPS 140-2 or as effective"),
    ("foreign_direct_product", "Foreign direct product"),
    ("form", "Form"),
    ("from", "From"),
    ("government_level", "Level of government"),
    ("government_of", "Government of"),
    ("id", "Reference"),
    ("ids", "Numbers"),
    ("in_published_patent", "In a published patent"),
    ("knows", "What you know of its use"),
    ("lists", "Restricted-party lists"),
    ("made_in", "Made in"),
    ("mass_market", "Mass market"),
    ("nationalities", "Nationalities"),
    ("notices", "Notices of the government"),
    ("on_hold", "Request on hold"),
    ("order_to_acquire", "Order received before shipment"),
    ("original_export_authorized", "First supply was lawful"),
    ("owners", "Owners"),
    ("purposes", "Used for"),
    ("red_flags", "Red flags"),
    ("state_appoints_board_majority", "State may appoint most of the board"),
    ("state_owned_percent", "Owned by governments (percent)"),
    ("us_content_percent", "Controlled US content (percent)"),
    ("us_origin", "Made in the US"),
    ("us_status", "Status in US law"),
    ("us_subsidiary", "Subsidiary of a US company"),
    ("value_usd", "Value (USD)"),
    ("victim_sector", "Sector of the victim"),
];

/// Values whose code does not read well.
const VALUES: [(&str, &str); 12] = [
    ("ccats", "Classified by BIS (CCATS)"),
    ("commodity", "Hardware"),
    ("national-csirt", "National CSIRT"),
    ("object-code", "Software as it runs"),
    ("official-us-government-use", "Official use by the US government"),
    ("source-code", "Source code"),
    ("storage-abroad", "Storing data abroad"),
    ("technology", "Technology, know-how"),
    ("telecom-it-agency", "Telecom or IT agency"),
    ("transfer-in-country", "Transfer within a foreign country"),
    ("us-government-agency", "US government agency"),
    ("us-person-support", "Support by a US person"),
];

/// The families of sectors, for a list that one can find one's way in.
const SECTORS: [(&str, &[&str]); 5] = [
    (
        "Private",
        &[
            "private-other",
            "reseller",
            "freight-forwarding",
            "cloud-storage",
            "retail-wholesale",
            "broadcast",
        ],
    ),
    (
        "Finance and health",
        &["bank", "financial-services", "insurer", "health", "medical-research"],
    ),
    (
        "Private or owned by a government",
        &[
            "utility",
            "telecom",
            "transport",
            "research-institute",
            "university",
            "school",
            "munitions-trade",
            "munitions-manufacture",
        ],
    ),
    (
        "Security and defense",
        &[
            "police",
            "military",
            "military-intelligence",
            "intelligence",
            "defense",
            "interior",
            "prosecution",
            "judiciary",
            "prison",
            "customs-immigration",
            "national-csirt",
        ],
    ),
    (
        "Other government",
        &[
            "executive",
            "legislature",
            "foreign-affairs",
            "finance-tax",
            "central-bank",
            "public-safety",
            "transport-authority",
            "telecom-it-agency",
            "science-technology-agency",
            "civil-administration",
            "government-other",
            "international-organization",
            "us-government-agency",
        ],
    ),
];

/// What kind of answer the field at a path wants.
pub(super) fn wanted(path: &str) -> Option<Wanted> {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    let schema = SCHEMA.get_or_init(transaction::schema::transaction_schema);
    Wanted::at(&FieldPath::parse(path)?, schema)
}

/// What the last key of a path is called.
pub(super) fn field(path: &str) -> String {
    let key = path.rsplit('.').next().unwrap_or(path);
    let key = key.split('[').next().unwrap_or(key);
    let known = FIELDS.iter().find(|it| it.0 == key).map(|it| it.1.to_owned());
    known.unwrap_or_else(|| words::sentence(&key.replace('_', " ")))
}

/// A field as a question, where the law does not ask it.
pub(super) fn question(path: &str) -> String {
    format!("{}?", field(path))
}

/// A value of a closed list.
pub(super) fn value(path: &str, value: &str) -> String {
    let known = VALUES.iter().find(|it| it.0 == value).map(|it| it.1.to_owned());
    let is_code = value.chars().any(|it| it.is_ascii_uppercase());
    if is_code && !path.ends_with("lists") {
        return value.to_owned();
    }
    known.unwrap_or_else(|| words::sentence(&value.replace('-', " ")))
}

/// What it means to say that there is none of something: knowledge, never that nothing was found out.
pub(super) fn none(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or(path) {
        "lists" => "On none: a search found nothing",
        "knows" => "Nothing of the kind is known",
        "red_flags" => "Looked for them, and found none",
        "notices" => "No notice was received",
        "documents_held" | "authorizations" => "None is held",
        "transit" => "Through no other country",
        "also_controlled" => "By no other entry",
        "nationalities" => "Citizen and permanent resident of no country (stateless)",
        "owners" => "Nobody owns any of it, and that is established",
        "intentionally_stored_in" => "Stored in no country on purpose",
        _ => "None of these",
    }
}

/// Whether a field holds a day.
pub(super) fn is_day(path: &str) -> bool {
    matches!(path.rsplit('.').next().unwrap_or(path), "date" | "expires" | "since")
}

/// The families that the choices of a field fall into; none where there are no families.
pub(super) fn families(path: &str) -> &'static [(&'static str, &'static [&'static str])] {
    match path.rsplit('.').next().unwrap_or(path) {
        "sector" | "victim_sector" => &SECTORS,
        _ => &[],
    }
}

/// What a thing of the transaction is called: a party by its name, else by its role.
pub(super) fn subject(thing: &str, form: &Form) -> String {
    let at = |key: &str| {
        let path = FieldPath::parse(&format!("{thing}.{key}"))?;
        form.at(&path).and_then(Value::as_str).map(str::to_owned)
    };
    let last = thing.rsplit_once('.').map_or(thing, |it| it.1);
    let kind = last.split('[').next().unwrap_or(last);
    match kind {
        "" => "What is proposed".to_owned(),
        "items" => at("name").unwrap_or_else(|| "The item".to_owned()),
        "parties" => at("name").unwrap_or_else(|| {
            let role = at("role").unwrap_or_else(|| "end-user".to_owned());
            format!("The {}", role.replace('-', " "))
        }),
        "end_use" => "What it is for".to_owned(),
        "transfer" => "How it moves".to_owned(),
        "temporary" => "Whether it comes back".to_owned(),
        "origin" => "Where the item comes from".to_owned(),
        "encryption" => "Encryption".to_owned(),
        "acts_for" => "For whom they act".to_owned(),
        "legs" => {
            let place = last.trim_start_matches("legs[").trim_end_matches(']');
            let number = place.parse::<usize>().map_or(1, |it| it + 1);
            at("label").unwrap_or_else(|| format!("Leg {number}"))
        }
        other => words::sentence(&other.replace('_', " ")),
    }
}

/// What stands at a path, in plain words.
pub(super) fn shown(path: &str, value: &Value) -> String {
    match value {
        Value::Null => "Not known".to_owned(),
        Value::Bool(true) => "Yes".to_owned(),
        Value::Bool(false) => "No".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => named(path, text),
        Value::Array(elements) if elements.is_empty() => none(path).to_owned(),
        Value::Array(elements) => {
            let shown: Vec<String> = elements.iter().map(|it| self::shown(path, it)).collect();
            shown.join(", ")
        }
        Value::Object(fields) => {
            let shown = fields.iter().filter(|it| !it.1.is_null()).map(|(key, value)| {
                let path = format!("{path}.{key}");
                format!("{} {}", words::within(&field(&path)), self::shown(&path, value))
            });
            shown.collect::<Vec<_>>().join(", ")
        }
    }
}

/// A text in plain words, where its field is a closed list.
fn named(path: &str, text: &str) -> String {
    let wanted = wanted(path);
    let choices = wanted.as_ref().map(Wanted::choices).unwrap_or_default();
    match (&wanted, text) {
        (Some(Wanted::YesOrNo | Wanted::Answer), "true") => return "Yes".to_owned(),
        (Some(Wanted::YesOrNo | Wanted::Answer), "false") => return "No".to_owned(),
        _ => {}
    }
    let Some(choice) = choices.iter().find(|it| it.value == text) else { return text.to_owned() };
    if wanted::is_long(choices) {
        return format!("{} ({text})", choice.meaning);
    }
    value(path, text)
}

#[cfg(test)]
mod tests;
