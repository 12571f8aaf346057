use super::{Heading, looks_like_a_name};

#[test]
fn headings_under_which_somebody_is_named_are_known_however_they_are_written() {
    for text in [
        "customer",
        "CUSTOMER",
        "Customer",
        "Intermediate Consignee",
        "intermediate_consignee",
        "IntermediateConsignee",
        "Final Consignee 2",
        "Sold-to party",
        "Ship To Contact",
        "Deliver-to",
        "SHIP_TO_CUSTOMER",
        "Parent Account",
        "Beneficiary Bank",
        "ReceiverCompany",
        "Name of vessel",
        "print_name",
        "Registered Owner",
        "Apellidos",
        "Cognome",
        "Nazwisko",
        "Příjmení",
        "Отчество",
        "Konečný uživatel",
        "Utilisateur final",
        "İsim",
        "Soyad",
        "Rechnungsempfänger",
        "Firmenname",
        "Контрагент",
        "Конечный пользователь",
        "收货人",
        "法定代表人",
        "担当者",
        "顧客名",
        "고객명",
        "المستلم",
    ] {
        assert_eq!(Heading::of(text), Heading::Names, "{text}");
    }
}

#[test]
fn headings_of_something_else_are_known_as_well() {
    for text in [
        "Customer ID",
        "customerId",
        "Consignee Country",
        "Company phone",
        "Contact E-Mail address",
        "Date of birth",
        "Address of consignee",
        "Order amount",
        "PO number",
        "Company type",
        "Kundennummer",
        "Lieferadresse",
        "Código de cliente",
        "Fecha de nacimiento",
        "Адрес",
        "出生日期",
        "国名",
        "国コード",
        "전화번호",
        "city name",
        "remarks",
        "Zip",
    ] {
        assert_eq!(Heading::of(text), Heading::Things, "{text}");
    }
}

#[test]
fn where_a_heading_leaves_it_open_the_values_decide() {
    for text in [
        "Reference",
        "Group",
        "approved by",
        "Country manager",
        "Vessel/Voyage date",
        "Consignee (name and address)",
        "line1",
        "",
        "Whatever",
    ] {
        assert_eq!(Heading::of(text), Heading::Unknown, "{text}");
    }
}

#[test]
fn a_name_looks_like_one_and_codes_measures_days_and_sentences_do_not() {
    for text in [
        "Rosoboronexport",
        "rosoboronexport",
        "NSO Group",
        "MAHAN AIR",
        "Li Wei",
        "李伟",
        "Рособоронэкспорт",
        "PMC Wagner 2",
        "Open Joint Stock Company Scientific Production Association of Instruments",
        "Ship Manager: Oceanlink",
    ] {
        assert!(looks_like_a_name(text), "{text}");
    }
    for text in [
        "",
        "12",
        "A-12 B34",
        "C10023",
        "EUR",
        "12 kg",
        "1,200.50 EUR",
        "2026-01-02 12:00 UTC",
        "yes",
        "Active",
        "in_progress",
        "Germany",
        "Russian Federation",
        "a@b.example",
        "https://example.com/Some Name",
        "example.com",
        "photo.jpg",
        "Mon 5 January 2026",
        "please call before the delivery and ask for the gate",
    ] {
        assert!(!looks_like_a_name(text), "{text}");
    }
}
