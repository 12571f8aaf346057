use super::{PLAIN, Page, RED, styled, visible, whole};

fn plain(page: Page) -> String {
    anstream::adapter::strip_str(&page.finish()).to_string()
}

#[test]
fn words_wrap_and_a_citation_stays_whole() {
    let mut page = Page::new(30);
    page.paragraph(
        &styled(RED, "  - "),
        &[styled(PLAIN, "one two three four five six"), whole(PLAIN, "[738 Supp. 1]")],
    );
    insta::assert_snapshot!(plain(page), @r"
    - one two three four five
      six [738 Supp. 1]
    ");
}

#[test]
fn a_name_cannot_steer_the_terminal() {
    assert_eq!(visible("a\u{1b}[31mb"), "a\u{fffd}[31mb");
}

#[test]
fn a_word_longer_than_the_line_is_not_lost() {
    let mut page = Page::new(30);
    let word = "x".repeat(50);
    page.paragraph(&styled(PLAIN, "  "), &[styled(PLAIN, "a"), styled(PLAIN, word.clone())]);
    assert!(plain(page).contains(&word));
}
