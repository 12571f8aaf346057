#!/usr/bin/env python3
"""Times the command line as a user meets it. Standard library only.

    python3 benches/cli.py [PATH_TO_EXEAT] [LINES]

start to exit   one `exeat check` of one example, the best and the median of many runs, next to the
                same for `exeat --version`, which does nothing
streaming       JSON lines through one process, transactions a second; next to programs that only
                read the same lines and write them again, which is the least that any answer takes

The lines are made up (see `stream.py`) and the same on every run. Where the machine does other
things, the processor time is the better measure: it is that of all threads, for one line.
"""
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

import stream

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXEAT = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/exeat")
LINES = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
RUNS = 40


def run(args, data=None):
    """The seconds from start to exit, and the processor time of all threads."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(args, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    took = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start_to_exit(label, args):
    runs = [run(args) for _ in range(RUNS)]
    took = sorted(it[0] for it in runs)
    used = min(it[1] for it in runs)
    print(f"{label:40} best {took[0] * 1e3:6.2f} ms   median {statistics.median(took) * 1e3:6.2f} ms"
          f"   processor {used * 1e3:6.2f} ms")


def streaming(label, transactions, args):
    data = "".join(json.dumps(it) + "\n" for it in transactions).encode()
    runs = [run(args, data) for _ in range(3)]
    took, used = min(it[0] for it in runs), min(it[1] for it in runs)
    count = len(transactions)
    print(f"{label:40} {count / took:9.0f} lines/s   processor {used * 1e6 / count:7.1f} us a line")


def main():
    example = ROOT / "examples/vietnam-bank.json"
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    start_to_exit("exeat --version", [EXEAT, "--version"])
    start_to_exit("exeat check, text", [EXEAT, "check", str(example)])
    start_to_exit("exeat check, JSON", [EXEAT, "check", "--format", "json", str(example)])
    print()
    check = [EXEAT, "check", "--format", "jsonl", "-"]
    known = stream.distinct(LINES)
    streaming("everything known, no two alike", known, check)
    streaming("everything known, as a shop sends it", stream.realistic(LINES), check)
    streaming("everything known, one line repeated", [json.loads(example.read_text())] * LINES, check)
    streaming("something unknown, no two alike", stream.unknown(LINES // 10), check)
    print()
    again = "import json, sys\nfor line in sys.stdin: print(json.dumps(json.loads(line)))"
    streaming("only read and written again: python", known, [sys.executable, "-c", again])
    if shutil.which("jq"):
        streaming("only read and written again: jq", known, ["jq", "-c", "."])


main()
