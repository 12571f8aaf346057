#!/usr/bin/env python3
"""Times the command line as a user meets it. Standard library only.

    python3 benches/cli.py [PATH_TO_EXEAT]

start to exit   one `exeat check` of one example, the best and the median of many runs, next to the
                same for `exeat --version`, which does nothing
streaming       JSON lines through one process, transactions a second
"""
import json
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXEAT = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/exeat")
RUNS = 40
LINES = 20_000


def seconds(args, data=None):
    started = time.perf_counter()
    subprocess.run(args, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def start_to_exit(label, args):
    times = sorted(seconds(args) for _ in range(RUNS))
    print(f"{label:34} best {times[0] * 1e3:7.2f} ms   median {statistics.median(times) * 1e3:7.2f} ms")


def streaming(label, line, args):
    data = (json.dumps(line) + "\n").encode() * LINES
    took = min(seconds(args, data) for _ in range(3))
    print(f"{label:34} {LINES / took:9.0f} transactions/s   ({LINES} lines in {took:.2f} s)")


def main():
    example = ROOT / "examples/vietnam-bank.json"
    line = json.loads(example.read_text())
    start_to_exit("exeat --version", [EXEAT, "--version"])
    start_to_exit("exeat check, text", [EXEAT, "check", str(example)])
    start_to_exit("exeat check, JSON", [EXEAT, "check", "--format", "json", str(example)])
    streaming("exeat check, JSON lines", line, [EXEAT, "check", "--format", "jsonl", "-"])
    unknown = {key: value for key, value in line.items() if key != "parties"}
    unknown["parties"] = [{"role": "end-user", "country": "VN", "lists": []}]
    streaming("  the same with unknown facts", unknown, [EXEAT, "check", "--format", "jsonl", "-"])


main()
