use super::*;

fn on_a_day() -> Official {
    Official::on(date(2024, 9, 24), date(2026, 1, 1))
}

#[test]
fn a_citation_leads_to_the_official_text_of_that_day() {
    let on = "https://www.ecfr.gov/on/2024-09-24/title-15";
    for (citation, place) in [
        ("740.22(c)(2)(ii)", "section-740.22#p-740.22(c)(2)(ii)"),
        ("736.2", "section-736.2"),
        ("772.1 end-user", "section-772.1"),
        ("740.22(c)#police", "section-740.22#p-740.22(c)"),
        ("740 Supp. 1", "part-740/appendix-Supplement%20No.%201%20to%20Part%20740"),
        ("732 Supp. 3, 21", "part-732/appendix-Supplement%20No.%203%20to%20Part%20732"),
        ("5A001.j", "part-774/appendix-Supplement%20No.%201%20to%20Part%20774"),
        ("4E001 Note 1", "part-774/appendix-Supplement%20No.%201%20to%20Part%20774"),
    ] {
        assert_eq!(on_a_day().address(citation), Some(format!("{on}/{place}")), "{citation}");
    }
    let title_22 = "https://www.ecfr.gov/on/2024-09-24/title-22/section-127.7".to_owned();
    assert_eq!(on_a_day().address("22 CFR 127.7"), Some(title_22));
    let register = "https://www.federalregister.gov/citation/87-FR-31948".to_owned();
    assert_eq!(on_a_day().address("87 FR 31948"), Some(register));
}

#[test]
fn what_is_no_paragraph_has_no_link() {
    for citation in ["", "EAR99", "50 USC 4801", "general order", "\"><script>", "740.", "9Z999"] {
        assert_eq!(on_a_day().address(citation), None, "{citation}");
    }
}

#[test]
fn a_day_that_the_site_cannot_show_leads_to_the_current_text() {
    for day in [date(2015, 1, 1), date(2026, 1, 1), date(2030, 1, 1)] {
        let official = Official::on(day, date(2026, 1, 1));
        let address = official.address("736.2").unwrap();
        assert_eq!(address, "https://www.ecfr.gov/current/title-15/section-736.2", "{day}");
    }
}
