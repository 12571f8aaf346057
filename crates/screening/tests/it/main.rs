//! The importers on the lists as governments publish them.

mod csl;
mod shared;
