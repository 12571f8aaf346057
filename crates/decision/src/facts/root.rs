//! Facts of the transaction as a whole.

use super::place::Place;
use super::presumption::{About, Presumed};
use super::{Making, ROOT};
use crate::catalogue::{notice, red_flag, stored_place, transaction as t};
use crate::country::Country;
use crate::derivations::{EndUsers, released_to};
use crate::transaction::Activity;
use crate::transaction::circumstance::{AuthorizationType, Document};
use crate::transaction::item::Form;
use law::{Truth, Value};

impl Making<'_, '_> {
    pub(super) fn root(&mut self, end_users: &EndUsers) {
        let leg = self.leg;
        self.code(ROOT, t::ACTIVITY, Some(leg.activity.place()));
        self.from();
        // A release goes to where its persons belong: a destination that says otherwise leaves both.
        let destination = if leg.activity.is_deemed() {
            let parties = leg.parties.unwrap_or_default();
            self.bindings.one_of(&released_to(parties, leg.destination))
        } else {
            self.bindings.value(leg.destination)
        };
        self.set(ROOT, t::DESTINATION, destination);
        self.end_use(end_users);
        self.transfer();
        let temporary = leg.temporary;
        self.truth(ROOT, t::EFFECTIVE_CONTROL, temporary.and_then(|it| it.effective_control));
        let returns = temporary.and_then(|it| it.returns_within_one_year);
        self.truth(ROOT, t::RETURNS_WITHIN_ONE_YEAR, returns);
        self.truth(ROOT, t::ACCESS_PROTECTED, temporary.and_then(|it| it.access_protected));
        self.truth(ROOT, t::ORDER_TO_ACQUIRE, temporary.and_then(|it| it.order_to_acquire));
        self.truth(ROOT, t::PERSONAL_BAGGAGE, temporary.and_then(|it| it.personal_baggage));
        self.bits(ROOT, t::DOCUMENTS, leg.documents_held, |it| it.place());
        self.authorizations();
        for alone in [t::LATER_LEG_BARRED, t::LEFT_THE_US, t::LEG_MISSING, t::TOLD_IN_NO_LEG] {
            self.truth(ROOT, alone, Some(false));
        }
        self.notices();
        self.red_flags();
    }

    fn from(&mut self) {
        let mut from = self.leg.from;
        if from.is_none() && self.leg.activity.begins_in_the_us() {
            let us = Presumed::Country(Country::us());
            if self.presume("P1", ROOT, About::Fact(t::FROM), us) {
                from = Some(Country::us());
            }
        }
        let from = self.bindings.value(from);
        self.set(ROOT, t::FROM, from);
    }

    fn end_use(&mut self, end_users: &EndUsers) {
        let end_use = self.leg.end_use;
        let purposes = end_use.and_then(|it| it.purposes.as_deref());
        self.bits(ROOT, t::PURPOSES, purposes, |it| it.place());
        let knowledge = end_use.and_then(|it| it.knows.as_deref());
        if knowledge.is_none() && self.presume("P15", ROOT, About::Fact(t::KNOWS), Presumed::Empty)
        {
            self.set(ROOT, t::KNOWS, Value::Set(0));
        } else {
            self.bits(ROOT, t::KNOWS, knowledge, |it| it.place());
        }
        let known = end_use.and_then(|it| it.end_user_known);
        self.truth(ROOT, t::END_USER_KNOWN, known.or((!end_users.unnamed).then_some(true)));
        let incident = end_use.and_then(|it| it.incident.as_ref());
        let sector = incident.and_then(|it| it.victim_sector);
        self.code(ROOT, t::VICTIM_SECTOR, sector);
        let subsidiary = incident.and_then(|it| it.victim_is_us_subsidiary);
        self.truth(ROOT, t::VICTIM_US_SUBSIDIARY, subsidiary);
    }

    fn transfer(&mut self) {
        let transfer = self.leg.transfer;
        // Goods cross a border as things, whatever was told.
        let told = transfer.and_then(|it| it.tangible);
        let made = self.is_tangible();
        let mut tangible = if told == Some(false) { made } else { told };
        if told.is_none()
            && let Some(presumed) = made
        {
            let value = if presumed { Presumed::True } else { Presumed::False };
            if self.presume("P16", ROOT, About::Fact(t::TANGIBLE), value) {
                tangible = Some(presumed);
            }
        }
        self.truth(ROOT, t::TANGIBLE, tangible);
        let encrypted = transfer.and_then(|it| it.end_to_end_encrypted);
        self.truth_or_false(ROOT, t::END_TO_END_ENCRYPTED, encrypted, "P16");
        let fips = transfer.and_then(|it| it.fips_or_equivalent);
        self.truth_or_false(ROOT, t::FIPS_OR_EQUIVALENT, fips, "P16");
        let withheld = transfer.and_then(|it| it.keys_withheld);
        self.truth_or_false(ROOT, t::KEYS_WITHHELD, withheld, "P16");
        match transfer.and_then(|it| it.intentionally_stored_in.as_deref()) {
            Some(places) => places.iter().for_each(|it| self.stored_place(Some(*it))),
            // Where the place of storage can matter, not to know it is not the same as "nowhere".
            None if self.leg.activity == Activity::StorageAbroad || encrypted == Some(true) => {
                self.stored_place(None);
            }
            None if self.strict && encrypted.is_none() => self.stored_place(None),
            None => {}
        }
    }

    fn stored_place(&mut self, country: Option<Country>) {
        let row = self.push(stored_place::KIND, ROOT, Place::Stored);
        let elsewhere = country.zip(self.leg.destination).map(|(at, there)| at != there);
        let about = About::Fact(stored_place::ELSEWHERE);
        let presumed = country.is_none()
            && self.leg.activity != Activity::StorageAbroad
            && self.presume("P16", row, about, Presumed::Empty);
        self.truth(row, stored_place::ELSEWHERE, if presumed { Some(false) } else { elsewhere });
        let country = self.bindings.value(country);
        self.set(row, stored_place::COUNTRY, country);
    }

    /// Whether the items cross the border as things, by what they are made of.
    fn is_tangible(&self) -> Option<bool> {
        let items = self.leg.items?;
        if items.iter().any(|it| it.form == Some(Form::Commodity)) {
            return Some(true);
        }
        items.iter().all(|it| it.form.is_some()).then_some(false)
    }

    fn authorizations(&mut self) {
        let leg = self.leg;
        let given = leg.authorizations;
        let looked = self.empty(ROOT, "authorizations", given.is_some(), "P15");
        let held = |kind| {
            let none = if looked { Truth::False } else { Truth::Unknown };
            let held = given.unwrap_or_default().iter().filter(|it| it.kind == kind);
            held.map(|it| it.in_force(leg.date)).fold(none, Truth::or)
        };
        let bis = held(AuthorizationType::BisLicense);
        // Whoever holds no authorizations, told or presumed, holds none of OFAC, whatever documents
        // there are: the stricter reading, since nothing is opened by its absence.
        let document = leg.documents_held.map(|it| it.contains(&Document::OfacAuthorization));
        let documents = document.or(looked.then_some(false));
        let mut ofac = held(AuthorizationType::OfacLicense).or(documents.into());
        // That none is held, or none that is in force, was told, and that its paper is: one of the
        // two is a mistake, or the paper is of the one that has expired.
        let none_held = given.is_some() && !held(AuthorizationType::OfacLicense).is_true();
        if none_held && documents == Some(true) {
            ofac = Truth::Unknown;
        }
        self.truth(ROOT, t::BIS_LICENSE, bis.known());
        self.truth(ROOT, t::OFAC_AUTHORIZATION, ofac.known());
    }

    fn notices(&mut self) {
        let given = self.leg.notices;
        if !self.empty(ROOT, "notices", given.is_some(), "P15") {
            self.push(notice::KIND, ROOT, Place::Notice(None));
        }
        for (place, it) in given.unwrap_or_default().iter().enumerate() {
            let row = self.push(notice::KIND, ROOT, Place::Notice(Some(place)));
            self.code(row, notice::NOTICE_FROM, it.from);
            self.code(row, notice::NOTICE_TYPE, it.kind);
            self.code(row, notice::APPLIES_TO, it.applies_to);
            self.code(row, notice::ITEMS, it.items);
            if let Some(eccns) = &it.eccns {
                let covers = self.bindings.entries.set(eccns);
                self.set(row, notice::COVERS_ECCNS, covers);
            }
            let allowed = it.exceptions_allowed.as_deref();
            self.bits(row, notice::EXCEPTIONS_ALLOWED, allowed, |it| it.place());
        }
    }

    fn red_flags(&mut self) {
        let given = self.leg.red_flags;
        if !self.empty(ROOT, "red_flags", given.is_some(), "P15") {
            self.push(red_flag::KIND, ROOT, Place::RedFlag(None));
        }
        for (place, it) in given.unwrap_or_default().iter().enumerate() {
            let row = self.push(red_flag::KIND, ROOT, Place::RedFlag(Some(place)));
            self.code(row, red_flag::FLAG, Some(it.flag.place()));
            self.truth(row, red_flag::RESOLVED, it.resolved);
        }
    }
}
