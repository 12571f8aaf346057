//! The rulebook as the doors show it.

use super::Desk;
use crate::api::rules;
use crate::cli::explain::find;
use crate::trouble::Trouble;
use jiff::civil::Date;
use law::diff::diff;
use law::rulebook::Block;

impl Desk {
    /// The rulebook, as JSON.
    pub(crate) fn rulebook(&self, out: &mut Vec<u8>) {
        let engine = self.engine();
        rules::rulebook(engine.rulebook(), engine.stamp().digest, out);
    }

    /// A paragraph's rules on a day, as JSON; the last verified day where none is said.
    ///
    /// # Errors
    ///
    /// Where there is no such paragraph on that day; says where it went.
    pub(crate) fn paragraph(
        &self,
        citation: &str,
        on: Option<Date>,
        out: &mut Vec<u8>,
    ) -> Result<(), Trouble> {
        let law = self.law();
        let rulebook = law.engine.rulebook();
        let on = on.unwrap_or(rulebook.verified_through);
        let found = find(rulebook, citation, on)?;
        let blocks: Vec<&Block> = found.iter().filter_map(|it| rulebook.block(*it)).collect();
        rules::paragraph(citation, on, &blocks, rulebook, &law.files, out);
        Ok(())
    }

    /// What changed in the law between two days, as JSON.
    pub(crate) fn changes(&self, from: Date, to: Date, out: &mut Vec<u8>) {
        let engine = self.engine();
        let rulebook = engine.rulebook();
        rules::changes(&diff(rulebook, from, to), from, to, rulebook, out);
    }
}
