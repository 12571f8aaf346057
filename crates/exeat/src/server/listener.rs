//! Connections: taken, limited in number, given a time in which to say what they want, and
//! finished before the process ends.

use super::log::Level;
use super::served::Served;
use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// How many connections there may be at a time; others wait to be taken.
const CONNECTIONS: usize = 4096;
/// In which time the head of a request must be there.
const HEAD: Duration = Duration::from_secs(15);
/// How long what was accepted may take when the process is to end.
const GRACE: Duration = Duration::from_secs(30);

/// Serves until `stopped` returns; what was accepted is finished.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    served: Arc<Served>,
    stopped: impl Future<Output = ()>,
) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let (stop, stopping) = watch::channel(());
    let (open, mut closed) = tokio::sync::mpsc::channel::<()>(1);
    let mut stopped = pin!(stopped);
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            () = &mut stopped => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    rest(&served, &error).await;
                    continue;
                }
            },
        };
        let service = router.clone();
        let mut stopping = stopping.clone();
        let open = open.clone();
        tokio::spawn(async move {
            connection(stream, peer, service, &mut stopping).await;
            drop((permit, open));
        });
    }
    served.stop();
    drop((listener, stopping, open));
    drop(stop);
    // Every connection holds an end of the channel; it closes with the last of them.
    let finished = async {
        while closed.recv().await.is_some() {}
        while served.under_way() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    if tokio::time::timeout(GRACE, finished).await.is_err() {
        served.log.tell(Level::Warning, "stopped-unfinished", |json| {
            json.number_of("under_way", served.under_way() as u64);
        });
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    stopping: &mut watch::Receiver<()>,
) {
    // An answer is written at once; where the system does not take the wish, it is written later.
    drop(stream.set_nodelay(true));
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.call(request)
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_headers(64)
        .serve_connection(TokioIo::new(stream), service);
    let mut serving = pin!(serving);
    tokio::select! {
        // How a connection ended is the caller's matter.
        _ = serving.as_mut() => return,
        // The sender is dropped when the process is to end.
        _ = stopping.changed() => {}
    }
    serving.as_mut().graceful_shutdown();
    drop(serving.await);
}

/// Waits a little where the system has no more connections to give.
async fn rest(served: &Served, error: &io::Error) {
    served.log.tell(Level::Error, "accept-failed", |json| {
        json.text_of("kind", &format!("{:?}", error.kind()));
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
}
