use super::Settings;

#[test]
fn a_file_says_how_a_server_is_run() {
    let text = "listen = \"0.0.0.0:80\"\nopen = true\nrate = 5\nrecords = \"postgres://x/y\"\n";
    let settings = Settings::parse(text).unwrap();
    assert_eq!(settings.listen, Some(([0, 0, 0, 0], 80).into()));
    assert_eq!((settings.open, settings.rate), (Some(true), Some(5)));
    assert_eq!(settings.records.as_deref(), Some("postgres://x/y"));
    assert_eq!(Settings::parse("").unwrap(), Settings::default());
}

#[test]
fn a_key_that_is_not_known_is_refused_with_its_line() {
    let wrong = Settings::parse("open = true\nlisten_on = \"x\"\n").unwrap_err();
    assert!(wrong.contains("line 2") && wrong.contains("listen_on"), "{wrong}");
}
