#!/usr/bin/env python3
"""The labelled pairs through `nomenklatura` (logic-v1, logic-v2) and `rapidfuzz`, for comparison.

    pip install nomenklatura rapidfuzz && python3 benches/screening_peers.py PAIRS.csv...

Prints, for each file, F1 at the best threshold, at 0.7, and recall where 5 % of negatives fire, also
by category: the figures that `cargo run --release -p screening --example labelled_pairs` prints for
ours. `rapidfuzz` gets names in lower case, in the Latin letters of `normality.ascii_text`.
"""
import csv
import sys
import time
from collections import Counter

from followthemoney import model
from nomenklatura.matching import get_algorithm
from normality import ascii_text
from rapidfuzz import fuzz, utils
from rapidfuzz.distance import JaroWinkler


def entity(id_, schema, names, country=""):
    properties = {"name": [it for it in names if it.strip()]}
    if country:
        properties["country"] = [country]
    return model.get_proxy({"id": id_, "schema": schema, "properties": properties}) \
        if hasattr(model, "get_proxy") else None


def figures(scores, threshold):
    tp = sum(1 for s, e in scores if e and s >= threshold)
    fp = sum(1 for s, e in scores if not e and s >= threshold)
    fn = sum(1 for s, e in scores if e and s < threshold)
    negatives = sum(1 for _, e in scores if not e)
    return 2 * tp / max(2 * tp + fp + fn, 1), tp / max(tp + fn, 1), fp / max(negatives, 1)


def logic(name):
    algorithm = get_algorithm(name)
    config = algorithm.default_config()

    def score(schema, asked, names):
        result = algorithm.compare(entity("q", schema, [asked]), entity("c", schema, names), config)
        # The sum of logic-v2 is 1.0 for everything in nomenklatura 4.17; its features are right.
        return max(it.score for it in result.explanations.values()) if name == "logic-v2" else result.score
    return score


def letters(scorer, most):
    latin = lambda name: utils.default_process(ascii_text(name) or name)
    return lambda _, asked, names: max(scorer(latin(asked), latin(it)) / most for it in names)


PEERS = {"logic-v1": logic("logic-v1"), "logic-v2": logic("logic-v2"), "token_sort_ratio": letters(fuzz.token_sort_ratio, 100),
         "token_set_ratio": letters(fuzz.token_set_ratio, 100), "WRatio": letters(fuzz.WRatio, 100), "Jaro-Winkler": letters(JaroWinkler.similarity, 1)}
for file in sys.argv[1:]:
    rows = list(csv.DictReader(open(file, encoding="utf8")))
    for name, peer in PEERS.items():
        scores, start = [], time.process_time()
        for row in rows:
            names = [it for it in [row["candidate_name"], *row["candidate_aliases"].split(";")] if it.strip()]
            scores.append((peer(row["query_schema"], row["query_name"], names), row["expected"] == "match"))
        took = time.process_time() - start
        best = max((t / 1000 for t in range(200, 1000)), key=lambda t: figures(scores, t)[0])
        five = next((t / 1000 for t in range(200, 1002) if figures(scores, t / 1000)[2] <= 0.05), 1.001)
        print(f"{file} {name}: F1 {figures(scores, 0.7)[0]:.3f} at 0.70, best {figures(scores, best)[0]:.3f} "
              f"at {best:.2f}; recall {figures(scores, five)[1]:.3f} where 5 % of negatives fire; "
              f"{took / len(rows) * 1e6:.0f} us a pair")
        found = Counter(row["category"] for row, (score, match) in zip(rows, scores) if match and score >= five)
        every = Counter(row["category"] for row in rows if row["expected"] == "match")
        print("    " + ", ".join(f"{it} {found[it]} of {count}" for it, count in sorted(every.items())))
