use super::*;
use proptest::prelude::*;

#[test]
fn the_digest_of_nothing_is_the_known_one() {
    let known = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(Digest::of(b"").to_string(), known);
}

#[test]
fn what_is_no_digest_is_refused() {
    for text in ["", "00", &"0".repeat(63), &"0".repeat(65), &"x".repeat(64), &"+1".repeat(32)] {
        assert!(text.parse::<Digest>().is_err(), "{text}");
    }
}

#[test]
fn a_border_between_two_texts_cannot_be_moved() {
    let one = Fields::default().text("ab").text("c").digest();
    let other = Fields::default().text("a").text("bc").digest();
    assert_ne!(one, other);
}

proptest! {
    #[test]
    fn print_and_parse_agree(bytes in prop::array::uniform32(any::<u8>())) {
        let digest = Digest(bytes);
        prop_assert_eq!(digest.to_string().parse::<Digest>(), Ok(digest));
    }
}
