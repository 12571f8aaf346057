//! A transaction as it was given: raw facts, typed, and nothing concluded from them.
//!
//! What is left out is `None`, and that means unknown. An empty list is knowledge: it says that
//! someone looked and found nothing. Start at [`Transaction`]; [`read`](read::read) makes one from
//! bytes, and [`facts`](mod@crate::facts) says what the law may know of it.

pub mod circumstance;
pub mod end_use;
pub mod item;
pub mod leg;
pub mod listing;
pub mod party;
pub mod read;
pub(crate) mod record;
pub mod role;
pub mod schema;
pub mod sector;
pub mod symbols;
pub mod values;

pub use circumstance::{Authorization, Document, Notice, RedFlag, Temporary, Transfer};
pub use end_use::EndUse;
pub use item::Item;
pub use leg::Leg;
pub use listing::Listing;
pub use party::Party;
pub use role::Role;
pub use sector::Sector;

use crate::closed_list::closed_list;
use crate::country::Country;
use crate::transaction::read::{Node, Reading};
use crate::transaction::record::record;
use crate::transaction::values::Version;
use jiff::civil::Date;

record! {
    /// What is proposed: who sends what to whom, for what, on which day.
    pub struct Transaction checked by the_transaction_can_be {
        /// The version of this format.
        version: Option<Version>,
        /// The caller's own reference, echoed in the answer.
        id: Option<String>,
        /// Day of the export, reexport, transfer or release: the law of that day applies.
        date: Date,
        /// What is proposed.
        activity: Activity,
        /// Where the item or the releasing person is.
        from: Option<Country>,
        /// The ultimate destination; for deemed exports and reexports the country of most recent
        /// citizenship or permanent residency (734.13(b), 734.14(b)).
        destination: Option<Country>,
        /// Countries that the item moves through (736.2(b)(8)).
        transit: Option<Vec<Country>>,
        /// What is to leave; the answer judges each.
        items: Option<Vec<Item>>,
        /// Who takes part.
        parties: Option<Vec<Party>>,
        /// What it is for.
        end_use: Option<EndUse>,
        /// How it moves.
        transfer: Option<Transfer>,
        /// Whether it comes back, for `temporary-export`.
        temporary: Option<Temporary>,
        /// Documents that are held.
        documents_held: Option<Vec<Document>>,
        /// Notices of governments.
        notices: Option<Vec<Notice>>,
        /// Red flags that were found.
        red_flags: Option<Vec<RedFlag>>,
        /// Authorizations that are already held.
        authorizations: Option<Vec<Authorization>>,
        /// A chain through middlemen: seller, reseller, user.
        legs: Option<Vec<leg::LegInput>>,
    }
}

closed_list! {
    /// What is proposed.
    pub enum Activity is "an activity" {
        /// Sending or taking out of the US in any manner (734.13(a)(1)).
        Export = "export",
        /// From one foreign country to another (734.14(a)(1)).
        Reexport = "reexport",
        /// New end use or end user in the same foreign country (734.16).
        TransferInCountry = "transfer-in-country",
        /// Release of technology or source code to a foreign person in the US (734.13(a)(2)).
        DeemedExport = "deemed-export",
        /// Release abroad to a national of a third country (734.14(a)(2)).
        DeemedReexport = "deemed-reexport",
        /// Goes out to come back (740.9(a), 740.14).
        TemporaryExport = "temporary-export",
        /// Data kept on systems abroad (734.18(a)(5)).
        StorageAbroad = "storage-abroad",
        /// Only passes through the destination on its way (736.2(b)(8)).
        Transit = "transit",
        /// A US person's service or facilitation (744.6).
        UsPersonSupport = "us-person-support",
    }
}

impl Activity {
    /// Whether technology or source code is released to a person instead of being sent away.
    #[must_use]
    pub fn is_deemed(self) -> bool {
        matches!(self, Self::DeemedExport | Self::DeemedReexport)
    }

    /// Whether it begins in the United States where nothing else is said (P1).
    #[must_use]
    pub fn begins_in_the_us(self) -> bool {
        matches!(
            self,
            Self::Export
                | Self::DeemedExport
                | Self::TemporaryExport
                | Self::StorageAbroad
                | Self::Transit
        )
    }
}

/// Reports facts that cannot stand beside each other.
fn the_transaction_can_be<'n>(
    transaction: &Transaction,
    node: &'n Node<'n>,
    reading: &mut Reading<'n>,
) {
    if transaction.items.as_ref().is_some_and(Vec::is_empty)
        && transaction.activity != Activity::UsPersonSupport
    {
        let help = "leave `items` out where they are not known";
        reading.problem_at("items", node, "nothing is to leave", help);
    }
    for leg in transaction.legs() {
        let later = |it: &party::Nationality| it.since.is_some_and(|day| day > leg.date);
        let parties = leg.parties.unwrap_or_default().iter();
        if parties.flat_map(|it| it.nationalities.iter().flatten()).any(later) {
            let field = if leg.place.is_some() { "legs" } else { "parties" };
            let message = match leg.place {
                Some(place) => &format!("a nationality begins after the date of leg {}", place + 1),
                None => "a nationality begins after the date of the transaction",
            };
            reading.problem_at(field, node, message, "");
        }
    }
}
