//! One connection, and how it is made again.

use super::address::Address;
use crate::error::Error;
use crate::migrations;
use ::postgres::error::SqlState;
use ::postgres::types::ToSql;
use ::postgres::{Client, NoTls, Row, Statement};
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// How long to wait for a server, and for a lock that another holds.
const PATIENCE: Duration = Duration::from_secs(5);

/// The number of our lock while a database is brought up to date.
const MIGRATING: i64 = 0x0065_7865_6174;

/// Where the database is.
#[derive(Clone)]
pub(super) struct Server {
    address: Address,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the password.
        let database = self.address.config.get_dbname();
        f.debug_struct("Server").field("database", &database).finish_non_exhaustive()
    }
}

impl Server {
    /// # Errors
    ///
    /// As [`Address::parse`].
    pub(super) fn new(address: &str) -> Result<Self, Error> {
        let mut address = Address::parse(address)?;
        let config = &mut address.config;
        config.connect_timeout(PATIENCE).application_name("exeat");
        config.tcp_user_timeout(PATIENCE * 2).keepalives_idle(PATIENCE * 6);
        Ok(Self { address })
    }

    /// A new connection.
    pub(super) fn link(&self) -> Result<Link, Error> {
        let during = trouble("connecting");
        let Address { config, tls } = &self.address;
        let connected = match tls {
            Some(tls) => config.connect(tls.clone()),
            None => config.connect(NoTls),
        };
        let mut client = connected.map_err(during)?;
        // A commit that is answered must not be lost, whatever the server's default. A plan is made
        // for the label or word that is asked for: one for all of them treats each as rare.
        client
            .batch_execute(
                "SELECT set_config('synchronous_commit', 'on', false) \
                   WHERE current_setting('synchronous_commit') = 'off'; \
                 SET lock_timeout = '5s'; SET plan_cache_mode = force_custom_plan; \
                 SET client_min_messages = warning",
            )
            .map_err(during)?;
        Ok(Link { client, prepared: BTreeMap::new() })
    }
}

/// A connection with its prepared statements.
pub(super) struct Link {
    client: Client,
    prepared: BTreeMap<String, Statement>,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("gone", &self.client.is_closed()).finish_non_exhaustive()
    }
}

/// At most so many statements are kept prepared: queries of lists come in many shapes.
const PREPARED: usize = 128;

impl Link {
    /// Whether it broke.
    pub(super) fn is_gone(&self) -> bool {
        self.client.is_closed()
    }

    fn statement(&mut self, sql: &str) -> Result<Statement, ::postgres::Error> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= PREPARED {
            self.prepared.clear();
        }
        let statement = self.client.prepare(sql)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// The rows of a query.
    pub(super) fn rows(
        &mut self,
        doing: &'static str,
        sql: &str,
        which: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql).map_err(trouble(doing))?;
        self.client.query(&statement, which).map_err(trouble(doing))
    }

    /// The row of a query, where there is one.
    pub(super) fn row(
        &mut self,
        doing: &'static str,
        sql: &str,
        which: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, Error> {
        Ok(self.rows(doing, sql, which)?.into_iter().next())
    }

    /// How many rows a statement wrote.
    pub(super) fn write(
        &mut self,
        doing: &'static str,
        sql: &str,
        which: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, Error> {
        let statement = self.statement(sql).map_err(trouble(doing))?;
        self.client.execute(&statement, which).map_err(trouble(doing))
    }

    /// A statement without arguments or rows.
    pub(super) fn say(&mut self, doing: &'static str, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql).map_err(trouble(doing))
    }

    /// Begins a transaction.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        self.say("beginning to write", "BEGIN")
    }

    /// Writes in the transaction that was begun, and ends it: all of it is there, or nothing.
    pub(super) fn finish<T>(
        &mut self,
        write: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let result = write(self).and_then(|it| self.say("committing", "COMMIT").map(|()| it));
        if result.is_err() {
            // Where even this fails the connection is gone, and the server rolls back by itself.
            drop(self.say("rolling back", "ROLLBACK"));
        }
        result
    }

    /// Brings the database up to date.
    pub(super) fn migrate(&mut self) -> Result<(), Error> {
        const DURING: &str = "bringing the database up to date";
        self.begin()?;
        self.finish(|link| {
            link.rows(DURING, "SELECT pg_advisory_xact_lock($1)", &[&MIGRATING])?;
            link.say(DURING, "CREATE TABLE IF NOT EXISTS exeat_version (version BIGINT NOT NULL)")?;
            let sql = "SELECT coalesce(max(version), 0) FROM exeat_version";
            let version: i64 = link.row(DURING, sql, &[])?.map_or(0, |it| it.get(0));
            for (number, step) in migrations::missing(version)? {
                link.say(DURING, step.postgres)?;
                let sql = "INSERT INTO exeat_version (version) VALUES ($1)";
                link.write(DURING, sql, &[&number])?;
            }
            Ok(())
        })
    }
}

/// What an error of PostgreSQL means to the caller.
pub(super) fn trouble(doing: &'static str) -> impl Fn(::postgres::Error) -> Error + Copy {
    move |error| {
        let damaged = [SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED];
        if error.code().is_some_and(|it| damaged.contains(it)) {
            Error::corrupt(error)
        } else {
            Error::unavailable(doing, error)
        }
    }
}

/// A column that is not what it must be.
pub(super) fn misread(error: ::postgres::Error) -> Error {
    Error::corrupt(error)
}
