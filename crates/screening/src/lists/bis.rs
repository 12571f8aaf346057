//! Lists of the Bureau of Industry and Security by themselves: the Denied Persons file, and lists
//! that a public project takes out of the official publications as JSON.

mod denied;
mod records;

pub(super) use denied::read as denied;
pub(super) use records::read as json;
