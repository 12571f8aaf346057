//! What is counted, in the text form that Prometheus reads. Labels are templates of paths, ids of
//! operations and words of ours; never anything that a caller wrote.

use super::served::Served;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// Upper bounds of the classes of duration, in microseconds.
const BOUNDS: [u64; 12] = [
    250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 10_000_000,
];

/// What is counted.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    routes: RwLock<BTreeMap<(&'static str, String), Arc<Route>>>,
    /// Requests that made the program panic.
    pub(crate) panics: AtomicU64,
    /// Requests that were refused because there were too many.
    pub(crate) limited: AtomicU64,
    /// Requests without a known key or session.
    pub(crate) unknown: AtomicU64,
    /// Determinations that were recorded.
    pub(crate) recorded: AtomicU64,
}

/// What is counted of one route.
#[derive(Debug, Default)]
struct Route {
    /// By the first digit of the status.
    statuses: [AtomicU64; 6],
    durations: [AtomicU64; BOUNDS.len()],
    micros: AtomicU64,
}

impl Metrics {
    /// One more request.
    pub(crate) fn request(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let row = self.route(method, route);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(count) = row.statuses.get(usize::from(status / 100)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        let class = BOUNDS.partition_point(|it| *it < micros);
        if let Some(count) = row.durations.get(class) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        row.micros.fetch_add(micros, Ordering::Relaxed);
    }

    fn route(&self, method: &'static str, route: &str) -> Arc<Route> {
        let key = (method, route.to_owned());
        let known = self.routes.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let mut routes = self.routes.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(routes.entry(key).or_default())
        })
    }

    /// Everything, as Prometheus reads it.
    pub(crate) fn text(&self, served: &Served) -> String {
        let mut text = String::new();
        let routes = self.routes.read().unwrap_or_else(PoisonError::into_inner).clone();
        head(&mut text, "exeat_requests_total", "counter", "Requests, by route and status.");
        for ((method, route), row) in &routes {
            for (class, count) in row.statuses.iter().enumerate() {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    let labels =
                        format!("method=\"{method}\",route=\"{route}\",status=\"{class}xx\"");
                    line(&mut text, "exeat_requests_total", &labels, count);
                }
            }
        }
        head(&mut text, "exeat_request_seconds", "histogram", "How long requests took.");
        for ((method, route), row) in &routes {
            durations(&mut text, method, route, row);
        }
        head(&mut text, "exeat_answers_total", "counter", "Determinations, by outcome.");
        for (outcome, count) in served.desk.answers() {
            let labels = format!("outcome=\"{}\"", outcome.as_str());
            line(&mut text, "exeat_answers_total", &labels, count);
        }
        for (name, kind, about, value) in [
            (
                "exeat_recorded_total",
                "counter",
                "Determinations that were recorded.",
                self.recorded.load(Ordering::Relaxed),
            ),
            (
                "exeat_panics_total",
                "counter",
                "Requests at which the program failed.",
                self.panics.load(Ordering::Relaxed),
            ),
            (
                "exeat_rate_limited_total",
                "counter",
                "Requests that were too many.",
                self.limited.load(Ordering::Relaxed),
            ),
            (
                "exeat_unauthenticated_total",
                "counter",
                "Requests without a key or session that is known here.",
                self.unknown.load(Ordering::Relaxed),
            ),
            (
                "exeat_log_lines_dropped_total",
                "counter",
                "Lines of the log that nobody took.",
                served.log.dropped(),
            ),
            ("exeat_under_way", "gauge", "Requests that are being answered.", {
                served.under_way() as u64
            }),
            ("exeat_ready", "gauge", "1 where the server can answer.", {
                u64::from(served.desk.readiness().is_ready())
            }),
        ] {
            head(&mut text, name, kind, about);
            line(&mut text, name, "", value);
        }
        behind(&mut text, served);
        text
    }
}

/// The age of the law and the lists: what most often needs somebody's attention.
fn behind(text: &mut String, served: &Served) {
    let today = crate::clock::today();
    let engine = served.desk.engine();
    let age = |day: jiff::civil::Date| {
        u64::try_from(day.until(today).map_or(0, |it| it.get_days())).unwrap_or(0)
    };
    head(text, "exeat_rulebook_age_days", "gauge", "Days since the law was verified.");
    line(text, "exeat_rulebook_age_days", "", age(engine.rulebook().verified_through));
    let searcher = served.desk.searcher();
    if let Some(Ok(opened)) = searcher.opened_already() {
        head(text, "exeat_list_age_days", "gauge", "Days since the content of a list.");
        for list in &opened.searched().lists {
            if let Some(day) = list.date {
                line(
                    text,
                    "exeat_list_age_days",
                    &format!("list=\"{}\"", plain(&list.code)),
                    age(day),
                );
            }
        }
        head(text, "exeat_list_entries", "gauge", "Entries of a list.");
        for list in &opened.searched().lists {
            let labels = format!("list=\"{}\"", plain(&list.code));
            line(text, "exeat_list_entries", &labels, list.entries);
        }
    }
}

/// A code without characters that end a label.
fn plain(code: &str) -> String {
    code.chars().filter(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.')).collect()
}

fn durations(text: &mut String, method: &str, route: &str, row: &Route) {
    let labels = format!("method=\"{method}\",route=\"{route}\"");
    let mut sum = 0;
    for (bound, count) in BOUNDS.iter().zip(&row.durations) {
        sum += count.load(Ordering::Relaxed);
        let seconds = format!("{}.{:06}", bound / 1_000_000, bound % 1_000_000);
        let labels = format!("{labels},le=\"{seconds}\"");
        line(text, "exeat_request_seconds_bucket", &labels, sum);
    }
    let all: u64 = row.statuses.iter().map(|it| it.load(Ordering::Relaxed)).sum();
    line(text, "exeat_request_seconds_bucket", &format!("{labels},le=\"+Inf\""), all);
    let micros = row.micros.load(Ordering::Relaxed);
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "exeat_request_seconds_sum{{{labels}}} {}.{:06}",
        micros / 1_000_000,
        micros % 1_000_000
    );
    line(text, "exeat_request_seconds_count", &labels, all);
}

fn head(text: &mut String, name: &str, kind: &str, about: &str) {
    let _ = writeln!(text, "# HELP {name} {about}\n# TYPE {name} {kind}");
}

fn line(text: &mut String, name: &str, labels: &str, value: u64) {
    let _ = if labels.is_empty() {
        writeln!(text, "{name} {value}")
    } else {
        writeln!(text, "{name}{{{labels}}} {value}")
    };
}
