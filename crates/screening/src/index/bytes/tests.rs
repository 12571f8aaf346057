use super::{Hashed, Lists, Numbers, hashed, lists, pull, push};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_number_comes_back(number in any::<u32>()) {
        let mut bytes = Vec::new();
        push(number, &mut bytes);
        prop_assert_eq!(pull(&mut bytes.as_slice()), Some(number));
    }

    #[test]
    fn lists_give_what_was_put_into_them(mut entries in prop::collection::vec((0u32..20, any::<u32>()), 0..100)) {
        entries.sort_unstable();
        entries.dedup();
        let (starts, bytes) = lists(&entries, 20);
        let lists = Lists { starts: Numbers(&starts), bytes: &bytes };
        for list in 0..20u32 {
            let own: Vec<u32> = entries.iter().filter(|it| it.0 == list).map(|it| it.1).collect();
            prop_assert_eq!(lists.at(list as usize).collect::<Vec<_>>(), own);
        }
    }

    #[test]
    fn a_hash_finds_all_that_was_put_under_it(entries in prop::collection::vec((any::<u32>(), 0u32..1000), 0..200)) {
        let (starts, bytes) = hashed(entries.clone());
        let hashed = Hashed { starts: Numbers(&starts), bytes: &bytes };
        for (hash, number) in entries {
            prop_assert!(hashed.find(hash).any(|it| it == number));
        }
    }
}
