//! `exeat serve`: the record, the API and the pages.

use super::{Exit, Stop, complain};
use crate::clock;
use crate::desk::fault::Fault;
use crate::desk::people::People;
use crate::desk::{Desk, DeskArgs};
use crate::records::RecordsArg;
use crate::server;
use crate::server::log::Log;
use crate::server::served::{Limits, Served};
use crate::trouble::Trouble;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Answer over HTTP: an API for machines, pages for people
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where Prometheus finds what is counted; nowhere if not said
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// Answer what leaves nothing behind (checks, questions, classification, screening) also
    /// without a key
    #[arg(long)]
    open: bool,
    /// How many requests a second each key may make, where it has no rate of its own; 0 is as many
    /// as it likes
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    rate: u32,
    #[command(flatten)]
    records: RecordsArg,
    #[command(flatten)]
    desk: DeskArgs,
}

async fn listening(address: SocketAddr) -> Result<TcpListener, Trouble> {
    TcpListener::bind(address).await.map_err(|error| {
        Trouble::new(format!("cannot listen on {address}: {error}")).help("choose another address")
    })
}

/// The link that makes the first account, where there is none.
fn first_account(desk: &Desk, at: SocketAddr) -> Result<Option<String>, Trouble> {
    let fault = |it: Fault| Trouble::new(it.to_string());
    let people = People::new(&*desk.records().map_err(fault)?.store);
    let token = people.setup(clock::now()).map_err(fault)?;
    Ok(token.map(|it| format!("http://{at}/link/{}", it.reveal())))
}

/// Serves until it is told to stop, and finishes what it accepted.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let desk = Arc::new(Desk::open(&args.desk)?.over(args.records.open()?));
    // The lists are read before the first name asks: whether they can be is known at once.
    if !args.desk.search.no_screening {
        desk.lists()?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = listening(args.listen).await?;
        let metrics = match args.metrics {
            Some(address) => Some(listening(address).await?),
            None => None,
        };
        complain(&format!("listening on http://{}", listener.local_addr()?));
        if let Some(link) = first_account(&desk, listener.local_addr()?)? {
            complain(&format!("nobody has an account yet; make the first at {link}"));
        }
        let served = Served::new(desk, Log::to_standard_error(), Limits::default());
        let served = served.asked_by(args.open, args.rate);
        server::serve(listener, metrics, Arc::new(served)).await;
        Ok(Exit::Fine)
    })
}
