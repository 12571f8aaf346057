//! What we said: records that are written and never changed.
#![forbid(unsafe_code)]
