//! The only place that asks what time it is. Nothing is decided by it: it only proposes a date.

use jiff::Timestamp;
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

/// Now: when an event of the records happened.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let micros = since.ok().and_then(|it| i64::try_from(it.as_micros()).ok());
    micros.and_then(|it| Timestamp::from_microsecond(it).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}
