//! May it leave: transactions in, determinations out.
#![forbid(unsafe_code)]
