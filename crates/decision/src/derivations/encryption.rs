//! Which paragraph of 740.17(b) an item falls under, where its other facts say more than its
//! category.

use crate::eccn::{Eccn, EccnChain};
use crate::transaction::Item;
use crate::transaction::item::{EncryptionCategory, Form};

/// The entries of encryption, and those that it has for the mass market: 740.17 asks of them what
/// BIS was told, and which of its paragraphs describes them.
const ENTRIES: [&str; 8] = ["5A002", "5A004", "5B002", "5D002", "5E002", "5A992", "5D992", "5E992"];

/// Whether an entry is one of encryption, mass market or not.
///
/// Source: 740.17.
#[must_use]
pub fn is_encryption_entry(eccn: &Eccn) -> bool {
    ENTRIES.contains(&eccn.entry())
}

/// Entries whose technology is cryptanalytic, 740.17(b)(2)(ii).
const CRYPTANALYTIC: [&str; 3] = ["5A004.a", "5D002.a.3.a", "5D002.c.3.a"];

/// Entries that one paragraph of 740.17(b) names.
const NAMED: [(&str, EncryptionCategory); 8] = [
    ("5A002.b", EncryptionCategory::Activation),
    ("5D002.b", EncryptionCategory::Activation),
    ("5A002.c", EncryptionCategory::Quantum),
    ("5A002.d", EncryptionCategory::UwbSpreadSpectrum),
    ("5A002.e", EncryptionCategory::UwbSpreadSpectrum),
    ("5A004.b", EncryptionCategory::Forensics),
    ("5D002.a.3.b", EncryptionCategory::Forensics),
    ("5D002.c.3.b", EncryptionCategory::Forensics),
];

/// The paragraphs that an entry without one may mean where the category is told: what is
/// cryptanalytic or forensic has paragraphs of its own.
///
/// Source: 740.17(b)(2)(ii), (b)(3)(iii)(B); 774 Supp. 1, 5A004 and 5D002.
pub(crate) fn paragraphs_of_category(
    eccn: &Eccn,
    told: EncryptionCategory,
) -> Option<&'static [&'static str]> {
    let (cryptanalytic, forensic, neither): (&[_], &[_], &[_]) = match eccn.to_string().as_str() {
        "5A004" => (&["5A004.a"], &["5A004.b"], &[]),
        "5D002" => (
            &["5D002.a.3.a", "5D002.c.3.a"],
            &["5D002.a.3.b", "5D002.c.3.b"],
            &["5D002.a.1", "5D002.b", "5D002.c.1"],
        ),
        _ => return None,
    };
    let meant = match told {
        EncryptionCategory::Cryptanalytic => cryptanalytic,
        EncryptionCategory::Forensics => forensic,
        EncryptionCategory::Other
        | EncryptionCategory::ComponentOrLibrary
        | EncryptionCategory::NonstandardProduct
        | EncryptionCategory::Activation
        | EncryptionCategory::AdaptiveVulnerabilityAnalysis
        | EncryptionCategory::NetworkInfrastructure
        | EncryptionCategory::NonPublicSourceCode
        | EncryptionCategory::Customized
        | EncryptionCategory::Quantum
        | EncryptionCategory::NetworkPenetration
        | EncryptionCategory::PublicSafetyRadio
        | EncryptionCategory::UwbSpreadSpectrum
        | EncryptionCategory::TechnologyOther
        | EncryptionCategory::TechnologyNonstandard
        | EncryptionCategory::OpenCryptographicInterface => neither,
    };
    (!meant.is_empty()).then_some(meant)
}

/// The category that was told of an item, unless its entry, what its technology is for, or
/// non-standard cryptography puts it under a paragraph with more conditions.
///
/// Source: 740.17(b); 772.1 (non-standard cryptography).
#[must_use]
pub fn encryption_category(
    item: &Item,
    told: Option<EncryptionCategory>,
) -> Option<EncryptionCategory> {
    if is_for_cryptanalysis(item) {
        return Some(EncryptionCategory::Cryptanalytic);
    }
    let also = item.also_controlled.iter().flatten();
    let parents = item.eccn_for.iter().flat_map(EccnChain::parents);
    let entries = item.eccn.iter().chain(also).filter_map(named).chain(parents.filter_map(named));
    told.map(|told| entries.chain(nonstandard(item)).fold(told, stricter))
}

fn is_for_cryptanalysis(item: &Item) -> bool {
    let parents = item.eccn_for.iter().flat_map(EccnChain::parents);
    parents.into_iter().any(|it| CRYPTANALYTIC.iter().any(|code| it.is_under(code)))
}

fn named(eccn: &Eccn) -> Option<EncryptionCategory> {
    NAMED.iter().find(|it| eccn.is_under(it.0)).map(|it| it.1)
}

/// Source code with non-standard cryptography is source code that is not public, as all is.
fn nonstandard(item: &Item) -> Option<EncryptionCategory> {
    let is_nonstandard = item.encryption.as_ref().and_then(|it| it.nonstandard) == Some(true);
    let technology = item.form == Some(Form::Technology)
        || item.eccn.as_ref().is_some_and(|it| it.entry() == "5E002");
    match item.form {
        _ if !is_nonstandard => None,
        _ if technology => Some(EncryptionCategory::TechnologyNonstandard),
        Some(Form::SourceCode) => None,
        _ => Some(EncryptionCategory::NonstandardProduct),
    }
}

fn stricter(told: EncryptionCategory, other: EncryptionCategory) -> EncryptionCategory {
    if conditions(told) < conditions(other) { other } else { told }
}

/// How much a paragraph asks before the item may go, and whom it leaves out.
fn conditions(category: EncryptionCategory) -> u8 {
    match category {
        EncryptionCategory::Other => 0,
        EncryptionCategory::ComponentOrLibrary
        | EncryptionCategory::NonstandardProduct
        | EncryptionCategory::Activation => 1,
        EncryptionCategory::AdaptiveVulnerabilityAnalysis | EncryptionCategory::Forensics => 2,
        EncryptionCategory::NetworkInfrastructure => 3,
        EncryptionCategory::NonPublicSourceCode
        | EncryptionCategory::Customized
        | EncryptionCategory::Quantum
        | EncryptionCategory::NetworkPenetration
        | EncryptionCategory::PublicSafetyRadio
        | EncryptionCategory::UwbSpreadSpectrum
        | EncryptionCategory::TechnologyOther => 4,
        EncryptionCategory::TechnologyNonstandard
        | EncryptionCategory::OpenCryptographicInterface
        | EncryptionCategory::Cryptanalytic => 5,
    }
}

#[cfg(test)]
mod tests;
