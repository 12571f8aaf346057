#!/usr/bin/env python3
"""Walks the newcomer's path: runs the commands of README.md, as they stand there. Standard library only.

    python3 docs/newcomer.py PATH_TO_EXEAT

The commands are the blocks marked `sh newcomer`, in one shell, in an empty folder. Two things differ from a
newcomer's machine: the port, so that nothing else is disturbed, and where `exeat lists update` fetches, which
`lists.toml` in the data folder says, so that no network is needed.

When the law was verified too long ago, nothing may go without a review, and there is no such path to walk: that is
said, and nothing is run.
"""
import datetime
import http.server
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent
RULEBOOK = ROOT / "rulebooks" / "us-ear" / "rulebook.toml"
# How old verified law may be, as `exeat check --max-law-age` has it by default.
OLDEST = 180
BLOCK = re.compile(r"^```sh newcomer\n(.*?)^```$", re.MULTILINE | re.DOTALL)

COLUMNS = ("_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,"
           "end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,"
           "gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,"
           "dates_of_birth,nationalities,places_of_birth,source_information_url,ids")
# With as many entries as the lists have: a list that is far smaller counts as an excerpt.
SOURCES = {"Entity List (EL) - Bureau of Industry and Security": 3400,
           "Denied Persons List (DPL) - Bureau of Industry and Security": 1600,
           "Unverified List (UVL) - Bureau of Industry and Security": 220,
           "Military End User (MEU) List - Bureau of Industry and Security": 70,
           "Specially Designated Nationals (SDN) - Treasury Department": 19_000,
           "ITAR Debarred (DTC) - State Department": 780}


def consolidated():
    """A Consolidated Screening List of parties that do not exist, and one that everybody knows."""
    lines = [COLUMNS]

    def line(number, source, name, address):
        values = dict.fromkeys(COLUMNS.split(","), "")
        values.update(_id=f"id{number}", source=source, name=name, addresses=f'"{address}"',
                      federal_register_notice="90 F.R. 1", start_date="2024-01-02")
        if source.startswith("Entity"):
            values.update(license_requirement='"For all items subject to the EAR"', license_policy="Presumption of denial")
        lines.append(",".join(values.values()))

    line(0, next(iter(SOURCES)), "Candiru Ltd.", "21 Haarbaa, Tel Aviv-Yafo, IL")
    for number, (source, entries) in enumerate(SOURCES.items(), start=1):
        for more in range(entries):
            line(100_000 * number + more, source, f"Quillfeather Wexmoor {number}{more}", f"{more} Nowhere Street, Exampletown, XA")
    return ("\n".join(lines) + "\n").encode()


class Lists(http.server.BaseHTTPRequestHandler):
    """Gives the list to whoever asks."""

    def do_GET(self):
        body = consolidated()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"1"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def main():
    exeat = pathlib.Path(sys.argv[1]).resolve()
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    if not blocks:
        print("README.md has no block marked `sh newcomer`")
        return 1
    verified = re.search(r'^verified_through = "(.*)"$', RULEBOOK.read_text(encoding="utf-8"), re.MULTILINE)
    age = datetime.date.today() - datetime.date.fromisoformat(verified[1])
    if age.days > OLDEST:
        print(f"SKIPPED: the law was verified through {verified[1]}, {age.days} days ago; verify it anew")
        return 0
    lists = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Lists)
    threading.Thread(target=lists.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")
        (folder / "bin").mkdir()
        (folder / "bin" / "exeat").symlink_to(exeat)
        data = folder / "exeat-demo"
        data.mkdir()
        (data / "lists.toml").write_text(
            f'attempts = 1\n[[source]]\nname = "us"\n'
            f'files = [{{ address = "http://127.0.0.1:{lists.server_port}/consolidated.csv" }}]\n')
        commands = "\n".join(blocks).replace("127.0.0.1:8080", f"127.0.0.1:{free_port()}")
        env = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "NO_COLOR": "1",
               "NO_PROXY": "127.0.0.1"}
        for variable in [it for it in env if it.startswith("EXEAT_")]:
            del env[variable]
        script = "set -e -o pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + commands
        began = datetime.datetime.now()
        run = subprocess.run(["bash", "-c", script], cwd=folder, env=env, capture_output=True, text=True,
                             timeout=300, check=False)
        print(run.stdout)
        print(run.stderr, file=sys.stderr)
        log = folder / "server.log"
        if run.returncode != 0:
            print(f"the path ends with {run.returncode}\n{log.read_text() if log.exists() else ''}")
            return 1
    wanted = ["license-exception", "released", "everything is what was written", "True"]
    missing = [it for it in wanted if it not in run.stdout]
    for it in missing:
        print(f"nothing said `{it}`")
    print(f"the newcomer's path took {(datetime.datetime.now() - began).seconds} seconds")
    return 1 if missing else 0


sys.exit(main())
