#!/usr/bin/env python3
"""Holds the examples of output in README.md and docs/ true. Standard library only.

    python3 docs/console.py PATH_TO_EXEAT            says which differ, and exits 1
    python3 docs/console.py PATH_TO_EXEAT --write    writes what the program prints now

A block marked `console` begins with `$ exeat ...`; what follows is what the program printed. The
rulebook's digest may differ: it changes with every comment in it.
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n\$ exeat ([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


DIGEST = re.compile(r"\([0-9a-f]{12}\)")


def printed(exeat, arguments):
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80"}
    run = subprocess.run([exeat, *arguments.split()], cwd=ROOT, env=plain, capture_output=True, text=True, check=False)
    return run.stdout


def main():
    exeat = str(pathlib.Path(sys.argv[1]).resolve())
    write = "--write" in sys.argv[2:]
    stale = []
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = page.read_text(encoding="utf-8")
        fresh = BLOCK.sub(lambda it: f"```console\n$ exeat {it[1]}\n{printed(exeat, it[1])}```", text)
        if DIGEST.sub("", fresh) != DIGEST.sub("", text):
            stale.append(page.relative_to(ROOT))
            if write:
                page.write_text(fresh, encoding="utf-8")
    for page in stale:
        print(f"{page}: {'written' if write else 'stale; run docs/console.py PATH_TO_EXEAT --write'}")
    return 1 if stale and not write else 0


sys.exit(main())
