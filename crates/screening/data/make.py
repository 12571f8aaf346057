#!/usr/bin/env python3
"""Makes the tables beside this file. See README.md for sources and licenses.

    make.py RIGOUR_DIR NAMES_DIR LISTS_DIR

RIGOUR_DIR: the unpacked source distribution of `rigour`; NAMES_DIR: that of `names`;
LISTS_DIR: a folder with list files, of which only counts of words are used.
Needs the packages `pypinyin` and `opencc-python-reimplemented`.
"""
import collections
import csv
import json
import math
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent


def fold(text):
    text = unicodedata.normalize("NFKD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"['’ʻʼ`´ʿʾ]", "", text)


def words(rigour):
    """Phrases with the class they belong to."""
    names = rigour / "rust/data/names"
    rows = set()
    for entry in json.load(open(names / "org_types.json", encoding="utf8")):
        canonical = fold(entry.get("compare") or entry.get("display") or entry["aliases"][0])
        generic = entry.get("generic") or "-"
        for alias in {*entry["aliases"], entry.get("display") or "", entry.get("compare") or ""}:
            if alias.strip("() ").lower() == "yu":  # Korean in Latin letters, and a family name
                continue
            if alias.strip():
                rows.add(("legal", f"{generic}:{canonical}", alias.strip()))
    symbols = json.load(open(names / "symbols.json", encoding="utf8"))
    for part in ("org_symbols", "org_domains"):
        for canonical, aliases in symbols[part].items():
            if canonical == "TPB":  # one company, not a kind of word
                continue
            for alias in aliases:
                rows.add(("word", canonical.lower(), alias.strip()))
    for canonical, aliases in symbols["person_nick"].items():
        for alias in aliases:
            rows.add(("name", canonical.lower(), alias.strip()))
    for canonical, aliases in symbols["person_name_parts"].items():
        for alias in aliases:
            rows.add(("name", canonical.lower(), alias.strip()))
    for canonical in ("CFA", "CMA", "CPA", "CSA", "DDS", "DR", "DVM", "ESQ", "JR", "MD", "PHD", "PROF", "SR"):
        for alias in symbols["person_symbols"][canonical]:
            rows.add(("honor", canonical.lower(), alias.strip()))
    stop = json.load(open(names / "stopwords.json", encoding="utf8"))
    for alias in stop["person_name_prefixes"]:
        if alias not in ("Fr", "Count", "General", "Private", "Lord", "Chair", "Director"):
            rows.add(("honor", fold(alias), alias))
    for alias in stop["obj_name_prefixes"]:
        rows.add(("honor", fold(alias), alias))
    for entry in json.load(open(rigour / "rust/data/text/ordinals.json", encoding="utf8")):
        for form in entry["forms"]:
            if entry["number"] <= 100 and len(form) > 2 and not any(c.isdigit() for c in form) \
                    and all(c.isalpha() or c in " -" for c in form):
                rows.add(("number", str(entry["number"]), form))
    with open(HERE / "words.tsv", "w", encoding="utf8") as out:
        for row in sorted(rows):
            out.write("\t".join(row) + "\n")


def common(names, lists):
    """How common a word is in names, as log2 of occurrences in a million names."""
    counts = collections.Counter()
    for file, share in (("dist.all.last", 0.6), ("dist.female.first", 0.3), ("dist.male.first", 0.3)):
        for line in open(next(names.rglob(file)), encoding="utf8"):
            word, percent = line.split()[:2]
            counts[fold(word)] += float(percent) / 100 * 1_000_000 * share / 2
    entries = json.load(open(lists / "us-csl/csl-2026-07-31.compact.json", encoding="utf8"))["entries"]
    seen, total = collections.Counter(), 0
    for entry in entries:
        total += 1
        spelled = " ".join([entry["n"], *entry.get("a", [])])
        for word in set(re.findall(r"[^\W\d_]+", fold(spelled))):
            seen[word] += 1
    for file in ("uk/uksl-2026-05_subject_names.csv",):
        for row in csv.DictReader(open(lists / file, encoding="utf8")):
            total += 1
            for word in set(re.findall(r"[^\W\d_]+", fold(row["full_name"]))):
                seen[word] += 1
    for word, count in seen.items():
        counts[word] = max(counts[word], count / total * 1_000_000)
    with open(HERE / "common.tsv", "w", encoding="utf8") as out:
        for word, count in sorted(counts.items()):
            if count >= 200 and len(word) > 1:
                out.write(f"{word}\t{round(math.log2(count))}\n")


def han():
    """Readings of Han characters without tones, most frequent first."""
    from pypinyin.pinyin_dict import pinyin_dict
    rows = collections.defaultdict(list)
    for code, readings in pinyin_dict.items():
        if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF and False:
            plain = []
            for reading in readings.split(","):
                base = unicodedata.normalize("NFD", reading)
                base = base.replace("u\u0308", "v")
                base = "".join(c for c in base if not unicodedata.combining(c)).replace("v", "u")
                if base and base not in plain and base.isascii():
                    plain.append(base)
            if plain:
                rows[" ".join(plain[:3])].append(chr(code))
    with open(HERE / "han.tsv", "w", encoding="utf8") as out:
        for readings, characters in sorted(rows.items()):
            out.write(f"{readings}\t{''.join(sorted(characters))}\n")


def simplified():
    """Traditional characters and the simplified ones that they are written as."""
    import opencc
    table = {}
    file = pathlib.Path(opencc.__file__).parent / "dictionary/TSCharacters.txt"
    for line in open(file, encoding="utf8"):
        old, new = line.rstrip("\n").split("\t")
        new = new.split(" ")[0]
        if len(old) == 1 and len(new) == 1 and old != new and ord(old) < 0x10000 and ord(new) < 0x10000:
            table[old] = new
    with open(HERE / "simplified.txt", "w", encoding="utf8") as out:
        for old, new in sorted(table.items()):
            out.write(old + new)
    return table


def fnv(text):
    """As `key.rs` has it, in the space `n`."""
    value = 0x811C9DC5 ^ (ord("n") * 0x01000193 & 0xFFFFFFFF)
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    value ^= value >> 16
    value = value * 0x7FEB352D & 0xFFFFFFFF
    value ^= value >> 15
    value = value * 0x846CA68B & 0xFFFFFFFF
    return value ^ (value >> 16)


def foreign_names(rigour, table):
    """How names from elsewhere are written in Chinese: hash of the word, then a Latin spelling.

    Count in 4 bytes; for each word 4 bytes of hash, sorted; for each 3 bytes where its spelling
    begins; the spellings, each led by its length.
    """
    latin = collections.defaultdict(list)
    for line in open(rigour / "rust/data/names/person_names.txt", encoding="utf8"):
        forms = [it.strip() for it in line.partition("=>")[0].split(",")]
        plain = [fold(it) for it in forms]
        plain = [it for it in plain if it.isascii() and it.isalpha() and 2 <= len(it) <= 30]
        if not plain:
            continue
        for form in forms:
            if len(form) >= 2 and all(0x4E00 <= ord(it) <= 0x9FFF for it in form):
                word = "".join(table.get(it, it) for it in form)
                if plain[0] not in latin[word] and len(latin[word]) < 3:
                    latin[word].append(plain[0])
    rows = sorted((fnv(word), spelling) for word, all in latin.items() for spelling in all)
    places, blob = {}, bytearray()
    for _, spelling in rows:
        if spelling not in places:
            places[spelling] = len(blob)
            blob += bytes([len(spelling)]) + spelling.encode()
    with open(HERE / "han_names.bin", "wb") as out:
        out.write(len(rows).to_bytes(4, "little"))
        for value, _ in rows:
            out.write(value.to_bytes(4, "little"))
        for _, spelling in rows:
            out.write(places[spelling].to_bytes(3, "little"))
        out.write(blob)


if __name__ == "__main__":
    rigour, names, lists = map(pathlib.Path, sys.argv[1:4])
    words(rigour)
    common(names, lists)
    han()
    foreign_names(rigour, simplified())
