#!/usr/bin/env python3
"""Which labelled pairs of two scripts names alone can decide.

    pip install PyICU
    python3 benches/decidable.py OUT PAIRS.csv...

Writes of each set those that are decidable to `OUT/SET.csv`, for `labelled_pairs` (an example of the
crate `screening`) and `screening_peers.py`, and the others to `OUT/SET.left-out.csv` with why; in
both the category is the script. Tells how many there are. No score of anybody is looked at. A pair is not
decidable

- `reading`: where it is a "no" and each word of the one name is a reading of a word of the other. A
  reading is what the table below allows for the letters, one after the other: with vowels that
  Arabic and Hebrew do not write, without those that Japanese, Korean and Chinese put between
  consonants, with l for r in Japanese and Chinese and so on. Nothing but the letters decides.
- `part`: where it is a "no" and the words of the one name, two or more, are all read from words of
  the other, which has more: a longer name of the same person looks the same (`Saddam Hussein
  al-Tikriti`, `Ali Saddam Hussein al-Tikriti`). The aliases of the
  entry count as its names.
- `other-name`: where it is a "match" and some word of a name of two has no consonant in common with
  the one in its place, in five classes of them (in a name of more words: no word with any).

The tables follow the romanizations of the Library of Congress and BGN/PCGN (Arabic, Hebrew,
Cyrillic), Hepburn (kana), the National Institute of Korean Language's rules for foreign words and
Revised Romanization (Hangul), Polivanov for Japanese in Cyrillic, and Mandarin readings of CLDR as
ICU has them (Chinese); for names from elsewhere, what English, French, German and Spanish write for
the sound that a letter stands for.
"""
import csv
import os
import re
import sys
import unicodedata
from collections import Counter
from functools import lru_cache

import icu

PINYIN = icu.Transliterator.createInstance("Han-Latin; Latin-ASCII")
VOWEL, LOOSE = "[aeiou]", "[aeiouyhw]*"
K = "k|c(?![eiy])|ck|q|qu|ch|kh|cc"
S = "s|c(?=[eiy])|ss|z"
ARABIC = {
    "ب": "b|p", "پ": "p", "ت": "t|th|tt", "ط": "t|tt", "ث": "th|s", "ج": "j|g|dj|dg|dzh|z", "چ": "ch|tch|c",
    "ح": "h", "خ": "kh|h|ch|x|k|j", "د": "d", "ذ": "dh|z|th|d", "ر": "r", "ز": "z|s", "ژ": "zh|j|g", "س": f"{S}|x",
    "ش": "sh|ch|sch|s(?=[tp])|sj", "ص": "s|ss", "ض": "d|dh|z", "ظ": "z|dh|d", "غ": "gh|g", "ف": "f|ph|v|ff",
    "ڤ": "v|w", "ق": f"{K}|g|gh", "ك": K, "ک": K, "گ": "g|gh|gu", "ل": "l", "م": "m", "ن": "n", "ں": "n",
    "ه": "h|[ae](?!.)|ah|eh|", "ة": "a|e|at|et|ah|eh|", "ا": "a|e|o|ae|ea|ai|au|aw", "آ": "a|aa", "ى": "a|i|y",
    "و": "w|v|o|u|ou|oo|au|eu|ow|oe|ew|oh|aw|wh", "ي": "i|y|e|ee|ea|ie|ei|ai|ay|ey|j", "ی": "i|y|e|ee|ei|ai|ey|a",
    "ې": "e|i", "ع": "[aeiou]*", "ء": "", "أ": "[aeiouh]+", "إ": "[aeiou]+|hi", "ئ": "[aeiouy]*", "ؤ": "[aeiou]*",
    "ہ": "h|a|", "ھ": "h|", "ے": "e|i|y", "ټ": "t", "ډ": "d", "ړ": "r", "ښ": "sh|kh", "څ": "ts|s", "ځ": "z|dz", "ڼ": "n",
}
HEBREW = {
    "א": "[aeiou]*h?", "ע": "[aeiou]*", "ב": "b|v|bb", "ג׳": "j|g|dj", "ג": "g|gh|gu", "ד": "d", "ה": "h|[aeo]h?",
    "ו": "v|w|o|u|ou|oo|au|ow|oh|aw|eau|oe", "ז׳": "zh|j|g", "ז": "z|s", "ח": "h|ch|kh", "ט": "t|tt", "ת": "t|th|tt",
    "י": "i|y|e|ee|ea|ie|ei|ai|ay|ey|j|", "כ": f"{K}|kh", "ך": "ch|kh|k|h", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n",
    "ס": f"{S}|x", "פ": "p|f|ph|pp|ff", "ף": "f|ph|p|v|ff", "צ׳": "ch|c|tch|cz", "צ": "ts|tz|z|c", "ץ": "ts|tz|z|c",
    "ק": K, "ר": "r", "ש": "sh|s|sch|ch",
}
CYRILLIC = {
    "дзи": "ji", "дзё": "jo", "дзю": "ju", "дзя": "ja", "си": "shi|si|ci|cy|sy|see", "ти": "chi|ti|ty|tee|thi",
    "тя": "cha|tya|tia", "ся": "sha|sya|sia", "сю": "shu|syu", "сё": "sho|syo", "тё": "cho", "тю": "chu|tyu", "цу": "tsu|tu",
    "дж": "j|g(?=[eiy])|dj|dzh|dg", "дз": "z|dz|j(?=i)", "кс": "x|ks|cks", "а": "a|u|ah|ae", "б": "b|bb", "в": "v|w|f|b", "г": "g|h|gh|gu",
    "д": "d", "е": "e|ye|je|ie|ea|ae|a", "ё": "yo|io|e|o|jo|oe|eu", "ж": "zh|j|g(?=[eiy])", "з": "z|s|se", "и": "i|y|ee|ie|e|ea|ij",
    "й": "y|i|j|", "к": K, "л": "l|ll", "м": "m|n(?=[bp])", "н": "n", "о": "o|a|au|ou|ow|oh|eau", "п": "p", "р": "r", "с": f"{S}|th",
    "т": "t|th|tt", "у": "u|w|oo|ou|ew|o", "ф": "f|ph|th|ff", "х": "h|kh|ch|x|j|", "ц": "ts|c|z|tz|cz", "ч": "ch|tch|cz|c|tsch",
    "ш": "sh|ch|sch|s", "щ": "shch|sch|sh", "ы": "y|i", "э": "e|a|ae|o|he", "ю": "yu|u|iu|ew|ju|ue", "я": "ya|ia|a|ja|ea|ua",
    "ь": "", "ъ": "", "'": "",
}
VOWELS = {  # of syllables, by the letter that Latin systems give
    "a": "a|u|o|ar|er|ah", "i": "i|e|y|ee|ea|ie|ei|ey", "u": "u|oo|ou|o|w|ew|", "e": "e|a|ai|ae|ay|ea|ei|he", "o": "o|au|aw|ou|ow|a|oa|oh|ough|",
}
KANA = {  # consonants of Hepburn
    "": "", "k": f"{K}|x", "g": "g|gh|gu", "s": f"{S}|th", "sh": "sh|s|c|ch|sch|ti|th", "t": "t|th|tt", "ch": "ch|tch|t|c(?=[ei])|cz|tsch", "ts": "ts|tz|z|t",
    "n": "n|m|nn", "h": "h|j|", "f": "f|ph|h|v|wh", "b": "b|v|bb", "p": "p|pp", "m": "m|mm", "y": "y|j|i|", "r": "r|l|rr|ll|rh", "w": "w|v|wh|u|o",
    "d": "d|dd", "j": "j|g|z|dg|dj|di|zh", "z": "z|s|th|ts|x", "v": "v|b|w|f",
}
INITIAL = ["g|k|c(?![eiy])|q|gh", f"{K}|g", "n|kn", "d|t|th", "t|d|tt", "r|l|rr|ll", "m", "b|v|p", "p|pp", f"{S}|sh|th|sch", f"{S}|ss", "|h|(?=w)", "j|z|g|s|zh|ch|cz|dj|d(?=j)",
           "z|j|ts", "ch|z|tz|ts|c|tch|s|g|j|cz", f"{K}|x", "t|th|tt", "p|f|ph|pp", "h|f|wh|j"]
MEDIAL = ["a|o|u|ar|ah|e", "a|e|ai|ae", "ya|ia|ja", "ye|ya", "u|e|o|eo|ea|a|er|ir|ur|or|ear|i", "e|a|ai|ay|ea|ei", "yo|yu|you|io|eo|ye|ie|young|ya", "ye|je|ie",
          "o|au|aw|ou|ow|a|oa|or|oh|eau", "wa|oi|ua|oua", "wa|we|wha", "oe|o|eu|oi|ui|we", "yo|io|jo", "u|oo|ou|w|o|ew", "wo|wa|uo|wi|ua|wor", "we|ue|wa|whe",
          "wi|ui|y|u|we|ue|whi|wie", "yu|iu|ew|u|you|ue|ju", "u|e|eu|", "ui|i|eui", "i|e|y|ee|ea|ie|ei|ey"]
FINAL = ["(?:r|h|gh|e|s)?"] + [f"{K}|g|x"] * 3 + ["n|nn"] * 3 + ["t|d"] + ["l|r|ll"] + ["k|lk"] + ["m|lm"] + ["l"] * 5 + ["m|mm"] + ["p|b|pp|f|v"] * 2 + \
        ["t|d|th|s|ts"] * 2 + ["ng|n(?=[gkcq])"] + ["t|d|s|ch"] * 2 + ["k"] + ["t|tt"] + ["p"] + ["t"]
PINYIN_INITIAL = {
    "b": "b|p|v|bb", "p": "p|b|ph|pp", "m": "m|mm", "f": "f|ph|v|w|ff", "d": "d|t|th", "t": "t|d|th|tt", "n": "n|nn|kn", "l": "l|r|ll|rr", "g": "g|c|k|gu|gh|j",
    "k": f"{K}|g|x", "h": "h|j|g|f|ch|kh|wh", "j": "j|g|ch|k|c|z|ki|di|dj", "q": "ch|c|k|q|tch|j|chi", "x": "sh|s|c|h|ch|x|sch|hi|z|th", "zh": "j|ch|zh|z|g|dj|dz",
    "ch": "ch|tch|c|cz|tsch", "sh": "sh|s|ch|sch|sz|c", "r": "r|j|g|zh|l", "z": "z|s|ts|c|th|ds|x", "c": "ts|z|c|tz|th|ds", "s": f"{S}|th|x|zz",
    "y": "y|i|j|e|h|", "w": "w|v|u|o|f|b|wh|hu|", "": "|h",
}
PINYIN_VOWEL = {
    "a": "[aoue]", "ai": "[aeiy]", "ao": "[aowu]", "e": "[eouai]", "ei": "[eaiyu]", "i": "[iye]", "ia": "i?[aey]", "ie": "i?e", "iao": "[iy]?[aou]", "iu": "[iyeu]",
    "o": "[oau]", "ou": "[ouaw]", "u": "[uowe]", "ua": "[uow]?a", "uo": "[ouwa]", "uai": "[uw]?[ai]", "ui": "[uewi]", "v": "[uiye]", "ue": "[ue]", "er": "[rl]|er|el|ll|al|le|re|ir|il",
    "io": "i?o", "ve": "[ue]",
}
# Syllables that stand for a consonant without a vowel too.
BARE = {"si", "te", "ke", "de", "ge", "bu", "pu", "fu", "mu", "le", "ci", "zi", "shi", "qi", "hu", "er", "xi", "ze", "li", "ji", "gu", "du", "tu", "ri", "mo", "bo", "he", "lu"}


def ascii(text):
    text = unicodedata.normalize("NFKD", text.lower().replace("ø", "o").replace("ł", "l").replace("ß", "ss").replace("đ", "d").replace("ı", "i").replace("æ", "ae"))
    return "".join(it for it in text if not unicodedata.combining(it))


def script(text):
    for it in text:
        name = unicodedata.name(it, "")
        for known in ("ARABIC", "HEBREW", "CYRILLIC", "KATAKANA", "HIRAGANA", "HANGUL", "CJK"):
            if known in name and unicodedata.category(it)[0] in "LM":
                return known
    return "LATIN"


def one_of(choices):
    return f"(?:{choices})"


def by_letters(word, table, unwritten):
    """The letters of an alphabet, the longest known group first; vowels between where unwritten."""
    out, at = [], 0
    while at < len(word):
        size = next((it for it in (3, 2, 1) if word[at:at + it] in table), 0)
        if size:
            out.append(one_of(table[word[at:at + size]]) + ("+?" if size == 1 and unwritten and table[word[at]] in "lmnrdt" else ""))
        at += max(size, 1)
    between = f"{VOWEL}*h?" if unwritten else ""
    return between + between.join(out) + ("(?:e|h)?" if unwritten else "(?:e|h|)")


def kana(word):
    latin = icu.Transliterator.createInstance("Katakana-Latin; Latin-ASCII").transliterate(word).replace("'", "").replace("~", "")
    out = []
    for consonant, vowel in re.findall(r"(kk|ss|tt|pp|tch|ssh|sh|ch|ts|[bcdfghjklmnpqrstvwyz])?y?([aiueo]+)?", latin):
        if not consonant and not vowel:
            continue
        consonant = {"kk": "k", "ss": "s", "tt": "t", "pp": "p", "tch": "ch", "ssh": "sh", "l": "r"}.get(consonant, consonant)
        long = len(vowel) > 1
        vowels = "".join(one_of(VOWELS[it]) + ("?" if at or long else "") for at, it in enumerate(vowel))
        bare = vowel in ("u", "o", "i") and consonant
        out.append(one_of(KANA.get(consonant, consonant)) + (f"(?:{vowels})?" if bare else vowels) + "(?:r|h|gh|)")
    return "".join(out) + "(?:e|s|h|)"


def hangul(word):
    parts = [(code // 588, code % 588 // 28, code % 28) for code in (ord(it) - 0xAC00 for it in word) if 0 <= code < 11172]
    out = []
    for at, (initial, medial, final) in enumerate(parts):
        following = parts[at + 1][0] if at + 1 < len(parts) else None
        vowel = one_of(MEDIAL[medial])
        # Two vowels in a row are often one of English; l is written twice between vowels.
        vowel = f"(?:{vowel})?" if initial == 11 and medial in (13, 20) and at and not parts[at - 1][2] else vowel
        last = "" if final == 8 and following == 5 else one_of(FINAL[final])
        out.append(one_of(INITIAL[initial]) + vowel + "(?:r|h|gh|e)?" + last + "h?")
    return "".join(out) + "(?:e|s|)"


def han(word):
    out = []
    for it in word:
        syllable = re.sub("[^a-zv]", "", PINYIN.transliterate(it).replace("ü", "v"))
        found = re.fullmatch(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(er|[aeiouv]+)(ng|n)?", syllable)
        if not found:
            return "(?!)"
        initial, vowel, nasal = found.groups(default="")
        if vowel == "er":
            out.append(one_of(PINYIN_VOWEL["er"]))
            continue
        vowels = one_of(PINYIN_VOWEL.get(vowel, "[aeiouy]")) + LOOSE
        vowels = f"(?:{vowels})?" if syllable in BARE else vowels
        glide = initial in ("y", "w") and vowel not in ("i", "u", "v", "ua", "ue")
        out.append(one_of(PINYIN_INITIAL[initial].rstrip("|") if glide else PINYIN_INITIAL[initial]) + vowels + ("(?:n|m|ng|nn)" + "[aeiou]?" if nasal else "(?:r|l)?"))
    return "".join(out) + "(?:e|s|h|)"


@lru_cache(None)
def pattern(word):
    kind = script(word)
    if kind == "ARABIC":
        bare = unicodedata.normalize("NFKC", word)
        bare = "".join(it for it in bare if not unicodedata.combining(it)).replace("ـ", "")
        article = "(?:[aeou][lrsntdz](?![aeiou]))?" if bare.startswith("ال") else ""
        bare = bare[2:] if bare.startswith("ال") and len(bare) > 3 else bare
        text = article + by_letters(bare, ARABIC, True)
    elif kind == "HEBREW":
        # A first alef or ayin is there for its vowel.
        begins = "(?=[aeiouh])" if word[0] in "אע" else ""
        text = begins + by_letters(unicodedata.normalize("NFKC", word).replace("'", "׳"), HEBREW, True)
    elif kind == "CYRILLIC":
        text = by_letters(word.lower(), CYRILLIC, False)
    elif kind in ("KATAKANA", "HIRAGANA"):
        text = kana(word)
    elif kind == "HANGUL":
        text = hangul(word)
    elif kind == "CJK":
        text = han(word)
    else:
        text = re.escape(ascii(word))
    return re.compile(text)


@lru_cache(None)
def single(text):
    return re.sub(r"([a-z])\1+", r"\1", text)


def reads(original, latin):
    return bool(pattern(original).fullmatch(latin) or pattern(original).fullmatch(single(latin)))


PARTICLES = {"al", "el", "ul", "ur", "ud", "as", "es", "bin", "ben", "ibn", "abd", "abu", "abou", "ould", "wal", "wa", "de", "la", "the", "of", "in"}
SMALL = {"بن", "ابن", "ولد", "عبد", "ابو", "أبو", "بنت", "و", "في", "آل", "ال"}


def latin_words(text):
    return [re.sub("[^a-z]", "", it) for it in re.split(r"[\s\-,.;·]+", ascii(re.sub(r"\([^)]*\)", " ", text))) if re.sub("[^a-z]", "", it)]


def original_words(text):
    return [it for it in (re.sub(r"[^\w׳']", "", it) for it in re.split(r"[\s·・\-–,.]+", text)) if it]


def fits(original, latin):
    """Every way to give words of the one name words of the other that they are read as, each word
    once: which words of either side are taken. Two words may be written as one on the other side,
    and three Latin ones."""
    spans = [(a, a_end, b, b_end) for a in range(len(original)) for a_end in (a + 1, a + 2)
             for b in range(len(latin)) for b_end in (b + 1, b + 2, b + 3)
             if a_end <= len(original) and b_end <= len(latin) and (a_end == a + 1 or b_end == b + 1)
             and reads("".join(original[a:a_end]), "".join(latin[b:b_end]))]
    ways = {(0, frozenset(), frozenset())}
    for at in range(len(original)):
        more = set()
        for place, left, right in ways:
            if place > at:
                more.add((place, left, right))
                continue
            more.add((at + 1, left, right))
            for a, a_end, b, b_end in spans:
                if a == at and not right & set(range(b, b_end)):
                    more.add((a_end, left | set(range(a, a_end)), right | set(range(b, b_end))))
        ways = more
    return {(left, right) for _, left, right in ways}


def undecidable_no(query, names):
    why = ""
    for name in names:
        original = [it for it in original_words(query) if it not in SMALL]
        latin = [it for it in latin_words(name) if it not in PARTICLES]
        for left, right in fits(original, latin):
            if len(left) == len(original) and len(right) == len(latin) and original and latin:
                return "reading"
            if min(len(left), len(right)) >= 2 and (len(left) == len(original) or len(right) == len(latin)):
                why = "part"
    return why


CLASSES = {"P": "bpfvwو بپفوڤבפףвбпф", "T": "dtتطثدذضظטתדдт", "K": "gkqcxjhكقکگغخجحهקכךגחהхгк", "S": "szcjxشسصزجچظذثשסזצץשсзшщжчц", "N": "mnمنםמןנмн", "R": "rlرلרлלр"}


def sounds(word):
    kind = script(word)
    if kind in ("KATAKANA", "HIRAGANA", "HANGUL", "CJK"):
        word = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII").transliterate(word)
    return {name for it in ascii(word) for name, letters in CLASSES.items() if it in letters}


def undecidable_match(query, names):
    original = original_words(query)
    if all(sounds(it) and not sounds(query) & sounds(it) for it in names):
        return "other-name"
    latin = latin_words(names[0])
    if len(original) == len(latin) == 2:
        for a, b in zip(original, latin):
            if sounds(a) and sounds(b) and not sounds(a) & sounds(b):
                return "other-name"
    return ""


def main(out, files):
    os.makedirs(out, exist_ok=True)
    for file in files:
        rows = list(csv.DictReader(open(file, encoding="utf8")))
        name = os.path.basename(os.path.dirname(file))
        counts = Counter()
        kept = csv.DictWriter(open(f"{out}/{name}.csv", "w", encoding="utf8", newline=""), rows[0])
        left = csv.DictWriter(open(f"{out}/{name}.left-out.csv", "w", encoding="utf8", newline=""), [*rows[0], "why"])
        kept.writeheader(), left.writeheader()
        for row in rows:
            names = [row["candidate_name"], *(it for it in row["candidate_aliases"].split(";") if it.strip())]
            query = unicodedata.normalize("NFKC", row["query_name"])
            expected = row["expected"]
            why = undecidable_no(query, names) if expected == "no" else undecidable_match(query, names)
            counts[script(query), expected, why or "kept"] += 1
            row["category"] = script(query).lower()
            left.writerow({**row, "why": why}) if why else kept.writerow(row)
        for (kind, expected, why), count in sorted(counts.items()):
            print(f"{name} {kind.lower()} {expected}: {count} {why}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
