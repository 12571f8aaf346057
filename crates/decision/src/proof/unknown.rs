//! Presumptions only ever replace unknowns, and to know less is never to be told more.
//!
//! Both are about how facts are made of a transaction, and are checked by making them: of every
//! combination of the values of the fields that one piece of that making reads together. The rest
//! of the transaction is left out, because no other piece reads it.

use crate::engine::Engine;
use crate::facts::{About, FactOptions, MatterFacts, facts};
use crate::transaction::item::{EncryptionClassification, Form, SuppliedAs};
use crate::transaction::party::UsStatus;
use crate::transaction::read::{Format, read};
use crate::transaction::{Activity, Role, Sector, Transaction};
use law::schema::{FactId, KindId, Schema};
use law::{RowId, Value};
use serde_json::{Value as Json, json};

/// Fields that are read together, and the values that each is given; `null` is left out.
struct Group {
    base: Json,
    fields: Vec<(&'static str, Vec<Json>)>,
    /// Whether to leave a field out is to know less of the same things, and not of other things.
    is_about_the_same: bool,
}

/// A difference that should not be, in words, and the transaction that shows it.
pub(super) type Found = Result<u64, (String, Json)>;

/// Whether each presumption only replaces an unknown, and is listed.
pub(super) fn presumptions(engine: &Engine) -> Found {
    let mut looked_at = 0;
    for group in groups() {
        group.each(|json, _| {
            let Some(transaction) = transaction(json) else { return Ok(()) };
            looked_at += 1;
            let presumed = made(engine, &transaction, false);
            let strict = made(engine, &transaction, true);
            if let Some(stray) = strict.presumptions.iter().find(|it| it.number != "stated") {
                return Err((
                    format!("{} is used although presumptions are off", stray.number),
                    json.clone(),
                ));
            }
            Pairing {
                schema: &engine.rulebook().schema,
                less: &strict,
                more: &presumed,
                listed: true,
            }
            .of((RowId(0), RowId(0)))
            .map_err(|why| (why, json.clone()))
        })?;
    }
    Ok(looked_at)
}

/// Whether leaving a field out never makes anything known that was not, or known otherwise.
pub(super) fn left_out(engine: &Engine) -> Found {
    let mut looked_at = 0;
    for group in groups().into_iter().filter(|it| it.is_about_the_same) {
        group.each(|json, values| {
            let Some(full) = transaction(json) else { return Ok(()) };
            let full = made(engine, &full, true);
            for (place, (path, of)) in group.fields.iter().enumerate() {
                let given = values.get(place).is_some_and(|it| !it.is_null());
                if !given || !of.contains(&Json::Null) {
                    continue;
                }
                let mut without = json.clone();
                set(&mut without, path, Json::Null);
                let Some(less) = transaction(&without) else { continue };
                looked_at += 1;
                let less = made(engine, &less, true);
                Pairing {
                    schema: &engine.rulebook().schema,
                    less: &less,
                    more: &full,
                    listed: false,
                }
                .of((RowId(0), RowId(0)))
                .map_err(|why| (format!("without `{path}`: {why}"), json.clone()))?;
            }
            Ok(())
        })?;
    }
    Ok(looked_at)
}

impl Group {
    /// Calls back with every combination.
    fn each<E>(&self, mut call: impl FnMut(&Json, &[Json]) -> Result<(), E>) -> Result<(), E> {
        let mut places = vec![0_usize; self.fields.len()];
        loop {
            let mut json = self.base.clone();
            let mut values = Vec::with_capacity(places.len());
            for ((path, of), place) in self.fields.iter().zip(&places) {
                let value = of.get(*place).cloned().unwrap_or_default();
                set(&mut json, path, value.clone());
                values.push(value);
            }
            call(&json, &values)?;
            let turned = places.iter_mut().zip(&self.fields).find_map(|(place, (_, of))| {
                *place += 1;
                if *place == of.len() {
                    *place = 0;
                    return None;
                }
                Some(())
            });
            if turned.is_none() {
                return Ok(());
            }
        }
    }
}

/// Everything known of one matter beside everything known of another.
struct Pairing<'m> {
    schema: &'m Schema,
    less: &'m MatterFacts,
    more: &'m MatterFacts,
    /// Whether every difference must be listed as a presumption of the second.
    listed: bool,
}

impl Pairing<'_> {
    /// What is wrong with the second of two rows, or below it: something that the first knows
    /// otherwise, or a thing that the first does not have.
    fn of(&self, (less, more): (RowId, RowId)) -> Result<(), String> {
        let Some(kind) = self.more.facts.row(more).map(|it| it.kind) else { return Ok(()) };
        for place in self.facts_of(kind) {
            let (known, presumed) =
                (self.less.facts.value(less, place), self.more.facts.value(more, place));
            if !covers(known, presumed) {
                let name = self.name(kind, place);
                return Err(format!("`{name}` was {known:?} and is {presumed:?}"));
            }
            if self.listed && known != presumed && !self.is_listed(more, place) {
                let name = self.name(kind, place);
                return Err(format!(
                    "`{name}` is presumed to be {presumed:?}, which is not listed"
                ));
            }
        }
        for (id, below) in (0..).map(KindId).zip(&self.schema.kinds) {
            if below.parent != Some(kind) {
                continue;
            }
            let of = |matter: &MatterFacts, row| -> Vec<RowId> {
                let rows = matter.facts.rows_of(id).iter().copied();
                rows.filter(|it| matter.facts.row(*it).is_some_and(|it| it.parent == row)).collect()
            };
            let mut rest = of(self.less, less).into_iter();
            for row in of(self.more, more) {
                // A thing of which nothing is known may be presumed not to be there.
                let found = rest.find(|it| self.of((*it, row)).is_ok() || !self.is_open(*it));
                match found {
                    Some(it) => self.of((it, row))?,
                    None => return Err(format!("there is a {} that was not there", below.name)),
                }
            }
            if let Some(lost) = rest.find(|it| !self.is_open(*it)) {
                return Err(format!("a {} is not there any more ({})", below.name, lost.0));
            }
        }
        Ok(())
    }

    fn facts_of(&self, kind: KindId) -> impl Iterator<Item = FactId> + use<> {
        let count = self.schema.kinds.get(usize::from(kind.0)).map_or(0, |it| it.facts.len());
        (0..u16::try_from(count).unwrap_or(u16::MAX)).map(FactId)
    }

    fn name(&self, kind: KindId, fact: FactId) -> &str {
        let kind = self.schema.kinds.get(usize::from(kind.0));
        kind.and_then(|it| it.facts.get(usize::from(fact.0))).map_or("?", |it| &it.name)
    }

    /// Whether nothing that a person could tell is known of a thing.
    fn is_open(&self, row: RowId) -> bool {
        let Some(kind) = self.less.facts.row(row).map(|it| it.kind) else { return false };
        self.facts_of(kind).all(|place| {
            let worked_out = ["via", "who"].contains(&self.name(kind, place));
            worked_out || self.less.facts.value(row, place) == &Value::Unknown
        })
    }

    /// Whether a presumption is noted of a fact, or of what it is taken from: the thing itself, what
    /// it belongs to, or the transaction.
    fn is_listed(&self, row: RowId, place: FactId) -> bool {
        let parent = self.more.facts.row(row).map(|it| it.parent);
        self.more.presumptions.iter().any(|it| match it.about {
            About::Fact(fact) => it.row == row && fact == place || Some(it.row) == parent,
            About::Key(_) => it.row == row || Some(it.row) == parent,
        })
    }
}

/// Whether everything that the second may be the first may be too.
fn covers(less: &Value, more: &Value) -> bool {
    match (less, more) {
        (Value::Unknown, _) => true,
        (Value::OneOf(codes), Value::Code(code)) => codes.contains(code),
        (Value::OneOf(codes), Value::OneOf(fewer)) => fewer.iter().all(|it| codes.contains(it)),
        (Value::Between(low, high), Value::Number(number)) => (low..=high).contains(&number),
        (Value::Between(low, high), Value::Between(from, to)) => low <= from && to <= high,
        (less, more) => less == more,
    }
}

fn made(engine: &Engine, transaction: &Transaction, strict: bool) -> MatterFacts {
    let legs = transaction.legs();
    let words = (engine.catalogue(), engine.bindings());
    let options = FactOptions { strict };
    match legs.first() {
        Some(leg) => facts(leg, leg.date, words.0, words.1, options),
        None => MatterFacts::new(engine.catalogue()),
    }
}

/// The transaction, if it is one: some combinations contradict themselves.
fn transaction(json: &Json) -> Option<Transaction> {
    read(Format::Json, json.to_string().as_bytes()).ok()
}

/// Puts a value at a path such as `parties[0].sector`; `null` takes it away.
pub(super) fn set(json: &mut Json, path: &str, value: Json) {
    let mut here = json;
    let mut steps = path.split('.').peekable();
    while let Some(step) = steps.next() {
        let (key, place) = match step.split_once('[') {
            Some((key, place)) => (key, place.trim_end_matches(']').parse::<usize>().ok()),
            None => (step, None),
        };
        let is_last = steps.peek().is_none();
        if here.is_null() {
            if value.is_null() {
                return;
            }
            *here = json!({});
        }
        let Json::Object(entries) = here else { return };
        if is_last && place.is_none() {
            if value.is_null() {
                entries.remove(key);
            } else {
                entries.insert(key.to_owned(), value);
            }
            return;
        }
        here = entries.entry(key).or_insert(Json::Null);
        if let Some(place) = place {
            if here.is_null() {
                *here = json!([]);
            }
            let Json::Array(list) = here else { return };
            while list.len() <= place {
                list.push(json!({}));
            }
            let Some(entry) = list.get_mut(place) else { return };
            here = entry;
        }
    }
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<Json> {
    std::iter::once(Json::Null).chain(all.iter().map(|it| json!(word(*it)))).collect()
}

fn truths() -> Vec<Json> {
    vec![Json::Null, json!(false), json!(true)]
}

/// The fields that are read together: nowhere in [`facts`](mod@crate::facts) does a field of one
/// group change what is made of another's.
fn groups() -> Vec<Group> {
    let [itself, principal] = of_persons();
    vec![
        of_place(),
        of_transfer(),
        of_storage(),
        itself,
        principal,
        of_supply(),
        of_item(),
        of_origin(),
        of_lists(),
    ]
}

impl Group {
    fn new(base: Json, fields: Vec<(&'static str, Vec<Json>)>) -> Self {
        Self { base, fields, is_about_the_same: true }
    }

    fn about_other_things(self) -> Self {
        Self { is_about_the_same: false, ..self }
    }
}

fn sale() -> Json {
    json!({"date": "2026-09-24", "activity": "export", "items": [{}]})
}

fn with_a_party(party: &Json) -> Json {
    json!({"date": "2026-09-24", "activity": "export", "items": [{}], "parties": [party]})
}

fn of_place() -> Group {
    Group::new(
        with_a_party(&json!({"role": "other"})),
        vec![
            ("activity", words(Activity::ALL, Activity::as_str).split_off(1)),
            ("from", vec![Json::Null, json!("US"), json!("DE")]),
            ("destination", vec![Json::Null, json!("KZ")]),
            ("parties[0].role", words(Role::ALL, Role::as_str).split_off(1)),
            ("parties[0].country", vec![Json::Null, json!("FR")]),
            ("parties[0].headquarters", vec![Json::Null, json!("JP")]),
            ("parties[0].us_status", words(UsStatus::ALL, UsStatus::as_str)),
            ("end_use.purposes", vec![json!(["research"])]),
        ],
    )
}

fn of_transfer() -> Group {
    Group::new(
        sale(),
        vec![
            ("activity", vec![json!("export"), json!("storage-abroad")]),
            ("items[0].form", words(Form::ALL, Form::as_str)),
            ("items[1].form", vec![json!("commodity"), json!("technology")]),
            ("transfer.tangible", truths()),
            ("transfer.fips_or_equivalent", truths()),
            ("transfer.keys_withheld", truths()),
            ("end_use.incident.victim_is_us_subsidiary", truths()),
            ("end_use.incident.victim_sector", vec![Json::Null, json!("bank")]),
        ],
    )
}

fn of_storage() -> Group {
    Group::new(
        sale(),
        vec![
            ("activity", words(Activity::ALL, Activity::as_str).split_off(1)),
            ("transfer.end_to_end_encrypted", truths()),
            ("transfer.intentionally_stored_in", vec![Json::Null, json!([]), json!(["CN"])]),
        ],
    )
    .about_other_things()
}

fn of_supply() -> Group {
    Group::new(
        sale(),
        vec![
            ("items[0].supplied_as", words(SuppliedAs::ALL, SuppliedAs::as_str)),
            (
                "items[0].encryption.classification",
                words(EncryptionClassification::ALL, EncryptionClassification::as_str),
            ),
            ("items[0].encryption.on_hold", truths()),
            ("items[0].encryption.open_source_notified", truths()),
            ("items[0].encryption.nonstandard", truths()),
            ("items[0].encryption.request_filed_days_ago", vec![Json::Null, json!(31)]),
            ("items[0].value_usd", vec![Json::Null, json!(900)]),
            ("items[0].quantity", vec![Json::Null, json!(2)]),
        ],
    )
}

fn of_item() -> Group {
    Group::new(
        sale(),
        vec![
            ("items[0].published", truths()),
            ("items[0].fundamental_research", truths()),
            ("items[0].in_published_patent", truths()),
            ("items[0].free_of_charge", truths()),
            ("items[0].widely_available", truths()),
            ("items[0].mass_market", truths()),
            ("items[0].original_export_authorized", truths()),
            ("items[0].same_consignee", truths()),
            ("items[0].digital_artifact", truths()),
        ],
    )
}

fn of_origin() -> Group {
    Group::new(
        sale(),
        vec![
            ("temporary.effective_control", truths()),
            ("temporary.returns_within_one_year", truths()),
            ("temporary.access_protected", truths()),
            ("temporary.order_to_acquire", truths()),
            ("temporary.personal_baggage", truths()),
            ("items[0].origin.us_origin", truths()),
            ("items[0].origin.us_content_percent", vec![Json::Null, json!(12)]),
            ("items[0].origin.foreign_direct_product", truths()),
            ("items[0].origin.us_5e002_commingled", truths()),
            ("items[0].origin.made_in", vec![Json::Null, json!("DE")]),
        ],
    )
}

/// A party, and the one it acts for.
fn of_persons() -> [Group; 2] {
    let of_a_person = |whose: [&'static str; 6]| {
        let [sector, level, of, owned, board, country] = whose;
        vec![
            (sector, words(Sector::ALL, Sector::as_str)),
            (level, vec![Json::Null, json!("national"), json!("regional"), json!("local")]),
            // Of an agency of the United States another country is a contradiction, and to leave a
            // contradiction out is not to know less.
            (of, vec![Json::Null, json!("US")]),
            (owned, vec![Json::Null, json!(0), json!(10), json!(25), json!(60)]),
            (board, truths()),
            (country, vec![Json::Null, json!("FR")]),
        ]
    };
    let itself = of_a_person([
        "parties[0].sector",
        "parties[0].government_level",
        "parties[0].government_of",
        "parties[0].state_owned_percent",
        "parties[0].state_appoints_board_majority",
        "parties[0].country",
    ]);
    let principal = of_a_person([
        "parties[0].acts_for.sector",
        "parties[0].acts_for.government_level",
        "parties[0].acts_for.government_of",
        "parties[0].acts_for.state_owned_percent",
        "parties[0].acts_for.state_appoints_board_majority",
        "parties[0].acts_for.country",
    ]);
    let acting = json!({"role": "other", "acts_for": {}});
    [
        Group::new(with_a_party(&json!({"role": "other"})), itself),
        Group::new(with_a_party(&acting), principal),
    ]
}

fn of_lists() -> Group {
    let some = |key: &'static str, value: Json| (key, vec![Json::Null, json!([]), value]);
    let fields = vec![
        some("parties[0].lists", json!([{"list": "EL"}])),
        some("parties[0].owners", json!([{"country": "US", "percent": 60}])),
        some("parties[0].nationalities", json!([{"country": "CN", "status": "citizen"}])),
        ("parties[0].acts_for", vec![Json::Null, json!({}), json!({"sector": "police"})]),
        some("notices", json!([{"from": "BIS"}])),
        some("red_flags", json!([{"flag": "other"}])),
        some("authorizations", json!([{"type": "bis-license"}])),
        some("transit", json!(["CN"])),
        some("items[0].also_controlled", json!(["5D002"])),
        some("end_use.knows", json!(["military"])),
    ];
    Group::new(with_a_party(&json!({"role": "other"})), fields).about_other_things()
}
