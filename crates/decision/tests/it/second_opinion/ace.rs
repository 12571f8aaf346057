//! License Exception ACE by hand: one function that walks 15 CFR § 740.22 and what stands above
//! it, row by row, for a sale of one item of which everything is known.

use super::tables::Tables;
use super::{Party, Sale};

/// What a careful reader says of the exception.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reading {
    /// It covers the sale.
    Open,
    /// It does not, by this paragraph.
    Closed(&'static str),
    /// The text or the sources leave it open: anything but `Open` will do.
    Unclear(&'static str),
}

/// Who uses the item, in the words of § 740.22(b).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum User {
    Favorable,
    Government,
    Other,
}

/// Parties in these roles are those of § 748.5(c) to (f), and the applicant of (a).
const PARTIES: [&str; 5] =
    ["purchaser", "intermediate-consignee", "ultimate-consignee", "end-user", "applicant"];

pub(crate) fn read(sale: &Sale, tables: &Tables) -> Reading {
    use Reading::{Closed, Unclear};
    let day = sale.text("date");
    let is_in = |place: &str, some: &[&str]| tables.groups(place, day)?.any(some);
    let deemed = sale.text("activity").starts_with("deemed");
    let destination = sale.text("destination");
    if day < "2022-03-07" {
        return Closed("86 FR 58205, as delayed");
    }
    // § 740.2(a)(6), § 746.3(c): none of these places has ACE among its exceptions.
    let embargoed = match destination {
        "IQ" if deemed => return Unclear("release to an Iraqi national"),
        "CU" | "IR" | "KP" | "SY" | "UA-43" | "IQ" => true,
        "UA-14" | "UA-09" => day >= "2022-02-24",
        "RU" => day >= "2022-02-24" && !deemed,
        "BY" => day >= "2022-03-02" && !deemed,
        _ => false,
    };
    if embargoed {
        return Closed("740.2(a)(6), 746");
    }
    if sale.parties().any(|it| PARTIES.contains(&it.text("role")) && it.is_listed("UVL")) {
        return Closed("740.2(a)(17)");
    }
    if sale.entry().contains(".z") {
        // What goes on to a user elsewhere goes to where the user is.
        for place in [destination, sale.user().text("country")] {
            match (is_in(place, &["D:1", "D:4", "D:5"]), is_in(place, &["A:5", "A:6"])) {
                (Some(true), Some(false)) => return Closed("740.2(a)(9)(ii)"),
                (Some(false), _) | (_, Some(true)) => {}
                _ => return Unclear("groups"),
            }
        }
        for party in sale.parties() {
            match is_in(party.text("headquarters"), &["D:5"]) {
                _ if party.text("headquarters") == "MO" => return Closed("740.2(a)(9)(ii)"),
                Some(true) => return Closed("740.2(a)(9)(ii)"),
                Some(false) => {}
                None => return Unclear("a seat"),
            }
        }
    }
    for (place, role, paper) in [
        (destination, "740.2(a)(19)", "hk-import-license"),
        (sale.text("from"), "740.2(a)(20)", "hk-export-license"),
    ] {
        if place == "HK" && !sale.holds(paper) {
            return if deemed { Unclear("Hong Kong paper for a release") } else { Closed(role) };
        }
    }
    if sale.entry() == "5E001.a for 5B001.a for 5A001.j" {
        return Unclear("5E001.a"); // The entry and § 740.22(b)(1) differ.
    }
    if sale.knows("unauthorized-access") {
        return Closed("740.22(c)(5)");
    }
    match is_in(destination, &["E:1", "E:2"]) {
        Some(true) => return Closed("740.22(c)(1)"),
        Some(false) => {}
        None => return Unclear("groups"),
    }
    let disclosure = sale.is_only_for(&["vulnerability-disclosure", "cyber-incident-response"]);
    if disclosure && sale.entry().starts_with("4E001") {
        return Unclear("Note 1"); // Note 1 to 4E001: such technology is not in the entry at all.
    }
    let user = sale.user();
    if user.text("role") == "employee" && user.is_listed("UVL") {
        return Unclear("UVL"); // Whether who is taught is a party of § 748.5, the text does not say.
    }
    if is_in(user.text("country"), &["E:1", "E:2"]) != Some(false) {
        return Unclear("a user in E:1 or E:2, served by way of another destination");
    }
    let at_home = whose(&user) == user.text("country");
    if user.text("sector") == "police" && at_home && ["RU", "BY"].contains(&whose(&user)) {
        return Unclear("744.21"); // National police are military end users there.
    }
    // Where the text leaves open what the user is, either way may still come to the same.
    let mut readings = kinds(&user, day).into_iter().map(|kind| for_user(sale, tables, kind));
    let first = readings.next().unwrap_or(Unclear("who the user is"));
    let is_like = |it: &Reading| std::mem::discriminant(it) == std::mem::discriminant(&first);
    if readings.all(|it| is_like(&it)) { first } else { Unclear("who the user is") }
}

/// The same for a user who is this.
fn for_user(sale: &Sale, tables: &Tables, kind: User) -> Reading {
    use Reading::{Closed, Open, Unclear};
    let day = sale.text("date");
    let is_in = |place: &str, some: &[&str]| tables.groups(place, day)?.any(some);
    let user = sale.user();
    let deemed = sale.text("activity").starts_with("deemed");
    let intrusion = sale.entry().starts_with('4');
    let here = is_in(user.text("country"), &["D:1", "D:5"]);
    let owned = is_owned(&user);
    let whose = whose(&user);
    let governed = is_in(whose, &["D:1", "D:2", "D:3", "D:4", "D:5"]);
    if day < "2022-05-26" {
        // The words of the interim text were not read: certain is only that nobody of Group D
        // was not barred.
        let (abroad, agency) = (sale.text("destination"), is_agency(&user));
        let open = match kind {
            User::Government => governed == Some(false),
            User::Favorable if agency => governed == Some(false) && here == Some(false),
            User::Favorable | User::Other => {
                let release = deemed && is_in(abroad, &["D:1", "D:5"]) != Some(false);
                (!owned || governed == Some(false)) && here == Some(false) && !release
            }
        };
        return if open { Open } else { Unclear("interim text") };
    }
    if kind == User::Government {
        return match governed {
            Some(true) if is_in(whose, &["A:6"]) == Some(false) => Closed("740.22(c)(2)"),
            Some(true) => for_government_of_an_ally(sale),
            Some(false) => Open,
            None if is_in(whose, &["A:6"]) == Some(true)
                && for_government_of_an_ally(sale) == Open =>
            {
                Open
            }
            None => Unclear("whose government"),
        };
    }
    let disclosure = sale.is_only_for(&["vulnerability-disclosure", "cyber-incident-response"]);
    match here {
        _ if deemed || disclosure || kind == User::Favorable && intrusion => Open,
        Some(true) => Closed("740.22(c)(4)"),
        Some(false) => Open,
        None => Unclear("where the user is"),
    }
}

/// Whether governments own a share in what is no body of government.
fn is_owned(user: &Party<'_>) -> bool {
    user.number("state_owned_percent") > 0 && !is_agency(user)
}

/// Whose government it is, as far as told; whose government owns a firm is never presumed.
fn whose<'sale>(user: &Party<'sale>) -> &'sale str {
    match (user.text("government_of"), user.text("sector")) {
        ("", "international-organization") => "",
        ("", _) if is_owned(user) => "",
        ("", _) => user.text("country"),
        (told, _) => told,
    }
}

/// § 740.22(c)(2)(i) and (ii), for a government of a country of Group D that is also in A:6.
fn for_government_of_an_ally(sale: &Sale) -> Reading {
    use Reading::{Closed, Open, Unclear};
    match sale.user().text("sector") {
        sector @ ("police" | "judiciary" | "prosecution") => {
            let case = sale.is_only_for(&["investigation-or-prosecution"]) && sale.is_artifact();
            match sale.victim_is_favorable() {
                _ if !case => Closed("740.22(c)(2)"),
                Some(false) => Closed("740.22(c)(2)"),
                // That a prosecutor is a judicial body is a reading.
                _ if sector == "prosecution" => Unclear("a prosecutor"),
                Some(true) => Open,
                None => Unclear("the victim"),
            }
        }
        "national-csirt" => {
            let work = [
                "vulnerability-disclosure",
                "cyber-incident-response",
                "investigation-or-prosecution",
            ];
            if sale.is_only_for(&work) { Open } else { Closed("740.22(c)(2)") }
        }
        _ => Closed("740.22(c)(2)"),
    }
}

/// What the user may be; several where the text leaves it open.
fn kinds(user: &Party<'_>, day: &str) -> Vec<User> {
    let owned = user.number("state_owned_percent");
    match user.text("sector") {
        _ if user.is("us_subsidiary") => vec![User::Favorable],
        "bank" | "financial-services" | "insurer" | "health" | "medical-research" => {
            vec![User::Favorable]
        }
        // Both an authority of the state and a bank.
        "central-bank" => vec![User::Government, User::Favorable],
        // The interim text knew no test of ownership.
        _ if day < "2022-05-26" && owned > 0 && !is_agency(user) => {
            vec![User::Government, User::Other]
        }
        "research-institute" | "university" | "school" => match owned {
            50.. => vec![User::Government],
            1.. => vec![User::Government, User::Other],
            _ => vec![User::Other],
        },
        "utility" | "telecom" | "transport" | "munitions-trade" | "munitions-manufacture" => {
            vec![if owned >= 25 { User::Government } else { User::Other }]
        }
        "retail-wholesale" | "broadcast" | "private-other" | "reseller" | "freight-forwarding"
        | "cloud-storage" => match owned {
            25.. => vec![User::Government, User::Other],
            _ => vec![User::Other],
        },
        _ => vec![User::Government],
    }
}

/// Whether it is a body of a government, which has no shares.
fn is_agency(user: &Party<'_>) -> bool {
    matches!(
        user.text("sector"),
        "police"
            | "judiciary"
            | "prosecution"
            | "national-csirt"
            | "legislature"
            | "civil-administration"
            | "telecom-it-agency"
            | "finance-tax"
            | "central-bank"
            | "international-organization"
    )
}
