//! The records as auditors want them: checked as a whole, and in a form that needs no Exeat.

use super::Desk;
use super::export::Bundle;
use super::fault::Fault;
use super::permission::{Actor, Permission, Whose};
use crate::chance;
use jiff::Timestamp;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use store::Head;
use store::audit::{Audit, audit};
use store::bundle::Bodies;

/// A folder that is gone when it is not needed any more.
struct Spare(PathBuf);

impl Drop for Spare {
    fn drop(&mut self) {
        // What cannot be removed lies where the system cleans up by itself.
        drop(fs::remove_dir_all(&self.0));
    }
}

impl Desk {
    /// Reads everything in the records, and says what does not fit.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or the records are out of reach.
    pub(crate) fn verify(&self, actor: &Actor, anchor: Option<&Head>) -> Result<Audit, Fault> {
        actor.may(Permission::ReadAudit, Whose::Anyone)?;
        Ok(audit(&*self.records()?.store, anchor, &mut |_, _| {})?)
    }

    /// Writes the records as an archive of the folder that `exeat audit export` makes.
    ///
    /// # Errors
    ///
    /// Where the actor may not, the records are out of reach, or the archive cannot be written.
    pub(crate) fn export(
        &self,
        actor: &Actor,
        bodies: &Bodies,
        now: Timestamp,
        out: &mut dyn Write,
    ) -> Result<(), Fault> {
        actor.may(Permission::ReadAudit, Whose::Anyone)?;
        let spare = Spare(std::env::temp_dir().join(format!("exeat-export-{}", chance::id()?)));
        let bundle = Bundle { bodies, now, progress: &mut |_, _| {} };
        bundle.pack(&*self.records()?.store, &spare.0, out).map(drop).map_err(Fault::Inside)
    }
}
