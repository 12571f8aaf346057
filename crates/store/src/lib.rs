//! What we said: records that are written and never changed.
//!
//! Everything that matters is an [`Event`] of a stream: a case, a determination, a user. Events are
//! appended and never edited, and each carries the digest of the one before ([`chain`]). Beside
//! each stream stands one [`View`], what it has come to, for lists and filters; whoever appends an
//! event says what the view becomes. Besides, there are large contents by their digest (*blobs*),
//! and small ones with an expiry (*keys*), which no chain protects.
//!
//! [`Store`] is the one trait, blocking, with two backends: SQLite in a file, and PostgreSQL for
//! several servers. [`open`] takes the address. Nothing here reads a clock: when something happened
//! is told by the caller. Start with [`Store`], then [`Draft`] and [`View`].
#![forbid(unsafe_code)]

mod anchor;
pub mod audit;
pub mod batch;
pub mod bundle;
pub mod case;
pub mod chain;
mod commit;
pub mod digest;
pub mod error;
pub mod event;
pub mod frozen;
pub mod json;
mod migrations;
pub mod name;
mod opening;
pub mod part;
mod plan;
pub mod postgres;
pub mod query;
pub mod record;
pub mod retention;
pub mod sqlite;
mod store;
mod stored;
mod transfer;
pub mod view;

pub use batch::{Batch, KeyWrite};
pub use case::Case;
pub use chain::Head;
pub use digest::Digest;
pub use error::{Conflict, Error, causes};
pub use event::{Draft, Event, ViewMark};
pub use frozen::Frozen;
pub use name::{Kind, StreamId};
pub use opening::{Options, file, noted, open, open_copy};
pub use part::Part;
pub use query::{Assigned, Cursor, Order, Page, ViewQuery};
pub use store::{BlobEntry, KeyEntry, Store};
pub use transfer::transfer;
pub use view::{View, ViewRow};
