use super::*;
use crate::scripts::romanize;
use std::collections::BTreeMap;

fn cost_of(word: &str, name: &str) -> u16 {
    let script = word.chars().find_map(Script::of).unwrap();
    let spelled = romanize(word, script);
    let system = System::of(script).unwrap();
    let cost =
        |it: &String| Reading::of(system, it.as_bytes())?.cost(name.as_bytes(), u16::MAX / 2);
    spelled.iter().filter_map(cost).min().unwrap()
}

#[test]
fn every_line_of_the_table_is_read_and_says_nothing_twice() {
    let mut said = BTreeMap::new();
    for line in TABLE.lines().filter(|it| !it.starts_with('#')) {
        let [systems, from, ways] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        assert!(systems == "*" || systems.chars().all(|it| SYSTEMS.contains(it)), "{line}");
        assert!(from == "-" || from.bytes().all(|it| it.is_ascii_lowercase()), "{line}");
        for it in ways.split(',') {
            let way = way(from.trim_matches('-').as_bytes(), it).unwrap();
            assert!(way.to.iter().all(u8::is_ascii_lowercase), "{line}: {it}");
            assert!(!(way.from.is_empty() && way.to.is_empty()), "{line}: {it}");
            assert!(way.cost < CONSONANT, "{line}: {it}");
            let (to, _) = it.rsplit_once(' ').unwrap();
            assert_eq!(said.insert((systems, from, to), it), None, "{line}: {it}");
        }
    }
    assert!(said.len() > 1000);
}

#[test]
fn a_name_that_a_word_is_read_as_costs_less_than_one_next_to_it() {
    for (word, name, other) in [
        ("ブリテン", "brittain", "brittany"),
        ("ジョディ", "jodie", "jolie"),
        ("ベイリー", "bayley", "barkley"),
        ("니콜라스", "nicolas", "niklas"),
        ("월리스", "wallis", "willows"),
        ("בוקר", "boker", "baker"),
        ("קרלה", "carla", "carlo"),
        ("ويلسون", "wilson", "wolsey"),
        ("фрэнки", "franky", "franka"),
        ("ямаваки", "yamawaki", "yamasaki"),
        ("丹尼尔", "daniel", "denise"),
        ("マクドノー", "mcdonough", "modono"),
        ("лемуан", "lemoine", "leman"),
        ("카를로", "carlo", "carla"),
    ] {
        let (near, far) = (cost_of(word, name), cost_of(word, other));
        assert!(near + 10 < far, "{word}: {name} {near}, {other} {far}");
    }
}

#[test]
fn little_differences_count_less_and_large_ones_more() {
    let even = u16::try_from(EVEN).unwrap();
    assert_eq!(weighed(even), even);
    for cost in 0..100 {
        let weighed = weighed(cost);
        assert!(if cost <= even { weighed <= cost } else { weighed >= cost }, "{cost}: {weighed}");
        assert!(weighed <= self::weighed(cost + 1));
    }
    assert!(2 * weighed(8) < weighed(16));
}

#[test]
fn what_costs_too_much_is_no_reading() {
    let reading = Reading::of(System::Kana, b"buriten").unwrap();
    let cost = reading.cost(b"brittain", 200).unwrap();
    assert!(cost > 0);
    assert_eq!(reading.cost(b"brittain", cost), Some(cost));
    assert_eq!(reading.cost(b"brittain", cost - 1), None);
    assert_eq!(reading.cost(b"sunflower", 200), None);
    assert!(Reading::of(System::Kana, &[b'a'; LONGEST + 1]).is_none());
    assert_eq!(reading.cost(&[b'a'; LONGEST + 1], u16::MAX), None);
}
