//! An answer as its JSON says it: what the API sends and what a record holds.

use crate::api::determination;
use crate::json::Layout;
use decision::Determination;
use serde::Deserialize;

/// An answer, or that to one leg of it. `None` of a truth is *unknown*.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Answer {
    pub(in crate::pages) id: Option<String>,
    pub(in crate::pages) label: Option<String>,
    pub(in crate::pages) law_date: String,
    pub(in crate::pages) outcome: String,
    pub(in crate::pages) exception: Option<String>,
    pub(in crate::pages) settled: bool,
    pub(in crate::pages) possible: Vec<String>,
    pub(in crate::pages) items: Vec<Item>,
    pub(in crate::pages) reasons: Vec<String>,
    pub(in crate::pages) because: Vec<Because>,
    pub(in crate::pages) questions: Vec<Question>,
    pub(in crate::pages) assumptions: Vec<Assumption>,
    pub(in crate::pages) conditions: Vec<Condition>,
    pub(in crate::pages) flags: Vec<Flag>,
    pub(in crate::pages) referrals: Vec<Referral>,
    pub(in crate::pages) review_policy: Option<String>,
    pub(in crate::pages) clearance: Clearance,
    pub(in crate::pages) legs: Vec<Answer>,
    pub(in crate::pages) notes: Vec<String>,
    pub(in crate::pages) screening: Vec<Screening>,
    pub(in crate::pages) rulebook: Rulebook,
    pub(in crate::pages) lists: Vec<List>,
}

/// An item's answer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Item {
    pub(in crate::pages) index: usize,
    pub(in crate::pages) name: Option<String>,
    pub(in crate::pages) eccn: Option<String>,
    pub(in crate::pages) outcome: String,
    pub(in crate::pages) exception: Option<String>,
    pub(in crate::pages) requirements: Vec<Requirement>,
    pub(in crate::pages) exceptions: Vec<Exception>,
}

/// Why a license would be required.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Requirement {
    pub(in crate::pages) reason: String,
    pub(in crate::pages) citation: String,
    pub(in crate::pages) truth: Option<bool>,
}

/// An exception that comes into question.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Exception {
    pub(in crate::pages) symbol: String,
    pub(in crate::pages) available: Option<bool>,
    pub(in crate::pages) not_overcome: Vec<String>,
    pub(in crate::pages) nearly: usize,
    pub(in crate::pages) because: Vec<Because>,
}

/// A node of the trace.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "fields are called as in the JSON")]
pub(in crate::pages) struct Because {
    pub(in crate::pages) citation: String,
    pub(in crate::pages) text: String,
    pub(in crate::pages) effect: String,
    pub(in crate::pages) truth: Option<bool>,
    pub(in crate::pages) facts: Vec<String>,
    pub(in crate::pages) because: Vec<Because>,
}

/// Something to find out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Question {
    pub(in crate::pages) fact: String,
    pub(in crate::pages) ask: String,
    pub(in crate::pages) why: String,
    pub(in crate::pages) citation: String,
}

/// A presumption that was used.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Assumption {
    pub(in crate::pages) presumption: String,
    pub(in crate::pages) fact: String,
    pub(in crate::pages) value: String,
}

/// A duty or a term.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Condition {
    pub(in crate::pages) what: String,
    pub(in crate::pages) citation: String,
    pub(in crate::pages) by: Option<String>,
    pub(in crate::pages) truth: Option<bool>,
}

/// A red flag.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "fields are called as in the JSON")]
pub(in crate::pages) struct Flag {
    pub(in crate::pages) flag: String,
    pub(in crate::pages) subject: String,
    pub(in crate::pages) resolved: bool,
    pub(in crate::pages) why: String,
    pub(in crate::pages) citation: String,
    pub(in crate::pages) truth: Option<bool>,
}

/// Another agency's law.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Referral {
    pub(in crate::pages) agency: String,
    pub(in crate::pages) why: String,
    pub(in crate::pages) citation: String,
}

/// Papers and filings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Clearance {
    pub(in crate::pages) eei_required: Option<bool>,
    pub(in crate::pages) aes_code: Option<String>,
    pub(in crate::pages) eccn_on_eei: Option<bool>,
    pub(in crate::pages) destination_control_statement: Option<bool>,
    pub(in crate::pages) records_years: u64,
}

/// Which rulebook answered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Rulebook {
    pub(in crate::pages) name: String,
    pub(in crate::pages) as_of: Option<String>,
    pub(in crate::pages) digest: String,
}

/// An entry of a list that a name may belong to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Screening {
    pub(in crate::pages) subject: String,
    pub(in crate::pages) name: String,
    pub(in crate::pages) list: String,
    pub(in crate::pages) id: String,
    pub(in crate::pages) listed: String,
    pub(in crate::pages) score: Option<serde_json::Number>,
    pub(in crate::pages) why: String,
    pub(in crate::pages) verdict: String,
    pub(in crate::pages) by: Option<String>,
    pub(in crate::pages) because: Option<String>,
    pub(in crate::pages) on: Option<String>,
    pub(in crate::pages) until: Option<String>,
}

/// A list that was searched.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct List {
    pub(in crate::pages) name: String,
    pub(in crate::pages) date: Option<String>,
    pub(in crate::pages) entries: u64,
}

impl Answer {
    /// What a determination says.
    pub(in crate::pages) fn of(determination: &Determination<'_>) -> Self {
        let mut json = Vec::new();
        determination::write(determination, Layout::Line, &mut json);
        // What was just written is in its form; an answer that says nothing asks for a review.
        serde_json::from_slice(&json).unwrap_or_default()
    }

    /// What an answer that was kept says; `None` where it is none.
    pub(in crate::pages) fn read(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }
}

impl Item {
    /// Its name, or which it is.
    pub(in crate::pages) fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| format!("Item {}", self.index + 1))
    }
}
