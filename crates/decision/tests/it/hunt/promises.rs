//! What no transaction may do, written from the regulation.

use super::prey::Prey;
use crate::fuzz::rulebook::root;
use decision::Outcome;
use serde_json::Value;
use std::fs;
use std::sync::LazyLock;

/// The sectors that are bodies of government wherever they are.
const GOVERNMENT: [&str; 23] = [
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
];

/// One row of the country groups: the code, its groups, its first day and the first day after.
struct Row {
    code: String,
    groups: Vec<String>,
    from: String,
    until: String,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let path = root().join("rulebooks/us-ear/tables/country-groups.csv");
    let text = fs::read_to_string(path).expect("the country groups");
    text.lines().skip(1).filter_map(row).collect()
});

fn row(line: &str) -> Option<Row> {
    let (code, rest) = line.split_once(',')?;
    // A name may hold a comma; the groups begin with the code.
    let groups = rest.find(&format!(",{code}"))?;
    let mut fields = rest.get(groups + 1..)?.split(',').map(str::to_owned);
    let groups = fields.next()?.split(';').map(|it| it.trim_end_matches('?').to_owned()).collect();
    Some(Row { code: code.to_owned(), groups, from: fields.next()?, until: fields.next()? })
}

/// Whether a country is, or may be, in one of the groups on a day.
fn within(country: &str, day: &str, groups: &[&str]) -> bool {
    let days =
        |it: &&Row| it.from.as_str() <= day && (it.until.is_empty() || day < it.until.as_str());
    // Of a place that no table names nothing is certain.
    let named = |it: &&Row| !it.groups.iter().any(|word| word == "unlisted");
    let row = ROWS.iter().filter(|it| it.code == country).find(days).filter(named);
    row.is_some_and(|it| groups.iter().any(|group| it.groups.iter().any(|word| word == group)))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn is(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

/// Another entry that describes the item, if one does.
fn beside(item: &Value) -> &str {
    let entries = item.get("also_controlled").and_then(Value::as_array);
    entries.and_then(|it| it.first()).and_then(Value::as_str).unwrap_or_default()
}

fn listed(party: &Value, list: &str) -> bool {
    let lists = party.get("lists").and_then(Value::as_array);
    lists.into_iter().flatten().any(|it| text(it, "list") == list)
}

/// Who finally has the item, as far as the made-up transactions go.
fn users(prey: &Prey) -> Vec<&Value> {
    let deemed = prey.text("activity").starts_with("deemed");
    let parties = prey.list("parties").iter();
    parties
        .filter(|it| match text(it, "role") {
            "end-user" => true,
            "employee" => deemed,
            "traveler" => prey.text("activity") == "temporary-export",
            "storage-provider" => prey.text("activity") == "storage-abroad",
            _ => false,
        })
        .collect()
}

/// The promises that an answer breaks. `items` are the outcome and the exception of each item.
pub(crate) fn broken(
    prey: &Prey,
    outcome: Outcome,
    items: &[(Outcome, Option<String>)],
) -> Vec<&'static str> {
    let mut broken = Vec::new();
    parties(prey, outcome, &mut broken);
    for (item, (outcome, exception)) in prey.list("items").iter().zip(items) {
        if outcome.is_permissive() {
            places(prey, item, *outcome, exception.as_deref(), &mut broken);
            users_abroad(prey, *outcome, &mut broken);
            exclusions(prey, item, *outcome, &mut broken);
            entries(prey, item, *outcome, exception.as_deref(), &mut broken);
        }
        match exception.as_deref() {
            Some("ACE") => ace(prey, item, &mut broken),
            Some("ENC") => enc(prey, item, &mut broken),
            _ => {}
        }
    }
    broken
}

fn parties(prey: &Prey, outcome: Outcome, broken: &mut Vec<&'static str>) {
    let consignees = ["purchaser", "intermediate-consignee", "ultimate-consignee", "end-user"];
    for party in prey.list("parties") {
        let role = text(party, "role");
        let abroad = consignees.contains(&role);
        let free = |it: &Value| ["published", "fundamental_research"].iter().any(|key| is(it, key));
        let outside = prey.list("items").iter().all(free);
        if listed(party, "DPL") && outcome.is_permissive() && !outside {
            let services = prey.list("items").iter().any(|it| text(it, "form") == "service");
            if services || outcome != Outcome::NotSubject {
                broken.push("nothing goes where a denied person takes part (736.2(b)(4))");
            }
        }
        if listed(party, "UVL")
            && (abroad || role == "applicant")
            && outcome == Outcome::LicenseException
        {
            broken.push("no exception with a party on the Unverified List (740.2(a)(17))");
        }
        let outside = matches!(outcome, Outcome::NotSubject | Outcome::NotAnExport);
        let part_744 = listed(party, "EL") || text_tags(party).contains(&"SDGT");
        let freed = listed(party, "SDN") && listed(party, "EL");
        if abroad && part_744 && !freed && outcome.is_permissive() && !outside {
            broken.push("nothing goes to a listed party (744.11(a), 744.8)");
        }
    }
    for known in prey.end_use("knows") {
        let review = matches!(
            known,
            "unauthorized-access"
                | "violation"
                | "diversion"
                | "human-rights-abuse"
                | "chemical-biological"
                | "missile"
                | "nuclear"
                | "military-intelligence"
        );
        let outside = matches!(outcome, Outcome::NotSubject | Outcome::NotAnExport);
        // Official use by an agency of the United States is outside two of them.
        if review && outcome.is_permissive() && !outside && known != "military-intelligence" {
            broken.push("nothing goes where such a thing is known (736.2(b)(5), (10))");
        }
    }
}

fn text_tags(party: &Value) -> Vec<&str> {
    let lists = party.get("lists").and_then(Value::as_array);
    let tags = lists.into_iter().flatten().filter_map(|it| it.get("tags")?.as_array());
    tags.flatten().filter_map(Value::as_str).collect()
}

fn places(
    prey: &Prey,
    item: &Value,
    outcome: Outcome,
    exception: Option<&str>,
    broken: &mut Vec<&'static str>,
) {
    let day = prey.text("date");
    if matches!(outcome, Outcome::NotSubject | Outcome::NotAnExport)
        || text(item, "eccn") == "EAR99"
    {
        return;
    }
    let deemed = prey.text("activity").starts_with("deemed");
    // Part 746 governs the destination; for a release, every nationality that it may go to.
    let mut destinations = vec![prey.text("destination")];
    if deemed {
        for user in users(prey) {
            let nationalities = user.get("nationalities").and_then(Value::as_array);
            destinations.extend(nationalities.into_iter().flatten().map(|it| text(it, "country")));
        }
    }
    for place in destinations {
        let open: &[&str] = match place {
            "KP" | "UA-43" | "UA-14" | "UA-09" => &["TSU", "BAG", "GOV"],
            "CU" | "SY" => &["TSU", "BAG", "GOV", "RPL"],
            "IR" => &[],
            "RU" if !deemed && day >= "2022-02-24" => &["TSU", "BAG", "GOV", "ENC"],
            "BY" if !deemed && day >= "2022-03-02" => &["TSU", "BAG", "GOV", "ENC"],
            _ => continue,
        };
        let before = matches!(place, "UA-14" | "UA-09") && day < "2022-02-24";
        let messenger = text(item, "eccn") == "5D992.c";
        let allied = matches!(place, "RU" | "BY")
            && matches!(text(item, "eccn"), "5A992.c" | "5D992.c" | "5A991");
        if !exception.is_some_and(|it| open.contains(&it)) && !before && !messenger && !allied {
            broken.push(
                "an embargoed place has the exceptions that part 746 names for it, and no others",
            );
        }
        if text(item, "eccn") == "4D004" && !matches!(exception, Some("GOV" | "BAG" | "TSU")) {
            broken.push("4D004 does not go to an embargoed place");
        }
    }
}

fn users_abroad(prey: &Prey, outcome: Outcome, broken: &mut Vec<&'static str>) {
    let day = prey.text("date");
    if outcome == Outcome::NotSubject || prey.text("activity").starts_with("deemed") {
        return;
    }
    let destination = prey.text("destination");
    for user in users(prey) {
        let (country, told) = (text(user, "country"), text(user, "government_of"));
        if outcome != Outcome::NotAnExport
            && within(country, day, &["E:1", "E:2"])
            && !within(destination, day, &["E:1", "E:2"])
        {
            broken.push("who sits in E:1 or E:2 is not served by way of another destination");
        }
        let concern = ["CN", "HK", "MM", "RU", "VE"].contains(&country);
        if outcome != Outcome::NotAnExport
            && text(user, "sector") == "military-intelligence"
            && concern
            && (told.is_empty() || told == country)
        {
            broken.push("nothing goes to the military intelligence of these countries (744.22)");
        }
    }
}

fn exclusions(prey: &Prey, item: &Value, outcome: Outcome, broken: &mut Vec<&'static str>) {
    let day = prey.text("date");
    let form = text(item, "form");
    let published = is(item, "published") || is(item, "fundamental_research");
    if outcome == Outcome::NotSubject
        && prey.text("from") == "US"
        && form != "service"
        && !published
    {
        broken.push("what is in the United States is subject to the EAR (734.3(a)(1))");
    }
    if outcome == Outcome::NotSubject && form == "commodity" && prey.text("from") == "US" {
        broken.push("a commodity is not published (734.7(a))");
    }
    if outcome != Outcome::NotAnExport || published {
        return;
    }
    let activity = prey.text("activity");
    if activity.starts_with("deemed") && matches!(form, "technology" | "source-code") {
        let us = |it: &Value| text(it, "us_status") == "us-citizen";
        let foreign = users(prey).into_iter().any(|it| !us(it));
        if activity == "deemed-export" && foreign {
            broken.push("technology for a foreign person is exported (734.13(a)(2))");
        }
    }
    if activity == "storage-abroad" && within(prey.text("destination"), day, &["D:5"]) {
        broken.push("what is stored in D:5 is exported (734.18(a)(5)(iv))");
    }
    if ["export", "reexport", "transfer-in-country", "us-person-support"].contains(&activity) {
        let home = |it: &str| within(it, day, &["US-AREA"]);
        let within_the_us = home(prey.text("from")) && home(prey.text("destination"));
        let way = prey.list("transit").iter().filter_map(Value::as_str).all(home);
        if !(within_the_us && way) {
            broken.push("what goes abroad is exported (734.13(a)(1))");
        }
    }
}

fn entries(
    prey: &Prey,
    item: &Value,
    outcome: Outcome,
    exception: Option<&str>,
    broken: &mut Vec<&'static str>,
) {
    if matches!(outcome, Outcome::NotSubject | Outcome::NotAnExport) {
        return;
    }
    let day = prey.text("date");
    let (entry, other) = (text(item, "eccn"), beside(item));
    let listening = ["5A001.f.1", "5A980", "5E980"].contains(&entry);
    if listening && exception != Some("GOV") && !within(prey.text("destination"), day, &["US-AREA"])
    {
        broken.push("no surreptitious listening without a license (742.13, 740.2(a)(3))");
    }
    if entry == "EAR99" && !other.is_empty() {
        broken.push("what an entry describes is not EAR99");
    }
    let fits = match exception {
        Some("ACE") => ["", "4D004", "4A005.z.1"].contains(&other),
        Some("GBS" | "TSR" | "LVS") => ["", "5D001.e"].contains(&other),
        Some("ENC") => !["5D001.e", "5A001.f.3"].contains(&other),
        _ => true,
    };
    if !fits {
        broken.push("an exception answers for every entry that describes the item, or for none");
    }
    let computing = [entry, other].iter().any(|it| it.contains(".z")) && day >= "2023-11-17";
    let concern = within(prey.text("destination"), day, &["D:1", "D:4", "D:5"])
        && !within(prey.text("destination"), day, &["A:5", "A:6"]);
    if computing
        && concern
        && matches!(exception, Some("ACE" | "ENC" | "GBS" | "LVS" | "TSR" | "BAG"))
    {
        broken.push("the .z items have few exceptions for D:1, D:4 and D:5 (740.2(a)(9)(ii))");
    }
}

fn ace(prey: &Prey, item: &Value, broken: &mut Vec<&'static str>) {
    let day = prey.text("date");
    let activity = prey.text("activity");
    let entry = text(item, "eccn");
    if !["4A005", "4D001", "4D004", "4E001", "5A001.j", "5B001", "5D001", "5E001"]
        .iter()
        .any(|it| entry.starts_with(it))
        || entry == "5D001.e"
        || day < "2022-03-07"
    {
        broken.push("ACE is for the entries of 740.22(b)(1), from 2022-03-07");
    }
    if within(prey.text("destination"), day, &["E:1", "E:2"]) {
        broken.push("ACE never reaches E:1 or E:2 (740.22(c)(1))");
    }
    if ["IQ"].contains(&prey.text("destination")) {
        broken.push("ACE is not among the exceptions of 746.3(c)");
    }
    if day < "2022-05-26" {
        return;
    }
    let purposes = prey.end_use("purposes");
    let only = |some: &[&str]| !purposes.is_empty() && purposes.iter().all(|it| some.contains(it));
    let disclosure = only(&["vulnerability-disclosure", "cyber-incident-response"]);
    for user in users(prey) {
        let mut persons = vec![user];
        persons.extend(user.get("acts_for"));
        let favorable = |it: &Value| {
            is(it, "us_subsidiary")
                || ["bank", "financial-services", "insurer", "health", "medical-research"]
                    .contains(&text(it, "sector"))
        };
        let mut governmental = false;
        for person in &persons {
            let sector = text(person, "sector");
            let owned = person.get("state_owned_percent").and_then(Value::as_i64).unwrap_or(0)
                >= 25
                && ["utility", "telecom", "transport", "munitions-trade", "munitions-manufacture"]
                    .contains(&sector);
            if favorable(person) || !(GOVERNMENT.contains(&sector) || owned) {
                continue;
            }
            governmental = true;
            let told = text(person, "government_of");
            let of = if told.is_empty() { text(person, "country") } else { told };
            let ally = within(of, day, &["A:6"]);
            let team = sector == "national-csirt"
                && only(&[
                    "cyber-incident-response",
                    "vulnerability-disclosure",
                    "investigation-or-prosecution",
                ]);
            let police = matches!(sector, "police" | "judiciary")
                && is(item, "digital_artifact")
                && only(&["investigation-or-prosecution"]);
            if within(of, day, &["D:1", "D:2", "D:3", "D:4", "D:5"]) && !(ally && (team || police))
            {
                broken.push("no ACE for a government of Country Group D (740.22(c)(2))");
            }
        }
        let inside = within(text(user, "country"), day, &["D:1", "D:5"]);
        let first_family = entry.starts_with('4');
        let lifted = disclosure
            || activity == "deemed-export"
            || first_family && persons.iter().all(|it| favorable(it));
        if inside && !governmental && !lifted {
            broken.push("no ACE for others located in D:1 or D:5 (740.22(c)(4))");
        }
    }
}

fn enc(prey: &Prey, item: &Value, broken: &mut Vec<&'static str>) {
    let day = prey.text("date");
    if within(prey.text("destination"), day, &["E:1", "E:2"]) {
        broken.push("ENC never reaches E:1 or E:2 (740.17)");
    }
    let category = item.get("encryption").map_or("", |it| text(it, "category"));
    let cryptanalytic =
        category == "cryptanalytic" || ["5A004.a", "5D002.c.3.a"].contains(&text(item, "eccn"));
    let public = |it: &Value| GOVERNMENT.contains(&text(it, "sector"));
    let subsidiaries = users(prey).iter().all(|it| is(it, "us_subsidiary"));
    for user in users(prey) {
        let governmental = public(user) || user.get("acts_for").is_some_and(public);
        if cryptanalytic && governmental && !subsidiaries {
            broken.push("no cryptanalytic item under ENC for a government (740.17(b)(2)(ii))");
        }
    }
    let (entry, form) = (text(item, "eccn"), text(item, "form"));
    let inside = prey
        .end_use("purposes")
        .iter()
        .all(|it| ["product-development", "internal-business-use"].contains(it));
    let company = subsidiaries || inside && !prey.end_use("purposes").is_empty();
    if entry.starts_with("5E002") && within(prey.text("destination"), day, &["D:1"]) && !company {
        broken.push("no encryption technology under ENC for D:1 (740.17(b)(2)(iv)(B))");
    }
    let supplement_3 = within(prey.text("destination"), day, &["ENC3"]);
    let governmental = users(prey).into_iter().any(public);
    if form == "source-code" && governmental && !supplement_3 && !company {
        broken.push("no source code under ENC for a government (740.17(b)(2)(i)(B))");
    }
}
