//! The changes that are tried: one fact each, with the values that can make a difference.
//!
//! Never tried are values and quantities (splitting), who takes part (but for those who only carry,
//! forward or pay), the kind of activity, and what was published: none of them may be shaped to
//! pass.

use super::levers::{self, Lever, Standing};
use crate::atlas::Relocation;
use crate::country::Country;
use crate::derivations::is_encryption_entry;
use crate::transaction::circumstance::{
    Authorization, AuthorizationType, Document, Flag, RedFlag, Temporary, Transfer,
};
use crate::transaction::end_use::{EndUse, Knowledge, Purpose};
use crate::transaction::item::{Encryption, EncryptionClassification, Form, SuppliedAs};
use crate::transaction::listing::{KnownList, List, Listing};
use crate::transaction::party::{GovernmentLevel, UsStatus};
use crate::transaction::values::{Days, Percent};
use crate::transaction::{Activity, Item, Party, Role, Sector, Transaction};
use std::fmt;

/// Nothing was done to classify the encryption.
const NOT_CLASSIFIED: EncryptionClassification = EncryptionClassification::None;

/// Countries that the rules treat in different ways: one or two of each kind.
const COUNTRIES: [&str; 9] = ["CA", "DE", "BR", "IL", "IN", "VN", "CN", "RU", "CU"];

/// Kinds of user that the rules treat in different ways.
const SECTORS: [Sector; 8] = [
    Sector::Bank,
    Sector::Health,
    Sector::PrivateOther,
    Sector::University,
    Sector::Utility,
    Sector::NationalCsirt,
    Sector::CivilAdministration,
    Sector::Police,
];

/// One fact changed to one value.
pub struct Turn {
    /// Where the fact stands.
    pub path: String,
    /// The new value, in words.
    pub value: String,
    /// The party or the item it is about.
    pub subject: String,
    /// Whether it may be pulled.
    pub standing: Standing,
    /// What is said of it.
    pub lever: &'static Lever,
    edit: Box<dyn Fn(&mut Transaction)>,
}

impl fmt::Debug for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} := {}", self.path, self.value)
    }
}

impl Turn {
    /// Makes the change.
    pub fn apply(&self, transaction: &mut Transaction) {
        (self.edit)(transaction);
    }
}

/// The changes in the making.
struct Turns {
    turns: Vec<Turn>,
}

/// Every change that is tried for a transaction, in the order of its facts.
#[must_use]
pub fn turns(transaction: &Transaction) -> Vec<Turn> {
    let mut turns = Turns { turns: Vec::new() };
    for (place, item) in transaction.items.iter().flatten().enumerate() {
        turns.item(place, item);
    }
    turns.destination(transaction);
    let there = Relocation::of(transaction).home();
    for scope in scopes(transaction) {
        let parties = scope.parties(transaction).unwrap_or_default();
        for (place, party) in parties.iter().enumerate() {
            turns.party(scope, place, party, there);
        }
        turns.end_user(scope, transaction);
    }
    turns.circumstances(transaction);
    turns.turns
}

/// The transaction itself, or a leg that names parties of its own.
#[derive(Clone, Copy, Debug)]
struct Scope(Option<usize>);

fn scopes(transaction: &Transaction) -> Vec<Scope> {
    let legs = transaction.legs.iter().flatten().enumerate();
    let own = legs.filter(|(_, it)| it.parties.is_some()).map(|(place, _)| Scope(Some(place)));
    [Scope(None)].into_iter().chain(own).collect()
}

impl Scope {
    fn parties(self, transaction: &Transaction) -> Option<&[Party]> {
        match self.0 {
            None => transaction.parties.as_deref(),
            Some(leg) => transaction.legs.as_ref()?.get(leg)?.parties.as_deref(),
        }
    }

    fn parties_mut(self, transaction: &mut Transaction) -> Option<&mut Vec<Party>> {
        match self.0 {
            None => Some(transaction.parties.get_or_insert_default()),
            Some(leg) => {
                Some(transaction.legs.as_mut()?.get_mut(leg)?.parties.get_or_insert_default())
            }
        }
    }

    fn path(self, rest: &str) -> String {
        match self.0 {
            None => rest.to_owned(),
            Some(leg) => format!("legs[{leg}].{rest}"),
        }
    }
}

impl Turns {
    /// Adds a change. `known`: whether the fact is known now.
    fn add(
        &mut self,
        path: String,
        subject: &str,
        value: impl Into<String>,
        known: bool,
        edit: impl Fn(&mut Transaction) + 'static,
    ) {
        let Some(lever) = levers::of(&path) else { return };
        let standing = match lever.standing {
            Standing::NoLever if !known => Standing::FindOut,
            Standing::Lever | Standing::FindOut | Standing::NoLever => lever.standing,
        };
        let (value, subject, edit) = (value.into(), subject.to_owned(), Box::new(edit));
        self.turns.push(Turn { path, value, subject, standing, lever, edit });
    }

    fn item(&mut self, place: usize, item: &Item) {
        let subject = item.name.clone().unwrap_or_else(|| "the item".to_owned());
        let edit = move |change: fn(&mut Item)| {
            move |it: &mut Transaction| {
                if let Some(item) = it.items.as_mut().and_then(|it| it.get_mut(place)) {
                    change(item);
                }
            }
        };
        let path = |key: &str| format!("items[{place}].{key}");
        match item.form {
            Some(Form::SourceCode) => {
                let change = edit(|it| it.form = Some(Form::ObjectCode));
                self.add(path("form"), &subject, "object code", true, change);
            }
            Some(Form::ObjectCode) => {
                let change = edit(|it| it.form = Some(Form::SourceCode));
                self.add(path("form"), &subject, "source code", true, change);
            }
            Some(
                Form::Commodity
                | Form::Technology
                | Form::SoftwareKey
                | Form::AccessInformation
                | Form::Service,
            )
            | None => {}
        }
        if item.eccn.as_ref().is_some_and(|it| it.to_string() != "EAR99") {
            let change = edit(|it| {
                it.eccn = "EAR99".parse().ok();
                it.eccn_for = None;
                it.also_controlled = None;
                it.reasons_for_control = None;
            });
            self.add(path("eccn"), &subject, "EAR99", true, change);
        }
        self.encryption(place, &subject, item);
        self.part_of_it(place, &subject, item);
    }

    /// What may be done about an item of encryption.
    fn encryption(&mut self, place: usize, subject: &str, item: &Item) {
        let mut entries = item.eccn.iter().chain(item.also_controlled.iter().flatten());
        if item.encryption.is_none() && !entries.any(is_encryption_entry) {
            return;
        }
        let edit = move |change: fn(&mut Encryption)| {
            move |it: &mut Transaction| {
                if let Some(item) = it.items.as_mut().and_then(|it| it.get_mut(place)) {
                    change(item.encryption.get_or_insert_default());
                }
            }
        };
        let path = format!("items[{place}].encryption");
        let told = item.encryption.as_ref();
        if told.is_none_or(|it| it.classification.is_none_or(|it| it == NOT_CLASSIFIED)) {
            let classified =
                edit(|it| it.classification = Some(EncryptionClassification::SelfClassified));
            let value = "classify it yourself and send the annual self-classification report";
            self.add(path.clone(), subject, value, true, classified);
        }
        let filed = edit(|it| {
            it.classification = Some(EncryptionClassification::RequestFiled);
            it.request_filed_days_ago = Some(Days(31));
            it.on_hold = Some(false);
        });
        let value = "file a classification request and wait the thirty days";
        self.add(path.clone(), subject, value, true, filed);
        let issued = edit(|it| it.classification = Some(EncryptionClassification::Ccats));
        self.add(path.clone(), subject, "have BIS issue a classification", true, issued);
        if told.is_none_or(|it| it.open_source_notified != Some(true)) {
            let notified = edit(|it| it.open_source_notified = Some(true));
            self.add(format!("{path}.open_source_notified"), subject, "sent", true, notified);
        }
    }

    /// What may be let out in place of a whole item, to those who lawfully have it or saw it.
    fn part_of_it(&mut self, place: usize, subject: &str, item: &Item) {
        let supplied = item.supplied_as.unwrap_or(SuppliedAs::Product);
        let smaller: &[(SuppliedAs, &str)] = match (item.form, supplied) {
            (
                Some(Form::ObjectCode | Form::SourceCode),
                SuppliedAs::Product | SuppliedAs::Upgrade,
            ) => &[(SuppliedAs::BugFix, "corrections of errors, with no new function,")],
            (Some(Form::Technology), SuppliedAs::Product) => &[
                (SuppliedAs::OperationTechnology, "the minimum for operation and maintenance"),
                (SuppliedAs::SalesTechnology, "the customary data of a quotation"),
            ],
            _ => &[],
        };
        for (as_what, words) in smaller.iter().copied() {
            self.add(format!("items[{place}].supplied_as"), subject, words, true, move |it| {
                if let Some(item) = it.items.as_mut().and_then(|it| it.get_mut(place)) {
                    item.supplied_as = Some(as_what);
                }
            });
        }
        if item.digital_artifact != Some(true) {
            let words = "digital artifacts that were found on an information system";
            self.add(format!("items[{place}].digital_artifact"), subject, words, true, move |it| {
                if let Some(item) = it.items.as_mut().and_then(|it| it.get_mut(place)) {
                    item.digital_artifact = Some(true);
                }
            });
        }
    }

    fn destination(&mut self, transaction: &Transaction) {
        let relocation = Relocation::of(transaction);
        let deemed = transaction.legs().iter().any(|it| it.activity.is_deemed());
        // In a deemed export the destination is the person's nationality.
        let path = if deemed { "parties[0].nationalities[0].country" } else { "destination" };
        let subject = if deemed { "the person" } else { "" };
        let known = relocation.home().is_some();
        for country in COUNTRIES.iter().filter_map(|it| it.parse::<Country>().ok()) {
            if relocation.home() != Some(country) {
                let relocation = relocation.clone();
                let edit = move |it: &mut Transaction| *it = relocation.to(it, country);
                self.add(path.to_owned(), subject, country.name(), known, edit);
            }
        }
    }

    fn party(&mut self, scope: Scope, place: usize, party: &Party, there: Option<Country>) {
        let role = party.role.as_str().replace('-', " ");
        let subject = party.name.clone().unwrap_or_else(|| format!("the {role}"));
        let path = |key: &str| scope.path(&format!("parties[{place}].{key}"));
        macro_rules! turn {
            ($key:literal, $value:expr, $known:expr, $change:expr) => {{
                let change = $change;
                self.add(path($key), &subject, $value, $known, move |it| {
                    if let Some(party) = scope.parties_mut(it).and_then(|it| it.get_mut(place)) {
                        change(party);
                    }
                });
            }};
        }
        let uses = matches!(
            party.role,
            Role::EndUser | Role::UltimateConsignee | Role::Purchaser | Role::Customer
        );
        if uses {
            for sector in SECTORS.iter().copied().filter(|it| Some(*it) != party.sector) {
                let value = sector.as_str().replace('-', " ");
                turn!("sector", value, party.sector.is_some(), move |it: &mut Party| {
                    it.sector = Some(sector);
                });
            }
        }
        for country in COUNTRIES.iter().filter_map(|it| it.parse::<Country>().ok()) {
            if party.government_of.is_some() && party.government_of != Some(country) {
                turn!("government_of", country.name(), true, move |it: &mut Party| {
                    it.government_of = Some(country);
                });
            }
        }
        if let Some(level) = party.government_level {
            for other in GovernmentLevel::ALL.iter().copied().filter(|it| *it != level) {
                turn!("government_level", other.as_str(), true, move |it: &mut Party| {
                    it.government_level = Some(other);
                });
            }
        }
        if party.role.is_released_person() {
            for status in [UsStatus::UsPermanentResident, UsStatus::ForeignPerson] {
                if party.us_status != Some(status) {
                    let value = status.as_str().replace('-', " ");
                    let known = party.us_status.is_some();
                    turn!("us_status", value, known, move |it: &mut Party| {
                        it.us_status = Some(status);
                    });
                }
            }
        }
        let owned = party.state_owned_percent.map(Percent::thousandths);
        for (percent, board) in [(0, false), (100, true)] {
            if uses && owned != Some(percent * 1000) {
                let value = percent.to_string();
                turn!("state_owned_percent", value, owned.is_some(), move |it: &mut Party| {
                    it.state_owned_percent = Some(Percent(percent * 1000));
                    it.state_appoints_board_majority = Some(board);
                });
            }
        }
        if uses && party.us_subsidiary != Some(true) {
            let known = party.us_subsidiary.is_some();
            turn!("us_subsidiary", "yes", known, |it: &mut Party| it.us_subsidiary = Some(true));
        }
        if only_moves_it(party) {
            let value = format!("another {role} that is on no list and at the destination");
            turn!("name", value, true, move |it: &mut Party| {
                let (role, sector) = (it.role, it.sector.unwrap_or_else(|| mover(it.role)));
                *it = Party { role, country: there, ..vetted(sector) };
            });
        }
        match party.lists.as_deref() {
            Some([]) => {
                for (list, name) in
                    [(KnownList::El, "on the Entity List"), (KnownList::Dpl, "a denied person")]
                {
                    turn!("lists", name, true, move |it: &mut Party| {
                        it.lists = Some(vec![listing(list)]);
                    });
                }
            }
            listed => {
                turn!("lists", "on no list", listed.is_some(), |it: &mut Party| {
                    it.lists = Some(Vec::new());
                });
            }
        }
    }

    /// The end user, where nobody is named as one.
    fn end_user(&mut self, scope: Scope, transaction: &Transaction) {
        let Some(parties) = scope.parties(transaction) else { return };
        let end_use = transaction.end_use.as_ref();
        let unknown = end_use.is_some_and(|it| it.end_user_known == Some(false))
            || !parties.iter().any(|it| it.role == Role::EndUser);
        if !unknown || parties.iter().any(|it| it.role.is_released_person()) {
            return;
        }
        for sector in SECTORS {
            let value = sector.as_str().replace('-', " ");
            self.add(scope.path("parties"), "", value, true, move |it| {
                if let Some(parties) = scope.parties_mut(it)
                    && !parties.iter().any(|it| it.role == Role::EndUser)
                {
                    parties.push(vetted(sector));
                }
                let end_use: &mut EndUse = it.end_use.get_or_insert_default();
                end_use.end_user_known = Some(true);
                if let Some(purposes) = &mut end_use.purposes {
                    purposes.retain(|it| *it != Purpose::Resale);
                    if purposes.is_empty() {
                        purposes.push(Purpose::DefensiveTesting);
                    }
                }
            });
        }
    }

    fn circumstances(&mut self, transaction: &Transaction) {
        let end_use = transaction.end_use.clone().unwrap_or_default();
        let purposes = end_use.purposes.as_deref();
        for purpose in [
            Purpose::VulnerabilityDisclosure,
            Purpose::CyberIncidentResponse,
            Purpose::DefensiveTesting,
        ] {
            if purposes != Some(&[purpose]) {
                let value = purpose.as_str().replace('-', " ");
                self.add("end_use.purposes".into(), "", value, purposes.is_some(), move |it| {
                    it.end_use.get_or_insert_default().purposes = Some(vec![purpose]);
                });
            }
        }
        if end_use.knows.as_ref().is_some_and(|it| !it.is_empty()) {
            self.add("end_use.knows".into(), "", "nothing forbidden being known", true, |it| {
                it.end_use.get_or_insert_default().knows = Some(Vec::new());
            });
        }
        for knowledge in [Knowledge::UnauthorizedAccess, Knowledge::MilitaryIntelligence] {
            if !end_use.knows.as_ref().is_some_and(|it| it.contains(&knowledge)) {
                let what = knowledge.as_str().replace('-', " ");
                let value = format!("knowledge, or reason to know, of {what}");
                self.add("end_use.knows".into(), "", value, true, move |it| {
                    let end_use = it.end_use.get_or_insert_default();
                    end_use.knows.get_or_insert_default().push(knowledge);
                });
            }
        }
        for document in Document::ALL.iter().copied() {
            if !transaction.documents_held.as_ref().is_some_and(|it| it.contains(&document)) {
                let value = document.meaning().trim_end_matches('.').to_owned();
                self.add("documents_held".into(), "", value, true, move |it| {
                    it.documents_held.get_or_insert_default().push(document);
                });
            }
        }
        if transaction.authorizations.as_ref().is_none_or(Vec::is_empty) {
            self.add("authorizations".into(), "", "issued", true, |it| {
                it.authorizations = Some(vec![Authorization {
                    kind: AuthorizationType::BisLicense,
                    number: None,
                    expires: None,
                    covers: None,
                }]);
            });
        }
        self.flags(transaction);
        if transaction.activity == Activity::TemporaryExport {
            let value = "keep it under your own people's control, protect the access, bring it back \
                         within a year";
            self.add("temporary".into(), "", value, true, |it| {
                let temporary: &mut Temporary = it.temporary.get_or_insert_default();
                temporary.effective_control = Some(true);
                temporary.access_protected = Some(true);
                temporary.returns_within_one_year = Some(true);
            });
        }
        self.route(transaction);
        if transaction.activity == Activity::StorageAbroad {
            self.storage(transaction);
            let value = "encrypt the data from end to end and give nobody the keys";
            self.add("transfer".into(), "", value, true, |it| {
                let transfer: &mut Transfer = it.transfer.get_or_insert_default();
                transfer.end_to_end_encrypted = Some(true);
                transfer.fips_or_equivalent = Some(true);
                transfer.keys_withheld = Some(true);
            });
        }
    }

    /// Another route to the same destination.
    fn route(&mut self, transaction: &Transaction) {
        let passed = transaction.transit.as_deref().unwrap_or_default();
        if !passed.is_empty() {
            self.add("transit".into(), "", "through no other country", true, |it| {
                it.transit = Some(Vec::new());
            });
        }
        for country in passed.iter().copied().filter(|_| passed.len() > 1) {
            let value = format!("not through {}", country.name());
            self.add("transit".into(), "", value, true, move |it| {
                it.transit.get_or_insert_default().retain(|it| *it != country);
            });
        }
    }

    /// Another place to keep data, where nobody but a provider takes part at the place.
    fn storage(&mut self, transaction: &Transaction) {
        let stores =
            |it: &Party| matches!(it.role, Role::StorageProvider | Role::Seller | Role::Applicant);
        if transaction.legs.is_some() || !transaction.parties.iter().flatten().all(stores) {
            return;
        }
        let relocation = Relocation::of(transaction);
        for country in ["CA", "DE"].iter().filter_map(|it| it.parse::<Country>().ok()) {
            if relocation.home() != Some(country) {
                let relocation = relocation.clone();
                let path = "transfer.intentionally_stored_in".to_owned();
                self.add(path, "", country.name(), true, move |it| {
                    *it = relocation.to(it, country);
                    let transfer: &mut Transfer = it.transfer.get_or_insert_default();
                    transfer.intentionally_stored_in = Some(vec![country]);
                });
            }
        }
    }

    fn flags(&mut self, transaction: &Transaction) {
        let open = |it: &RedFlag| it.resolved != Some(true);
        if transaction.red_flags.iter().flatten().any(open) {
            self.add("red_flags".into(), "", "every red flag being resolved", true, |it| {
                for flag in it.red_flags.iter_mut().flatten() {
                    flag.resolved = Some(true);
                    flag.how = Some("as if it were resolved".to_owned());
                }
            });
        } else {
            self.add("red_flags".into(), "", "a red flag that is not resolved", true, |it| {
                let flag = RedFlag { flag: Flag::Other, resolved: Some(false), how: None };
                it.red_flags.get_or_insert_default().push(flag);
            });
        }
        if transaction.notices.as_ref().is_some_and(|it| !it.is_empty()) {
            self.add("notices".into(), "", "no notice having been given", true, |it| {
                it.notices = Some(Vec::new());
            });
        }
    }
}

/// What somebody is who carries, forwards or pays, as far as the role tells.
fn mover(role: Role) -> Sector {
    let usual = [
        (Role::Carrier, Sector::Transport),
        (Role::Bank, Sector::Bank),
        (Role::IntermediateConsignee, Sector::FreightForwarding),
    ];
    usual.iter().find(|it| it.0 == role).map_or(Sector::PrivateOther, |it| it.1)
}

/// Whether a party only carries, forwards or pays, so that whoever ships may choose another.
fn only_moves_it(party: &Party) -> bool {
    let moves =
        [Sector::FreightForwarding, Sector::Transport, Sector::Bank, Sector::FinancialServices];
    let chosen = [Role::IntermediateConsignee, Role::Carrier, Role::Bank, Role::Broker]
        .contains(&party.role);
    chosen && party.sector.is_none_or(|it| moves.contains(&it))
}

fn listing(list: KnownList) -> Listing {
    Listing {
        list: List::Known(list),
        scope: None,
        scope_eccns: None,
        exceptions_allowed: None,
        footnotes: None,
        tags: None,
        basis: None,
        review_policy: None,
    }
}

/// An end user of a sector at the destination, about whom everything was found out and nothing
/// found.
fn vetted(sector: Sector) -> Party {
    let private =
        !matches!(sector, Sector::Police | Sector::NationalCsirt | Sector::CivilAdministration);
    Party {
        role: Role::EndUser,
        name: None,
        aliases: None,
        country: None,
        address: None,
        ids: None,
        sector: Some(sector),
        government_level: None,
        government_of: None,
        state_owned_percent: private.then_some(Percent(0)),
        state_appoints_board_majority: private.then_some(false),
        acts_for: None,
        us_status: None,
        nationalities: None,
        permanent_employee: None,
        us_subsidiary: Some(false),
        headquarters: None,
        owners: Some(Vec::new()),
        lists: Some(Vec::new()),
    }
}
