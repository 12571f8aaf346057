//! Classification on the real rulebook: what the law says of kinds of tools, and what must always
//! hold of an interview.

use crate::fuzz::rulebook::engine;
use decision::classification::{Classification, Product, Unanswered};
use decision::transaction::item::Form;
use decision::transaction::read::{Format, read};
use decision::transaction::values::Answer;
use decision::{ClassificationOutcome, Options, Outcome, Trace};
use jiff::civil::{Date, date};
use law::rulebook::Question;
use std::collections::BTreeSet;

const TODAY: Date = date(2026, 9, 24);
const ENTRIES_OF_PLATFORMS: [&str; 3] = [
    "avoids-monitoring-or-defeats-protection",
    "extracts-modifies-or-diverts",
    "commands-intrusion-software",
];
const CRYPTOGRAPHY: [&str; 3] = [
    "cryptography-for-confidentiality",
    "crypto-strength-above-threshold",
    "crypto-usable-or-activatable",
];

/// A product with these questions answered yes (`not x` is no, `x=v` a value), the rest no.
fn product(on: Date, form: Form, answers: &[&str]) -> Product {
    let mut product = Product::on(on);
    product.form = Some(form);
    product.unanswered = Some(Unanswered::No);
    for answer in answers {
        product = match (answer.strip_prefix("not "), answer.split_once('=')) {
            (Some(id), _) => product.with(id, Answer::No),
            (None, Some((id, value))) => product.with(id, Answer::Value(value.to_owned())),
            (None, None) => product.with(answer, Answer::Yes),
        };
    }
    product
}

fn classify(product: &Product) -> Classification<'static> {
    engine().classify(product, &Options::default())
}

/// `4D004`, or the outcome where there is no entry.
fn entry(on: Date, form: Form, answers: &[&str]) -> String {
    let found = classify(&product(on, form, answers));
    found.eccn.map_or_else(|| found.outcome.to_string(), str::to_owned)
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table, a line for each kind of tool")]
fn kinds_of_tools_meet_the_entries_that_the_text_gives_them() {
    let surveillance = [
        "carrier-class-ip-network",
        "application-layer-analysis",
        "extracts-metadata-and-content",
        "indexes-extracted-data",
        "searches-hard-selectors",
        "maps-relational-network",
    ];
    let handed_over =
        ["handover-interface-data", "searches-hard-selectors", "maps-relational-network"];
    let platform = ENTRIES_OF_PLATFORMS;
    let (hardware, program, source) = (Form::Commodity, Form::ObjectCode, Form::SourceCode);
    let know_how = Form::Technology;
    let none = "not-controlled-here";
    let cases: Vec<(Date, Form, Vec<&str>, &str)> = vec![
        (TODAY, program, platform.to_vec(), "4D004"),
        (TODAY, hardware, platform.to_vec(), "4A005"),
        (TODAY, hardware, [&platform[..], &["meets-4a090=a"]].concat(), "4A005.z.1"),
        (TODAY, hardware, [&platform[..], &["meets-4a090=b"]].concat(), "4A005.z.2"),
        (date(2024, 5, 1), hardware, [&platform[..], &["meets-4a090=b"]].concat(), "4A005.z"),
        (date(2022, 3, 6), program, platform.to_vec(), none),
        (TODAY, program, platform[..2].to_vec(), none),
        (TODAY, program, [&platform[..], &["payload-only"]].concat(), "needs-review"),
        (TODAY, program, vec!["commands-intrusion-software"], "4D004"),
        (TODAY, program, [&platform[..2], &["hypervisor-debugger-or-sre"]].concat(), none),
        // A debugger is out; one that commands implants too is not out by that.
        (TODAY, program, [&platform[..], &["hypervisor-debugger-or-sre"]].concat(), "needs-review"),
        (TODAY, program, [&platform[..], &["surreptitious-interception"]].concat(), "5D980"),
        (TODAY, program, [&platform[..], &CRYPTOGRAPHY[..]].concat(), "5D002.c.1"),
        (
            TODAY,
            source,
            [&platform[..], &CRYPTOGRAPHY[..], &["source-code-elements-only"]].concat(),
            "4D004",
        ),
        (
            TODAY,
            program,
            [&platform[..], &CRYPTOGRAPHY[..], &["information-security-removed-or-absent"]]
                .concat(),
            "4D004",
        ),
        (TODAY, program, [&platform[..], &CRYPTOGRAPHY[..], &["mass-market"]].concat(), "4D004"),
        (TODAY, program, vec!["develops-or-produces-platform"], "4D001.a"),
        (TODAY, know_how, vec!["technology-to-develop-intrusion-software"], "4E001.c"),
        (
            TODAY,
            know_how,
            vec![
                "technology-to-develop-intrusion-software",
                "release-purpose=vulnerability-disclosure",
            ],
            none,
        ),
        (
            TODAY,
            know_how,
            vec!["technology-for-platform", "technology-covers=operation-only"],
            none,
        ),
        (TODAY, know_how, vec!["technology-for-platform"], "4E001.a"),
        (TODAY, hardware, surveillance.to_vec(), "5A001.j"),
        (TODAY, program, surveillance.to_vec(), "5D001.c"),
        (TODAY, hardware, surveillance[..5].to_vec(), none),
        (TODAY, hardware, [&surveillance[..], &["designed-for-qoe"]].concat(), none),
        (
            TODAY,
            know_how,
            vec!["technology-for-ip-surveillance", "technology-covers=other"],
            "5E001.a",
        ),
        (date(2022, 3, 6), program, handed_over.to_vec(), "5D001.e"),
        (date(2022, 4, 15), program, handed_over.to_vec(), none),
        (date(2022, 5, 26), program, handed_over.to_vec(), "5D001.e"),
        (TODAY, hardware, vec!["extracts-mobile-content"], "5A001.f.1"),
        (TODAY, hardware, vec!["extracts-mobile-identifiers"], "5A001.f.2"),
        (TODAY, hardware, vec!["extracts-mobile-identifiers", "mobile-interception-exempt"], none),
        (TODAY, hardware, CRYPTOGRAPHY.to_vec(), "5A002.a"),
        (TODAY, hardware, [&CRYPTOGRAPHY[..], &["mass-market"]].concat(), "5A992.c"),
        (
            TODAY,
            hardware,
            [
                &CRYPTOGRAPHY[..],
                &["crypto-supports-non-primary-function", "crypto-component-mass-market"],
            ]
            .concat(),
            none,
        ),
        (TODAY, hardware, vec!["cryptanalytic"], "5A004.a"),
        (TODAY, program, vec!["cryptanalytic"], "5D002.c.3.a"),
        (
            TODAY,
            hardware,
            vec!["extracts-raw-device-data", "circumvents-device-authentication"],
            "5A004.b",
        ),
        (
            TODAY,
            program,
            vec!["extracts-raw-device-data", "circumvents-device-authentication", "jailbreak-only"],
            none,
        ),
        (
            TODAY,
            program,
            [&platform[..2], &["extracts-raw-device-data", "circumvents-device-authentication"]]
                .concat(),
            none,
        ),
        (
            TODAY,
            program,
            [
                &platform[..2],
                &["circumvents-device-authentication", "extraction-beside-payload"],
                &["extracts-raw-device-data"],
            ]
            .concat(),
            "needs-review",
        ),
        (TODAY, know_how, vec!["technology-for-encryption"], "5E002.a"),
        (TODAY, program, vec!["published"], "not-subject"),
        (TODAY, source, vec!["published", "published-encryption-source"], "not-subject"),
        (
            TODAY,
            source,
            vec!["published", "published-encryption-source", "nonstandard-cryptography"],
            "needs-review",
        ),
        (TODAY, hardware, vec!["described-on-usml"], "other-agency"),
        (TODAY, Form::Service, vec![], none),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(on, form, answers, want)| {
            let got = entry(*on, *form, answers);
            (got != *want).then(|| format!("{on} {form} {answers:?}: expected {want}, got {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn where_the_text_runs_in_a_circle_both_readings_are_shown() {
    let phone_suite = ["extracts-raw-device-data", "circumvents-device-authentication"];
    for (form, readings) in
        [(Form::Commodity, ["4A005", "5A004.b"]), (Form::ObjectCode, ["4D004", "5D002.c.3.b"])]
    {
        let answers = [&ENTRIES_OF_PLATFORMS[..], &phone_suite[..]].concat();
        let found = classify(&product(TODAY, form, &answers));
        assert_eq!(found.outcome, ClassificationOutcome::NeedsReview);
        let candidates: Vec<&str> = found.candidates.iter().map(|it| it.eccn).collect();
        assert_eq!(candidates, readings);
        assert!(found.notes.iter().any(|it| it.contains("748.3")), "{:?}", found.notes);
    }
}

#[test]
fn answers_that_contradict_each_other_are_reviewed_where_it_matters() {
    let contradicting =
        ["not avoids-monitoring-or-defeats-protection", "commands-intrusion-software"];
    assert_eq!(entry(TODAY, Form::ObjectCode, &contradicting), "needs-review");
    let harmless = ["not avoids-monitoring-or-defeats-protection", "hypervisor-debugger-or-sre"];
    assert_eq!(entry(TODAY, Form::ObjectCode, &harmless), "not-controlled-here");
}

#[test]
fn an_item_with_answers_is_classified_in_a_transaction() {
    let decide = |item: &str| {
        let text = format!(
            "date: 2026-09-24\nactivity: export\nfrom: US\ndestination: DE\nitems: [{item}]\n\
             parties: [{{role: end-user, country: DE, sector: private-other, \
             state_owned_percent: 0, us_subsidiary: false, lists: []}}]\n\
             end_use: {{purposes: [defensive-testing], knows: []}}\nnotices: []\nred_flags: []\n"
        );
        let transaction = read(Format::Yaml, text.as_bytes()).expect("a transaction");
        engine().decide(&transaction, &Options::default())
    };
    let all_no: Vec<String> = engine()
        .classification_questions()
        .iter()
        .filter(|it| it.values.is_empty() && !ENTRIES_OF_PLATFORMS.contains(&it.id.as_str()))
        .filter(|it| it.id != "specially-designed-properties")
        .map(|it| format!("{}: no", it.id))
        .collect();
    let yes = ENTRIES_OF_PLATFORMS.iter().map(|it| format!("{it}: yes")).collect::<Vec<_>>();
    let answers =
        format!("{}, {}, specially-designed-properties: yes", yes.join(", "), all_no.join(", "));
    let settled = decide(&format!("{{form: object-code, answers: {{{answers}}}}}"));
    assert_eq!((settled.outcome, settled.exception), (Outcome::LicenseException, Some("ACE")));
    assert!(settled.notes.iter().any(|it| it.contains("4D004")), "{:?}", settled.notes);
    let open = decide("{form: object-code, answers: {cryptanalytic: no}}");
    assert_eq!(open.outcome, Outcome::NeedsReview);
    assert!(open.questions[0].fact.starts_with("items[0].answers."), "{:?}", open.questions[0]);
    let slip =
        decide(&format!("{{form: object-code, answers: {{{answers}, cryptanalitic: yes}}}}"));
    assert_eq!(slip.outcome, Outcome::NeedsReview);
    let stated = decide(&format!("{{eccn: 5D992.c, form: object-code, answers: {{{answers}}}}}"));
    assert_eq!(stated.outcome, Outcome::NeedsReview);
    // As long as only the entries of platforms are left, the given one is none of them.
    for given in ["EAR99", "5D992.c"] {
        for left_out in ["cryptanalytic", "published"] {
            let answers = answers.replace(&format!("{left_out}: no, "), "");
            let open =
                decide(&format!("{{eccn: {given}, form: object-code, answers: {{{answers}}}}}"));
            assert_eq!(open.outcome, Outcome::NeedsReview, "{given} without {left_out}");
            assert!(open.exception.is_none() && !open.settled);
            assert!(
                open.notes.iter().any(|it| it.contains(&format!("is given as {given}, but"))),
                "{:?}",
                open.notes
            );
            // That it is published is presumed not to be so, as of every item.
            let asked = format!("items[0].answers.{left_out}");
            if left_out != "published" {
                assert!(open.questions.iter().any(|it| it.fact == asked), "{:?}", open.questions);
            }
        }
    }
    // One that is left open stands, and so does any where nothing is ruled out.
    let left = answers.replace("cryptanalytic: no, ", "");
    let left = decide(&format!("{{eccn: 4D004, form: object-code, answers: {{{left}}}}}"));
    assert_eq!(left.outcome, Outcome::LicenseException, "{:?}", left.notes);
    let nothing = decide("{eccn: EAR99, form: object-code, answers: {cryptanalytic: no}}");
    assert_eq!(nothing.outcome, Outcome::NoLicenseRequired, "{:?}", nothing.notes);
}

#[test]
fn an_answer_that_cannot_be_read_allows_nothing_and_is_told_with_its_path() {
    let text = |answers: &str| {
        format!(
            "date: 2026-09-24\nactivity: export\nfrom: US\ndestination: DE\n\
             items: [{{eccn: 4D004, form: object-code, answers: {{{answers}}}}}]\n\
             parties: [{{role: end-user, country: DE, sector: private-other, \
             state_owned_percent: 0, us_subsidiary: false, lists: []}}]\n\
             end_use: {{purposes: [defensive-testing], knows: []}}\nnotices: []\nred_flags: []\n"
        )
    };
    let parsed = |answers: &str| read(Format::Yaml, text(answers).as_bytes()).expect("readable");
    for (answers, id, says) in [
        ("described-on-usml: \"TRUE\"", "described-on-usml", "not an answer to this question"),
        ("described-on-usml: maybe", "described-on-usml", "not an answer to this question"),
        ("described_on_usml: true", "described_on_usml", "there is no such question"),
    ] {
        let transaction = parsed(answers);
        let wrong = engine().wrong_answers(&transaction);
        let [wrong] = wrong.as_slice() else { panic!("{answers}: {wrong:?}") };
        assert_eq!(wrong.path, format!("items[0].answers.{id}"));
        assert_eq!(wrong.message, says);
        assert!(wrong.help.is_some());
        let answer = engine().decide(&transaction, &Options::default());
        assert_eq!(answer.outcome, Outcome::NeedsReview, "{answers}");
        assert!(answer.notes.iter().any(|it| it.contains(says)), "{:?}", answer.notes);
    }
    let good = parsed("described-on-usml: false");
    assert_eq!(engine().wrong_answers(&good), []);
    let answer = engine().decide(&good, &Options::default());
    assert_eq!(answer.outcome, Outcome::LicenseException, "{:?}", answer.notes);
}

/// A small generator, so that the products are the same everywhere.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// A product of which everything is known: each question that is asked is answered, one in so
    /// many with yes.
    fn product(&mut self, rarity: u64) -> (Form, Vec<(&'static Question, Answer)>) {
        let forms = [Form::Commodity, Form::ObjectCode, Form::SourceCode, Form::Technology];
        let place = usize::try_from(self.next() % 4).expect("small");
        let form = *forms.get(place).expect("one of four");
        let questions = engine().classification_questions().iter().filter(|it| it.id != "form");
        let answers = questions
            .map(|it| {
                let answer = if it.values.is_empty() {
                    if self.next().is_multiple_of(rarity) { Answer::Yes } else { Answer::No }
                } else {
                    let place = usize::try_from(self.next()).expect("small") % it.values.len();
                    Answer::Value(it.values.get(place).expect("one of them").clone())
                };
                (it, answer)
            })
            .collect();
        (form, answers)
    }
}

/// Answers what is asked until nothing is; how many questions that took.
fn interview(
    form: Form,
    answers: &[(&'static Question, Answer)],
) -> (usize, Classification<'static>) {
    let mut product = Product::on(TODAY);
    product.form = Some(form);
    let mut asked = BTreeSet::new();
    loop {
        let found =
            engine().classify(&product, &Options { trace: Trace::Lean, ..Options::default() });
        let Some(question) = found.questions.first().filter(|_| !found.settled) else {
            return (asked.len(), found);
        };
        assert!(asked.insert(question.fact), "{} is asked twice", question.fact);
        let (_, answer) =
            answers.iter().find(|it| it.0.id == question.fact).expect("a question of the table");
        product = product.with(question.fact, answer.clone());
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the share is what the test measures")]
fn an_interview_asks_a_small_part_of_the_questions_and_ends_settled() {
    let mut draw = Draw(20_260_924);
    let (mut asked, mut products) = (0, 0);
    for rarity in [2, 3, 5, 9] {
        for _ in 0..12 {
            let (form, answers) = draw.product(rarity);
            let (count, found) = interview(form, &answers);
            let review = found.outcome == ClassificationOutcome::NeedsReview;
            assert!(found.settled || review && !found.notes.is_empty(), "{form} {found:?}");
            asked += count;
            products += 1;
        }
    }
    let all = engine().classification_questions().len() - 1;
    let share = 1000 * asked / (products * all);
    println!("{asked} questions for {products} products, of {all} each: {share} in a thousand");
    assert!(share < 400, "{share} in a thousand");
}

#[test]
fn no_question_is_asked_whose_answers_all_lead_to_the_same_place() {
    let mut draw = Draw(7);
    for rarity in [2, 4] {
        let (form, answers) = draw.product(rarity);
        let mut product = Product::on(TODAY);
        product.form = Some(form);
        for _ in 0..6 {
            let options = Options { trace: Trace::Lean, ..Options::default() };
            let found = engine().classify(&product, &options);
            let Some(question) = found.questions.first() else { break };
            // Somewhere among the completions, this answer alone makes the difference.
            let matters = (0..400).any(|_| {
                let (_, others) = draw.product(3);
                let mut whole = product.clone();
                whole.unanswered = Some(Unanswered::No);
                for (other, answer) in &others {
                    let answers = whole.answers.get_or_insert_default();
                    if other.id != question.fact && !answers.contains_key(&other.id) {
                        answers.insert(other.id.clone(), Some(answer.clone()));
                    }
                }
                let lead = |answer: &Answer| {
                    let found = engine().classify(
                        &whole.clone().with(question.fact, answer.clone()),
                        &Options { trace: Trace::None, ..Options::default() },
                    );
                    (found.outcome, found.eccn, found.eccn_for)
                };
                let answers: Vec<Answer> = if question.values.is_empty() {
                    vec![Answer::Yes, Answer::No]
                } else {
                    question.values.iter().map(|it| Answer::Value((*it).to_owned())).collect()
                };
                let leads: BTreeSet<_> = answers.iter().map(lead).collect();
                leads.len() > 1
            });
            assert!(matters, "{} changes nothing after {:?}", question.fact, product.answers);
            let answer = answers.iter().find(|it| it.0.id == question.fact).expect("a question");
            product = product.with(question.fact, answer.1.clone());
        }
    }
}

#[test]
fn an_answer_taken_back_never_frees_a_product() {
    let mut draw = Draw(99);
    let options = Options { trace: Trace::None, ..Options::default() };
    for rarity in [2, 3, 6] {
        for _ in 0..6 {
            let (form, answers) = draw.product(rarity);
            let mut whole = Product::on(TODAY);
            whole.form = Some(form);
            for (question, answer) in &answers {
                whole = whole.with(&question.id, answer.clone());
            }
            let before = engine().classify(&whole, &options);
            for (question, _) in &answers {
                let mut fewer = whole.clone();
                fewer.answers.get_or_insert_default().remove(&question.id);
                let after = engine().classify(&fewer, &options);
                let freer = after.outcome < before.outcome
                    && after.outcome < ClassificationOutcome::Classified;
                assert!(
                    !freer,
                    "{form} without {}: {} to {}",
                    question.id, before.outcome, after.outcome
                );
            }
        }
    }
}
