//! Legs: a chain through middlemen, each judged as a transaction of its own.

use crate::country::Country;
use crate::eccn::Eccn;
use crate::matches::{Place, Unresolved, Who};
use crate::transaction::circumstance::{Authorization, Document, Temporary, Transfer};
use crate::transaction::end_use::EndUse;
use crate::transaction::party::Party;
use crate::transaction::record::record;
use crate::transaction::{Activity, Item, Notice, RedFlag, Transaction};
use jiff::civil::Date;

record! {
    /// One leg of a chain. What it leaves out comes from the transaction.
    #[derive(Default)]
    pub struct LegInput {
        /// What it is called.
        label: Option<String>,
        /// Its day.
        date: Option<Date>,
        /// What is proposed.
        activity: Option<Activity>,
        /// Where it begins.
        from: Option<Country>,
        /// Its destination.
        destination: Option<Country>,
        /// Countries that the item moves through.
        transit: Option<Vec<Country>>,
        /// Who takes part.
        parties: Option<Vec<Party>>,
        /// What it is for.
        end_use: Option<EndUse>,
        /// How it moves.
        transfer: Option<Transfer>,
        /// Whether it comes back.
        temporary: Option<Temporary>,
        /// Documents that are held.
        documents_held: Option<Vec<Document>>,
        /// Authorizations that are already held.
        authorizations: Option<Vec<Authorization>>,
    }
}

/// A leg with everything it takes from its transaction: what the law is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Leg<'t> {
    /// Its place among the legs; `None` for a transaction without legs.
    pub place: Option<usize>,
    /// What it is called.
    pub label: Option<&'t str>,
    /// The caller's reference of the transaction.
    pub id: Option<&'t str>,
    /// Its day.
    pub date: Date,
    /// The day of the transaction, from which what is counted in days was told.
    pub told_on: Date,
    /// What is proposed.
    pub activity: Activity,
    /// Where it begins.
    pub from: Option<Country>,
    /// Its destination.
    pub destination: Option<Country>,
    /// Countries that the item moves through.
    pub transit: Option<&'t [Country]>,
    /// What is to leave.
    pub items: Option<&'t [Item]>,
    /// Who takes part.
    pub parties: Option<&'t [Party]>,
    /// What it is for.
    pub end_use: Option<&'t EndUse>,
    /// How it moves.
    pub transfer: Option<&'t Transfer>,
    /// Whether it comes back.
    pub temporary: Option<&'t Temporary>,
    /// Documents that are held.
    pub documents_held: Option<&'t [Document]>,
    /// Notices of governments.
    pub notices: Option<&'t [Notice]>,
    /// Red flags that were found.
    pub red_flags: Option<&'t [RedFlag]>,
    /// Authorizations that are already held.
    pub authorizations: Option<&'t [Authorization]>,
    /// Whose listings a search left open.
    pub(crate) unresolved: Option<&'t Unresolved>,
    /// The items of which answers settled the entry.
    pub(crate) by_answers: &'t [usize],
    /// What answers leave of an item that has no entry.
    pub(crate) left_open: &'t [LeftOpen],
    inherited: Inherited,
}

/// The entries that answers leave of an item which is free, whatever describes it.
#[derive(Clone, Debug)]
pub(crate) struct LeftOpen {
    /// The place of the item.
    pub(crate) item: usize,
    /// What may describe it.
    pub(crate) entries: Vec<Eccn>,
    /// Whether none of the entries that are asked about may.
    pub(crate) none: bool,
}

/// Which keys a leg takes from its transaction, so that a path names the right place.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Inherited(u16);

/// The keys that a leg may replace.
const REPLACEABLE: [&str; 11] = [
    "date",
    "activity",
    "from",
    "destination",
    "transit",
    "parties",
    "end_use",
    "transfer",
    "temporary",
    "documents_held",
    "authorizations",
];

impl Leg<'_> {
    /// The key of the transaction as a path: `destination`, or `legs[1].destination` where the leg
    /// says it itself or where neither says it.
    #[must_use]
    pub fn path(&self, key: &str) -> String {
        self.root().path(key)
    }

    /// Whether there may be more listings of a party than those that are known.
    pub(crate) fn is_unresolved(&self, party: usize, who: Who) -> bool {
        let bit = REPLACEABLE.iter().position(|it| *it == "parties").unwrap_or_default();
        let leg = self.place.filter(|_| self.inherited.0 & (1 << bit) == 0);
        self.unresolved.is_some_and(|it| it.contains(Place { leg, party, who }))
    }

    pub(crate) fn root(&self) -> LegRoot {
        LegRoot { place: self.place, inherited: self.inherited }
    }
}

/// Where the facts of a leg stand in the input.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LegRoot {
    place: Option<usize>,
    inherited: Inherited,
}

impl LegRoot {
    /// See [`Leg::path`].
    pub(crate) fn path(self, key: &str) -> String {
        match self.leg_of(key) {
            Some(place) => format!("legs[{place}].{key}"),
            None => key.to_owned(),
        }
    }

    /// The leg that a key is its own of.
    pub(crate) fn leg_of(self, key: &str) -> Option<usize> {
        let place = self.place?;
        let bit = REPLACEABLE.iter().position(|it| *it == key)?;
        (self.inherited.0 & (1 << bit) == 0).then_some(place)
    }
}

impl Transaction {
    /// Its legs in order, each with what it takes from the transaction; the transaction itself as
    /// the only one where it names none.
    #[must_use]
    pub fn legs(&self) -> Vec<Leg<'_>> {
        match self.legs.as_deref() {
            None | Some([]) => vec![self.leg(None, None)],
            Some(legs) => {
                legs.iter().enumerate().map(|(n, it)| self.leg(Some(n), Some(it))).collect()
            }
        }
    }

    fn leg<'t>(&'t self, place: Option<usize>, leg: Option<&'t LegInput>) -> Leg<'t> {
        let mut inherited = Inherited::default();
        let mut mark = |key: &str, own: bool, whole: bool| {
            if let Some(bit) = REPLACEABLE.iter().position(|it| *it == key)
                && !own
                && whole
            {
                inherited.0 |= 1 << bit;
            }
        };
        macro_rules! inherit {
            ($key:ident) => {{
                let own = leg.and_then(|it| it.$key.as_ref());
                mark(stringify!($key), own.is_some(), self.$key.is_some());
                own.or(self.$key.as_ref())
            }};
        }
        let date = leg.and_then(|it| it.date);
        let activity = leg.and_then(|it| it.activity);
        mark("date", date.is_some(), true);
        mark("activity", activity.is_some(), true);
        Leg {
            place,
            label: leg.and_then(|it| it.label.as_deref()),
            id: self.id.as_deref(),
            date: date.unwrap_or(self.date),
            told_on: self.date,
            activity: activity.unwrap_or(self.activity),
            from: inherit!(from).copied(),
            destination: inherit!(destination).copied(),
            transit: inherit!(transit).map(Vec::as_slice),
            items: self.items.as_deref(),
            parties: inherit!(parties).map(Vec::as_slice),
            end_use: inherit!(end_use),
            transfer: inherit!(transfer),
            temporary: inherit!(temporary),
            documents_held: inherit!(documents_held).map(Vec::as_slice),
            notices: self.notices.as_deref(),
            red_flags: self.red_flags.as_deref(),
            authorizations: inherit!(authorizations).map(Vec::as_slice),
            unresolved: None,
            by_answers: &[],
            left_open: &[],
            inherited,
        }
    }
}

#[cfg(test)]
mod tests;
