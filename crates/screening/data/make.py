#!/usr/bin/env python3
"""Makes the tables beside this file. See README.md for sources and licenses.

    make.py RIGOUR_DIR NAMES_DIR LISTS_DIR

RIGOUR_DIR: the unpacked source distribution of `rigour`; NAMES_DIR: that of `names`;
LISTS_DIR: a folder with list files, of which only counts of words are used.
Needs the package `pypinyin`.
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
            if alias.strip():
                rows.add(("legal", f"{generic}:{canonical}", alias.strip()))
    symbols = json.load(open(names / "symbols.json", encoding="utf8"))
    for part in ("org_symbols", "org_domains"):
        for canonical, aliases in symbols[part].items():
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


if __name__ == "__main__":
    rigour, names, lists = map(pathlib.Path, sys.argv[1:4])
    words(rigour)
    common(names, lists)
    han()
