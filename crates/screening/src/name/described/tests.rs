use super::names_nobody_in_particular;

#[test]
fn what_only_tells_of_somebody_names_nobody() {
    for text in [
        "to order",
        "To order of shipper",
        "TO THE ORDER OF BANK",
        "bearer",
        "under NDA",
        "known to us",
        "name on file",
        "own use",
        "sample",
        "demo",
        "#REF!",
        "#NAME?",
        "client in Iran",
        "final customer in China",
        "customer in Dubai",
        "Kunde im Iran",
        "Iranian customer",
        "Russian end user",
        "a North Korean company",
        "our Russian distributor",
        "a large foreign customer",
        "a university in China",
        "some company",
        "an Iranian bank",
        "\u{432}/\u{447} 12345",
        "\u{432}\u{43e}\u{439}\u{441}\u{43a}\u{43e}\u{432}\u{430}\u{44f} \u{447}\u{430}\u{441}\u{442}\u{44c} 45807",
        "unit 61398",
        "Unit No. 61398",
        "61398\u{90e8}\u{961f}",
        "Wang",
        "Mr. Wang",
        "\u{738b}",
        "Mohammed",
        "Kim",
        "Ivan",
        "Garc\u{ed}a",
    ] {
        assert!(names_nobody_in_particular(text), "{text}");
    }
}

#[test]
fn a_name_beside_it_is_somebody() {
    for text in [
        "To the order of Rosoboronexport",
        "Bank of China",
        "Indian Bank",
        "Swedish Police",
        "American University",
        "Partners in Pet Food",
        "Government of Iran",
        "Russian Helicopters",
        "Iranian Aviation Customer Services",
        "Wang Wei",
        "Kim Jong Un",
        "Kim GmbH",
        "Ivan Petrov",
        "Huawei",
        "Unit 42 Software",
        "Demo GmbH",
        "#Hashtag Ltd",
        "Gazprom",
        "3M",
    ] {
        assert!(!names_nobody_in_particular(text), "{text}");
    }
}
