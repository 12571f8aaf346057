use super::encryption_category;
use crate::transaction::Item;
use crate::transaction::item::{Encryption, EncryptionCategory as Category, Form};

fn item(eccn: &str, form: Form) -> Item {
    let eccn = Some(eccn.parse().expect("a classification"));
    Item { eccn, form: Some(form), ..Item::default() }
}

#[test]
fn the_entry_puts_an_item_under_its_own_paragraph() {
    let of = |eccn, told| encryption_category(&item(eccn, Form::Commodity), Some(told));
    assert_eq!(of("5A002.b", Category::Other), Some(Category::Activation));
    assert_eq!(of("5A002.c", Category::NetworkInfrastructure), Some(Category::Quantum));
    assert_eq!(of("5A002.e", Category::Other), Some(Category::UwbSpreadSpectrum));
    assert_eq!(of("5A004.b", Category::ComponentOrLibrary), Some(Category::Forensics));
    assert_eq!(of("5A002.a", Category::Other), Some(Category::Other));
}

#[test]
fn a_stricter_paragraph_that_was_told_stays() {
    let of = |eccn, told| encryption_category(&item(eccn, Form::Commodity), Some(told));
    assert_eq!(of("5A002.b", Category::Customized), Some(Category::Customized));
    assert_eq!(
        of("5A002.c", Category::OpenCryptographicInterface),
        Some(Category::OpenCryptographicInterface)
    );
}

#[test]
fn what_was_not_told_stays_open_whatever_the_entry() {
    assert_eq!(encryption_category(&item("5A002.c", Form::Commodity), None), None);
}

#[test]
fn non_standard_cryptography_is_never_the_rest() {
    let of = |eccn, form, told| {
        let encryption = Encryption { nonstandard: Some(true), ..Encryption::default() };
        let item = Item { encryption: Some(encryption), ..item(eccn, form) };
        encryption_category(&item, Some(told))
    };
    assert_eq!(
        of("5D002.c.1", Form::ObjectCode, Category::Other),
        Some(Category::NonstandardProduct)
    );
    assert_eq!(
        of("5E002.a", Form::Technology, Category::TechnologyOther),
        Some(Category::TechnologyNonstandard)
    );
    let source = Category::NonPublicSourceCode;
    assert_eq!(of("5D002.a.1", Form::SourceCode, source), Some(source));
}

#[test]
fn technology_for_cryptanalytic_items_is_cryptanalytic() {
    let chain = |text: &str| Some(text.parse().expect("a chain"));
    let technology =
        Item { eccn_for: chain("5D002.c.3.a for 5A004.a"), ..item("5E002.a", Form::Technology) };
    assert_eq!(
        encryption_category(&technology, Some(Category::TechnologyOther)),
        Some(Category::Cryptanalytic)
    );
    let plain = Item { eccn_for: chain("5A002.a"), ..technology };
    assert_eq!(
        encryption_category(&plain, Some(Category::TechnologyOther)),
        Some(Category::TechnologyOther)
    );
}
