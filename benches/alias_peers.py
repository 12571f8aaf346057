#!/usr/bin/env python3
"""The alias benchmark through `rapidfuzz` and `nomenklatura`, for comparison with ours.

    pip install rapidfuzz nomenklatura numpy
    alias_benchmark write-aliases CSL.json > BENCH.tsv        (an example of the crate `screening`)
    alias_benchmark aliases CSL.json --unlisted NAMES.txt --scores OURS.tsv
    python3 benches/alias_peers.py BENCH.tsv --unlisted NAMES.txt --ours OURS.tsv [--sample 2000]

Every so many of the names asked and of the names that are not listed are compared with every listed
name: by `rapidfuzz` after `normality.ascii_text` (which writes other scripts in Latin letters) and
in lower case; by `logic-v1` of `nomenklatura` with the 50 parties that `rapidfuzz` finds best. Ties
for rank one count as found, for ours too. With `write-scripts` each list is an index of its own.

Beside all of them, what is found of some of them is told, each against the same false alerts: of
persons; of those that share a word with a name that is left (the same three letters or more in
Latin letters, on no side a word that one in 500 listed names has, so that `company` is none); of
those with two names left or more; and of those with several of this. The interval is that of 95 %
over 200 draws (with putting back) from the names asked and from those that are not listed.
"""
import argparse
import random
import time
from collections import Counter, defaultdict

import numpy
from followthemoney import model
from nomenklatura.matching import get_algorithm
from normality import ascii_text
from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import JaroWinkler

arguments = argparse.ArgumentParser()
arguments.add_argument("bench")
arguments.add_argument("--unlisted")
arguments.add_argument("--ours")
arguments.add_argument("--sample", type=int, default=2000)
arguments.add_argument("--no-logic", action="store_true")
options = arguments.parse_args()
SCORERS = {it.__name__: it for it in (fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.WRatio)}
SCORERS["Jaro-Winkler"] = JaroWinkler.similarity
SCHEMAS = {"Person": "Person", "Organization": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}
SHARES = (0.002, 0.005, 0.01, 0.05)


def every(items, count):
    return items if len(items) <= count else [items[at * len(items) // count] for at in range(count)]


def latin(name):
    return utils.default_process(ascii_text(name) or name)


def entity(id_, kind, names):
    return model.get_proxy({"id": id_, "schema": SCHEMAS.get(kind, "LegalEntity"), "properties": {"name": names}})


listed, asked = defaultdict(list), []
for line in open(options.bench, encoding="utf8"):
    what, code, party, kind, name = line.rstrip("\n").split("\t", 4)
    if what == "listed":
        listed[code].append((int(party), kind, name))
    else:
        asked.append((code, int(party), kind, name))
asked = every(asked, options.sample)
strangers = []
if options.unlisted:
    rows = (line.rstrip("\n").split("\t", 1) for line in open(options.unlisted, encoding="utf8"))
    strangers = [("all", -1, kind.capitalize(), name) for kind, name in every(list(rows), options.sample)]
own, best, took = defaultdict(dict), defaultdict(dict), defaultdict(float)
words = lambda text: {it for it in text.split() if len(it) > 2}
sets = {}
logic = get_algorithm("logic-v1")
config = logic.default_config()
for code, names in listed.items():
    mine = [it for it in asked + strangers if it[0] == code]
    parties = numpy.array([it[0] for it in names])
    choices = [latin(it[2]) for it in names]
    often = Counter(word for it in choices for word in words(it))
    left = defaultdict(set)
    by_party = defaultdict(list)
    for (party, kind, name), text in zip(names, choices):
        by_party[party].append((kind, name))
        left[party] |= words(text)
    for it in mine:
        shared = words(latin(it[3])) & left[it[1]]
        sets[it] = {"persons": it[2] == "Person", "two names left": len(by_party[it[1]]) > 1,
                    "a shared word": any(often[word] * 500 < len(names) for word in shared)}
    entities = {}
    starts = numpy.flatnonzero(numpy.r_[True, parties[1:] != parties[:-1]])
    order = parties[starts]
    for at in range(0, len(mine), 20):
        some = mine[at:at + 20]
        texts = [latin(it[3]) for it in some]
        nearest = None
        for label, scorer in SCORERS.items():
            start = time.process_time()
            scores = process.cdist(texts, choices, scorer=scorer, dtype=numpy.float32)
            scores = numpy.maximum.reduceat(scores, starts, axis=1)
            took[label] += time.process_time() - start
            # Jaro-Winkler is of another scale, and prefers names that begin alike.
            if label in ("token_sort_ratio", "token_set_ratio", "WRatio"):
                nearest = scores if nearest is None else numpy.maximum(nearest, scores)
            for row, it in zip(scores, some):
                best[label][it] = float(row.max())
                own[label][it] = float(row[order == it[1]][0]) if it[1] >= 0 else -1
        if options.no_logic:
            continue
        start = time.process_time()
        for row, it in zip(nearest, some):
            query, found = entity("q", it[2], [it[3]]), {}
            for party in order[numpy.argsort(-row, kind="stable")[:50]]:
                if party not in entities:
                    entities[party] = entity(f"p{party}", by_party[party][0][0], [name for _, name in by_party[party]])
                found[party] = logic.compare(query, entities[party], config).score
            best["logic-v1"][it] = max(found.values())
            own["logic-v1"][it] = found.get(it[1], 0.0) if it[1] >= 0 else -1
        took["logic-v1"] += time.process_time() - start
if options.ours:
    known = {}
    for line in open(options.ours, encoding="utf8"):
        party, score, most, name = line.rstrip("\n").split("\t", 3)
        known[int(party), name] = float(score), float(most)
    for it in asked + strangers:
        score, best["ours"][it] = known[it[1], it[3]]
        own["ours"][it] = score if it[1] >= 0 else -1


def found(label, names, alarms):
    """At rank one, and at each share of false alerts; a score of nothing is not found."""
    alarms = sorted(alarms, reverse=True)
    mine = own[label]
    first = sum(mine[it] > 0 and mine[it] >= best[label][it] for it in names)
    limits = [alarms[int(len(alarms) * share)] for share in SHARES] if alarms else []
    return [it / len(names) for it in [first, *(sum(mine[it] > limit for it in names) for limit in limits)]]


draw = random.Random(7)
subsets = [(), ("persons",), ("a shared word",), ("two names left",), ("persons", "a shared word"),
           ("a shared word", "two names left"), ("persons", "a shared word", "two names left")]
for subset in subsets:
    names = [it for it in asked if all(sets[it][what] for what in subset)]
    if not names:
        continue
    print(f"{', '.join(subset) or 'all'}: {len(names)} asked")
    for label in own:
        alarms = [best[label][it] for it in strangers]
        draws = [found(label, draw.choices(names, k=len(names)), draw.choices(alarms, k=len(alarms)) if alarms else [])
                 for _ in range(200)]
        tell = []
        for at, share in enumerate(found(label, names, alarms)):
            order = sorted(it[at] for it in draws)
            where = "at rank one" if at == 0 else f"found at {SHARES[at - 1] * 100:g} % false alerts"
            tell.append(f"{share:.3f} ({order[5]:.3f} to {order[194]:.3f}) {where}")
        print(f"    {label}: {', '.join(tell)}")
for label in took:
    print(f"{label}: {len(own[label]) / took[label]:.0f} names a second")
