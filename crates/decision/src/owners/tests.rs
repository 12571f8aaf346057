use super::{WrittenOwnerError as Wrong, no_name, read};

fn said(text: &str) -> Result<Vec<(String, String)>, Wrong> {
    let owners = read(text)?.into_iter();
    Ok(owners.map(|it| (it.name, it.percent.unwrap_or_default())).collect())
}

#[test]
fn a_share_goes_into_its_field_and_the_rest_is_the_name() {
    for (text, owners) in [
        ("Candiru 60%", &[("Candiru", "60")][..]),
        ("60 % Candiru", &[("Candiru", "60")]),
        ("Candiru (60 %)", &[("Candiru", "60")]),
        ("Candiru: 60.5 percent", &[("Candiru", "60.5")]),
        ("Candiru – 0.5%", &[("Candiru", "0.5")]),
        ("100% Intellexa S.A.", &[("Intellexa S.A.", "100")]),
        ("Intellexa (Greece) 060%", &[("Intellexa (Greece)", "60")]),
        ("Candiru; Hikvision", &[("Candiru", ""), ("Hikvision", "")]),
        ("Candiru\r\nHikvision 10%", &[("Candiru", ""), ("Hikvision", "10")]),
        ("Rostec 51 %, Candiru", &[("Rostec", "51"), ("Candiru", "")]),
        ("51% Rostec, 49% Candiru", &[("Rostec", "51"), ("Candiru", "49")]),
        ("Acme, Inc. 60%, Doe", &[("Acme, Inc.", "60"), ("Doe", "")]),
        ("Kim, Jong 60%; Acme, Inc.", &[("Kim, Jong", "60"), ("Acme, Inc.", "")]),
        ("Rostec 51 %, Doe; Roe", &[("Rostec", "51"), ("Doe", ""), ("Roe", "")]),
        ("Studio 54 10%", &[("Studio 54", "10")]),
        ("中国航天科技集团 60％", &[("中国航天科技集团", "60")]),
        ("Government of Vietnam 65%", &[("Government of Vietnam", "65")]),
        ("Founders Fund", &[("Founders Fund", "")]),
        ("Türkiye İş Bankası", &[("Türkiye İş Bankası", "")]),
    ] {
        let owners: Vec<_> = owners.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
        assert_eq!(said(text), Ok(owners), "{text}");
    }
}

#[test]
fn what_names_nobody_is_no_owner() {
    for text in [
        "I don't know",
        "unknown",
        "yes",
        "No",
        "me",
        "the state 30%",
        "private investors",
        "free float 40 %",
        "Rostec 51%, others 49%",
        "60%",
        "Candiru; 40%",
        ";",
        "",
        "?",
    ] {
        assert!(matches!(said(text), Err(Wrong::NoName(_))), "{text}: {:?}", said(text));
    }
}

#[test]
fn what_speaks_of_owners_or_lists_is_no_owner() {
    for text in [
        "empty list",
        "we do not want to say",
        "it is on the Entity List",
        "Candiru is on the list",
        "none of them is listed",
        "there are no owners",
        "it's owned by Candiru",
        "Candiru, not listed",
    ] {
        assert!(matches!(said(text), Err(Wrong::Sentence(_))), "{text}: {:?}", said(text));
    }
}

#[test]
fn a_share_is_told_exactly_and_beside_one_name() {
    for text in [
        "Candiru about 60%",
        "Candiru >50%",
        "Candiru at least 25 %",
        "Candiru 50-60%",
        "Candiru 101%",
        "Candiru 100.5%",
        "Candiru 1.5.0%",
        "Candiru x%",
    ] {
        assert!(matches!(said(text), Err(Wrong::Share(_))), "{text}: {:?}", said(text));
    }
    for text in ["Candiru 60 % (Entity List)", "owned 60% by Candiru", "A Corp 60% B Corp 40%"] {
        assert!(matches!(said(text), Err(Wrong::More(_))), "{text}: {:?}", said(text));
    }
    for text in ["Candiru 60", "Candiru (60)", "Candiru: 60.5"] {
        assert!(matches!(said(text), Err(Wrong::Number(_))), "{text}: {:?}", said(text));
    }
    assert!(said("Candiru 60,5%").is_err(), "a comma is between owners");
}

#[test]
fn a_name_that_is_read_is_a_name() {
    for name in ["Candiru 60%", "I don't know", "it is on the Entity List", "the others"] {
        assert!(no_name(name).is_some(), "{name}");
    }
    for name in
        ["Candiru", "100 Percent Pure", "Listed Properties Ltd", "Family Bank", "No. 5 Trust"]
    {
        assert_eq!(no_name(name), None, "{name}");
    }
}
