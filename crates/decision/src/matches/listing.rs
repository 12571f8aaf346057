//! What an entry of a list means for a party: from a list's words to a listing.
//!
//! Only what an entry says beyond doubt is taken over. A scope with an exception, or in words that
//! are not the usual ones, stays unknown, and the law asks.

use crate::transaction::Listing;
use crate::transaction::listing::{Basis, KnownList, List, Scope};
use crate::transaction::symbols::ReviewPolicy;
use crate::transaction::values::Footnote;
use screening::ListedParty;
use screening::party::Basis as Listed;

/// The listing of a party that is this entry.
#[must_use]
pub fn listing(entry: &ListedParty) -> Listing {
    let list = match entry.list.parse::<KnownList>() {
        Ok(known) => List::Known(known),
        Err(_) => List::Other(entry.list.clone()),
    };
    let on_entity_list = list == List::Known(KnownList::El);
    let footnotes = entry
        .footnotes
        .iter()
        .filter_map(|number| Footnote::ALL.iter().copied().find(|it| it.number() == *number));
    Listing {
        scope: on_entity_list.then(|| scope(entry.license_requirement.as_deref()?)).flatten(),
        scope_eccns: None,
        exceptions_allowed: exceptions(entry).filter(|_| on_entity_list),
        footnotes: Some(footnotes.collect()).filter(|_| on_entity_list),
        tags: Some(entry.programs.clone()).filter(|it| !it.is_empty()),
        basis: Some(match entry.basis {
            Listed::Name => Basis::Name,
            Listed::Address | Listed::HighDiversionAddress => Basis::Address,
        }),
        review_policy: entry.license_policy.as_deref().and_then(policy),
        list,
    }
}

/// What an Entity List entry covers, where its words are the usual ones.
///
/// Source: Supp. 4 to 744, "License requirement".
fn scope(requirement: &str) -> Option<Scope> {
    const LIMITS: [&str; 9] = [
        "except",
        "other than",
        "excluding",
        "apart from",
        "when ",
        "if ",
        "unless",
        "limited to",
        "only",
    ];
    let words = plain(requirement);
    let limited = |text: &str| LIMITS.iter().any(|it| text.contains(it));
    if let Some((before, after)) = words.split_once("all items subject to the ear") {
        return (!limited(before) && !limited(after)).then_some(Scope::AllItems);
    }
    for whole in ["all items on the ccl", "all items on the commerce control list"] {
        if let Some((before, after)) = words.split_once(whole) {
            return (!limited(before) && !limited(after)).then_some(Scope::CclItems);
        }
    }
    None
}

/// The exceptions that an entry leaves open: none, unless it speaks of them.
///
/// Source: 744.11(a): no license exception is available unless the entry authorizes it.
fn exceptions(entry: &ListedParty) -> Option<Vec<crate::transaction::symbols::Exception>> {
    let speaks = |it: &Option<String>| {
        it.as_deref().is_some_and(|it| plain(it).contains("license exception"))
    };
    (!speaks(&entry.license_requirement) && !speaks(&entry.license_policy)).then(Vec::new)
}

/// How an application is reviewed: of several policies in one entry, the strictest.
fn policy(text: &str) -> Option<ReviewPolicy> {
    let words = plain(text);
    let says = |words_of: &[&str]| words_of.iter().any(|it| words.contains(it));
    if says(&["policy of denial", "general policy of denial"]) {
        Some(ReviewPolicy::PolicyOfDenial)
    } else if says(&["presumption of denial", "presumption for denial"]) {
        Some(ReviewPolicy::PresumptionOfDenial)
    } else if says(&["case-by-case", "case by case", "case-by case"]) {
        Some(ReviewPolicy::CaseByCase)
    } else if says(&["presumption of approval"]) {
        Some(ReviewPolicy::PresumptionOfApproval)
    } else {
        None
    }
}

fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
