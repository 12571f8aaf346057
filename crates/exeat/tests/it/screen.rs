//! Names against lists: asked one by one, in files, in transactions, with decisions.

use super::{Run, folder, run};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const LIST: &str = "\
list,id,name,type,aliases,address,country,born,license_requirement,license_policy,basis,from
EL,e1,NSO Group,organization,,\"22 Galgalei Haplada, Herzliya, IL\",IL,,For all items subject to the EAR.,Presumption of denial,name,2021-11-04
EL,e2,Address 07,,,\"Room 1318-19, 13F, Hollywood Plaza, 610 Nathan Road, Mong Kok, HK\",HK,,For all items subject to the EAR.,Presumption of denial,address,2024-06-12
DPL,d1,Ottokar Vremenski,person,Otto Wremenski,,AT,1962,,,name,2024-05-01
MEU,m1,Northern Anvil Shipyard,organization,,,CN,,,,name,2025-02-01
UVL,u1,Mirabilis Wafer Trading,organization,,,CN,,,,name,2025-02-01
SDN,s1,Zolotoy Parovoz,organization,,,RU,,,,name,
DTC,t1,Quiet Arms Brokers,organization,,,US,,,,name,2020-02-01
";

pub(super) const SALE: &str = "\
date: 2026-09-24
activity: export
from: US
destination: DE
items: [{eccn: EAR99, form: object-code}]
parties: [{role: end-user, name: NAME, country: DE, sector: private-other, state_owned_percent: 0, us_subsidiary: false}]
end_use: {purposes: [internal-business-use], knows: []}
documents_held: []
notices: []
red_flags: []
";

/// A data folder with the list, and a sale to somebody.
pub(super) fn data(name: &str) -> PathBuf {
    let data = folder(name);
    fs::write(data.join("list.csv"), LIST).unwrap();
    let run = exeat(&data, &["lists", "import", "list.csv", "--current-on", "2026-09-23"]);
    assert_eq!(run.code, 0, "{}", run.err);
    data
}

/// Names are searched as if the lists were of today.
pub(super) fn exeat(data: &Path, arguments: &[&str]) -> Run {
    let any_age = match arguments {
        ["screen", "decide" | "tune", ..] => &[][..],
        ["screen", ..] => &["--max-list-age", "40000"],
        _ => &[],
    };
    exeat_as_is(data, &[arguments, any_age].concat())
}

fn exeat_as_is(data: &Path, arguments: &[&str]) -> Run {
    run(data, arguments, "", &[("EXEAT_DATA", data.to_str().unwrap())])
}

pub(super) fn sale(data: &Path, name: &str) -> &'static str {
    fs::write(data.join("sale.yaml"), SALE.replace("NAME", name)).unwrap();
    "sale.yaml"
}

pub(super) fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap()
}

pub(super) fn at<'v>(value: &'v Value, pointer: &str) -> &'v Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

#[test]
fn a_name_is_found_with_its_reasons_and_the_letters_that_differ() {
    let data = data("screen-name");
    let run = exeat(&data, &["screen", "Otokar Vremensky", "--born", "1962"]);
    assert_eq!(run.code, 4, "{}", run.err);
    for part in ["DPL:d1", "Ot[t]okar", "Vremensk[i]", "Searched 7 entries of 2026-09-23"] {
        assert!(run.out.contains(part), "{part} is not in {}", run.out);
    }
    let hits = json(&exeat(&data, &["screen", "Otokar Vremensky", "--format", "json"]));
    assert_eq!(at(&hits, "/hits/0/list"), "DPL");
    assert!(at(&hits, "/hits/0/score").as_f64().unwrap() < 1.0);
    let nobody = exeat(&data, &["screen", "Brotfabrik Kiel"]);
    assert_eq!(nobody.code, 0);
    assert!(nobody.out.contains("No match for Brotfabrik Kiel."), "{}", nobody.out);
}

#[test]
fn looking_at_every_name_finds_the_same() {
    let data = data("screen-exhaustive");
    for name in ["NSO Grupp", "Ottokar Vremenski", "Zolotoi Parowoz", "Northern Anvil", "x"] {
        let quick = exeat(&data, &["screen", name, "--format", "json"]);
        let slow = exeat(&data, &["screen", name, "--format", "json", "--exhaustive"]);
        assert_eq!(quick.out, slow.out, "{name}");
    }
}

#[test]
fn a_listed_address_is_found_whoever_is_there() {
    let data = data("screen-address");
    let address = "Rm 1318-19 13/F Hollywood Plaza 610 Nathan Rd Mong Kok";
    let run = exeat(&data, &["screen", "Lucky Teapot", "--address", address, "--format", "json"]);
    assert_eq!(at(&json(&run), "/hits/0/id"), "e2", "{}", run.out);
    assert_eq!(at(&json(&run), "/hits/0/relation"), "address");
}

#[test]
fn every_row_of_a_file_is_answered_in_order_and_a_bad_one_says_so() {
    let data = data("screen-file");
    let mut rows = "Kunde,Land\n".to_owned();
    for number in 0..2000 {
        let name = match number {
            700 => "NSO Group Ltd".to_owned(),
            900 => String::new(),
            _ => format!("Brotfabrik Nummer {number}"),
        };
        let _ = writeln!(rows, "{name},DE");
    }
    fs::write(data.join("customers.csv"), rows).unwrap();
    let arguments = [
        "screen",
        "customers.csv",
        "-o",
        "out.jsonl",
        "--map",
        "name=Kunde",
        "--map",
        "country=Land",
    ];
    let run = exeat(&data, &arguments);
    assert_eq!(run.code, 1, "one row could not be read: {}", run.err);
    assert!(run.err.contains("2000 rows: 1 with a match"), "{}", run.err);
    let whole = fs::read_to_string(data.join("out.jsonl")).unwrap();
    let lines: Vec<Value> = whole.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let numbers: Vec<u64> = lines.iter().filter_map(|it| at(it, "/row").as_u64()).collect();
    assert_eq!(numbers, (1..=2000).collect::<Vec<u64>>());
    assert_eq!(at(lines.get(700).unwrap(), "/hits/0/id"), "e1");
    assert_eq!(at(lines.get(900).unwrap(), "/error/message"), "there is no name");
    // Cut off in the middle of a line, it goes on where the last whole line ends.
    fs::write(data.join("out.jsonl"), whole.get(..whole.len() / 2).unwrap()).unwrap();
    let resumed = exeat(&data, &[&arguments[..], &["--resume"]].concat());
    assert_eq!(resumed.code, 1, "the bad row counts, whenever it was answered: {}", resumed.err);
    assert_eq!(fs::read_to_string(data.join("out.jsonl")).unwrap(), whole);
}

#[test]
fn a_new_list_is_asked_only_for_what_it_changes() {
    let data = data("screen-changed");
    fs::copy(data.join("lists/current.snapshot"), data.join("old.snapshot")).unwrap();
    // One entry goes, one comes, one gets another name, one another address.
    let list = LIST
        .replace("UVL,u1,Mirabilis Wafer Trading,organization,,,CN,,,,name,2025-02-01\n", "")
        .replace("Otto Wremenski", "Ottilie Wremenski")
        .replace(
            "Northern Anvil Shipyard,organization,,,CN",
            "Northern Anvil Shipyard,organization,,1 Dock Road,CN",
        )
        + "UVL,u2,Quadrant Lathe Works,organization,,,CN,,,,name,2025-02-01\n";
    fs::write(data.join("list.csv"), list).unwrap();
    let run = exeat(&data, &["lists", "import", "list.csv", "--current-on", "2026-09-24"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let customers = "name\nNSO Group\nOtto Wremenski\nQuadrant Lathe Works\nMirabilis Wafer Trading\nNorthern Anvil Shipyard\n";
    fs::write(data.join("customers.csv"), customers).unwrap();
    let run = exeat(&data, &["screen", "customers.csv", "--changed", "old.snapshot"]);
    let lines: Vec<Value> = run.out.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let told: Vec<(u64, usize, usize)> = lines
        .iter()
        .map(|it| {
            let count = |key: &str| at(it, key).as_array().map_or(0, Vec::len);
            (at(it, "/row").as_u64().unwrap(), count("/hits"), count("/gone"))
        })
        .collect();
    // The old spelling still matches the first name, which is listed as before, but less.
    assert!(told.contains(&(3, 1, 0)) && told.contains(&(4, 0, 1)), "{told:?} {}", run.err);
    assert!(told.iter().any(|it| it.0 == 2), "{told:?} {}", run.err);
    assert!(!told.iter().any(|it| it.0 == 1 || it.0 == 5), "{told:?} {}", run.err);
    assert_eq!(run.code, 4, "{}", run.err);
}

/// A data folder with another list than that of `old.snapshot`.
fn changed_lists(name: &str) -> PathBuf {
    let data = data(name);
    fs::copy(data.join("lists/current.snapshot"), data.join("old.snapshot")).unwrap();
    let list = LIST
        .replace("UVL,u1,Mirabilis Wafer Trading,organization,,,CN,,,,name,2025-02-01\n", "")
        .replace("Otto Wremenski", "Ottilie Wremenski")
        .replace("Room 1318-19, 13F", "Room 1417, 14F")
        + "UVL,u2,Quadrant Lathe Works,organization,,,CN,,,,name,2025-02-01\n";
    fs::write(data.join("list.csv"), list).unwrap();
    let run = exeat(&data, &["lists", "import", "list.csv", "--current-on", "2026-09-24"]);
    assert_eq!(run.code, 0, "{}", run.err);
    data
}

/// Customers of whom some are meant by what changed, some by what did not, and some by nothing.
fn customers() -> Vec<[String; 4]> {
    let names = [
        "NSO Group",
        "Otto Wremenski",
        "Wremenski, Ottilie",
        "Quadrant Lathe Works Ltd",
        "Qadrant Lathe",
        "Mirabilis \"Wafer\" Trading",
        "Northern Anvil Shipyard",
        "",
        "Brotfabrik Kiel",
        "Anvil\nWorks",
    ];
    let addresses = [
        "",
        "Rm 1318-19 13/F Hollywood Plaza 610 Nathan Rd Mong Kok",
        "Room 1417, 14F, Hollywood Plaza, 610 Nathan Road, Mong Kok",
    ];
    let pick = |from: &[&str], at: usize| {
        from.iter().cycle().nth(at).map_or_else(String::new, |it| (*it).to_owned())
    };
    let row = |it: usize| {
        let name = if it.is_multiple_of(3) { pick(&names, it / 3) } else { pick(&names, 8) };
        let number = if it.is_multiple_of(7) { it.to_string() } else { String::new() };
        let address = if it % 9 < 3 { pick(&addresses, it % 9) } else { String::new() };
        let country = pick(&["AT", "CN", "HK", ""], it);
        [format!("{name} {number}").trim().to_owned(), country, number, address]
    };
    (0..600).map(row).collect()
}

/// Runs with an index and without, says the same, and gives what it said of the index.
fn the_same_by_index(data: &Path, file: &str, more: &[&str]) -> String {
    let mut arguments = vec!["screen", file, "--changed", "old.snapshot"];
    arguments.extend(more);
    let all = exeat(data, &arguments);
    arguments.extend(["--index", "kept.index"]);
    let some = exeat(data, &arguments);
    assert!(all.out.lines().count() > 60, "{} {}", all.out, all.err);
    assert_eq!((&some.out, some.code), (&all.out, all.code), "{file}: {}", some.err);
    let last = |run: &Run| run.err.lines().last().map(str::to_owned);
    assert_eq!(last(&some), last(&all));
    some.err
}

#[test]
fn an_index_of_the_customers_finds_what_asking_every_row_finds() {
    let data = changed_lists("screen-index");
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let mut csv = "\u{feff}Customer;country;id;address\r\n".to_owned();
    let mut lines = String::new();
    for (at, row) in customers().iter().enumerate() {
        let fields: Vec<String> = row.iter().map(quoted).collect();
        let _ = write!(csv, "{}\r\n", fields.join(";"));
        let [name, country, id, address] = row;
        let row =
            serde_json::json!({"name": name, "country": country, "id": [id], "address": address});
        let _ = writeln!(lines, "{row}");
        if at.is_multiple_of(50) {
            csv += "\r\n\r\n";
            lines += "\n{\"name\": \n";
        }
    }
    fs::write(data.join("customers.csv"), csv).unwrap();
    fs::write(data.join("customers.jsonl"), lines).unwrap();
    for (file, more) in [
        ("customers.csv", &["--map", "name=Customer"][..]),
        ("customers.csv", &["--map", "name=Customer", "--threshold", "0.6"]),
        ("customers.jsonl", &[]),
    ] {
        let told = the_same_by_index(&data, file, more);
        let again = the_same_by_index(&data, file, more);
        assert!(!again.contains("making the index"), "{again}");
        assert_eq!(told.contains("making the index"), !more.contains(&"--threshold"), "{told}");
        let count = again.lines().find_map(|it| it.split_once(" rows may be concerned"));
        let count: usize = count.map_or(usize::MAX, |it| it.0.parse().unwrap());
        assert!(count < 450, "{again}");
    }
}

#[test]
fn an_index_of_other_customers_is_made_again_and_nothing_else_is_written_over() {
    let data = changed_lists("screen-index-stale");
    let rows = |name: &str| format!("name\n{name}\n").repeat(101);
    let by_index = |index: &str| {
        let arguments = ["screen", "customers.csv", "--changed", "old.snapshot", "--index", index];
        exeat(&data, &arguments)
    };
    fs::write(data.join("customers.csv"), rows("Brotfabrik Kiel")).unwrap();
    let none = by_index("kept.index");
    assert_eq!((none.out.as_str(), none.code), ("", 0), "{}", none.err);
    fs::write(data.join("customers.csv"), rows("Quadrant Lathe Works")).unwrap();
    let told = the_same_by_index(&data, "customers.csv", &[]);
    assert!(told.contains("of other customers, columns or comparisons was made"), "{told}");
    let kept = fs::read(data.join("kept.index")).unwrap();
    let mut damaged = kept.clone();
    damaged[kept.len() / 2] ^= 1;
    fs::write(data.join("kept.index"), damaged).unwrap();
    let told = the_same_by_index(&data, "customers.csv", &[]);
    assert!(told.contains("damaged is `kept.index`"), "{told}");
    assert_eq!(fs::read(data.join("kept.index")).unwrap(), kept);
    for other in ["customers.csv", "old.snapshot"] {
        let before = fs::read(data.join(other)).unwrap();
        let run = by_index(other);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.err.contains("is no index of customers"), "{}", run.err);
        assert_eq!(fs::read(data.join(other)).unwrap(), before);
    }
}

#[test]
fn a_match_in_a_transaction_is_open_until_somebody_decides_it() {
    let data = data("screen-check");
    let check = || exeat(&data, &["check", "sale.yaml", "--format", "json"]);
    let file = sale(&data, "NSO Gruppe");
    let open = check();
    assert_eq!(open.code, 4, "{}", open.out);
    let answer = json(&open);
    assert_eq!(at(&answer, "/screening/0/verdict"), "open");
    assert_eq!(at(&answer, "/screening/0/subject"), "parties[0]");
    assert_eq!(at(&answer, "/questions/0/fact"), "parties[0].lists");
    assert!(at(&answer, "/questions/0/ask").as_str().unwrap().contains("NSO Group"));
    assert_eq!(at(&answer, "/lists/0/date"), "2026-09-23");
    assert_eq!(at(&answer, "/not_searched"), &Value::Array(vec![]));
    let decide = |verdict: &str| {
        let run = exeat(
            &data,
            &[
                "screen",
                "decide",
                "--transaction",
                file,
                "--subject",
                "parties[0]",
                "--entry",
                "EL:e1",
                verdict,
                "--by",
                "kim",
                "--why",
                "seen",
                "--on",
                "2026-09-24",
            ],
        );
        assert_eq!(run.code, 0, "{}", run.err);
    };
    decide("--other");
    assert_eq!(check().code, 0);
    decide("--same");
    let same = check();
    assert_eq!(same.code, 3, "{}", same.out);
    assert_eq!(at(&json(&same), "/screening/0/by"), "kim");
    // Another fact about the party opens it again.
    let told = SALE
        .replace("NAME", "NSO Gruppe")
        .replace("country: DE, sector", "country: DE, ids: {tax: '12345'}, sector");
    fs::write(data.join("sale.yaml"), told).unwrap();
    let again = check();
    assert_eq!(again.code, 4, "{}", again.out);
    let because = at(&json(&again), "/screening/0/because").to_string();
    assert!(because.contains("new: party id tax 12345"), "{because}");
}

#[test]
fn a_decision_that_says_neither_is_a_misuse() {
    let data = data("screen-decide");
    let run =
        exeat(&data, &["screen", "decide", "x", "--entry", "EL:e1", "--by", "k", "--why", "w"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let run = exeat(
        &data,
        &["screen", "decide", "x", "--entry", "EL:e9", "--same", "--by", "k", "--why", "w"],
    );
    assert_eq!(run.code, 1, "{}", run.err);
}

#[test]
fn a_clear_name_may_go_only_by_lists_that_are_whole_and_current() {
    let data = data("screen-clear");
    sale(&data, "Brotfabrik Kiel");
    let check = |more: &[&str]| exeat(&data, &[&["check", "sale.yaml"], more].concat());
    assert_eq!(check(&[]).code, 0);
    let run = check(&["--max-list-age", "0"]);
    assert_eq!(run.code, 4, "{}", run.out);
    assert!(
        run.out.split_whitespace().collect::<Vec<_>>().join(" ").contains("who was added since"),
        "{}",
        run.out
    );
    let run = check(&["--no-screening"]);
    assert_eq!(run.code, 4, "{}", run.out);
    let few = "list,id,name\nDPL,d1,Somebody\n";
    fs::write(data.join("few.csv"), few).unwrap();
    let out = ["lists", "import", "few.csv", "--current-on", "2026-09-23", "-o", "few.snapshot"];
    assert_eq!(exeat(&data, &out).code, 0);
    let run = check(&["--lists", "few.snapshot"]);
    assert_eq!(run.code, 4, "{}", run.out);
    assert!(
        run.out
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains("not searched: EL, MEU, UVL, SDN, DTC"),
        "{}",
        run.out
    );
}

#[test]
fn the_list_in_the_program_finds_and_clears_nobody() {
    let data = folder("screen-built-in");
    sale(&data, "NSO Group");
    let run = exeat(&data, &["check", "sale.yaml"]);
    assert_eq!(run.code, 4);
    assert!(run.out.contains("NSO Group"), "{}", run.out);
    sale(&data, "Brotfabrik Kiel");
    let run = exeat(&data, &["check", "sale.yaml"]);
    assert_eq!(run.code, 4);
    assert!(run.out.contains("is no"), "{}", run.out);
}

#[test]
fn lists_that_cannot_be_read_answer_nothing_in_their_place() {
    let data = data("screen-broken");
    fs::write(data.join("lists/current.snapshot"), "no snapshot").unwrap();
    sale(&data, "Brotfabrik Kiel");
    let run = exeat(&data, &["check", "sale.yaml"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("the lists cannot be searched"), "{}", run.out);
    // A transaction without names never opens them.
    let nameless = SALE.replace("name: NAME, ", "lists: [], ");
    fs::write(data.join("sale.yaml"), nameless).unwrap();
    assert_eq!(exeat(&data, &["check", "sale.yaml"]).code, 0);
    fs::write(data.join("decisions.toml"), "[[decision]]\nsame = 3\n").unwrap();
}

#[test]
fn thresholds_are_tried_on_judged_pairs_and_on_customers() {
    let data = data("screen-tune");
    let pairs = "name,listed,same\nOtokar Vremensky,Ottokar Vremenski,yes\nMaria,Ottokar,no\n";
    fs::write(data.join("pairs.csv"), pairs).unwrap();
    fs::write(data.join("customers.csv"), "name\nOtokar Vremensky\nBrotfabrik Kiel\n").unwrap();
    let arguments = ["screen", "tune", "pairs.csv", "--customers", "customers.csv"];
    let run = exeat(&data, &[&arguments[..], &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let tuning = json(&run);
    assert_eq!((at(&tuning, "/pairs"), at(&tuning, "/customers")), (&2.into(), &2.into()));
    assert_eq!(at(&tuning, "/curve/0/customers_alerting"), 1, "at the lowest threshold");
    let text = exeat(&data, &arguments).out;
    assert!(text.contains("shipped") && text.contains("2 customers were screened."), "{text}");

    fs::write(data.join("pairs.csv"), "name,listed,same\nA,B,maybe\nMaria,Ottokar,no\n").unwrap();
    let run = exeat(&data, &["screen", "tune", "pairs.csv"]);
    assert_eq!(run.code, 1, "one row is no judged pair");
    assert!(run.err.contains("pairs.csv: line 2: `maybe`"), "{}", run.err);
    assert!(run.out.starts_with("1 pairs"), "{}", run.out);
}

#[test]
fn an_interview_searches_the_names_it_hears() {
    let data = data("screen-asked");
    let ask = |typed: &str| {
        let arguments = ["ask", "sale.yaml", "--out", "asked.yaml"];
        run(&data, &arguments, typed, &[("EXEAT_DATA", data.to_str().unwrap())])
    };
    sale(&data, "NSO Grupp");
    let listed = ask("quit\n");
    assert_eq!(listed.code, 4, "{}{}", listed.out, listed.err);
    assert!(listed.out.contains("Is NSO Grupp the listed party"), "{}", listed.out);
    sale(&data, "Brotfabrik Kiel GmbH");
    let clear = ask("");
    assert_eq!(clear.code, 0, "{}{}", clear.out, clear.err);

    // Who has no name is asked for it, as the lists say more than a person remembers.
    fs::write(data.join("sale.yaml"), SALE.replace(" name: NAME,", "")).unwrap();
    let named = ask("Brotfabrik Kiel GmbH\n");
    assert!(named.out.contains("What is its full name?"), "{}", named.out);
    assert_eq!(named.code, 0, "{}{}", named.out, named.err);
    assert!(fs::read_to_string(data.join("asked.yaml")).unwrap().contains("name: Brotfabrik"));
    let skipped = ask("\nquit\n");
    assert_eq!(skipped.code, 4, "{}", skipped.out);
    assert_eq!(skipped.out.matches("What is its full name?").count(), 1, "{}", skipped.out);
}

#[test]
fn a_row_of_which_a_part_would_be_lost_is_an_error_in_its_place() {
    let data = data("screen-lost");
    let said = |file: &str, text: &[u8]| {
        fs::write(data.join(file), text).unwrap();
        let run = exeat(&data, &["screen", file]);
        assert_eq!(run.code, 1, "{file}: {}", run.out);
        run.out + &run.err
    };
    let twice = br#"{"name": "NSO Group", "name": "Qwrtz"}"#;
    assert!(said("twice.jsonl", twice).contains("name: given twice"));
    let beyond = said("beyond.csv", b"name\nQwrtz,NSO Group\nPlain,\n");
    assert!(beyond.contains("the row has 2 values and the header 1 column"), "{beyond}");
    assert_eq!(beyond.matches("error").count(), 1, "{beyond}");
    let wide: Vec<u8> = "name\nNSO Group\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for wide in [[&b"\xff\xfe"[..], &wide].concat(), wide] {
        assert!(said("wide.csv", &wide).contains("save it as UTF-8"));
    }
    for empty in ["", "name\n", "\n\n"] {
        let said = said("empty.csv", empty.as_bytes());
        assert!(said.contains("empty.csv"), "{said}");
    }
    // A name that cannot be searched clears nobody.
    fs::write(data.join("dash.csv"), "name\n-\n").unwrap();
    let run = exeat(&data, &["screen", "dash.csv"]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.err.contains("1 cannot be searched"), "{}", run.err);
}

#[test]
fn a_run_goes_on_only_where_everything_is_as_it_was_and_counts_all_rows() {
    let data = data("screen-resumed");
    let rows = |first: &str| format!("name\n{first}\nBrotfabrik\nBackhaus\n");
    fs::write(data.join("rows.csv"), rows("NSO Group")).unwrap();
    let arguments = ["screen", "rows.csv", "-o", "out.jsonl"];
    let whole = exeat(&data, &arguments);
    assert_eq!(whole.code, 4, "{}", whole.err);
    let answers = fs::read_to_string(data.join("out.jsonl")).unwrap();
    let first = answers.lines().next().unwrap().to_owned() + "\n";
    let resume = |before: &str, more: &[&str]| {
        fs::write(data.join("out.jsonl"), before).unwrap();
        exeat(&data, &[&arguments[..], &["--resume"], more].concat())
    };
    // The match in the first row counts, whoever answered it.
    for before in [first.as_str(), &answers, "", answers.get(..answers.len() - 2).unwrap()] {
        let run = resume(before, &[]);
        assert_eq!(run.code, 4, "{}", run.err);
        assert_eq!(fs::read_to_string(data.join("out.jsonl")).unwrap(), answers);
    }
    let refused = |before: &str, more: &[&str], what: &str| {
        let run = resume(before, more);
        assert_eq!(run.code, 1, "{what}: {}", run.err);
        assert!(run.err.contains(what) && run.err.contains("--resume"), "{what}: {}", run.err);
        assert_eq!(fs::read_to_string(data.join("out.jsonl")).unwrap(), before);
    };
    refused("\n", &[], "line 1 of `out.jsonl` is not its answer to row 1");
    refused("garbage\n", &[], "line 1 of `out.jsonl` is not its answer to row 1");
    refused(&(first.clone() + "\n"), &[], "line 2 of `out.jsonl`");
    refused(&first.replace("NSO Group", "Qwrtz"), &[], "line 1 of `out.jsonl`");
    refused(&first, &["--threshold", "0.99"], "the threshold or another setting is different");
    refused(&first, &["--limit", "1"], "the number of matches a name is different");
    fs::write(data.join("rows.csv"), rows("Qwrtz")).unwrap();
    refused(&first, &[], "the file of names is another");
    fs::write(data.join("rows.csv"), rows("NSO Group")).unwrap();
    fs::write(data.join("list.csv"), LIST.replace("Ottokar", "Otakar")).unwrap();
    let run = exeat(&data, &["lists", "import", "list.csv", "--current-on", "2026-09-24"]);
    assert_eq!(run.code, 0, "{}", run.err);
    refused(&first, &[], "the lists are others");
    fs::remove_file(data.join("out.jsonl.run")).unwrap();
    refused(&first, &[], "out.jsonl.run");
}

#[test]
fn decisions_that_are_named_must_be_there() {
    let data = data("screen-no-decisions");
    let sale = sale(&data, "Brotfabrik");
    let run = exeat(&data, &["check", sale, "--decisions", "nope"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("cannot read `nope`: there is no such file"), "{}", run.out);
    let run = exeat(&data, &["screen", "Brotfabrik", "--decisions", "nope"]);
    assert_eq!(run.code, 1, "{}", run.out);
    // Nothing was decided yet, and nobody says otherwise.
    assert_ne!(exeat(&data, &["check", sale]).code, 1);
}

#[test]
fn a_name_that_names_nobody_clears_nobody() {
    let data = data("screen-nobody");
    for name in [
        "unknown",
        "N/A",
        "TBD",
        "To be determined",
        "LLC",
        "\"\u{41e}\u{41e}\u{41e}\"",
        "Mr.",
        "\"x\"",
        "I don't know",
        "not yet known",
        "private person",
        "\u{43d}\u{435} \u{437}\u{43d}\u{430}\u{44e}",
        "\u{6211}\u{4e0d}\u{77e5}\u{9053}",
    ] {
        let run = exeat(&data, &["check", sale(&data, name), "--format", "json"]);
        let answer = json(&run);
        assert_eq!(at(&answer, "/outcome"), "needs-review", "{name}");
        assert_eq!(run.code, 4, "{name}");
        assert_eq!(at(&answer, "/questions/0/fact"), "parties[0].name", "{name}");
        let why = at(&answer, "/questions/0/why").as_str().unwrap();
        assert!(why.contains("names nobody who could be searched"), "{why}");
    }
    let real = exeat(&data, &["check", sale(&data, "Unknown Worlds"), "--format", "json"]);
    assert_eq!(at(&json(&real), "/outcome"), "no-license-required", "{}", real.out);
}

#[test]
fn a_row_that_names_nobody_is_told_and_is_no_success() {
    let data = data("screen-nobody-file");
    for (name, told) in [("-", "there is no word in `-`"), ("N/A", "`N/A` names nobody")] {
        fs::write(data.join("names.csv"), format!("name\nBrotfabrik Kiel\n{name}\n")).unwrap();
        let run = exeat(&data, &["screen", "names.csv"]);
        assert_eq!(run.code, 4, "{}", run.err);
        assert!(run.err.contains("1 cannot be searched"), "{}", run.err);
        let row: Value = serde_json::from_str(run.out.lines().nth(1).unwrap()).unwrap();
        let problem = at(&row, "/problems/0").as_str().unwrap();
        assert!(problem.contains(told), "{problem}");
    }
}

#[test]
fn a_column_that_may_hold_names_is_searched_or_told() {
    let data = data("screen-columns");
    let screen = |text: &str, map: &[&str]| {
        fs::write(data.join("names.csv"), text).unwrap();
        exeat(&data, &[&["screen", "names.csv"], map].concat())
    };
    let text = "company,name,country\nNSO Group,Joe Miller,IL\nNSO Group,Ann Miller,IL\n";
    let run = screen(text, &[]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert_eq!(
        run.err.matches("stands in `company` and is not searched").count(),
        1,
        "{}",
        run.err
    );
    assert!(run.err.contains("0 with a match"), "{}", run.err);
    let row: Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
    assert_eq!(at(&row, "/problems/0"), "`company` may be a name, and is not searched");
    assert_eq!(screen(text, &["--map", "none=company"]).code, 0);
    let run = screen(text, &["--map", "alias=company"]);
    assert!(run.err.contains("2 with a match"), "{}", run.err);
    let run = screen("id,name,name2\n1,Brotfabrik,NSO Group\n", &[]);
    assert!(run.err.contains("1 with a match"), "{}", run.err);
}

#[test]
fn the_law_of_another_day_makes_no_list_younger() {
    let data = data("screen-on");
    let text = SALE.replace("NAME", "Brotfabrik Kiel").replace("2026-09-24", "2026-11-27");
    fs::write(data.join("late.yaml"), text).unwrap();
    for arguments in [&["check", "late.yaml"][..], &["check", "late.yaml", "--on", "2026-09-24"]] {
        let run = exeat(&data, &[arguments, &["--format", "json"]].concat());
        assert_eq!(at(&json(&run), "/outcome"), "needs-review", "{arguments:?}");
        assert!(run.out.contains("more than 7 days before 2026-11-27"), "{}", run.out);
    }
    // A release of today by lists of today, of what was to leave earlier.
    let text = SALE.replace("NAME", "Brotfabrik Kiel").replace("2026-09-24", "2026-08-01");
    fs::write(data.join("early.yaml"), text).unwrap();
    let run = exeat(&data, &["check", "early.yaml", "--on", "2026-09-24", "--format", "json"]);
    assert_eq!(at(&json(&run), "/outcome"), "no-license-required", "{}", run.out);
}

#[test]
fn an_address_that_newly_agrees_reopens_what_was_decided() {
    let data = data("screen-address");
    let name = "NSO Bakery Group";
    fs::write(data.join("sale.yaml"), SALE.replace("NAME", name)).unwrap();
    let decided = exeat(
        &data,
        &[
            "screen",
            "decide",
            "--transaction",
            "sale.yaml",
            "--subject",
            "parties[0]",
            "--entry",
            "EL:e1",
            "--other",
            "--by",
            "Kim",
            "--why",
            "a bakery",
        ],
    );
    assert_eq!(decided.code, 0, "{}", decided.err);
    let check = |address: &str| {
        let with = format!("name: {name}, address: \"{address}\"");
        let text = SALE.replace("NAME", name).replace(&format!("name: {name}"), &with);
        fs::write(data.join("moved.yaml"), text).unwrap();
        json(&exeat(&data, &["check", "moved.yaml", "--format", "json"]))
    };
    assert_eq!(at(&check("1 Brotgasse, Kiel"), "/outcome"), "no-license-required");
    let moved = check("22 Galgalei Haplada, Herzliya, Israel");
    assert_eq!(at(&moved, "/outcome"), "needs-review", "{moved}");
    assert!(moved.to_string().contains("new: address agrees"), "{moved}");
}

#[test]
fn old_missing_and_partial_lists_clear_no_name() {
    let data = data("screen-wanting");
    fs::write(data.join("names.csv"), "name\nBrotfabrik Kiel\nBackhaus Ulm\n").unwrap();
    let old = "is of 2026-09-23, more than 7 days before";
    let nobody = exeat_as_is(&data, &["screen", "Brotfabrik Kiel"]);
    assert_eq!(nobody.code, 4, "{}", nobody.out);
    let told = nobody.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("Nobody is cleared by this") && told.contains(old), "{told}");
    let answer = json(&exeat_as_is(&data, &["screen", "Brotfabrik Kiel", "--format", "json"]));
    assert!(at(&answer, "/problems/0").as_str().unwrap().contains(old), "{answer}");

    let rows = exeat_as_is(&data, &["screen", "names.csv"]);
    assert_eq!(rows.code, 4, "{}", rows.err);
    let told = &rows.err;
    assert!(told.contains("nobody is cleared by this") && told.contains(old), "{told}");
    for row in rows.out.lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        assert!(at(&row, "/problems/0").as_str().unwrap().contains(old), "{row}");
    }
    for what in ["Brotfabrik Kiel", "names.csv"] {
        assert_eq!(exeat(&data, &["screen", what]).code, 0, "{what}");
        let unmeant = exeat_as_is(&data, &["screen", what, "--no-screening"]);
        assert_eq!(unmeant.code, 2, "{}", unmeant.err);
    }

    fs::write(data.join("few.csv"), "list,id,name\nDPL,d1,Somebody\n").unwrap();
    let out = ["lists", "import", "few.csv", "--current-on", "2026-09-23", "-o", "few.snapshot"];
    assert_eq!(exeat(&data, &out).code, 0);
    for (lists, why) in [
        (&["--lists", "few.snapshot"][..], "not searched: EL, MEU, UVL, SDN, DTC"),
        (&[], "only the small list of cyber-related entries"),
    ] {
        if lists.is_empty() {
            fs::remove_dir_all(data.join("lists")).unwrap();
        }
        for what in ["Brotfabrik Kiel", "names.csv"] {
            let run = exeat(&data, &[&["screen", what], lists].concat());
            assert_eq!(run.code, 4, "{what}: {}", run.out);
            assert!(run.err.contains(why), "{what}: {}", run.err);
        }
    }
}

#[test]
fn an_old_list_that_the_law_does_not_read_is_named_apart() {
    let data = data("screen-other-old");
    fs::write(data.join("other.csv"), "list,id,name\nFSE,f1,Somebody\n").unwrap();
    let import = ["lists", "import", "other.csv", "--current-on", "2022-04-21"];
    assert_eq!(exeat(&data, &import).code, 0);
    let run = exeat_as_is(&data, &["screen", "Brotfabrik Kiel"]);
    let told = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let dated = "8 entries of 2026-09-23 (older, and not read by the law: FSE of 2022-04-21)";
    assert!(told.contains(dated), "{told}");
}

#[test]
fn a_decision_that_would_never_hold_is_refused() {
    let data = data("screen-until");
    let decide = |more: &[&str]| {
        let whom = ["screen", "decide", "NSO", "--entry", "EL:e1", "--other", "--by", "kim"];
        exeat(&data, &[&whom[..], &["--why", "seen"], more].concat())
    };
    for until in ["2026-09-24", "2020-01-01"] {
        let run = decide(&["--on", "2026-09-24", "--until", until]);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.err.contains(&format!("cannot end on {until}")), "{}", run.err);
    }
    let ended = decide(&["--on", "2020-01-01", "--until", "2020-02-01"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("it has ended: from 2020-02-01 on"), "{}", ended.err);
}
