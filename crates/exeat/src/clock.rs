//! The only place that asks what time it is. Nothing is decided by it: it only proposes a date.

use jiff::civil::Date;

/// Today, by universal time.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub(crate) fn today() -> Date {
    let epoch = jiff::civil::date(1970, 1, 1);
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = since.map_or(0, |it| it.as_secs() / 86_400);
    let days = i32::try_from(days).unwrap_or(0);
    epoch.checked_add(jiff::Span::new().days(days)).unwrap_or(epoch)
}
