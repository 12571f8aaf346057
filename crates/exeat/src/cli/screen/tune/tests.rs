use super::*;
use screening::Score;

const PAIRS: &str = "\
name,listed,same,category
Ottokar Vremenski,Otokar Vremensky,yes,spelling
Ottokar Vremenski,Maria Schmidt,no,spelling
Brotfabrik Kiel,Brotfabrik Kiel GmbH,1,form
Nobody,,no,form
Nobody,Somebody,perhaps,form
";

#[test]
fn judged_pairs_are_scored_by_class_and_bad_rows_are_named() {
    let pairs = labelled::of(PAIRS.as_bytes(), &Settings::default()).unwrap();
    assert_eq!(pairs.count, 3);
    assert_eq!(pairs.problems.len(), 2);
    assert!(pairs.problems[0].starts_with("line 5"), "{:?}", pairs.problems);
    assert!(pairs.problems[1].contains("`perhaps`"));
    let counts = pairs.classes["spelling"].at(Settings::default().threshold);
    assert_eq!((counts.found, counts.quiet), (1, 1));
    assert_eq!(pairs.classes["form"].at(Score::new(0)).found, 1);
}

#[test]
fn a_file_without_verdicts_is_refused() {
    let why = labelled::of("name,listed\na,b\n".as_bytes(), &Settings::default()).unwrap_err();
    assert!(why.contains("what people said"), "{why}");
}

#[test]
fn a_person_sees_the_shipped_threshold_and_the_best() {
    let settings = Settings::default();
    let pairs = labelled::of(PAIRS.as_bytes(), &settings).unwrap();
    let text = Tuning { pairs, customers: None, settings }.text();
    assert!(text.starts_with("3 pairs: 2 the same, 1 not."), "{text}");
    for part in ["shipped", "spelling", "At most 1 % of the others"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}
