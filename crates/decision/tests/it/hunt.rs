//! A hunt for answers that are too free: thousands of made-up transactions over all countries,
//! entries, sectors, activities and days, held against what no transaction may do.
//!
//! The promises are written here a second time, from the regulation and not from the rulebook. The
//! hunt is the same on every run; to hunt elsewhere, change the seed.

pub(crate) mod prey;
mod promises;

use crate::fuzz::rulebook::engine;
use decision::transaction::Transaction;
use decision::transaction::read::{Format, read};
use decision::{Determination, Options, Outcome, Trace};
use prey::{Dice, Prey};
use std::fmt::Write as _;

/// What an answer comes to.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Answer {
    outcome: Outcome,
    exception: Option<String>,
    /// The outcome and the exception of each item, in the order of the entries.
    items: Vec<(Outcome, Option<String>)>,
}

impl Answer {
    fn of(determination: &Determination<'_>) -> Self {
        let exception = |it: Option<&str>| it.map(str::to_owned);
        let items = determination.items.iter().map(|it| (it.outcome, exception(it.exception)));
        Self {
            outcome: determination.outcome,
            exception: exception(determination.exception),
            items: items.collect(),
        }
    }

    /// Whether this is freer than the other: it lets go what the other does not, or on less.
    fn is_freer_than(&self, other: &Self) -> bool {
        self.outcome.is_permissive() && self.outcome.severity() < other.outcome.severity()
    }
}

fn transaction(prey: &Prey) -> Transaction {
    let text = prey.json().to_string();
    read(Format::Json, text.as_bytes()).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

fn answer(prey: &Prey, strict: bool) -> Answer {
    let options = Options { strict, trace: Trace::None, max_law_age: 10_000, ..Options::default() };
    Answer::of(&engine().decide(&transaction(prey), &options))
}

/// What was caught, at most so many of it.
#[derive(Default)]
struct Bag {
    caught: Vec<String>,
    permissive: usize,
}

impl Bag {
    fn add(&mut self, promise: &str, prey: &Prey, more: &str) {
        if self.caught.len() < 12 && !self.caught.iter().any(|it| it.starts_with(promise)) {
            let mut text = promise.to_owned();
            let _ = write!(text, "\n  {more}\n  {}", prey.json());
            self.caught.push(text);
        }
    }

    fn assert_empty(&self) {
        assert!(self.caught.is_empty(), "{}", self.caught.join("\n\n"));
    }
}

#[test]
fn nothing_leaves_that_the_regulation_holds_back() {
    let mut dice = Dice::new(1);
    let mut bag = Bag::default();
    for _ in 0..4000 {
        let prey = Prey::new(&mut dice);
        let given = answer(&prey, false);
        if given.outcome.is_permissive() {
            bag.permissive += 1;
        }
        for broken in promises::broken(&prey, given.outcome, &given.items) {
            bag.add(broken, &prey, &format!("{given:?}"));
        }
    }
    bag.assert_empty();
    assert!(bag.permissive > 200, "only {} of the answers let anything go", bag.permissive);
}

#[test]
fn bad_news_and_silence_never_free_anything() {
    let mut dice = Dice::new(2);
    let mut bag = Bag::default();
    for round in 0..160 {
        let prey = Prey::new(&mut dice);
        let given = answer(&prey, false);
        let turned = answer(&prey.turned(), false);
        if turned.outcome != given.outcome {
            bag.add("order", &prey, &format!("{turned:?} is not {given:?}"));
        }
        let (news, worse) = prey.with_bad_news(&mut dice);
        let after = answer(&worse, false);
        if after.is_freer_than(&given) {
            bag.add(news, &worse, &format!("{after:?} is freer than {given:?}"));
        }
        let (gone, silent) = prey.with_a_gap(&mut dice, false);
        let after = answer(&silent, false);
        if after.is_freer_than(&given) {
            bag.add(
                &format!("without {gone}"),
                &prey,
                &format!("{after:?} is freer than {given:?}"),
            );
        }
        // Without presumptions so much is unknown that an answer takes long.
        if round % 16 != 0 || !prey.is_quick() {
            continue;
        }
        let strict = answer(&prey, true);
        if strict.is_freer_than(&given) {
            bag.add("strict", &prey, &format!("{strict:?} is freer than {given:?}"));
        }
        let (gone, silent) = prey.with_a_gap(&mut dice, true);
        let after = answer(&silent, true);
        if after.is_freer_than(&strict) {
            let more = format!("{after:?} is freer than {strict:?}");
            bag.add(&format!("strictly without {gone}"), &prey, &more);
        }
    }
    bag.assert_empty();
}
