//! Documents to products, with problems in the words of the doors.

use crate::api::failure::Failure;
use crate::input::{Document, Format};
use crate::transactions::form_of;
use decision::classification::{self, Product};
use decision::transaction::read;
use law::rulebook::Question;

/// Reads a document as a product.
///
/// # Errors
///
/// Every problem in it.
pub(crate) fn read(document: &Document, questions: &[Question]) -> Result<Product, Failure> {
    read_as(document.format, &document.bytes, questions)
}

/// Reads bytes in a format as a product.
///
/// # Errors
///
/// Every problem in them.
pub(crate) fn read_as(
    form: Format,
    bytes: &[u8],
    questions: &[Question],
) -> Result<Product, Failure> {
    classification::read(form_of(form), bytes, questions).map_err(Failure::from)
}

/// Reads a line as a product.
///
/// # Errors
///
/// Every problem in it.
pub(crate) fn read_line(line: &[u8], questions: &[Question]) -> Result<Product, Failure> {
    classification::read(read::Format::Json, line, questions).map_err(Failure::from)
}
