#!/usr/bin/env python3
"""Asks a server anything that its OpenAPI document allows, and much that it does not (schemathesis).

    python3 any_request.py PATH_TO_EXEAT [SECONDS]

Once as a program with every scope, once as a person with every role. No request may be answered 5xx, nor as the
document does not say; afterwards the records must verify. The seed is fixed.
"""
import pathlib
import subprocess
import sys

from server import running

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def main():
    exeat = str(pathlib.Path(sys.argv[1]).resolve())
    seconds = sys.argv[2] if len(sys.argv) > 2 else "70"
    schemathesis = pathlib.Path(sys.executable).parent / "schemathesis"
    failed = False
    with running(exeat, "serve") as server:
        for who, token in [("a program", server.key()), ("a person", server.person())]:
            print(f"as {who}", flush=True)
            run = subprocess.run(
                [schemathesis, "run", f"{server.address}/v1/openapi.json", "--url", server.address,
                 "-H", f"Authorization: Bearer {token}", "--checks", CHECKS, "--seed", "20260924",
                 "--max-time", seconds, "--workers", "2", "--request-timeout", "40", "--warnings", "off",
                 # These end the session that asks.
                 "--exclude-operation-id", "sign-out"], check=False)
            failed |= run.returncode != 0
        if server.process.poll() is not None:
            print("the server went away")
            failed = True
        secrets = [it for it in server.told if "nine quiet herons" in it or "Bearer" in it]
        if secrets:
            print("the log holds secrets")
            failed = True
        verified = subprocess.run([exeat, "audit", "verify"], env=server.env, check=False)
        failed |= verified.returncode != 0
    return 1 if failed else 0


sys.exit(main())
