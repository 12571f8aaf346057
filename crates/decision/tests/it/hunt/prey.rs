//! Made-up transactions, and what can be done to them.

use decision::Country;
use serde_json::{Map, Value, json};

/// A small generator of numbers, the same on every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let number = usize::try_from((self.0 >> 11) & 0xffff_ffff).unwrap_or(0);
        number.checked_rem(sides).unwrap_or(0)
    }

    /// One of several.
    pub(crate) fn of<'a>(&mut self, several: &[&'a str]) -> &'a str {
        several.get(self.roll(several.len())).copied().unwrap_or_default()
    }

    /// Whether something happens that happens once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
    }

    fn country(&mut self) -> &'static str {
        const OFTEN: [&str; 28] = [
            "DE", "VN", "CN", "HK", "MO", "IL", "TW", "CY", "SA", "AE", "RU", "BY", "CU", "IR",
            "KP", "SY", "UA", "UA-43", "UA-14", "UA-09", "IQ", "KH", "NI", "VE", "IN", "BR", "GB",
            "AU",
        ];
        if self.once_in(3) {
            Country::all().nth(self.roll(Country::all().count())).map_or("DE", Country::code)
        } else {
            self.of(&OFTEN)
        }
    }
}

const DATES: [&str; 14] = [
    "2026-09-24",
    "2026-09-24",
    "2022-01-05",
    "2022-03-10",
    "2022-05-25",
    "2022-05-26",
    "2022-08-01",
    "2023-12-01",
    "2024-04-18",
    "2024-04-19",
    "2025-08-01",
    "2025-10-15",
    "2025-12-01",
    "2026-12-01",
];
const ACTIVITIES: [&str; 14] = [
    "export",
    "export",
    "export",
    "export",
    "export",
    "reexport",
    "transfer-in-country",
    "deemed-export",
    "deemed-export",
    "deemed-reexport",
    "temporary-export",
    "storage-abroad",
    "transit",
    "us-person-support",
];
const ENTRIES: [&str; 32] = [
    "4D004",
    "4D004",
    "4D004",
    "4A005",
    "4E001.c",
    "4E001.a for 4A005",
    "5A001.j",
    "5D001.c for 5A001.j",
    "5E001.a for 5A001.j",
    "5E001.a for 5B001.a for 5A001.j",
    "4D001.a for 4D004",
    "4A005.z.1",
    "5D001.e",
    "5A001.f.1",
    "5A001.f.2",
    "5A001.f.3",
    "5A980",
    "5E980",
    "5A002.a",
    "5A002.z",
    "5A004.a",
    "5A004.b",
    "5D002.c.1",
    "5D002.c.3.a",
    "5B002",
    "5E002.a",
    "5A992.c",
    "5D992.c",
    "4A004",
    "5A991",
    "EAR99",
    "EAR99",
];
const FORMS: [&str; 9] = [
    "commodity",
    "commodity",
    "object-code",
    "object-code",
    "source-code",
    "technology",
    "software-key",
    "access-information",
    "service",
];
const SECTORS: [&str; 44] = [
    "executive",
    "legislature",
    "judiciary",
    "prosecution",
    "police",
    "prison",
    "public-safety",
    "interior",
    "customs-immigration",
    "intelligence",
    "military",
    "military-intelligence",
    "defense",
    "foreign-affairs",
    "finance-tax",
    "central-bank",
    "transport-authority",
    "telecom-it-agency",
    "science-technology-agency",
    "national-csirt",
    "civil-administration",
    "government-other",
    "international-organization",
    "us-government-agency",
    "research-institute",
    "university",
    "school",
    "utility",
    "telecom",
    "transport",
    "munitions-trade",
    "munitions-manufacture",
    "retail-wholesale",
    "broadcast",
    "bank",
    "financial-services",
    "insurer",
    "health",
    "medical-research",
    "reseller",
    "freight-forwarding",
    "cloud-storage",
    "private-other",
    "private-other",
];
const PURPOSES: [&str; 14] = [
    "vulnerability-disclosure",
    "cyber-incident-response",
    "investigation-or-prosecution",
    "defensive-testing",
    "law-enforcement",
    "intelligence",
    "official-us-government-use",
    "internal-business-use",
    "product-development",
    "personal-use",
    "personal-communication",
    "resale",
    "research",
    "other",
];
const KNOWLEDGE: [&str; 12] = [
    "unauthorized-access",
    "military",
    "military-intelligence",
    "nuclear",
    "missile",
    "chemical-biological",
    "maritime-nuclear",
    "supercomputer",
    "advanced-semiconductor",
    "human-rights-abuse",
    "diversion",
    "violation",
];
const FLAGS: [&str; 8] = [
    "evasive-about-end-use",
    "capability-does-not-fit",
    "abnormal-route",
    "supercomputer-links",
    "entity-list-continuity",
    "spyware-vendor",
    "diversion-risk",
    "other",
];
const CATEGORIES: [&str; 17] = [
    "other",
    "network-infrastructure",
    "non-public-source-code",
    "customized",
    "quantum",
    "network-penetration",
    "public-safety-radio",
    "uwb-spread-spectrum",
    "cryptanalytic",
    "open-cryptographic-interface",
    "technology-nonstandard",
    "technology-other",
    "component-or-library",
    "nonstandard-product",
    "adaptive-vulnerability-analysis",
    "forensics",
    "activation",
];
const SUPPLIED: [&str; 7] = [
    "product",
    "product",
    "bug-fix",
    "upgrade",
    "operation-technology",
    "sales-technology",
    "replacement-part",
];
/// Keys whose absence is no knowledge: no presumption stands in for them.
const NEVER_PRESUMED: [&str; 12] = [
    "destination",
    "eccn",
    "form",
    "lists",
    "sector",
    "purposes",
    "documents_held",
    "category",
    "origin",
    "nationalities",
    "value_usd",
    "temporary",
];

/// A transaction as a tree of keys and values.
#[derive(Clone, Debug)]
pub(crate) struct Prey(Map<String, Value>);

impl Prey {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let activity = dice.of(&ACTIVITIES);
        let deemed = activity.starts_with("deemed");
        let destination = dice.country();
        let mut prey = Map::new();
        let mut set = |key: &str, value: Value| prey.insert(key.to_owned(), value);
        set("date", dice.of(&DATES).into());
        set("activity", activity.into());
        set("destination", destination.into());
        let abroad = matches!(activity, "reexport" | "deemed-reexport" | "transfer-in-country");
        let from = if abroad { dice.country() } else { "US" };
        set("from", from.into());
        let items = 1 + usize::from(dice.once_in(5));
        set("items", (0..items).map(|_| item(dice)).collect());
        let parties = 1 + usize::from(dice.once_in(3));
        set("parties", (0..parties).map(|it| party(dice, activity, destination, it)).collect());
        let many = usize::from(!dice.once_in(8)) + usize::from(dice.once_in(6));
        let purposes: Vec<&str> = (0..many).map(|_| dice.of(&PURPOSES)).collect();
        let knows = if dice.once_in(12) { vec![dice.of(&KNOWLEDGE)] } else { Vec::new() };
        let mut use_ = json!({"purposes": distinct(purposes), "knows": knows});
        if let Some(it) = use_.as_object_mut().filter(|_| dice.once_in(4)) {
            it.insert(
                "incident".to_owned(),
                json!({
                    "victim_sector": dice.of(&["bank", "health", "private-other", "central-bank"]),
                    "victim_is_us_subsidiary": false
                }),
            );
        }
        set("end_use", use_);
        let papers: &[&str] = if dice.once_in(2) {
            &["hk-import-license", "hk-export-license", "written-assurance"]
        } else {
            &[]
        };
        set("documents_held", json!(papers));
        set("notices", json!([]));
        set("authorizations", json!([]));
        set("red_flags", json!([]));
        set("transit", if dice.once_in(12) { json!([dice.country()]) } else { json!([]) });
        let yes = |dice: &mut Dice| !dice.once_in(5);
        set(
            "temporary",
            json!({
                "effective_control": yes(dice), "returns_within_one_year": yes(dice),
                "access_protected": yes(dice), "order_to_acquire": dice.once_in(6),
                "personal_baggage": dice.once_in(2)
            }),
        );
        if !deemed && dice.once_in(3) {
            set(
                "transfer",
                json!({
                    "tangible": dice.once_in(2), "end_to_end_encrypted": yes(dice),
                    "fips_or_equivalent": yes(dice), "keys_withheld": yes(dice),
                    "intentionally_stored_in": [if dice.once_in(2) { destination } else { dice.country() }]
                }),
            );
        }
        Self(prey)
    }

    pub(crate) fn json(&self) -> Value {
        Value::Object(self.0.clone())
    }

    pub(crate) fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn list(&self, key: &str) -> &[Value] {
        self.0.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn end_use(&self, key: &str) -> Vec<&str> {
        let words = self.0.get("end_use").and_then(|it| it.get(key)).and_then(Value::as_array);
        words.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Whether no entry is of Category 5 Part 2, whose exception has so many terms that an answer
    /// without presumptions takes long.
    pub(crate) fn is_quick(&self) -> bool {
        let text = self.json().to_string();
        !["5A002", "5A004", "5D002", "5E002", "5B002"].iter().any(|it| text.contains(it))
    }

    /// The same, with items and parties the other way round.
    pub(crate) fn turned(&self) -> Self {
        let mut turned = self.clone();
        for key in ["items", "parties"] {
            if let Some(list) = turned.0.get_mut(key).and_then(Value::as_array_mut) {
                list.reverse();
            }
        }
        turned
    }

    /// With one more thing that speaks against it, and what that is.
    pub(crate) fn with_bad_news(&self, dice: &mut Dice) -> (&'static str, Self) {
        let mut worse = self.clone();
        let choice = dice.roll(3);
        let place = match choice {
            0 => worse.0.get_mut("end_use").and_then(|it| it.get_mut("knows")),
            1 => worse.0.get_mut("red_flags"),
            _ => {
                let parties = worse.0.get_mut("parties").and_then(Value::as_array_mut);
                let party = parties.and_then(|it| {
                    let place = dice.roll(it.len());
                    it.get_mut(place)
                });
                party.and_then(|it| it.get_mut("lists"))
            }
        };
        let news = match choice {
            0 => dice.of(&KNOWLEDGE).into(),
            1 => json!({"flag": dice.of(&FLAGS), "resolved": false}),
            _ => listing(dice),
        };
        if let Some(list) = place.and_then(Value::as_array_mut)
            && !list.contains(&news)
        {
            list.push(news);
        }
        (
            ["one more thing known", "a red flag", "a listing"].get(choice).copied().unwrap_or(""),
            worse,
        )
    }

    /// Without one of the facts that were told, and its key. Where presumptions are on, only what
    /// no presumption stands in for is taken away.
    pub(crate) fn with_a_gap(&self, dice: &mut Dice, any: bool) -> (String, Self) {
        let mut silent = self.clone();
        let mut places = Vec::new();
        let root = Value::Object(silent.0.clone());
        gaps(&root, "", any, &mut places);
        // The paragraph of ENC is presumed where the entry says that the item is mass market.
        places.retain(|it| {
            any || !it.ends_with("/encryption/category") || !is_mass_market(&root, it)
        });
        let place = places.get(dice.roll(places.len())).cloned().unwrap_or_default();
        let mut root = Value::Object(silent.0);
        let (parent, key) = place.rsplit_once('/').unwrap_or(("", ""));
        if let Some(map) = root.pointer_mut(parent).and_then(Value::as_object_mut) {
            map.remove(key);
        }
        silent.0 = root.as_object().cloned().unwrap_or_default();
        (key.to_owned(), silent)
    }
}

/// Whether the item in which a fact stands was told to be mass market.
fn is_mass_market(root: &Value, place: &str) -> bool {
    let item = place.split("/encryption").next().unwrap_or_default();
    let eccn = root.pointer(item).and_then(|it| it.get("eccn")).and_then(Value::as_str);
    eccn.is_some_and(|it| ["5A992", "5D992", "5E992"].iter().any(|entry| it.starts_with(entry)))
}

fn gaps(value: &Value, path: &str, any: bool, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let path = format!("{path}/{key}");
                let required = ["date", "activity", "role", "list", "items", "parties"];
                // A service without an entry is no item at all: that is another transaction.
                let service = key == "eccn" && map.get("form").is_some_and(|it| it == "service");
                let whole =
                    service || required.contains(&key.as_str()) || path.contains("/nationalities/");
                if !whole && (any || NEVER_PRESUMED.contains(&key.as_str())) {
                    places.push(path.clone());
                }
                gaps(inner, &path, any, places);
            }
        }
        Value::Array(list) => {
            for (place, inner) in list.iter().enumerate() {
                gaps(inner, &format!("{path}/{place}"), any, places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn distinct(mut words: Vec<&str>) -> Vec<&str> {
    words.sort_unstable();
    words.dedup();
    words
}

fn item(dice: &mut Dice) -> Value {
    let entry = dice.of(&ENTRIES);
    let (eccn, parent) = entry.split_once(" for ").unwrap_or((entry, ""));
    let form = match eccn.as_bytes().get(1) {
        _ if dice.once_in(4) => dice.of(&FORMS),
        Some(b'A' | b'B') => dice.of(&["commodity"]),
        Some(b'D') => dice.of(&["object-code", "object-code", "source-code"]),
        _ => "technology",
    };
    let mut item = json!({
        "eccn": eccn, "form": form, "value_usd": dice.roll(9000),
        "published": dice.once_in(15), "fundamental_research": dice.once_in(30),
        "supplied_as": dice.of(&SUPPLIED),
        "original_export_authorized": dice.once_in(2), "same_consignee": dice.once_in(2),
        "digital_artifact": dice.once_in(3), "mass_market": false,
        "origin": {
            "us_origin": !dice.once_in(5), "us_content_percent": dice.roll(40),
            "us_5e002_commingled": false, "foreign_direct_product": false
        },
        "also_controlled": [],
        "encryption": {
            "classification": dice.of(&["none", "self-classified", "request-filed", "ccats", "ccats"]),
            "category": dice.of(&CATEGORIES), "request_filed_days_ago": dice.roll(60),
            "on_hold": false, "nonstandard": dice.once_in(3), "open_source_notified": dice.once_in(2)
        }
    });
    if let Some(it) = item.as_object_mut() {
        if !parent.is_empty() {
            it.insert("eccn_for".to_owned(), parent.into());
        }
        if dice.once_in(10) {
            let others = ["5D002.c.1", "5D001.e", "4D004", "5A001.f.3", "4A005.z.1", "5A004.b"];
            it.insert("also_controlled".to_owned(), json!([dice.of(&others)]));
        }
    }
    item
}

fn party(dice: &mut Dice, activity: &str, destination: &str, place: usize) -> Value {
    let first = match activity {
        "deemed-export" | "deemed-reexport" => "employee",
        "temporary-export" => "traveler",
        "storage-abroad" => "storage-provider",
        _ => "end-user",
    };
    // The first party uses the item: where nobody does, the answer waits for a name.
    let role = if place == 0 {
        first
    } else {
        dice.of(&[
            "end-user",
            "purchaser",
            "intermediate-consignee",
            "ultimate-consignee",
            "carrier",
            "employee",
            "seller",
            "applicant",
            "customer",
        ])
    };
    let deemed = activity.starts_with("deemed");
    let country = if deemed { "US" } else { destination };
    let country = if dice.once_in(5) { dice.country() } else { country };
    let nationality = if dice.once_in(5) { dice.country() } else { destination };
    let sector = if role == "traveler" || deemed { "private-other" } else { dice.of(&SECTORS) };
    let owned = [0, 0, 0, 30, 60].get(dice.roll(5));
    let mut party = json!({
        "role": role, "name": format!("Party {place}"), "country": country, "sector": sector,
        "state_owned_percent": owned,
        "state_appoints_board_majority": false,
        "us_subsidiary": dice.once_in(8), "headquarters": country,
        "owners": [], "lists": if dice.once_in(14) { json!([listing(dice)]) } else { json!([]) },
        "us_status": dice.of(&["foreign-person", "foreign-person", "foreign-person", "us-citizen"]),
        "nationalities": [{"country": nationality, "status": "citizen"}],
        "permanent_employee": dice.once_in(2)
    });
    if let Some(it) = party.as_object_mut() {
        if dice.once_in(6) {
            it.insert("government_of".to_owned(), dice.country().into());
        }
        if dice.once_in(12) {
            let principal = json!({
                "country": dice.country(), "sector": dice.of(&SECTORS), "state_owned_percent": 0,
                "state_appoints_board_majority": false, "lists": []
            });
            it.insert("acts_for".to_owned(), principal);
        }
    }
    party
}

fn listing(dice: &mut Dice) -> Value {
    match dice.roll(6) {
        0 => json!({"list": "EL", "scope": "all-items", "exceptions_allowed": [], "footnotes": []}),
        1 => json!({"list": "UVL"}),
        2 => json!({"list": "DPL"}),
        3 => json!({"list": "SDN", "tags": ["SDGT"]}),
        4 => json!({"list": "MEU"}),
        _ => json!({"list": "SDN", "tags": ["CYBER2"]}),
    }
}
