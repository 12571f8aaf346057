#!/usr/bin/env python3
"""The tools over HTTP as an assistant meets them, with the official SDK of the Model Context Protocol.

    python3 assistant.py PATH_TO_EXEAT

Only with a key; only reading, unless records were allowed; only what the key may.
"""
import asyncio
import json
import pathlib
import sys
import urllib.error
import urllib.request

from mcp import ClientSession
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client
from server import running

ROOT = pathlib.Path(__file__).resolve().parents[4]


async def talk(address, key, work):
    """Does something in a session."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with create_mcp_http_client(headers=headers) as http:
        async with streamable_http_client(f"{address}/mcp", http_client=http) as streams:
            async with ClientSession(streams[0], streams[1]) as session:
                begun = await session.initialize()
                assert "exeat" in begun.model_dump_json(), begun
                return await work(session)


async def called(session, tool, arguments):
    result = await session.call_tool(tool, arguments)
    return json.loads(result.content[0].text), bool(result.is_error)


async def refused(address, key):
    try:
        await asyncio.wait_for(talk(address, key, lambda session: session.list_tools()), 20)
    except Exception as error:
        return not isinstance(error, (TimeoutError, AssertionError))
    return False


def unanswered(address, key):
    """Whether a bare request without a known key is answered 401."""
    request = urllib.request.Request(f"{address}/mcp", b"{}", {"content-type": "application/json"})
    if key:
        request.add_header("authorization", f"Bearer {key}")
    try:
        urllib.request.urlopen(request, timeout=20)
    except urllib.error.HTTPError as error:
        return error.code == 401
    return False


async def reading(session, sale):
    tools = (await session.list_tools()).tools
    assert len(tools) > 20, len(tools)
    assert all(it.annotations.read_only_hint for it in tools), "a tool that writes is offered"
    decided, failed = await called(session, "check", {"body": sale, "trace": "lean"})
    assert not failed and decided["outcome"] == "license-exception", decided
    paragraph, failed = await called(session, "rules-paragraph", {"citation": "740.22(c)(2)"})
    assert not failed and paragraph["citation"] == "740.22(c)(2)"
    for tool, body in [("record", sale), ("open-case", {"title": "x", "transaction": sale})]:
        problem, failed = await called(session, tool, {"body": body})
        assert failed and problem["code"] == "not-found", problem


async def writing(session, sale):
    made, failed = await called(session, "record", {"body": sale})
    assert not failed and made["determination"]["outcome"] == "license-exception", made
    case, failed = await called(session, "open-case", {"body": {"title": "x", "transaction": sale}})
    assert not failed, case
    step = {"id": case["id"], "body": {"do": "approve", "binding": case["binding"]}}
    problem, failed = await called(session, "case-step", step)
    assert failed and problem["code"] == "not-permitted", problem


async def unable(session, sale):
    problem, failed = await called(session, "record", {"body": sale})
    assert failed and problem["code"] == "not-permitted", problem


def main():
    exeat = str(pathlib.Path(sys.argv[1]).resolve())
    sale = json.loads((ROOT / "examples/vietnam-bank.json").read_text())
    with running(exeat, "mcp") as server:
        for key in ["", "exeat_abc_wrong"]:
            assert unanswered(server.address, key), f"`{key}` is not refused"
            assert asyncio.run(refused(server.address, key)), f"somebody came in with `{key}`"
        asyncio.run(talk(server.address, server.key(), lambda it: reading(it, sale)))
    with running(exeat, "mcp", "--allow-records") as server:
        asyncio.run(talk(server.address, server.key(), lambda it: writing(it, sale)))
        asyncio.run(talk(server.address, server.key("check"), lambda it: unable(it, sale)))
    print("an assistant reads, writes where it was allowed, and approves nothing")
    return 0


sys.exit(main())
