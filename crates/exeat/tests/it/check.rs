//! One transaction, one answer.

use crate::{Run, exeat, exeat_in, folder, without_small_print};

fn check(example: &str) -> Run {
    exeat(&["check", "--example", example], "")
}

#[test]
fn a_bank_in_vietnam_may_have_it_on_conditions() {
    let run = check("vietnam-bank");
    assert_eq!(run.code, 0);
    insta::assert_snapshot!(without_small_print(&run.out), @r"
    May go under License Exception ACE, on the conditions below.
    intrusion framework (4D004), export from US to VN, for Example Commercial Bank

    Why
      • NS1: Items of NS column 1 need a license for every destination but Canada
        and, since 2024, Australia and the United Kingdom. [742.4(a)(1)]
      ✓ ACE authorizes exports, reexports, transfers and releases of cybersecurity
        items. [740.22(a)]
        the item: 4D004
      ✓ Favorable treatment end users may have the intrusion family, not the
        surveillance family. [740.22(c)(4)(i)]
        the item: 4D004; Example Commercial Bank: country VN (group D:1 or D:5);
        destination VN (group D:1 or D:5)

    What to do
      • Keep what shows that the end user is a U.S. subsidiary, financial, insurance
        or medical institution. [740.22(b)(3)]
      • Keep the records of the transaction for five years. [762.6(a)]
        due: five years from the last event of the transaction
    ");
}

/// A penetration tool whose request BIS has had for some days.
fn penetration_tool(sector: &str, days: u32, lists: &str) -> String {
    format!(
        r#"{{"date": "2026-09-24", "activity": "export", "from": "US", "destination": "KE",
            "items": [{{"eccn": "5D002.c.1", "form": "object-code", "encryption": {{
                "classification": "request-filed", "request_filed_days_ago": {days},
                "on_hold": false, "category": "network-penetration"}}}}],
            "parties": [{{"role": "end-user", "country": "KE", "sector": "{sector}",
                "government_of": null, "owners": [], "lists": {lists}}}],
            "end_use": {{"purposes": ["defensive-testing"], "knows": []}},
            "notices": [], "red_flags": []}}"#
    )
}

#[test]
fn a_refusal_names_what_an_exception_lacks_where_it_is_one_thing() {
    let says = |transaction: &str| {
        let run = exeat(&["check", "-"], transaction);
        assert_eq!(run.code, 3, "{}{}", run.out, run.err);
        run.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let thirty_days = "ENC does not open, for one thing: Network penetration tools go to private \
                       users after thirty days. [740.17(b)(2)(i)(F)]";
    let police = says(&penetration_tool("police", 40, "[]"));
    assert!(police.contains(&format!("{thirty_days} the end user: sector police")), "{police}");
    let early = says(&penetration_tool("telecom", 10, "[]"));
    assert!(early.contains(&format!("{thirty_days} the item: classification")), "{early}");
    let ordinary = penetration_tool("telecom", 10, "[]")
        .replace("request-filed", "none")
        .replace("network-penetration", "other");
    let once_classified = "ENC does not open, for one thing: What no later paragraph names goes to \
                           anyone once the exporter has classified it. [740.17(b)(1)] the item: \
                           classification none";
    let ordinary = says(&ordinary);
    assert!(ordinary.contains(once_classified), "{ordinary}");
    // Two things are in the way, and of a listed firm none of them helps.
    let both = says(&penetration_tool("police", 10, "[]"));
    assert!(!both.contains("740.17(b)(2)(i)(F)"), "{both}");
    let listed = says(&penetration_tool(
        "telecom",
        10,
        r#"[{"list": "EL", "scope": "all-items", "exceptions_allowed": []}]"#,
    ));
    assert!(!listed.contains("for one thing"), "{listed}");
    assert!(listed.contains("No license exception opens on these facts."), "{listed}");
}

#[test]
fn every_condition_of_a_permission_is_shown() {
    let tools = r#"{"date": "2026-09-24", "activity": "temporary-export", "from": "US",
        "destination": "CN", "items": [{"eccn": "4D004", "form": "object-code"}],
        "parties": [{"role": "traveler", "country": "US", "sector": "private-other",
            "us_status": "us-citizen", "lists": []}],
        "end_use": {"purposes": ["defensive-testing"], "knows": []},
        "temporary": {"effective_control": true, "returns_within_one_year": true,
            "access_protected": true, "order_to_acquire": false, "personal_baggage": false},
        "transfer": {"tangible": true}, "notices": [], "red_flags": []}"#;
    let run = exeat(&["check", "-"], tools);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    for paragraph in ["740.9(a)]", "740.9(a)(1)]", "758.1(b)]", "758.6(a)]", "762.6(a)]"] {
        assert!(run.out.contains(paragraph), "{paragraph}: {}", run.out);
    }
    assert!(!run.out.contains("\n    and "), "{}", run.out);
}

#[test]
fn a_middleman_in_russia_needs_a_license() {
    let run = check("russian-middleman");
    assert_eq!(run.code, 3);
    insta::assert_snapshot!(without_small_print(&run.out), @r"
    License required. This may not leave without a BIS license.
    red-team platform (4D004), 2 legs: US → RU → KZ

    Why
      ✗ NS1: Items of NS column 1 need a license for every destination but Canada
        and, since 2024, Australia and the United Kingdom. [742.4(a)(1)]
      ✗ 746.8: Every item of the Commerce Control List needs a license for Russia
        and Belarus. [746.8(a)(1)]
      ✗ Private end users located in Country Group D:1 or D:5 are outside ACE.
        [740.22(c)(4)]
      ✗ Where 746.8 requires a license for Russia, only the exceptions that it names
        are left. [740.2(a)(6)]
      ✗ ACE does not overcome 746.8.
        and 1 more

    Leg by leg
      ✗ Leg 1, our sale to the distributor, who installs from his own server:
        license required (NS1, 746.8)
      ✗ Leg 2, his sale to the user: license required (NS1)

    Red flags
      ✗ Diversion risk. A later leg that the seller knows of is not allowed, and
        nothing shown covers it. [736.2(b)(10)]

    What to do
      • Tell the other parties the conditions of the license once it is issued.
        [750.7(d)]
      • Keep the records of the transaction for five years. [762.6(a)]

    If you apply for a license
      • It would be reviewed case by case. For Country Group D:1, applications are
        judged case by case, favorably for civil use. [742.4(b)(2)]

    Other agencies
      • OFAC: The Treasury's orders on Russia and Belarus bind US persons besides.
        [746.8(a)]
    ");
}

#[test]
fn a_reseller_without_a_user_is_not_answered_yet() {
    let run = check("china-reseller");
    assert_eq!(run.code, 4);
    insta::assert_snapshot!(without_small_print(&run.out), @r"
    Not yet. 8 facts and a red flag are open. Until then, it may not leave.
    intrusion framework (4D004), export from US to CN

    Why
      ✗ NS1: Items of NS column 1 need a license for every destination but Canada
        and, since 2024, Australia and the United Kingdom. [742.4(a)(1)]
      ? Government end users of Country Group D countries are outside ACE, wherever
        they sit. [740.22(c)(2)]
      ? Private end users located in Country Group D:1 or D:5 are outside ACE.
        [740.22(c)(4)]
      ? Whoever deals with a denied person in what the order covers breaks it,
        whatever that person's role. [736.2(b)(4)]
      ? No exception answers a denial order, or a violation that is known.
        [740.2(a)(2)]
        and 1 more

    Still needed
      ? Who is the end user, and on which lists of restricted parties? Name it, and
        answer with an empty list where a screening found nothing. [736.2(b)(4)]
        parties[1].lists
      ? What is the end user, whom nobody named, and what does it do: which sector?
        [740.22(c)(2)]
        parties[1].sector
      ? In which country is the end user, whom nobody named? [740.22(c)(4)]
        parties[1].country
        and 5 more; `exeat ask FILE` asks one by one

    Red flags
      ✗ Reseller unknown end user (the unnamed end user). A reseller buys and nobody
        knows for whom. [732 Supp. 3(b)(21)]

    What to do
      • Keep the records of the transaction for five years. [762.6(a)]
    ");
}

#[test]
fn what_is_published_is_outside() {
    let run = check("proof-of-concept-published");
    assert_eq!(run.code, 0);
    insta::assert_snapshot!(without_small_print(&run.out), @r"
    Not subject to the EAR. No license is needed under this regulation.
    write-up with proof of concept (4E001.c), export from US to CN

    Why
      ✓ What the public has, or will have as research or in a patent, is outside.
        [734.3(b)(3)]
        the item: published, form technology
    ");
}

#[test]
fn the_small_print_says_what_was_presumed_and_which_law_answered() {
    let out = check("vietnam-bank").out;
    assert!(out.contains("Presumed: ") && out.contains("(--strict asks"), "{out}");
    assert!(out.contains("Law of 2026-09-24; us-ear "), "{out}");
    assert!(out.ends_with("Not legal advice.\n"), "{out}");
}

#[test]
fn every_example_is_answered_and_names_its_source() {
    let list = exeat(&["examples"], "").out;
    let names: Vec<&str> = list.lines().take_while(|it| !it.is_empty()).collect();
    assert!(names.len() > 10, "{list}");
    for line in names {
        let name = line.split_whitespace().next().unwrap();
        let run = check(name);
        assert!([0, 3, 4, 5].contains(&run.code), "{name}: {} {}", run.code, run.err);
        assert!(run.out.contains("Not legal advice."), "{name}");
        assert!(run.out.lines().all(|it| it.chars().count() <= 80), "{name}: {}", run.out);
    }
}

#[test]
fn the_formats_say_the_same() {
    let yaml = exeat(&["examples", "vietnam-bank"], "").out;
    let json = exeat(&["check", "-", "--format", "json"], &yaml);
    assert_eq!(json.code, 0, "{}", json.err);
    let whole: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(whole["outcome"], "license-exception");
    assert_eq!(whole["rulebook"]["digest"].as_str().unwrap().len(), 64);
    let line = exeat(&["check", "--example", "vietnam-bank", "--format", "jsonl"], "");
    let line: serde_json::Value = serde_json::from_str(&line.out).unwrap();
    // A line has the lean trace and every presumption; all that was concluded is the same.
    for key in whole.as_object().unwrap().keys() {
        if !["because", "items", "assumptions"].contains(&key.as_str()) {
            assert_eq!(whole[key], line[key], "{key}");
        }
    }
    assert_eq!(whole["items"][0]["requirements"], line["items"][0]["requirements"]);
    let explained =
        exeat(&["check", "--example", "vietnam-bank", "--format", "jsonl", "--explain"], "");
    let explained: serde_json::Value = serde_json::from_str(&explained.out).unwrap();
    let json = exeat(&["check", "-", "--format", "json", "--explain"], &yaml);
    assert_eq!(explained, serde_json::from_str::<serde_json::Value>(&json.out).unwrap());
    let md = exeat(&["check", "--example", "vietnam-bank", "--format", "md"], "");
    assert!(md.out.starts_with("## May go under License Exception ACE"), "{}", md.out);
}

#[test]
fn several_files_are_answered_in_order_and_the_strictest_is_the_exit_code() {
    let folder = folder("several");
    for name in ["vietnam-bank", "vietnam-police"] {
        std::fs::write(folder.join(name), exeat(&["examples", name], "").out).unwrap();
    }
    let files = ["check", "vietnam-police", "vietnam-bank", "--format", "json"];
    let run = exeat_in(&folder, &files, "");
    let answers: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answers[0]["outcome"], "license-required");
    assert_eq!(answers[1]["outcome"], "license-exception");
    assert_eq!(run.code, 3);
}

#[test]
fn a_file_that_is_not_there_fails_and_the_others_are_answered() {
    let folder = folder("missing");
    std::fs::write(folder.join("bank.yaml"), exeat(&["examples", "vietnam-bank"], "").out).unwrap();
    let run = exeat_in(&folder, &["check", "nothing.yaml", "bank.yaml"], "");
    assert_eq!(run.code, 1);
    assert_eq!(run.err, "error: cannot read `nothing.yaml`: there is no such file\n");
    assert!(run.out.contains("May go under License Exception ACE"), "{}", run.out);
}

#[test]
fn every_problem_of_a_file_is_told_at_once_with_its_line() {
    let text = "date: 2026-13-01\nactivity: exprot\nitems:\n  - {eccn: 4D004, colour: red}\n";
    let run = exeat(&["check", "-", "--input", "yaml"], text);
    assert_eq!(run.code, 1);
    for place in [":1: date", ":2: activity", ":4: items[0].colour"] {
        assert!(run.out.contains(place), "{place} is not in {}", run.out);
    }
    assert!(run.out.contains("did you mean") || run.out.contains("help:"), "{}", run.out);
}

#[test]
fn bad_bytes_repeated_keys_and_deep_nesting_are_refused_with_words() {
    for (bytes, said) in [
        (&b"\xff\xfe"[..], "UTF-8"),
        (&b"date: 2026-09-24\ndate: 2026-09-25\nactivity: export\n"[..], "date"),
        (&[b'['].repeat(100_000)[..], ""),
        (&[b'{'].repeat(100_000)[..], ""),
        (&b""[..], "empty"),
    ] {
        let run = exeat(&["check", "-"], bytes);
        assert_eq!(run.code, 1, "{said}");
        assert!(run.out.starts_with("error: standard input"), "{}", run.out);
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
}

#[test]
fn the_law_of_another_day_can_be_asked() {
    let on = |day: &str| exeat(&["check", "--example", "vietnam-bank", "--on", day], "").out;
    assert!(on("2022-06-01").contains("Law of 2022-06-01"));
    // Past the limit a permissive answer needs review.
    let late = exeat(
        &["check", "--example", "vietnam-bank", "--on", "2026-12-01", "--max-law-age", "5"],
        "",
    );
    assert_eq!(late.code, 4, "{}", late.out);
}

#[test]
fn strict_presumes_nothing() {
    let run = exeat(&["check", "--example", "vietnam-bank", "--strict", "--format", "json"], "");
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["assumptions"], serde_json::json!([]));
}

#[test]
fn explain_shows_the_whole_trace() {
    let run = exeat(&["check", "--example", "vietnam-police", "--explain"], "");
    assert!(run.out.contains("└─ ✓ 740.22(c)(2)") || run.out.contains("├─ ✓ 740.22(c)(2)"));
    assert!(run.out.contains("Item 1 (4D004), License Exception ACE: closed"), "{}", run.out);
}

#[test]
fn why_not_says_what_stands_in_the_way() {
    let run = exeat(&["why-not", "ace", "--example", "vietnam-police"], "");
    assert_eq!(run.code, 3);
    assert!(run.out.starts_with("ACE does not cover item 1 (4D004)."), "{}", run.out);
    assert!(run.out.contains("[740.22(c)(2)]"), "{}", run.out);
    let run = exeat(&["why-not", "ACE", "--example", "vietnam-police", "--format", "json"], "");
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["items"][0]["available"], false);
    assert_eq!(answer["items"][0]["closes"][0]["citation"], "740.22(c)(2)");
    assert_eq!(exeat(&["why-not", "ACE", "--example", "vietnam-bank"], "").code, 0);
    let run = exeat(&["why-not", "ACES", "--example", "vietnam-bank"], "");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("there is no license exception `ACES`"), "{}", run.err);
}

#[test]
fn a_rulebook_in_a_folder_replaces_the_one_in_the_program() {
    let repository = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebooks/us-ear");
    let arguments = ["check", "--example", "vietnam-bank", "--format", "json"];
    let inside = exeat(&arguments, "");
    let outside = exeat(&[&arguments[..], &["--rules", repository]].concat(), "");
    assert_eq!(inside.out, outside.out);
    let run = exeat(&["check", "--example", "vietnam-bank", "--rules", "nowhere"], "");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("`nowhere`"), "{}", run.err);
}

#[test]
fn a_proposed_version_takes_part_only_when_it_is_asked_for() {
    let law = exeat(&["check", "--example", "uae-police-after", "--format", "json"], "");
    let law: serde_json::Value = serde_json::from_str(&law.out).unwrap();
    assert_eq!(law["outcome"], "license-exception");
    let asked =
        ["check", "--example", "uae-police-after", "--format", "json", "--also", "proposed"];
    let asked = exeat(&asked, "");
    let asked: serde_json::Value = serde_json::from_str(&asked.out).unwrap();
    assert_eq!(asked["outcome"], "needs-review");
    assert!(asked["notes"][0].as_str().unwrap().contains("not law"), "{}", asked["notes"]);
}

#[test]
fn an_input_that_holds_nothing_is_no_permission() {
    let folder = folder("nothing");
    std::fs::write(folder.join("empty.jsonl"), "").unwrap();
    std::fs::write(folder.join("blank.jsonl"), "\n  \r\n\n").unwrap();
    std::fs::write(folder.join("one.json"), penetration_tool("telecom", 40, "[]")).unwrap();
    for command in ["check", "classify"] {
        for input in ["empty.jsonl", "blank.jsonl"] {
            let run = exeat_in(&folder, &[command, input], "");
            assert_eq!(run.code, 1, "{command}: {}", run.out);
            let said = format!("nothing to decide in `{input}`");
            assert!(run.err.contains(&said), "{command}: {}", run.err);
        }
        let run = exeat_in(&folder, &[command, "-", "--format", "jsonl"], "");
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
    }
    assert_eq!(exeat_in(&folder, &["check", "one.json"], "").code, 0);
    assert_eq!(exeat_in(&folder, &["check", "one.json", "empty.jsonl"], "").code, 1);
}

/// The exit code where nobody reads what is written.
fn unheard(arguments: &[&str], input: &str) -> Option<i32> {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_exeat"))
        .args(arguments)
        .env("EXEAT_DATA", env!("CARGO_TARGET_TMPDIR"))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    // Where it has stopped already, it does not read.
    let _ = std::io::Write::write_all(&mut stdin, input.as_bytes());
    drop(stdin);
    child.wait().unwrap().code()
}

#[test]
fn who_stops_reading_is_still_told_the_answer() {
    let one_line = |days: u32| {
        let text = penetration_tool("telecom", days, "[]");
        text.split_whitespace().collect::<Vec<_>>().join(" ") + "\n"
    };
    let [may, license] = [one_line(40), one_line(10)];
    for format in ["text", "json", "md"] {
        assert_eq!(unheard(&["check", "-", "--format", format], &license), Some(3), "{format}");
        assert_eq!(unheard(&["check", "-", "--format", format], &may), Some(0), "{format}");
    }
    let lines = ["check", "-", "--format", "jsonl"];
    assert_eq!(unheard(&lines, &license), Some(3));
    // What was not come to may be worse.
    assert_ne!(unheard(&lines, &may.repeat(2000)), Some(0));
    assert_eq!(unheard(&["why-not", "ENC", "-"], &license), Some(3));
    assert_eq!(unheard(&["examples"], ""), Some(1));
}

#[test]
fn an_exception_that_is_open_covers_nothing_that_may_not_go() {
    let folder = folder("why-not-but");
    let bank = exeat(&["examples", "vietnam-bank"], "").out;
    let asked = |name: &str, text: String| {
        let file = format!("{name}.yaml");
        std::fs::write(folder.join(&file), text).unwrap();
        let check = exeat_in(&folder, &["check", &file], "");
        let run = exeat_in(&folder, &["why-not", "ACE", &file], "");
        (check.code, run.code, run.out.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (check, code, said) = asked("bank", bank.clone());
    assert_eq!((check, code), (0, 0), "{said}");
    assert!(said.starts_with("ACE covers item 1 (4D004)."), "{said}");
    let flagged = bank.replace("red_flags: []", "red_flags: [{flag: other}]");
    assert_ne!(flagged, bank);
    let (check, code, said) = asked("flagged", flagged);
    assert_eq!((check, code), (4, 4), "{said}");
    assert!(!said.contains("ACE covers"), "{said}");
    let but = "ACE itself is open for item 1 (4D004), but the whole is needs review, because:";
    assert!(said.starts_with(but), "{said}");
}

#[test]
fn an_answer_that_is_none_is_an_error_of_its_transaction() {
    let sale = |answers: &str| {
        format!(
            r#"{{"id": "s", "date": "2026-09-24", "activity": "export", "from": "US", "destination": "VN", "items": [{{"eccn": "4D004", "form": "object-code", "answers": {{{answers}}}}}]}}"#
        )
    };
    for (answers, says) in [
        (r#""described-on-usml": "TRUE""#, "not an answer to this question"),
        (r#""described_on_usml": true"#, "there is no such question"),
    ] {
        for arguments in [&["check", "-"][..], &["check", "-", "--format", "jsonl"]] {
            let run = exeat(arguments, sale(answers));
            assert_eq!(run.code, 1, "{}{}", run.out, run.err);
            let told = format!("{}{}", run.out, run.err);
            assert!(told.contains("items[0].answers.described") && told.contains(says), "{told}");
        }
    }
    let lines = format!("{}\n{}\n", sale(""), sale(r#""described-on-usml": "maybe""#));
    let run = exeat(&["check", "-", "--format", "jsonl"], &lines);
    assert_eq!(run.code, 1);
    assert!(run.out.lines().next().unwrap().contains("needs-review"), "{}", run.out);
    assert!(run.out.lines().nth(1).unwrap().contains("not an answer"), "{}", run.out);
    let good = exeat(&["check", "-"], sale(r#""described-on-usml": "no""#));
    assert_eq!(good.code, 4, "{}", good.err);
}

#[test]
fn a_day_before_the_rulebook_is_no_question_about_later_changes() {
    let run = exeat(&["check", "--example", "vietnam-bank", "--on", "2020-05-01"], "");
    assert_eq!(run.code, 4, "{}", run.out);
    let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("What did the law say on 2020-05-01? The rulebook begins on"), "{text}");
    assert!(!text.contains("Has the law changed since"), "{text}");
}

#[test]
fn a_presumption_that_only_rules_something_out_is_listed() {
    let sale = "date: 2026-09-24\nactivity: export\ndestination: DE\n\
                items: [{eccn: EAR99, form: object-code}]\n\
                parties: [{role: end-user, country: DE, sector: private-other, lists: []}]\n\
                end_use: {purposes: [internal-business-use]}\n";
    let listed = |sale: &str| -> Vec<String> {
        let run = exeat(&["check", "-", "--no-screening", "--format", "json"], sale);
        let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(answer["outcome"], "no-license-required", "{}", run.out);
        let assumptions = answer["assumptions"].as_array().unwrap().iter();
        assumptions.map(|it| it["fact"].as_str().unwrap().to_owned()).collect()
    };
    let found = listed(sale);
    assert!(found.contains(&"end_use.knows".to_owned()), "{found:?}");
    // What is told is not presumed, and what the answer does not rest on is not listed.
    let told = listed(&sale.replace("internal-business-use]", "internal-business-use], knows: []"));
    assert!(!told.contains(&"end_use.knows".to_owned()), "{told:?}");
    assert!(!told.contains(&"items[0].mass_market".to_owned()), "{told:?}");
}
