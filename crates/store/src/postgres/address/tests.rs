use super::*;

fn encrypts(address: &str) -> bool {
    Address::parse(address).unwrap().tls.is_some()
}

fn problem(address: &str) -> String {
    Address::parse(address).err().unwrap().to_string()
}

#[test]
fn a_connection_is_in_clear_text_on_this_machine_only_or_where_the_address_says_so() {
    assert!(!encrypts("postgres://exeat@%2Fvar%2Frun%2Fpostgresql/exeat"));
    assert!(!encrypts("postgres://exeat@localhost/exeat"));
    assert!(!encrypts("postgres://exeat@127.0.0.1:5433/exeat"));
    assert!(!encrypts("postgres://exeat@[::1]/exeat"));
    assert!(!encrypts("postgres://exeat@db/exeat?sslmode=disable"));
    assert!(encrypts("postgres://exeat@db/exeat"));
    assert!(encrypts("postgres://exeat@10.0.0.7/exeat?connect_timeout=5"));
    assert!(encrypts("postgres://exeat@localhost,db/exeat"));
    assert!(encrypts("postgres://exeat@localhost/exeat?hostaddr=10.0.0.7"));
    assert!(encrypts("postgres://exeat@localhost/exeat?sslmode=verify-full"));
    assert!(encrypts("postgres://exeat@localhost/exeat?sslmode=require"));
}

#[test]
fn a_mode_that_protects_less_than_it_seems_is_refused() {
    for mode in ["allow", "prefer", "verify-ca", "VERIFY-FULL", ""] {
        let problem = problem(&format!("postgres://exeat@db/exeat?sslmode={mode}"));
        assert!(problem.contains(&format!("`sslmode={mode}`")), "{problem}");
        assert!(problem.contains("`verify-full`"), "{problem}");
    }
}

#[test]
fn the_rest_of_an_address_is_left_as_it_is() {
    let address = "postgres://exeat:a?b%26@db/exeat?target_session_attrs=read-write&sslmode=disable&options=-c%20geqo%3Doff";
    let config = Address::parse(address).unwrap().config;
    assert_eq!(config.get_password(), Some("a?b&".as_bytes()));
    assert_eq!(config.get_dbname(), Some("exeat"));
    assert_eq!(config.get_options(), Some("-c geqo=off"));
    assert!(problem("postgres://exeat@db/exeat?sslmode=disable&colour=red").contains("colour"));
}

#[test]
fn a_certificate_that_cannot_be_used_is_named_with_its_option() {
    let missing = problem("postgres://exeat@db/exeat?sslrootcert=%2Fno%20where%2Fca.pem");
    assert!(missing.contains("`sslrootcert=/no where/ca.pem`"), "{missing}");
    // This file is there, and holds no certificate.
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let empty = problem(&format!("postgres://exeat@db/exeat?sslrootcert={source}"));
    assert!(empty.contains("it holds no certificate"), "{empty}");
    let half = problem(&format!("postgres://exeat@db/exeat?sslcert={source}"));
    assert!(half.contains("`sslcert` and `sslkey` are given together"), "{half}");
}
