//! What the audit of the records found.

use crate::json::{Layout, Writer};
use store::audit::Audit;

/// Writes what was found.
pub(crate) fn write(audit: &Audit, layout: Layout, out: &mut Vec<u8>) {
    Writer::new(out, layout).object(|json| {
        json.bool_of("clean", audit.is_clean());
        json.optional_of("head", audit.head.map(|it| it.to_string()).as_deref());
        json.number_of("events", audit.events);
        json.number_of("views", audit.views);
        json.number_of("contents", audit.blobs);
        json.number_of("erased", audit.erased);
        json.number_of("clock_back", audit.clock_back.len() as u64);
        let faults: Vec<String> = audit.faults.iter().map(ToString::to_string).collect();
        json.texts_of("faults", faults.iter().map(String::as_str).collect::<Vec<_>>());
        json.number_of("more_faults", audit.more_faults);
    });
}
