//! Who takes part, for whom they act, and who owns them.

use crate::closed_list::closed_list;
use crate::country::Country;
use crate::transaction::listing::Listing;
use crate::transaction::record::record;
use crate::transaction::role::Role;
use crate::transaction::sector::Sector;
use crate::transaction::values::Percent;
use jiff::civil::Date;
use std::collections::BTreeMap;

record! {
    /// Someone who takes part. A party with two roles is entered twice.
    pub struct Party {
        /// What it does in the transaction.
        role: Role,
        /// Its name, which is screened.
        name: Option<String>,
        /// Other names, which are screened.
        aliases: Option<Vec<String>>,
        /// Where it is; for a person in a deemed export, where the release takes place.
        country: Option<Country>,
        /// Its address, as evidence for screening.
        address: Option<String>,
        /// Its identifiers, as evidence for screening.
        ids: Option<BTreeMap<String, String>>,
        /// What it is and does.
        sector: Option<Sector>,
        /// Of which level, for bodies of government.
        government_level: Option<GovernmentLevel>,
        /// Whose government it is a body of, or which government owns it.
        government_of: Option<Country>,
        /// Voting shares that governments beneficially own or control, directly or indirectly,
        /// added (740.22(b)(5)).
        state_owned_percent: Option<Percent>,
        /// A government may appoint most of the board (740.22(b)(5)).
        state_appoints_board_majority: Option<bool>,
        /// The principal on whose behalf it acts here.
        acts_for: Option<Principal>,
        /// What it is to United States law.
        us_status: Option<UsStatus>,
        /// All citizenships and permanent residencies.
        nationalities: Option<Vec<Nationality>>,
        /// Bona fide permanent and regular employee (734.20(d)(2)).
        permanent_employee: Option<bool>,
        /// "U.S. subsidiary" of 772.1.
        us_subsidiary: Option<bool>,
        /// Headquarters of its ultimate parent.
        headquarters: Option<Country>,
        /// Its direct and indirect owners.
        owners: Option<Vec<Owner>>,
        /// Its adjudicated listings as of the date; an empty list is a clean screening.
        lists: Option<Vec<Listing>>,
    }
}

record! {
    /// The principal on whose behalf a party acts.
    #[derive(Default)]
    pub struct Principal {
        /// Its name.
        name: Option<String>,
        /// Where it is.
        country: Option<Country>,
        /// What it is and does.
        sector: Option<Sector>,
        /// Of which level, for bodies of government.
        government_level: Option<GovernmentLevel>,
        /// Whose government it is a body of, or which government owns it.
        government_of: Option<Country>,
        /// Voting shares of governments.
        state_owned_percent: Option<Percent>,
        /// A government may appoint most of the board.
        state_appoints_board_majority: Option<bool>,
        /// Its adjudicated listings as of the date.
        lists: Option<Vec<Listing>>,
    }
}

record! {
    /// A citizenship or permanent residency.
    pub struct Nationality {
        /// Of which country.
        country: Country,
        /// Which of the two.
        status: Option<NationalityStatus>,
        /// Since when; the latest decides (734.13(b)).
        since: Option<Date>,
    }
}

record! {
    /// A direct or indirect owner.
    #[derive(Default)]
    pub struct Owner {
        /// Its name.
        name: Option<String>,
        /// Where it is.
        country: Option<Country>,
        /// Its share; left out where it cannot be found.
        percent: Option<Percent>,
        /// Its adjudicated listings as of the date.
        lists: Option<Vec<Listing>>,
    }
}

closed_list! {
    /// The level of a body of government.
    pub enum GovernmentLevel is "a level of government" {
        /// National.
        National = "national",
        /// Of a state, province or region.
        Regional = "regional",
        /// Of a town or district.
        Local = "local",
    }
}

closed_list! {
    /// What a person or entity is to United States law.
    pub enum UsStatus is "a US status" {
        /// Citizen of the United States.
        UsCitizen = "us-citizen",
        /// Lawful permanent resident of the United States.
        UsPermanentResident = "us-permanent-resident",
        /// Protected individual, 8 U.S.C. 1324b(a)(3).
        UsProtectedIndividual = "us-protected-individual",
        /// Entity organized under United States law.
        UsEntity = "us-entity",
        /// None of these.
        ForeignPerson = "foreign-person",
    }
}

closed_list! {
    /// What ties a person to a country.
    pub enum NationalityStatus is "a status of nationality" {
        /// Citizenship.
        Citizen = "citizen",
        /// Permanent residency.
        PermanentResident = "permanent-resident",
    }
}
