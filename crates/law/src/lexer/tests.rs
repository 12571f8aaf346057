use super::{Stand, TokenKind, lex, unquote};

fn tokens(text: &str) -> Vec<(TokenKind, &str)> {
    let mut tokens: Vec<_> = lex(text, 0).tokens.iter().map(|it| (it.kind, it.text)).collect();
    assert_eq!(tokens.pop(), Some((TokenKind::End, "")));
    tokens
}

#[test]
fn a_hash_before_a_letter_within_a_line_is_a_label_and_else_a_comment() {
    let lexed = lex("exempt (a)#one #two # three\n  #four\n#five", 0);
    let labels: Vec<&str> =
        lexed.tokens.iter().filter(|it| it.kind == TokenKind::Label).map(|it| it.text).collect();
    let comments: Vec<(&str, bool)> = lexed.comments.iter().map(|it| (it.text, it.alone)).collect();
    assert_eq!(labels, ["one", "two"]);
    assert_eq!(comments, [("# three", false), ("#four", true), ("#five", true)]);
}

#[test]
fn words_hold_codes_dates_and_paths() {
    let words: Vec<&str> =
        tokens("a.b-c 5A001.j D:1 2022-03-07 12.5").iter().map(|it| it.1).collect();
    assert_eq!(words, ["a.b-c", "5A001.j", "D:1", "2022-03-07", "12.5"]);
}

#[test]
fn a_token_knows_how_it_stands() {
    let stands: Vec<Stand> = lex("a(b) c\n d\ne", 0).tokens.iter().map(|it| it.stand).collect();
    let (glued, margin) = (Stand::Glued, Stand::Margin);
    let expected = [margin, glued, glued, glued, Stand::Apart, Stand::Line, margin, margin];
    assert_eq!(stands, expected);
}

#[test]
fn a_string_folds_white_space_and_keeps_escaped_quotes() {
    assert_eq!(tokens("\"a \\\" b\""), [(TokenKind::Text, "a \\\" b")]);
    assert_eq!(unquote("  a\n   \\\"b\\\" \\ c "), "a \"b\" \\ c");
}

#[test]
fn a_forgotten_quote_is_found_where_it_was_opened() {
    let lexed = lex("a\n  says \"open\nb\n  says \"closed\"", 0);
    assert_eq!(lexed.diagnostics.len(), 1);
    assert_eq!(lexed.diagnostics[0].span.start, 9);
    assert!(lexed.tokens.iter().any(|it| it.text == "closed"));
}

#[test]
fn many_quotes_that_do_not_end_take_no_longer_than_one() {
    let text = format!(" \"{}", "\\\"\n ".repeat(200_000));
    assert!(!lex(&text, 0).diagnostics.is_empty());
}
