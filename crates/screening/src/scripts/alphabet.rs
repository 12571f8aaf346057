//! Cyrillic and Greek, by the systems that passports, libraries and newspapers use.

use super::combine;

/// English newspaper and passport spelling, the scholarly one, and German and French habits.
#[expect(clippy::match_same_arms, reason = "a table in the order of the alphabet")]
pub(super) fn cyrillic(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut english = String::new();
    let mut scholarly = String::new();
    let mut german = String::new();
    for (at, &it) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let starts = before.is_none_or(|it| "аеёиоуыэюяьъйіїє".contains(*it));
        let last = at + 1 == letters.len();
        let (a, b, c) = match it {
            'а' | 'ә' => ("a", "a", "a"),
            'б' => ("b", "b", "b"),
            'в' => ("v", "v", "w"),
            'г' | 'ғ' => ("g", "g", "g"),
            'ґ' => ("g", "g", "g"),
            'д' => ("d", "d", "d"),
            'е' if starts => ("ye", "e", "je"),
            'е' => ("e", "e", "e"),
            'ё' => ("yo", "e", "jo"),
            'є' => ("ye", "ie", "je"),
            'ж' | 'җ' => ("zh", "z", "sch"),
            'з' => ("z", "z", "s"),
            'и' => ("i", "i", "i"),
            'і' => ("i", "i", "i"),
            'ї' => ("yi", "i", "ji"),
            'й' if last => ("y", "i", "j"),
            'й' | 'ј' => ("y", "j", "j"),
            'к' | 'қ' | 'ќ' => ("k", "k", "k"),
            'л' => ("l", "l", "l"),
            'љ' => ("lj", "lj", "lj"),
            'м' => ("m", "m", "m"),
            'н' => ("n", "n", "n"),
            'њ' => ("nj", "nj", "nj"),
            'ң' => ("ng", "n", "n"),
            'о' | 'ө' => ("o", "o", "o"),
            'п' => ("p", "p", "p"),
            'р' => ("r", "r", "r"),
            'с' => ("s", "s", "s"),
            'т' => ("t", "t", "t"),
            'ћ' => ("ch", "c", "c"),
            'у' | 'ұ' | 'ү' => ("u", "u", "u"),
            'ў' => ("w", "u", "u"),
            'ф' => ("f", "f", "f"),
            'х' | 'ҳ' | 'һ' => ("kh", "h", "ch"),
            'ц' => ("ts", "c", "z"),
            'ч' | 'ҷ' => ("ch", "c", "tsch"),
            'џ' => ("dzh", "dz", "dsch"),
            'ш' => ("sh", "s", "sch"),
            'щ' => ("shch", "sc", "schtsch"),
            'ъ' | 'ь' => ("", "", ""),
            'ы' => ("y", "y", "y"),
            'э' => ("e", "e", "e"),
            'ю' => ("yu", "iu", "ju"),
            'я' => ("ya", "ia", "ja"),
            'ђ' => ("dj", "d", "d"),
            'ѓ' => ("g", "g", "g"),
            _ => {
                english.push(it);
                scholarly.push(it);
                german.push(it);
                continue;
            }
        };
        english.push_str(a);
        scholarly.push_str(b);
        german.push_str(c);
    }
    // Passports write -ий and -ый as -iy or -y, newspapers -y.
    let short = english
        .strip_suffix("iy")
        .or_else(|| english.strip_suffix("yy"))
        .map(|it| format!("{it}y"));
    let plain = english.replace("ye", "e");
    let mut all = vec![plain];
    all.extend(japanese(&letters));
    all.extend(short.map(|it| it.replace("ye", "e")));
    all.push(english);
    all.push(scholarly);
    all.push(german);
    all
}

/// The Hepburn spelling of a word that could be Japanese: open syllables, and `н` between them.
///
/// Nothing where it has no syllable that the two systems write in another way, as then the usual
/// spelling does. Source: the table of Polivanov.
fn japanese(letters: &[char]) -> Option<String> {
    let mut hepburn = String::new();
    let mut at = 0;
    let mut differs = false;
    while let Some(&it) = letters.get(at) {
        let next = letters.get(at + 1).copied();
        at += 1;
        if is_hard_or_soft_vowel(it) {
            hepburn.push_str(vowel(it, true)?);
            continue;
        }
        if it == 'й' {
            hepburn.push('i');
            continue;
        }
        // A consonant that is written twice is one that is held.
        if next == Some(it) && it != 'н' {
            hepburn.push_str(match it {
                'к' => "k",
                'с' => "s",
                'т' => "t",
                'п' => "p",
                _ => return None,
            });
            continue;
        }
        let voiced = it == 'д' && next == Some('з');
        at += usize::from(voiced);
        let Some(sound) = letters.get(at).copied().filter(|it| is_hard_or_soft_vowel(*it)) else {
            let closes = matches!(it, 'н' | 'м') && !hepburn.is_empty();
            hepburn.push(if closes { 'n' } else { return None });
            continue;
        };
        at += 1;
        let soft = matches!(sound, 'я' | 'ю' | 'ё' | 'и');
        let (consonant, new) = match it {
            _ if voiced && soft => ("j", true),
            _ if voiced => ("z", true),
            'с' if soft => ("sh", true),
            'т' if soft => ("ch", true),
            'ц' if sound == 'у' => ("ts", false),
            'ф' if sound == 'у' => ("f", false),
            'х' => ("h", true),
            'к' => ("k", false),
            'г' => ("g", false),
            'с' => ("s", false),
            'т' => ("t", false),
            'д' => ("d", false),
            'н' => ("n", false),
            'б' => ("b", false),
            'п' => ("p", false),
            'м' => ("m", false),
            'р' => ("r", false),
            'в' if sound == 'а' => ("w", true),
            _ => return None,
        };
        differs |= new;
        hepburn.push_str(consonant);
        let glides = matches!(consonant, "sh" | "ch" | "j");
        hepburn.push_str(vowel(sound, !glides)?);
    }
    Some(hepburn).filter(|_| differs)
}

fn is_hard_or_soft_vowel(it: char) -> bool {
    matches!(it, 'а' | 'и' | 'у' | 'э' | 'о' | 'я' | 'ю' | 'ё')
}

/// A vowel of a Japanese syllable; the soft ones with their glide, or without.
fn vowel(it: char, glide: bool) -> Option<&'static str> {
    Some(match (it, glide) {
        ('а', _) | ('я', false) => "a",
        ('и', _) => "i",
        ('у', _) | ('ю', false) => "u",
        ('э', _) => "e",
        ('о', _) | ('ё', false) => "o",
        ('я', true) => "ya",
        ('ю', true) => "yu",
        ('ё', true) => "yo",
        _ => return None,
    })
}

/// Modern pronunciation and letter by letter.
pub(super) fn greek(word: &str) -> Vec<String> {
    const PAIRS: [(&str, &[&str]); 11] = [
        ("ου", &["ou", "u"]),
        ("αι", &["ai", "e"]),
        ("ει", &["ei", "i"]),
        ("οι", &["oi", "i"]),
        ("αυ", &["av", "af", "au"]),
        ("ευ", &["ev", "ef", "eu"]),
        ("μπ", &["b", "mp"]),
        ("ντ", &["d", "nt"]),
        ("γκ", &["g", "gk"]),
        ("γγ", &["ng", "gg"]),
        ("τσ", &["ts", "ch"]),
    ];
    let mut rest = word;
    let mut letters: Vec<&[&str]> = Vec::new();
    while let Some(first) = rest.chars().next() {
        if let Some((pair, choices)) = PAIRS.iter().find(|(pair, _)| rest.starts_with(pair)) {
            letters.push(choices);
            rest = rest.strip_prefix(pair).unwrap_or_default();
            continue;
        }
        letters.push(match first {
            'α' => &["a"],
            'β' => &["v", "b"],
            'γ' => &["g", "y"],
            'δ' => &["d"],
            'ε' => &["e"],
            'ζ' => &["z"],
            'η' => &["i", "e"],
            'θ' => &["th"],
            'ι' => &["i"],
            'κ' => &["k", "c"],
            'λ' => &["l"],
            'μ' => &["m"],
            'ν' => &["n"],
            'ξ' => &["x"],
            'ο' | 'ω' => &["o"],
            'π' => &["p"],
            'ρ' => &["r"],
            'σ' | 'ς' => &["s"],
            'τ' => &["t"],
            'υ' => &["y", "i"],
            'φ' => &["f", "ph"],
            'χ' => &["ch", "h", "kh"],
            'ψ' => &["ps"],
            _ => &[],
        });
        rest = rest.strip_prefix(first).unwrap_or_default();
    }
    combine(&letters)
}

#[cfg(test)]
mod tests;
