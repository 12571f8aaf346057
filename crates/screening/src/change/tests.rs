//! Two versions of a list of umbrellas.

use super::changes;
use crate::lists::{ListFile, import};

fn lists(rows: &str) -> Vec<crate::lists::List> {
    let text = format!("list,id,name,aliases,country,programs\n{rows}");
    let import = import(&[ListFile { name: "own.csv", bytes: text.as_bytes() }]);
    assert!(import.problems.is_empty(), "{:?}", import.problems);
    import.lists
}

#[test]
fn a_difference_is_told_by_entry_and_field() {
    let old = lists("A,1,Ada,,XA,RAIN\nA,2,Bob,Bobby,XB,\nA,3,Cy,,XC,\n");
    let new = lists("A,1,Ada,,XA,RAIN\nA,2,Bob,Robert; Rob,XB,HAIL\nA,4,Di,,XD,\nB,1,Ed,,XA,\n");
    let changes = changes(&old, &new);
    let [a, b] = changes.as_slice() else { panic!("two lists") };
    let names = |them: &[&crate::ListedParty]| {
        them.iter().map(|it| it.names[0].text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (names(&a.added), names(&a.removed)),
        (vec!["Di".to_owned()], vec!["Cy".to_owned()])
    );
    assert_eq!((b.before.is_none(), names(&b.added)), (true, vec!["Ed".to_owned()]));
    let words: Vec<String> = a.changed[0].fields.iter().map(ToString::to_string).collect();
    assert_eq!(a.changed.len(), 1);
    assert_eq!(
        words,
        ["names: `Bobby (alias)` became `Robert (alias)`, `Rob (alias)`", "programs: added `HAIL`",]
    );
}

#[test]
fn a_list_does_not_differ_from_itself() {
    let list = lists("A,1,Ada,,XA,RAIN\n");
    assert!(changes(&list, &list).iter().all(super::ListChange::is_empty));
}
