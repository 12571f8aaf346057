use super::super::DeskArgs;
use super::super::permission::Role;
use super::queue::Filter;
use super::*;
use crate::library::{LawArgs, RulesArg};
use crate::search::{ListArgs, SearchArgs};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};
use store::case::{Refusal, Stage};
use store::{Options, ViewQuery};

mod corrected;
mod licensed;
mod races;

/// One desk for all tests: the law in the program, the small list in it.
pub(crate) static DESK: LazyLock<Desk> = LazyLock::new(|| desk(None, false));

/// A desk with the rulebook of a folder, or the one in the program.
pub(crate) fn desk(rules: Option<std::path::PathBuf>, no_screening: bool) -> Desk {
    desk_with(rules, SearchArgs { no_screening, ..no_lists() })
}

fn no_lists() -> SearchArgs {
    let none = std::env::temp_dir().join("exeat-no-decisions.toml");
    std::fs::write(&none, "").unwrap();
    let of = ListArgs { lists: None, decisions: Some(none) };
    SearchArgs { of, max_list_age: 7, no_screening: false }
}

/// A desk that searches whole lists of the day before `noon`, with one entry each.
pub(crate) fn desk_of_whole_lists() -> Desk {
    static LISTS: LazyLock<std::path::PathBuf> = LazyLock::new(whole_lists);
    let mut search = no_lists();
    search.of.lists = Some(LISTS.clone());
    desk_with(None, search)
}

fn whole_lists() -> std::path::PathBuf {
    let rows =
        ["EL,Thunder Trading", "DPL,Dry", "MEU,Mist", "UVL,Umber", "SDN,Storm", "DTC,Drizzle"];
    let needs = "For all items subject to the EAR. (See § 744.11 of the EAR)";
    let row = |it: &str| format!("{it},{needs}");
    let head = "list,name,license_requirement".to_owned();
    let table: Vec<String> = std::iter::once(head).chain(rows.map(row)).collect();
    let table = table.join("\n");
    let file = screening::lists::ListFile { name: "all.csv", bytes: table.as_bytes() };
    let mut lists = screening::lists::import(&[file]).lists;
    for list in &mut lists {
        list.source.date = Some("2026-09-23".parse().unwrap());
        list.source.extent = screening::lists::Extent::Whole;
    }
    let path = std::env::temp_dir().join(format!("exeat-whole-{}.snapshot", std::process::id()));
    let bytes = crate::lists::refresh::bytes_of(&lists).unwrap();
    crate::keep::replace(&path, &bytes).unwrap();
    path
}

fn desk_with(rules: Option<std::path::PathBuf>, search: SearchArgs) -> Desk {
    let rules = RulesArg { rules, also: Vec::new() };
    let law = LawArgs { strict: false, on: None, max_law_age: 180, rules };
    Desk::open(&DeskArgs { law, search }).unwrap()
}

/// A store of its own, which is gone when the test is over.
pub(crate) struct Records {
    pub(crate) path: std::path::PathBuf,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) recorder: Recorder,
}

impl Records {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = format!("exeat-cases-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&path).unwrap();
        let store = open(&path);
        let recorder = Recorder::new(Arc::clone(&store));
        Self { path, store, recorder }
    }

    pub(crate) fn cases(&self) -> Cases<'_> {
        Cases::new(&DESK, &*self.store, &self.recorder)
    }
}

pub(crate) fn open(path: &std::path::Path) -> Arc<dyn Store> {
    store::open(path.join("records.db").to_str().unwrap(), &Options::default()).unwrap()
}

impl Drop for Records {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

pub(crate) fn actor(id: &str, role: Role) -> Actor {
    Actor::person(id, id, [role])
}

pub(crate) fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn noon() -> Timestamp {
    moment("2026-09-24T12:00:00Z")
}

/// A bank in Vietnam; the outcome is ACE.
pub(crate) fn bank() -> Value {
    json!({
        "date": "2026-09-24", "activity": "export", "from": "US", "destination": "VN",
        "items": [{"eccn": "4D004", "form": "object-code"}],
        "parties": [{"role": "end-user", "name": "Ngan Hang", "country": "VN", "sector": "bank",
            "government_of": "VN", "state_owned_percent": 65, "us_subsidiary": false, "lists": []}],
        "end_use": {"purposes": ["defensive-testing"], "knows": []},
        "notices": [], "red_flags": [],
    })
}

/// The same, where nobody said who is listed.
pub(crate) fn unlisted(name: &str) -> Value {
    let mut facts = bank();
    facts["parties"][0]["name"] = json!(name);
    facts["parties"][0].as_object_mut().unwrap().remove("lists");
    facts
}

pub(crate) fn opening(transaction: Value) -> Opening {
    Opening { title: "Scanner for a bank".into(), reference: Some("SO-1".into()), transaction }
}

pub(crate) fn on<'a>(id: &'a str, actor: &'a Actor) -> On<'a> {
    On { id, actor, at: noon(), expected: None }
}

#[test]
fn a_case_goes_from_the_transaction_to_the_release() {
    let records = Records::new();
    let cases = records.cases().approving_all(true);
    let (ana, bob) = (actor("user:ana", Role::Analyst), actor("user:bob", Role::Approver));
    let shown = cases.open(&ana, opening(bank()), noon()).unwrap();
    let id = shown.id.clone();
    let finding = shown.case.determination.finding.clone().unwrap();
    assert_eq!(finding.outcome.as_str(), "license-exception");
    assert_eq!(finding.decided_by.len(), 1);
    // What was answered is a record of its own, which gives the same answer again.
    let record = crate::records::replay::record(&*records.store, &finding.determination).unwrap();
    let again = crate::records::replay::answer(&*records.store, &record).unwrap();
    assert_eq!(again, record.answer);
    assert_eq!(Digest::of(again.as_bytes()), finding.basis.answer);

    let refused = cases.act(on(&id, &ana), &Command::Release(no_force())).unwrap_err();
    assert!(matches!(refused, Fault::Refused(Refusal::NeedsApproval { .. })), "{refused}");
    let shown = cases.act(on(&id, &ana), &Command::RequestReview(String::new())).unwrap();
    let binding = shown.case.binding().unwrap();
    let approve = Command::Approve(binding, "I looked at the owner".into());
    let denied = cases.act(on(&id, &ana), &approve).unwrap_err();
    assert!(matches!(denied, Fault::Denied(_)), "{denied}");
    cases.act(on(&id, &bob), &approve).unwrap();
    let shown = cases.act(on(&id, &ana), &Command::Release(no_force())).unwrap();
    assert_eq!(shown.case.stage(), Stage::Released);
    let kinds: Vec<&str> = shown.events.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["transaction-received", "determination-made", "review-requested", "approved", "released"]
    );
}

/// What a caller may say of the law in force does not matter: the service asks itself.
pub(crate) fn no_force() -> InForce {
    InForce {
        law: "anything".into(),
        lists: "anything".into(),
        approve_all: false,
        drawn: Vec::new(),
    }
}

#[test]
fn changed_facts_are_decided_at_once() {
    let records = Records::new();
    let cases = records.cases();
    let ana = actor("user:ana", Role::Analyst);
    let shown = cases.open(&ana, opening(bank()), noon()).unwrap();
    let mut facts = bank();
    facts["parties"][0]["sector"] = json!("private-other");
    let command = Command::ChangeFacts(facts, "it is a factory".into());
    let shown = cases.act(on(&shown.id, &ana), &command).unwrap();
    assert_eq!(shown.case.outcome().unwrap().as_str(), "license-required");
    assert_eq!(shown.case.stage(), Stage::Stopped);
}

#[test]
fn facts_that_cannot_be_read_do_not_take_the_place_of_those_that_were() {
    let records = Records::new();
    let cases = records.cases();
    let ana = actor("user:ana", Role::Analyst);
    let opened = cases.open(&ana, opening(bank()), noon()).unwrap();
    for facts in [json!({"date": 5}), json!({})] {
        let command = Command::ChangeFacts(facts, "a slip".into());
        let fault = cases.act(on(&opened.id, &ana), &command).unwrap_err();
        assert!(matches!(fault, Fault::Input(_)), "{fault}");
    }
    let shown = cases.show(&ana, &opened.id).unwrap();
    assert_eq!(shown.case.version, opened.case.version);
    assert_eq!(shown.case.facts.transaction, bank());
}

#[test]
fn a_transaction_that_cannot_be_read_opens_nothing() {
    let records = Records::new();
    let cases = records.cases();
    let ana = actor("user:ana", Role::Analyst);
    let fault = cases.open(&ana, opening(json!({"date": "soon"})), noon()).unwrap_err();
    let Fault::Input(failure) = fault else { panic!("{fault}") };
    assert!(failure.problems.iter().any(|it| it.path.as_deref() == Some("date")));
    let queue = cases.queue(&ana, &ViewQuery::of(CASE)).unwrap();
    assert!(queue.rows.is_empty());
}

/// The small list in the program has this company; it never clears anybody, so the answer stays a
/// review, and the match is there to be decided.
pub(crate) const LISTED: &str = "Positive Technologies";

#[test]
fn a_match_decided_in_one_case_is_decided_in_the_next() {
    let records = Records::new();
    let cases = records.cases();
    let ana = actor("user:ana", Role::Analyst);
    let shown = cases.open(&ana, opening(unlisted(LISTED)), noon()).unwrap();
    let finding = shown.case.determination.finding.clone().unwrap();
    let seen = finding.open_matches().next().expect("the small list has it").clone();
    let judgment = Judgment {
        party: seen.party.clone(),
        list: seen.list.clone(),
        entry: seen.entry.clone(),
        verdict: Verdict::Other,
        why: "a bank in Hanoi, founded in 1957".into(),
        until: None,
    };
    let shown = cases.act(on(&shown.id, &ana), &Command::DecideMatch(judgment)).unwrap();
    let decided = |case: &Case| {
        let finding = case.determination.finding.clone().unwrap();
        finding.matches.iter().find(|it| it.entry == seen.entry).unwrap().verdict
    };
    assert_eq!(decided(&shown.case), Verdict::Other);
    let next = cases.open(&ana, opening(unlisted(LISTED)), noon()).unwrap();
    assert_eq!(decided(&next.case), Verdict::Other);
    // Another country is another party.
    let mut other = unlisted(LISTED);
    other["parties"][0]["country"] = json!("RU");
    let next = cases.open(&ana, opening(other), noon()).unwrap();
    assert_eq!(decided(&next.case), Verdict::Open);
}

#[test]
fn who_asked_learns_nothing_of_listed_parties() {
    let records = Records::new();
    let cases = records.cases();
    let (rita, ana) = (actor("user:rita", Role::Requester), actor("user:ana", Role::Analyst));
    let shown = cases.open(&rita, opening(unlisted(LISTED)), noon()).unwrap();
    let id = shown.id.clone();
    let note = Command::Note("he is on the Entity List, it seems".into());
    cases.act(on(&id, &ana), &note).unwrap();
    cases.act(on(&id, &ana), &Command::Hold("Entity List".into())).unwrap();
    let full = format!("{:?}", cases.show(&ana, &id).unwrap());
    let told = format!("{:?}", cases.show(&rita, &id).unwrap());
    for word in ["Entity List", "parties[0].lists", "\"EL\"", "verdict"] {
        assert!(full.contains(word), "`{word}` is there to be seen");
        assert!(!told.contains(word), "`{word}` is told to the requester");
    }
    let row = cases.queue(&rita, &ViewQuery::of(CASE)).unwrap().rows.remove(0);
    assert!(!format!("{row:?}").contains("open_matches"));
    // Nor by what a filter finds.
    let labels = vec![store::case::row::OPEN_MATCHES.to_owned()];
    let query = ViewQuery { labels, ..ViewQuery::of(CASE) };
    assert_eq!(cases.queue(&rita, &query).unwrap().rows.len(), 1);
}

#[test]
fn a_requester_sees_no_case_of_others_and_is_not_told_that_it_exists() {
    let records = Records::new();
    let cases = records.cases();
    let (rita, ana) = (actor("user:rita", Role::Requester), actor("user:ana", Role::Analyst));
    let shown = cases.open(&ana, opening(bank()), noon()).unwrap();
    let none = |fault: Fault| fault.to_string();
    let there = none(cases.show(&rita, &shown.id).unwrap_err());
    let nowhere = none(cases.show(&rita, "0000").unwrap_err());
    assert_eq!(there, nowhere);
    let there = none(cases.act(on(&shown.id, &rita), &Command::Note("hi".into())).unwrap_err());
    assert_eq!(there, nowhere);
    assert!(cases.queue(&rita, &ViewQuery::of(CASE)).unwrap().rows.is_empty());
}

#[test]
fn a_file_is_kept_by_its_digest_and_has_a_size() {
    let records = Records::new();
    let cases = records.cases();
    let ana = actor("user:ana", Role::Analyst);
    let id = cases.open(&ana, opening(bank()), noon()).unwrap().id;
    let shown = cases.attach(on(&id, &ana), "owner.pdf", "application/pdf", b"%PDF").unwrap();
    let digest = shown.case.attachments[0].digest;
    let (attached, bytes) = cases.file(&ana, &id, &digest).unwrap();
    assert_eq!((attached.size, bytes.as_slice()), (4, b"%PDF".as_slice()));
    let large = vec![0; LARGEST_FILE + 1];
    let fault = cases.attach(on(&id, &ana), "film", "video/mp4", &large).unwrap_err();
    assert!(matches!(fault, Fault::TooLarge { .. }));
    // A content that is in the store but not in the case is not given out.
    let other = records.store.put_blob(b"a list snapshot").unwrap();
    assert!(matches!(cases.file(&ana, &id, &other), Err(Fault::NotFound { .. })));
    let auditor = actor("user:ben", Role::Auditor);
    assert!(cases.attach(on(&id, &auditor), "a", "b", b"c").is_err());
}

#[test]
fn before_a_release_the_law_of_today_is_asked() {
    let records = Records::new();
    let cases = records.cases();
    let ana = actor("user:ana", Role::Analyst);
    let id = cases.open(&ana, opening(bank()), noon()).unwrap().id;
    // A year later nobody has verified the law for so long that the answer is a review.
    let late = On { at: moment("2027-09-24T12:00:00Z"), ..on(&id, &ana) };
    let refused = cases.act(late, &Command::Release(no_force())).unwrap_err();
    assert!(matches!(refused, Fault::Refused(Refusal::UnansweredChange)), "{refused}");
    let shown = cases.show(&ana, &id).unwrap();
    assert_eq!(shown.case.stage(), Stage::Changed);
    assert_eq!(shown.case.outcome().unwrap().as_str(), "needs-review");
    let row = cases.changes(&ana, None).unwrap().rows.remove(0);
    assert!(row.view.data.contains("\"before\":{"), "{}", row.view.data);
}

#[test]
fn filters_are_everybodys_own() {
    let records = Records::new();
    let cases = records.cases();
    let (ana, bob) = (actor("user:ana", Role::Analyst), actor("user:bob", Role::Approver));
    let filter = Filter { name: "due soon".into(), query: json!({"due": "7d"}) };
    cases.keep_filter(&ana, &filter, noon()).unwrap();
    assert_eq!(cases.filters(&ana).unwrap(), [filter]);
    assert!(cases.filters(&bob).unwrap().is_empty());
    assert!(cases.drop_filter(&bob, "due soon", noon()).is_err());
    cases.drop_filter(&ana, "due soon", noon()).unwrap();
    assert!(cases.filters(&ana).unwrap().is_empty());
}
