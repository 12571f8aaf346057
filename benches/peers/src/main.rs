//! The logic of 15 CFR 740.22 and of the country chart on the same facts, in Exeat, in Cedar and in
//! Rego: how long each takes beside the others, in one run, after all of them agreed.
//!
//! Everybody gets the facts in a form of its own, made beforehand. Exeat decides by its whole
//! rulebook, dates and unknowns included; the peers hold the six paragraphs and the chart of one day.
#![allow(clippy::expect_used, reason = "a bench that cannot go on stops")]

mod cedar;
mod exeat;
mod rego;
mod sale;

use std::time::{Duration, Instant};

/// What everybody must say of a sale.
#[derive(Debug, Eq, PartialEq)]
pub struct Answer {
    /// Whether ACE is open for it.
    pub open: bool,
    /// Whether the chart asks for a license.
    pub charted: bool,
}

/// One of those that are compared.
struct Runner<'a> {
    name: &'static str,
    /// Answers one sale, by its place.
    answer: Box<dyn FnMut(usize) -> Answer + 'a>,
}

fn main() {
    let sales = sale::sales();
    let exeat = exeat::Exeat::new(&sales);
    let mut alone = exeat.one_by_one();
    let mut lean = exeat.with_trace();
    let cedar = cedar::Cedar::new(&sales);
    let mut rego = rego::Rego::new(&sales);
    let mut runners = [
        Runner { name: "Exeat, whole rulebook, verdict", answer: Box::new(|it| alone(it)) },
        Runner {
            name: "Exeat, whole rulebook, with its lean trace",
            answer: Box::new(|it| lean(it)),
        },
        Runner { name: "Cedar 4, these paragraphs", answer: Box::new(|it| cedar.answer(it)) },
        Runner { name: "Rego (regorus), these paragraphs", answer: Box::new(|it| rego.answer(it)) },
    ];
    let (mut open, mut charted) = (0, 0);
    for (place, sale) in sales.iter().enumerate() {
        let [first, others @ ..] = &mut runners;
        let ours = (first.answer)(place);
        open += usize::from(ours.open);
        charted += usize::from(ours.charted);
        for it in others {
            assert_eq!((it.answer)(place), ours, "{} on {sale:?}", it.name);
        }
    }
    println!("{} sales, all agree: ACE open for {open}, charted {charted}", sales.len());
    let mut best = [Duration::MAX; 4];
    // Taken in turns, so that what else the machine does meets all of them.
    for _ in 0..5 {
        for (runner, best) in runners.iter_mut().zip(&mut best) {
            let start = Instant::now();
            for place in 0..sales.len() {
                std::hint::black_box((runner.answer)(place));
            }
            *best = start.elapsed().min(*best);
        }
    }
    let packed = exeat.packed(5);
    let base = best.first().copied().unwrap_or_default().as_secs_f64();
    let each = |it: Duration| 1e6 * it.as_secs_f64() / sales.len() as f64;
    for (runner, best) in runners.iter().zip(best) {
        println!("{:<46}{:>9.2} µs {:>8.2}", runner.name, each(best), best.as_secs_f64() / base);
    }
    println!(
        "{:<46}{:>9.2} µs {:>8.4}",
        "Exeat, from packed facts",
        each(packed),
        packed.as_secs_f64() / base
    );
}
