//! Documents to products, with problems in the words of the doors.

use crate::api::failure::Failure;
use crate::input::{Document, Format};
use decision::classification::{self, Product};
use decision::transaction::read;
use law::rulebook::Question;

/// Reads a document as a product.
///
/// # Errors
///
/// Every problem in it.
pub(crate) fn read(document: &Document, questions: &[Question]) -> Result<Product, Failure> {
    let format = match document.format {
        Format::Json | Format::Jsonl => read::Format::Json,
        Format::Yaml => read::Format::Yaml,
        Format::Toml => read::Format::Toml,
    };
    classification::read(format, &document.bytes, questions).map_err(Failure::from)
}

/// Reads a line as a product.
///
/// # Errors
///
/// Every problem in it.
pub(crate) fn read_line(line: &[u8], questions: &[Question]) -> Result<Product, Failure> {
    classification::read(read::Format::Json, line, questions).map_err(Failure::from)
}
