//! HTTP: what is served where.
//!
//! [`v1`] is the API, [`crate::pages`] are the pages, [`probes`] say whether the server is well.
//! Nothing is decided here; requests become calls of the [`Desk`], on threads that may block.

mod probes;
mod v1;

use crate::desk::Desk;
use crate::pages;
use axum::Router;
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal;

/// Serves until the process is told to stop; what was accepted is finished.
///
/// # Errors
///
/// Where the listener fails.
pub(crate) async fn serve(listener: TcpListener, desk: Arc<Desk>) -> io::Result<()> {
    axum::serve(listener, router(desk)).with_graceful_shutdown(stopped()).await
}

/// Everything that is served.
fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .merge(probes::router())
        .nest("/v1", v1::router())
        .merge(pages::router())
        .with_state(desk)
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
