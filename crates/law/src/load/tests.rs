use crate::rulebook::{Effect, Expr, Test, Thing};
use crate::schema::KindId;
use crate::umbrella::{load, load_with};

#[test]
fn a_toy_rulebook_loads() {
    let loaded = load();
    assert!(
        loaded.warnings.is_empty(),
        "{}",
        crate::diagnostic::render_all(&loaded.warnings, &loaded.files)
    );
    let book = loaded.rulebook;
    let ids: Vec<String> = book.blocks.iter().map(crate::rulebook::Block::id).collect();
    assert_eq!(
        ids,
        ["1(a)", "1(b)(1)", "1(b)(2)#short", "1 Note 1", "1(b)", "1(b)", "1(c)", "2(a)", "2(b)"]
    );
    assert_eq!(book.blocks[0].subject, KindId(1), "a requirement that mentions an umbrella");
    assert_eq!(book.blocks[6].subject, KindId(0), "a bar that mentions none");
    assert_eq!(book.blocks[0].unless.len(), 3);
    assert!(
        matches!(&book.blocks[5].effect, Effect::Allow { exception, .. } if exception == "COAT")
    );
    let Expr::All(parts) = &book.blocks[0].condition else { panic!() };
    let silk = Test::In(vec![0, 1]);
    assert!(
        matches!(&parts[1], Expr::Test { test, thing: Thing { variable: 1, up: 0 }, .. } if *test == silk)
    );
    drop(load_with("x.law", ""));
}
