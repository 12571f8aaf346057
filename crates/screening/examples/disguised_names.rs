//! Listed names as people type them, or hide them: `disguised_names CSL.compact.json NAMES.txt`.
//!
//! 300 names of the list (100 persons, organizations and vessels each, evenly spaced) are put in
//! each disguise and asked for at the shipped threshold, by their kind and without one, as a
//! transaction does; told is how many no longer raise their entry. The same disguises are put on
//! 400 names of NAMES (`kind<TAB>name` a line), which are not listed: told is how many raise an
//! alert. `--each` prints what was missed, `--only TEXT` tries disguises with this in their name.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a tool for developers"
)]

#[path = "given/parties.rs"]
mod parties;
#[path = "given/strangers.rs"]
mod strangers;

use parties::read;
use screening::party::{ListedParty, PartyKind};
use screening::{Index, Query, Screener, Settings, Workspace, index};
use strangers::strangers;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let each = arguments.iter().any(|it| it == "--each");
    let only = arguments.iter().position(|it| it == "--only").map(|it| &arguments[it + 1]);
    let parties = read(&arguments[0]);
    let strangers = strangers(&arguments[1]);
    let bytes = index::build(&parties);
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).expect("an index"), &settings);
    let mut workspace = Workspace::default();
    let sample = sample(&parties, &screener, &mut workspace);
    let others = spread(&strangers, 400);
    println!(
        "disguise: missed of its kind, without a kind (persons, organizations, vessels); alerts for unlisted"
    );
    let (mut all, mut asked) = (0, 0);
    for (name, disguise) in disguises() {
        if only.is_some_and(|it| !name.contains(it.as_str())) {
            continue;
        }
        let mut missed = [[0; 2]; 3];
        for (at, &party) in sample.iter().enumerate() {
            let listed = &parties[party];
            let other = &others[at % others.len()].1;
            let text = disguise(&listed.names[0].text, other);
            for (way, kind) in [listed.kind, PartyKind::Unknown].into_iter().enumerate() {
                let hits = screener.screen(&Query::by_name(&text, kind), &mut workspace);
                asked += 1;
                if !hits.iter().any(|it| it.party as usize == party) {
                    missed[at / 100][way] += 1;
                    all += 1;
                    if each {
                        println!("    MISS {kind:?} `{text}`");
                    }
                }
            }
        }
        let mut alerts = 0;
        for (at, (kind, stranger)) in others.iter().enumerate() {
            let other = &others[(at + 1) % others.len()].1;
            let query = Query::by_name(&disguise(stranger, other), *kind);
            let hits = screener.screen(&query, &mut workspace);
            alerts += usize::from(!hits.is_empty());
            if each && !hits.is_empty() {
                let hit = &hits[0];
                let listed = &parties[hit.party as usize].names[usize::from(hit.name)].text;
                println!("    ALERT {} {kind:?} `{}` for `{listed}`", hit.score, query.name);
            }
        }
        let of = |way: usize| missed.iter().map(|it| it[way]).sum::<i32>();
        let by = |way: usize| missed.map(|it| it[way].to_string()).join(" ");
        println!("{name}: {} ({}), {} ({}); {alerts}", of(0), by(0), of(1), by(1));
    }
    println!("{all} of {asked} missed");
}

type Disguise = Box<dyn Fn(&str, &str) -> String>;

#[expect(clippy::too_many_lines, reason = "a table")]
fn disguises() -> Vec<(&'static str, Disguise)> {
    let mut all: Vec<(&'static str, Disguise)> = Vec::new();
    // `X` is the name, `Y` another one, which is not listed.
    for pattern in [
        "X",
        "X a/k/a Y",
        "Y a/k/a X",
        "X aka Y",
        "Y aka X",
        "Y (a.k.a. X)",
        "Y, also known as X",
        "X (formerly Y)",
        "Y (formerly X)",
        "Y formerly known as X",
        "X f/k/a Y",
        "Y f/k/a X",
        "Y fka X",
        "Y n/k/a X",
        "Y, now X",
        "X d/b/a Y",
        "Y d/b/a X",
        "Y dba X",
        "Y trading as X",
        "Y t/a X",
        "Y alias X",
        "X née Y",
        "Y (X)",
        "X (Y)",
        "X c/o Y",
        "Y c/o X",
        "Y care of X",
        "X on behalf of Y",
        "Y on behalf of X",
        "Y o/b/o X",
        "Y obo X",
        "Y for X",
        "Y for the account of X",
        "X via Y",
        "Y via X",
        "Y by order of X",
        "Y represented by X",
        "X / Y",
        "Y / X",
        "Y/X",
        "X & Y",
        "Y & X",
        "Y and X",
        "X; Y",
        "Y; X",
        "Y | X",
        "Y - X",
        "X – Y",
        "Y\nX",
        "Y, X",
        "X, Y",
        "Attn: X",
        "Attn X",
        "ATTN. X, Y",
        "Y, attn: X",
        "Y Attention: X",
        "To: X",
        "X, a subsidiary of Y",
        "Y, a subsidiary of X",
        "Y, subsidiary of X",
        "Y (a division of X)",
        "Y, part of X",
        "Y owned by X",
        "Y (member of X)",
        "X's branch in Y",
        "X's branch in Frankfurt",
        "X Frankfurt branch",
        "branch of X",
        "Frankfurt branch of X",
        "X's subsidiary Y",
        "office of X",
        "agent of X",
        "agent for X",
        "friend of X",
        "X sales@example.com",
        "X <info@example.com>",
        "mailto:info@example.com X",
        "X www.example.com",
        "X https://example.com/about",
        "X dob 14 March 1961",
        "X, born 14.03.1961",
        "X (14/03/1961)",
        "X, DOB: 1961-03-14, POB: Moscow",
        "X 1961",
        "X passport AB1234567",
        "X, tax id 7712345678",
        "X IMO 9187629",
        "X tel +7 495 123 45 67",
        "X, Russia",
        "X Russia",
        "X (Russia)",
        "X [RU]",
        "X, Russian Federation",
        "X, 12 Main Street, Suite 400, Dubai, United Arab Emirates",
        "X 12 Main Street Dubai UAE",
        "X, Dubai",
        "X, P.O. Box 17777, Jebel Ali Free Zone",
        "X, ul. Tverskaya 7, 125009 Moskva",
        "X — 5 Hashoftim St., Herzliya, Israel",
        "Mr. X",
        "Mrs X",
        "Dr. X",
        "Prof. Dr. X",
        "General X",
        "Gen. X",
        "Lt. Col. X",
        "Colonel X",
        "Brigadier General X",
        "His Excellency X",
        "H.E. X",
        "Sheikh X",
        "Sayyid X",
        "Haji X",
        "Messrs. X",
        "M/s X",
        "M/s. X",
        "M/V X",
        "MT X",
        "The X",
        "X Esq.",
        "X, PhD",
        "X Jr.",
        "X (deceased)",
        "X (dissolved)",
        "X (customer 4711)",
        "4711 X",
        "#4711 X",
        "X *",
        "X (new)",
        "X - DO NOT USE",
        "X - VIP",
        "X Ltd",
        "X LLC",
        "X GmbH",
        "X Co., Ltd.",
        "X Inc. (USA)",
        "JSC X",
        "OOO X",
        "\"X\"",
        "«X»",
        "'X'",
        "[X]",
        "{X}",
        "<b>X</b>",
        "OOO «X»",
        "X Group",
        "X International",
    ] {
        all.push((pattern, Box::new(move |x, y| put(pattern, x, y))));
    }
    let words = |f: fn(&[&str]) -> String| -> Disguise {
        Box::new(move |x, _| f(&x.split_whitespace().collect::<Vec<_>>()))
    };
    all.push(("nickname after the first word", words(|it| with(it, 1, "\"Merchant of Death\""))));
    all.push(("nickname in single quotes", words(|it| with(it, 1, "'Merchant of Death'"))));
    all.push(("nickname in curly quotes", words(|it| with(it, 1, "“Merchant of Death”"))));
    all.push(("nickname in brackets", words(|it| with(it, 1, "(Merchant of Death)"))));
    all.push(("nickname at the end", words(|it| with(it, it.len(), "\"Merchant of Death\""))));
    all.push((
        "words in reverse",
        words(|it| it.iter().rev().copied().collect::<Vec<_>>().join(" ")),
    ));
    all.push((
        "last word first, comma",
        words(|it| match it.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{last}, {}", rest.join(" ")),
            _ => it.join(" "),
        }),
    ));
    all.push(("first word twice", words(|it| with(it, 0, it[0]))));
    all.push(("last word twice", words(|it| with(it, it.len(), it[it.len() - 1]))));
    all.push((
        "each word twice",
        words(|it| it.iter().map(|it| format!("{it} {it}")).collect::<Vec<_>>().join(" ")),
    ));
    all.push(("all twice", words(|it| format!("{} {}", it.join(" "), it.join(" ")))));
    all.push((
        "first word cut off",
        words(|it| if it.len() > 2 { it[1..].join(" ") } else { it.join(" ") }),
    ));
    all.push((
        "last word cut off",
        words(|it| if it.len() > 2 { it[..it.len() - 1].join(" ") } else { it.join(" ") }),
    ));
    all.push((
        "two letters cut off",
        words(|it| {
            let text = it.join(" ");
            let count = text.chars().count();
            text.chars().take(if count > 8 { count - 2 } else { count }).collect()
        }),
    ));
    all.push(("joined", words(|it| it.concat())));
    all.push(("joined with capitals", words(|it| it.iter().map(|it| capital(it)).collect())));
    all.push((
        "first two joined",
        words(|it| match it {
            [a, b, rest @ ..] => format!("{a}{b} {}", rest.join(" ")),
            _ => it.join(" "),
        }),
    ));
    for (name, between) in [
        ("underscores", "_"),
        ("hyphens", "-"),
        ("dots between", "."),
        ("plus between", "+"),
        ("percent between", "%20"),
        ("no-break between", "\u{a0}"),
        ("tabs between", "\t"),
        ("entity between", "&nbsp;"),
        ("ideographic blanks", "\u{3000}"),
        ("slashes between", "/"),
        ("double blanks", "  "),
        ("middle dots between", "·"),
        ("zero-width between words only", "\u{200b}"),
    ] {
        all.push((
            name,
            Box::new(move |x, _| x.split_whitespace().collect::<Vec<_>>().join(between)),
        ));
    }
    let letters = |between: &'static str, words: &'static str, most: usize| -> Disguise {
        Box::new(move |x, _| {
            let spaced = x.split_whitespace().enumerate().map(|(at, it)| {
                if at < most {
                    it.chars().map(String::from).collect::<Vec<_>>().join(between)
                } else {
                    it.to_owned()
                }
            });
            spaced.collect::<Vec<_>>().join(words)
        })
    };
    all.push(("letters spaced out", letters(" ", "  ", 99)));
    all.push(("letters spaced out, one blank between words", letters(" ", " ", 99)));
    all.push(("letters of the first word spaced out", letters(" ", " ", 1)));
    all.push(("letters of the first word dotted", letters(".", ". ", 1)));
    all.push(("letters dotted", letters(".", ". ", 99)));
    all.push(("letters hyphened", letters("-", " ", 99)));
    all.push(("letters with zero width", letters("\u{200b}", " ", 99)));
    all.push(("letters with joiners", letters("\u{200d}", " ", 99)));
    all.push(("letters with soft hyphens", letters("\u{ad}", " ", 99)));
    all.push(("letters with isolates", letters("\u{2066}", " ", 99)));
    all.push(("letters with fillers", letters("\u{3164}", " ", 99)));
    all.push(("letters with tags", letters("\u{e0020}", " ", 99)));
    all.push(("letters with variation selectors", letters("\u{fe0f}", " ", 99)));
    all.push(("letters with combining joiners", letters("\u{34f}", " ", 99)));
    all.push(("letters with marks", letters("\u{336}", " ", 99)));
    all.push((
        "bidirectional override",
        Box::new(|x, _| format!("\u{202e}{}\u{202c}", x.chars().rev().collect::<String>())),
    ));
    all.push(("embedded marks", Box::new(|x, _| format!("\u{200f}\u{202b}{x}\u{202c}\u{feff}"))));
    all.push(("capitals", Box::new(|x, _| x.to_uppercase())));
    all.push(("small letters", Box::new(|x, _| x.to_lowercase())));
    all.push((
        "entities",
        Box::new(|x, _| {
            x.replace('&', "&amp;")
                .replace('\'', "&#39;")
                .replace('"', "&quot;")
                .replace('-', "&#45;")
        }),
    ));
    all.push((
        "entities twice",
        Box::new(|x, _| x.replace('&', "&amp;amp;").replace('\'', "&amp;#39;")),
    ));
    all.push((
        "every vowel an entity",
        Box::new(|x, _| {
            x.chars()
                .map(|it| {
                    if "aeiouAEIOU".contains(it) {
                        format!("&#{};", u32::from(it))
                    } else {
                        it.to_string()
                    }
                })
                .collect()
        }),
    ));
    all.push((
        "every vowel a hexadecimal entity",
        Box::new(|x, _| {
            x.chars()
                .map(|it| {
                    if "aeiouAEIOU".contains(it) {
                        format!("&#x{:X};", u32::from(it))
                    } else {
                        it.to_string()
                    }
                })
                .collect()
        }),
    ));
    for (name, from, to) in ALIKE {
        let swap = move |x: &str, share: usize| -> String {
            x.to_uppercase()
                .chars()
                .enumerate()
                .map(|(at, it)| match from.chars().position(|of| of == it) {
                    Some(place) if at % share == 0 => to.chars().nth(place).unwrap_or(it),
                    _ => it,
                })
                .collect()
        };
        all.push((name, Box::new(move |x, _| swap(x, 1))));
        let half: &'static str = Box::leak(format!("{name}, every other letter").into_boxed_str());
        all.push((half, Box::new(move |x, _| swap(x, 2))));
    }
    for (name, base, small) in [
        ("bold", 0x1d400, 0x1d41a),
        ("sans", 0x1d5a0, 0x1d5ba),
        ("monospace", 0x1d670, 0x1d68a),
        ("circled", 0x24b6, 0x24d0),
        ("full width", 0xff21, 0xff41),
        ("squared", 0x1f130, 0x1f130),
        ("negative circled", 0x1f150, 0x1f150),
        ("negative squared", 0x1f170, 0x1f170),
        ("regional", 0x1f1e6, 0x1f1e6),
        ("parenthesized", 0x1f110, 0x249c),
        ("tagged", 0xe0041, 0xe0061),
    ] {
        all.push((
            name,
            Box::new(move |x, _| {
                x.chars()
                    .map(|it| match it {
                        'A'..='Z' => char::from_u32(base + u32::from(it) - 65).unwrap_or(it),
                        'a'..='z' => char::from_u32(small + u32::from(it) - 97).unwrap_or(it),
                        _ => it,
                    })
                    .collect()
            }),
        ));
    }
    for (name, from, to) in [
        ("0 for o", "oO", "00"),
        ("1 for l", "lL", "11"),
        ("1 for i", "iI", "11"),
        ("3 for e", "eE", "33"),
        ("4 for a", "aA", "44"),
        ("5 for s", "sS", "55"),
        ("all digits", "oOlLiIeEaAsStT", "00111133445577"),
        ("@ for a, $ for s", "aAsS", "@@$$"),
        ("! for i, | for l", "iIlL", "!!||"),
        ("rn for m", "m", "ʍ"),
    ] {
        all.push((
            name,
            Box::new(move |x, _| {
                x.chars()
                    .map(|it| {
                        from.chars()
                            .position(|of| of == it)
                            .and_then(|at| to.chars().nth(at))
                            .unwrap_or(it)
                    })
                    .collect()
            }),
        ));
    }
    all
}

/// What looks alike in capitals, as in the confusables of Unicode.
const ALIKE: [(&str, &str, &str); 9] = [
    ("Greek", "ABEZHIKMNOPTYX", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"),
    ("Cyrillic", "ABCEHIJKMOPSTXY", "АВСЕНІЈКМОРЅТХУ"),
    ("Armenian", "OSULHN", "ՕՏՍԼՀՈ"),
    ("Cherokee", "DRTIAJEYWMHGZSVLCPKB", "ᎠᎡᎢᏆᎪᎫᎬᎩᎳᎷᎻᏀᏃᏚᏙᏞᏟᏢᏦᏴ"),
    ("Lisu", "BPDTGKJCZFMNLSRVHWXYAEIOU", "ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ"),
    ("Coptic", "BCEHIKMNOPTYX", "ⲂⲤⲈⲎⲒⲔⲘⲚⲞⲢⲦⲨⲬ"),
    ("small capitals", "ABCDEFGHIJKLMNOPRSTUVWYZ", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"),
    ("Latin with strokes and hooks", "ABCDEGHIJKLNOPTUVYZ", "ȺɃȻĐɆǤĦƗɈꝀŁƝØⱣŦɄƲɎƵ"),
    ("phonetic", "AGIO", "ɑɡıο"),
];

fn put(pattern: &str, x: &str, y: &str) -> String {
    let mut text = String::new();
    let mut letters = pattern.chars().peekable();
    let mut before = ' ';
    while let Some(it) = letters.next() {
        let whole =
            !before.is_alphanumeric() && letters.peek().is_none_or(|it| !it.is_alphanumeric());
        match it {
            'X' if whole => text.push_str(x),
            'Y' if whole => text.push_str(y),
            _ => text.push(it),
        }
        before = it;
    }
    text
}

fn with(words: &[&str], at: usize, more: &str) -> String {
    let mut words = words.to_vec();
    words.insert(at.min(words.len()), more);
    words.join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |it| {
        it.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
    })
}

/// 100 of each kind that are found as they are written, with an everyday length.
fn sample(
    parties: &[ListedParty],
    screener: &Screener<'_>,
    workspace: &mut Workspace,
) -> Vec<usize> {
    let mut sample = Vec::new();
    for kind in [PartyKind::Person, PartyKind::Organization, PartyKind::Vessel] {
        let of: Vec<usize> = (0..parties.len())
            .filter(|it| {
                parties[*it].kind == kind && parties[*it].names[0].text.chars().count() < 60
            })
            .collect();
        let mut taken = 0;
        for place in (0..130).map(|it| of[it * of.len() / 130]) {
            let name = &parties[place].names[0].text;
            let found = |kind, workspace: &mut Workspace| {
                let hits = screener.screen(&Query::by_name(name, kind), workspace);
                hits.iter().any(|it| it.party as usize == place)
            };
            if taken < 100 && found(kind, workspace) && found(PartyKind::Unknown, workspace) {
                sample.push(place);
                taken += 1;
            }
        }
        assert_eq!(taken, 100, "names that are found");
    }
    sample
}

fn spread(names: &[(PartyKind, String)], count: usize) -> Vec<(PartyKind, String)> {
    (0..count).map(|it| names[it * names.len() / count].clone()).collect()
}
