//! Lists on their way in from a page: taken aside, watched under an address of their own.
//!
//! One at a time. What was refused only because a list shrank is kept until the next one, so that
//! somebody who knows why can accept it without sending it again.

use super::super::Desk;
use super::super::fault::Fault;
use super::super::permission::{Actor, Permission, Whose};
use super::arrival::{Arrived, Fetching, kept};
use crate::chance;
use crate::data::DataFolder;
use crate::lists::manifest::Manifest;
use crate::lists::refresh::{Incoming, Refusal};
use crate::lists::settings::Settings;
use jiff::civil::Date;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The delivery of this process, where one was asked for.
#[derive(Debug, Default)]
pub(crate) struct Deliveries(Mutex<Option<Arc<Delivery>>>);

/// What comes.
#[derive(Clone, Debug)]
pub(crate) enum Cargo {
    /// Files that somebody sent.
    Sent(Incoming),
    /// What `lists.toml` names, and what lies in the drop folder.
    Fetched {
        /// Whether only the drop folder is taken in.
        offline: bool,
    },
}

/// Lists that are on their way in, or came.
#[derive(Debug)]
pub(crate) struct Delivery {
    /// Its name.
    pub(crate) name: String,
    cargo: Mutex<Option<Cargo>>,
    state: Mutex<State>,
}

/// How far a delivery is.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// What became of each source, in the order of their coming.
    pub(crate) came: Vec<Arrived>,
    /// How it ended, or why it could not.
    pub(crate) ended: Option<Result<(), String>>,
}

impl Delivery {
    /// How far it is.
    pub(crate) fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// What is kept of lists here, and where they come from.
#[derive(Debug)]
pub(crate) struct Sources {
    /// Where they are fetched, and where files are dropped.
    pub(crate) settings: Settings,
    /// What is kept.
    pub(crate) manifest: Manifest,
    /// Whether the server answers with lists that it was started with, and not with these.
    pub(crate) elsewhere: bool,
}

impl Desk {
    /// Where lists come from, and what is kept of them.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or the data folder cannot be read.
    pub(crate) fn sources(&self, actor: &Actor) -> Result<Sources, Fault> {
        actor.may(Permission::ManageLists, Whose::Anyone)?;
        let data = DataFolder::open()?;
        let (settings, manifest) = (Settings::read(&data)?, Manifest::read(&data)?);
        let elsewhere = self.args.search.no_screening || self.args.search.of.lists.is_some();
        Ok(Sources { settings, manifest, elsewhere })
    }

    /// Begins to take lists in, and returns the name under which that is watched.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or others are still on their way in.
    pub(crate) fn begin_delivery(
        self: &Arc<Self>,
        actor: &Actor,
        cargo: Cargo,
        accept_shrunken: bool,
        today: Date,
    ) -> Result<String, Fault> {
        actor.may(Permission::ManageLists, Whose::Anyone)?;
        let mut held = self.deliveries.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref().is_some_and(|it| it.state().ended.is_none()) {
            let what = "other lists are on their way in; wait until they are here";
            return Err(Fault::invalid("file", what));
        }
        let name = chance::id()?;
        let delivery = Arc::new(Delivery {
            name: name.clone(),
            cargo: Mutex::default(),
            state: Mutex::default(),
        });
        *held = Some(Arc::clone(&delivery));
        let desk = Arc::clone(self);
        thread::spawn(move || {
            // Others could not come in any more where this one never ended.
            let deliver = || desk.deliver(&delivery, &cargo, accept_shrunken, today);
            let ended = catch_unwind(AssertUnwindSafe(deliver))
                .map_err(|_| "the program failed over them; its log says where".to_owned())
                .and_then(|it| it.map_err(|it| it.to_string()));
            if delivery.state().came.iter().any(|it| it.shrunken) {
                let mut kept = delivery.cargo.lock().unwrap_or_else(PoisonError::into_inner);
                *kept = Some(cargo);
            }
            delivery.change(|it| it.ended = Some(ended));
        });
        Ok(name)
    }

    fn deliver(
        &self,
        delivery: &Delivery,
        cargo: &Cargo,
        accept_shrunken: bool,
        today: Date,
    ) -> Result<(), Fault> {
        let told = &mut |it: &Arrived| delivery.change(|state| state.came.push(it.clone()));
        match cargo {
            Cargo::Fetched { offline } => {
                let fetching = Fetching { offline: *offline, accept_shrunken };
                let all = self.fetched(fetching, today, told)?;
                // What is told at the end says also which lists were left out.
                delivery.change(|state| state.came = all);
            }
            Cargo::Sent(incoming) => match self.taken(incoming, accept_shrunken, today)? {
                Ok(it) => told(&it),
                Err(Refusal::NotUnderstood(all)) => told(&kept(&incoming.name, all, false)),
                Err(it) => {
                    let shrunken = it.may_be_meant();
                    told(&kept(&incoming.name, vec![it.to_string()], shrunken));
                }
            },
        }
        Ok(())
    }

    /// Takes in again what was refused because a list shrank, and accepts that.
    ///
    /// # Errors
    ///
    /// As [`Desk::begin_delivery`], and where it is no longer kept.
    pub(crate) fn accept_shrunken(
        self: &Arc<Self>,
        actor: &Actor,
        name: &str,
        today: Date,
    ) -> Result<String, Fault> {
        actor.may(Permission::ManageLists, Whose::Anyone)?;
        let gone = Fault::NotFound { what: "such delivery any more: send the file again" };
        let Some(delivery) = self.delivery(name) else { return Err(gone) };
        let cargo = delivery.cargo.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.begin_delivery(actor, cargo.ok_or(gone)?, true, today)
    }

    /// The delivery of that name, while it is kept.
    pub(crate) fn delivery(&self, name: &str) -> Option<Arc<Delivery>> {
        let held = self.deliveries.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|it| it.name == name).map(Arc::clone)
    }
}
