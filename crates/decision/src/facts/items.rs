//! Facts of the items, and of the countries they pass through.

use super::place::Place;
use super::presumption::{About, Presumed};
use super::{Making, ROOT};
use crate::catalogue::domains::product_group;
use crate::catalogue::{item as i, other_entry, passage};
use crate::derivations::{encryption_category, is_us_origin, paragraphs_of_category};
use crate::eccn::Eccn;
use crate::transaction::Item;
use crate::transaction::item::{EncryptionCategory, EncryptionClassification, Form, SuppliedAs};
use crate::transaction::values::{Amount, Percent};
use law::{RowId, Value};

/// The entries of mass-market encryption, 774 Supp. 1.
const MASS_MARKET: [&str; 3] = ["5A992", "5D992", "5E992"];

impl Making<'_, '_> {
    pub(super) fn items(&mut self) {
        let untold = [Item::default()];
        // A US person's support needs no item: what is left to judge then is the service.
        let service = [Item { form: Some(Form::Service), ..Item::default() }];
        let items = match self.leg.items {
            None => &untold,
            Some([]) => &service,
            Some(items) => items,
        };
        let told = !self.leg.items.unwrap_or_default().is_empty();
        for (place, item) in items.iter().enumerate() {
            let row = self.item(told.then_some(place), item);
            self.matter.items.push(row);
        }
    }

    fn item(&mut self, place: Option<usize>, item: &Item) -> RowId {
        let found = item
            .eccn
            .as_ref()
            .map(|eccn| self.bindings.entries.find(eccn, item.eccn_for.as_ref(), self.law_day));
        let ask_parent = found.as_ref().is_some_and(|it| it.ask_parent);
        let row = self.push(i::KIND, ROOT, Place::Item { place, ask_parent });
        let unlisted = found.as_ref().map(|it| it.unlisted);
        let on_another_day = found.as_ref().map(|it| it.on_another_day);
        self.truth(row, i::LISTED_ON_ANOTHER_DAY, on_another_day);
        let entry = found.map_or_else(|| self.left_open(place), |it| it.value);
        let entry = self.meant_by_category(item).unwrap_or(entry);
        self.set(row, i::ECCN, entry);
        self.truth(row, i::STATED_FOR_UNLISTED, unlisted);
        self.stated_reasons(row, item, unlisted);
        // What an entry of the list describes is an item: as a service alone it is not told.
        let service = item.form == Some(Form::Service);
        let mut entries = item.eccn.iter().chain(item.also_controlled.iter().flatten());
        let entry = entries.any(|it| it.to_string() != "EAR99");
        self.code(row, i::FORM, item.form.filter(|_| !(service && entry)));
        self.code(row, i::PRODUCT_GROUP, Some(product_group(item.eccn.as_ref())));
        self.number(row, i::VALUE_USD, item.value_usd.map(Amount::thousandths));
        self.number(row, i::ORDER_VALUE_USD, self.order_value(item));
        self.number(row, i::QUANTITY, item.quantity.map(Amount::thousandths));
        let origin = item.origin.as_ref();
        self.truth(row, i::US_ORIGIN, origin.and_then(is_us_origin));
        let made_in = self.bindings.value(origin.and_then(|it| it.made_in));
        self.set(row, i::MADE_IN, made_in);
        let content = origin.and_then(|it| it.us_content_percent).map(Percent::thousandths);
        self.number(row, i::US_CONTENT_PERCENT, content);
        self.truth(row, i::US_5E002_COMMINGLED, origin.and_then(|it| it.us_5e002_commingled));
        self.truth(row, i::FOREIGN_DIRECT_PRODUCT, origin.and_then(|it| it.foreign_direct_product));
        let by_answers = place.is_some_and(|it| self.leg.by_answers.contains(&it));
        self.truth(row, i::CLASSIFIED_BY_ANSWERS, Some(by_answers));
        for (fact, given, number) in [
            (i::PUBLISHED, item.published, "P2"),
            (i::FUNDAMENTAL_RESEARCH, item.fundamental_research, "P2"),
            (i::IN_PUBLISHED_PATENT, item.in_published_patent, "P2"),
            (i::FREE_OF_CHARGE, item.free_of_charge, "P4"),
            (i::WIDELY_AVAILABLE, item.widely_available, "P4"),
            (i::MASS_MARKET, item.mass_market, "P4"),
            (i::ORIGINAL_EXPORT_AUTHORIZED, item.original_export_authorized, "P4"),
            (i::SAME_CONSIGNEE, item.same_consignee, "P4"),
            (i::DIGITAL_ARTIFACT, item.digital_artifact, "P4"),
        ] {
            self.truth_or_false(row, fact, given, number);
        }
        let denied = item.mass_market.map(|it| !it);
        self.truth_or_false(row, i::MASS_MARKET_DENIED, denied, "P4");
        let step = item.encryption.as_ref().and_then(|it| it.classification);
        let mut denied = step.map(|it| it == EncryptionClassification::None);
        // What is presumed was not told, and so denies nothing.
        let none = Presumed::Word(EncryptionClassification::None.as_str());
        if step.is_none() && self.presume("P5", row, About::Fact(i::ENC_STEP_DENIED), none) {
            denied = Some(false);
        }
        self.truth(row, i::ENC_STEP_DENIED, denied);
        self.supplied_as(row, item.supplied_as);
        self.encryption(row, item);
        self.other_entries(row, place, item);
        self.passages(row);
        row
    }

    /// What answers leave of an item that has no entry.
    fn left_open(&self, place: Option<usize>) -> Value {
        let left = self.leg.left_open.iter().find(|it| Some(it.item) == place);
        left.map_or(Value::Unknown, |it| {
            self.bindings.entries.one_of(&it.entries, it.none, self.law_day)
        })
    }

    /// What all lines of one entry are worth together: an order is not cut by cutting its lines.
    ///
    /// Source: 740.3(b).
    fn order_value(&self, item: &Item) -> Option<i64> {
        fn entry(item: &Item) -> Option<&str> {
            item.eccn.as_ref().map(Eccn::entry)
        }
        let lines = self.leg.items.unwrap_or_default().iter();
        let lines = lines.filter(|it| entry(it) == entry(item));
        lines
            .map(|it| it.value_usd.map(Amount::thousandths))
            .try_fold(0_i64, |sum, line| line.map(|line| sum.saturating_add(line)))
    }

    /// Reasons that the input states count only where the table has none.
    fn stated_reasons(&mut self, row: RowId, item: &Item, unlisted: Option<bool>) {
        let stated = item.reasons_for_control.as_deref();
        match unlisted {
            Some(false) => self.set(row, i::STATED_REASONS, Value::Set(0)),
            Some(true) => {
                if stated.is_some() {
                    let about = About::Fact(i::STATED_REASONS);
                    let value = Presumed::Word("as stated");
                    let number = "stated";
                    self.matter.presumptions.push(super::Presumption { number, row, about, value });
                }
                self.bits(row, i::STATED_REASONS, stated, |it| it.place());
            }
            None => {}
        }
    }

    /// The paragraphs that an entry without one means, where the category of its encryption says so.
    fn meant_by_category(&self, item: &Item) -> Option<Value> {
        let category = item.encryption.as_ref()?.category?;
        let meant = paragraphs_of_category(item.eccn.as_ref()?, category)?;
        let code = |paragraph: &&str| {
            let found = self.bindings.entries.find(&paragraph.parse().ok()?, None, self.law_day);
            let Value::Code(place) = found.value else { return None };
            Some(place)
        };
        let mut places: Vec<u16> = meant.iter().map(code).collect::<Option<_>>()?;
        places.sort_unstable();
        places.dedup();
        match places.as_slice() {
            [only] => Some(Value::Code(*only)),
            _ => Some(Value::OneOf(places.into_boxed_slice())),
        }
    }

    fn supplied_as(&mut self, row: RowId, given: Option<SuppliedAs>) {
        let mut supplied = given;
        let product = Presumed::Word(SuppliedAs::Product.as_str());
        if given.is_none() && self.presume("P3", row, About::Fact(i::SUPPLIED_AS), product) {
            supplied = Some(SuppliedAs::Product);
        }
        self.code(row, i::SUPPLIED_AS, supplied);
    }

    /// An item that was told to be mass market, and nothing else, is one of 740.17(b)(1) unless
    /// another paragraph was told: of no other does its exporter make it mass market.
    fn encryption_category(&mut self, row: RowId, item: &Item) {
        let mut category = item.encryption.as_ref().and_then(|it| it.category);
        let mass_market = |it: &Eccn| MASS_MARKET.iter().any(|entry| it.entry() == *entry);
        let alone = item.also_controlled.as_deref().unwrap_or_default().is_empty();
        let other = EncryptionCategory::Other;
        if category.is_none()
            && alone
            && item.eccn.as_ref().is_some_and(mass_market)
            && self.presume("P5", row, About::Fact(i::ENC_CATEGORY), Presumed::Word(other.as_str()))
        {
            category = Some(other);
        }
        self.code(row, i::ENC_CATEGORY, encryption_category(item, category));
    }

    fn encryption(&mut self, row: RowId, item: &Item) {
        let encryption = item.encryption.as_ref();
        let mut classification = encryption.and_then(|it| it.classification);
        let none = EncryptionClassification::None;
        let about = About::Fact(i::ENC_CLASSIFICATION);
        if classification.is_none() && self.presume("P5", row, about, Presumed::Word(none.as_str()))
        {
            classification = Some(none);
        }
        let days = encryption.and_then(|it| it.request_filed_days_ago);
        // A leg of another day has its own distance from the request, and before it there is none.
        let later = (self.leg.date - self.leg.told_on).get_days();
        let days = days.map(|it| i64::from(it.0) + i64::from(later));
        if classification == Some(EncryptionClassification::RequestFiled)
            && days.is_some_and(i64::is_negative)
        {
            classification = Some(none);
        }
        self.code(row, i::ENC_CLASSIFICATION, classification);
        self.number(row, i::REQUEST_FILED_DAYS, days.map(|it| it * 1000));
        self.truth_or_false(row, i::ON_HOLD, encryption.and_then(|it| it.on_hold), "P5");
        self.encryption_category(row, item);
        self.truth(row, i::NONSTANDARD, encryption.and_then(|it| it.nonstandard));
        let notified = encryption.and_then(|it| it.open_source_notified);
        self.truth_or_false(row, i::OPEN_SOURCE_NOTIFIED, notified, "P5");
    }

    fn other_entries(&mut self, row: RowId, item: Option<usize>, given: &Item) {
        let place = Place::OtherEntry { item };
        let entries = given.also_controlled.as_deref();
        if !self.empty(row, "also_controlled", entries.is_some(), "P4") {
            self.push(other_entry::KIND, row, place);
        }
        for eccn in entries.unwrap_or_default() {
            let other = self.push(other_entry::KIND, row, place);
            let found = self.bindings.entries.find(eccn, None, self.law_day);
            self.set(other, other_entry::ECCN, found.value);
        }
    }

    fn passages(&mut self, row: RowId) {
        let given = self.leg.transit;
        let first = self.matter.facts.rows_of(i::KIND).first() == Some(&row);
        // The presumption is about the transaction: it is noted once.
        let looked = given.is_some()
            || if first { self.empty(ROOT, "transit", false, "P15") } else { !self.strict };
        if !looked {
            self.push(passage::KIND, row, Place::Passage);
        }
        for country in given.unwrap_or_default() {
            let passage = self.push(passage::KIND, row, Place::Passage);
            let country = self.bindings.value(Some(*country));
            self.set(passage, passage::COUNTRY, country);
        }
    }
}
