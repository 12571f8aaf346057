//! Lists as they come and go: imported, fetched from a server that misbehaves, put into the drop
//! folder; what was good stays.

use super::{Run, folder, run};
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

const HEAD: &str = "_id,source,entity_number,type,programs,name,title,addresses,\
federal_register_notice,start_date,end_date,standard_order,license_requirement,license_policy,\
call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks,\
source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,\
source_information_url,ids";

/// A list in the columns of the Consolidated Screening List, with so many denied persons.
fn list(entries: usize) -> String {
    (0..entries).fold(format!("{HEAD}\n"), |mut text, number| {
        let _ = writeln!(
            text,
            "id{number},Denied Persons List (DPL) - Bureau of Industry and Security,,,,Person \
             {number},,\"1 Example Street, Exampletown, DE\",90 F.R. {number},2024-01-02,,,,,,,,,,,,,,,,,,,",
        );
        text
    })
}

fn exeat(data: &Path, arguments: &[&str]) -> Run {
    run(data, arguments, "", &[("EXEAT_DATA", data.to_str().unwrap()), ("NO_PROXY", "127.0.0.1")])
}

/// How many denied persons answer, and whether they are those in the program.
fn entries(data: &Path) -> Option<u64> {
    let status = exeat(data, &["lists", "status", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&status.out).unwrap();
    let lists = status.get("lists").and_then(serde_json::Value::as_array).unwrap();
    let denied = lists.iter().find(|it| it.get("name").is_some_and(|it| it == "DPL"))?;
    denied.get("entries")?.as_u64()
}

/// A server that answers with what stands in the cell.
struct Server {
    address: String,
    says: Arc<Mutex<Vec<u8>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/consolidated.csv", listener.local_addr().unwrap());
        let says = Arc::new(Mutex::new(Vec::new()));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::clone(&says), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let (mut request, mut byte) = (Vec::new(), [0]);
                while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                    request.push(byte[0]);
                }
                seen.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
                let answer = answer.lock().unwrap().clone();
                let _ = stream.write_all(&answer);
            }
        });
        Self { address, says, asked }
    }

    fn says(&self, head: &str, body: &str) {
        *self.says.lock().unwrap() =
            format!("HTTP/1.1 {head}\r\nConnection: close\r\n\r\n{body}").into_bytes();
    }

    fn gives(&self, body: &str) {
        let length = body.len();
        self.says(&format!("200 OK\r\nETag: \"{length}\"\r\nContent-Length: {length}"), body);
    }

    /// A data folder whose lists come from here.
    fn folder(&self, name: &str) -> PathBuf {
        let data = folder(name);
        let settings = format!(
            "attempts = 1\ntimeout_seconds = 5\n[[source]]\nname = \"us\"\nfiles = [{{ address = \
             \"{}\" }}]\n",
            self.address
        );
        fs::write(data.join("lists.toml"), settings).unwrap();
        data
    }
}

#[test]
fn without_lists_the_small_one_in_the_program_answers_and_says_so() {
    let run = exeat(&folder("lists-none"), &["lists", "status"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("which is no screening"), "{}", run.out);
}

#[test]
fn an_imported_list_answers_and_an_unreadable_one_changes_nothing() {
    let data = folder("lists-import");
    fs::write(data.join("us.csv"), list(20)).unwrap();
    let run = exeat(&data, &["lists", "import", "us.csv", "--current-on", "2026-09-24"]);
    assert_eq!((run.code, entries(&data)), (0, Some(20)), "{}", run.err);
    assert!(run.out.contains("2026-09-24"), "{}", run.out);
    for (name, text) in [("prose.txt", "Dear Sir or Madam"), ("empty.csv", ""), ("cut.csv", HEAD)] {
        fs::write(data.join(name), text).unwrap();
        let run = exeat(&data, &["lists", "import", name]);
        assert_eq!((run.code, entries(&data)), (1, Some(20)), "{name}: {}", run.err);
        assert!(run.err.contains("still answer"), "{name}: {}", run.err);
    }
    let missing = exeat(&data, &["lists", "import", "nowhere.csv"]);
    assert_eq!(missing.code, 1);
    let shown = exeat(&data, &["lists", "show", "DPL:nobody"]);
    assert_eq!(shown.code, 1, "{}", shown.out);
}

#[test]
fn a_fetched_list_is_asked_for_again_only_where_it_changed() {
    let server = Server::new();
    let data = server.folder("lists-etag");
    server.gives(&list(30));
    assert_eq!(exeat(&data, &["lists", "update"]).code, 0);
    assert_eq!(entries(&data), Some(30));
    server.says("304 Not Modified\r\nContent-Length: 0", "");
    let run = exeat(&data, &["lists", "update"]);
    assert_eq!((run.code, entries(&data)), (0, Some(30)), "{}", run.err);
    assert!(run.err.contains("us: unchanged"), "{}", run.err);
    let asked = server.asked.lock().unwrap().last().unwrap().to_lowercase();
    assert!(asked.contains("if-none-match: \""), "{asked}");
}

/// What a server does, and what is said of it.
type Misdeed<'a> = (&'a str, Box<dyn Fn() + 'a>, &'a str);

#[test]
fn whatever_a_server_does_the_last_good_list_answers() {
    let server = Server::new();
    let data = server.folder("lists-misbehaving");
    server.gives(&list(40));
    assert_eq!(exeat(&data, &["lists", "update"]).code, 0);
    let good = fs::read(data.join("lists/current.snapshot")).unwrap();
    let whole = list(40);
    let cut = whole.get(..whole.len() / 2).unwrap();
    let others = list(40).replace("Denied Persons List (DPL)", "Unverified List (UVL)");
    let misdeeds: [Misdeed<'_>; 7] = [
        ("an error", Box::new(|| server.says("500 No\r\nContent-Length: 0", "")), "500"),
        (
            "a truncated body",
            Box::new(|| {
                server.says(&format!("200 OK\r\nContent-Length: {}", whole.len()), cut);
            }),
            "us: ",
        ),
        ("a page instead of a list", Box::new(|| server.gives("<html>Sorry</html>")), "us: "),
        ("another schema", Box::new(|| server.gives("a,b,c\n1,2,3\n")), "us: "),
        ("a shrunken list", Box::new(|| server.gives(&list(4))), "DPL has 4 entries, and had 40"),
        ("no such list", Box::new(|| server.gives(&others)), "DPL has 0 entries, and had 40"),
        (
            "a redirect into the open",
            Box::new(|| {
                server.says("302 Found\r\nLocation: http://example.org/x\r\nContent-Length: 0", "");
            }),
            "is not https",
        ),
    ];
    for (what, misdeed, says) in &misdeeds {
        misdeed();
        let run = exeat(&data, &["lists", "update"]);
        assert_eq!((run.code, entries(&data)), (1, Some(40)), "{what}: {}", run.err);
        assert!(run.err.contains(says), "{what}: {}", run.err);
        assert!(run.err.contains("the last good list is kept"), "{what}: {}", run.err);
    }
    assert!(fs::read(data.join("lists/current.snapshot")).unwrap() == good, "the bytes changed");
    server.gives(&list(4));
    let run = exeat(&data, &["lists", "update", "--accept-shrunken"]);
    assert_eq!((run.code, entries(&data)), (0, Some(4)), "{}", run.err);
}

#[test]
fn a_closed_network_has_a_drop_folder() {
    let data = folder("lists-dropped");
    let incoming = data.join("incoming");
    fs::create_dir_all(&incoming).unwrap();
    fs::write(incoming.join("us.csv"), list(12)).unwrap();
    let update = || exeat(&data, &["lists", "update", "--offline"]);
    assert_eq!((update().code, entries(&data)), (0, Some(12)));
    assert!(update().err.contains("us: unchanged"));
    fs::write(incoming.join("us.csv"), list(13)).unwrap();
    fs::write(incoming.join("us.csv.sha256"), "0000  us.csv\n").unwrap();
    let run = update();
    assert_eq!((run.code, entries(&data)), (1, Some(12)), "{}", run.err);
    assert!(run.err.contains("is not what its checksum says"), "{}", run.err);
}

#[test]
fn a_damaged_snapshot_answers_nothing() {
    let data = folder("lists-damaged");
    fs::write(data.join("us.csv"), list(20)).unwrap();
    assert_eq!(exeat(&data, &["lists", "import", "us.csv"]).code, 0);
    let path = data.join("lists/current.snapshot");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    let run = exeat(&data, &["lists", "status"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.err.contains("digest does not match"), "{}", run.err);
}

#[test]
fn settings_that_are_not_understood_fetch_nothing() {
    for (name, text, says) in [
        (
            "clear",
            "[[source]]\nname = \"x\"\nfiles = [{ address = \"http://example.org/x\" }]\n",
            "is not https",
        ),
        ("slip", "proxi = \"x\"\n", "proxi"),
        (
            "path",
            "[[source]]\nname = \"../x\"\nfiles = [{ address = \"https://example.org/x\" }]\n",
            "needs a name",
        ),
    ] {
        let data = folder(&format!("lists-settings-{name}"));
        fs::write(data.join("lists.toml"), text).unwrap();
        let run = exeat(&data, &["lists", "update"]);
        assert_eq!(run.code, 1);
        assert!(run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn what_a_new_list_changes_is_told_and_a_text_finds_its_entries() {
    let data = folder("lists-diff");
    for (name, count) in [("old", 3), ("new", 4)] {
        let text = list(count)
            .replace("Person 1,", if name == "new" { "Person One," } else { "Person 1," });
        fs::write(data.join(format!("{name}.csv")), text).unwrap();
        let (csv, out) = (format!("{name}.csv"), format!("{name}.snapshot"));
        let run = exeat(&data, &["lists", "import", &csv, "-o", &out]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let run = exeat(&data, &["lists", "diff", "old.snapshot", "new.snapshot"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("DPL: "), "{}", run.out);
    assert!(run.out.contains("Person One") && run.out.contains("Person 3"), "{}", run.out);
    let same = exeat(&data, &["lists", "diff", "old.snapshot", "old.snapshot"]);
    assert_eq!(same.out, "Nothing changed.\n");
    let found = exeat(&data, &["lists", "search", "person one", "--lists", "new.snapshot"]);
    assert!(found.out.contains("Person One") && !found.out.contains("Person 2"), "{}", found.out);
    let none = exeat(&data, &["lists", "search", "xyz", "--lists", "new.snapshot"]);
    assert_eq!(none.out, "No entry has `xyz`.\n");
    let json = exeat(&data, &["lists", "diff", "old.snapshot", "new.snapshot", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(json.pointer("/lists/0/added/0/name").is_some(), "{json}");
}

#[test]
fn a_fragment_of_an_official_list_clears_nobody_unless_it_is_meant() {
    let data = folder("lists-fragment");
    fs::write(data.join("csl.csv"), list(40)).unwrap();
    let missing = |arguments: &[&str]| {
        let run = exeat(
            &data,
            &[&["lists", "import", "csl.csv", "--format", "json"], arguments].concat(),
        );
        assert_eq!(run.code, 0, "{}", run.err);
        let status: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let told = run.err.contains("DPL has 40 entries here; the list had 462 on 2022-04-21");
        (status["not_searched"].to_string().contains("DPL"), told)
    };
    assert_eq!(missing(&["-o", "alone.snapshot"]), (true, true));
    assert_eq!(missing(&[]), (true, true));
    assert_eq!(missing(&["--accept-shrunken", "-o", "alone.snapshot"]), (false, false));
    assert_eq!(missing(&["--accept-shrunken"]), (false, false));
    fs::write(data.join("csl.csv"), list(400)).unwrap();
    assert_eq!(missing(&[]), (false, false), "small, but no fragment");
}

#[test]
fn a_file_that_tells_no_day_is_said_to_clear_nobody() {
    let data = folder("lists-undated");
    std::fs::write(data.join("own.csv"), "list,id,name\nOWN,1,Somebody\n").unwrap();
    let environment = [("EXEAT_DATA", data.to_str().unwrap())];
    let import = |more: &[&str]| {
        run(&data, &[&["lists", "import", "own.csv"], more].concat(), "", &environment)
    };
    for more in [&[][..], &["-o", "own.snapshot"]] {
        let undated = import(more);
        assert_eq!(undated.code, 0, "{}", undated.err);
        assert!(undated.err.contains("the file says no day for OWN"), "{}", undated.err);
        let dated = import(&[&["--current-on", "2026-09-23"], more].concat());
        assert!(!dated.err.contains("says no day"), "{}", dated.err);
    }
}

/// A list of so many denied persons with an alias each, of which the youngest entry is of a day.
fn with_aliases(entries: usize, day: &str) -> String {
    (0..entries).fold(format!("{HEAD}\n"), |mut text, number| {
        let _ = writeln!(
            text,
            "id{number},Denied Persons List (DPL) - Bureau of Industry and Security,,,,Person \
             {number},,\"1 Example Street, Exampletown, DE\",90 F.R. {number},{day},,,,,,,,,,,,,\
             Alias {number},,,,,,",
        );
        text
    })
}

#[test]
fn what_a_list_lost_counts_as_entries_do() {
    let data = folder("lists-poorer");
    let whole = with_aliases(40, "2026-03-02");
    let poorer = |without: &str| whole.replace(without, "");
    let import = |text: &str, more: &[&str]| {
        fs::write(data.join("us.csv"), text).unwrap();
        let name = ["lists", "import", "us.csv", "--current-on", "2026-03-02"];
        exeat(&data, &[&name[..], more].concat())
    };
    assert_eq!(import(&whole, &[]).code, 0);
    let no_alias =
        (0..40).fold(whole.clone(), |it, number| it.replace(&format!("Alias {number},"), ","));
    for (text, says) in [
        (no_alias.clone(), "DPL has 40 names, and had 80"),
        (poorer("1 Example Street, Exampletown, DE"), "DPL has 0 addresses, and had 40"),
    ] {
        // The same loss from a source of another name would be as silent.
        for more in [&[][..], &["--name", "other"]] {
            let run = import(&text, more);
            assert_eq!(run.code, 1, "{}", run.err);
            assert!(run.err.contains(says), "{}", run.err);
            assert!(run.err.contains("--accept-shrunken"), "{}", run.err);
        }
    }
    assert_eq!(import(&no_alias, &["--accept-shrunken"]).code, 0);
}

#[test]
fn an_older_file_of_a_source_is_refused_with_both_days() {
    let data = folder("lists-older");
    let import = |text: &str, more: &[&str]| {
        fs::write(data.join("us.csv"), text).unwrap();
        exeat(&data, &[&["lists", "import", "us.csv"][..], more].concat())
    };
    assert_eq!(import(&list(12), &["--current-on", "2026-03-09"]).code, 0);
    let run = import(&list(11), &["--current-on", "2026-03-02"]);
    assert_eq!((run.code, entries(&data)), (1, Some(12)), "{}", run.err);
    let says = "DPL is of 2026-03-02, and the one that is here is of 2026-03-09";
    assert!(run.err.contains(says), "{}", run.err);
    // Where nobody told a day, the youngest entries tell it.
    let run = import(&list(12).replace("2024-01-02", "2023-12-01"), &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("DPL is of 2023-12-01, and the one that is here is of 2024-01-02"));
    assert_eq!(import(&list(12), &["--current-on", "2026-03-09"]).code, 0, "the same once more");
    let run = import(&list(11), &["--current-on", "2026-03-02", "--accept-shrunken"]);
    assert_eq!((run.code, entries(&data)), (0, Some(11)), "{}", run.err);
}

#[test]
fn a_list_of_which_an_entry_cannot_be_read_clears_nobody_and_says_so() {
    let data = folder("lists-unread");
    fs::write(data.join("us.csv"), list(400).replace("Person 7,", ",")).unwrap();
    let import = ["lists", "import", "us.csv", "--current-on", "2026-03-02"];
    let run = exeat(&data, &import);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("1 entry of `us.csv` could not be read"), "{}", run.err);
    assert!(run.out.contains("an excerpt") && run.out.contains("could not be read"), "{}", run.out);
    let run = exeat(&data, &[&import[..], &["--accept-shrunken"]].concat());
    assert!(!run.out.contains("an excerpt"), "{}", run.out);
}

#[test]
fn a_younger_table_of_ones_own_does_not_take_the_place_of_an_official_list() {
    let data = folder("lists-own-code");
    fs::write(data.join("own.csv"), "list,id,name\nDPL,own1,Somebody Else\n").unwrap();
    fs::write(data.join("us.csv"), list(400)).unwrap();
    for (file, day) in [("own.csv", "2026-03-09"), ("us.csv", "2026-03-02")] {
        let run = exeat(&data, &["lists", "import", file, "--current-on", day]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    assert_eq!(entries(&data), Some(400));
}
