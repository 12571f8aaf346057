use super::*;
use crate::index;
use crate::party::{ListedParty, PartyName};
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "Mohammad",
    "Muhammad",
    "Ahmed",
    "Ahmad",
    "Ali",
    "Hassan",
    "Hussein",
    "Abdul",
    "Rahman",
    "Abdulrahman",
    "Abdullah",
    "al",
    "bin",
    "Ivan",
    "Ivanov",
    "Ivanovich",
    "Petrov",
    "Sergey",
    "Sergei",
    "Vladimir",
    "Putin",
    "Jean",
    "Claude",
    "JeanClaude",
    "JC",
    "J",
    "A",
    "Kim",
    "Jong",
    "Un",
    "Jongun",
    "Li",
    "Wei",
    "Xi",
    "Jinping",
    "Trading",
    "Company",
    "Ltd",
    "LLC",
    "Limited",
    "Liability",
    "Bank",
    "of",
    "Korea",
    "International",
    "Shipping",
    "General",
    "Gazprom",
    "OAO",
    "Neft",
    "NSO",
    "North",
    "Southern",
    "Oil",
    "44",
    "Forty",
    "Four",
    "Müller",
    "Mueller",
    "Владимир",
    "Путин",
    "Иванов",
    "ООО",
    "محمد",
    "احمد",
    "عبد الرحمن",
    "习",
    "近",
    "平",
    "김정은",
    "갈",
    "월리스",
    "Wallis",
    "итидзо",
    "Ichizo",
    "박",
    "尼罗斯",
    "科技公司",
    "洛克希德·马丁公司",
    "三菱",
    "Neros",
    "Mitsubishi",
    "Vostok",
    "Oriental",
    "Infrastrukturnye",
    "Infrastructure",
    "Barack",
    "Obama",
    "Robert",
    "Bob",
    "William",
    "Bill",
    "Κυριάκος",
    "בנימין",
    "プーチン",
    "ブリテン",
    "Brittain",
    "Brittany",
    "게이츠",
    "Gates",
    "בוקר",
    "Baker",
    "أنور",
    "Anwar",
    "Zelenskyy",
    "Selenskyj",
    "Qaddafi",
    "Gaddafi",
    "van",
    "der",
    "Berg",
    "Vanderberg",
    "BOK",
    "the",
    "27th",
    "27",
    "Petrovich",
    "Tradng",
    "Incorported",
    "Technolgies",
    "Technologies",
    "Limted",
    "Ldt",
];

pub(crate) fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 1..6).prop_map(|it| it.join(" "))
}

pub(crate) fn kind() -> impl Strategy<Value = PartyKind> {
    prop::sample::select(vec![
        PartyKind::Person,
        PartyKind::Organization,
        PartyKind::Vessel,
        PartyKind::Unknown,
    ])
}

/// A name with some letters left out, doubled, swapped or replaced.
pub(crate) fn mutated() -> impl Strategy<Value = String> {
    (
        words(),
        prop::collection::vec(
            (any::<prop::sample::Index>(), 0u8..4, prop::char::range('a', 'z')),
            0..4,
        ),
    )
        .prop_map(|(text, changes)| {
            let mut letters: Vec<char> = text.chars().collect();
            for (at, change, letter) in changes {
                let at = at.index(letters.len().max(1));
                match change {
                    0 if letters.len() > 1 => {
                        letters.remove(at);
                    }
                    1 => letters.insert(at, letter),
                    2 if at + 1 < letters.len() => letters.swap(at, at + 1),
                    _ => letters[at] = letter,
                }
            }
            letters.into_iter().collect()
        })
}

pub(crate) fn party(names: &[String], kind: PartyKind) -> ListedParty {
    let names = names
        .iter()
        .map(|it| PartyName {
            text: it.clone(),
            role: crate::party::NameRole::Primary,
            weak: false,
            parts: None,
        })
        .collect();
    ListedParty { kind, names, ..ListedParty::default() }
}

fn told(hits: &[Hit]) -> Vec<String> {
    hits.iter().map(|it| format!("{it:?}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_index_finds_what_the_scan_finds(
        listed in prop::collection::vec((prop::collection::vec(words(), 1..3), kind()), 1..60),
        asked in prop::collection::vec((mutated(), kind()), 1..12),
        threshold in prop::sample::select(vec![500u16, 600, 700, 800, 900]),
    ) {
        let parties: Vec<ListedParty> = listed.iter().map(|(names, kind)| party(names, *kind)).collect();
        let bytes = index::build(&parties);
        let index = Index::read(&bytes).unwrap();
        let settings = Settings { threshold: Score::new(threshold), ..Settings::default() };
        let screener = Screener::new(index, &settings);
        let mut workspace = Workspace::default();
        for (name, kind) in asked {
            let query = Query::by_name(&name, kind);
            prop_assert_eq!(
                told(&screener.screen(&query, &mut workspace)),
                told(&screener.screen_exhaustively(&query)),
                "{} {:?}", name, kind
            );
        }
    }

    #[test]
    fn a_name_written_as_it_is_listed_is_a_hit_of_every_kind(
        listed in prop::collection::vec((words(), kind(), any::<bool>()), 1..30),
        asked in kind(),
        told in prop::option::of(prop::sample::select(vec!["XA", "XB"])),
    ) {
        let parties = listed.iter().map(|(name, kind, weak)| {
            let mut it = party(std::slice::from_ref(name), *kind);
            it.names[0].weak = *weak;
            it.countries = vec![(crate::party::CountryLink::Location, "XA".parse().unwrap())];
            it
        });
        let bytes = index::build(&parties.collect::<Vec<_>>());
        let settings = Settings::default();
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        let mut workspace = Workspace::default();
        for (at, (name, ..)) in (0u32..).zip(&listed) {
            let mut query = Query::by_name(name, asked);
            query.countries.extend(told.map(|it| it.parse::<crate::CountryCode>().unwrap()));
            let hits = screener.screen(&query, &mut workspace);
            prop_assert!(hits.iter().any(|it| it.party == at), "{} as {:?}", name, asked);
        }
    }

    #[test]
    fn what_is_remembered_of_earlier_queries_changes_no_hit(
        listed in prop::collection::vec((words(), kind()), 1..60),
        other in prop::collection::vec((words(), kind()), 1..60),
        asked in prop::collection::vec((mutated(), kind()), 1..40),
    ) {
        let built = |them: &[(String, PartyKind)]| {
            let them = them.iter().map(|it| party(std::slice::from_ref(&it.0), it.1));
            index::build(&them.collect::<Vec<_>>())
        };
        let (bytes, other) = (built(&listed), built(&other));
        let settings = Settings { threshold: Score::new(600), ..Settings::default() };
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        let (mut workspace, mut fresh) = (Workspace::default(), Workspace::default());
        let mut memo = Memo::of(Index::read(&bytes).unwrap());
        let mut short = Memo::of(Index::read(&bytes).unwrap());
        short.words.most = 40;
        let mut foreign = Memo::of(Index::read(&other).unwrap());
        for (name, kind) in asked.iter().chain(&asked) {
            let query = Query::by_name(name, *kind);
            let hits = told(&screener.screen(&query, &mut fresh));
            for memo in [&mut memo, &mut short, &mut foreign] {
                let again = told(&screener.screen_remembering(&query, &mut workspace, memo));
                prop_assert_eq!(&hits, &again, "{} {:?}", name, kind);
            }
        }
    }

    #[test]
    fn any_text_is_screened_without_panic(listed in prop::collection::vec(any::<String>(), 1..5), asked in any::<String>()) {
        let bytes = index::build(&[party(&listed, PartyKind::Unknown)]);
        let settings = Settings::default();
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        let query = Query::by_name(&asked, PartyKind::Unknown);
        let hits = screener.screen(&query, &mut Workspace::default());
        prop_assert_eq!(told(&hits), told(&screener.screen_exhaustively(&query)));
    }

    #[test]
    fn the_index_is_the_same_for_the_same_parties(listed in prop::collection::vec(words(), 1..20)) {
        let parties = [party(&listed, PartyKind::Person)];
        prop_assert_eq!(index::build(&parties), index::build(&parties));
    }
}

#[test]
fn two_letters_lead_to_the_names_that_have_something_else_in_common_and_to_no_others() {
    let listed: Vec<ListedParty> = (0..2000)
        .map(|at| {
            let word = |first: &str, at: u32| {
                let letters: String = (0..4)
                    .map(|it| ["a", "ku", "lo", "mi", "ne"][(at / 5u32.pow(it) % 5) as usize])
                    .collect();
                format!("{first}{letters}")
            };
            let rest = match at % 16 {
                0 => " Electronics GmbH",
                1 => " Ivanov",
                2 => " E",
                3..=6 => " Sumi Kano",
                _ => "",
            };
            let kind = if at % 3 == 0 { PartyKind::Person } else { PartyKind::Organization };
            party(&[format!("{} {}{rest}", word("S", at), word("T", at + 7))], kind)
        })
        .collect();
    let bytes = index::build(&listed);
    for threshold in [600, 770, 830] {
        let settings = Settings { threshold: Score::new(threshold), ..Settings::default() };
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        for (asked, most) in [
            ("St Eelctronics GmbH", 300),
            ("St Ivanov", 400),
            ("Ivanov ST", 400),
            ("St E", 4000),
            ("St Sk", 4000),
            ("St Sumikano", 4000),
            ("ST", 4000),
            ("St Salku", 4000),
            ("St Takukuku", 4000),
        ] {
            for kind in [PartyKind::Person, PartyKind::Organization, PartyKind::Unknown] {
                let query = Query::by_name(asked, kind);
                let mut workspace = Workspace::default();
                let hits = screener.screen(&query, &mut workspace);
                assert_eq!(told(&hits), told(&screener.screen_exhaustively(&query)), "{asked}");
                let looked = workspace.work.looked;
                assert!(threshold < 770 || looked < most, "{asked}: {looked} looked at");
            }
        }
    }
}

#[test]
fn an_index_of_another_version_of_the_comparison_is_refused() {
    let mut bytes = index::build(&[party(&["Gazprom".to_owned()], PartyKind::Organization)]);
    assert!(Index::read(&bytes).is_ok());
    bytes[index::MAGIC.len()] ^= 1;
    assert_eq!(Index::read(&bytes).err(), Some(index::IndexError::Version));
}

#[test]
fn the_seeds_of_the_fuzz_target_give_the_same_hits_both_ways() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/name_match");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let (asked, listed) = text.split_once('\n').unwrap();
        let bytes = index::build(&[party(&[listed.to_owned()], PartyKind::Unknown)]);
        let settings = Settings { threshold: Score::new(300), ..Settings::default() };
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        let query = Query::by_name(asked, PartyKind::Unknown);
        let hits = screener.screen(&query, &mut Workspace::default());
        assert_eq!(told(&hits), told(&screener.screen_exhaustively(&query)));
        read += 1;
    }
    assert!(read > 5);
}

fn best(asked: &str, listed: &str, kind: PartyKind) -> u16 {
    let bytes = index::build(&[party(&[listed.to_owned()], kind)]);
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
    let hits = screener.screen(&Query::by_name(asked, kind), &mut Workspace::default());
    hits.first().map_or(0, |it| it.score.thousandths())
}

#[test]
fn shortened_words_of_organizations_are_read_in_full() {
    let names = [
        ("Valway Scientific Res. Inst.", "Valway Scientific Research Institute"),
        ("Valway Investment Mgmt Co", "Valway Investment Management Company"),
        ("Valway Int. Trdg LLC", "Valway International Trading LLC"),
        ("Norwood Acad of Scis", "Norwood Academy of Sciences"),
        ("Valway Technol Dev't Natl Co", "Valway Technology Development National Company"),
        ("Норвудский ун-т", "Норвудский университет"),
        ("Валвейский з-д", "Валвейский завод"),
    ];
    for (asked, listed) in names {
        for (asked, listed) in [(asked, listed), (listed, asked)] {
            let score = best(asked, listed, PartyKind::Organization);
            assert!(score >= 770, "{asked} for {listed}: {score}");
        }
    }
    let first = |text: &str, kind| Name::parse(text, kind).tokens[0].terms[0].text.clone();
    assert_eq!(first("Res. Valway", PartyKind::Organization), "research");
    assert_eq!(first("Res Valway", PartyKind::Organization), "res", "without a full stop a name");
    assert_eq!(first("Min. Valway", PartyKind::Person), "min");
}

#[test]
fn names_that_are_one_are_found() {
    for (asked, listed) in [
        ("Wladimir Putin", "Vladimir Vladimirovich PUTIN"),
        ("Путин Владимир", "PUTIN, Vladimir"),
        ("عتیق الله آخوند", "ATTIQULLAH AKHUND"),
        ("Abdul Aziz Nooristani", "'Abd al-Aziz al-Nuristani"),
        ("VladimirPutin", "Vladimir Putin"),
        ("JC Juncker", "Jean-Claude Juncker"),
        ("박지성", "Park Ji Sung"),
        ("习近平", "XI Jinping"),
    ] {
        assert!(best(asked, listed, PartyKind::Person) > 0, "{asked}");
    }
    for (asked, listed) in [
        ("OAO Gazprom", "Open Joint Stock Company Gazprom"),
        ("A.B.C. Co", "ABC Company"),
        ("Brigade 44", "Brigade Forty-Four"),
    ] {
        assert!(best(asked, listed, PartyKind::Organization) > 0, "{asked}");
    }
}

#[test]
fn one_rare_word_is_enough_for_what_is_no_person() {
    let listed = [
        ("Rostec", "State Corporation Rostec"),
        ("Huawei", "Huawei Marine"),
        ("Huawei Ltd.", "Huawei Italia"),
        ("NSO", "NSO Group"),
        ("VTB", "VTB Bank"),
    ];
    let threshold = Settings::default().threshold.thousandths();
    for (asked, listed) in listed {
        assert!(best(asked, listed, PartyKind::Organization) >= threshold, "{asked} {listed}");
    }
    // Neither one that is like it, nor a word that many have, nor one of two that both tell.
    for (asked, listed) in [
        ("Rostel", "State Corporation Rostec"),
        ("Bank", "VTB Bank"),
        ("Huawei Kranich", "Huawei Marine"),
        ("Kranich", "Kranich Brodersen Velm"),
    ] {
        assert!(best(asked, listed, PartyKind::Organization) < threshold, "{asked} {listed}");
    }
    assert!(best("Rostec", "Ivan Rostec", PartyKind::Person) < threshold);
}

#[test]
fn a_slip_in_a_common_word_or_legal_form_hides_no_listed_party() {
    for (asked, listed) in [
        ("NSO Group Technolgies", "NSO Group"),
        ("NSO Gruop", "NSO Group"),
        ("NSO Group Technologies Ldt", "NSO Group"),
        ("NSO Group", "NSO Group Technolgies"),
        ("Sandvine Incorported", "Sandvine Incorporated"),
        ("Sandvine Incorported", "Sandvine"),
        ("Sandvine Cooperation Inc", "Sandvine Incorporated"),
        ("Positive Technologes", "Positive Technologies AO"),
        ("Candiru Limted", "Candiru Ltd."),
        ("Intellexa Grop S.A.", "Intellexa Group"),
        (
            "Computer Security Initiative Consultnacy",
            "Computer Security Initiative Consultancy PTE. LTD.",
        ),
    ] {
        assert!(best(asked, listed, PartyKind::Organization) >= 770, "{asked} / {listed}");
        assert!(best(asked, listed, PartyKind::Unknown) >= 770, "{asked} / {listed}");
    }
}

#[test]
fn a_slip_in_a_legal_form_of_several_words_hides_no_listed_party() {
    for (asked, listed) in [
        ("LIMITED LIABILTY COMPANY ZORBLATT", "LIMITED LIABILITY COMPANY ZORBLATT"),
        ("JOINT STOCK COMPNAY POLIMER", "Joint Stock Company Polimer"),
        ("Public Joint Stock Comany Saturn", "Public Joint Stock Company Saturn"),
        ("AKTSSIONERNOE OBSHCHESTVO ZAVOD PROTON", "AKTSIONERNOE OBSHCHESTVO ZAVOD PROTON"),
        (
            "OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYYU NN DEVELOPMENT",
            "OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU NN DEVELOPMENT",
        ),
    ] {
        for kind in [PartyKind::Organization, PartyKind::Unknown] {
            assert!(asked_as(asked, kind, listed, PartyKind::Organization) >= 770, "{asked}");
        }
    }
}

#[test]
fn first_letters_are_read_beside_titles_and_behind_a_name_and_may_be_two() {
    for (asked, listed) in [
        ("Mr. A. V. Fomin", "FOMIN, Alexander Vasilyevich"),
        ("Mr A V Fomin", "FOMIN, Alexander Vasilyevich"),
        ("Mr. Fomin A.V.", "FOMIN, Alexander Vasilyevich"),
        ("Dr. A. M. Bulyga", "BULYGA, Andrey Mikhaylovich"),
        ("A. R. Rotenberg, director", "ROTENBERG, Arkady Romanovich"),
        ("A. R. Rotenberg (CEO)", "ROTENBERG, Arkady Romanovich"),
        ("Capt. A. R. Rotenberg", "ROTENBERG, Arkady Romanovich"),
        ("Rotenberg A R", "ROTENBERG, Arkady Romanovich"),
        ("Rotenberg AR", "ROTENBERG, Arkady Romanovich"),
        ("ROTENBERG AR", "ROTENBERG, Arkady Romanovich"),
        ("Yu. V. Kovalchuk", "KOVALCHUK, Yuri Valentinovich"),
        ("Kovalchuk Yu.V.", "KOVALCHUK, Yuri Valentinovich"),
        ("Ковальчук Ю.В.", "KOVALCHUK, Yuri Valentinovich"),
        ("Козачек Н.Ю.", "KOZACHEK, Nikolay Yuryevich"),
        ("Магжанов Р.Я.", "Ramil Yarullovich Magzhanov"),
        ("Иванов Е.Ж.", "IVANOV, Yevgeny Zhanovich"),
        ("Х.Ш. Зорблатов", "ZORBLATOV, Khasan Shamilevich"),
        ("ИП Ротенберг А.Р.", "ROTENBERG, Arkady Romanovich"),
    ] {
        assert!(asked_as(asked, PartyKind::Unknown, listed, PartyKind::Person) >= 770, "{asked}");
    }
    // Other letters are another person's, and a short name is no two letters.
    for (asked, listed) in [
        ("Mr. B. V. Fomin", "FOMIN, Alexander Vasilyevich"),
        ("Ковальчук Я.В.", "KOVALCHUK, Yuri Valentinovich"),
        ("ZORBLATOV LI", "ZORBLATOV, Lev Ivanovich"),
        ("Zorblatov AG", "ZORBLATOV, Anton Grigoryevich"),
    ] {
        let score = asked_as(asked, PartyKind::Unknown, listed, PartyKind::Person);
        assert!(score < 770, "{asked}: {score}");
    }
}

#[test]
fn another_kind_lowers_the_score_of_the_same_name_and_does_not_clear_it() {
    for (asked, told, listed, kind) in [
        ("LLC AEON ZORBLATT", PartyKind::Person, "LLC AEON ZORBLATT", PartyKind::Organization),
        ("Dr. Ayman Zorblatt", PartyKind::Organization, "ZORBLATT, Dr. Ayman", PartyKind::Person),
        ("MAR AZUL", PartyKind::Organization, "MAR AZUL", PartyKind::Vessel),
        ("Yu Zhang", PartyKind::Organization, "ZHANG, Yu", PartyKind::Person),
    ] {
        let (same, other) =
            (asked_as(asked, kind, listed, kind), asked_as(asked, told, listed, kind));
        assert!(other >= 770 && other < same, "{asked}: {same}, {other}");
    }
    let score =
        asked_as("Zorblat Quarimond", PartyKind::Person, "Zorblatt Quarrimond", PartyKind::Vessel);
    assert!(score < 770, "{score}");
}

#[test]
fn a_name_is_found_without_its_remark_and_by_the_acronym_in_it() {
    let listed = "National University of Defense Technology (NUDT)";
    for asked in [
        "National University of Defense Technology",
        "National University of Defence Technology",
        "NUDT",
        listed,
    ] {
        assert!(best(asked, listed, PartyKind::Organization) >= 770, "{asked}");
        assert!(best(asked, listed, PartyKind::Unknown) >= 770, "{asked}");
    }
    assert!(best("Zorblatt", "ZORBLATT (MNC GROUP, INC.)", PartyKind::Organization) >= 770);
    let listed = "Ministry of Defence of the Russian Federation, including all of its units";
    for asked in ["Ministry of Defence of Russia", "Министерство обороны Российской Федерации"]
    {
        assert!(best(asked, listed, PartyKind::Organization) >= 770, "{asked}");
    }
}

#[test]
fn names_in_other_scripts_are_found_with_what_stands_around_them() {
    for (asked, listed) in [
        ("ФСБ России", "FSB"),
        ("انصار حزب الله", "ANSAR-E HEZBOLLAH"),
        ("حزب الله", "HIZBALLAH"),
        ("Hizb Ullah", "HEZBOLLAH"),
        ("裕宏德有限公司", "YU HONG DE COMPANY LIMITED"),
        ("深圳市大疆创新科技有限公司", "Da-Jiang Innovations"),
        ("شركة ماهان للطيران", "MAHAN AIR"),
        ("هواپیمایی ماهان", "MAHAN AIR"),
    ] {
        let score = asked_as(asked, PartyKind::Unknown, listed, PartyKind::Organization);
        assert!(score >= 770, "{asked} and {listed}: {score}");
    }
}

/// The score of a name asked for as that of one kind and listed as that of another.
fn asked_as(asked: &str, told: PartyKind, listed: &str, kind: PartyKind) -> u16 {
    let bytes = index::build(&[party(&[listed.to_owned()], kind)]);
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
    let hits = screener.screen(&Query::by_name(asked, told), &mut Workspace::default());
    hits.first().map_or(0, |it| it.score.thousandths())
}

#[test]
fn one_wrong_letter_wherever_it_stands_hides_no_listed_party() {
    for listed in ["Candiru", "Sandvine", "Intellexa", "Kaspersky", "Positive Technologies"] {
        let word = listed.split(' ').next().unwrap_or_default();
        for at in 0..word.len() {
            for wrong in ["x", "m"] {
                let mut asked = listed.to_owned();
                asked.replace_range(at..=at, wrong);
                for kind in [PartyKind::Organization, PartyKind::Unknown] {
                    assert!(best(&asked, listed, kind) >= 770, "{asked} / {listed}");
                }
            }
        }
    }
}

#[test]
fn names_from_elsewhere_in_cyrillic_and_hangul_are_read_as_such() {
    for (asked, listed) in [
        ("итидзо танида", "Ichizo Tanida"),
        ("форрест сюити", "Forrest Shuichi"),
        ("갈 월리스", "Gal Wallis"),
        ("브와디스와프 마트카", "Władysław Matka"),
        ("페르난두 곤살베스", "Fernando Gonçalves"),
        ("카라바조 마리오", "Caravaggio Mario"),
        ("רונן לוי", "Ronen Levy"),
        ("عبد الحی کریمی", "Abdulhai Karimi"),
        ("حبیب الرحمان مدني", "Habibirahman Madani"),
        ("خالد بن الوراق", "Khaled Binalwarraq"),
        // The given name of a Korean is still taken apart.
        ("김 민수", "Kim Min Su"),
    ] {
        assert!(best(asked, listed, PartyKind::Person) > 0, "{asked}");
    }
}

#[test]
fn a_foreign_name_is_read_as_people_spell_it_and_the_one_next_to_it_is_further_off() {
    for (asked, listed, other) in [
        ("ブレヒト·カリミ", "Brecht Karimi", "Brecht Karima"),
        ("ローゼンバーグ·ナディン", "Rosenberg Nadin", "Rosenberg Nadia"),
        ("게이츠 알퐁스", "Gates Alphonse", "Gates Alfonsina"),
        ("마르쿠스 요나스", "Markus Jonas", "Markus Johns"),
        ("הילדה בוקר", "Hilda Boker", "Hilda Baker"),
        ("مارشا ستوت", "Marsha Stott", "Marsha Sotto"),
        ("келли эйзенхауэр", "Kelly Eisenhower", "Kelly Eisner"),
    ] {
        let (same, next) =
            (best(asked, listed, PartyKind::Person), best(asked, other, PartyKind::Person));
        assert!(same >= 850 && same > next + 10, "{asked}: {listed} {same}, {other} {next}");
    }
}

#[test]
fn what_is_written_in_another_way_is_the_same_name() {
    let is = |asked: &str, listed: &str, kind| {
        assert!(best(asked, listed, kind) >= 770, "{asked} / {listed}");
    };
    for (asked, listed) in [
        ("558th Aircraft Repair Plant", "JSC 558 Aircraft Repair Plant"),
        ("27-й Центральный институт", "27 Центральный институт"),
        ("Vanderbilt Corp", "Van der Bilt Corp"),
        ("Appel Inc.", "Apple Inc."),
        ("U.S. Department of State", "United States Department of State"),
        ("AMMS", "Academy of Military Medical Sciences"),
        ("SIQSE", "Shenzhen Institute of Quantum Science and Engineering"),
    ] {
        is(asked, listed, PartyKind::Organization);
    }
    is("Sergejs Lavrovs", "Sergey Lavrov", PartyKind::Person);
    is("Mikalaj Mikalajevitj Verabej", "Mikalai Mikalaevich Verabei", PartyKind::Person);
}

#[test]
fn organizations_are_found_by_what_their_words_mean() {
    for (asked, listed) in [
        ("三菱材料株式会社", "Mitsubishi Materials Corporation"),
        ("شركة البراق للصناعات الكيميائية", "Al-Buraq Chemical Industries Company"),
        ("شرکت بازرگانی پارسیان", "Parsian Trading Company"),
        ("شبکه بدری", "Badri Network"),
        ("חברת אלמוג מערכות", "Almog Systems Company"),
        ("哈尔滨工程大学", "Harbin Engineering University"),
        ("浪潮集团", "Inspur Group Co., Ltd."),
        ("Zorvane Elec. Ind.", "Zorvane Electric Industries"),
        ("اتحاد النجباء الإسلامي", "Nujaba Islamic Union"),
        ("حركة الفرقان", "Al-Furqan Movement"),
        ("Δωρική Ναυτιλιακή Α.Ε.", "Doriki Shipping S.A."),
        ("ΕΠΑΝΑΣΤΑΤΙΚΟΣ ΑΓΩΝΑΣ", "Revolutionary Struggle"),
        ("哈德森技术公司", "Hudson Technologies, Ltd."),
        ("洛克希德·马丁公司", "Lockheed Martin Corporation"),
        ("OOO Snabzhenie Vostok", "Oriental Supply LLC"),
        ("VTB Infrastrukturnye Investitsii", "VTB Infrastructure Investments LLC"),
    ] {
        let score = best(asked, listed, PartyKind::Organization);
        assert!(score >= 770, "{asked} and {listed}: {score}");
    }
    for (asked, listed) in [
        ("三菱材料株式会社", "Hitachi Materials Corporation"),
        ("OOO Snabzhenie Zapad", "Oriental Supply LLC"),
        ("Continental AG", "Aero Continente S.A."),
    ] {
        let score = best(asked, listed, PartyKind::Organization);
        assert!(score < 770, "{asked} and {listed}: {score}");
    }
}

#[test]
fn a_fathers_name_that_one_side_leaves_out_says_little_and_another_one_much() {
    let listed = "Ivan Petrovich Sidorenko";
    let without = best("Ivan Sidorenko", listed, PartyKind::Person);
    assert!(without > 900, "{without}");
    assert_eq!(best("Ivan Sergeevich Sidorenko", listed, PartyKind::Person), 0);
}

#[test]
fn names_that_contradict_each_other_are_not() {
    for (asked, listed) in [
        ("Sergey Borisovich Lavrov", "Sergey Viktorovich LAVROV"),
        ("Michelle Obama", "Barack Obama"),
        ("Ali Saddam Hussein al-Rawi", "Ali Saddam Hussein al-Tikriti"),
        ("Viktor Yakunin", "Vladimir Yakunin"),
    ] {
        assert_eq!(best(asked, listed, PartyKind::Person), 0, "{asked}");
    }
}

#[test]
fn a_name_alone_never_reaches_the_most_and_a_birth_date_tells_namesakes_apart() {
    let mut listed = party(&["Ivan Petrovich Sidorenko".to_owned()], PartyKind::Person);
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    let born = |text: &str| crate::party::DateSpan {
        earliest: day(text),
        latest: day(text),
        circa: false,
    };
    listed.births = vec![born("1962-03-04")];
    let bytes = index::build(&[listed]);
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
    let score = |born| {
        let query = Query { born, ..Query::by_name("Ivan Petrovich Sidorenko", PartyKind::Person) };
        let hits = screener.screen(&query, &mut Workspace::default());
        hits.first().map(|it| (it.tally.likeness.thousandths(), it.score.thousandths()))
    };
    let (alone, same, other) = (
        score(None).unwrap(),
        score(Some(born("1962-03-04"))).unwrap(),
        score(Some(born("1990-01-01"))),
    );
    assert_eq!((alone.0, same.0), (1000, 1000));
    assert!(alone.1 < same.1);
    assert!(other.is_none_or(|it| it.1 < alone.1));
}

#[test]
fn a_phrase_in_british_spelling_is_the_same_phrase() {
    for (asked, listed) in [
        ("Iran Space Research Centre", "Iran Space Research Center"),
        ("Scientific-Technical Centre Zarya", "Scientific-Technical Center Zarya"),
    ] {
        assert!(best(asked, listed, PartyKind::Organization) >= 900, "{asked}");
    }
}

#[test]
fn first_letters_of_common_words_of_a_form_or_of_a_person_tell_nothing() {
    let threshold = Settings::default().threshold.thousandths();
    let hit = |asked: &str, listed: &str, of: PartyKind| {
        let bytes = index::build(&[party(&[listed.to_owned()], of)]);
        let settings = Settings::default();
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        let query = Query::by_name(asked, PartyKind::Organization);
        let hits = screener.screen(&query, &mut Workspace::default());
        hits.first().is_some_and(|it| it.score.thousandths() >= threshold)
    };
    let organization = PartyKind::Organization;
    for (asked, listed) in [
        ("Shanghai Advanced Materials Technology Co., Ltd.", "SAMT"),
        ("Ministry of Health, Australia", "MOHA"),
        ("Zephyr Makine San. A.Ş.", "ZMSA"),
        ("Quorvane Zephyr Trading Ltd", "QZ Trade LLC"),
    ] {
        assert!(!hit(asked, listed, organization), "{asked} {listed}");
    }
    // Whoever writes the letters of a long name means it.
    for (asked, listed) in [
        ("NUDT", "National University of Defense Technology"),
        ("Quorvane Zephyr Brandel Trading", "QZBT"),
    ] {
        assert!(hit(asked, listed, organization), "{asked} {listed}");
    }
    assert!(!hit("Zaab AB", "Zhawki Ali Ahmed al-Badani", PartyKind::Person));
}
