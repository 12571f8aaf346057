//! Scripts, and how a word of each is spelled in Latin letters.
//!
//! Where one romanization does not do, a word has several. They are approximate on purpose: the
//! comparison of sounds takes up what they leave open. Start at [`romanize`].

mod abjad;
mod alphabet;
mod han;
mod hangul;
mod kana;
pub(crate) mod slavic;

pub use han::{FAMILY_PAIRS, may_be_foreign, readings, simplified};
pub use hangul::is_family_name as is_korean_family_name;

/// A script, as far as reading a word depends on it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Script {
    /// `A` to `Z` and their relatives.
    Latin,
    /// Decimal digits of any script.
    Digit,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic, Persian, Urdu, Pashto.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Chinese characters, one word each.
    Han,
    /// Hiragana and katakana.
    Kana,
    /// Korean syllables.
    Hangul,
    /// Any other letters: Devanagari, Thai, Georgian and so on.
    Other,
}

impl Script {
    #[expect(clippy::match_same_arms, reason = "a table in the order of code points")]
    /// The script of a letter, digit or vowel sign; nothing for what separates words.
    #[must_use]
    pub fn of(character: char) -> Option<Self> {
        Some(match character {
            'a'..='z' | 'A'..='Z' => Self::Latin,
            '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Self::Digit,
            '\u{30fb}' | '\u{b7}' | '\u{2027}' | '\u{d7}' | '\u{f7}' => return None,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => Self::Hebrew,
            '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' => return None,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' => Self::Arabic,
            '\u{3005}'
            | '\u{3007}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Han,
            '\u{3040}'..='\u{30ff}' => Self::Kana,
            '\u{ac00}'..='\u{d7a3}' => Self::Hangul,
            '\u{aa}'
            | '\u{ba}'
            | '\u{c0}'..='\u{2af}'
            | '\u{1e00}'..='\u{1eff}'
            | '\u{1d00}'..='\u{1d25}'
            | '\u{1d6b}'..='\u{1d77}'
            | '\u{1d79}'..='\u{1d9a}'
            | '\u{2c60}'..='\u{2c7b}'
            | '\u{a722}'..='\u{a76f}'
            | '\u{a771}'..='\u{a787}'
            | '\u{a78b}'..='\u{a7f7}'
            | '\u{a7fa}'..='\u{a7ff}'
            | '\u{ab30}'..='\u{ab5a}' => Self::Latin,
            // Vowel signs of the Indic and Thai families are no letters to Unicode.
            '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17d3}' => Self::Other,
            it if it.is_alphanumeric() => Self::Other,
            _ => return None,
        })
    }

    /// Whether a word goes on when a letter of `next` follows one of `self`.
    #[must_use]
    pub fn joins(self, next: Self) -> bool {
        let alphabet = |it| matches!(it, Self::Latin | Self::Cyrillic | Self::Greek);
        self == next
            || (alphabet(self) && alphabet(next))
            || ((self == Self::Digit) != (next == Self::Digit) && self != Self::Han)
    }

    /// Whether its writing leaves vowels out.
    #[must_use]
    pub fn is_abjad(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew)
    }

    /// Whether its syllables keep foreign sounds only roughly.
    #[must_use]
    pub fn is_coarse(self) -> bool {
        matches!(self, Self::Han | Self::Kana | Self::Hangul)
    }
}

/// The most spellings that one word gets.
pub const MOST: usize = 6;

/// Spellings of `word` in Latin letters, the usual one first; at most [`MOST`], never none.
#[must_use]
pub fn romanize(word: &str, script: Script) -> Vec<String> {
    let mut found = match script {
        Script::Latin | Script::Digit => vec![word.to_owned()],
        Script::Cyrillic => alphabet::cyrillic(word),
        Script::Greek => alphabet::greek(word),
        Script::Arabic => abjad::arabic(word),
        Script::Hebrew => abjad::hebrew(word),
        Script::Han => han::romanize(word),
        Script::Kana => kana::romanize(word),
        Script::Hangul => hangul::romanize(word),
        Script::Other => Vec::new(),
    };
    found.retain(|it| !it.is_empty());
    if found.is_empty() {
        let ascii: String = any_ascii::any_ascii(word)
            .to_ascii_lowercase()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        found.push(if ascii.is_empty() { word.to_owned() } else { ascii });
    }
    let mut unique: Vec<String> = Vec::with_capacity(found.len());
    for it in found {
        if !unique.contains(&it) {
            unique.push(it);
        }
    }
    unique.truncate(MOST);
    unique
}

/// Puts `choices` for each letter together: the first choice everywhere first, then one other
/// choice at a time, then the last choice everywhere.
pub(crate) fn combine(letters: &[&[&str]]) -> Vec<String> {
    let pick = |choose: &dyn Fn(usize, &[&str]) -> usize| -> String {
        letters
            .iter()
            .enumerate()
            .filter_map(|(at, it)| it.get(choose(at, it)).or_else(|| it.last()))
            .copied()
            .collect()
    };
    let mut all = vec![pick(&|_, _| 0)];
    let open: Vec<usize> =
        letters.iter().enumerate().filter(|(_, it)| it.len() > 1).map(|(at, _)| at).collect();
    if open.len() > 1 {
        all.push(pick(&|_, _| 1));
    }
    for at in open {
        for other in 1..letters.get(at).map_or(0, |it| it.len()) {
            all.push(pick(&|here, _| if here == at { other } else { 0 }));
        }
    }
    all
}
