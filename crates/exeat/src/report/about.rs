//! What was asked about, in one line.

use decision::Determination;
use decision::transaction::Transaction;

/// Such as `4D004, law of 2026-09-24`.
pub(crate) fn line(_transaction: &Transaction, determination: &Determination<'_>) -> String {
    let items: Vec<&str> =
        determination.items.iter().filter_map(|it| it.name.as_deref().or(it.eccn.as_deref())).collect();
    items.join(", ")
}
