//! What an entry of a list means for a party: from a list's words to a listing.
//!
//! Only what the importer read beyond doubt is taken over. A scope with a condition, or in words
//! that are not the usual ones, stays unknown, and the law asks.

use crate::transaction::Listing;
use crate::transaction::listing::{Basis, KnownList, List, Scope};
use crate::transaction::values::Footnote;
use screening::ListedParty;
use screening::party::{Basis as Listed, Scope as Covered};
use std::str::FromStr;

/// The listing of a party that is this entry.
///
/// Source: Supp. 4 to 744, 744.11(a).
#[must_use]
pub fn listing(entry: &ListedParty) -> Listing {
    let list = match entry.list.parse::<KnownList>() {
        Ok(known) => List::Known(known),
        Err(_) => List::Other(entry.list.clone()),
    };
    let coverage = &entry.coverage;
    let (scope, scope_eccns) = match &coverage.scope {
        Some(Covered::AllItems) => (Some(Scope::AllItems), None),
        Some(Covered::CclItems) => (Some(Scope::CclItems), None),
        // One classification that is none leaves the whole scope unknown.
        Some(Covered::ListedItems(codes)) => match all(codes) {
            Some(eccns) => (Some(Scope::ListedItems), Some(eccns)),
            None => (None, None),
        },
        None => (None, None),
    };
    let footnote = |number: &u8| Footnote::ALL.iter().copied().find(|it| it.number() == *number);
    let footnotes = |them: &Vec<u8>| them.iter().filter_map(footnote).collect();
    Listing {
        scope,
        scope_eccns,
        exceptions_allowed: coverage.exceptions_allowed.as_ref().and_then(|them| all(them)),
        footnotes: coverage.footnotes.as_ref().map(footnotes),
        tags: Some(entry.programs.clone()).filter(|it| !it.is_empty()),
        basis: Some(match entry.basis {
            Listed::Name => Basis::Name,
            Listed::Address | Listed::HighDiversionAddress => Basis::Address,
        }),
        review_policy: coverage.review_policy.as_ref().and_then(|it| it.parse().ok()),
        list,
    }
}

/// All of these, or nothing where one of them is not understood.
fn all<T: FromStr>(texts: &[String]) -> Option<Vec<T>> {
    texts.iter().map(|it| it.parse().ok()).collect()
}
