//! Who this may be: restricted-party lists in, explained matches out.
//!
//! A list file of a government becomes [`party::ListedParty`] values, which keep what export
//! control needs and others throw away. This crate opens no file, reads no clock and knows no law:
//! bytes and dates are arguments, and what a match means for an export is somebody else's question.
#![forbid(unsafe_code)]

pub mod change;
pub mod country;
pub mod customers;
pub mod lists;
pub mod party;
pub mod snapshot;

pub mod align;
pub mod calibration;
pub mod care_of;
pub mod compare;
pub mod edit;
pub mod evidence;
pub mod explanation;
pub mod field;
mod identifier;
pub mod index;
pub mod key;
pub mod lexicon;
pub mod name;
pub mod normalize;
pub mod premises;
pub mod query;
pub mod reading;
pub mod score;
pub mod screener;
pub mod scripts;
pub mod settings;
pub mod sound;
pub mod term;

pub use country::CountryCode;
pub use customers::Customers;
pub use explanation::Explanation;
pub use index::Index;
pub use party::ListedParty;
pub use premises::Premises;
pub use query::Query;
pub use score::Score;
pub use screener::{Hit, Memo, Screener, Workspace};
pub use settings::Settings;
