#!/usr/bin/env python3
"""The alias benchmark through `rapidfuzz` and `nomenklatura`, for comparison with ours.

    pip install rapidfuzz nomenklatura
    alias_benchmark write-aliases CSL.json > BENCH.tsv        (an example of the crate `screening`)
    python3 benches/alias_peers.py BENCH.tsv [--unlisted NAMES.txt] [--sample 2000]

Every so many of the names asked and of the names that are not listed are compared with every listed
name: by `rapidfuzz` after `normality.ascii_text` (which writes other scripts in Latin letters) and
in lower case; by `logic-v1` of `nomenklatura` with the 50 parties that `rapidfuzz` finds best. Ties
for rank one count as found. With `write-scripts` each list is an index of its own.
"""
import argparse
import time
from collections import defaultdict

import numpy
from followthemoney import model
from nomenklatura.matching import get_algorithm
from normality import ascii_text
from rapidfuzz import fuzz, process, utils

arguments = argparse.ArgumentParser()
arguments.add_argument("bench")
arguments.add_argument("--unlisted")
arguments.add_argument("--sample", type=int, default=2000)
arguments.add_argument("--no-logic", action="store_true")
options = arguments.parse_args()
SCORERS = {it.__name__: it for it in (fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.WRatio)}
SCHEMAS = {"Person": "Person", "Organization": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}


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
queries = asked + strangers
own, best, took = defaultdict(list), defaultdict(list), defaultdict(float)
logic = get_algorithm("logic-v1")
config = logic.default_config()
for code, names in listed.items():
    mine = [it for it in queries if it[0] == code]
    parties = numpy.array([it[0] for it in names])
    choices = [latin(it[2]) for it in names]
    by_party = defaultdict(list)
    for party, kind, name in names:
        by_party[party].append((kind, name))
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
            nearest = scores if nearest is None else numpy.maximum(nearest, scores)
            for row, (_, party, _, _) in zip(scores, some):
                best[label].append(float(row.max()))
                own[label].append(float(row[order == party][0]) if party >= 0 else -1)
        if options.no_logic:
            continue
        start = time.process_time()
        for row, (_, party, kind, name) in zip(nearest, some):
            query, found = entity("q", kind, [name]), {}
            for it in order[numpy.argsort(-row, kind="stable")[:50]]:
                if it not in entities:
                    entities[it] = entity(f"p{it}", by_party[it][0][0], [name for _, name in by_party[it]])
                found[it] = logic.compare(query, entities[it], config).score
            best["logic-v1"].append(max(found.values()))
            own["logic-v1"].append(found.get(party, 0.0) if party >= 0 else -1)
        took["logic-v1"] += time.process_time() - start
for label in own:
    mine = [(a, b) for a, b in zip(own[label], best[label]) if a >= 0]
    alarms = sorted((b for a, b in zip(own[label], best[label]) if a < 0), reverse=True)
    first = sum(a > 0 and a >= b for a, b in mine) / len(mine)
    line = f"{label}: {len(mine)} asked, {first:.3f} at rank one"
    for share in (0.002, 0.005, 0.01, 0.05) if alarms else ():
        limit = alarms[int(len(alarms) * share)]
        line += f", {sum(a > limit for a, _ in mine) / len(mine):.3f} found at {share * 100:g} % false alerts"
    print(f"{line}; {len(own[label]) / took[label]:.0f} names a second")
