//! The records: where they are, what of the law and the lists is kept beside them, and how an
//! answer is given again.
//!
//! [`keep`] writes a determination down with all that it rests on; [`replay`] reads that and
//! answers anew. What a record is, is said in [`store::record`].

pub(crate) mod keep;
pub(crate) mod replay;

use crate::data::DataFolder;
use crate::trouble::Trouble;
use std::env::var_os;
use std::sync::Arc;
use store::{Error, Options, Store};

/// The variable that says where the records are.
const VARIABLE: &str = "EXEAT_RECORDS";

/// Where the records are.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct RecordsArg {
    /// Where the records are: a file, or the `postgres:` address of a database [default: `EXEAT_RECORDS`,
    /// or `records.db` in the data folder]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) records: Option<String>,
}

impl RecordsArg {
    /// The same, or this address where neither a flag nor the environment says another.
    pub(crate) fn or(self, address: Option<String>) -> Self {
        let said = self.records.is_some() || var_os(VARIABLE).is_some_and(|it| !it.is_empty());
        if said { self } else { Self { records: address } }
    }

    /// Opens the records, and makes them where there are none.
    ///
    /// # Errors
    ///
    /// Where they cannot be opened, or end before their anchor.
    pub(crate) fn open(&self) -> Result<Arc<dyn Store>, Trouble> {
        let address = self.address()?;
        if let Some(folder) = store::file(&address).and_then(std::path::Path::parent) {
            std::fs::create_dir_all(folder).map_err(|it| Trouble::writing(folder, &it))?;
        }
        store::open(&address, &Options::default()).map_err(Trouble::from)
    }

    /// Opens records that are there, whatever their anchor says: to look at them.
    ///
    /// # Errors
    ///
    /// Where there are none, or they cannot be opened.
    pub(crate) fn look(&self) -> Result<Arc<dyn Store>, Trouble> {
        let address = self.address()?;
        if let Some(path) = store::file(&address).filter(|it| !it.exists()) {
            return Err(Trouble::new(format!("there are no records at `{}`", path.display()))
                .help(format!("name them with --records, or set {VARIABLE}")));
        }
        let options = Options { strict: false, ..Options::default() };
        store::open(&address, &options).map_err(Trouble::from)
    }

    /// The address.
    ///
    /// # Errors
    ///
    /// Where none is given and no data folder is known.
    pub(crate) fn address(&self) -> Result<String, Trouble> {
        if let Some(address) = &self.records {
            return Ok(address.clone());
        }
        if let Some(address) = var_os(VARIABLE).filter(|it| !it.is_empty()) {
            let wrong = |_| Trouble::new(format!("{VARIABLE} is not UTF-8"));
            return address.into_string().map_err(wrong);
        }
        let file = DataFolder::open()?.records();
        let text = file.to_str().ok_or_else(|| Trouble::new("the data folder is not UTF-8"))?;
        Ok(format!("sqlite:{text}"))
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let trouble = Self::new(store::causes(&error));
        match error {
            Error::Unavailable { .. } => trouble.help("see that the database runs and has room"),
            Error::Corrupt { .. } => trouble.help("`exeat audit verify` says what is damaged"),
            Error::Conflict(_) => trouble.help("look again, and decide again"),
            Error::NotFound { .. } | Error::TooEarly { .. } | Error::Refused { .. } => trouble,
        }
    }
}
