#!/usr/bin/env python3
"""Real names that are on no list, one `kind<TAB>name` a line, for `list_benchmark`.

    pip download --no-deps nba_api==1.12.0 pytickersymbols==1.17.10
    python3 benches/unlisted_names.py nba_api-*.whl pytickersymbols-*.whl > NAMES.txt

Basketball players (men and women) and the companies of stock indices: facts, taken from two
packages under the MIT license. A few of the companies are listed by somebody, as anywhere.
"""
import ast
import re
import sys
import zipfile

players, indices = (zipfile.ZipFile(it) for it in sys.argv[1:3])
names = set()
tree = ast.parse(players.read("nba_api/stats/library/data.py"))
for node in tree.body:
    if isinstance(node, ast.Assign) and node.targets[0].id in ("players", "wnba_players"):
        names.update(("person", row[3]) for row in ast.literal_eval(node.value))
source = indices.read("pytickersymbols/indices_data.py").decode("utf8")
for line in re.findall(r"""["']name["']: *("[^"]*"|'[^']*')""", source):
    names.add(("organization", ast.literal_eval(line)))
for kind, name in sorted(names):
    print(f"{kind}\t{name}")
