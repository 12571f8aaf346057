//! Korean: the official system of today, the older one that the North keeps, and family names as
//! their bearers write them.

const INITIAL: [(&str, &str); 19] = [
    ("g", "k"),
    ("kk", "kk"),
    ("n", "n"),
    ("d", "t"),
    ("tt", "tt"),
    ("r", "r"),
    ("m", "m"),
    ("b", "p"),
    ("pp", "pp"),
    ("s", "s"),
    ("ss", "ss"),
    ("", ""),
    ("j", "ch"),
    ("jj", "tch"),
    ("ch", "ch"),
    ("k", "k"),
    ("t", "t"),
    ("p", "p"),
    ("h", "h"),
];
const VOWEL: [(&str, &str); 21] = [
    ("a", "a"),
    ("ae", "ae"),
    ("ya", "ya"),
    ("yae", "yae"),
    ("eo", "o"),
    ("e", "e"),
    ("yeo", "yo"),
    ("ye", "ye"),
    ("o", "o"),
    ("wa", "wa"),
    ("wae", "wae"),
    ("oe", "oe"),
    ("yo", "yo"),
    ("u", "u"),
    ("wo", "wo"),
    ("we", "we"),
    ("wi", "wi"),
    ("yu", "yu"),
    ("eu", "u"),
    ("ui", "ui"),
    ("i", "i"),
];
const FINAL: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];
/// Family names, with the ways their bearers write them.
const FAMILY: [(&str, &[&str]); 60] = [
    ("김", &["kim"]),
    ("이", &["lee", "yi", "rhee"]),
    ("리", &["ri", "lee", "rhee"]),
    ("박", &["park", "pak"]),
    ("최", &["choi", "choe"]),
    ("정", &["jung", "chung", "jong"]),
    ("강", &["kang"]),
    ("조", &["cho", "jo"]),
    ("윤", &["yoon", "yun"]),
    ("장", &["jang", "chang"]),
    ("임", &["lim", "im", "rim"]),
    ("림", &["rim", "lim"]),
    ("한", &["han"]),
    ("오", &["oh", "o"]),
    ("서", &["seo", "suh"]),
    ("신", &["shin", "sin"]),
    ("권", &["kwon"]),
    ("황", &["hwang"]),
    ("안", &["ahn", "an"]),
    ("송", &["song"]),
    ("전", &["jeon", "chon", "jun"]),
    ("홍", &["hong"]),
    ("유", &["yoo", "yu"]),
    ("류", &["ryu", "yoo"]),
    ("고", &["ko", "koh"]),
    ("문", &["moon", "mun"]),
    ("양", &["yang"]),
    ("손", &["son", "sohn"]),
    ("배", &["bae", "pae"]),
    ("백", &["baek", "paek", "paik"]),
    ("허", &["heo", "ho", "hur"]),
    ("남", &["nam"]),
    ("심", &["shim", "sim"]),
    ("노", &["noh", "roh", "no"]),
    ("로", &["ro", "roh"]),
    ("하", &["ha"]),
    ("곽", &["kwak"]),
    ("성", &["sung", "song"]),
    ("차", &["cha"]),
    ("주", &["joo", "chu", "ju"]),
    ("우", &["woo", "u"]),
    ("구", &["koo", "ku", "gu"]),
    ("민", &["min"]),
    ("나", &["na", "ra"]),
    ("라", &["ra", "na"]),
    ("진", &["jin", "chin"]),
    ("지", &["ji", "chi"]),
    ("엄", &["eom", "om", "um"]),
    ("채", &["chae"]),
    ("원", &["won"]),
    ("천", &["cheon", "chon", "chun"]),
    ("방", &["bang", "pang"]),
    ("공", &["kong", "gong"]),
    ("현", &["hyun", "hyon"]),
    ("함", &["ham"]),
    ("변", &["byun", "pyon"]),
    ("염", &["yeom", "yom"]),
    ("여", &["yeo", "yo"]),
    ("추", &["choo", "chu"]),
    ("연", &["yeon", "yon"]),
];

/// Whether a syllable is one of the common family names.
#[must_use]
pub fn is_family_name(syllable: char) -> bool {
    FAMILY.iter().any(|(name, _)| name.starts_with(syllable))
}

/// A word of Korean syllables; of a single one also as a family name.
pub(super) fn romanize(word: &str) -> Vec<String> {
    let mut all = Vec::new();
    if let Some((_, spelled)) = FAMILY.iter().find(|(name, _)| *name == word) {
        all.extend(spelled.iter().map(|it| (*it).to_owned()));
    }
    let mut today = String::new();
    let mut older = String::new();
    for (at, it) in word.chars().enumerate() {
        let Some(code) = (it as u32).checked_sub(0xac00).filter(|it| *it < 11172) else {
            continue;
        };
        let part = |at: u32| usize::try_from(at).unwrap_or_default();
        let (initial, vowel) = (part(code / 588), part(code % 588 / 28));
        let last = FINAL.get(part(code % 28)).copied().unwrap_or_default();
        let initial = INITIAL.get(initial).copied().unwrap_or_default();
        let vowel = VOWEL.get(vowel).copied().unwrap_or_default();
        today.push_str(initial.0);
        today.push_str(vowel.0);
        today.push_str(last);
        older.push_str(if at == 0 { initial.1 } else { initial.0 });
        older.push_str(vowel.1);
        older.push_str(last);
    }
    // Where l meets r, both are spoken as l.
    let today = today.replace("lr", "ll");
    let older = older.replace("lr", "ll");
    let loose = today.replace("eo", "u").replace("eu", "u").replace("yu", "you");
    all.push(today);
    all.push(older);
    all.push(loose);
    all
}
