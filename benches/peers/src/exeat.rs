//! The sales as transactions, decided by the whole rulebook.

use crate::Answer;
use crate::sale::{DAY, Sale};
use decision::transaction::Transaction;
use decision::transaction::read::{Format, read};
use decision::verdicts::{Packed, Packer};
use decision::{Determination, Options, Outcome, Trace, Workspace};
use law::{SlicedScratch, Truth};
use std::time::{Duration, Instant};

#[path = "../../../crates/decision/tests/it/rulebook.rs"]
mod rulebook;

const OPTIONS: Options =
    Options { strict: false, max_law_age: 10_000, on: None, trace: Trace::None, answers: false };

/// The sales, read.
pub struct Exeat {
    transactions: Vec<Transaction>,
}

impl Exeat {
    pub fn new(sales: &[Sale]) -> Self {
        let transaction = |it: &Sale| {
            let text = serde_json::json!({
                "date": DAY, "activity": "export", "from": "US", "destination": it.destination,
                "items": [{
                    "eccn": it.eccn, "form": it.form, "digital_artifact": it.digital_artifact,
                    "also_controlled": [], "origin": {"us_origin": true}
                }],
                "parties": [{
                    "role": "end-user", "country": it.destination, "sector": it.sector,
                    "government_of": it.destination, "us_subsidiary": false,
                    "state_owned_percent": it.state_owned_percent, "lists": []
                }],
                "end_use": {
                    "purposes": [it.purpose],
                    "knows": if it.knows { vec!["unauthorized-access"] } else { vec![] },
                    "incident": {"victim_sector": "bank", "victim_is_us_subsidiary": false}
                },
                "documents_held": [], "notices": [], "red_flags": []
            });
            read(Format::Json, text.to_string().as_bytes()).expect("a transaction")
        };
        Self { transactions: sales.iter().map(transaction).collect() }
    }

    /// Answers one by one, outcome and exceptions only.
    pub fn one_by_one(&self) -> impl FnMut(usize) -> Answer + '_ {
        self.answering(OPTIONS)
    }

    /// The same with the trace that a line carries.
    pub fn with_trace(&self) -> impl FnMut(usize) -> Answer + '_ {
        self.answering(Options { trace: Trace::Lean, ..OPTIONS })
    }

    fn answering(&self, options: Options) -> impl FnMut(usize) -> Answer + '_ {
        let (engine, mut workspace) = (rulebook::engine(), Workspace::default());
        move |place| {
            let transaction = self.transactions.get(place).expect("a sale");
            answer(&engine.decide_in(&mut workspace, transaction, &options))
        }
    }

    /// The best time of all of them from packed facts, of so many.
    pub fn packed(&self, times: usize) -> Duration {
        let mut packer = Packer::new(rulebook::engine(), OPTIONS);
        let numbered = self.transactions.iter().enumerate();
        let mut batches: Vec<Packed<'_>> =
            numbered.filter_map(|(place, it)| packer.push(place, it).expect("it fits")).collect();
        batches.extend(packer.finish());
        let mut scratch = SlicedScratch::default();
        let mut once = || {
            let start = Instant::now();
            for it in &batches {
                std::hint::black_box(it.count(&mut scratch, Outcome::LicenseRequired));
            }
            start.elapsed()
        };
        (0..times).map(|_| once()).min().unwrap_or_default()
    }
}

fn answer(answer: &Determination<'_>) -> Answer {
    // A verdict names the exception that covers the sale; a trace, all of them.
    let open = match answer.items.first().map(|it| it.exceptions.as_slice()) {
        None | Some([]) => answer.exception == Some("ACE"),
        Some(all) => all.iter().any(|it| it.symbol == "ACE" && it.available == Truth::True),
    };
    let charted = answer.reasons.iter().any(|it| ["NS1", "NS2", "AT1"].contains(it));
    Answer { open: open && charted, charted }
}
