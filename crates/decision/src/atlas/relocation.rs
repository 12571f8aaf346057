//! What moves with the destination: the user and the user's own government, and nothing that was
//! obtained for one destination only.

use crate::country::Country;
use crate::transaction::circumstance::{Authorization, Document, Transfer};
use crate::transaction::leg::LegInput;
use crate::transaction::{Activity, Party, Transaction};

/// A transaction's destination as something that can be varied.
///
/// The destination varies, and with it every country of a party that is the destination in the
/// file: the place, the government, the headquarters, the nationality. A chain varies its last leg.
/// For every other destination a license, an OFAC authorization and the measured US content are
/// left out, because each was for the destination in the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Relocation {
    /// The last of several legs.
    leg: Option<usize>,
    /// The destination in the file.
    home: Option<Country>,
    varied: Vec<String>,
    dropped: Vec<String>,
}

/// The parts of a transaction, or of a leg of it, that may move.
struct Parts<'t> {
    activity: Activity,
    from: &'t mut Option<Country>,
    destination: &'t mut Option<Country>,
    parties: &'t mut Option<Vec<Party>>,
    transfer: &'t mut Option<Transfer>,
    documents_held: &'t mut Option<Vec<Document>>,
    authorizations: &'t mut Option<Vec<Authorization>>,
}

impl Relocation {
    /// What would move in a transaction.
    #[must_use]
    pub fn of(transaction: &Transaction) -> Self {
        let leg = transaction.legs.as_ref().and_then(|it| it.len().checked_sub(1));
        let home = transaction.legs().last().and_then(|it| {
            let nationalities = || {
                let people = it.parties.unwrap_or_default().iter();
                people.flat_map(|it| it.nationalities.iter().flatten()).max_by_key(|it| it.since)
            };
            let person = it.activity.is_deemed().then(nationalities).flatten();
            it.destination.or(person.map(|it| it.country))
        });
        let mut relocation = Self { leg, home, varied: Vec::new(), dropped: Vec::new() };
        // Where the destination is not known, anything may stand for it: nothing moves but it.
        let away = Country::all().find(|it| Some(*it) != home).unwrap_or(Country::us());
        let mut paths = Moved::default();
        relocation.move_to(&mut transaction.clone(), away, &mut paths);
        relocation.varied = paths.varied;
        relocation.dropped = paths.dropped;
        relocation
    }

    /// The destination in the file.
    #[must_use]
    pub fn home(&self) -> Option<Country> {
        self.home
    }

    /// The paths of what varies, such as `parties[0].country`.
    #[must_use]
    pub fn varied(&self) -> &[String] {
        &self.varied
    }

    /// The paths of what is left out for every destination but that in the file.
    #[must_use]
    pub fn dropped(&self) -> &[String] {
        &self.dropped
    }

    /// The same for another destination; for that in the file, the transaction as it is.
    #[must_use]
    pub fn to(&self, transaction: &Transaction, country: Country) -> Transaction {
        let mut moved = transaction.clone();
        if self.home != Some(country) {
            self.move_to(&mut moved, country, &mut Moved::default());
        }
        moved
    }

    fn move_to(&self, transaction: &mut Transaction, to: Country, moved: &mut Moved) {
        for (place, item) in transaction.items.iter_mut().flatten().enumerate() {
            if let Some(origin) = &mut item.origin
                && origin.us_content_percent.take().is_some()
            {
                moved.dropped.push(format!("items[{place}].origin.us_content_percent"));
            }
        }
        let before = match self.leg {
            Some(leg) => format!("legs[{leg}]."),
            None => String::new(),
        };
        let Some(parts) = self.parts(transaction) else { return };
        moved.varied.push(format!("{before}destination"));
        *parts.destination = Some(to);
        let mut shift = |place: &mut Option<Country>, path: String| {
            if place.is_some() && *place == self.home {
                *place = Some(to);
                moved.varied.push(path);
            }
        };
        if parts.activity == Activity::TransferInCountry {
            shift(parts.from, format!("{before}from"));
        }
        for (number, party) in parts.parties.iter_mut().flatten().enumerate() {
            let path = |key: &str| format!("{before}parties[{number}].{key}");
            // In a deemed export the person stays where the release takes place.
            if !parts.activity.is_deemed() {
                shift(&mut party.country, path("country"));
                shift(&mut party.headquarters, path("headquarters"));
            }
            shift(&mut party.government_of, path("government_of"));
            if let Some(principal) = &mut party.acts_for {
                shift(&mut principal.country, path("acts_for.country"));
                shift(&mut principal.government_of, path("acts_for.government_of"));
            }
            for (place, nationality) in party.nationalities.iter_mut().flatten().enumerate() {
                let mut country = Some(nationality.country);
                shift(&mut country, path(&format!("nationalities[{place}].country")));
                nationality.country = country.unwrap_or(nationality.country);
            }
        }
        let stored = parts.transfer.iter_mut().filter_map(|it| it.intentionally_stored_in.as_mut());
        for country in stored.flatten() {
            let mut place = Some(*country);
            shift(&mut place, format!("{before}transfer.intentionally_stored_in"));
            *country = place.unwrap_or(*country);
        }
        if parts.authorizations.as_ref().is_some_and(|it| !it.is_empty()) {
            *parts.authorizations = Some(Vec::new());
            moved.dropped.push(format!("{before}authorizations"));
        }
        if let Some(documents) = parts.documents_held
            && documents.contains(&Document::OfacAuthorization)
        {
            documents.retain(|it| *it != Document::OfacAuthorization);
            moved.dropped.push(format!("{before}documents_held: ofac-authorization"));
        }
    }

    /// The parts that may move. A leg gets what it takes from its transaction first.
    fn parts<'t>(&self, transaction: &'t mut Transaction) -> Option<Parts<'t>> {
        let Some(place) = self.leg else {
            return Some(Parts {
                activity: transaction.activity,
                from: &mut transaction.from,
                destination: &mut transaction.destination,
                parties: &mut transaction.parties,
                transfer: &mut transaction.transfer,
                documents_held: &mut transaction.documents_held,
                authorizations: &mut transaction.authorizations,
            });
        };
        let activity = transaction.activity;
        let leg: &mut LegInput = transaction.legs.as_mut()?.get_mut(place)?;
        macro_rules! inherit {
            ($($key:ident)+) => {
                $( if leg.$key.is_none() {
                    leg.$key.clone_from(&transaction.$key);
                } )+
            };
        }
        inherit!(from destination parties transfer documents_held authorizations);
        Some(Parts {
            activity: leg.activity.unwrap_or(activity),
            from: &mut leg.from,
            destination: &mut leg.destination,
            parties: &mut leg.parties,
            transfer: &mut leg.transfer,
            documents_held: &mut leg.documents_held,
            authorizations: &mut leg.authorizations,
        })
    }
}

#[derive(Debug, Default)]
struct Moved {
    varied: Vec<String>,
    dropped: Vec<String>,
}
