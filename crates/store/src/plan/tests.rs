use super::*;
use proptest::prelude::*;

const CASE: Kind = Kind::of("case");

fn draft(id: &str, expected: Option<u64>) -> Draft {
    let at = Timestamp::from_second(1_790_000_000).unwrap();
    Draft { expected, ..Draft::new(StreamId::new(CASE, id), Kind::of("noted"), "ada", at) }
}

fn empty() -> Ground {
    Ground {
        head: Head::START,
        at: Timestamp::MIN,
        streams: BTreeMap::new(),
        keys: BTreeMap::new(),
        blobs: BTreeSet::new(),
    }
}

/// Whether each batch was taken, and how many events there are.
fn planned(group: Vec<Batch>) -> (Vec<bool>, usize) {
    let group = group.into_iter().map(|it| Prepared::new(it).unwrap()).collect();
    let plan = plan(empty(), group);
    let events = plan.events.len();
    (plan.answers().into_iter().map(|it| it.is_ok()).collect(), events)
}

#[test]
fn of_two_in_a_group_who_expect_the_same_one_wins() {
    let group = vec![draft("a", Some(0)).into(), draft("a", Some(0)).into()];
    assert_eq!(planned(group), (vec![true, false], 1));
}

#[test]
fn a_batch_that_does_not_fit_leaves_no_trace() {
    let half = Batch::from(draft("a", None)).and(draft("b", Some(5)));
    assert_eq!(planned(vec![half, draft("a", Some(0)).into()]), (vec![false, true], 1));
}

#[test]
fn a_key_that_another_of_the_group_puts_is_there() {
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    let put = || Batch::from(KeyWrite::put(CASE, "k", "v", None).if_absent(now));
    let group = vec![put(), put(), KeyWrite::remove(CASE, "k").into(), put()];
    assert_eq!(planned(group).0, [true, false, true, true]);
}

#[test]
fn a_draft_that_can_never_be_written_is_refused() {
    for id in ["", "a\nb", "\0", &"x".repeat(201)] {
        assert!(
            matches!(Prepared::new(draft(id, None).into()), Err(Error::Refused { .. })),
            "{id}"
        );
    }
    let nobody = Draft { actor: String::new(), ..draft("a", None) };
    assert!(matches!(Prepared::new(nobody.into()), Err(Error::Refused { .. })));
}

#[test]
fn what_a_database_would_refuse_later_is_refused_before_it_joins_others() {
    let refused = |batch: Batch| matches!(Prepared::new(batch), Err(Error::Refused { .. }));
    let long = "x".repeat(201);
    let with = |view: View| Batch::from(draft("a", None).view(view));
    assert!(refused(with(View { state: long.clone(), ..View::default() })));
    assert!(refused(with(View { assignee: Some(long.clone()), ..View::default() })));
    assert!(refused(with(View { outcome: Some(long.clone()), ..View::default() })));
    assert!(refused(with(View { labels: [long.clone()].into(), ..View::default() })));
    assert!(!refused(with(View { title: long.repeat(100), ..View::default() })));
    assert!(refused(KeyWrite::put(CASE, "x".repeat(1001), "v", None).into()));
    assert!(!refused(KeyWrite::put(CASE, "x".repeat(1000), "v", None).into()));
}

#[test]
fn a_clock_that_was_set_back_is_marked_and_never_refused() {
    let late = draft("a", None);
    let early = Draft { at: late.at - jiff::SignedDuration::from_hours(24), ..late.clone() };
    let group = vec![late.clone().into(), early.into(), late.into()];
    let group = group.into_iter().map(|it| Prepared::new(it).unwrap()).collect();
    let marks: Vec<bool> = plan(empty(), group).events.iter().map(|it| it.clock_back).collect();
    assert_eq!(marks, [false, true, false]);
}

proptest! {
    /// Whatever comes, the chain has no gap, every stream has no gap, and each hash follows.
    #[test]
    fn a_plan_is_a_chain(group in prop::collection::vec(
        prop::collection::vec((0..4usize, prop::option::of(0..4u64)), 1..4), 0..12,
    )) {
        let names = ["a", "b", "c", "d"];
        let batches: Vec<Prepared> = group.iter().map(|batch| {
            let drafts: Vec<Draft> = batch.iter().map(|it| draft(names[it.0], it.1)).collect();
            Prepared::new(drafts.into()).unwrap()
        }).collect();
        let plan = plan(empty(), batches);
        let mut before = Head::START;
        let mut versions: BTreeMap<StreamId, u64> = BTreeMap::new();
        for event in &plan.events {
            prop_assert_eq!(event.seq, before.seq + 1);
            prop_assert_eq!(event.hash, chain::hash(&before.hash, event));
            let version = versions.entry(event.stream.clone()).or_default();
            *version += 1;
            prop_assert_eq!(event.version, *version);
            before = Head { seq: event.seq, hash: event.hash };
        }
        prop_assert_eq!(plan.head, before);
        let count = plan.events.len();
        let answers = plan.answers();
        prop_assert_eq!(answers.len(), group.len());
        prop_assert_eq!(answers.iter().flatten().map(Vec::len).sum::<usize>(), count);
        for (answer, batch) in answers.iter().zip(&group) {
            prop_assert!(answer.as_ref().map_or(true, |it| it.len() == batch.len()));
        }
    }
}
