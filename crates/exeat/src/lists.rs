//! The restricted-party lists on this machine: where they come from, what is kept, what answers.
//!
//! Every source (one file, or several that belong together) is kept as it was published, named in
//! one manifest, and all of them make the one snapshot that answers. The manifest and the snapshot
//! are replaced as a whole, after the new one was read back; until then the last good one answers.
//! Start with [`refresh`].

pub(crate) mod built_in;
pub(crate) mod entries;
mod holdings;
pub(crate) mod manifest;
pub(crate) mod open;
pub(crate) mod refresh;
pub(crate) mod settings;
pub(crate) mod size;
pub(crate) mod update;
