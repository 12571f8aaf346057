#!/usr/bin/env python3
"""Lists that come in no official format as our own table, for `alias_benchmark`.

    python3 benches/original_scripts.py LISTS > lists.csv

LISTS is a folder with `eu/*.parsed-names.csv` (Name, Alias with commas between, sanction type) and
`cn/mofcom-lists-*.json` (entity_name, aliases). A name of the EU list with a comma in it falls
apart into two, as the file does not say which commas belong to names.
"""
import csv
import glob
import json
import re
import sys

folder = sys.argv[1]
out = csv.writer(sys.stdout)
out.writerow(["list", "id", "name", "type", "aliases"])
clean = lambda it: re.sub(r"\s+", " ", it.replace(";", " ")).strip()
for file in glob.glob(f"{folder}/eu/*.parsed-names.csv"):
    for at, row in enumerate(csv.DictReader(open(file, encoding="utf8"))):
        names = [clean(it) for it in [row["Name"], *row["Alias"].split(", ")]]
        names = list(dict.fromkeys(it for it in names if it))
        kind = "Individual" if row["Designation"] == "person" else "Entity"
        if names:
            out.writerow(["EU", f"eu-{at}", names[0], kind, "; ".join(names[1:])])
for file in glob.glob(f"{folder}/cn/mofcom-lists-*.json"):
    for row in json.load(open(file, encoding="utf8")):
        kind = "Individual" if row["entity_type"] == "person" else "Entity"
        names = [clean(it) for it in [row["entity_name"], *row["aliases"]] if it]
        out.writerow(["CN", row["id"], names[0], kind, "; ".join(names[1:])])
