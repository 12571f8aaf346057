//! Where a thing stands in the input, and what a person calls it.

use super::MatterFacts;
use super::path::{Holder, Path};
use crate::catalogue::{
    self, item, listing, nationality, notice, other_entry, red_flag, transaction,
};
use crate::derivations::{ReleaseGap, release_gaps};
use crate::transaction::Party;
use crate::transaction::leg::Leg;
use law::RowId;
use law::schema::FactId;

/// Where a thing stands in the input. `None` for a place stands for all of a list that was not
/// given.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    /// The transaction.
    Root,
    /// An item; whether its classification would be settled by what it is for.
    Item { place: Option<usize>, ask_parent: bool },
    /// Another entry of an item.
    OtherEntry { item: Option<usize> },
    /// A country of transit.
    Passage,
    /// A party, or the one after the last for an end user whom nobody named.
    Party(usize),
    /// An owner of a party.
    Owner { party: usize, place: Option<usize> },
    /// A nationality of a party.
    Nationality { party: usize, place: Option<usize> },
    /// A party as such.
    Person { party: usize },
    /// Its principal.
    Principal { party: usize },
    /// A listing.
    Listing { party: usize, holder: Holder, place: Option<usize> },
    /// A country in which data is stored.
    Stored,
    /// A notice.
    Notice(Option<usize>),
    /// A red flag.
    RedFlag(Option<usize>),
}

/// What to ask for a fact of a thing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AskFor {
    /// Where the answer goes in the input.
    pub path: String,
    /// The question.
    pub question: String,
    /// How hard the answer is to find, from 1 to 5.
    pub cost: u8,
}

impl MatterFacts {
    /// Where a fact stands in the input, such as `parties[0].sector`. For what is worked out, where
    /// it is worked out from.
    #[must_use]
    pub fn path_of(&self, row: RowId, fact: FactId) -> Path {
        let Some(kind) = self.facts.row(row).map(|it| it.kind) else { return Path::default() };
        let entry = catalogue::fact(kind, fact);
        let (name, key) = entry.map_or(("", None), |it| (it.name, it.ask.map(|ask| ask.key)));
        match (self.place(row), key) {
            (Place::Item { place: Some(_), ask_parent: true }, Some(_)) if fact == item::ECCN => {
                self.path_of_key(row, "eccn_for")
            }
            (Place::Item { place: None, .. }, Some(_)) => Path { list: "items", ..Path::default() },
            (Place::Party(_) | Place::Root | Place::Item { .. }, None) => {
                self.path_of_key(row, name)
            }
            (_, key) => self.path_of_key(row, key.unwrap_or(name)),
        }
    }

    /// Where a key of a thing stands in the input.
    #[must_use]
    pub fn path_of_key(&self, row: RowId, key: &'static str) -> Path {
        let whole = Path { key, ..Path::default() };
        // A list that was not given has no members, and so no keys.
        let of = |place: Option<usize>| Path { key: place.map_or("", |_| key), ..Path::default() };
        let within = |list, place| Path { list, place, ..of(place) };
        let of_leg = |first, path: Path| Path { leg: self.root.leg_of(first), ..path };
        let of_party = |party, holder, inner: Option<(&'static str, Option<usize>)>| {
            let last = inner.map_or(Some(party), |it| it.1);
            let member = Path { list: "parties", place: Some(party), ..of(last) };
            of_leg("parties", Path { holder, inner, ..member })
        };
        match self.place(row) {
            Place::Root => of_leg(key.split_once('.').map_or(key, |it| it.0), whole),
            Place::Item { place, .. } | Place::OtherEntry { item: place } => within("items", place),
            Place::Passage => of_leg("transit", within("transit", None)),
            Place::Stored => {
                of_leg("transfer", Path { key: "transfer.intentionally_stored_in", ..whole })
            }
            Place::Party(party) | Place::Person { party } => of_party(party, Holder::Itself, None),
            Place::Principal { party } => of_party(party, Holder::Principal, None),
            Place::Owner { party, place } => {
                of_party(party, Holder::Itself, Some(("owners", place)))
            }
            Place::Nationality { party, place } => {
                of_party(party, Holder::Itself, Some(("nationalities", place)))
            }
            Place::Listing { party, holder, place } => {
                of_party(party, holder, Some(("lists", place)))
            }
            Place::Notice(place) => within("notices", place),
            Place::RedFlag(place) => within("red_flags", place),
        }
    }

    /// What stands in the input for a thing, such as `parties[0]` or `items[1]`.
    #[must_use]
    pub fn subject_of(&self, row: RowId) -> Path {
        self.path_of_key(row, "")
    }

    /// What to ask for a fact; `None` for what nobody can be asked.
    #[must_use]
    pub fn ask_for(&self, leg: &Leg<'_>, row: RowId, fact: FactId) -> Option<AskFor> {
        let kind = self.facts.row(row)?.kind;
        let ask = catalogue::fact(kind, fact)?.ask?;
        if (kind, fact) == (transaction::KIND, transaction::DESTINATION)
            && let Some(asked) = self.ask_for_nationality(leg)
        {
            return Some(asked);
        }
        let question = match self.place(row) {
            Place::Item { place: Some(_), ask_parent: true } if fact == item::ECCN => {
                "For which item is {item}: what is the parent that its paragraph names?"
            }
            Place::Item { place: None, .. } => "What is to leave: which items?",
            Place::Nationality { place: None, .. } => {
                question(nationality::KIND, nationality::COUNTRY)
            }
            Place::Listing { place: None, .. }
                if self.is_nobody(leg, row) && leg.activity.is_deemed() =>
            {
                "Who is the person to whom it is released, and on which lists of restricted parties? Name the person, and answer with an empty list where a screening found nothing."
            }
            Place::Listing { place: None, .. } if self.is_nobody(leg, row) => {
                "Who is the end user, and on which lists of restricted parties? Name it, and answer with an empty list where a screening found nothing."
            }
            Place::Listing { place: None, .. } => question(listing::KIND, listing::LIST),
            Place::Notice(None) => question(notice::KIND, notice::NOTICE_FROM),
            Place::RedFlag(None) => question(red_flag::KIND, red_flag::FLAG),
            Place::OtherEntry { .. } => question(other_entry::KIND, other_entry::ECCN),
            Place::Root
            | Place::Item { .. }
            | Place::Passage
            | Place::Party(_)
            | Place::Owner { .. }
            | Place::Nationality { .. }
            | Place::Person { .. }
            | Place::Principal { .. }
            | Place::Listing { .. }
            | Place::Stored
            | Place::Notice(Some(_))
            | Place::RedFlag(Some(_)) => ask.question,
        };
        Some(AskFor {
            path: self.path_of(row, fact).to_string(),
            question: self.named(leg, row, question),
            cost: ask.cost,
        })
    }

    /// What tells where a release goes: all citizenships and residencies of the person to whom it is
    /// made, and since when.
    fn ask_for_nationality(&self, leg: &Leg<'_>) -> Option<AskFor> {
        if !leg.activity.is_deemed() {
            return None;
        }
        let parties = leg.parties.unwrap_or_default();
        let gap = release_gaps(parties, leg.destination).next()?;
        let path = Path { leg: self.root.leg_of("parties"), list: "parties", ..Path::default() };
        let (path, question, party) = match gap {
            ReleaseGap::Nationalities(party) => (
                Path { place: Some(party), key: "nationalities", ..path },
                question(nationality::KIND, nationality::COUNTRY).to_owned(),
                party,
            ),
            ReleaseGap::Since(party, nationality) => {
                let told = parties.get(party).and_then(|it| it.nationalities.as_ref());
                let country =
                    told.and_then(|it| it.get(nationality)).map_or("", |it| it.country.name());
                (
                    Path {
                        place: Some(party),
                        inner: Some(("nationalities", Some(nationality))),
                        key: "since",
                        ..path
                    },
                    format!(
                        "Since which day is {{party}} a citizen or permanent resident of \
                         {country}? The latest decides where a release goes."
                    ),
                    party,
                )
            }
        };
        let name = Self::person_called(leg, party, Of::Itself);
        Some(AskFor {
            path: path.to_string(),
            question: question.replace("{party}", &name),
            cost: 1,
        })
    }

    /// Whether a thing is about an end user whom nobody named.
    fn is_nobody(&self, leg: &Leg<'_>, row: RowId) -> bool {
        let parties = leg.parties.unwrap_or_default().len();
        self.party_of(row).is_some_and(|(party, _)| party >= parties)
    }

    /// A question with the names of what it is about.
    fn named(&self, leg: &Leg<'_>, row: RowId, question: &str) -> String {
        if question.contains("{item}") {
            let place = self.place(row);
            let item = if let Place::Item { place, .. } | Place::OtherEntry { item: place } = place
            {
                place.and_then(|it| leg.items?.get(it))
            } else {
                None
            };
            let name = item.and_then(|it| it.name.clone()).or_else(|| {
                let eccn = item?.eccn.as_ref()?;
                Some(format!("the {eccn} item"))
            });
            return question.replace("{item}", name.as_deref().unwrap_or("the item"));
        }
        let Some((party, of)) = self.party_of(row) else { return question.to_owned() };
        let name = Self::person_called(leg, party, of);
        question.replace("{party}", &name).replace(",?", "?").replace(",,", ",").replace(",:", ":")
    }

    fn person_called(leg: &Leg<'_>, party: usize, of: Of) -> String {
        let party = leg.parties.and_then(|it| it.get(party));
        match (party, of) {
            (None, _) if leg.activity.is_deemed() => "the person to whom it is released".to_owned(),
            (None, _) => "the end user, whom nobody named,".to_owned(),
            (Some(party), Of::Itself) => called(party),
            (Some(party), Of::Principal) => {
                let principal = party.acts_for.as_ref().and_then(|it| it.name.clone());
                principal.unwrap_or_else(|| format!("the principal of {}", called(party)))
            }
            (Some(party), Of::Owner(owner)) => {
                let owner = party.owners.as_ref().and_then(|it| it.get(owner)?.name.clone());
                owner.unwrap_or_else(|| format!("the owner of {}", called(party)))
            }
        }
    }

    fn party_of(&self, row: RowId) -> Option<(usize, Of)> {
        match self.place(row) {
            Place::Party(party)
            | Place::Person { party }
            | Place::Owner { party, .. }
            | Place::Nationality { party, .. } => Some((party, Of::Itself)),
            Place::Principal { party } => Some((party, Of::Principal)),
            Place::Listing { party, holder, .. } => Some((
                party,
                match holder {
                    Holder::Itself => Of::Itself,
                    Holder::Principal => Of::Principal,
                    Holder::Owner(owner) => Of::Owner(owner),
                },
            )),
            Place::Root
            | Place::Item { .. }
            | Place::OtherEntry { .. }
            | Place::Passage
            | Place::Stored
            | Place::Notice(_)
            | Place::RedFlag(_) => None,
        }
    }

    fn place(&self, row: RowId) -> Place {
        self.places.get(row.0 as usize).copied().unwrap_or(Place::Root)
    }
}

/// Whose fact a question about a party asks for.
#[derive(Clone, Copy)]
enum Of {
    Itself,
    Principal,
    Owner(usize),
}

fn called(party: &Party) -> String {
    let role = || format!("the {}", party.role.as_str().replace('-', " "));
    party.name.clone().unwrap_or_else(role)
}

fn question(kind: law::schema::KindId, fact: FactId) -> &'static str {
    catalogue::fact(kind, fact).and_then(|it| it.ask).map_or("", |it| it.question)
}
