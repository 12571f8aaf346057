//! The way to PostgreSQL over TLS, with an authority of the tests' own (made by `openssl`).

use crate::server::{Own, programs};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use store::{Error, Options, Store};

/// A server that takes no connection in clear text, but by its socket; and the port it listens on.
fn server(folder_of_certificates: &Path) -> Option<(Own, u16)> {
    let has_openssl = Command::new("openssl").arg("version").output().is_ok();
    let programs = programs().filter(|_| has_openssl);
    let Some(programs) = programs else {
        let what = "SKIPPED: PostgreSQL over TLS, because PostgreSQL or openssl is not installed";
        writeln!(std::io::stderr(), "\n!!! {what}").unwrap();
        return None;
    };
    authority(folder_of_certificates, "ca");
    authority(folder_of_certificates, "stranger");
    signed(folder_of_certificates, "server", "subjectAltName=DNS:localhost");
    signed(folder_of_certificates, "client", "extendedKeyUsage=clientAuth");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let own = Own::start(&programs, "encrypted", port, |folder| {
        for name in ["ca.pem", "server.pem", "server.key"] {
            fs::copy(folder_of_certificates.join(name), folder.join(name)).unwrap();
        }
        let trusted = "local all all trust\nhostssl mutual all all trust clientcert=verify-ca\n\
                       hostssl all all all trust\n";
        fs::write(folder.join("hba.conf"), trusted).unwrap();
        let file = |setting: &str, name: &str| {
            format!("{setting}={}", folder.join(name).to_str().unwrap())
        };
        vec![
            "listen_addresses=127.0.0.1".to_owned(),
            "ssl=on".to_owned(),
            file("ssl_ca_file", "ca.pem"),
            file("ssl_cert_file", "server.pem"),
            file("ssl_key_file", "server.key"),
            file("hba_file", "hba.conf"),
        ]
    });
    Some((own, port))
}

fn openssl(folder: &Path, arguments: &str) {
    let mut command = Command::new("openssl");
    let made = command.args(arguments.split(' ')).current_dir(folder).output().unwrap();
    assert!(made.status.success(), "{arguments}: {}", String::from_utf8_lossy(&made.stderr));
}

const KEY: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";

fn authority(folder: &Path, name: &str) {
    openssl(
        folder,
        &format!("req -x509 {KEY} -days 2 -subj /CN={name} -keyout {name}.key -out {name}.pem"),
    );
}

/// A certificate signed by `ca`.
fn signed(folder: &Path, name: &str, extension: &str) {
    openssl(folder, &format!("req {KEY} -subj /CN={name} -keyout {name}.key -out {name}.csr"));
    fs::write(folder.join("extension"), extension).unwrap();
    openssl(
        folder,
        &format!(
            "x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
             -extfile extension -out {name}.pem"
        ),
    );
}

/// Why records are out of reach, from cause to cause.
fn why_not(result: Result<Arc<dyn Store>, Error>) -> String {
    let error = result.err().unwrap();
    assert!(matches!(error, Error::Unavailable { .. }), "{error:?}");
    store::causes(&error)
}

#[test]
fn a_server_elsewhere_is_spoken_to_over_tls_where_it_proves_who_it_is_and_else_not_at_all() {
    let folder = crate::backends::folder("encrypted");
    let Some((own, port)) = server(&folder) else { return };
    let admin = format!("{}/postgres", own.base());
    let mut admin = postgres::Client::connect(&admin, postgres::NoTls).unwrap();
    for name in ["plain", "mutual"] {
        admin.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    }
    let open = |database: &str, host: &str, options: &str| {
        let folder = folder.to_str().unwrap();
        let options = options.replace('@', &format!("{folder}/"));
        let address = format!("postgres://exeat@{host}:{port}/{database}?{options}");
        store::open(&address, &Options::default())
    };
    let mut encrypted = || {
        let sql = "SELECT ssl, count(*) FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) \
                   WHERE application_name = 'exeat' GROUP BY ssl ORDER BY ssl";
        let rows = admin.query(sql, &[]).unwrap();
        rows.iter().map(|it| (it.get(0), it.get(1))).collect::<Vec<(bool, i64)>>()
    };

    let known = "sslmode=verify-full&sslrootcert=@ca.pem";
    let records = open("plain", "localhost", known).unwrap();
    assert_eq!(records.head().unwrap().seq, 0);
    assert_eq!(encrypted(), [(true, 2)], "one connection writes and one reads, both over TLS");
    drop(records);

    let stranger = open("plain", "localhost", "sslmode=verify-full&sslrootcert=@stranger.pem");
    let why = why_not(stranger);
    assert!(why.contains("UnknownIssuer"), "{why}");
    let why = why_not(open("plain", "localhost", "sslmode=verify-full"));
    assert!(why.contains("UnknownIssuer"), "the authorities of the web do not know it: {why}");
    let why = why_not(open("plain", "127.0.0.1", known));
    assert!(why.contains("not valid for name"), "the certificate is another's: {why}");
    let why = why_not(open("plain", "localhost", "sslmode=disable"));
    assert!(why.contains("no encryption"), "{why}");

    let why = why_not(open("mutual", "localhost", known));
    assert!(why.contains("client certificate"), "{why}");
    let identified = format!("{known}&sslcert=@client.pem&sslkey=@client.key");
    assert!(open("mutual", "localhost", &identified).is_ok());
}

#[test]
fn a_server_without_tls_is_told_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut request = [0; 8];
        connection.read_exact(&mut request).unwrap();
        connection.write_all(b"N").unwrap();
        let mut rest = Vec::new();
        connection.read_to_end(&mut rest).unwrap();
        (request, rest)
    });
    let address = format!("postgres://exeat:secret@localhost:{port}/exeat?sslmode=verify-full");
    let why = why_not(store::open(&address, &Options::default()));
    assert!(why.contains("does not support TLS"), "{why}");
    let (request, rest) = server.join().unwrap();
    assert_eq!(request, [0, 0, 0, 8, 4, 210, 22, 47], "it was asked for TLS");
    assert_eq!(rest, b"");
}
