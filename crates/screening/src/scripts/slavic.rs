//! Names of the East Slavic languages in Latin letters: Russian, Ukrainian and Belarusian write one
//! name in three ways (`Novikov`, `Novykov`, `Navikau`; `Ignatovich`, `Ihnatovych`, `Ihnatavich`).

/// Endings by which such a name is known, and what they are in the common spelling.
const ENDINGS: [(&str, &str); 49] = [
    ("avich", "ovich"),
    ("ovych", "ovich"),
    ("evych", "evich"),
    ("iovych", "evich"),
    ("aiovych", "aevich"),
    ("ayevich", "aevich"),
    ("aevich", "aevich"),
    ("yevich", "evich"),
    ("ievich", "evich"),
    ("iyovych", "ievich"),
    ("owicz", "ovich"),
    ("ovitch", "ovich"),
    ("evitch", "evich"),
    ("ovich", "ovich"),
    ("ovitj", "ovich"),
    ("evitj", "evich"),
    ("jevitj", "evich"),
    ("ovits", "ovich"),
    ("evits", "evich"),
    ("ovics", "ovich"),
    ("evics", "evich"),
    ("ovs", "ov"),
    ("evs", "ev"),
    ("jovs", "ev"),
    ("skis", "ski"),
    ("evich", "evich"),
    ("auna", "ovna"),
    ("yeuna", "evna"),
    ("ieuna", "evna"),
    ("euna", "evna"),
    ("ivna", "ovna"),
    ("ovna", "ovna"),
    ("yevna", "evna"),
    ("evna", "evna"),
    ("achov", "achev"),
    ("achyov", "achev"),
    ("yov", "ev"),
    ("ov", "ov"),
    ("ou", "ov"),
    ("au", "ov"),
    ("eu", "ev"),
    ("ev", "ev"),
    ("skyi", "ski"),
    ("skyy", "ski"),
    ("skiy", "ski"),
    ("skii", "ski"),
    ("sky", "ski"),
    ("enka", "enko"),
    ("enko", "enko"),
];

/// The common spelling of a name with such an ending; nothing if it has none, or is in it.
#[must_use]
pub(crate) fn common(text: &str) -> Option<String> {
    if !text.is_ascii() || text.len() < 5 {
        return None;
    }
    let (stem, ending) = ENDINGS
        .iter()
        .filter_map(|it| Some((text.strip_suffix(it.0)?, it)))
        .max_by_key(|it| it.1.0.len())
        .map(|it| (it.0, it.1.1))?;
    if stem.len() < 2 {
        return None;
    }
    let mut common = String::with_capacity(text.len());
    let letters = stem.as_bytes();
    for (at, letter) in stem.char_indices() {
        let before = at.checked_sub(1).and_then(|it| letters.get(it));
        match letter {
            // The sound of Ukrainian and Belarusian `h` is written `g` in Russian.
            'h' if !before.is_some_and(|it| b"ckszt".contains(it)) => common.push('g'),
            'y' | 'j' | 'i' if common.ends_with('i') => {}
            'y' | 'j' => common.push('i'),
            it => common.push(it),
        }
    }
    common.push_str(ending);
    (common != text).then_some(common)
}

#[cfg(test)]
mod tests;
