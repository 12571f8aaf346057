//! The lists as the doors show them: which are here, and their entries.

pub(crate) mod arrival;
pub(crate) mod delivery;

use super::Desk;
use crate::cli::screen::How;
use crate::lists::entries::Entries;
use crate::screened::{Asked, Found};
use crate::search::Searcher;
use crate::trouble::Trouble;
use screening::{ListedParty, Workspace};
use std::sync::Arc;

impl Desk {
    /// The lists that answer now, opened.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub(crate) fn lists(&self) -> Result<Arc<Searcher>, Trouble> {
        let searcher = self.searcher();
        searcher.opened().map_err(Trouble::new)?;
        Ok(searcher)
    }

    /// Who a name may be, and what was decided about that.
    ///
    /// # Errors
    ///
    /// Where the lists or the records cannot be read.
    pub(crate) fn screen(
        &self,
        asked: &Asked,
        how: &How,
        workspace: &mut Workspace,
    ) -> Result<Vec<Found>, Trouble> {
        let searcher = self.searcher();
        let opened = searcher.opened().map_err(Trouble::new)?;
        let mut found = opened.ask_above(asked, how, workspace)?;
        self.remember(&asked.subject(), &mut found).map_err(|it| Trouble::new(it.to_string()))?;
        Ok(found)
    }

    /// Entries in which a text stands, at most so many.
    ///
    /// # Errors
    ///
    /// Where the lists cannot be read.
    pub(crate) fn entries(
        &self,
        text: &str,
        list: Option<&str>,
        limit: usize,
    ) -> Result<Entries, Trouble> {
        let searcher = self.searcher();
        Entries::of(&searcher.opened().map_err(Trouble::new)?.lists, text, list, limit)
    }

    /// The entry of a list with that number.
    ///
    /// # Errors
    ///
    /// Where the lists cannot be read.
    pub(crate) fn entry(&self, list: &str, id: &str) -> Result<Option<ListedParty>, Trouble> {
        let searcher = self.searcher();
        searcher.opened().map_err(Trouble::new)?.lists.entry(&format!("{list}:{id}"))
    }
}
