//! `exeat serve`: the record, the API and the pages.

use super::{Exit, Stop, complain};
use crate::clock;
use crate::desk::house::House;
use crate::desk::people::provider::door::Door;
use crate::desk::{Desk, DeskArgs};
use crate::records::RecordsArg;
use crate::server;
use crate::server::log::Log;
use crate::server::served::{Limits, Served};
use crate::settings::Settings;
use crate::trouble::Trouble;
use std::net::SocketAddr;
use std::sync::Arc;

/// Answer over HTTP: an API for machines, pages for people
///
/// What no flag says is taken from the environment (`EXEAT_LISTEN`, `EXEAT_METRICS`, `EXEAT_OPEN`,
/// `EXEAT_RATE`, `EXEAT_RECORDS` and others), then from `exeat.toml` in the data folder.
/// docs/running.md has them all: also where people reach the server, whether every release needs an
/// approval, and an identity provider.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Where Prometheus finds what is counted; nowhere if not said
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// Answer what leaves nothing behind (checks, questions, classification, screening) also
    /// without a key
    #[arg(long)]
    open: bool,
    /// How many requests a second each key may make, where it has no rate of its own; 0 is as many
    /// as it likes
    #[arg(long, value_name = "COUNT")]
    rate: Option<u32>,
    #[command(flatten)]
    records: RecordsArg,
    #[command(flatten)]
    desk: DeskArgs,
}

/// The link that makes the first account, where there is none.
fn first_account(desk: &Desk, at: SocketAddr) -> Result<Option<String>, Trouble> {
    let setup = desk.people().and_then(|it| it.setup(clock::now()));
    let token = setup.map_err(|it| Trouble::new(it.to_string()))?;
    Ok(token.map(|it| format!("http://{at}/link/{}", it.reveal())))
}

/// Serves until it is told to stop, and finishes what it accepted.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let settings = Settings::read()?;
    let listen = args.listen.or(settings.listen).unwrap_or(([127, 0, 0, 1], 8080).into());
    let metrics = args.metrics.or(settings.metrics);
    let open = args.open || settings.open.unwrap_or(false);
    let rate = args.rate.or(settings.rate).unwrap_or(0);
    let records = args.records.clone().or(settings.records);
    let address = settings.address.clone().unwrap_or_else(|| format!("http://{listen}"));
    let provider = match &settings.openid {
        Some(openid) => Some(Door::new(openid.provider(&address)?)),
        None => None,
    };
    let house = House { approve_all: settings.approve_all.unwrap_or(false), provider };
    let desk = Desk::open(&args.desk)?.over(records.open()?).in_house(house);
    let desk = Arc::new(desk);
    // The lists are read before the first name asks: whether they can be is known at once.
    if !args.desk.search.no_screening {
        desk.lists()?;
    }
    desk.keep_lists()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (listener, metrics) = runtime.block_on(async {
        let metrics = match metrics {
            Some(address) => Some(server::listening(address).await?),
            None => None,
        };
        Ok::<_, Trouble>((server::listening(listen).await?, metrics))
    })?;
    let here = listener.local_addr()?;
    complain(&format!("listening on http://{here}"));
    if let Some(link) = first_account(&desk, here)? {
        complain(&format!("nobody has an account yet; make the first at {link}"));
    }
    // Records are read, and let go of, outside of the runtime: a client of PostgreSQL has its own.
    let served = Served::new(Arc::clone(&desk), Log::to_standard_error(), Limits::default());
    let served = served.asked_by(open, rate);
    runtime.block_on(server::serve(listener, metrics, Arc::new(served)));
    drop(runtime);
    drop(desk);
    Ok(Exit::Fine)
}
