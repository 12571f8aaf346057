use super::*;

#[test]
fn codes_are_those_of_rfc_6238() {
    // Appendix B, the last six of eight digits.
    let key = b"12345678901234567890";
    for (second, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(digits(key, second / STEP), code, "at {second}");
    }
}

#[test]
fn base_32_is_that_of_rfc_4648() {
    for (text, letters) in [("f", "MY"), ("fo", "MZXQ"), ("foobar", "MZXW6YTBOI")] {
        assert_eq!(base32(text.as_bytes()), letters);
        assert_eq!(bytes(letters).unwrap(), text.as_bytes());
    }
}

#[test]
fn a_code_works_once_and_for_a_minute_around_it() {
    let secret = Secret::new(base32(b"12345678901234567890"));
    let at = |second: i64| Timestamp::from_second(second).unwrap();
    let code = digits(b"12345678901234567890", 100);
    let found = step(&secret, &code, None, at(3000));
    assert_eq!(found, Some(100));
    assert_eq!(step(&secret, &code, None, at(3059)), Some(100));
    assert_eq!(step(&secret, &code, None, at(3060)), None, "too late");
    assert_eq!(step(&secret, &code, Some(100), at(3000)), None, "used already");
    assert_eq!(step(&secret, "000000", None, at(3000)), None);
    assert_eq!(step(&secret, "", None, at(3000)), None);
}

#[test]
fn recovery_codes_are_the_same_however_they_are_typed() {
    let codes = recovery().unwrap();
    assert_eq!(codes.len(), RECOVERY_CODES);
    let code = codes[0].reveal();
    assert_eq!(code.len(), 11);
    assert!(typed(&format!(" {} ", code.to_uppercase().replace('-', " "))).is(code));
}
