//! The store from outside: one story over both backends, and what must not happen to records.
#![cfg(test)]

mod backends;
mod bundles;
mod office;
mod server;
mod story;
mod tampering;
