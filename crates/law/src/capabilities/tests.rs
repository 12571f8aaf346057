use super::rows;
use crate::diagnostic::Diagnostic;
use crate::rulebook::{Capability, Expr, Question};
use crate::schema::FactId;
use crate::source::SourceFile;

const HEADER: &str =
    "id,name,counts,does_not_count,establishes,suggests,touches,none_means_no,from,until,source\n";

fn question(id: &str, values: &[&str], releases: bool) -> Question {
    Question {
        id: id.to_owned(),
        fact: FactId(0),
        from: jiff::civil::date(2020, 1, 1),
        until: None,
        ask: String::new(),
        help: String::new(),
        values: values.iter().map(|it| (*it).to_owned()).collect(),
        asked_when: Expr::Constant(true),
        left_out: None,
        releases,
        citation: String::new(),
        leads_to: String::new(),
        cost: 1,
        source: String::new(),
    }
}

/// What a table of umbrellas says, and what is wrong with it.
fn read(rows_of: &str) -> (Vec<Capability>, Vec<String>) {
    let questions = [
        question("folds", &[], false),
        question("is-a-parasol", &[], true),
        question("color", &["black", "red"], false),
    ];
    let file = SourceFile { name: "tables/can.csv".to_owned(), text: format!("{HEADER}{rows_of}") };
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let capabilities = rows(&file, 0, &questions, &mut diagnostics);
    (capabilities, diagnostics.into_iter().map(|it| it.message).collect())
}

#[test]
fn a_row_says_what_it_establishes_suggests_and_touches() {
    let (found, problems) = read(
        "telescope,Slides together,A rod in a rod,A stick,folds=yes,color=black;is-a-parasol=no,color,folds,2020-01-01,,a book\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let it = &found[0];
    assert_eq!(it.establishes, [("folds".to_owned(), "yes".to_owned())]);
    assert_eq!(it.suggests.len(), 2);
    assert!(it.concerns("color") && it.concerns("folds") && !it.concerns("size"));
    assert!(it.covers(jiff::civil::date(2020, 1, 1)));
    assert!(!it.covers(jiff::civil::date(2019, 12, 31)));
}

#[test]
fn what_would_make_a_thing_freer_is_refused() {
    for (establishes, bad) in [("folds=no", "folds"), ("is-a-parasol=yes", "is-a-parasol")] {
        let (_, problems) = read(&format!("a,A,,,{establishes},,,,2020-01-01,,a book\n"));
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert!(problem.contains(&format!("`{bad}` must be answered by somebody")), "{problem}");
    }
}

#[test]
fn names_that_lead_nowhere_are_refused_all_at_once() {
    let (_, problems) = read(
        "a,A,,,fold=yes,color=blue,colour,,2020-01-01,,a book\n\
         a,A,,,folds,,,,2020-01-01,,a book\n",
    );
    for part in [
        "there is no question `fold`",
        "`blue` is no answer to `color`",
        "there is no question `colour`",
        "a capability without an id of its own",
        "`folds` names no answer",
    ] {
        assert!(problems.iter().any(|it| it.contains(part)), "{part} is not in {problems:?}");
    }
}
