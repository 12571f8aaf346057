//! A PostgreSQL server of the tests' own: started when the first test asks, gone with the process.
//!
//! `EXEAT_TEST_POSTGRES` names another (its databases are made and dropped by the tests). Where
//! there is neither, tests over PostgreSQL are skipped, and say so.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

static SERVER: OnceLock<Option<String>> = OnceLock::new();
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// The address of a new, empty database; `None` where there is no server.
pub(crate) fn database() -> Option<String> {
    let base = SERVER.get_or_init(address).as_ref()?;
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("exeat_test_{}_{number}", std::process::id());
    let mut client = postgres::Client::connect(&with(base, "postgres"), postgres::NoTls).unwrap();
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name}")).unwrap();
    client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    Some(with(base, &name))
}

fn with(base: &str, name: &str) -> String {
    format!("{base}/{name}")
}

#[expect(clippy::disallowed_methods, reason = "this is a setting of the tests")]
fn address() -> Option<String> {
    if let Ok(address) = std::env::var("EXEAT_TEST_POSTGRES") {
        return Some(address.trim_end_matches('/').to_owned());
    }
    let Some(programs) = programs() else {
        // Past the harness, which would keep it to itself.
        let what = "SKIPPED: no PostgreSQL server is installed, and EXEAT_TEST_POSTGRES is not set";
        writeln!(std::io::stderr(), "\n!!! {what}").unwrap();
        return None;
    };
    Some(Own::start(&programs, "postgres", 5432, |_| Vec::new()).base())
}

/// The folder with `postgres` and `initdb`.
pub(crate) fn programs() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let installed = installed.filter_map(|it| Some(it.ok()?.path().join("bin")));
    let mut folders: Vec<PathBuf> = installed.collect();
    folders.sort();
    folders.extend(["/usr/local/bin", "/usr/bin", "/usr/local/pgsql/bin"].map(PathBuf::from));
    folders.into_iter().find(|it| it.join("postgres").exists() && it.join("initdb").exists())
}

/// A server that runs until this process ends.
pub(crate) struct Own {
    folder: PathBuf,
    port: u16,
}

impl Own {
    /// Starts one. `prepare` may put files into the folder, and says what settings it wants.
    pub(crate) fn start(
        programs: &Path,
        name: &str,
        port: u16,
        prepare: impl FnOnce(&Path) -> Vec<String>,
    ) -> Self {
        // Another user must be able to reach it, so not below a home.
        let folder = std::env::temp_dir().join(format!("exeat-{name}-{}", std::process::id()));
        sweep(name);
        fs::create_dir_all(&folder).unwrap();
        let own = Self { folder, port };
        let settings = prepare(&own.folder);
        let user = unprivileged();
        if let Some(user) = &user {
            let chown = Command::new("chown").arg("-R").arg(user).arg(&own.folder).status();
            assert!(chown.unwrap().success());
        }
        let data = own.folder.join("data");
        let mut init = command(user.as_deref(), &programs.join("initdb"));
        init.args(["--auth=trust", "--username=exeat", "--no-sync", "--encoding=UTF8"]);
        let made = init.args(["--locale=C", "-D"]).arg(&data).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let mut serve = command(user.as_deref(), &programs.join("postgres"));
        serve.arg("-D").arg(&data).arg("-k").arg(&own.folder);
        serve.arg("-p").arg(port.to_string());
        serve.args(["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200"]);
        serve.args(settings.iter().flat_map(|it| ["-c", it.as_str()]));
        serve.stdout(Stdio::null()).stderr(Stdio::null());
        // The server goes when the thread that started it goes: this one stays to the end.
        thread::spawn(move || serve.spawn().unwrap().wait());
        for _ in 0..600 {
            if postgres::Client::connect(&with(&own.base(), "postgres"), postgres::NoTls).is_ok() {
                return own;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("PostgreSQL did not start in {}", own.folder.display());
    }

    /// The address of the server, by its socket.
    pub(crate) fn base(&self) -> String {
        let folder = self.folder.to_str().unwrap().replace('/', "%2F");
        format!("postgresql://exeat@{folder}:{}", self.port)
    }
}

/// Removes what servers of processes that are gone left behind.
fn sweep(name: &str) {
    let prefix = format!("exeat-{name}-");
    for entry in fs::read_dir(std::env::temp_dir()).unwrap().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|it| it.strip_prefix(&prefix));
        if owner.is_some_and(|it| !Path::new("/proc").join(it).exists()) {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

/// Whom to run a server as, where we are root: it refuses that.
fn unprivileged() -> Option<String> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().unwrap();
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    };
    if id(&["-u"]).unwrap().trim() != "0" {
        return None;
    }
    let found = ["postgres", "nobody"].into_iter().find(|it| id(&["-u", it]).is_some());
    Some(found.expect("a user to run PostgreSQL as").to_owned())
}

/// A program that ends when the thread that starts it ends.
fn command(user: Option<&str>, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if let Some(user) = user {
        command.args(["--reuid", user, "--regid"]);
        let group = Command::new("id").args(["-g", user]).output().unwrap();
        command.arg(String::from_utf8(group.stdout).unwrap().trim()).arg("--clear-groups");
    }
    command.arg("--").arg(program).current_dir("/");
    command
}

/// A time in which nobody can connect to a database, and those who were connected are not.
pub(crate) struct Gone {
    admin: postgres::Client,
    name: String,
}

impl Gone {
    /// It begins.
    pub(crate) fn begin(address: &str) -> Self {
        let (base, name) = address.rsplit_once('/').unwrap();
        let mut admin =
            postgres::Client::connect(&with(base, "postgres"), postgres::NoTls).unwrap();
        let closed = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        admin.batch_execute(&closed).unwrap();
        let mut gone = Self { admin, name: name.to_owned() };
        gone.disconnect();
        gone
    }

    /// Ends every connection there is.
    fn disconnect(&mut self) {
        let sql = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1";
        self.admin.execute(sql, &[&self.name]).unwrap();
    }
}

impl Drop for Gone {
    fn drop(&mut self) {
        let open = format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name);
        drop(self.admin.batch_execute(&open));
    }
}

/// A copy of a database that nobody is connected to.
pub(crate) fn copy(of: &str) -> Option<String> {
    let base = SERVER.get_or_init(address).as_ref()?;
    let (_, template) = of.rsplit_once('/').unwrap();
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("exeat_test_{}_{number}", std::process::id());
    let mut client = postgres::Client::connect(&with(base, "postgres"), postgres::NoTls).unwrap();
    // Connections that were closed may take a moment to be gone.
    let closed = format!(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{template}'"
    );
    client.batch_execute(&closed).unwrap();
    client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).unwrap();
    Some(with(base, &name))
}
