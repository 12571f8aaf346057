//! From a text as somebody typed it to words in one spelling.
//!
//! Case, width, diacritics of the alphabets, invisible characters and look-alike letters of another
//! alphabet go; what a word is (a name, a legal form) is not decided here. Start at [`words`].

use crate::key::key;
use crate::scripts::{self, Script};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

/// One word of a name, folded but still in its own script.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Word {
    /// Lower case, composed, without diacritics where the script is an alphabet.
    pub text: String,
    /// The script of its letters.
    pub script: Script,
    /// Another way to write it where a letter lost its mark: `ue` for an umlaut, `sh` for `š`.
    pub umlaut: Option<String>,
    /// Whether a full stop or comma followed it.
    pub stop: bool,
    /// Whether that was a full stop, as behind what is shortened.
    pub dot: bool,
}

/// The longest text that is read, in characters; the rest is not looked at.
pub const LONGEST: usize = 400;

/// The words of `text`, in order.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    // Chinese writes the parts of a foreign name with dots between, each part a word.
    let dotted = text.contains(['·', '・', '‧', '•', '．']);
    let mut split = Splitter { dotted, ..Splitter::default() };
    let decoded = entities(text);
    if decoded.is_ascii() {
        decoded.chars().take(LONGEST).for_each(|it| split.push(it));
    } else {
        for character in decoded.chars().take(LONGEST).nfkc() {
            split.push(scripts::simplified(character));
        }
    }
    split.end(false);
    let mut words = split.done;
    ordinals(&mut words);
    words
}

/// How many keys a name has as it is written. A list of a few names tells eight bits of each apart.
pub(crate) const SPELLING: usize = 4;

/// The keys of a name as it is written: two that have the same folded words, in whatever order,
/// have the same, and hardly any others.
pub(crate) fn spelling(words: &[Word]) -> [u32; SPELLING] {
    let mut texts: Vec<&[u8]> = words.iter().map(|it| it.text.as_bytes()).collect();
    texts.sort_unstable();
    let parts: Vec<&[u8]> = texts.iter().flat_map(|it| [*it, b" "]).collect();
    [b's', b't', b'u', b'v'].map(|it| key(it, &parts))
}

/// The text with the character for each entity of HTML, such as `&amp;`, `&#39;` and `&#x27;`; once
/// more where an entity was escaped itself.
pub(crate) fn entities(text: &str) -> Cow<'_, str> {
    const NAMED: [(&str, char); 8] = [
        ("amp", '&'),
        ("quot", '"'),
        ("apos", '\''),
        ("lt", '<'),
        ("gt", '>'),
        ("nbsp", ' '),
        ("shy", '\u{ad}'),
        ("rsquo", '’'),
    ];
    let entity = |name: &str| -> Option<char> {
        let number = name.strip_prefix('#');
        let number = number.map(|it| match it.strip_prefix(['x', 'X']) {
            Some(it) => u32::from_str_radix(it, 16),
            None => it.parse(),
        });
        match number {
            Some(code) => code.ok().and_then(char::from_u32),
            None => NAMED.iter().find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1),
        }
    };
    let mut text = Cow::Borrowed(text);
    for _ in 0..2 {
        if !text.contains('&') || !text.contains(';') {
            break;
        }
        let mut decoded = String::with_capacity(text.len());
        let mut rest = text.as_ref();
        while let Some((before, after)) = rest.split_once('&') {
            decoded.push_str(before);
            let found = after.split_once(';').filter(|it| it.0.len() <= LONGEST_ENTITY);
            let found = found.and_then(|(name, then)| Some((entity(name)?, then)));
            let (character, then) = found.unwrap_or(('&', after));
            decoded.push(character);
            rest = then;
        }
        decoded.push_str(rest);
        text = Cow::Owned(decoded);
    }
    text
}

/// The longest name of an entity.
const LONGEST_ENTITY: usize = 8;

/// What makes a number one that tells a place in a row, in English, Russian and Greek.
const ORDINAL: [&str; 14] =
    ["st", "nd", "rd", "th", "й", "я", "е", "го", "ой", "ый", "ая", "ое", "ο", "η"];

/// `27th`, `27-й` and `27` are one number.
fn ordinals(words: &mut Vec<Word>) {
    let number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    for word in words.iter_mut() {
        let plain = ORDINAL.iter().find_map(|it| word.text.strip_suffix(it));
        if let Some(plain) = plain.filter(|it| number(it)) {
            word.text.truncate(plain.len());
            word.script = Script::Digit;
        }
    }
    let mut after = false;
    words.retain(|it| {
        let ends = after && it.script == Script::Cyrillic && ORDINAL.contains(&it.text.as_str());
        after = number(&it.text) && !it.stop;
        !ends
    });
}

#[derive(Default)]
struct Splitter {
    done: Vec<Word>,
    text: String,
    umlaut: String,
    has_umlaut: bool,
    latin: u16,
    cyrillic: u16,
    greek: u16,
    script: Option<Script>,
    dotted: bool,
}

impl Splitter {
    fn push(&mut self, character: char) {
        if is_ignorable(character) {
            // In Hebrew it makes another sound of the letter before it.
            if matches!(character, '\'' | '’' | '׳') && self.text.ends_with(['ג', 'ז', 'צ', 'ץ'])
            {
                self.text.push('׳');
            }
            return;
        }
        let script = Script::of(character);
        match script {
            None if character == '.' || character == ',' => {
                self.end(true);
                if let Some(last) = self.done.last_mut() {
                    last.dot |= character == '.';
                }
            }
            None if character == '&' || character == '+' => {
                self.end(false);
                self.script = Some(Script::Latin);
                self.text.push_str("and");
                self.umlaut.push_str("and");
                self.end(false);
            }
            None => self.end(false),
            Some(script) => {
                let joins = match self.script {
                    None => true,
                    Some(before) => before.joins(script),
                };
                if !joins {
                    self.end(false);
                }
                if script != Script::Digit || self.script.is_none() {
                    self.script = Some(script);
                }
                match script {
                    Script::Latin => self.latin += 1,
                    Script::Cyrillic => self.cyrillic += 1,
                    Script::Greek => self.greek += 1,
                    Script::Digit
                    | Script::Arabic
                    | Script::Hebrew
                    | Script::Han
                    | Script::Kana
                    | Script::Hangul
                    | Script::Other => {}
                }
                self.letter(character, script);
                if script == Script::Han && !self.dotted {
                    self.end(false);
                }
            }
        }
    }

    fn letter(&mut self, character: char, script: Script) {
        for lower in character.to_lowercase() {
            match script {
                Script::Latin | Script::Greek => self.alphabetic(lower),
                Script::Cyrillic => {
                    // An accent that marks stress goes; letters such as й and ї stay.
                    self.text.push(lower);
                    self.umlaut.push(lower);
                }
                Script::Digit => {
                    let digit = lower.to_digit(10).and_then(|it| char::from_digit(it, 10));
                    self.text.push(digit.unwrap_or(lower));
                    self.umlaut.push(digit.unwrap_or(lower));
                }
                Script::Arabic
                | Script::Hebrew
                | Script::Han
                | Script::Kana
                | Script::Hangul
                | Script::Other => {
                    self.text.push(lower);
                    self.umlaut.push(lower);
                }
            }
        }
    }

    fn alphabetic(&mut self, lower: char) {
        let both = |to: &mut Self, text: &str| {
            to.text.push_str(text);
            to.umlaut.push_str(text);
        };
        match lower {
            'ß' => return both(self, "ss"),
            'æ' | 'ǽ' => return both(self, "ae"),
            'œ' => return both(self, "oe"),
            'þ' => return both(self, "th"),
            'ð' => return both(self, "d"),
            'ı' => return both(self, "i"),
            'ə' => return both(self, "a"),
            'ŋ' => return both(self, "ng"),
            'ħ' => return both(self, "h"),
            // Capitals have one letter for both.
            'ς' => return both(self, "σ"),
            'ä' | 'ö' | 'ü' | 'ø' | 'å' | 'č' | 'ć' | 'š' | 'ş' | 'ș' | 'ž' | 'đ' | 'ł' | 'ç' =>
            {
                let (plain, long) = match lower {
                    'ä' => ('a', "ae"),
                    'ö' | 'ø' => ('o', "oe"),
                    'ü' => ('u', "ue"),
                    'å' => ('a', "aa"),
                    'č' | 'ć' => ('c', "ch"),
                    'š' | 'ş' | 'ș' => ('s', "sh"),
                    'ž' => ('z', "zh"),
                    'đ' => ('d', "dj"),
                    'ł' => ('l', "w"),
                    // Turkish begins words with it, French and Portuguese do not.
                    _ if self.text.is_empty() => ('c', "ch"),
                    _ => ('c', "s"),
                };
                self.text.push(plain);
                self.umlaut.push_str(long);
                self.has_umlaut = true;
                return;
            }
            _ => {}
        }
        if lower.is_ascii() {
            self.text.push(lower);
            self.umlaut.push(lower);
            return;
        }
        decompose_canonical(lower, |part| {
            if is_mark(part) {
                return;
            }
            // Strokes, hooks and small capitals go too: `ƙ`, `Ⱥ`, `ʀ`.
            match Some(any_ascii::any_ascii_char(part)).filter(|_| is_latin(part)) {
                Some(plain) if !plain.is_empty() => both(self, &plain.to_ascii_lowercase()),
                _ => both(self, part.encode_utf8(&mut [0; 4])),
            }
        });
    }

    fn end(&mut self, stop: bool) {
        if self.text.is_empty() {
            if stop && let Some(last) = self.done.last_mut() {
                last.stop = true;
            }
            self.script = None;
            return;
        }
        let mut script = self.script.unwrap_or(Script::Latin);
        let mut text = std::mem::take(&mut self.text);
        let mixed = [self.latin, self.cyrillic, self.greek].iter().filter(|it| **it > 0).count();
        if mixed > 1 {
            (text, script) = unmix(&text, self.latin, self.cyrillic.max(self.greek));
        }
        if script == Script::Arabic {
            text = arabic(&text);
        }
        let umlaut = std::mem::take(&mut self.umlaut);
        let umlaut = (self.has_umlaut && mixed < 2).then_some(umlaut);
        self.done.push(Word { text, script, umlaut, stop, dot: false });
        let done = std::mem::take(&mut self.done);
        *self = Self { done, dotted: self.dotted, ..Self::default() };
    }
}

/// Letters that Persian and Urdu write otherwise, and endings written in two ways, in one way.
fn arabic(word: &str) -> String {
    let last = word.chars().count().saturating_sub(1);
    let one = |(at, it): (usize, char)| match it {
        'ی' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ۀ' | 'ە' | 'ہ' | 'ۃ' | 'ة' if at == last => 'ه',
        it => it,
    };
    word.chars().enumerate().map(one).collect()
}

/// A word written in two alphabets is read in the one that most of its letters belong to.
fn unmix(text: &str, latin: u16, other: u16) -> (String, Script) {
    const PAIRS: [(char, char); 26] = [
        ('a', 'а'),
        ('b', 'ь'),
        ('c', 'с'),
        ('e', 'е'),
        ('h', 'һ'),
        ('i', 'і'),
        ('j', 'ј'),
        ('k', 'к'),
        ('m', 'м'),
        ('o', 'о'),
        ('p', 'р'),
        ('s', 'ѕ'),
        ('t', 'т'),
        ('x', 'х'),
        ('y', 'у'),
        ('v', 'ѵ'),
        ('h', 'н'),
        ('b', 'в'),
        ('a', 'α'),
        ('o', 'ο'),
        ('v', 'ν'),
        ('p', 'ρ'),
        ('i', 'ι'),
        ('k', 'κ'),
        ('t', 'τ'),
        ('u', 'υ'),
    ]; // Latin first, then what looks like it.
    let to_latin = latin >= other;
    let text = text
        .chars()
        .map(|it| {
            let found = PAIRS.iter().find(|(a, b)| if to_latin { *b == it } else { *a == it });
            match found {
                Some((a, _)) if to_latin => *a,
                Some((_, b)) if !to_latin => *b,
                _ => it,
            }
        })
        .collect();
    (text, if to_latin { Script::Latin } else { Script::Cyrillic })
}

/// Characters that are not seen, and signs inside words that writers leave out at will.
fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' | '\u{640}' | '\u{fe00}'..='\u{fe0f}'
        | '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | 'ʹ' | 'ʺ' | 'ʿ' | 'ʾ' | 'ˈ' | '′' | '״' | '׳'
        | '\u{ff07}')
        || is_mark(character)
}

/// Whether it is a Latin letter outside ASCII.
fn is_latin(character: char) -> bool {
    !character.is_ascii() && Script::of(character) == Some(Script::Latin)
}

/// Marks that the alphabets and abjads do without.
fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}
