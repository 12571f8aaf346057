//! Which changes were noticed, by kind and by paragraph.

use super::Apart;
use crate::cli::rules::text::{heading, period};
use crate::json::{Layout, Writer};
use law::Mutant;
use law::mutation::Kind;
use law::rulebook::Rulebook;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The block that a change is in, with its days.
pub(super) fn place(rulebook: &Rulebook, mutant: &Mutant) -> String {
    mutant.block.and_then(|it| rulebook.block(it)).map_or_else(
        || "tables".to_owned(),
        |block| format!("{} {}", heading(block, rulebook), period(block)),
    )
}

/// What came of the mutants.
pub(super) struct Report<'a> {
    rulebook: &'a Rulebook,
    mutants: &'a [Mutant],
    noticed: &'a [Option<&'a str>],
    /// Why a change is not judged.
    apart: &'a [Option<Apart>],
    cases: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        rulebook: &'a Rulebook,
        mutants: &'a [Mutant],
        noticed: &'a [Option<&'a str>],
        apart: &'a [Option<Apart>],
        cases: usize,
    ) -> Self {
        Self { rulebook, mutants, noticed, apart, cases }
    }

    /// The changes that can make a difference.
    fn judged(&self) -> impl Iterator<Item = (&'a Mutant, Option<&'a str>)> {
        let all = self.mutants.iter().zip(self.noticed.iter().copied()).zip(self.apart);
        all.filter(|it| it.1.is_none()).map(|it| it.0)
    }

    /// How many changes are apart for a reason.
    fn count_apart(&self, why: Apart) -> usize {
        self.apart.iter().filter(|it| **it == Some(why)).count()
    }

    fn place(&self, mutant: &Mutant) -> String {
        place(self.rulebook, mutant)
    }

    /// The section that a change is in.
    fn section(&self, mutant: &Mutant) -> &'a str {
        let block = mutant.block.and_then(|it| self.rulebook.block(it));
        let citation = block.map_or("tables", |it| it.citation.as_str());
        citation.split(['(', '#']).next().unwrap_or(citation).trim()
    }

    /// Of a hundred changes, how many were noticed, rounded down; 100 where there were none.
    pub(super) fn percent(&self) -> usize {
        let (all, noticed) = self.counts();
        (100 * noticed).checked_div(all).unwrap_or(100)
    }

    /// How many changes can make a difference, and how many of them were noticed.
    fn counts(&self) -> (usize, usize) {
        let noticed = self.judged().filter(|it| it.1.is_some()).count();
        (self.judged().count(), noticed)
    }

    pub(super) fn text(&self) -> String {
        // Writing to a string cannot fail.
        let mut text = String::new();
        let mut place = String::new();
        for (mutant, _) in self.judged().filter(|(_, by)| by.is_none()) {
            let here = self.place(mutant);
            if here != place {
                let _ = writeln!(text, "{here}");
                place = here;
            }
            let _ = writeln!(text, "  {}", mutant.what);
        }
        if !text.is_empty() {
            text = format!("Changes that no case notices\n\n{text}\n");
        }
        let _ = writeln!(text, "{:<28}{:>8}{:>9}", "kind of change", "changes", "noticed");
        for kind in Kind::ALL {
            let of = || self.judged().filter(|(mutant, _)| mutant.kind == kind);
            let (all, noticed) = (of().count(), of().filter(|(_, by)| by.is_some()).count());
            if let Some(percent) = (100 * noticed).checked_div(all) {
                let _ = writeln!(text, "{:<28}{all:>8}{noticed:>9} {percent:>4} %", kind.words());
            }
        }
        self.sections(&mut text);
        let (all, noticed) = self.counts();
        let _ = writeln!(
            text,
            "{noticed} of {all} changes noticed by {} cases: {} %.",
            self.cases,
            self.percent()
        );
        for (why, count) in Apart::ALL.map(|it| (it, self.count_apart(it))) {
            if count > 0 {
                let _ = writeln!(text, "{count} more {}.", why.words());
            }
        }
        text
    }

    /// How many changes of each section were noticed.
    fn sections(&self, text: &mut String) {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (mutant, by) in self.judged() {
            let count = counts.entry(self.section(mutant)).or_default();
            count.0 += 1;
            count.1 += usize::from(by.is_some());
        }
        let _ = writeln!(text, "\n{:<28}{:>8}{:>9}", "section", "changes", "noticed");
        for (section, (all, noticed)) in counts {
            let percent = (100 * noticed).checked_div(all).unwrap_or(100);
            let _ = writeln!(text, "{section:<28}{all:>8}{noticed:>9} {percent:>4} %");
        }
        text.push('\n');
    }

    pub(super) fn json(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let judged: Vec<_> = self.judged().collect();
        Writer::new(&mut bytes, Layout::Pretty).object(|json| {
            json.number_of("cases", self.cases as u64);
            let (all, noticed) = self.counts();
            json.number_of("changes", all as u64);
            json.number_of("noticed", noticed as u64);
            for (key, why) in [
                ("nothing_leads_to", Apart::Idle),
                ("proved_the_same", Apart::Proved),
                ("named_the_same", Apart::Named),
                ("not_law", Apart::NotLaw),
            ] {
                json.number_of(key, self.count_apart(why) as u64);
            }
            json.objects_of("mutants", &judged, |json, (mutant, by)| {
                json.text_of("block", &self.place(mutant));
                if let Some(block) = mutant.block {
                    json.number_of("block_number", u64::from(block.0));
                }
                json.text_of("kind", mutant.kind.words());
                json.text_of("change", &mutant.what);
                json.optional_of("noticed_by", *by);
            });
        });
        bytes.push(b'\n');
        bytes
    }
}
