#!/usr/bin/env python3
"""The labelled pairs through `nomenklatura` (logic-v1, logic-v2), for comparison.

    pip install nomenklatura && python3 benches/screening_peers.py PAIRS.csv...

Prints, for each file, F1 at the best threshold, at 0.7, and recall where 5 % of negatives fire:
the figures that `cargo run --release -p screening --example labelled_pairs` prints for ours.
"""
import csv
import sys
import time

from followthemoney import model
from nomenklatura.matching import get_algorithm


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


for file in sys.argv[1:]:
    rows = list(csv.DictReader(open(file, encoding="utf8")))
    for name in ("logic-v1", "logic-v2"):
        algorithm = get_algorithm(name)
        config = algorithm.default_config()
        scores, start = [], time.process_time()
        for row in rows:
            schema = row["query_schema"]
            query = entity("q", schema, [row["query_name"]])
            candidate = entity("c", schema, [row["candidate_name"], *row["candidate_aliases"].split(";")])
            result = algorithm.compare(query, candidate, config)
            # The sum of logic-v2 is 1.0 for everything in nomenklatura 4.17; its features are right.
            score = max(it.score for it in result.explanations.values()) if name == "logic-v2" else result.score
            scores.append((score, row["expected"] == "match"))
        took = time.process_time() - start
        best = max((t / 100 for t in range(20, 100)), key=lambda t: figures(scores, t)[0])
        five = next((t / 100 for t in range(20, 101) if figures(scores, t / 100)[2] <= 0.05), 1.0)
        print(f"{file} {name}: F1 {figures(scores, 0.7)[0]:.3f} at 0.70, best {figures(scores, best)[0]:.3f} "
              f"at {best:.2f}; recall {figures(scores, five)[1]:.3f} where 5 % of negatives fire; "
              f"{took / len(rows) * 1e6:.0f} us a pair")
