use super::State;
use crate::desk::{Desk, DeskArgs};
use clap::{Args, FromArgMatches};
use std::sync::Arc;
use std::thread;

fn desk() -> Arc<Desk> {
    let command = DeskArgs::augment_args(clap::Command::new("exeat"));
    // A snapshot of nobody's: the short list in the program answers.
    let args = DeskArgs::from_arg_matches(&command.get_matches_from(["exeat"]));
    Arc::new(Desk::open(&args.unwrap()).unwrap())
}

fn ended(desk: &Desk, name: &str) -> State {
    loop {
        let state = desk.jobs().get(name).unwrap().state();
        if state.done {
            return state;
        }
        thread::yield_now();
    }
}

#[test]
fn every_row_of_a_file_is_answered_and_bad_rows_stop_nobody() {
    let desk = desk();
    let text = "{\"name\":\"NSO Group Technologies\",\"country\":\"IL\"}\n{\"name\":7}\nnonsense\n\
                {\"name\":\"Nobody Whatever\"}\n";
    let name = desk.screen_file("customers.jsonl", text.as_bytes().to_vec()).unwrap();
    let state = ended(&desk, &name);
    assert_eq!((state.rows, state.trouble.clone()), (4, None));
    assert_eq!(state.bad.first().map(|it| it.0), Some(3), "{:?}", state.bad);
    assert!(state.alerts.iter().any(|it| it.row == 1 && it.is_open()), "{:?}", state.alerts);
    let again = desk.screen_file("customers.jsonl", text.as_bytes().to_vec()).unwrap();
    assert_eq!(name, again, "the same file is the same job");
}

#[test]
fn a_file_without_names_is_refused_before_it_begins() {
    let text = b"a,b\n1,2\n".to_vec();
    let refused = desk().screen_file("x.csv", text).unwrap_err();
    assert!(refused.what().contains("no column holds names"));
}
