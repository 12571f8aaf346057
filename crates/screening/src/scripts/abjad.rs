//! Arabic and Hebrew: consonants and long vowels, as far as they are written.

use super::combine;

/// A word in Arabic letters, including those of Persian, Urdu and Pashto.
pub(super) fn arabic(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut spelled: Vec<&[&str]> = Vec::with_capacity(letters.len());
    for (at, it) in letters.iter().enumerate() {
        let first = at == 0;
        let last = at + 1 == letters.len();
        spelled.push(match it {
            'ه' if !last => &["h"],
            'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ى' | 'ہ' | 'ھ' | 'ه' | 'ة' | 'ۀ' | 'ە' => {
                &["a"]
            }
            'ع' if first => &["a", "i", "o"],
            'ب' => &["b"],
            'پ' => &["p"],
            'ت' | 'ط' | 'ټ' | 'ٹ' => &["t"],
            'ث' => &["th", "s"],
            'ج' => &["j", "g"],
            'چ' => &["ch"],
            'ح' => &["h"],
            'خ' | 'څ' => &["kh"],
            'د' | 'ډ' | 'ڈ' => &["d"],
            'ذ' => &["dh", "z"],
            'ر' | 'ړ' | 'ڑ' | 'ڕ' => &["r"],
            'ز' => &["z"],
            'ځ' => &["z", "dz"],
            'ژ' => &["zh"],
            'س' | 'ص' => &["s"],
            'ش' | 'ښ' => &["sh"],
            'ض' => &["d", "z"],
            'ظ' => &["z", "dh"],
            'غ' => &["gh"],
            'ف' => &["f"],
            'ڤ' | 'ۋ' => &["v"],
            'ڭ' => &["ng"],
            'ۆ' | 'ۇ' | 'ۈ' => &["u", "o"],
            'ق' => &["q"],
            'ك' | 'ک' | 'ڪ' => &["k"],
            'گ' | 'ګ' => &["g"],
            'ل' | 'ڵ' => &["l"],
            'م' => &["m"],
            'ن' | 'ں' | 'ڼ' => &["n"],
            'و' if first => &["w", "o"],
            'و' => &["u", "w", "o"],
            'ي' | 'ی' | 'ې' | 'ے' | 'ۍ' if first => &["y", "i"],
            'ي' | 'ی' | 'ې' | 'ے' | 'ۍ' | 'ێ' => &["i", "y"],
            _ => &[""],
        });
    }
    part(&letters, &mut spelled);
    // The sound of `ch` takes two letters.
    let mut all: Vec<String> =
        combine(&spelled).into_iter().map(|it| it.replace("tsh", "ch")).collect();
    // Of two letters, y is the end of `Hai`, as in `Abd al-Hai`.
    if let ([_, 'ي' | 'ی'], Some([first])) = (letters.as_slice(), spelled.first()) {
        all.extend(["ai", "ay"].map(|it| format!("{first}{it}")));
    }
    all
}

/// Puts a vowel between what would be read as one: no mark says that there is one in `sahar`, and
/// the same consonant twice has one between.
fn part(letters: &[char], spelled: &mut Vec<&[&str]>) {
    for at in (1..letters.len()).rev() {
        let spelling = |at: usize| spelled.get(at).and_then(|it| it.first()).copied().unwrap_or("");
        let (before, it) = (spelling(at - 1), spelling(at));
        let joined = it == "h" && before.ends_with(['s', 't', 'd', 'k', 'z', 'g', 'p', 'c']);
        let twice = letters.get(at).copied().map(plain) == letters.get(at - 1).copied().map(plain)
            && !before.ends_with(['a', 'e', 'i', 'o', 'u', 'v', 'w', 'y', 'l']);
        if joined || twice {
            spelled.insert(at, &["a"]);
        }
    }
}

/// A Hebrew letter as it is written within a word.
fn plain(letter: char) -> char {
    match letter {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        it => it,
    }
}

/// A word in Hebrew letters.
pub(super) fn hebrew(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut spelled: Vec<&[&str]> = Vec::with_capacity(letters.len());
    for (at, it) in letters.iter().enumerate() {
        let first = at == 0;
        let last = at + 1 == letters.len();
        let marked = letters.get(at + 1) == Some(&'׳');
        spelled.push(match it {
            'ג' if marked => &["j"],
            'ז' if marked => &["zh", "j"],
            'צ' | 'ץ' if marked => &["ch"],
            'א' | 'ע' if first => &["a", "e"],
            'א' | 'ע' => &["a", ""],
            'ב' if first => &["b"],
            'ב' => &["v", "b"],
            'ג' => &["g"],
            'ד' => &["d"],
            'ה' if last => &["a"],
            'ה' => &["h"],
            'ו' if first => &["v", "w"],
            'ו' => &["o", "v", "u"],
            'ז' => &["z"],
            'ח' => &["h", "ch"],
            'ט' | 'ת' => &["t"],
            'י' if first => &["y", "i"],
            'י' => &["i", "y"],
            'כ' if first => &["k", "ch"],
            'כ' => &["k", "ch"],
            'ך' => &["ch", "k"],
            'ל' => &["l"],
            'מ' | 'ם' => &["m"],
            'נ' | 'ן' => &["n"],
            'ס' => &["s"],
            'פ' if first => &["p", "f"],
            'פ' => &["p", "f"],
            'ף' => &["f", "p"],
            'צ' | 'ץ' => &["ts", "z"],
            'ק' => &["k", "q"],
            'ר' => &["r"],
            'ש' => &["sh", "s"],
            _ => &[""],
        });
    }
    part(&letters, &mut spelled);
    combine(&spelled)
}
