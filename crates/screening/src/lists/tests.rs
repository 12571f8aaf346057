//! The importers, on invented parties.
