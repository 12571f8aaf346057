"""A server of the tests' own: a fresh data folder, a free port, gone at the end. Standard library only."""
import contextlib
import json
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import urllib.request

SCOPES = "check,screen,record,cases:read,cases:write,handle,audit,lists,health"
ROLES = ["requester", "analyst", "approver", "counsel", "auditor", "admin"]
PASSWORD = "nine quiet herons wade"


class Server:
    """A running server: where it answers, what it told, and where its data are."""

    def __init__(self, exeat, data, arguments):
        self.exeat, self.data, self.told = exeat, data, []
        self.env = {it: value for it, value in os.environ.items() if not it.startswith("EXEAT_")}
        self.env.update(EXEAT_DATA=str(data), NO_COLOR="1")
        self.process = subprocess.Popen([exeat, *arguments, "--listen", "127.0.0.1:0"], env=self.env, text=True,
                                        stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.address, self.link = None, None
        seen = threading.Event()

        def read():
            for line in self.process.stderr:
                self.told.append(line)
                found = re.search(r"listening on (http://[^/\s]+)", line)
                self.address = found[1] if found else self.address
                found = re.search(r"/link/(\S+)", line)
                self.link = found[1] if found else self.link
                if self.address and (self.link or arguments[0] == "mcp"):
                    seen.set()
            seen.set()

        threading.Thread(target=read, daemon=True).start()
        if not seen.wait(60) or not self.address:
            raise SystemExit("the server did not start:\n" + "".join(self.told))

    def key(self, scopes=SCOPES):
        """A new key with these scopes."""
        made = subprocess.run([self.exeat, "keys", "add", "outside", "--scope", scopes], env=self.env,
                              capture_output=True, text=True, check=True)
        return made.stdout.strip()

    def post(self, path, body, token="-"):
        """What a request answers."""
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        request = urllib.request.Request(self.address + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def person(self):
        """The token of somebody who has every role."""
        def join(link, login):
            body = {"link": link, "login": login, "name": login, "password": PASSWORD}
            return self.post("/v1/people/join", body)["token"]

        first = join(self.link, "ada")
        invited = self.post("/v1/people/invitations", {"name": "Ben", "roles": ROLES}, first)
        return join(invited["link"], "ben")


@contextlib.contextmanager
def running(exeat, *arguments):
    """A server that ends with the block."""
    with tempfile.TemporaryDirectory() as name:
        data = pathlib.Path(name)
        # Nothing is fetched from anywhere.
        (data / "lists.toml").write_text("source = []\n")
        server = Server(exeat, data, arguments)
        try:
            yield server
        finally:
            server.process.terminate()
            server.process.wait(60)
