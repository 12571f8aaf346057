use super::*;
use crate::index;
use crate::screener::tests::{kind, mutated, party, words};
use crate::{Index, Query, Screener, Settings, Workspace};
use proptest::prelude::*;

pub(super) fn texts(text: &str, kind: PartyKind) -> Vec<String> {
    readings(text, kind).into_iter().map(|it| it.text).collect()
}

/// Whether a party of this kind and name is found when it is asked for by this text.
pub(super) fn finds(listed: &str, kind: PartyKind, asked: &str) -> bool {
    let bytes = index::build(&[party(&[listed.to_owned()], kind)]);
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
    [kind, PartyKind::Unknown].into_iter().all(|it| {
        !screener.screen(&Query::by_name(asked, it), &mut Workspace::default()).is_empty()
    })
}

#[test]
fn a_plain_name_has_one_reading() {
    for (name, kind) in [
        ("Viktor Bout", PartyKind::Person),
        ("Bout, Viktor", PartyKind::Person),
        ("Jean-Claude Van Damme", PartyKind::Person),
        ("Владимир Путин", PartyKind::Person),
        ("Northwind Trading Company, Ltd.", PartyKind::Organization),
        ("Müller O'Brien GmbH", PartyKind::Organization),
        ("", PartyKind::Unknown),
        ("&&&", PartyKind::Unknown),
    ] {
        assert_eq!(texts(name, kind), [name]);
    }
}

#[test]
fn each_name_of_a_field_is_found() {
    for listed in [
        ("Quorvane Systems Ltd", PartyKind::Organization),
        ("Ostap Veligorov", PartyKind::Person),
        ("Equipment Development Department", PartyKind::Organization),
        ("Zelmira", PartyKind::Vessel),
    ] {
        for field in [
            "X a/k/a Bramblewick Foods Cooperative",
            "Bramblewick Foods Cooperative a.k.a. X",
            "Bramblewick Foods Cooperative (formerly known as X)",
            "Bramblewick Foods Cooperative, f/k/a X, Lisbon",
            "Bramblewick Foods Cooperative D/B/A X",
            "Bramblewick Foods Cooperative c/o X",
            "X on behalf of Bramblewick Foods Cooperative",
            "Bramblewick Foods Cooperative via X",
            "Attn: X, Bramblewick Foods Cooperative",
            "Bramblewick Foods Cooperative, a subsidiary of X",
            "X's branch in Lisbon",
            "X Lisbon branch",
            "X sales@example.com",
            "Bramblewick Foods Cooperative\nNotify party: X",
            "X, DOB: 1961-03-14, POB: Bramblewick",
            "X, 12 Main Street, Suite 400, Lisbon, Portugal",
            "X — 5 Hashoftim St., Bramblewick, Portugal",
            "&#34;X&#34;",
        ] {
            let asked = field.replace('X', listed.0);
            assert!(finds(listed.0, listed.1, &asked), "{asked}");
        }
    }
}

#[test]
fn a_nickname_hides_nobody_and_is_a_name() {
    for asked in
        ["Ostap \"Cloud of Smoke\" Veligorov", "Ostap 'Smoky' Veligorov", "Ostap “Smoky” Veligorov"]
    {
        assert!(finds("Ostap Veligorov", PartyKind::Person, asked), "{asked}");
    }
    assert!(finds("Cloud of Smoke", PartyKind::Person, "Ostap \"Cloud of Smoke\" Veligorov"));
    assert_eq!(texts("Shaun O'Neil", PartyKind::Person), ["Shaun O'Neil"]);
}

#[test]
fn letters_that_only_look_alike_hide_nobody() {
    let listed = ("ZEPHYRCOM TRADE HOUSE", PartyKind::Organization);
    for asked in [
        "ΖЕРНYRСОМ ТRАDЕ НОUЅЕ",
        "Z3PHYRC0M TR4D3 H0US3",
        "ᏃᎬᏢᎻYᎡᏟOᎷ ᎢᎡᎪᎠᎬ ᎻOUᏚᎬ",
        "ᴢᴇᴘʜʏʀᴄᴏᴍ ᴛʀᴀᴅᴇ ʜᴏᴜꜱᴇ",
        "🅩🅔🅟🅗🅨🅡🅒🅞🅜 🆃🆁🅰🅳🅴 🅷🅾🆄🆂🅴",
        "🇿🇪🇵🇭🇾🇷🇨🇴🇲 🇹🇷🇦🇩🇪 🇭🇴🇺🇸🇪",
        "𝐙𝐄𝐏𝐇𝐘𝐑𝐂𝐎𝐌 𝕋ℝ𝔸𝔻𝔼 Ⓗⓞⓤⓢⓔ",
        "Z\u{2066}E\u{ad}P\u{200b}H\u{3164}Y\u{e0020}R\u{34f}COM TRADE HOUSE",
        "\u{202e}ESUOH EDART MOCRYHPEZ\u{202c}",
        "Z E P H Y R C O M  T R A D E  H O U S E",
        "Z.E.P.H.Y.R.C.O.M. TRADE HOUSE",
        "Z-e-p-h-y-r-c-o-m T-r-a-d-e H-o-u-s-e",
        "ZephyrcomTradeHouse",
        "Zephyrcom%20Trade%20House",
        "Zephyrcom+Trade+House",
        "&#90;ephyrcom&nbsp;Tr&#x61;de House",
        "Ƶɇphyrcom Ŧrađe Ħouse",
    ] {
        assert!(finds(listed.0, listed.1, asked), "{asked}");
    }
}

#[test]
fn a_word_that_is_another_script_through_and_through_is_not_folded() {
    assert_eq!(texts("Сара Иванова", PartyKind::Person)[0], "Сара Иванова");
    assert!(texts("Сара Иванова", PartyKind::Person).iter().all(|it| it.contains("Иванова")));
    assert_eq!(texts("Ирина Жукова", PartyKind::Person), ["Ирина Жукова"]);
}

#[test]
fn a_single_word_out_of_a_longer_field_counts_only_where_it_is_nearly_the_same() {
    let organization = PartyKind::Organization;
    assert!(finds("Markus Ltd", organization, "Markus & Millichap Holdings"));
    assert!(!finds("Markus Ltd", organization, "Marcus & Millichap Holdings"));
    assert!(finds("Markus Ltd", organization, "Millichap Holdings a/k/a Marcus"));
}

#[test]
fn no_phrase_stands_under_two_headings_and_no_look_alike_for_two_letters() {
    let lines = include_str!("../../data/between.tsv").lines();
    let phrases = lines.filter(|it| !it.starts_with('#')).filter_map(|it| it.split_once('\t'));
    let mut all: Vec<&str> = phrases.flat_map(|it| it.1.split(", ")).collect();
    all.sort_unstable();
    let count = all.len();
    all.dedup();
    assert_eq!((all.len(), count > 200), (count, true));
    let lines = include_str!("../../data/lookalikes.txt").lines();
    let mut letters: Vec<char> = lines
        .filter_map(|it| it.split_once(' ').filter(|it| it.0.len() == 1 && it.0 != "#"))
        .flat_map(|it| it.1.chars().filter(|it| *it != '|'))
        .collect();
    letters.sort_unstable();
    let twice: Vec<char> = letters.windows(2).filter(|it| it[0] == it[1]).map(|it| it[0]).collect();
    assert_eq!(twice, []);
}

#[test]
fn a_word_before_a_comma_may_be_a_firm_and_is_no_person_or_vessel() {
    let organization = PartyKind::Organization;
    assert!(finds("Zephyrcom S.A.", organization, "Zephyrcom, Athens"));
    assert!(finds("Zephyrcom S.A.", PartyKind::Unknown, "Zephyrcom, Athens"));
    for (listed, kind, asked) in [
        ("Zephyrcom", PartyKind::Vessel, "Zephyrcom, Athens"),
        ("Veligorov", PartyKind::Person, "Veligorov, Ostap"),
        // Likely a family name.
        ("Martin Ltd", organization, "Martin, Ostap"),
        // Nearly the same is not enough for so little.
        ("Zephircom S.A.", organization, "Zephyrcom, Athens"),
    ] {
        assert!(!finds(listed, kind, asked), "{asked}");
    }
}

#[test]
fn one_rare_word_before_a_place_or_a_remark_is_as_much_as_alone() {
    let organization = PartyKind::Organization;
    for asked in [
        "Zephyrcom",
        "Zephyrcom, Moscow",
        "ZEPHYRCOM, 12 Main Street, Lisbon",
        "Zephyrcom (Face++)",
        "Zephyrcom Portugal",
        "Zephyrcom Portugal Ltd",
    ] {
        assert!(finds("State Corporation Zephyrcom", organization, asked), "{asked}");
    }
    // Nor is it enough where it is not all found, or of a person.
    let readings = readings("Zephyrcom, Moscow", organization);
    let word = readings.iter().find(|it| it.text == "Zephyrcom").unwrap();
    let tally = Tally { likeness: Score::new(750), ..Tally::default() };
    assert_eq!(word.counts(tally, organization, || true), Some(tally));
    assert_eq!(word.counts(tally, organization, || false), None);
    assert_eq!(word.counts(tally, PartyKind::Person, || true), None);
}

#[test]
fn a_part_that_is_no_more_than_a_company_is_no_name() {
    let organization = PartyKind::Organization;
    for (listed, asked) in [
        ("N.V. Co", "Zephyr Brothers & Co"),
        ("N.V. Co", "Zephyr & Co., Ltd."),
        ("Trading House", "Zephyr / Trading"),
    ] {
        assert!(!finds(listed, organization, asked), "{asked}");
    }
    assert!(finds("N.V. Co", organization, "N.V. Co"));
    assert!(finds("Dom.rf", organization, "Dom.rf UAE"));
    assert!(finds("Equipment Department", organization, "Zephyr c/o Equipment Department"));
}

#[test]
fn the_name_of_a_site_or_a_mailbox_is_one() {
    let organization = PartyKind::Organization;
    for asked in [
        "zephyrcom.io",
        "https://www.zephyrcom.io/en?a=b",
        "sales@zephyrcom.co.uk",
        "J. Doe <j@zephyrcom.io>",
    ] {
        assert!(finds("Zephyrcom Ltd", organization, asked), "{asked}");
    }
    assert_eq!(texts("Zephyrcom.ltd", organization), ["Zephyrcom.ltd"]);
}

#[test]
fn letters_with_full_stops_behind_a_word_are_those_of_a_person() {
    for asked in ["Veligorov O.Y.", "Veligorov, O. Y.", "O.Y. Veligorov"] {
        assert!(finds("VELIGOROV, Ostap Yuryevich", PartyKind::Person, asked), "{asked}");
    }
}

/// A field of names and of what stands between and beside them, with letters that look alike.
fn field() -> impl Strategy<Value = String> {
    const BESIDE: &[&str] = &[
        " a/k/a ",
        " (",
        ") ",
        " c/o ",
        " & ",
        " / ",
        ", ",
        "; ",
        " \"",
        "\" ",
        " - ",
        "\n",
        " 12 ",
        " dob 1970 ",
        " Attn: ",
        "'s branch in ",
        " x@y.com ",
        "&amp;",
        " Russia ",
        " Tel:+86 755 1234567 ",
        " GST No. 27AAACB1234C1Z5 ",
        " CN",
        "/RU",
        " Zqx 1234567 ",
        " Succursale de ",
        "?",
        "\u{fffd}",
        "Å¡",
        " BLOCKED ",
        " 北京办事处 ",
    ];
    let piece = (mutated(), prop::sample::select(BESIDE), any::<bool>());
    prop::collection::vec(piece, 1..4).prop_map(|pieces| {
        pieces.into_iter().fold(String::new(), |text, (name, beside, alike)| {
            let name = if alike {
                name.replace('a', "а").replace('o', "0").replace('H', "Η").replace('e', "е")
            } else {
                name
            };
            text + &name + beside
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_index_finds_of_a_field_what_the_scan_finds(
        listed in prop::collection::vec((prop::collection::vec(words(), 1..3), kind()), 1..40),
        asked in prop::collection::vec((field(), kind()), 1..8),
        threshold in prop::sample::select(vec![500u16, 650, 770, 900]),
    ) {
        let parties: Vec<_> = listed.iter().map(|(names, kind)| party(names, *kind)).collect();
        let bytes = index::build(&parties);
        let settings = Settings { threshold: Score::new(threshold), ..Settings::default() };
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        let mut workspace = Workspace::default();
        for (text, kind) in asked {
            let query = Query::by_name(&text, kind);
            let told = |it: Vec<crate::Hit>| it.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>();
            prop_assert_eq!(
                told(screener.screen(&query, &mut workspace)),
                told(screener.screen_exhaustively(&query)),
                "{}", text
            );
        }
    }

    #[test]
    fn what_is_found_of_the_field_as_it_stands_is_found_with_its_readings(
        listed in prop::collection::vec((prop::collection::vec(words(), 1..3), kind()), 1..40),
        text in field(),
        kind in kind(),
    ) {
        let settings = Settings::default();
        let asked = Name::parse(&text, kind);
        let parties: Vec<_> = listed.iter().map(|(names, kind)| party(names, *kind)).collect();
        let bytes = index::build(&parties);
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        let hits = screener.screen(&Query::by_name(&text, kind), &mut Workspace::default());
        for (place, party) in (0u32..).zip(&parties) {
            for it in &party.names {
                let listed = Name::parse(&it.text, party.kind);
                let kinds = crate::align::Kinds { asked: kind, listed: party.kind };
                let tally = crate::compare::compare(&asked, &listed, kinds, &settings).tally;
                let evidence = crate::evidence::Evidence::of(&Query::by_name(&text, kind), party.kind, &[]);
                let score = evidence.score(&tally, false);
                let hit = hits.iter().find(|it| it.party == place).map_or(Score::new(0), |it| it.score);
                prop_assert!(score < settings.threshold || hit >= score, "{} {}", text, it.text);
            }
        }
    }

    #[test]
    fn any_text_has_readings_and_few(text in any::<String>(), kind in kind()) {
        let count = readings(&text, kind).len();
        prop_assert!((1..=MOST_READINGS).contains(&count));
    }
}
