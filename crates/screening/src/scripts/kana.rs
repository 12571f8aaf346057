//! Japanese syllables by Hepburn, and by the Cabinet's system where that differs.

/// Hepburn first.
pub(super) fn romanize(word: &str) -> Vec<String> {
    let mut hepburn = String::new();
    let mut doubled = false;
    let letters: Vec<char> = word
        .chars()
        .map(|it| match it {
            '\u{3041}'..='\u{3096}' => char::from_u32(it as u32 + 0x60).unwrap_or(it),
            _ => it,
        })
        .collect();
    for (at, &it) in letters.iter().enumerate() {
        let small = letters.get(at + 1).copied();
        let sound = match it {
            // Before a small vowel the first one is hardly one.
            'ウ' if matches!(small, Some('ァ' | 'ィ' | 'ェ' | 'ォ')) => "w",
            'イ' if small == Some('ェ') => "y",
            'ッ' => {
                doubled = true;
                continue;
            }
            'ー' => continue,
            'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' => {
                let vowel = match it {
                    'ァ' | 'ャ' | 'ヮ' => 'a',
                    'ィ' => 'i',
                    'ゥ' | 'ュ' => 'u',
                    'ェ' => 'e',
                    _ => 'o',
                };
                let yotized = matches!(it, 'ャ' | 'ュ' | 'ョ');
                let mut trimmed = hepburn.trim_end_matches(['i', 'u', 'e', 'o', 'a']).to_owned();
                if hepburn.len() - trimmed.len() > 1 || hepburn.is_empty() || trimmed.is_empty() {
                    trimmed.clone_from(&hepburn);
                }
                hepburn = trimmed;
                if yotized
                    && !hepburn.ends_with("sh")
                    && !hepburn.ends_with("ch")
                    && !hepburn.ends_with('j')
                {
                    hepburn.push('y');
                }
                hepburn.push(vowel);
                continue;
            }
            'ン' => "n",
            _ => syllable(it),
        };
        if doubled {
            hepburn.push_str(match sound.as_bytes() {
                [b'c', b'h', ..] => "t",
                [b't', b's', ..] => "",
                // As German says `Bach`.
                [b'h', ..] => "k",
                _ => sound.get(..1).unwrap_or_default(),
            });
            doubled = false;
        }
        hepburn.push_str(sound);
    }
    let cabinet = hepburn
        .replace("shi", "si")
        .replace("sh", "sy")
        .replace("chi", "ti")
        .replace("ch", "ty")
        .replace("tsu", "tu")
        .replace("fu", "hu")
        .replace("ji", "zi");
    let short = hepburn.replace("ou", "o").replace("uu", "u").replace("oo", "o");
    // Many write m before b, m and p.
    let lips = short.replace("nb", "mb").replace("nm", "mm").replace("np", "mp");
    vec![short, hepburn, cabinet, lips]
}

fn syllable(it: char) -> &'static str {
    const ROWS: [(&str, [&str; 5]); 14] = [
        ("アイウエオ", ["a", "i", "u", "e", "o"]),
        ("カキクケコ", ["ka", "ki", "ku", "ke", "ko"]),
        ("ガギグゲゴ", ["ga", "gi", "gu", "ge", "go"]),
        ("サシスセソ", ["sa", "shi", "su", "se", "so"]),
        ("ザジズゼゾ", ["za", "ji", "zu", "ze", "zo"]),
        ("タチツテト", ["ta", "chi", "tsu", "te", "to"]),
        ("ダヂヅデド", ["da", "ji", "zu", "de", "do"]),
        ("ナニヌネノ", ["na", "ni", "nu", "ne", "no"]),
        ("ハヒフヘホ", ["ha", "hi", "fu", "he", "ho"]),
        ("バビブベボ", ["ba", "bi", "bu", "be", "bo"]),
        ("パピプペポ", ["pa", "pi", "pu", "pe", "po"]),
        ("マミムメモ", ["ma", "mi", "mu", "me", "mo"]),
        ("ラリルレロ", ["ra", "ri", "ru", "re", "ro"]),
        ("ヤヤユヨヨ", ["ya", "ya", "yu", "yo", "yo"]),
    ];
    for (signs, sounds) in ROWS {
        if let Some(at) = signs.chars().position(|sign| sign == it) {
            return sounds.get(at).copied().unwrap_or_default();
        }
    }
    match it {
        'ワ' => "wa",
        'ヰ' => "i",
        'ヱ' => "e",
        'ヲ' => "o",
        'ヴ' => "vu",
        _ => "",
    }
}
