//! `exeat lists update`: fetches the lists, and takes in what lies in the drop folder.

use super::{Exit, Form, Stop};
use crate::cli::complain;
use crate::clock;
use crate::data::DataFolder;
use crate::lists::manifest::Manifest;
use crate::lists::refresh::{LeftOut, put_in_place};
use crate::lists::settings::Settings;
use crate::lists::update::{News, Terms, update};

/// Fetch the lists again, and take in the files of the drop folder
///
/// This is the only command that opens a connection. lists.toml in the data folder says where the
/// lists are; without it, the official addresses of the United States and the United Nations are
/// used. A source that does not come whole, or has shrunk suspiciously, keeps its last good files.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Take a list even where it is older or holds far less than before
    #[arg(long)]
    accept_shrunken: bool,
    /// Fetch nothing; take in the drop folder only
    #[arg(long)]
    offline: bool,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Updates every source. The exit code is 1 where one of them kept its last good files.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let data = DataFolder::open()?;
    let mut settings = Settings::read(&data)?;
    if args.offline {
        settings.remotes.clear();
    }
    let mut manifest = Manifest::read(&data)?;
    let terms = Terms { accept_shrunken: args.accept_shrunken, today: clock::today() };
    let mut failed = false;
    update(&data, &settings, &mut manifest, terms, &mut |name, news| match news {
        News::Unchanged => complain(&format!("{name}: unchanged")),
        News::New(taken) => {
            let all: u64 = taken.entries.values().sum();
            complain(&format!("{name}: {all} entries"));
            for problem in taken.problems.iter().take(3) {
                complain(&format!("  note: {problem}"));
            }
        }
        News::Kept(why) => {
            failed = true;
            complain(&format!("error: {name}: {why}\n  the last good list is kept"));
        }
        News::Shrunken(why) => {
            failed = true;
            let how = "take it with --accept-shrunken if that is right";
            complain(&format!("error: {name}: {why}; {how}\n  the last good list is kept"));
        }
    })?;
    if !manifest.source.is_empty() {
        for LeftOut { list, source } in put_in_place(&data, &manifest)? {
            complain(&format!(
                "note: {list} of `{source}` is not used: another source has it younger, fuller or as published"
            ));
        }
    }
    super::status::print(&data.snapshot(), args.format)?;
    Ok(if failed { Exit::Failed } else { Exit::Fine })
}
