//! HTTP: what is served where.
//!
//! [`v1`] is the API, [`crate::pages`] are the pages, [`probes`] say whether the server is well.
//! Nothing is decided here; requests become calls of the [`Desk`](crate::desk::Desk), on threads
//! that may block. [`envelope`] is what all requests have in common.

mod caller;
mod envelope;
mod listener;
pub(crate) mod log;
mod metrics;
pub(crate) mod operation;
mod probes;
pub(crate) mod problem;
pub(crate) mod served;
pub(crate) mod stream;
mod tasks;
pub(crate) mod v1;

use crate::mcp::{Tools, wire};
use crate::pages;
use crate::trouble::Trouble;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use served::Served;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal;

/// Serves until the process is told to stop; what was accepted is finished.
pub(crate) async fn serve(
    listener: TcpListener,
    metrics: Option<TcpListener>,
    served: Arc<Served>,
) {
    let watching = tokio::spawn(refreshing(Arc::clone(&served)));
    let tasks = tokio::spawn(tasks::run(Arc::clone(&served)));
    let counting = metrics.map(|it| tokio::spawn(probes::metrics(it, Arc::clone(&served))));
    listener::serve(listener, router(&served), served, stopped()).await;
    watching.abort();
    tasks.abort();
    if let Some(counting) = counting {
        counting.abort();
    }
}

/// Serves the tools for assistants at `/mcp`, to those who send a key.
pub(crate) async fn serve_tools(listener: TcpListener, served: Arc<Served>, records: bool) {
    let desk = Arc::clone(&served.desk);
    let tools = StreamableHttpService::new(
        move || Ok(Tools::new(Arc::clone(&desk), None, records)),
        Arc::new(LocalSessionManager::default()),
        StreamableHttpServerConfig::default(),
    );
    let router = Router::new()
        .route_service("/mcp", tools)
        .layer(from_fn_with_state(Arc::clone(&served), messages))
        .layer(from_fn_with_state(Arc::clone(&served), caller::known_callers))
        .merge(probes::router().with_state(Arc::clone(&served)))
        .layer(from_fn_with_state(Arc::clone(&served), envelope::wrap));
    listener::serve(listener, router, served, stopped()).await;
}

/// Answers a message for the tools that cannot be taken, and lets the others through.
async fn messages(State(served): State<Arc<Served>>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let id = envelope::id_of(&request);
    let (parts, body) = request.into_parts();
    let body = match v1::whole(&served, &parts.headers, body, served.limits.body).await {
        Ok(body) => body,
        Err(problem) => return problem.response(&id),
    };
    match wire::refusal(&body) {
        None => next.run(Request::from_parts(parts, body.into())).await,
        Some(refusal) => {
            let headers = [(CONTENT_TYPE, operation::JSON)];
            (StatusCode::BAD_REQUEST, headers, refusal.to_string()).into_response()
        }
    }
}

/// Listens at an address.
///
/// # Errors
///
/// Where it is taken or not of this machine.
pub(crate) async fn listening(address: SocketAddr) -> Result<TcpListener, Trouble> {
    TcpListener::bind(address).await.map_err(|error| {
        Trouble::new(format!("cannot listen on {address}: {error}")).help("choose another address")
    })
}

/// Everything that is served.
pub(crate) fn router(served: &Arc<Served>) -> Router {
    Router::new()
        .merge(probes::router().with_state(Arc::clone(served)))
        .merge(v1::router(served))
        .merge(pages::router(&served.desk).with_state(Arc::clone(&served.desk)))
        .layer(from_fn_with_state(Arc::clone(served), envelope::wrap))
}

/// Looks every few seconds whether there is a newer rulebook or snapshot.
async fn refreshing(served: Arc<Served>) {
    const EVERY: std::time::Duration = std::time::Duration::from_secs(2);
    let mut failing = false;
    loop {
        tokio::time::sleep(EVERY).await;
        let desk = Arc::clone(&served.desk);
        let refreshed = tokio::task::spawn_blocking(move || desk.refresh()).await;
        match refreshed {
            Ok(Ok(what)) => {
                failing = false;
                if what.law || what.lists {
                    served.log.tell(log::Level::Info, "refreshed", |json| {
                        json.bool_of("law", what.law);
                        json.bool_of("lists", what.lists);
                    });
                }
            }
            // Told once: the old ones go on answering.
            Ok(Err(_)) | Err(_) if !failing => {
                failing = true;
                served.log.tell(log::Level::Error, "refresh-failed", |json| {
                    json.text_of("help", "run exeat doctor; the old law and lists go on answering");
                });
            }
            Ok(Err(_)) | Err(_) => {}
        }
    }
}

/// Returns when somebody asks the process to stop.
async fn stopped() {
    let interrupted = async {
        // Where the signal cannot be waited for, it ends the process, as it would without us.
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
