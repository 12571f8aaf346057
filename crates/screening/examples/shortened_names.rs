//! Listed names as forms and clerks shorten them: `shortened_names CSL.compact.json [--each]`.
//!
//! Every listed name of more than 35 letters is cut at 35, 30 and 25; every word of organizations
//! with a usual abbreviation is replaced by it, one at a time and all at once; a city stands behind
//! a firm without a comma; one letter is wrong inside a common phrase. Each is asked for at the
//! shipped threshold, by its kind and without one; told is how many raise their entry. `--half 0`
//! and `--half 1` take names by a hash, so that one half can be looked at and the other kept.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a tool for developers"
)]

#[path = "given/parties.rs"]
mod parties;

use parties::read;
use screening::name::{Class, Name};
use screening::party::PartyKind;
use screening::{Index, Query, Screener, Settings, Workspace, index};
use std::collections::BTreeMap;

/// A way to shorten a name, and what becomes of one.
type Asked = (String, u32, PartyKind, String);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let each = arguments.iter().any(|it| it == "--each");
    let value = |name: &str| {
        arguments.iter().position(|it| it == name).and_then(|it| arguments.get(it + 1))
    };
    let half = value("--half").and_then(|it| it.parse::<u32>().ok());
    let only = value("--only");
    let parties = read(&arguments[0]);
    let mut all: Vec<Asked> = Vec::new();
    for (at, party) in (0u32..).zip(&parties) {
        for name in &party.names {
            let name = &name.text;
            if half.is_some_and(|it| hash(name) & 1 != it) {
                continue;
            }
            let mut put = |way: String, text: String| {
                if only.is_none_or(|it| way.contains(it.as_str())) {
                    all.push((way, at, party.kind, text));
                }
            };
            cut(name, party.kind, &mut put);
            if party.kind == PartyKind::Organization && name.is_ascii() {
                abbreviated(name, &mut put);
                placed(name, at, &mut put);
                slipped(name, at, &mut put);
            }
        }
    }
    let bytes = index::build(&parties);
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).expect("an index"), &settings);
    let mut workspace = Workspace::default();
    let mut told: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for (way, party, kind, text) in &all {
        let mut found = [false; 2];
        for (found, kind) in found.iter_mut().zip([*kind, PartyKind::Unknown]) {
            let hits = screener.screen(&Query::by_name(text, kind), &mut workspace);
            *found = hits.iter().any(|it| it.party == *party);
        }
        if each && found[0] {
            let hits = screener.screen(&Query::by_name(text, *kind), &mut workspace);
            println!("    {way} HITS {} `{text}`", hits.len());
        }
        if each && !found[0] {
            println!(
                "    {way} MISS {kind:?} `{text}` for `{}`",
                parties[*party as usize].names[0].text
            );
        }
        let counts = told.entry(way.clone()).or_default();
        counts[0] += 1;
        counts[1] += usize::from(found[0]);
        counts[2] += usize::from(found[1]);
    }
    for (way, [asked, of_kind, without]) in told {
        let share = |it: usize| 100.0 * it as f64 / asked as f64;
        println!(
            "{way}: {asked} asked, {:.1} % found of its kind, {:.1} % without one",
            share(of_kind),
            share(without)
        );
    }
}

fn hash(text: &str) -> u32 {
    text.bytes()
        .fold(2_166_136_261, |hash: u32, it| (hash ^ u32::from(it)).wrapping_mul(16_777_619))
        >> 7
}

fn cut(name: &str, kind: PartyKind, put: &mut impl FnMut(String, String)) {
    let what = if kind == PartyKind::Person { "person" } else { "other" };
    if name.chars().count() <= 35 {
        return;
    }
    // `Limited Liability Company` is all that a form may have left: that is nobody's name.
    let words: Vec<&str> = name.split_inclusive(' ').collect();
    let is_form = |text: &str| {
        let name = Name::parse(&format!("{text} Xyzzyqw"), PartyKind::Organization);
        let mut before = name.tokens.iter().rev().skip(1);
        before.all(|it| matches!(it.class, Class::Legal | Class::Particle))
    };
    let form = (1..=words.len()).rev().map(|it| words[..it].concat()).find(|it| is_form(it));
    let form = form.map_or(0, |it| it.chars().count());
    for limit in [35, 30, 25] {
        let text: String = name.chars().take(limit).collect();
        let is_told = limit >= form + 8;
        let less = if is_told { "" } else { ", hardly more than a legal form" };
        put(format!("cut at {limit}, {what}{less}"), text.trim_end().to_owned());
    }
}

/// Words of organizations and what is written for them.
const SHORT: [(&str, &str); 66] = [
    ("institute", "Inst"),
    ("institute", "Inst."),
    ("management", "Mgmt"),
    ("management", "Mgt"),
    ("technology", "Tech"),
    ("technologies", "Tech."),
    ("technology", "Technol"),
    ("technology", "Tchnlgy"),
    ("development", "Dev"),
    ("development", "Devt"),
    ("development", "Dev't"),
    ("international", "Intl"),
    ("international", "Int'l"),
    ("international", "Int."),
    ("industry", "Ind"),
    ("industries", "Inds"),
    ("industrial", "Indl"),
    ("industrial", "Indus."),
    ("science", "Sci"),
    ("sciences", "Scis"),
    ("university", "Univ"),
    ("university", "Uni."),
    ("academy", "Acad"),
    ("manufacturing", "Mfg"),
    ("engineering", "Engrg"),
    ("engineering", "Eng"),
    ("engineering", "Engg"),
    ("electric", "Elec"),
    ("electronics", "Elec."),
    ("electronics", "Electron"),
    ("electronic", "Elect."),
    ("equipment", "Equip"),
    ("equipment", "Eqpt"),
    ("pharmaceutical", "Pharm"),
    ("chemical", "Chem"),
    ("petroleum", "Petro"),
    ("investment", "Inv"),
    ("investment", "Invest"),
    ("services", "Svcs"),
    ("services", "Serv"),
    ("service", "Svc"),
    ("systems", "Sys"),
    ("system", "Sys."),
    ("center", "Ctr"),
    ("centre", "Ctr."),
    ("department", "Dept"),
    ("ministry", "Min."),
    ("national", "Natl"),
    ("national", "Nat'l"),
    ("government", "Govt"),
    ("association", "Assn"),
    ("association", "Assoc"),
    ("foundation", "Fdn"),
    ("trading", "Trdg"),
    ("shipping", "Shpg"),
    ("communications", "Comm"),
    ("communication", "Commun"),
    ("telecommunications", "Telecom"),
    ("research", "Res"),
    ("laboratory", "Lab"),
    ("logistics", "Logist"),
    ("transport", "Transp"),
    ("machinery", "Mach"),
    ("enterprise", "Ent"),
    ("group", "Grp"),
    ("holdings", "Hldgs"),
];

fn abbreviated(name: &str, put: &mut impl FnMut(String, String)) {
    let words: Vec<&str> = name.split(' ').collect();
    let mut all: Vec<String> = words.iter().map(|it| (*it).to_owned()).collect();
    let mut count = 0;
    for (at, word) in words.iter().enumerate() {
        let plain = word.trim_end_matches([',', '.']).to_ascii_lowercase();
        for (long, short) in SHORT {
            if plain == long {
                let mut one: Vec<&str> = words.clone();
                one[at] = short;
                put(format!("abbreviated {long} {short}"), one.join(" "));
                put("abbreviated, one word".to_owned(), one.join(" "));
                short.clone_into(&mut all[at]);
                count += 1;
            }
        }
    }
    if count > 1 {
        put("abbreviated, all words".to_owned(), all.join(" "));
    }
}

fn placed(name: &str, at: u32, put: &mut impl FnMut(String, String)) {
    const CITIES: [&str; 12] = [
        "Beijing",
        "Hangzhou",
        "Shenzhen",
        "Moscow",
        "Dubai",
        "Tehran",
        "Istanbul",
        "Hong Kong",
        "St. Petersburg",
        "Shanghai",
        "Minsk",
        "Damascus",
    ];
    // A firm is told by its first word or two, as people do.
    let words: Vec<&str> = name.split(' ').collect();
    let city = CITIES[at as usize % CITIES.len()];
    if words.len() <= 5 {
        put("city behind the whole name".to_owned(), format!("{name} {city}"));
    }
    if words.len() >= 2 && words[0].len() > 4 && words[0].chars().all(|it| it.is_ascii_alphabetic())
    {
        put("city behind the first word".to_owned(), format!("{} {city}", words[0]));
        put("first word alone".to_owned(), words[0].to_owned());
    }
}

fn slipped(name: &str, at: u32, put: &mut impl FnMut(String, String)) {
    const PHRASES: [&str; 14] = [
        "research institute",
        "research center",
        "design bureau",
        "science and technology",
        "import and export",
        "import export",
        "trading company",
        "machine building plant",
        "joint stock company",
        "production association",
        "shipping company",
        "real estate",
        "scientific research institute",
        "oil and gas",
    ];
    let lower = name.to_ascii_lowercase();
    for phrase in PHRASES {
        let Some(from) = lower.find(phrase) else { continue };
        let letters: Vec<usize> = (from + 1..from + phrase.len() - 1)
            .filter(|it| lower.as_bytes()[*it] != b' ')
            .collect();
        let place = letters[at as usize % letters.len()];
        let mut text = name.as_bytes().to_vec();
        match at % 3 {
            0 => {
                text.remove(place);
            }
            1 => text.insert(place, text[place]),
            _ => text[place] = if text[place].eq_ignore_ascii_case(&b'e') { b'a' } else { b'e' },
        }
        put("one error in a phrase".to_owned(), String::from_utf8(text).expect("letters"));
    }
}
