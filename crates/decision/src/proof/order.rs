//! The order of parties, items and legs never matters.
//!
//! An evaluation asks whether some thing, or every thing, is so, and the answer to that has no
//! order. What is left are the few things that are worked out from several parties or items
//! together, and what one leg says of another.

use super::unknown::{Found, set};
use crate::catalogue::{item, transaction};
use crate::derivations::{end_users, released_to};
use crate::effects::Effects;
use crate::engine::Engine;
use crate::facts::{FactOptions, facts};
use crate::transaction::read::{Format, read};
use crate::transaction::{Activity, Party, Role, Transaction};
use law::growth::{Change, Growth};
use law::{Course, Facts, Law, RowId, Value};
use serde_json::{Value as Json, json};

/// Whether who counts as an end user, and where a release goes, is the same in any order of two or
/// three parties.
pub(super) fn parties(_: &Engine) -> Found {
    let shapes = shapes();
    let mut looked_at = 0;
    for mut json in settings() {
        set(&mut json, "parties", json!([]));
        let Some(mut it) = transaction_of(&json) else { continue };
        let mut check = |parties: Vec<Party>| {
            looked_at += 1;
            let count = parties.len();
            it.parties = Some(parties);
            let straight = made(&it);
            for turn in 1..count {
                let turned = it.parties.as_deref_mut().unwrap_or_default();
                turned.rotate_left(1);
                let mut after = made(&it);
                after.0.rotate_right(turn);
                if after != straight {
                    return Err(("another order gives other end users".to_owned(), json.clone()));
                }
            }
            Ok(())
        };
        for (place, one) in shapes.iter().enumerate() {
            for other in shapes.iter().skip(place + 1) {
                check(vec![one.clone(), other.clone()])?;
            }
        }
        // Three of the roles that are told apart, each only once: a third party of a role that two
        // have is like the second.
        let apart: Vec<&Party> = shapes.iter().filter(|it| is_told_apart(it)).collect();
        for (place, one) in apart.iter().enumerate() {
            for (next, other) in apart.iter().enumerate().skip(place + 1) {
                for third in apart.iter().skip(next + 1) {
                    check([*one, *other, *third].map(Clone::clone).to_vec())?;
                    check([*other, *one, *third].map(Clone::clone).to_vec())?;
                }
            }
        }
    }
    Ok(looked_at)
}

/// Whether each item has the same facts in either order of two.
pub(super) fn items(engine: &Engine) -> Found {
    let mut looked_at = 0;
    let eccn = [Json::Null, json!("4D004"), json!("5A992.c"), json!("EAR99")];
    let form = [Json::Null, json!("commodity"), json!("object-code")];
    let value = [Json::Null, json!(900), json!(5000)];
    let mut shapes = Vec::new();
    for eccn in &eccn {
        for form in &form {
            for value in &value {
                let mut shape = json!({});
                set(&mut shape, "eccn", eccn.clone());
                set(&mut shape, "form", form.clone());
                set(&mut shape, "value_usd", value.clone());
                shapes.push(shape);
            }
        }
    }
    for one in &shapes {
        for other in &shapes {
            looked_at += 1;
            let sold =
                |items: Json| json!({"date": "2026-09-24", "activity": "export", "items": items});
            let json = sold(json!([one, other]));
            let (Some(straight), Some(turned)) =
                (transaction_of(&json), transaction_of(&sold(json!([other, one]))))
            else {
                continue;
            };
            let (mut first, second) = (item_facts(engine, &straight), item_facts(engine, &turned));
            // The facts of the whole stand before those of the items.
            let last = first.len();
            if last >= 2 {
                first.swap(last - 2, last - 1);
            }
            if first != second {
                return Err(("another order gives other facts".to_owned(), json));
            }
        }
    }
    Ok(looked_at)
}

/// Whether a leg that is barred can only raise a flag in the others. The chain is then as strict as
/// the barred leg at least, wherever that stands.
pub(super) fn legs(law: &Law, effects: &Effects) -> bool {
    let growth = Growth {
        facts: [((transaction::KIND, transaction::LATER_LEG_BARRED), Change::Any)].into(),
        ..Growth::default()
    };
    let schema = &law.rulebook().schema;
    let mut facts = Facts::new(schema);
    let item = facts.push(schema, item::KIND, RowId(0), 0);
    let concluded = effects.conclude(&mut law.courses(&growth), item, false);
    let still = |it: Course| it.never_falls() && it.never_rises();
    still(concluded.prohibited)
        && still(concluded.license_required)
        && concluded.exceptions.iter().all(|it| still(it.1))
        && concluded.outside.into_iter().all(still)
}

fn made(it: &Transaction) -> (Vec<bool>, bool, Vec<crate::Country>) {
    let legs = it.legs();
    let Some(leg) = legs.first() else { return Default::default() };
    let counts = end_users(leg);
    let mut places = released_to(leg.parties.unwrap_or_default(), leg.destination);
    places.sort_unstable();
    places.dedup();
    (counts.counts, counts.unnamed, places)
}

/// What is known of the whole, and of each item.
fn item_facts(engine: &Engine, it: &Transaction) -> Vec<Vec<Value>> {
    let legs = it.legs();
    let Some(leg) = legs.first() else { return Vec::new() };
    let options = FactOptions { strict: false };
    let matter = facts(leg, leg.date, engine.catalogue(), engine.bindings(), options);
    let schema = &engine.catalogue().schema;
    let rows = std::iter::once(RowId(0)).chain(matter.items.iter().copied());
    let known = rows.map(|row| {
        let kind = matter.facts.row(row).and_then(|it| schema.kinds.get(usize::from(it.kind.0)));
        let count = kind.map_or(0, |it| it.facts.len());
        let places = (0..u16::try_from(count).unwrap_or(u16::MAX)).map(law::schema::FactId);
        places.map(|it| matter.facts.value(row, it).clone()).collect()
    });
    known.collect()
}

/// Every role, as a bank, a reseller and nobody in particular, of no nationality that is known, of
/// one, and of two.
fn shapes() -> Vec<Party> {
    let nationalities = [
        Json::Null,
        json!([{"country": "CN", "status": "citizen"}]),
        json!([
            {"country": "IR", "status": "citizen", "since": "1990-01-01"},
            {"country": "CA", "status": "citizen", "since": "2010-01-01"}
        ]),
    ];
    let mut shapes = Vec::new();
    for role in Role::ALL {
        for sector in [Json::Null, json!("bank"), json!("reseller")] {
            for nationality in &nationalities {
                let mut json = json!({"date": "2026-09-24", "activity": "export"});
                set(&mut json, "parties[0].role", json!(role.as_str()));
                set(&mut json, "parties[0].sector", sector.clone());
                set(&mut json, "parties[0].nationalities", nationality.clone());
                shapes
                    .extend(transaction_of(&json).and_then(|it| it.parties).into_iter().flatten());
            }
        }
    }
    shapes
}

/// Whether a party is one of those that triples are made of.
fn is_told_apart(party: &Party) -> bool {
    let role = matches!(
        party.role,
        Role::EndUser
            | Role::UltimateConsignee
            | Role::Purchaser
            | Role::Traveler
            | Role::StorageProvider
            | Role::Customer
            | Role::Employee
            | Role::Other
    );
    role && party.sector.is_some() && party.nationalities.is_none()
}

/// Every activity, with purposes that are known to be resale, not to be, and not told, and an end
/// user who is known, not known, and not spoken of.
fn settings() -> Vec<Json> {
    let mut settings = Vec::new();
    for activity in Activity::ALL {
        for purposes in [Json::Null, json!(["research"]), json!(["resale"])] {
            for known in [Json::Null, json!(true), json!(false)] {
                let mut json = json!({"date": "2026-09-24", "destination": "DE"});
                set(&mut json, "activity", json!(activity.as_str()));
                set(&mut json, "end_use.purposes", purposes.clone());
                set(&mut json, "end_use.end_user_known", known);
                settings.push(json);
            }
        }
    }
    settings
}

fn transaction_of(json: &Json) -> Option<Transaction> {
    read(Format::Json, json.to_string().as_bytes()).ok()
}
