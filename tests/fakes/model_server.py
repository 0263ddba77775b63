"""A language model's server on a real socket: OpenAI's chat completions, strict, with a script.

It refuses what the real one refuses (no key, fields that do not exist, a shape that is none), and
does what scripts say: it answers, lies, stalls, breaks off, floods, or talks nonsense.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import msgspec
from aiohttp import web

KEY = "sk-right"
KNOWN = {
    "model", "messages", "stream", "stream_options", "response_format", "tools", "tool_choice",
    "max_tokens", "max_completion_tokens", "temperature", "top_p", "stop", "seed", "user", "n",
    "parallel_tool_calls", "reasoning_effort",
}  # fmt: skip
ROLES = {"system", "developer", "user", "assistant", "tool"}


class Say(msgspec.Struct, frozen=True):
    """An answer; when it is streamed, in pieces of `size` letters, then silent for `stalls_s`.

    `wire_bytes` cuts the wire anywhere, in the middle of a letter too. Once `held_at` letters are
    said it goes on when `go_on` is set.
    """

    text: str
    finish: str = "stop"
    size: int = 7
    pause_s: float = 0.0
    stalls_s: float = 0.0
    wire_bytes: int = 0
    held_at: int = 0
    go_on: threading.Event | None = None


class Status(msgspec.Struct, frozen=True):
    """An error the way the provider writes it."""

    code: int
    kind: str = "server_error"
    headers: dict[str, str] = {}


class Raw(msgspec.Struct, frozen=True):
    """Bytes instead of an answer."""

    body: bytes
    content_type: str = "application/json"


class Stall(msgspec.Struct, frozen=True):
    """Nothing for a while."""

    seconds: float = 30.0


class Hang(msgspec.Struct, frozen=True):
    """Hangs up in the middle."""

    text: str = "Hel"


Act = Say | Status | Raw | Stall | Hang
Script = Callable[[dict[str, Any]], Act]


class ModelServer:
    """What it was asked is in `asked`; `script` is what it does, one act a call.

    `left` counts who hung up before the end of a stream.
    """

    def __init__(self, acts: Iterable[Act] = (), script: Script | None = None) -> None:
        self.acts = list(acts)
        self.script = script
        self.asked: list[dict[str, Any]] = []
        self.base_url = ""
        self.left = 0

    @asynccontextmanager
    async def served(self) -> AsyncIterator["ModelServer"]:
        app = web.Application(client_max_size=10_000_000)
        app.router.add_post("/v1/chat/completions", self._completions)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _completions(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return _error(401, "invalid_request_error", "Incorrect API key provided.")
        body = json.loads(await request.read())
        if trouble := _trouble(body):
            return _error(400, "invalid_request_error", trouble)
        self.asked.append(body)
        act = self.script(body) if self.script else self.acts.pop(0)
        match act:
            case Status(code, kind, headers):
                return _error(code, kind, f"told to say {code}", headers)
            case Raw(raw, content_type):
                return web.Response(body=raw, content_type=content_type)
            case Stall(seconds):
                await asyncio.sleep(seconds)
                return _whole(body, Say("late"))
            case Hang(text):
                return await _hung_up(request, text)
            case Say():
                return await self._said(request, body, act)

    async def _said(
        self, request: web.Request, body: dict[str, Any], act: Say
    ) -> web.StreamResponse:
        if not body.get("stream"):
            return _whole(body, act)
        try:
            return await _pieces(request, body, act)
        except ConnectionResetError:
            self.left += 1
            raise


@contextmanager
def beside(server: ModelServer) -> Iterator[ModelServer]:
    """Served by a thread of its own, for who waits for nothing."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    serving = server.served()

    def done(work: Coroutine[Any, Any, Any]) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(60)

    done(serving.__aenter__())
    try:
        yield server
    finally:
        done(serving.__aexit__(None, None, None))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()


def _trouble(body: dict[str, Any]) -> str | None:
    if stray := set(body) - KNOWN:
        return f"Unrecognized request arguments: {sorted(stray)}"
    if not isinstance(body.get("model"), str) or not body.get("messages"):
        return "you must provide a model and messages"
    for one in body["messages"]:
        if one.get("role") not in ROLES or not isinstance(one.get("content"), str):
            return f"invalid message: {one}"
    shape = body.get("response_format")
    if shape is not None and (
        shape.get("type") != "json_schema" or shape["json_schema"]["schema"].get("type") != "object"
    ):
        return "schema must be a JSON Schema of 'type: \"object\"'"
    if body.get("stream_options") is not None and not body.get("stream"):
        return "stream_options is only allowed when stream is on"
    return None


def _error(code: int, kind: str, words: str, headers: dict[str, str] | None = None) -> web.Response:
    error = {"message": words, "type": kind, "param": None, "code": None}
    return web.json_response({"error": error}, status=code, headers=headers)


def _usage(body: dict[str, Any], text: str) -> dict[str, int]:
    asked = sum(len(one["content"]) for one in body["messages"]) // 4
    return {
        "prompt_tokens": asked,
        "completion_tokens": max(1, len(text) // 4),
        "total_tokens": asked + max(1, len(text) // 4),
    }


def _whole(body: dict[str, Any], act: Say) -> web.Response:
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": act.text, "refusal": None},
        "finish_reason": act.finish,
        "logprobs": None,
    }
    return web.json_response(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1_790_000_000,
            "model": body["model"],
            "choices": [choice],
            "usage": _usage(body, act.text),
        }
    )


async def _pieces(request: web.Request, body: dict[str, Any], act: Say) -> web.StreamResponse:
    answer = await _opened(request)
    for at in range(0, len(act.text), act.size):
        event = _event(body, {"content": act.text[at : at + act.size]}, None)
        for begin in range(0, len(event), act.wire_bytes or len(event)):
            await answer.write(event[begin : begin + (act.wire_bytes or len(event))])
            if act.wire_bytes:
                await asyncio.sleep(0)
        if act.pause_s:
            await asyncio.sleep(act.pause_s)
        if act.go_on is not None and at < act.held_at <= at + act.size:
            await _silent(request, 600, act.go_on)
    await _silent(request, act.stalls_s)
    await answer.write(_event(body, {}, act.finish))
    if (body.get("stream_options") or {}).get("include_usage"):
        last = _chunk(body) | {"choices": [], "usage": _usage(body, act.text)}
        await answer.write(f"data: {json.dumps(last)}\n\n".encode())
    await answer.write(b"data: [DONE]\n\n")
    await answer.write_eof()
    return answer


async def _silent(request: web.Request, for_s: float, go_on: threading.Event | None = None) -> None:
    until = asyncio.get_running_loop().time() + for_s
    while asyncio.get_running_loop().time() < until and not (go_on and go_on.is_set()):
        if request.transport is None or request.transport.is_closing():
            raise ConnectionResetError
        await asyncio.sleep(0.02)


async def _hung_up(request: web.Request, text: str) -> web.StreamResponse:
    answer = await _opened(request)
    await answer.write(_event({"model": "m"}, {"content": text}, None))
    assert request.transport is not None
    request.transport.close()
    return answer


async def _opened(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await answer.prepare(request)
    return answer


def _chunk(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1_790_000_000,
        "model": body["model"],
    }


def _event(body: dict[str, Any], delta: dict[str, str], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    told = json.dumps(_chunk(body) | {"choices": [choice]}, ensure_ascii=False)
    return f"data: {told}\n\n".encode()
