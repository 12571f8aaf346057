#!/usr/bin/env python3
"""How long the pages of `exeat serve` take with many records in the database.

    cargo build --release -p exeat && python3 benches/pages.py
    python3 benches/pages.py --count 100000 --keep /tmp/full     # fill once, measure often
    python3 benches/pages.py --postgres

Fills a database through the API (SQLite, or a PostgreSQL server of its own; a fifth of the records
are cases), signs somebody in as analyst, counsel and auditor, and asks every page twenty times over
one connection: the median and the worst time until the last byte, the time of the server's processor
for each, and the bytes that went over the wire and after unpacking. Client and server share the
machine.
"""

import argparse
import gzip
import http.client
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

import serve

COUNTRIES = ["DE", "VN", "CN", "AE", "IN", "BR", "JP", "SA", "KZ", "FR"]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--exeat", default=os.environ.get("CARGO_TARGET_DIR", "target") + "/release/exeat")
    options.add_argument("--count", type=int, default=100_000, help="how many records")
    options.add_argument("--keep", help="a data folder that stays; it is filled where it is empty")
    options.add_argument("--threads", type=int, default=32, help="how many fill it at once")
    options.add_argument("--postgres", action="store_true", help="records in a PostgreSQL server of its own")
    options = options.parse_args()
    if options.postgres:
        with serve.postgresql() as records, tempfile.TemporaryDirectory() as folder:
            run(options, Path(folder), records)
        return
    if options.keep:
        Path(options.keep).mkdir(parents=True, exist_ok=True)
        run(options, Path(options.keep))
    else:
        with tempfile.TemporaryDirectory() as folder:
            run(options, Path(folder))


def run(options, folder, records=None):
    environment = dict(os.environ, EXEAT_DATA=str(folder))
    environment.pop("EXEAT_RECORDS", None)
    if records:
        environment["EXEAT_RECORDS"] = records
    full = (folder / "full.json").exists()
    key = None
    if not full:
        made = subprocess.run([options.exeat, "keys", "add", "fill", "--scope", "check,record,cases:write"],
                              env=environment, capture_output=True, text=True)
        key = made.stdout.strip()
    log = open(folder / "log", "w")
    server = subprocess.Popen([options.exeat, "serve", "--listen", "127.0.0.1:0", "--rate", "0"],
                              env=environment, stderr=log, stdout=subprocess.DEVNULL)
    try:
        said = ""
        while "listening on" not in said:
            time.sleep(0.05)
            said = (folder / "log").read_text()
        address = re.search(r"listening on http://(\S+)", said).group(1)
        if not full:
            fill(address, key, options)
            (folder / "full.json").write_text(json.dumps(account(address, folder)))
        signed = sign_in(address, json.loads((folder / "full.json").read_text()))
        measure(address, signed, server.pid)
    finally:
        server.terminate()
        server.wait()


def transaction(number):
    return {
        "id": f"order-{number}", "date": "2026-09-24", "activity": "export", "from": "US",
        "destination": COUNTRIES[number % len(COUNTRIES)],
        "items": [{"name": f"intrusion framework {number % 97}", "eccn": "4D004", "form": "object-code"}],
        "parties": [{"role": "end-user", "name": f"Customer {number * 7919 % 100003} Ltd",
                     "country": COUNTRIES[number % len(COUNTRIES)], "sector": "private-other"}],
    }


def fill(address, key, options):
    numbers = itertools.count()
    begun = time.monotonic()

    def work():
        connection = http.client.HTTPConnection(address)
        headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
        for number in numbers:
            # A case brings a determination along: two records.
            if number >= options.count * 9 // 10:
                return
            body = transaction(number)
            path = "/v1/determinations"
            if number % 9 == 0:
                path, body = "/v1/cases", {"title": f"order {number}", "transaction": body}
            connection.request("POST", path, json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status >= 300:
                sys.exit(f"{path}: {answer.status} {text[:300]}")

    threads = [threading.Thread(target=work) for _ in range(options.threads)]
    for it in threads:
        it.start()
    for it in threads:
        it.join()
    print(f"{options.count} records were made in {time.monotonic() - begun:.0f} s", file=sys.stderr)


def post(connection, path, fields, cookie=""):
    headers = {"content-type": "application/x-www-form-urlencoded", "cookie": cookie}
    connection.request("POST", path, urllib.parse.urlencode(fields, doseq=True), headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    return answer, text


def account(address, folder):
    """The first account, with the link that the server printed, and a second one that sees all."""
    link = re.search(r"http://\S+?(/link/\S+)", (folder / "log").read_text()).group(1)
    connection = http.client.HTTPConnection(address)
    answer, _ = post(connection, link, {"login": "ana", "name": "Ana", "password": "nine quiet pelicans ashore"})
    cookie = answer.getheader("set-cookie").split(";")[0]
    connection.request("GET", "/settings", headers={"cookie": cookie})
    page = connection.getresponse().read().decode()
    csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
    _, text = post(connection, "/settings/invite", {"csrf": csrf, "name": "All", "role": ["analyst", "counsel", "auditor"]}, cookie)
    link = re.search(r"http://[^/]+(/link/[\w-]+)", text).group(1)
    who = {"login": "all", "name": "All", "password": "seven loud herons inland"}
    post(connection, link, who)
    return who


def sign_in(address, who):
    connection = http.client.HTTPConnection(address)
    answer, _ = post(connection, "/signin", {"login": who["login"], "password": who["password"], "to": "/"})
    return answer.getheader("set-cookie").split(";")[0]


def spent(pid):
    """The processor time that a process took so far, in milliseconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def measure(address, cookie, pid):
    connection = http.client.HTTPConnection(address)

    def get(path):
        begun = time.perf_counter()
        connection.request("GET", path, headers={"cookie": cookie, "accept-encoding": "gzip"})
        answer = connection.getresponse()
        sent = answer.read()
        took = (time.perf_counter() - begun) * 1000
        page = gzip.decompress(sent) if answer.getheader("content-encoding") == "gzip" else sent
        return took, answer.status, len(sent), page.decode()

    queue, record = get("/queue")[3], get("/record")[3]
    case = re.search(r'href="(/cases/[0-9a-f]+)"', queue).group(1)
    one = re.search(r'href="(/record/\d{8}-\w+)"', record).group(1)
    pages = [
        "/", "/queue", "/queue?turn=me", "/queue?q=97", "/queue?order=due", case, "/record",
        "/record?q=order+500", "/record/kept", one, "/settings", "/settings/lists", "/check", "/check/example/vietnam-bank",
        "/screen?name=NSO+Grup+Technologies", "/screen/lists", "/screen/changes", "/law",
        "/law/740.22?on=2026-09-24", "/law/740.22(c)(2)?on=2026-09-24", "/law/compare?from=2022-05-25&to=2022-05-26",
        "/classify", "/atlas?example=vietnam-bank&on=2026-09-24",
    ]
    print(f"{'page':56} {'median':>8} {'worst':>8} {'processor':>9}  sent, unpacked")
    for path in pages:
        before = spent(pid)
        runs = [get(path) for _ in range(20)]
        times = sorted(it[0] for it in runs)
        print(f"{path:56} {times[10]:5.0f} ms {times[-1]:5.0f} ms {(spent(pid) - before) / len(runs):6.1f} ms  {runs[-1][2]:6} {len(runs[-1][3].encode()):7}"
              + ("" if runs[-1][1] < 400 else f"  status {runs[-1][1]}"), flush=True)


if __name__ == "__main__":
    main()
