//! What the regulation promises of every transaction: the scenes, and what may never come of them.
//!
//! This is the one place of the crate that knows paragraphs, and nothing here decides anything.

use super::scene::{Reach, Scene, in_groups};
use super::search::{self, Plant, push};
use super::unknown::set;
use crate::catalogue::{item, listing, notice, party, person, red_flag, transaction};
use crate::effects::Conclusion;
use crate::engine::{Day, Engine};
use crate::outcome::Outcome;
use crate::transaction::circumstance::Flag;
use jiff::civil::Date;
use law::rulebook::Rulebook;
use law::{RowId, Value};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// A promise about every transaction in which something is so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Promise {
    /// As the line of the proof says it.
    pub(super) name: &'static str,
    /// The paragraph.
    pub(super) citation: &'static str,
    /// How far it reaches.
    reach: Reach,
    /// The first day of it; `None` for every day of the rulebook.
    from: Option<Date>,
    /// Whether the law is too old in it.
    stale: bool,
    /// Says what is so. It is called for 0, 1, 2 ... until it has nothing more to say.
    scene: fn(&mut Scene<'_>, &Rulebook, Date, usize) -> bool,
    /// Whether a conclusion breaks it; the exception's symbol comes with it.
    breaks: fn(Outcome, Option<&str>) -> bool,
    /// Puts what is so into a transaction.
    plant: Plant,
}

const ROOT: RowId = RowId(0);

/// Through whom a listing reaches a party of the transaction.
const REACHES: [&str; 2] = ["self", "principal"];

/// The roles of whoever buys, takes or uses.
const ROLES: [&str; 4] = ["purchaser", "intermediate-consignee", "ultimate-consignee", "end-user"];

/// The first day of License Exception ACE. Before it the exception is a name that opens nothing of
/// its own, and there is nothing to promise.
const ACE_BEGINS: Date = Date::constant(2022, 3, 7);

/// Every promise.
pub(super) const PROMISES: &[Promise] = &[
    Promise {
        name: "ACE authorizes nothing to a destination, or a national, of Country Group E:1 or E:2",
        citation: "740.22(c)(1)",
        reach: Reach::All,
        from: Some(ACE_BEGINS),
        stale: false,
        scene: |scene, rulebook, day, case| {
            let places = in_groups(rulebook, day, &["E:1", "E:2"]);
            scene.set(ROOT, transaction::DESTINATION, places);
            case == 0
        },
        breaks: |_, exception| exception == Some("ACE"),
        plant: |json, case| to_an_embargoed_place(json, case),
    },
    Promise {
        name: "ACE authorizes nothing for an end user who sits in Country Group E:1 or E:2",
        citation: "740.22(c)(1)",
        reach: Reach::All,
        from: Some(ACE_BEGINS),
        stale: false,
        scene: |scene, rulebook, day, case| {
            let (party, itself) = scene.party();
            scene.set(party, party::COUNTS_AS_END_USER, Value::Truth(true));
            scene.set(itself, person::COUNTRY, in_groups(rulebook, day, &["E:1", "E:2"]));
            case == 0
        },
        breaks: |_, exception| exception == Some("ACE"),
        plant: |json, case| {
            let Some(place) = EMBARGOED.get(case) else { return false };
            set(json, "parties[0].country", json!(place));
            true
        },
    },
    Promise {
        name: "ENC authorizes nothing to a destination of Country Group E:1 or E:2",
        citation: "740.17(a)",
        reach: Reach::All,
        from: None,
        stale: false,
        scene: |scene, rulebook, day, case| {
            let places = in_groups(rulebook, day, &["E:1", "E:2"]);
            scene.set(ROOT, transaction::DESTINATION, places);
            case == 0
        },
        breaks: |_, exception| exception == Some("ENC"),
        plant: |json, case| to_an_embargoed_place(json, case),
    },
    Promise {
        name: "no exception of part 740 reaches Iran",
        citation: "746.7(c)",
        reach: Reach::All,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            scene.code(ROOT, transaction::DESTINATION, &["IR"]);
            case == 0
        },
        breaks: |it, _| it == Outcome::LicenseException,
        plant: |json, case| {
            set(json, "destination", json!("IR"));
            case == 0
        },
    },
    Promise {
        name: "of the exceptions only those that 746.2 names reach Cuba",
        citation: "746.2(a)(1)",
        reach: Reach::All,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            scene.code(ROOT, transaction::DESTINATION, &["CU"]);
            case == 0
        },
        breaks: |_, exception| {
            exception.is_some_and(|it| {
                !["TMP", "TSU", "RPL", "BAG", "GOV", "GFT", "AVS", "APR", "AGR", "CCD", "SCP"]
                    .contains(&it)
            })
        },
        plant: |json, case| {
            set(json, "destination", json!("CU"));
            case == 0
        },
    },
    Promise {
        name: "of the exceptions only those that 746.4 names reach North Korea",
        citation: "746.4(c)",
        reach: Reach::All,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            scene.code(ROOT, transaction::DESTINATION, &["KP"]);
            case == 0
        },
        breaks: |_, exception| {
            exception.is_some_and(|it| !["TMP", "GOV", "GFT", "TSU", "BAG", "AVS"].contains(&it))
        },
        plant: |json, case| {
            set(json, "destination", json!("KP"));
            case == 0
        },
    },
    Promise {
        name: "nothing that is subject survives a denied person, whatever that person's role",
        citation: "736.2(b)(4)",
        reach: Reach::Subject,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            let (party, _) = scene.party();
            scene.listing(party, "DPL", &["self", "principal", "address"]);
            case == 0
        },
        breaks: |it, _| it.is_permissive(),
        plant: |json, case| with_listing(json, case, || json!({"list": "DPL"})),
    },
    Promise {
        name: "no service is performed for a denied person without a review",
        citation: "736.2(b)(4)",
        reach: Reach::All,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            let item = scene.item();
            scene.code(item, item::FORM, &["service"]);
            let (party, _) = scene.party();
            scene.listing(party, "DPL", &["self", "principal", "address"]);
            case == 0
        },
        breaks: |it, _| it.is_permissive(),
        plant: |json, case| {
            set(json, "items[0].form", json!("service"));
            with_listing(json, case, || json!({"list": "DPL"}))
        },
    },
    Promise {
        name: "nothing that is subject leaves with a violation that is known",
        citation: "736.2(b)(10)",
        reach: Reach::Subject,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            scene.values(ROOT, transaction::KNOWS, &["violation"]);
            case == 0
        },
        breaks: |it, _| it.is_permissive(),
        plant: |json, case| {
            set(json, "end_use.knows", json!(["violation"]));
            case == 0
        },
    },
    Promise {
        name: "nothing leaves without a license under an Entity List entry for all items that leaves no exception open",
        citation: "744.11(a)",
        reach: Reach::Exports,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            let (party, _) = scene.party();
            scene.code(party, party::ROLE, &ROLES);
            let listing = scene.listing(party, "EL", &["self", "principal", "address"]);
            scene.code(listing, listing::SCOPE, &["all-items"]);
            scene.values(listing, listing::EXCEPTIONS_ALLOWED, &[]);
            case == 0
        },
        breaks: |it, _| it.is_permissive(),
        plant: |json, case| with_listing(json, case, closed_entry),
    },
    Promise {
        name: "a blocked person who is on the Entity List too gets what the entry leaves open, and nothing else",
        citation: "744.8(c)",
        reach: Reach::Exports,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            let (party, _) = scene.party();
            scene.code(party, party::ROLE, &ROLES);
            scene.set(ROOT, transaction::OFAC_AUTHORIZATION, Value::Truth(false));
            let blocked = scene.listing(party, "SDN", &REACHES);
            scene.values(blocked, listing::TAGS, &["SDGT"]);
            let listed = scene.listing(party, "EL", &REACHES);
            scene.code(listed, listing::SCOPE, &["all-items"]);
            scene.values(listed, listing::EXCEPTIONS_ALLOWED, &[]);
            case == 0
        },
        breaks: |it, _| it.is_permissive(),
        plant: |json, case| {
            push(json, "parties[0].lists", json!({"list": "SDN", "tags": ["SDGT"]}));
            with_listing(json, case, closed_entry)
        },
    },
    Promise {
        name: "no exception with a party on the Unverified List that buys, takes or uses",
        citation: "740.2(a)(17)",
        reach: Reach::All,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            let (party, _) = scene.party();
            scene.code(party, party::ROLE, &ROLES);
            scene.listing(party, "UVL", &["self"]);
            case == 0
        },
        breaks: |it, _| it == Outcome::LicenseException,
        plant: |json, case| with_listing(json, case, || json!({"list": "UVL"})),
    },
    Promise {
        name: "BIS has said by notice that all items need a license, and left no exception open: nothing that is subject leaves",
        citation: "744.11(c)",
        reach: Reach::Exports,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            let notice = scene.add(notice::KIND, ROOT);
            scene.code(notice, notice::NOTICE_FROM, &["BIS"]);
            scene.code(notice, notice::NOTICE_TYPE, &["is-informed"]);
            scene.code(notice, notice::ITEMS, &["all-items"]);
            scene.values(notice, notice::EXCEPTIONS_ALLOWED, &[]);
            case == 0
        },
        breaks: |it, _| it.is_permissive(),
        plant: |json, case| {
            let notice = json!({"from": "BIS", "type": "is-informed", "items": "all-items", "exceptions_allowed": []});
            push(json, "notices", notice);
            case == 0
        },
    },
    Promise {
        name: "nothing leaves, and nothing is left out of the EAR, with a red flag that nobody resolved",
        citation: "732 Supp. 3(a)(3)",
        reach: Reach::All,
        from: None,
        stale: false,
        scene: |scene, _, _, case| {
            let Some(kind) = Flag::ALL.get(case) else { return false };
            let flag = scene.add(red_flag::KIND, ROOT);
            scene.code(flag, red_flag::FLAG, &[kind.as_str()]);
            scene.set(flag, red_flag::RESOLVED, Value::Truth(false));
            true
        },
        breaks: |it, _| it.is_permissive(),
        plant: |json, case| {
            let Some(flag) = Flag::ALL.get(case) else { return false };
            push(json, "red_flags", json!({"flag": flag.as_str(), "resolved": false}));
            true
        },
    },
    Promise {
        name: "nothing leaves under a law that was verified too long ago",
        citation: "",
        reach: Reach::All,
        from: None,
        stale: true,
        scene: |_, _, _, case| case == 0,
        breaks: |it, _| it.is_permissive(),
        plant: |json, case| {
            set(json, "date", json!("2099-01-01"));
            case == 0
        },
    },
];

/// The embargoed places.
const EMBARGOED: [&str; 4] = ["IR", "KP", "SY", "CU"];

fn to_an_embargoed_place(json: &mut Json, case: usize) -> bool {
    let Some(place) = EMBARGOED.get(case) else { return false };
    set(json, "destination", json!(place));
    true
}

/// A listing of the party, of its address, and of the one it acts for.
fn with_listing(json: &mut Json, case: usize, listing: fn() -> Json) -> bool {
    let mut listing = listing();
    match case {
        0 => push(json, "parties[0].lists", listing),
        1 => {
            set(&mut listing, "basis", json!("address"));
            push(json, "parties[0].lists", listing);
        }
        2 => {
            set(
                json,
                "parties[0].acts_for",
                json!({"sector": "private-other", "lists": [listing]}),
            );
        }
        _ => return false,
    }
    true
}

fn closed_entry() -> Json {
    json!({"list": "EL", "scope": "all-items", "exceptions_allowed": [], "footnotes": []})
}

impl Promise {
    /// What a transaction may lead to on a day although it was promised that none does. `None`
    /// where the promise says nothing of that day.
    pub(super) fn broken_on(
        &self,
        (from, day): (Date, &Day),
        rulebook: &Rulebook,
    ) -> Option<BTreeSet<(Outcome, Option<String>)>> {
        if self.from.is_some_and(|it| from < it) {
            return None;
        }
        let symbol = |it: &Conclusion| {
            let place = usize::from(it.exception?);
            rulebook.vocabulary.exceptions.get(place).map(String::as_str)
        };
        let mut broken = BTreeSet::new();
        for case in 0.. {
            let mut scene = Scene::new(&rulebook.schema);
            if !(self.scene)(&mut scene, rulebook, from, case) {
                break;
            }
            let found = scene.conclusions((&day.law, &day.effects), self.reach, self.stale);
            let found = found.iter().filter(|it| (self.breaks)(it.outcome, symbol(it)));
            broken.extend(found.map(|it| (it.outcome, symbol(it).map(str::to_owned))));
        }
        Some(broken)
    }

    /// A transaction of a day that breaks the promise, where one is found.
    pub(super) fn counterexample(&self, engine: &Engine, day: Date) -> Option<Json> {
        search::broken(engine, day, self.plant, self.breaks)
    }
}
