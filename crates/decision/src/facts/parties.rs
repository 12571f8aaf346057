//! Facts of the parties: as such, for whom they act, who owns them, where they are listed.

use super::path::Holder;
use super::place::Place;
use super::presumption::{About, Presumed};
use super::{Making, ROOT};
use crate::catalogue::domains::{self, Via, Who};
use crate::catalogue::{listing as l, nationality as n, owner as o, party as p, person};
use crate::country::Country;
use crate::derivations::{
    EndUsers, OwnersOn, holds_more_than_half, is_half, is_near_746_6, latest, owned_by, passes_on,
    some_owner_is_listed, us_majority,
};
use crate::matches::Who as Whose;
use crate::transaction::listing::Basis;
use crate::transaction::party::{GovernmentLevel, Nationality, Owner, Principal, UsStatus};
use crate::transaction::values::Percent;
use crate::transaction::{Activity, Listing, Party, Role, Sector};
use law::{RowId, Truth, Value};

/// What a party and its principal have in common.
#[derive(Clone, Copy, Default)]
struct Person {
    country: Option<Country>,
    sector: Option<Sector>,
    government_level: Option<GovernmentLevel>,
    government_of: Option<Country>,
    state_owned_percent: Option<Percent>,
    state_appoints_board: Option<bool>,
    /// Its headquarters or its owners were told to be in another country than it is.
    belongs_elsewhere: bool,
}

impl Making<'_, '_> {
    pub(super) fn parties(&mut self, end_users: &EndUsers) {
        let parties = self.leg.parties.unwrap_or_default();
        for (place, (party, counts)) in parties.iter().zip(&end_users.counts).enumerate() {
            let row = self.party(place, party, *counts);
            self.matter.parties.push(row);
        }
        if end_users.unnamed {
            let row = self.unnamed_end_user(parties.len());
            self.matter.parties.push(row);
        }
    }

    /// An end user of whom nothing is known, not even the country: nothing is presumed of it.
    fn unnamed_end_user(&mut self, party: usize) -> RowId {
        let row = self.push(p::KIND, ROOT, Place::Party(party));
        self.code(row, p::ROLE, Some(Role::EndUser.place()));
        self.truth(row, p::COUNTS_AS_END_USER, Some(true));
        self.truth(row, p::GHOST, Some(true));
        self.truth(row, p::NAMED, Some(false));
        self.truth(row, p::NATIONALITY_KNOWN, Some(false));
        self.truth(row, p::ADDRESS_NEAR_746_6, Some(false));
        self.truth(row, p::TOLD_OTHERWISE, Some(false));
        self.truth(row, p::TAKEN_ON, Some(false));
        self.push(n::KIND, row, Place::Nationality { party, place: None });
        self.push(o::KIND, row, Place::Owner { party, place: None });
        let itself = self.push(person::KIND, row, Place::Person { party });
        self.code(itself, person::WHO, Some(Who::Itself as u16));
        self.unknown_listing(row, party, Holder::Itself);
        row
    }

    fn party(&mut self, place: usize, party: &Party, counts: bool) -> RowId {
        let row = self.push(p::KIND, ROOT, Place::Party(place));
        self.code(row, p::ROLE, Some(party.role.place()));
        self.truth(row, p::COUNTS_AS_END_USER, Some(counts));
        self.truth(row, p::GHOST, Some(false));
        self.truth(row, p::NAMED, Some(party.name.is_some()));
        let address = party.address.as_deref();
        self.truth(row, p::ADDRESS_NEAR_746_6, Some(address.is_some_and(is_near_746_6)));
        let country = self.country(row, party, counts);
        // A deemed reexport goes to a nationality, and takes place where it begins (15 CFR § 734.14(a)(2)).
        let released = self.leg.activity == Activity::DeemedReexport;
        let home = if released { self.leg.from } else { self.leg.destination };
        let elsewhere = country.zip(home).map(|(at, there)| at != there);
        self.truth(row, p::ELSEWHERE, elsewhere);
        let parties = self.leg.parties.unwrap_or_default();
        let otherwise = parties.iter().any(|it| contradicts(party, it));
        self.truth(row, p::TOLD_OTHERWISE, Some(otherwise));
        self.truth(row, p::TAKEN_ON, Some(false));
        self.us_status(row, party);
        self.truth(row, p::PERMANENT_EMPLOYEE, party.permanent_employee);
        // Nobody owns a natural person or a body of government.
        let owned =
            !self.is_a_person(party) && !party.sector.is_some_and(Sector::is_body_of_government);
        let owners = party.owners.as_deref().or_else(|| (!owned).then_some(&[]));
        // Where none were told, whoever it is may be somebody whom nobody owns.
        self.truth(row, p::OWNERS_UNTOLD, owners.is_some().then_some(false));
        self.us_subsidiary(row, party, owners);
        self.headquarters(row, party, country, owners);
        for (fact, on) in [
            (p::EL_OWNED_PERCENT, OwnersOn::EntityList),
            (p::MEU_OWNED_PERCENT, OwnersOn::MilitaryEndUserList),
            (p::SDN_OWNED_PERCENT, OwnersOn::SdnPrograms),
            (p::LISTED_OWNED_PERCENT, OwnersOn::AnyOfThem),
        ] {
            self.set(row, fact, owned_by(owners, on));
        }
        // P14: on most days owners that were not told have no effect. On the days of the Affiliates
        // rule the percentages above are what counts, and those stay unknown.
        match owners {
            None => {
                let none = Presumed::Word("none listed");
                let none = self.presume("P14", row, About::Fact(p::LISTED_OWNER), none);
                self.truth(row, p::LISTED_OWNER, none.then_some(false));
            }
            Some(_) => self.truth(row, p::LISTED_OWNER, some_owner_is_listed(owners).known()),
        }
        self.nationalities(row, place, party.nationalities.as_deref());
        let itself = self.push(person::KIND, row, Place::Person { party: place });
        self.person(itself, Who::Itself, Person { country, ..Person::from(party) });
        self.listings(row, place, Holder::Itself, party.lists.as_deref());
        self.principal(row, place, party.acts_for.as_ref());
        self.owners(row, place, owners);
        row
    }

    /// Whether a party is a natural person by what was told: an employee, a student, a visitor, a
    /// citizen, permanent resident or protected individual of the United States, or whoever
    /// something is released to that has a nationality.
    fn is_a_person(&self, party: &Party) -> bool {
        let role = party.role;
        let named = party.nationalities.as_ref().is_some_and(|it| !it.is_empty());
        let status = party.us_status;
        matches!(role, Role::Employee | Role::Student | Role::Visitor)
            || matches!(
                status,
                Some(
                    UsStatus::UsCitizen
                        | UsStatus::UsPermanentResident
                        | UsStatus::UsProtectedIndividual
                )
            )
            || self.leg.activity.is_deemed()
                && named
                && (role.is_released_person() || role == Role::EndUser)
    }

    /// Who owns the party. Owners that were not told are one of whom nothing is known.
    fn owners(&mut self, row: RowId, party: usize, given: Option<&[Owner]>) {
        let Some(given) = given else {
            self.push(o::KIND, row, Place::Owner { party, place: None });
            return;
        };
        for (owner, it) in given.iter().enumerate() {
            let place = Place::Owner { party, place: Some(owner) };
            let itself = self.push(o::KIND, row, place);
            let country = self.bindings.value(it.country);
            self.set(itself, o::COUNTRY, country);
            self.number(itself, o::PERCENT, it.percent.map(Percent::thousandths));
            self.listings(row, party, Holder::Owner(owner), it.lists.as_deref());
        }
    }

    fn country(&mut self, row: RowId, party: &Party, counts: bool) -> Option<Country> {
        let mut country = party.country;
        let receives = counts || party.role == Role::UltimateConsignee;
        if country.is_none()
            && receives
            && !self.leg.activity.is_deemed()
            && let Some(destination) = self.leg.destination
        {
            let presumed = Presumed::Country(destination);
            if self.presume("P11", row, About::Fact(p::COUNTRY), presumed) {
                country = Some(destination);
            }
        }
        let value = self.bindings.value(country);
        self.set(row, p::COUNTRY, value);
        country
    }

    fn us_status(&mut self, row: RowId, party: &Party) {
        let mut status = party.us_status;
        let foreign = UsStatus::ForeignPerson;
        if status.is_none()
            && self.leg.activity.is_deemed()
            && party.role.is_released_person()
            && self.presume("P12", row, About::Fact(p::US_STATUS), Presumed::Word(foreign.as_str()))
        {
            status = Some(foreign);
        }
        self.code(row, p::US_STATUS, status);
    }

    /// Whether a US firm holds more than everybody else, 15 CFR § 772.1. It is open where what was
    /// told is contradicted, by governments that hold half or another owner who holds more, and
    /// where owners leave it open.
    fn us_subsidiary(&mut self, row: RowId, party: &Party, owners: Option<&[Owner]>) {
        let owners = owners.unwrap_or_default();
        let by_governments = party.state_owned_percent.is_some_and(is_half);
        let foreign = |it: &Owner| it.country.is_some_and(|it| it != Country::us());
        let by_another = owners.iter().any(|it| foreign(it) && holds_more_than_half(it).is_true());
        let told = party.us_subsidiary;
        let shown = if by_governments { Truth::False } else { us_majority(owners) };
        let contradicted = told == Some(true) && (by_governments || by_another);
        if contradicted || told.is_none() && shown.is_unknown() {
            return;
        }
        let told = told.or(shown.is_true().then_some(true));
        self.truth_or_false(row, p::US_SUBSIDIARY, told, "P6");
    }

    /// Where the ultimate parent sits, 15 CFR § 740.2(a)(9)(ii): with an owner who may hold half,
    /// where that owner is. Only where there is none is the party's own country presumed.
    fn headquarters(
        &mut self,
        row: RowId,
        party: &Party,
        country: Option<Country>,
        owners: Option<&[Owner]>,
    ) {
        let mut headquarters = party.headquarters;
        if headquarters.is_none()
            && let Some(places) = parents_sit_in(owners.unwrap_or_default(), country)
        {
            let value = match places.into_iter().collect::<Option<Vec<Country>>>() {
                Some(places) => self.bindings.one_of(&places),
                None => Value::Unknown,
            };
            self.set(row, p::HEADQUARTERS, value);
            return;
        }
        if headquarters.is_none()
            && let Some(country) = country
            && self.presume("P13", row, About::Fact(p::HEADQUARTERS), Presumed::Country(country))
        {
            headquarters = Some(country);
        }
        let value = self.bindings.value(headquarters);
        self.set(row, p::HEADQUARTERS, value);
    }

    fn nationalities(&mut self, row: RowId, party: usize, given: Option<&[Nationality]>) {
        self.truth(row, p::NATIONALITY_KNOWN, Some(given.is_some()));
        let Some(given) = given else {
            self.push(n::KIND, row, Place::Nationality { party, place: None });
            return;
        };
        for (place, (it, latest)) in given.iter().zip(latest(given)).enumerate() {
            let place = Place::Nationality { party, place: Some(place) };
            let row = self.push(n::KIND, row, place);
            let country = self.bindings.value(Some(it.country));
            self.set(row, n::COUNTRY, country);
            self.code(row, n::STATUS, it.status);
            self.truth(row, n::LATEST, latest.known());
            let elsewhere = self.leg.destination.map(|there| it.country != there);
            self.truth(row, n::ELSEWHERE, elsewhere);
        }
    }

    /// For whom the party acts. Nobody is presumed; otherwise somebody of whom nothing is known.
    fn principal(&mut self, row: RowId, party: usize, principal: Option<&Principal>) {
        if principal.is_none()
            && self.presume("P6", row, About::Key("acts_for"), Presumed::Word("itself"))
        {
            return;
        }
        let itself = self.push(person::KIND, row, Place::Principal { party });
        match principal {
            Some(it) => self.person(itself, Who::Principal, Person::from(it)),
            None => self.code(itself, person::WHO, Some(Who::Principal as u16)),
        }
        let lists = principal.and_then(|it| it.lists.as_deref());
        self.listings(row, party, Holder::Principal, lists);
    }

    fn person(&mut self, row: RowId, who: Who, it: Person) {
        self.code(row, person::WHO, Some(who as u16));
        let country = self.bindings.value(it.country);
        self.set(row, person::COUNTRY, country);
        self.code(row, person::SECTOR, it.sector);
        self.government(row, &it);
        let mut owned = it.state_owned_percent;
        // Whose government owns it was told, but not how much.
        let of_a_government = it.government_of.is_some() || it.government_level.is_some();
        if owned.is_none()
            && !of_a_government
            && it.sector.is_some_and(Sector::is_presumed_private)
            && self.presume("P7", row, About::Fact(person::STATE_OWNED_PERCENT), Presumed::Zero)
        {
            owned = Some(Percent::NONE);
        }
        self.number(row, person::STATE_OWNED_PERCENT, owned.map(Percent::thousandths));
        let board = it.state_appoints_board;
        if owned == Some(Percent::NONE) {
            self.truth_or_false(row, person::STATE_APPOINTS_BOARD, board, "P8");
        } else {
            self.truth(row, person::STATE_APPOINTS_BOARD, board);
        }
    }

    fn government(&mut self, row: RowId, it: &Person) {
        let (mut level, mut of) = (it.government_level, it.government_of);
        if let Some(sector) = it.sector.filter(|it| it.is_body_of_government()) {
            let national = GovernmentLevel::National;
            let about = About::Fact(person::GOVERNMENT_LEVEL);
            if level.is_none() && self.presume("P10", row, about, Presumed::Word(national.as_str()))
            {
                level = Some(national);
            }
            let about = About::Fact(person::GOVERNMENT_OF);
            if sector == Sector::UsGovernmentAgency {
                // That is no presumption: it is what the sector means.
                of = of.or(Some(Country::us()));
            } else if of.is_none()
                && sector != Sector::InternationalOrganization
                && !it.belongs_elsewhere
                && let Some(country) = it.country
                && self.presume("P9", row, about, Presumed::Country(country))
            {
                of = Some(country);
            }
        }
        self.code(row, person::GOVERNMENT_LEVEL, level);
        let of = self.bindings.value(of);
        self.set(row, person::GOVERNMENT_OF, of);
    }

    fn listings(&mut self, row: RowId, party: usize, holder: Holder, given: Option<&[Listing]>) {
        let Some(given) = given else {
            self.unknown_listing(row, party, holder);
            return;
        };
        for (place, it) in given.iter().enumerate() {
            if matches!(holder, Holder::Owner(_)) && !passes_on(it) {
                continue;
            }
            let place = Place::Listing { party, holder, place: Some(place) };
            let row = self.push(l::KIND, row, place);
            let via = match holder {
                Holder::Itself if it.basis == Some(Basis::Address) => Via::Address,
                Holder::Itself | Holder::Principal | Holder::Owner(_) => via(holder),
            };
            self.code(row, l::VIA, Some(via as u16));
            self.code(row, l::LIST, Some(domains::list(&it.list)));
            self.code(row, l::SCOPE, it.scope);
            if let Some(eccns) = &it.scope_eccns {
                let eccns = self.bindings.entries.set(eccns);
                self.set(row, l::SCOPE_ECCNS, eccns);
            }
            let allowed = it.exceptions_allowed.as_deref();
            self.bits(row, l::EXCEPTIONS_ALLOWED, allowed, |it| it.place());
            self.bits(row, l::FOOTNOTES, it.footnotes.as_deref(), |it| it.place());
            self.bits(row, l::TAGS, it.tags.as_deref(), |it| domains::tag(it));
            self.code(row, l::REVIEW_POLICY, it.review_policy);
        }
        let whose = match holder {
            Holder::Itself => Whose::Itself,
            Holder::Principal => Whose::Principal,
            Holder::Owner(owner) => Whose::Owner(owner),
        };
        if self.leg.is_unresolved(party, whose) {
            self.unknown_listing(row, party, holder);
        }
    }

    fn unknown_listing(&mut self, row: RowId, party: usize, holder: Holder) {
        let place = Place::Listing { party, holder, place: None };
        let row = self.push(l::KIND, row, place);
        self.set(row, l::VIA, Value::Code(via(holder) as u16));
    }
}

fn via(holder: Holder) -> Via {
    match holder {
        Holder::Itself => Via::Itself,
        Holder::Principal => Via::Principal,
        Holder::Owner(_) => Via::Owner,
    }
}

impl From<&Party> for Person {
    fn from(it: &Party) -> Self {
        let parents = parents_sit_in(it.owners.as_deref().unwrap_or_default(), it.country);
        let mut told = it.headquarters.into_iter().map(Some).chain(parents.into_iter().flatten());
        Self {
            belongs_elsewhere: it.country.is_some() && told.any(|at| at != it.country),
            country: it.country,
            sector: it.sector,
            government_level: it.government_level,
            government_of: it.government_of,
            state_owned_percent: it.state_owned_percent,
            state_appoints_board: it.state_appoints_board_majority,
        }
    }
}

impl From<&Principal> for Person {
    fn from(it: &Principal) -> Self {
        Self {
            country: it.country,
            sector: it.sector,
            government_level: it.government_level,
            government_of: it.government_of,
            state_owned_percent: it.state_owned_percent,
            state_appoints_board: it.state_appoints_board_majority,
            belongs_elsewhere: false,
        }
    }
}

/// The countries in which the ultimate parent may sit, by owners who hold half or may; none of them
/// where nobody does. A party that nobody holds by more than half may be its own parent.
fn parents_sit_in(owners: &[Owner], own: Option<Country>) -> Option<Vec<Option<Country>>> {
    let half = |it: &&Owner| it.percent.is_none_or(is_half);
    let mut places: Vec<Option<Country>> =
        owners.iter().filter(half).map(|it| it.country).collect();
    if places.is_empty() {
        return None;
    }
    if !owners.iter().any(|it| holds_more_than_half(it).is_true()) {
        places.push(own);
    }
    Some(places)
}

/// Whether two parties of one name were told as what one cannot be.
fn contradicts(one: &Party, other: &Party) -> bool {
    fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
        one.zip(other).is_some_and(|(one, other)| one != other)
    }
    let told_otherwise = differ(one.sector.as_ref(), other.sector.as_ref())
        || differ(one.country.as_ref(), other.country.as_ref())
        || differ(one.government_of.as_ref(), other.government_of.as_ref())
        || differ(one.us_subsidiary.as_ref(), other.us_subsidiary.as_ref())
        || differ(one.us_status.as_ref(), other.us_status.as_ref());
    told_otherwise
        && one
            .name
            .as_deref()
            .zip(other.name.as_deref())
            .is_some_and(|(one, other)| letters(one).eq(letters(other)))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.trim().chars().flat_map(char::to_lowercase)
}
