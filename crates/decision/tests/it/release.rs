//! Releases and their capabilities on the real rulebook, on stated days.

use crate::fuzz::rulebook::{engine, root};
use decision::classification::Product;
use decision::release::review::{According, Aged};
use decision::release::{Basis, Finding, Release, Review, read, write};
use decision::transaction::item::Form;
use decision::transaction::values::Answer;
use decision::{Options, Outcome, Trace};
use jiff::civil::{Date, date};
use law::rulebook::Classification;

fn classification() -> &'static Classification {
    engine().rulebook().classification.as_ref().expect("the rulebook classifies")
}

fn example(name: &str) -> String {
    std::fs::read_to_string(root().join("examples/release").join(name)).expect("the example")
}

fn release(text: &str) -> Release {
    read::read(text.as_bytes(), classification())
        .unwrap_or_else(|errors| panic!("cannot be read:\n{errors}"))
}

fn on(day: Date) -> Options {
    Options { on: Some(day), ..Options::default() }
}

fn findings<'a>(review: &'a Review<'_>, component: &str) -> &'a [Finding<'a>] {
    let found = review.components.iter().find(|it| it.component.id == component);
    &found.expect("the component").findings
}

/// A release of one component, with these lines in it.
fn one(lines: &str) -> Release {
    release(&format!(
        "product = \"P\"\nversion = \"1\"\ndate = 2026-09-20\n\n[[component]]\nid = \"core\"\n\
         kind = \"core\"\nform = \"object-code\"\n{lines}"
    ))
}

fn answer(question: &str, value: &str, day: &str) -> String {
    format!(
        "[[component.answer]]\nquestion = \"{question}\"\nvalue = {value}\nby = \"A\"\non = {day}\n"
    )
}

#[test]
fn every_problem_of_a_release_is_reported_with_its_line() {
    let text = "product = \"P\"\nversion = \"1\"\ndate = \"2026-9-24\"\n\n[[component]]\nid = \"core\"\n\
                kind = \"kore\"\n[component.capabilities]\nlist = [\"beacon\", \"beaconing\"]\n\
                complete = true\n[[component.answer]]\nquestion = \"payload-onyl\"\nvalue = true\n\
                by = \"A\"\non = 2026-09-20\n[[component.answer]]\nquestion = \"technology-covers\"\n\
                value = true\nby = \"A\"\non = 2026-09-20\nsource = { commit = \"1\", test = \"2\" }\n";
    let errors = read::read(text.as_bytes(), classification()).expect_err("faulty").to_string();
    for part in [
        "line 3: date:",
        "line 7: component[0].kind: `kore` is not a kind of component (did you mean `core`?)",
        "component[0].capabilities.list[0]: `beacon` is not a capability",
        "component[0].capabilities.complete: nobody answers for the complete list",
        "component[0].answer[0].question: `payload-onyl` is not a question (did you mean \
         `payload-only`?)",
        "component[0].answer[1].value: no answer to `technology-covers` (one of: development",
        "component[0].answer[1].source: a source is one thing",
    ] {
        assert!(errors.contains(part), "{part} is not in\n{errors}");
    }
}

#[test]
fn a_question_that_is_answered_twice_in_a_component_is_refused() {
    let release = |answers: &str| {
        format!(
            "product = \"P\"\nversion = \"1\"\ndate = 2026-09-24\n[[component]]\nid = \"core\"\n\
             kind = \"core\"\n{answers}[[component]]\nid = \"console\"\nkind = \"console\"\n{}",
            answer("described-on-usml", "true", "2026-09-19")
        )
    };
    let [yes, no] = [("true", "2026-09-19"), ("false", "2026-09-18")]
        .map(|(value, day)| answer("described-on-usml", value, day));
    let read = |answers: &str| read::read(release(answers).as_bytes(), classification());
    assert!(read(&yes).is_ok(), "{:?}", read(&yes));
    for both in [[yes.as_str(), &no], [&no, &yes], [&yes, &yes]] {
        let errors = read(&both.concat()).expect_err("answered twice").to_string();
        let said = "component[0].answer[1].question: `described-on-usml` is answered twice";
        assert!(errors.contains(said), "{errors}");
    }
}

#[test]
fn what_is_written_reads_back_as_the_same_release() {
    for name in ["export.toml", "export-4.1.toml"] {
        let first = release(&example(name));
        let text = write::write(&first);
        assert_eq!(release(&text), first, "{name}\n{text}");
        assert_eq!(write::write(&release(&text)), text, "the form is stable");
    }
}

#[test]
fn a_release_that_adds_evasion_changes_its_classification() {
    let (old, new) = (release(&example("export-4.1.toml")), release(&example("export.toml")));
    let review = engine().review(&new, Some(&old), &on(date(2026, 9, 24)));
    let [Finding::Changed { from, according_to: According::Against }] = findings(&review, "core")
    else {
        panic!("{:#?}", findings(&review, "core"))
    };
    assert_eq!(from.to_string(), "not-controlled-here");
    assert_eq!(review.components[0].now.eccn, Some("4D004"));
    assert!(findings(&review, "manual").is_empty());
}

#[test]
fn a_release_that_is_what_it_records_has_nothing_to_do() {
    let release = release(&example("export.toml"));
    let review = engine().review(&release, None, &Options::default());
    assert!(review.components.iter().all(|it| it.findings.is_empty()), "{review:#?}");
}

#[test]
fn the_law_moves_under_answers_that_stay() {
    // 5D001.e had dropped out of the list between 2022-03-07 and 2022-05-26.
    let mut lines = "changed = 2022-04-01\n[component.capabilities]\n\
                     list = [\"lawful-interception-analysis\", \"selector-search\", \
                     \"relation-mapping\"]\ncomplete = true\nby = \"A\"\non = 2022-04-15\n"
        .to_owned();
    let day = "2022-04-15";
    for question in [
        "described-on-usml",
        "published",
        "surreptitious-interception",
        "handover-excluded-purpose",
        "carrier-class-ip-network",
        "software-for-ip-surveillance",
    ] {
        lines.push_str(&answer(question, "false", day));
    }
    let release = one(&lines);
    let review = engine().review(&release, None, &on(date(2022, 6, 15)));
    let [Finding::LawMoved { then, from }] = findings(&review, "core") else {
        panic!("{:#?}", findings(&review, "core"))
    };
    assert_eq!((*then, from.to_string().as_str()), (date(2022, 4, 15), "not-controlled-here"));
    assert_eq!(review.components[0].now.eccn, Some("5D001.e"));
}

#[test]
fn a_missing_answer_is_asked_for_and_a_capability_suggests_one() {
    let release = one("[component.capabilities]\nlist = [\"payload-generation\"]\n");
    let review = engine().review(&release, None, &Options::default());
    let suggested = findings(&review, "core").iter().find_map(|it| {
        let Finding::Missing { question: "generates-intrusion-software", suggested, .. } = it
        else {
            return None;
        };
        *suggested
    });
    // It is asked only upon others, so it may be missing from the first round.
    assert!(suggested.is_none_or(|it| it == "yes"));
    assert!(findings(&review, "core").iter().any(|it| matches!(it, Finding::Missing { .. })));
}

#[test]
fn an_answer_older_than_the_last_change_is_asked_for_again() {
    let text = example("export.toml").replace("changed = 2026-09-01", "changed = 2026-09-19");
    let release = release(&text);
    let review = engine().review(&release, None, &Options::default());
    let aged = |it: &Finding<'_>| matches!(it, Finding::Older { because: Aged::Changed(day), .. } if *day == date(2026, 9, 19));
    assert!(findings(&review, "core").iter().any(aged));
}

#[test]
fn answers_that_change_nothing_may_be_old() {
    let lines = format!(
        "changed = 2026-09-10\n{}{}",
        answer("described-on-usml", "true", "2026-09-12"),
        answer("payload-only", "true", "2020-01-01")
    );
    let release = one(&lines);
    let review = engine().review(&release, None, &Options::default());
    assert!(!findings(&review, "core").iter().any(|it| matches!(it, Finding::Older { .. })));
    assert_eq!(review.components[0].older_but_idle, 1);
}

#[test]
fn a_capability_that_came_opens_the_questions_it_touches() {
    let old = release(&example("export.toml"));
    let more = example("export.toml")
        .replace("\"antivirus-evasion\"]", "\"antivirus-evasion\", \"update-delivery\"]");
    let new = release(&more);
    let review = engine().review(&new, Some(&old), &Options::default());
    let reopened: Vec<&str> = findings(&review, "core")
        .iter()
        .filter_map(|it| {
            let Finding::Older { question, because: Aged::Capability("update-delivery"), .. } = it
            else {
                return None;
            };
            Some(*question)
        })
        .collect();
    assert!(reopened.contains(&"updates-only"), "{reopened:?}");
    assert!(!reopened.contains(&"published"), "{reopened:?}");
}

#[test]
fn a_capability_that_contradicts_an_answer_opens_the_question() {
    let lines = format!(
        "[component.capabilities]\nlist = [\"password-recovery\"]\n{}",
        answer("cryptanalytic", "false", "2026-09-20")
    );
    let release = one(&lines);
    let answered = release.components[0].answered(&release, classification(), date(2026, 9, 20));
    assert_eq!(answered.contradictions.len(), 1);
    let answers = answered.product.answers.as_ref().expect("answers");
    assert_eq!(answers.get("cryptanalytic"), Some(&None), "it is open");
    assert!(!answered.basis.contains_key("cryptanalytic"));
}

#[test]
fn an_absent_capability_says_nothing_unless_the_list_is_declared_complete() {
    let list = "[component.capabilities]\nlist = [\"tls\"]\n";
    let said = |release: &Release| {
        let component = &release.components[0];
        let answered = component.answered(release, classification(), date(2026, 9, 20));
        answered.basis.get("cryptanalytic").copied().map(|it| matches!(it, Basis::NoneHeld { .. }))
    };
    assert_eq!(said(&one(list)), None);
    assert_eq!(
        said(&one(&format!("{list}complete = true\nby = \"A\"\non = 2026-09-20\n"))),
        Some(true)
    );
}

#[test]
fn a_complete_list_never_answers_what_a_held_capability_bears_on() {
    for held in &classification().capabilities {
        let lines = format!(
            "[component.capabilities]\nlist = [\"{}\"]\ncomplete = true\nby = \"A\"\n\
             on = 2026-09-20\n",
            held.id
        );
        let release = one(&lines);
        let component = &release.components[0];
        let answered = component.answered(&release, classification(), date(2026, 9, 20));
        for (question, basis) in &answered.basis {
            if matches!(basis, Basis::NoneHeld { .. }) {
                assert!(!held.concerns(question), "{} and {question}", held.id);
            }
        }
    }
}

#[test]
fn no_capability_establishes_a_no_or_a_release_and_none_rules_one_in_by_absence() {
    let questions = &classification().questions;
    let releases = |id: &str| questions.iter().any(|it| it.id == id && it.releases);
    for it in &classification().capabilities {
        for (question, answer) in &it.establishes {
            assert!(answer != "no" && !releases(question), "{} establishes {question}", it.id);
        }
        for question in &it.none_means_no {
            let known = questions.iter().find(|it| it.id == *question).expect("a question");
            assert!(known.values.is_empty(), "{} and {question}", it.id);
            // Who the user is, what the main use is and whose law comes first are no capabilities.
            assert!(!matches!(
                question.as_str(),
                "surreptitious-interception"
                    | "described-on-usml"
                    | "modified-for-function"
                    | "specially-designed-properties"
            ));
        }
    }
}

#[test]
fn a_survey_of_markets_counts_every_destination_once_and_review_apart() {
    let release = release(&example("export.toml"));
    let review = engine().review(&release, None, &Options::default());
    let core = &review.components[0];
    let now = decision::release::review::Entry::of(&core.now);
    let impacts = engine().impact(&release, core.component, &now, None, review.on);
    assert_eq!(impacts.len(), 2);
    for impact in &impacts {
        let of = |code: &str| {
            let found = impact.destinations.iter().find(|it| it.country.code() == code);
            found.map(|it| (it.now.outcome, it.now.exception.clone()))
        };
        assert_eq!(of("US"), None, "what stays at home is not exported");
        assert_eq!(of("CA"), Some((Outcome::NoLicenseRequired, None)));
        assert_eq!(of("PH"), Some((Outcome::LicenseException, Some("ACE".to_owned()))));
        assert_eq!(of("CN"), Some((Outcome::LicenseRequired, None)));
    }
    let vietnam = |place: usize| {
        let found = impacts[place].destinations.iter().find(|it| it.country.code() == "IL");
        found.map(|it| it.now.outcome)
    };
    assert_eq!(vietnam(0), Some(Outcome::LicenseException), "a private firm in Israel");
    assert_eq!(vietnam(1), Some(Outcome::LicenseRequired), "the national police of Israel");
}

/// Numbers that look random and are the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("fits") % bound
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        let place = self.below(all.len());
        all.get(place).expect("not empty")
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// What is true of a random product: up to six capabilities, what they establish and mostly what
/// they suggest; of what they touch some is true, of the rest almost nothing.
fn truth(draw: &mut Draw) -> (Form, std::collections::BTreeMap<String, String>) {
    let capabilities = &classification().capabilities;
    let held: Vec<_> = (0..=draw.below(6)).map(|_| draw.of(capabilities)).collect();
    let forms =
        [Form::Commodity, Form::ObjectCode, Form::ObjectCode, Form::SourceCode, Form::Technology];
    let form = *draw.of(&forms);
    let mut truth = std::collections::BTreeMap::new();
    for question in &classification().questions {
        let likely = if held.iter().any(|it| it.touches.contains(&question.id)) { 30 } else { 3 };
        let answer = match question.values.as_slice() {
            [] => if draw.chance(likely) { "yes" } else { "no" }.to_owned(),
            values => draw.of(values).clone(),
        };
        truth.insert(question.id.clone(), answer);
    }
    for it in &held {
        for (question, answer) in &it.suggests {
            if draw.chance(70) {
                truth.insert(question.clone(), answer.clone());
            }
        }
        for (question, answer) in &it.establishes {
            truth.insert(question.clone(), answer.clone());
        }
    }
    (form, truth)
}

fn said(text: &str) -> Answer {
    match text {
        "yes" => Answer::Yes,
        "no" => Answer::No,
        other => Answer::Value(other.to_owned()),
    }
}

#[test]
fn an_interview_asks_under_forty_percent_of_the_questions_and_none_in_vain() {
    const PRODUCTS: usize = 60;
    let day = date(2026, 9, 24);
    let options = Options { trace: Trace::Lean, ..Options::default() };
    let mut draw = Draw(7);
    let (mut asked, mut longest) = (0, 0);
    let full = classification().questions.iter().filter(|it| it.covers(day)).count() - 1;
    for number in 0..PRODUCTS {
        let (form, truth) = truth(&mut draw);
        let mut product = Product { form: Some(form), ..Product::on(day) };
        let mut count = 0;
        loop {
            let now = engine().classify(&product, &options);
            let Some(question) = now.questions.first() else { break };
            assert!(!now.settled, "product {number}: asked although it is settled");
            let known = product.answers.as_ref().is_some_and(|it| it.contains_key(question.fact));
            assert!(!known, "product {number}: {} was answered", question.fact);
            if now.questions.len() == 1 && question.values.is_empty() {
                let to = |answer| {
                    let it =
                        engine().classify(&product.clone().with(question.fact, answer), &options);
                    (it.outcome, it.eccn, it.eccn_for, it.candidates)
                };
                assert_ne!(
                    to(Answer::Yes),
                    to(Answer::No),
                    "{}: leads to the same place",
                    question.fact
                );
            }
            product = product.with(question.fact, said(&truth[question.fact]));
            count += 1;
            assert!(count <= full, "product {number}: the interview does not end");
        }
        asked += count;
        longest = longest.max(count);
    }
    let share = 100 * asked / (PRODUCTS * full);
    crate::loud(&format!(
        "interview economy: {asked} questions for {PRODUCTS} products, {}.{} on average of {full} \
         ({share} %), {longest} at most",
        asked / PRODUCTS,
        10 * asked / PRODUCTS % 10
    ));
    assert!(share < 40, "{share} % of the questions were asked");
}
