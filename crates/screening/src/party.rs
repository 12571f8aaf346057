//! A party on a list, with everything that its list says and a determination may need.
//!
//! The importers in `lists` make these; the snapshot keeps them; the matcher reads their names.

use crate::country::CountryCode;
use jiff::civil::Date;

/// A party on a restricted-party list.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ListedParty {
    /// Which list, by the code that transactions use: `EL`, `DPL`, `MEU`, `UVL`, `SDN`, `SSI`,
    /// `CMIC`, `MBS`, `CAP`, `PLC`, `DTC`, `ISN`, or another list's own code such as `UN`, `UK`.
    pub list: String,
    /// The entry's own number in its list, or one made from its content where the list has none.
    pub id: String,
    /// What it is.
    pub kind: PartyKind,
    /// Its names, the primary one first.
    pub names: Vec<PartyName>,
    /// Where it is.
    pub addresses: Vec<Address>,
    /// Countries that the list connects with it, other than by address.
    pub countries: Vec<(CountryLink, CountryCode)>,
    /// When it was born or built, as far as known; several claims may stand side by side.
    pub births: Vec<DateSpan>,
    /// Where it was born.
    pub birth_places: Vec<String>,
    /// As the list gives it.
    pub gender: Option<Gender>,
    /// Documents, registrations, hull numbers, wallet addresses.
    pub ids: Vec<Identifier>,
    /// Program tags, such as `SDGT` or `CYBER2`.
    pub programs: Vec<String>,
    /// What needs a license, in the list's words (Entity List: the license requirement).
    pub license_requirement: Option<String>,
    /// How an application is reviewed, in the list's words.
    pub license_policy: Option<String>,
    /// Federal Register or other notices, such as `86 FR 60760`.
    pub notices: Vec<String>,
    /// What the two texts above say, as far as they are regular (Entity List).
    pub coverage: Coverage,
    /// Whether the entry names a party, only an address, or an address of high diversion risk.
    pub basis: Basis,
    /// First day on which the entry stands.
    pub from: Option<Date>,
    /// First day on which it no longer stands.
    pub until: Option<Date>,
    /// What else the list says, for people.
    pub remarks: Option<String>,
    /// Where to read the entry.
    pub source_url: Option<String>,
}

/// What an Entity List entry says about licenses, as far as its text is regular.
///
/// `None` is *not read*: the list does not say, or says it in words that only a person can weigh.
/// Whoever decides must treat it as unknown; the text itself stays with the party.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Coverage {
    /// Which items need a license. Read only where the text has no carve-out, addition or
    /// condition.
    pub scope: Option<Scope>,
    /// Symbols of the exceptions that the entry leaves open; an empty list is none.
    pub exceptions_allowed: Option<Vec<String>>,
    /// Numbers of its footnotes; an empty list is none.
    pub footnotes: Option<Vec<u8>>,
    /// Review policy by the word that transactions use, such as `presumption-of-denial`; of several
    /// in one entry, the strictest.
    pub review_policy: Option<String>,
}

/// Which items an entry covers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Scope {
    /// Everything subject to the EAR.
    AllItems,
    /// Everything on the Commerce Control List.
    CclItems,
    /// The entries of the Commerce Control List that are named.
    ListedItems(Vec<String>),
}

/// What a party is.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum PartyKind {
    /// A natural person.
    Person,
    /// A company, body or group.
    Organization,
    /// A ship.
    Vessel,
    /// An airplane or helicopter.
    Aircraft,
    /// The list does not say.
    #[default]
    Unknown,
}

/// One name of a party.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PartyName {
    /// As the list writes it, without its own punctuation conventions such as `a.k.a.`.
    pub text: String,
    /// Primary, alias or former.
    pub role: NameRole,
    /// Whether the list itself calls the name weak or of low quality.
    pub weak: bool,
    /// Its parts, where the list gives them apart.
    pub parts: Option<NameParts>,
}

/// The parts of a person's name as a list gives them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct NameParts {
    /// Given and middle names.
    pub given: String,
    /// Family name.
    pub family: String,
}

/// What a name is to its party.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum NameRole {
    /// The name of the entry.
    #[default]
    Primary,
    /// Also known as.
    Alias,
    /// Formerly known as.
    Former,
}

/// An address, as far as the list gives its parts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Address {
    /// Street and number, or the whole text where the parts are not given.
    pub text: String,
    /// Town.
    pub city: String,
    /// State or province.
    pub region: String,
    /// Postal code.
    pub postal_code: String,
    /// Country.
    pub country: Option<CountryCode>,
}

/// How a country is connected with a party.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum CountryLink {
    /// Where it is, or the country heading under which the list puts it.
    Location,
    /// Citizen of.
    Citizenship,
    /// National of.
    Nationality,
    /// Born in.
    Birth,
    /// Registered in, or flag of.
    Registration,
}

/// A day known to lie between two days, both included.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct DateSpan {
    /// The earliest day it may be.
    pub earliest: Date,
    /// The latest day it may be.
    pub latest: Date,
    /// Whether the list says `circa`.
    pub circa: bool,
}

/// As lists give it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Gender {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// A number that identifies a party.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Identifier {
    /// What it is, in the list's words: `Passport`, `Tax ID No.`, `IMO`, `Digital Currency Address - XBT`.
    pub kind: String,
    /// As the list writes it.
    pub number: String,
    /// Who issued it.
    pub country: Option<CountryCode>,
}

/// What an entry names.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Basis {
    /// A party by name.
    #[default]
    Name,
    /// An address, whoever is there (15 CFR § 744.16(f)).
    Address,
    /// An address of high diversion risk.
    HighDiversionAddress,
}
