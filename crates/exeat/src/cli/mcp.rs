//! `exeat mcp`: the same answers as tools for assistants.

use super::{Exit, Stop, complain};
use crate::desk::permission::{Actor, Scope};
use crate::desk::{Desk, DeskArgs};
use crate::mcp::{Tools, wire};
use crate::records::RecordsArg;
use crate::server;
use crate::server::log::Log;
use crate::server::served::{Limits, Served};
use crate::trouble::Trouble;
use rmcp::ServiceExt;
use std::net::SocketAddr;
use std::sync::Arc;

/// Offer the same answers as tools to an assistant, by the Model Context Protocol
///
/// Over standard input and output, or over HTTP at /mcp with --listen, where the assistant sends a
/// key (see `exeat keys`) as a bearer token. The tools only read, unless --allow-records is given.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Answer over HTTP at /mcp of this address, instead of standard input and output
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Offer also the tools that leave records: determinations, cases and their steps
    #[arg(long)]
    allow_records: bool,
    #[command(flatten)]
    records: RecordsArg,
    #[command(flatten)]
    desk: DeskArgs,
}

/// Answers until the assistant closes, or the process is told to stop.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let desk = Desk::open(&args.desk)?;
    let mut scopes = vec![Scope::Check, Scope::Screen];
    let desk = if args.allow_records || args.listen.is_some() {
        scopes.extend([Scope::Record, Scope::ReadCases, Scope::WriteCases]);
        desk.over(args.records.open()?)
    } else {
        desk
    };
    let desk = Arc::new(desk);
    // Let go of after the runtime: a client of PostgreSQL has one of its own.
    let kept = Arc::clone(&desk);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let exit = runtime.block_on(async {
        if let Some(address) = args.listen {
            let listener = server::listening(address).await?;
            complain(&format!("listening on http://{}/mcp", listener.local_addr()?));
            let served = Served::new(desk, Log::to_standard_error(), Limits::default());
            server::serve_tools(listener, Arc::new(served), args.allow_records).await;
            return Ok(Exit::Fine);
        }
        let actor = Actor::key("assistant", "an assistant on this machine", scopes);
        let tools = Tools::new(desk, Some(actor), args.allow_records);
        let failed = |error: String| Trouble::new(format!("the assistant went away: {error}"));
        let (ends, written) = wire::between(tokio::io::stdin(), tokio::io::stdout());
        let serving = tools.serve(ends).await;
        let serving = serving.map_err(|error| failed(error.to_string()))?;
        serving.waiting().await.map_err(|error| failed(error.to_string()))?;
        written.await.map_err(|error| failed(error.to_string()))??;
        Ok(Exit::Fine)
    });
    drop(runtime);
    drop(kept);
    exit
}
