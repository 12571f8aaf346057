//! What stands behind a name in a field and is none: a label with its number, the code of a country,
//! a branch in Chinese characters.
//!
//! Labels that are known are phrases of `data/between.tsv`. Of others, the number tells: a short
//! word before many digits, and all that follows a legal form up to them.

use crate::lists::country_names;

/// Words between a label and its number.
const NUMBERING: [&str; 18] = [
    "no",
    "nr",
    "num",
    "number",
    "nummer",
    "numero",
    "número",
    "numéro",
    "№",
    "n°",
    "nº",
    "id",
    "code",
    "#",
    "номер",
    "号",
    "번호",
    "رقم",
];

/// What such a label may end in, written as one word.
const ENDS: [&str; 8] = ["-nr", "-no", "-id", "nr", "no", "№", "°", "id"];

/// So many digits are a number and not a word of a name.
const MANY: usize = 5;

/// A label of so many letters at the most may be one that nobody knows.
const SHORT: usize = 6;

/// A label without what says that a number follows: `Kd.-Nr.`, `Cust.No.`
pub(super) fn stem(key: &str) -> Option<&str> {
    ENDS.iter().find_map(|it| key.strip_suffix(it)).filter(|it| !it.is_empty())
}

/// Whether the key of a word says that a number follows.
pub(super) fn is_numbering(key: &str) -> bool {
    key.is_empty() || NUMBERING.contains(&key)
}

/// Whether these words begin with a number or a code, such as a label has: three digits or more, in
/// one word or several, or the code of a bank.
pub(super) fn is_numbered(words: &[&str]) -> bool {
    let is_of_number = |it: &&&str| it.contains(|it: char| it.is_ascii_digit());
    let run = words.iter().take(4).take_while(is_of_number);
    run.map(|it| digits(it)).sum::<usize>() >= 3
        || words.first().is_some_and(|it| {
            matches!(it.len(), 8 | 11) && it.bytes().all(|it| it.is_ascii_uppercase())
        })
}

/// Where a number begins behind a name: a word of many digits, or several that have as many.
pub(super) fn number(words: &[&str]) -> Option<usize> {
    let is_of_number =
        |it: &&&str| it.bytes().all(|it| it.is_ascii_digit() || b"+-/.,()".contains(&it));
    (1..words.len()).find(|at| {
        let rest = words.get(*at..).unwrap_or_default();
        let run: usize = rest.iter().take_while(is_of_number).map(|it| digits(it)).sum();
        run >= MANY || rest.first().is_some_and(|it| digits(it) >= MANY || is_code(it))
    })
}

fn digits(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_digit).count()
}

/// The code of a tax office or a bank: `B-1234567`, `27AAACB1234C1Z5`.
fn is_code(word: &str) -> bool {
    word.len() >= 8
        && digits(word) >= 3
        && word.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'-')
}

/// Whether a word may be a label that no table knows.
pub(super) fn may_label(word: &str) -> bool {
    let letters = word.chars().filter(|it| it.is_alphabetic()).count();
    (1..=SHORT).contains(&letters)
}

/// A word as a label and what is glued to it: `Tel:+86`, `Ph.022-27654321`, `SO#778812`,
/// `IMO9123456`, `收货人:`. `is_known` says whether a table knows the label.
pub(super) fn glued(word: &str, is_known: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let at = word.find([':', '：', '#', '.']).filter(|it| *it > 0);
    if let Some(at) = at {
        let mark = word.get(at..)?.chars().next()?;
        let (label, value) = word.split_at(at + mark.len_utf8());
        let number = value.trim_start_matches(['+', '(']);
        let is_number = number.starts_with(|it: char| it.is_ascii_digit());
        let is_colon = matches!(mark, ':' | '：');
        let is_label =
            label.trim_end_matches(mark).chars().all(|it| it.is_alphabetic() || it == '/');
        let parts = is_label
            && !value.is_empty()
            && !value.starts_with("//")
            && (is_number && digits(value) >= 3 || is_colon && is_known(label));
        return parts.then_some((label, value));
    }
    let at = word.find(|it: char| it.is_ascii_digit()).filter(|it| *it > 0)?;
    let (label, value) = word.split_at(at);
    (digits(value) >= MANY && digits(value) == value.len() && is_known(label))
        .then_some((label, value))
}

/// Codes of three letters, and what else is written for a country in such a place.
const CODES: [&str; 100] = [
    "AFG", "ARE", "ARG", "ARM", "AUS", "AUT", "AZE", "BEL", "BGD", "BGR", "BHR", "BLR", "BRA",
    "CAN", "CHE", "CHL", "CHN", "COL", "CUB", "CYP", "CZE", "DEU", "DNK", "DPRK", "DZA", "EGY",
    "ESP", "EST", "ETH", "FIN", "FRA", "GBR", "GEO", "GRC", "HKG", "HKSAR", "HRV", "HUN", "IDN",
    "IND", "IRL", "IRN", "IRQ", "ISR", "ITA", "JOR", "JPN", "KAZ", "KEN", "KGZ", "KOR", "KSA",
    "KWT", "LBN", "LBY", "LKA", "LTU", "LUX", "LVA", "MAC", "MAR", "MDA", "MEX", "MMR", "MNG",
    "MYS", "NGA", "NIC", "NLD", "NOR", "NZL", "OMN", "PAK", "PHL", "POL", "PRC", "PRK", "PRT",
    "QAT", "ROK", "ROU", "RUS", "SAU", "SDN", "SGP", "SRB", "SVK", "SVN", "SWE", "SYR", "THA",
    "TJK", "TKM", "TUN", "TUR", "TWN", "UAE", "UKR", "UZB", "VNM",
];

/// Codes of two letters that are words, names or legal forms as well.
const WORDS: [&str; 48] = [
    "AD", "AE", "AG", "AI", "AM", "AN", "AS", "AT", "BA", "BE", "BO", "CD", "CO", "DE", "DJ", "DO",
    "FM", "GA", "HU", "ID", "IE", "IN", "IO", "IS", "IT", "LA", "LI", "LU", "MA", "ME", "MO", "MS",
    "MU", "MY", "NE", "NI", "NO", "PA", "PE", "PM", "SA", "SE", "SO", "SU", "TO", "TV", "US", "YE",
];

/// Whether a word is the code of a country, which ends the name of a firm that it stands behind.
/// `follows_form` says that it stands behind a legal form, where it can be little else.
pub(super) fn is_country(word: &str, follows_form: bool) -> bool {
    let word = word.trim_matches([',', '.', '/', '-']);
    match word.len() {
        2 => {
            country_names::is_code(word) && (follows_form && word != "CO" || !WORDS.contains(&word))
        }
        3..=5 => CODES.contains(&word),
        _ => false,
    }
}

/// What a branch is called in Chinese characters, behind its place.
const BRANCHES: [&str; 16] = [
    "分公司",
    "办事处",
    "辦事處",
    "代表处",
    "代表處",
    "分行",
    "支行",
    "分部",
    "营业部",
    "分厂",
    "分店",
    "联络处",
    "销售处",
    "経営部",
    "办公室",
    "事业部",
];

/// The most characters that a place and its branch have.
const LONGEST: usize = 9;

/// Whether a word is a branch at a place, or one at none, in Chinese characters.
pub(super) fn is_branch(word: &str) -> bool {
    let stem = || BRANCHES.iter().find_map(|it| word.strip_suffix(it));
    !word.is_ascii()
        && word.chars().count() <= LONGEST
        && stem().is_some_and(|it| !it.contains("公司"))
}

/// The name before such a branch, where no blank is between.
pub(super) fn without_branch(text: &str) -> Option<&str> {
    if text.is_ascii() {
        return None;
    }
    let stem = BRANCHES.iter().find_map(|it| text.strip_suffix(it))?;
    let ends = ["公司", "集团", "集團", "银行", "銀行", "大学", "研究所", "研究院"];
    let end = ends.iter().filter_map(|it| Some(stem.rfind(it)? + it.len())).max()?;
    let place = stem.get(end..)?;
    (place.chars().count() <= LONGEST).then(|| stem.get(..end)).flatten()
}

#[cfg(test)]
mod tests;
