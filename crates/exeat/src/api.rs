//! What is sent: answers as JSON, written from the core types by hand.
//!
//! [`fields`] is the table of every field, from which the JSON Schema is made; a test holds
//! [`determination`] to it.

pub(crate) mod audit;
pub(crate) mod case;
pub(crate) mod classification;
pub(crate) mod commands;
pub(crate) mod determination;
pub(crate) mod failure;
pub(crate) mod fields;
pub(crate) mod hits;
pub(crate) mod listed;
pub(crate) mod lists;
pub(crate) mod matches;
pub(crate) mod question;
pub(crate) mod recorded;
pub(crate) mod rules;
pub(crate) mod shape;
pub(crate) mod what_if;
pub(crate) mod why_not;
