//! The store from outside: one story over both backends, and what must not happen to records.
#![cfg(test)]

mod backends;
mod bundles;
mod encrypted;
mod faults;
mod killing;
mod office;
mod racing;
mod server;
mod story;
mod tampering;
