//! What thresholds would do with names that people search here, and with matches they decided.
//!
//! It reckons and changes nothing: the threshold in force is part of the program, and stands in
//! every record.

use super::Desk;
use super::fault::Fault;
use super::remembered;
use crate::cli::screen::How;
use crate::rows::{Row, Rows};
use crate::screened::Asked;
use crate::trouble::Trouble;
use screening::calibration::Calibration;
use screening::{Score, Workspace};
use std::io::Cursor;
use std::path::Path;

/// The lowest threshold that is reckoned with, in thousandths.
pub(crate) const LOWEST: u16 = 600;
/// How many names are searched at most.
pub(crate) const MOST: usize = 2_000;
/// How many decided matches are looked at, the latest first.
const DECIDED: usize = 1_000;
const HOW: How = How { threshold: Some(LOWEST), limit: 20, exhaustive: false };

/// What thresholds would do.
#[derive(Clone, Debug)]
pub(crate) struct Tuning {
    /// How many names were searched.
    pub(crate) names: u64,
    /// How many rows could not be read.
    pub(crate) unread: u64,
    /// By the score of the best match of each name that nobody cleared: `found` is how many alert.
    pub(crate) alerting: Calibration,
    /// Matches that people decided, by score; what scores less than is reckoned counts as nothing.
    pub(crate) decided: Calibration,
    /// The threshold in force.
    pub(crate) in_force: Score,
}

impl Desk {
    /// Reckons with these names.
    ///
    /// # Errors
    ///
    /// Where the lists or the records cannot be searched.
    pub(crate) fn tune(&self, names: &[Asked], unread: u64) -> Result<Tuning, Fault> {
        let searcher = self.lists()?;
        let in_force = searcher.opened().map_err(Fault::Inside)?.settings.threshold;
        let (alerting, decided) = (Calibration::default(), Calibration::default());
        let mut tuning = Tuning { names: 0, unread, alerting, decided, in_force };
        let mut workspace = Workspace::default();
        for asked in names.iter().take(MOST) {
            let mut found = self.working(|| self.screen(asked, &HOW, &mut workspace))?;
            self.remember(&asked.subject(), &mut found)?;
            tuning.names += 1;
            if let Some(best) = found.iter().find(|it| !it.is_cleared()) {
                tuning.alerting.add(best.score, true);
            }
        }
        for it in remembered::latest(&*self.records()?.store, DECIDED)? {
            let asked = Asked::by_name(&it.party);
            let found = self.working(|| self.screen(&asked, &HOW, &mut workspace))?;
            let found =
                found.iter().find(|hit| hit.party.list == it.list && hit.party.id == it.entry);
            tuning.decided.add(found.map_or(Score::new(0), |hit| hit.score), it.same);
        }
        Ok(tuning)
    }
}

/// The names of a file of customers, at most as many as are searched, and how many rows could
/// not be read.
///
/// # Errors
///
/// Where it has no column of names.
pub(crate) fn customers(file: &str, bytes: Vec<u8>) -> Result<(Vec<Asked>, u64), Trouble> {
    let (mut rows, reading) = Rows::of(Box::new(Cursor::new(bytes)), Path::new(file), &[])?;
    let (mut asked, mut unread) = (Vec::new(), 0);
    let wrong = |it: std::io::Error| Trouble::new(format!("the file cannot be read: {it}"));
    while asked.len() < MOST {
        let row: Option<Row> = rows.next().map_err(wrong)?;
        let Some(row) = row else { break };
        match reading.asked(&row) {
            Ok(it) => asked.push(it),
            Err(_) => unread += 1,
        }
    }
    Ok((asked, unread))
}
