//! Curves for people and for machines.

use super::{LOWEST, Tuning};
use crate::json::{Layout, Writer};
use screening::Score;
use screening::calibration::{Calibration, Counts};
use std::fmt::Write as _;

/// Between two thresholds that are shown.
const STEP: usize = 25;
/// Shares of false alerts that thresholds are sought for, in thousandths.
const SHARES: [u32; 3] = [10, 20, 50];

impl Tuning {
    /// The thresholds that are shown: a grid, the shipped one and the best.
    fn thresholds(&self) -> Vec<Score> {
        let mut shown: Vec<Score> = (LOWEST..=975).step_by(STEP).map(Score::new).collect();
        shown.push(self.settings.threshold);
        shown.extend(self.pairs.all.best().filter(|it| it.thousandths() >= LOWEST));
        shown.sort_unstable();
        shown.dedup();
        shown
    }

    /// How many customers alert at a threshold.
    fn alerts(&self, threshold: Score) -> Option<u64> {
        self.customers.as_ref().map(|it| it.alerting.at(threshold).found)
    }

    /// For a person.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let all = self.pairs.all.at(Score::new(0));
        writeln!(out, "{} pairs: {} the same, {} not.\n", self.pairs.count, all.found, all.alarms)?;
        let volume = if self.customers.is_some() { "   customers alerting" } else { "" };
        writeln!(out, "threshold   found   false alerts   right alerts      F1{volume}")?;
        for threshold in self.thresholds() {
            let counts = self.pairs.all.at(threshold);
            write!(
                out,
                "{:>9}{:>8}{:>15}{:>15}{:>8}",
                threshold.to_string(),
                percent(counts.recall()),
                percent(counts.false_alerts()),
                percent(counts.precision()),
                fraction(counts.f1()),
            )?;
            if let Some(alerts) = self.alerts(threshold) {
                write!(out, "{alerts:>21}")?;
            }
            writeln!(out, "{}", self.remark(threshold))?;
        }
        for share in SHARES {
            match self.pairs.all.quiet_at(share) {
                Some(it) => writeln!(
                    out,
                    "{}At most {} % of the others alert from {it} on; it finds {}.",
                    if share == SHARES[0] { "\n" } else { "" },
                    share / 10,
                    percent(self.pairs.all.at(it).recall())
                )?,
                None => writeln!(out, "No threshold keeps false alerts to {} %.", share / 10)?,
            }
        }
        if let Some(customers) = &self.customers {
            write!(out, "\n{} customers were screened", customers.rows)?;
            if customers.bad > 0 {
                write!(out, "; {} rows could not be read", customers.bad)?;
            }
            writeln!(out, ".")?;
        }
        self.classes(out)
    }

    fn classes(&self, out: &mut String) -> std::fmt::Result {
        if self.pairs.classes.is_empty() {
            return Ok(());
        }
        let widest = self.pairs.classes.keys().map(|it| it.chars().count()).max().unwrap_or(0);
        let widest = widest.clamp(5, 40);
        writeln!(out, "\nBy class, at {}:\n", self.settings.threshold)?;
        writeln!(out, "{:widest$}   pairs   found   false alerts", "class")?;
        for (class, pairs) in &self.pairs.classes {
            let counts = pairs.at(self.settings.threshold);
            let name: String = class.chars().take(widest).collect();
            writeln!(
                out,
                "{name:widest$}{:>8}{:>8}{:>15}",
                total(counts),
                percent(counts.recall()),
                percent(counts.false_alerts())
            )?;
        }
        Ok(())
    }

    fn remark(&self, threshold: Score) -> &'static str {
        match (threshold == self.settings.threshold, self.pairs.all.best() == Some(threshold)) {
            (true, true) => "   shipped, and best here",
            (true, false) => "   shipped",
            (false, true) => "   best here",
            (false, false) => "",
        }
    }

    /// For a machine: shares in thousandths as numbers from 0 to 1.
    pub(super) fn json(&self) -> Vec<u8> {
        let mut out = Vec::new();
        Writer::new(&mut out, Layout::Pretty).object(|json| {
            json.number_of("pairs", self.pairs.count);
            json.text_of("settings", &self.settings.digest());
            json.thousandths_of("shipped", self.settings.threshold.thousandths());
            if let Some(best) = self.pairs.all.best() {
                json.thousandths_of("best", best.thousandths());
            }
            if let Some(customers) = &self.customers {
                json.number_of("customers", customers.rows);
                json.number_of("customers_not_read", customers.bad);
            }
            json.objects_of("curve", &self.thresholds(), |json, it| {
                point(json, &self.pairs.all, *it);
                if let Some(alerts) = self.alerts(*it) {
                    json.number_of("customers_alerting", alerts);
                }
            });
            let classes: Vec<_> = self.pairs.classes.iter().collect();
            json.objects_of("classes", &classes, |json, (class, pairs)| {
                json.text_of("class", class);
                point(json, pairs, self.settings.threshold);
            });
            json.texts_of("problems", &self.pairs.problems);
        });
        out.push(b'\n');
        out
    }
}

fn point(json: &mut Writer<'_>, pairs: &Calibration, threshold: Score) {
    let counts = pairs.at(threshold);
    json.thousandths_of("threshold", threshold.thousandths());
    json.number_of("found", counts.found);
    json.number_of("missed", counts.missed);
    json.number_of("alarms", counts.alarms);
    json.number_of("quiet", counts.quiet);
}

fn total(it: Counts) -> u64 {
    it.found + it.missed + it.alarms + it.quiet
}

fn percent(thousandths: Option<u32>) -> String {
    thousandths.map_or_else(|| "-".to_owned(), |it| format!("{}.{} %", it / 10, it % 10))
}

fn fraction(thousandths: Option<u32>) -> String {
    thousandths.map_or_else(|| "-".to_owned(), |it| format!("{}.{:03}", it / 1000, it % 1000))
}
