#!/usr/bin/env python3
"""Makes the Parquet files of the tests: `pip install pyarrow && python3 make.py`.

Each stands beside the same rows as JSON lines.
"""
import datetime
import json
import pathlib

import pyarrow
import pyarrow.parquet

here = pathlib.Path(__file__).parent
example = json.loads((here / "../../../../examples/vietnam-bank.json").read_text(encoding="utf8"))
sales = [example, {**example, "destination": "RU"}, {**example, "end_use": {"purposes": []}},
         {key: value for key, value in example.items() if key != "parties"}]
customers = [
    {"customer_name": "NSO Group Technolgies", "country": "IL", "born": None},
    {"customer_name": "Jane Example", "country": None, "born": datetime.date(1970, 2, 3)},
    {"customer_name": None, "country": "DE", "born": None},
    {"customer_name": "Candiru", "country": "IL", "born": None},
]
for name, rows, compression in (("sales", sales, "zstd"), ("customers", customers, "snappy")):
    table = pyarrow.Table.from_pylist(rows)
    pyarrow.parquet.write_table(table, here / f"{name}.parquet", compression=compression)
    with open(here / f"{name}.jsonl", "w", encoding="utf8") as lines:
        for row in rows:
            known = {key: value for key, value in row.items() if value is not None}
            print(json.dumps(known, sort_keys=True, default=str), file=lines)
