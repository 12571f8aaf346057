//! `exeat serve`: the record, the API and the pages.

use super::{Exit, Stop, complain};
use crate::desk::{Desk, DeskArgs};
use crate::server;
use crate::trouble::Trouble;
use std::net::SocketAddr;
use std::sync::Arc;

/// Answer over HTTP: an API for machines, pages for people
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    desk: DeskArgs,
}

/// Serves until it is told to stop, and finishes what it accepted.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let desk = Arc::new(Desk::open(&args.desk)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(|error| {
            Trouble::new(format!("cannot listen on {}: {error}", args.listen))
                .help("choose another address with --listen")
        })?;
        complain(&format!("listening on http://{}", listener.local_addr()?));
        server::serve(listener, desk).await?;
        Ok(Exit::Fine)
    })
}
