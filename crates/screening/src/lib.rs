//! Who this may be: restricted-party lists in, explained matches out.
//!
//! A list file of a government becomes [`party::ListedParty`] values, which keep what export
//! control needs and others throw away. This crate opens no file, reads no clock and knows no law:
//! bytes and dates are arguments, and what a match means for an export is somebody else's question.
#![forbid(unsafe_code)]

pub mod change;
pub mod country;
pub mod lists;
pub mod party;
pub mod snapshot;

pub use country::CountryCode;
pub use party::ListedParty;
