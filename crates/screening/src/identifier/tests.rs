use super::plain;

#[test]
fn a_number_is_the_same_however_it_is_written() {
    for (listed, written) in [
        ("IMO 9187629", "9187629"),
        ("IMO 9187629", "imo9187629"),
        ("9187629", "IMO No. 9187629"),
        ("572469210", "MMSI: 572469210"),
        ("7706107510", "INN 7706107510"),
        ("SEPBGB2L", "SEPBGB2LXXX"),
        ("SEPBGB2L", "sepb gb 2l 001"),
        ("www.banksepah.ir", "https://www.banksepah.ir/"),
        ("http://www.rshb.ru", "rshb.ru"),
        ("AIMM67125HCHRRG06", "aimm-67125-hchrrg06"),
    ] {
        assert_eq!(plain(listed), plain(written), "{written}");
    }
}

#[test]
fn what_belongs_to_a_number_stays() {
    for (number, same) in [
        // A passport, and an IMO number with a digit too many.
        ("IMO12345", "IMO12345"),
        ("IMO 91876291", "IMO91876291"),
        ("KH2594621", "KH2594621"),
        // Letters where a branch has digits: no code of a bank is certain here.
        ("SBERBANKCOM", "SBERBANKCOM"),
        ("www", "WWW"),
        ("HTTP://", ""),
        ("", ""),
        ("ümläut 12345", "MLUT12345"),
    ] {
        assert_eq!(plain(number), same, "{number}");
    }
}
