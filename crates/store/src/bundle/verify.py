#!/usr/bin/env python3
"""Checks a bundle of records that Exeat exported. Needs Python 3.8 or newer and nothing else.

    python3 verify.py [FOLDER] [--anchor NUMBER:HASH]

FOLDER is the bundle (default: where this file is). An anchor is the end of the chain as somebody
noted it earlier; `exeat audit verify` prints one. The exit code is 0 where everything fits, 1 where
something does not (each line says what), and 2 where the bundle cannot be read.

What is checked, so that it can be checked again without this file (README.txt says it at length):
every event's hash is SHA-256 over the hash before it and the event's fields; a body has the digest
that its event names; a view has the digest that the last event of its stream names; a content has
the digest that is its name; and the files are those of the manifest.
"""

import hashlib
import json
import os
import sys

ZERO = "0" * 64


def fields(prefix, texts):
    """SHA-256 over texts, each preceded by its length in bytes (four bytes, big-endian)."""
    digest = hashlib.sha256(prefix)
    for text in texts:
        data = text.encode("utf-8")
        digest.update(len(data).to_bytes(4, "big"))
        digest.update(data)
    return digest.hexdigest()


def event_hash(before, event):
    return fields(
        bytes.fromhex(before),
        [
            "exeat-event-1",
            str(event["seq"]),
            event["stream"]["kind"],
            event["stream"]["id"],
            str(event["version"]),
            event["kind"],
            str(event["at"]),
            event["clock"],
            event["actor"],
            event["view"],
            event["body_digest"],
        ],
    )


def view_digest(view):
    def option(text):
        return "" if text is None else "+" + text

    labels = sorted(view["labels"], key=lambda it: it.encode("utf-8"))
    texts = [
        "exeat-view-1",
        view["title"],
        view["state"],
        option(view["assignee"]),
        str(view["priority"]),
        view["due"] or "",
        option(view["outcome"]),
        view["text"],
        view["data"],
        str(len(labels)),
    ]
    return fields(b"", texts + labels)


def file_digest(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{os.path.basename(path)}, line {number}: {error}")


def check(folder, anchor, say):
    """Checks a bundle, tells each fault, and returns what it counted."""
    at = lambda name: os.path.join(folder, name)
    with open(at("manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    if manifest["bundle"] != 1:
        raise ValueError("the bundle is of another version: use the verify.py that came with it")
    for name, wanted in sorted(manifest["files"].items()):
        if not os.path.exists(at(name)):
            say(f"{name} is missing")
        elif file_digest(at(name)) != wanted:
            say(f"{name} is not the file that was exported")

    counts = {"events": 0, "withheld": 0, "erased": 0, "views": 0, "contents": 0, "clock": 0}
    before, place, doubt = ZERO, 0, None
    marks, bare, erased, anchored = {}, {}, {}, False
    for event in lines(at("events.jsonl")):
        seq, stream = event["seq"], (event["stream"]["kind"], event["stream"]["id"])
        name = f"event {seq} ({stream[0]}/{stream[1]}, version {event['version']})"
        if seq != place + 1:
            say(f"events {place + 1} to {seq - 1} are missing" if seq > place else f"{name} is out of order")
            doubt = None
        else:
            wanted = event_hash(before, event)
            if wanted == event["hash"] or (doubt and event_hash(doubt, event) == event["hash"]):
                doubt = None
            else:
                say(f"{name} was changed, moved or inserted")
                doubt = wanted
        before, place = event["hash"], seq
        if anchor and seq == anchor[0]:
            anchored = True
            if event["hash"] != anchor[1]:
                say(f"the chain was written anew: {name} is not the one of the anchor")
        if event["view"]:
            marks[stream] = (event["version"], event["view"])
        if event["view"] == "gone":
            erased[stream] = event["version"]
        if event["clock"] == "back":
            counts["clock"] += 1
        body = event["body"]
        if body is not None:
            if hashlib.sha256(body.encode("utf-8")).hexdigest() != event["body_digest"]:
                say(f"the body of {name} was changed")
        elif event.get("withheld"):
            counts["withheld"] += 1
        else:
            bare.setdefault(stream, []).append((event["version"], name))
        counts["events"] += 1
    for stream, events in sorted(bare.items()):
        for version, name in events:
            if version < erased.get(stream, 0):
                counts["erased"] += 1
            else:
                say(f"the body of {name} was removed")
    head = manifest["head"]
    if (place, before) != (head["seq"], head["hash"]):
        say(f"the chain ends at event {place}, and the manifest says {head['seq']}")
    if anchor and anchor[0] > 0 and not anchored and place < anchor[0]:
        say(f"events {place + 1} to {anchor[0]} were cut off the end: the anchor knows them")

    seen = set()
    for view in lines(at("views.jsonl")):
        stream = (view["stream"]["kind"], view["stream"]["id"])
        name = f"{stream[0]}/{stream[1]}"
        seen.add(stream)
        counts["views"] += 1
        version, mark = marks.get(stream, (None, "gone"))
        if mark == "gone":
            say(f"no event made the view of {name}")
        elif (version, mark) != (view["version"], view_digest(view)):
            say(f"the view of {name} was changed")
    if manifest["complete"]:
        for stream in sorted(set(marks) - seen):
            if marks[stream][1] != "gone":
                say(f"the view of {stream[0]}/{stream[1]} is missing")

    kept = set()
    for path, _, names in os.walk(at("contents")):
        for name in names:
            if file_digest(os.path.join(path, name)) != name:
                say(f"content {name} was changed")
            kept.add(name)
            counts["contents"] += 1
    for reference in lines(at("references.jsonl")):
        if reference["digest"] not in kept:
            stream = reference["stream"]
            say(f"content {reference['digest']} of {stream['kind']}/{stream['id']} is missing")
    return counts, f"{place}:{before}"


def main(arguments):
    folder, anchor = os.path.dirname(os.path.abspath(__file__)), None
    while arguments:
        argument = arguments.pop(0)
        if argument == "--anchor" and arguments:
            seq, _, digest = arguments.pop(0).partition(":")
            anchor = (int(seq), digest)
        elif argument.startswith("-"):
            print(__doc__, file=sys.stderr)
            return 2
        else:
            folder = argument
    faults = []

    def say(fault):
        faults.append(fault)
        print(f"FAULT: {fault}")

    try:
        counts, end = check(folder, anchor, say)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"the bundle cannot be read: {error!r}", file=sys.stderr)
        return 2
    print(
        "{events} events, {views} views, {contents} contents; {erased} bodies erased when their "
        "time was over, {withheld} withheld; {clock} events dated before their predecessor".format(**counts)
    )
    print(f"the chain ends at {end}")
    print(f"{len(faults)} faults" if faults else "everything is what was written")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
