#!/usr/bin/env python3
"""Load on `exeat serve`, with the client on the same machine.

    cargo build --release -p exeat && python3 benches/serve.py
    python3 benches/serve.py --postgres
    python3 benches/serve.py --records postgres://exeat@localhost/exeat
    python3 benches/serve.py --lists consolidated.csv --search

Needs `wrk` (Debian: apt-get install wrk). Starts a server on a port of its own over an empty data
folder, asks it for the seconds given, and prints requests a second, the median, p99, what was not
answered with 2xx, the server's processor time and its largest resident memory. Each request is
another transaction: two hundred patterns of `benches/stream.py`, with a number of its own. They state
that nobody is listed; with `--search` they do not, and every name is searched in the lists. A record
is committed before its answer. `--postgres` starts a PostgreSQL server of its own in a temporary folder,
with its usual settings (a commit is synchronized to the disk); what it takes of the processors is not in the figure of the server.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPT = """
local bodies = {}
for line in io.lines(os.getenv("EXEAT_BODIES")) do bodies[#bodies + 1] = line end
local key = os.getenv("EXEAT_KEY")
local number, place = 0, 0
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init(args) wrk.headers["authorization"] = "Bearer " .. key
  wrk.headers["content-type"] = "application/json"; place = id * 997 end
function request()
  number = number + 1; place = place + 1
  local body = bodies[place % #bodies + 1]
  body = body:gsub('^{', '{"id":"' .. id .. "-" .. number .. '",', 1)
  return wrk.format("POST", os.getenv("EXEAT_PATH"), nil, body)
end
function done(summary, latency, requests)
  io.write(string.format('{"requests":%d,"seconds":%.3f,"p50":%.3f,"p99":%.3f,"max":%.3f,"bad":%d,"errors":%d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
"""


def bodies(path, search=False):
    """What a shop sends (`stream.py`), without ids: every request gets one of its own."""
    sys.path.insert(0, str(HERE))
    import stream

    with open(path, "w") as out:
        for transaction in stream.realistic(4000):
            if isinstance(transaction, (str, bytes)):
                transaction = json.loads(transaction)
            transaction.pop("id", None)
            if search:
                for party in transaction["parties"]:
                    party.pop("lists", None)
            out.write(json.dumps(transaction, separators=(",", ":")) + "\n")


def memory(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024


def processor(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--exeat", default=os.environ.get("CARGO_TARGET_DIR", "target") + "/release/exeat")
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--connections", type=int, nargs="*", default=[16, 64])
    options.add_argument("--records", help="address of the records; an SQLite file if not given")
    options.add_argument("--postgres", action="store_true", help="records in a PostgreSQL server of its own")
    options.add_argument("--paths", nargs="*", default=["/v1/check?trace=lean", "/v1/check", "/v1/determinations"])
    options.add_argument("--search", action="store_true", help="let every name be searched")
    options.add_argument("--lists", nargs="*", default=[], help="list files to import first")
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        if options.postgres:
            options.records = stack.enter_context(postgresql())
        measure(options, Path(folder))


@contextlib.contextmanager
def postgresql():
    """The address of a PostgreSQL server that is gone afterwards."""
    found = [Path(shutil.which("initdb") or "/").parent, *sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    programs = found[-1]
    if not (programs / "initdb").exists():
        sys.exit("no PostgreSQL server is installed (apt install postgresql)")
    with tempfile.TemporaryDirectory(prefix="exeat-load-") as folder:
        # The server refuses to run as root.
        user = []
        if os.getuid() == 0:
            user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--"]
            shutil.chown(folder, "postgres", "postgres")
        data = f"{folder}/data"
        initdb = [*user, programs / "initdb", "--auth=trust", "--username=exeat", "--encoding=UTF8", "-D", data]
        subprocess.run(initdb, check=True, capture_output=True, cwd="/")
        server = subprocess.Popen(
            [*user, programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        try:
            ready = Path(data, "postmaster.pid")
            while not (ready.exists() and "ready" in ready.read_text()):
                if server.poll() is not None:
                    sys.exit("PostgreSQL did not start")
                time.sleep(0.1)
            yield f"postgresql://exeat@{folder.replace('/', '%2F')}/postgres"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()


def measure(options, folder):
    environment = dict(os.environ, EXEAT_DATA=str(folder))
    environment.pop("EXEAT_RECORDS", None)
    records = ["--records", options.records] if options.records else []

    def exeat(*arguments):
        return subprocess.run([options.exeat, *arguments], env=environment, capture_output=True, text=True)

    for file in options.lists:
        run = exeat("lists", "import", file)
        print(f"lists import {file}: exit {run.returncode}", file=sys.stderr)
    key = exeat("keys", "add", "load", "--scope", "check,screen,record", *records).stdout.strip()
    bodies(folder / "bodies.jsonl", options.search)
    (folder / "ask.lua").write_text(SCRIPT)
    log = open(folder / "log", "w")
    server = subprocess.Popen(
        [options.exeat, "serve", "--listen", "127.0.0.1:0", *records],
        env=environment, stderr=log, stdout=subprocess.DEVNULL)
    try:
        address = None
        while address is None:
            time.sleep(0.05)
            found = re.search(r"listening on (http://\S+)", (folder / "log").read_text())
            address = found and found.group(1)
        for path in options.paths:
            for connections in options.connections:
                load(options, folder, server.pid, address, path, key, connections)
    finally:
        server.terminate()
        server.wait()


def load(options, folder, pid, address, path, key, connections):
    environment = dict(
        os.environ, EXEAT_KEY=key, EXEAT_PATH=path, EXEAT_BODIES=str(folder / "bodies.jsonl"))
    before = processor(pid)
    run = subprocess.run(
        ["wrk", "-t", "2", "-c", str(connections), "-d", f"{options.seconds}s", "--latency",
         "--timeout", "10s", "-s", folder / "ask.lua", address + path],
        env=environment, capture_output=True, text=True)
    found = re.search(r"^\{.*\}$", run.stdout, re.M)
    if not found:
        sys.exit(f"wrk failed: {run.stdout}{run.stderr}")
    it = json.loads(found.group(0))
    used = processor(pid) - before
    print(
        f"{path:22} {connections:4} connections: {it['requests'] / it['seconds']:8.0f} a second, "
        f"median {it['p50']:.1f} ms, p99 {it['p99']:.1f} ms, max {it['max']:.0f} ms, "
        f"{it['bad']} not 2xx, {it['errors']} errors, "
        f"{used / max(it['requests'], 1) * 1e6:.0f} us of the server's processor each, at most {memory(pid):.0f} MB so far", flush=True)


if __name__ == "__main__":
    main()
