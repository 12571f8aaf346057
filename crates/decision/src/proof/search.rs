//! Looking for a transaction that shows what could not be proved.
//!
//! A few thousand ordinary transactions, each with what the property speaks of put in. One that
//! breaks the property is a counterexample that anybody can check; that none is found says nothing,
//! because the property itself was put to every transaction.

use super::unknown::set;
use crate::determination::Determination;
use crate::engine::{Engine, Options};
use crate::outcome::Outcome;
use crate::trace::Trace;
use crate::transaction::Transaction;
use crate::transaction::read::{Format, read};
use crate::workspace::Workspace;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

/// What is put into a transaction, for 0, 1, 2 ... until there is nothing more to put in.
pub(super) type Plant = fn(&mut Json, usize) -> bool;

/// A transaction of a day, with what is planted in it, some item of which comes out so that the
/// promise is broken.
pub(super) fn broken(
    engine: &Engine,
    day: Date,
    plant: Plant,
    breaks: impl Fn(Outcome, Option<&str>) -> bool,
) -> Option<Json> {
    let mut workspace = Workspace::default();
    for base in ordinary(day) {
        for case in 0.. {
            let mut json = base.clone();
            if !plant(&mut json, case) {
                break;
            }
            let Some(it) = transaction(&json) else { continue };
            let answer = decide(engine, &mut workspace, &it);
            if answer.items.iter().any(|it| breaks(it.outcome, it.exception)) {
                return Some(json);
            }
        }
    }
    None
}

/// A transaction of a day that comes out freer with what is planted than without.
pub(super) fn freer(engine: &Engine, day: Date, plant: Plant) -> Option<Json> {
    let mut workspace = Workspace::default();
    for base in ordinary(day) {
        let Some(before) = transaction(&base) else { continue };
        let before = decide(engine, &mut workspace, &before).outcome;
        for case in 0.. {
            let mut json = base.clone();
            if !plant(&mut json, case) {
                break;
            }
            let Some(after) = transaction(&json) else { continue };
            let after = decide(engine, &mut workspace, &after).outcome;
            if after < before && after.is_permissive() {
                return Some(json);
            }
        }
    }
    None
}

fn decide<'e>(
    engine: &'e Engine,
    workspace: &mut Workspace,
    it: &Transaction,
) -> Determination<'e> {
    let options = Options { trace: Trace::None, ..Options::default() };
    engine.decide_in(workspace, it, &options)
}

fn transaction(json: &Json) -> Option<Transaction> {
    read(Format::Json, json.to_string().as_bytes()).ok()
}

/// Ordinary transactions of a day, everything told.
fn ordinary(day: Date) -> Vec<Json> {
    let mut made = Vec::new();
    for activity in ["export", "reexport", "deemed-export", "us-person-support"] {
        for destination in ["DE", "CN", "RU", "IR", "VN"] {
            for eccn in ["4D004", "5A001.j", "4E001.c", "5D002", "5A992.c", "EAR99"] {
                for sector in ["bank", "police", "private-other"] {
                    for lists in [json!([]), json!([{"list": "SDN", "tags": ["SDGT"]}])] {
                        for purposes in ["defensive-testing", "vulnerability-disclosure"] {
                            made.push(sale(
                                day,
                                activity,
                                destination,
                                eccn,
                                sector,
                                &lists,
                                purposes,
                            ));
                        }
                    }
                }
            }
        }
    }
    made
}

fn sale(
    day: Date,
    activity: &str,
    destination: &str,
    eccn: &str,
    sector: &str,
    lists: &Json,
    purposes: &str,
) -> Json {
    let form = match eccn.as_bytes().get(1) {
        Some(b'D') => "object-code",
        Some(b'E') => "technology",
        _ if activity == "deemed-export" => "technology",
        _ => "commodity",
    };
    let form = if activity == "us-person-support" { "service" } else { form };
    let role = if activity == "deemed-export" { "employee" } else { "end-user" };
    let mut json = json!({
        "date": day.to_string(), "activity": activity, "destination": destination,
        "from": if activity == "reexport" { "FR" } else { "US" },
        "items": [{"eccn": eccn, "form": form, "value_usd": 900, "origin": {"us_origin": true}}],
        "parties": [{
            "role": role, "country": destination, "sector": sector, "lists": lists,
            "state_owned_percent": 0, "us_subsidiary": false,
        }],
        "end_use": {"purposes": [purposes], "knows": []},
        "documents_held": [], "notices": [], "red_flags": [], "transit": [], "authorizations": [],
    });
    if activity == "deemed-export" {
        let nationality = json!([{"country": destination, "status": "citizen"}]);
        set(&mut json, "parties[0].nationalities", nationality);
    }
    json
}

/// Adds a value at the end of the list at a path.
pub(super) fn push(json: &mut Json, path: &str, value: Json) {
    let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
    match json.pointer_mut(&pointer) {
        Some(Json::Array(list)) => list.push(value),
        _ => set(json, path, json!([value])),
    }
}
