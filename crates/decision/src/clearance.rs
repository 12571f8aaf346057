//! Papers and filings at the border: EEI, its license code, and the destination control statement.
//!
//! Whether a filing is due is law text (15 CFR § 758.1, § 758.6); the codes are the Census
//! Bureau's, and a code that was not verified is not given.

use crate::determination::{Clearance, Determination};
use crate::facts::MatterFacts;
use crate::outcome::Outcome;
use law::rulebook::TermId;
use law::{Evaluation, Truth};

/// How many years records are kept (15 CFR § 762.6).
const RECORD_YEARS: u8 = 5;

/// AES license codes that were verified, by exception symbol, `NLR` or `license`.
const AES_CODES: [(&str, &str); 15] = [
    ("license", "C30"),
    ("LVS", "C35"),
    ("TSR", "C38"),
    ("TMP", "C40"),
    ("RPL", "C41"),
    ("GOV", "C42"),
    ("GFT", "C43"),
    ("TSU", "C44"),
    ("BAG", "C45"),
    ("AVS", "C46"),
    ("APR", "C47"),
    ("ENC", "C50"),
    ("STA", "C59"),
    ("NAC", "C68"),
    ("NLR", "C33"),
];

/// No papers: nothing is exported.
#[must_use]
pub fn none() -> Clearance {
    Clearance {
        eei_required: Truth::False,
        aes_code: None,
        eccn_on_eei: Truth::False,
        destination_control_statement: Truth::False,
        records_years: 0,
    }
}

/// The terms that tell which papers are due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Papers {
    eei_required: Option<TermId>,
    eccn_on_eei: Option<TermId>,
    destination_control_statement: Option<TermId>,
}

impl Papers {
    pub(crate) fn of(term: impl Fn(&str) -> Option<TermId>) -> Self {
        Self {
            eei_required: term("eei-required"),
            eccn_on_eei: term("eccn-on-eei"),
            destination_control_statement: term("destination-control-statement-required"),
        }
    }
}

/// The papers that an answer calls for, and the outcome with them.
pub(crate) fn of(
    papers: &Papers,
    evaluation: &mut Evaluation<'_>,
    facts: &MatterFacts,
    determination: &Determination<'_>,
) -> Clearance {
    let mut any = |term: Option<TermId>| {
        let Some(term) = term else { return Truth::Unknown };
        facts.items.iter().fold(Truth::False, |truth, item| truth.or(evaluation.holds(term, *item)))
    };
    let eei_required = any(papers.eei_required);
    let eccn_on_eei = any(papers.eccn_on_eei);
    let destination_control_statement = any(papers.destination_control_statement);
    let code = match determination.outcome {
        Outcome::NoLicenseRequired => Some("NLR"),
        Outcome::LicenseException => determination.exception,
        // A license that is still to be had will be filed under its own code.
        Outcome::LicenseRequired => Some("license"),
        Outcome::NotAnExport | Outcome::NotSubject | Outcome::NeedsReview | Outcome::Prohibited => {
            None
        }
    };
    let aes_code = code.and_then(|code| AES_CODES.iter().find(|it| it.0 == code)).map(|it| it.1);
    let outside = matches!(determination.outcome, Outcome::NotAnExport | Outcome::NotSubject);
    Clearance {
        eei_required,
        aes_code,
        eccn_on_eei,
        destination_control_statement,
        records_years: if outside { 0 } else { RECORD_YEARS },
    }
}
