//! `--record`: what was answered is in the records before it is shown.

use crate::api::failure::{Failure, Problem};
use crate::cli::complain;
use crate::clock;
use crate::records::RecordsArg;
use crate::records::keep::{self, Received, Recorder};
use crate::search::Searcher;
use crate::trouble::Trouble;
use decision::{Determination, Engine, Options};
use law::SourceFile;
use std::sync::Arc;
use store::{Digest, Store};

/// Writes determinations of one rulebook down.
#[derive(Debug)]
pub(crate) struct Recording {
    store: Arc<dyn Store>,
    recorder: Recorder,
    rulebook: Digest,
}

impl Recording {
    /// Opens the records, and keeps the rulebook in them.
    ///
    /// # Errors
    ///
    /// Where they cannot be opened or written.
    pub(crate) fn open(records: &RecordsArg, rulebook: &[SourceFile]) -> Result<Self, Trouble> {
        let store = records.open()?;
        let recorder = Recorder::new(Arc::clone(&store));
        let rulebook = recorder.rulebook(rulebook, clock::now())?;
        Ok(Self { store, recorder, rulebook })
    }

    /// Writes one down, and says what it is called.
    ///
    /// # Errors
    ///
    /// Where it cannot be written: then it must not be shown either.
    pub(crate) fn keep(
        &self,
        engine: &Engine,
        searcher: &Searcher,
        options: &Options,
        determination: &Determination<'_>,
        received: Received<'_>,
    ) -> Result<(), Failure> {
        let written = || {
            let at = clock::now();
            let lists = match &determination.screened {
                Some(_) => Some(self.recorder.lists(searcher.opened().map_err(Trouble::new)?, at)?),
                None => None,
            };
            let record =
                keep::record(engine, options, determination, received, self.rulebook, lists);
            let title = determination.id.as_deref().unwrap_or_default();
            let draft = keep::draft(&record, "command line", at, title)?;
            let name = draft.stream.id.clone();
            self.store.append(draft.into())?;
            complain(&format!("recorded as {name}"));
            Ok(())
        };
        written().map_err(|trouble: Trouble| {
            let problem = format!("it could not be recorded: {}", trouble.what());
            Failure { id: determination.id.clone(), problems: vec![Problem::new(problem)] }
        })
    }
}
