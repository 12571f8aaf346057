//! Interviews: a transaction is told bit by bit, and every answer of the memory of an interview is
//! the answer from the beginning.

use crate::cases;
use crate::fuzz::rulebook::engine;
use crate::hunt::prey::Dice;
use decision::transaction::{Item, Party, Transaction};
use decision::{Determination, Options, Workspace};

/// How many interviews are held, unless `EXEAT_INTERVIEWS` says otherwise; most cases of the pages
/// are short.
const INTERVIEWS: usize = 60;

/// Tells one thing that a transaction says to another.
type Tell = Box<dyn Fn(&Transaction, &mut Transaction)>;

/// Tells fields of the transaction itself.
macro_rules! of_the_whole {
    ($($field:ident),+) => {
        vec![$(Box::new(|from: &Transaction, to: &mut Transaction| {
            to.$field.clone_from(&from.$field);
        }) as Tell),+]
    };
}

/// Tells fields of one of its things.
macro_rules! of_one {
    ($of:ident, $place:expr, $($field:ident),+) => {{
        let place = $place;
        vec![$(Box::new(move |from: &Transaction, to: &mut Transaction| {
            let from = from.$of.as_ref().and_then(|it| it.get(place));
            let to = to.$of.as_mut().and_then(|it| it.get_mut(place));
            if let (Some(from), Some(to)) = (from, to) {
                to.$field.clone_from(&from.$field);
            }
        }) as Tell),+]
    }};
}

/// Everything that is forgotten and told again.
fn tells(whole: &Transaction) -> Vec<Tell> {
    let mut tells = of_the_whole!(from, end_use, documents_held, notices, red_flags, transfer);
    for place in 0..whole.parties.as_ref().map_or(0, Vec::len) {
        tells.extend(of_one!(
            parties,
            place,
            country,
            sector,
            government_of,
            state_owned_percent,
            us_subsidiary,
            us_status,
            nationalities,
            headquarters,
            owners,
            lists
        ));
    }
    for place in 0..whole.items.as_ref().map_or(0, Vec::len) {
        tells.extend(of_one!(items, place, form, published, origin));
    }
    tells
}

/// The same parties and items, of which next to nothing is told.
fn nothing_of(whole: &Transaction) -> Transaction {
    let mut nothing = whole.clone();
    (nothing.from, nothing.end_use, nothing.documents_held) = (None, None, None);
    (nothing.notices, nothing.red_flags, nothing.transfer) = (None, None, None);
    for party in nothing.parties.iter_mut().flatten() {
        *party = Party {
            country: None,
            sector: None,
            government_of: None,
            state_owned_percent: None,
            us_subsidiary: None,
            us_status: None,
            nationalities: None,
            headquarters: None,
            owners: None,
            lists: None,
            ..party.clone()
        };
    }
    for item in nothing.items.iter_mut().flatten() {
        *item = Item { form: None, published: None, origin: None, ..item.clone() };
    }
    nothing
}

/// An answer without the order of its questions and the paragraphs they are put down to: what is
/// kept may meet the bound of the exact method elsewhere than a beginning does, after everything is
/// settled but what a question is to be put down to.
fn essence<'law>(answer: &Determination<'law>) -> Determination<'law> {
    let mut answer = answer.clone();
    for question in &mut answer.questions {
        question.why.clear();
        question.citation.clear();
    }
    answer.questions.sort_by(|one, other| one.fact.cmp(&other.fact));
    answer
}

#[test]
fn every_answer_of_an_interview_is_the_answer_from_the_beginning() {
    let cases = cases::entries_of("cases");
    let mut dice = Dice::new(20_261_126);
    #[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
    let told = std::env::var("EXEAT_INTERVIEWS").ok();
    let wanted = told.and_then(|it| it.parse().ok()).unwrap_or(INTERVIEWS);
    let (mut held, mut answers, mut open, mut otherwise) = (0, 0, 0, 0);
    while held < wanted {
        let Some((place, case)) = cases.get(dice.roll(cases.len())) else { continue };
        let Ok(whole) = cases::transaction(case) else { continue };
        let options =
            Options { strict: dice.roll(4) == 0, answers: held % 2 == 0, ..Options::default() };
        let mut told = nothing_of(&whole);
        let mut left = tells(&whole);
        // Some things are told from the start, so that not every interview begins with nothing.
        for _ in 0..dice.roll(left.len()) {
            left.swap_remove(dice.roll(left.len()))(&whole, &mut told);
        }
        let mut workspace = Workspace::of_interview();
        loop {
            let answer = engine().decide_in(&mut workspace, &told, &options);
            let expected = engine().decide(&told, &options);
            assert_eq!(essence(&answer), essence(&expected), "{place}");
            otherwise += usize::from(answer != expected);
            answers += 1;
            open += usize::from(!answer.questions.is_empty());
            if left.is_empty() {
                break;
            }
            left.swap_remove(dice.roll(left.len()))(&whole, &mut told);
        }
        held += 1;
    }
    assert!(open > answers / 4, "{open} of {answers} answers had questions");
    assert!(200 * otherwise <= answers, "{otherwise} of {answers} answers ask in another order");
}
