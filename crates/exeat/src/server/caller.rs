//! Who asks, by the key in the request, and how often they may.

use super::problem::{Kind, Problem};
use super::served::Served;
use crate::clock;
use crate::desk::keys::{Key, Keys};
use crate::desk::people::secret::Secret;
use crate::desk::permission::{Actor, Scope};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::Response;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// How many requests a second each may make.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    buckets: Mutex<BTreeMap<String, Bucket>>,
}

/// What is left of somebody's share, in millionths of a request.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: u64,
    at: Instant,
}

impl Rates {
    /// Takes one request of somebody's share, which fills again at so many a second and holds
    /// those of two seconds; whether there was one.
    pub(crate) fn take(&self, who: &str, per_second: u32, now: Instant) -> bool {
        const REQUEST: u64 = 1_000_000;
        let full = u64::from(per_second) * 2 * REQUEST;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if !buckets.contains_key(who) && buckets.len() > 10_000 {
            buckets.retain(|_, it| now.duration_since(it.at).as_secs() < 2);
        }
        let bucket = buckets.entry(who.to_owned()).or_insert(Bucket { left: full, at: now });
        let passed = now.saturating_duration_since(bucket.at).as_micros();
        let passed = u64::try_from(passed).unwrap_or(u64::MAX);
        // So many requests a second are as many millionths of one a microsecond: nothing is lost.
        let gained = passed.saturating_mul(u64::from(per_second));
        bucket.at = now;
        bucket.left = bucket.left.saturating_add(gained).min(full);
        let enough = bucket.left >= REQUEST;
        if enough {
            bucket.left -= REQUEST;
        }
        enough
    }
}

/// Who asks.
///
/// # Errors
///
/// Where nobody known does, or too often.
pub(super) async fn caller(served: &Arc<Served>, headers: &HeaderMap) -> Result<Actor, Problem> {
    let (actor, per_second) = match token(headers)? {
        None if served.open => {
            let actor = Actor::key("anybody", "anybody", [Scope::Check, Scope::Screen]);
            (actor, served.per_second)
        }
        None => {
            served.metrics.unknown.fetch_add(1, Ordering::Relaxed);
            return Err(Problem::new(Kind::Unauthenticated, "the request names no key")
                .help("send `Authorization: Bearer KEY`; exeat keys add makes a key"));
        }
        Some(token) => known(served, token).await?,
    };
    if per_second > 0 && !served.rates.take(&actor.id, per_second, Instant::now()) {
        served.metrics.limited.fetch_add(1, Ordering::Relaxed);
        let said = format!("more than {per_second} requests a second");
        return Err(Problem::new(Kind::Rate, said).help("slow down, or stream lines").retry(1));
    }
    Ok(actor)
}

/// Lets through whom a request names, and tells the rest of the way who it is.
pub(super) async fn known_callers(
    State(served): State<Arc<Served>>,
    mut request: Request,
    next: Next,
) -> Response {
    match caller(&served, request.headers()).await {
        Ok(actor) => {
            request.extensions_mut().insert(actor);
            next.run(request).await
        }
        Err(problem) => problem.response(&super::envelope::id_of(&request)),
    }
}

/// The token of a request that was let through.
pub(super) fn sent(headers: &HeaderMap) -> Option<Secret> {
    token(headers).ok().flatten().map(Secret::new)
}

/// The token of a request.
fn token(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().ok().and_then(|it| it.split_once(' '));
    match text {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && token.len() <= 200 => {
            Ok(Some(token.trim().to_owned()))
        }
        Some(_) | None => Err(Problem::new(
            Kind::Unauthenticated,
            "the header `authorization` is no bearer token",
        )
        .help("send `Authorization: Bearer KEY`")),
    }
}

/// Whose the token is.
async fn known(served: &Arc<Served>, token: String) -> Result<(Actor, u32), Problem> {
    let desk = Arc::clone(&served.desk);
    if !Keys::is_key(&token) {
        return signed_in(served, token).await;
    }
    // What is known from a moment ago needs no thread that may block.
    let remembered = desk.records()?.keys.remembered(&token, clock::now());
    let key: Option<Key> = if remembered.is_some() {
        remembered
    } else {
        let look = move || Ok::<_, Problem>(desk.records()?.keys.of(&token, clock::now())?);
        served.blocking(look).await??
    };
    let Some(key) = key else {
        served.metrics.unknown.fetch_add(1, Ordering::Relaxed);
        let said = "the key is not known here, or it is over";
        return Err(Problem::new(Kind::Unauthenticated, said));
    };
    Ok((key.actor(), key.per_second.unwrap_or(served.per_second)))
}

/// The person whose session the token is.
async fn signed_in(served: &Arc<Served>, token: String) -> Result<(Actor, u32), Problem> {
    let desk = Arc::clone(&served.desk);
    let token = Secret::new(token);
    let look = move || Ok::<_, Problem>(desk.people()?.session(&token, clock::now())?);
    let Some(session) = served.blocking(look).await?? else {
        served.metrics.unknown.fetch_add(1, Ordering::Relaxed);
        let said = "the key or session is not known here, or it is over";
        return Err(Problem::new(Kind::Unauthenticated, said));
    };
    Ok((Actor::from(&session), served.per_second))
}

#[cfg(test)]
mod tests;
