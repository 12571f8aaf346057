//! What is proved to mean the same law means the same to every case, and only that is proved.

use crate::cases::{entries, transaction};
use crate::fuzz::rulebook::engine;
use decision::determination::Determination;
use decision::transaction::read::{Format, read};
use decision::{Engine, Options, Trace, Transaction};
use law::{Loaded, Mutant, Truth};
use std::collections::BTreeMap;

/// What an answer decides: everything but how it came about, and so each reason once.
fn decided(answer: &Determination<'_>) -> String {
    let items = answer.items.iter().map(|it| {
        let mut reasons: BTreeMap<&str, Truth> = BTreeMap::new();
        for it in &it.requirements {
            let reason = reasons.entry(it.reason).or_insert(Truth::False);
            *reason = reason.or(it.truth);
        }
        (it.outcome, it.exception, reasons)
    });
    let flags = answer.flags.iter().map(|it| (it.flag, it.resolved));
    format!(
        "{:?} {:?} {:?} {:?}",
        (answer.outcome, answer.exception, answer.license_required),
        items.collect::<Vec<_>>(),
        flags.collect::<Vec<_>>(),
        answer.conditions.iter().map(|it| it.code).collect::<Vec<_>>(),
    )
}

fn changed(mutant: &Mutant) -> Engine {
    let rulebook = engine().rulebook().mutated(mutant);
    Engine::new(Loaded { rulebook, files: Vec::new(), warnings: Vec::new() }, String::new())
        .for_few()
}

fn named(citation: &str, what: &str) -> Mutant {
    let rulebook = engine().rulebook();
    let is = |it: &Mutant| {
        let block = it.block.and_then(|it| rulebook.block(it));
        it.what == what && block.is_some_and(|it| it.id() == citation)
    };
    rulebook.mutants().into_iter().find(is).expect("a change of the rulebook")
}

#[test]
fn what_is_proved_to_mean_the_same_decides_every_case_as_before() {
    let options = Options { trace: Trace::Decisive, ..Options::default() };
    let transactions: Vec<Transaction> =
        entries().iter().filter_map(|it| transaction(&it.1).ok()).step_by(6).collect();
    let before: Vec<String> =
        transactions.iter().map(|it| decided(&engine().decide(it, &options))).collect();
    // Some that are known to be provable, and a sample of all.
    let known = [
        named("740.14(f)(1)", "does not overcome RS1"),
        named("740.14(f)(2)", "does not overcome AT2"),
        named("772.1 end-user", "without `always`"),
        // 746.8 stands in Russia and Belarus only, and so does what overcomes nothing else.
        named("746.8(c)(2)(vi)#ownership", "without `destination in {BY, RU}`"),
        // The same is said by a later version, and one that is in doubt adds nothing to it.
        named("744.8(b)", "until one day later"),
        // The next version asks for the same of more places.
        named("744.22(a)", "until one day later"),
        // Another paragraph opens the exception then, and answers the same reason.
        named("744.21(c)", "it never holds"),
        named("740.11(b)(2)(ii)", "does not overcome 744.22"),
        // What the part keeps out is said for certain by the block beside.
        named("744.22(a)#use-elsewhere", "without `not of-military-intelligence-concern`"),
        // On those days the listed countries are asked a license for the same reason.
        named("742.6(a)(6)(iii)#emirates", "it never holds"),
        // What yields to it asks for the part itself.
        named("742.15(b)#object-code", "without `item is encryption-software`"),
        // No item of the families is one that the table does not hold.
        named("740.22(b)(1)", "without `not item.stated-for-unlisted`"),
        // What it bars stays barred by the version before.
        named("740.2(a)(6)#syria", "from one day earlier"),
    ];
    for mutant in &known {
        assert!(engine().is_equivalent(mutant), "{} is not proved", mutant.what);
    }
    let sample = engine().rulebook().mutants().into_iter().skip(7).step_by(211);
    let proved = known.into_iter().chain(sample.filter(|it| engine().is_equivalent(it)));
    for mutant in proved {
        let changed = changed(&mutant);
        for (transaction, before) in transactions.iter().zip(&before) {
            assert_eq!(&decided(&changed.decide(transaction, &options)), before, "{}", mutant.what);
        }
    }
}

#[test]
fn what_a_case_notices_is_never_proved_to_mean_the_same() {
    for (citation, what) in [
        ("740.22(c)(2)", "it never holds"),
        ("740.14(b)", "does not overcome NS2"),
        ("740.2(a)(6)#cuba", "closes GOV too"),
        ("734.18(a)(2)", "without `activity in {deemed-export}`"),
        // It overcomes one reason only, which stands where it opens.
        ("746.9(b)(5)", "it never holds"),
        ("746.8(c)(2)(ii)", "without `us-agency-use`"),
        // Days on which something else was so.
        ("746.8(a)(1)#belarus", "from one day earlier"),
        ("744.21(a)(1)#russia", "until one day earlier"),
        ("740.22(c)(2)", "from one day later"),
        // The next version is in doubt, which a certain one adds to.
        ("742.6(a)(6)(iii)#emirates", "until one day later"),
        // What is beside it does not reach this far, or is in doubt.
        ("744.22(a)#use", "it never holds"),
        ("746.7(a)(2)", "without `ofac-authorization`"),
        ("740.11(b)(2)(ii)", "it never holds"),
        ("740.11(b)(2)(ii)", "does not overcome SL"),
        ("740.17#other-entries", "it never holds"),
    ] {
        assert!(!engine().is_equivalent(&named(citation, what)), "{citation}: {what}");
    }
}

#[test]
fn a_quick_look_knows_what_answers_say_that_an_item_is() {
    const CHIP: &str = "
date: 2026-09-24
activity: export
destination: DE
items:
  - form: commodity
    answers:
      cryptography-for-confidentiality: true
      crypto-strength-above-threshold: true
      crypto-usable-or-activatable: true
      mass-market: true
      encryption-category: other
      adaptive-vulnerability-analysis: false
      avoids-monitoring-or-defeats-protection: false
      carrier-class-ip-network: false
      crypto-supports-non-primary-function: false
      cryptanalytic: false
      described-on-usml: false
      detects-mobile-interception: false
      develops-or-produces-ip-surveillance: false
      develops-or-tests-encryption: false
      extracts-mobile-content: false
      extracts-mobile-identifiers: false
      extracts-raw-device-data: false
      jams-mobile-selectively: false
      network-penetration: false
      note-2-exclusion: false
      special-cryptography: none
      surreptitious-interception: false
";
    let options = Options::default();
    let chip = read(Format::Yaml, CHIP.as_bytes()).expect("a transaction");
    let silenced = named("740.17(b)#mass-market-by-answers", "it never holds");
    let block = silenced.block.expect("a change of a block");
    let probe = engine().probe(&chip, &options).expect("one matter");
    assert_eq!(engine().truths(&probe, block), Some(vec![Truth::True]));
    assert!(engine().may_differ(&changed(&silenced), block, Some(&probe)));
}
