"""Anthropic and Gemini, piece by piece: whole letters, the usage at the end, hung up on at once."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from kaiwa.engines.llm import Engine, Limits, Message, ModelAccount, Usage, open_model
from kaiwa.vocabulary.errors import Refused, Unreachable
from tests.waiting import until

pytest.importorskip("pydantic_ai")

ASKED = [Message("system", "Be brief."), Message("user", "Hello")]
PIECES = ["東雲ケトル", "ですね。", "在庫も"]
MODELS: list[tuple[Engine, str]] = [
    ("anthropic", "claude-haiku-4-5"),
    ("gemini", "gemini-2.5-flash"),
]


class Provider:
    """Streams `PIECES` the way of one engine, the wire cut every seven bytes, then `finish`."""

    def __init__(self, engine: Engine, finish: str = "", *, silent: bool = False) -> None:
        self.engine = engine
        self.finish = finish
        self.silent = silent
        self.asked: list[str] = []
        self.left = False

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._hear)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    async def _hear(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        body = json.loads(await request.read())
        if self.engine == "anthropic":
            assert body["stream"] is True
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        try:
            await self._said(request, answer)
        except ConnectionResetError:
            self.left = True
        return answer

    async def _said(self, request: web.Request, answer: web.StreamResponse) -> None:
        begin, end = ANTHROPIC if self.engine == "anthropic" else GEMINI
        await self._write(answer, b"".join(begin()))
        while self.silent:
            if request.transport is None or request.transport.is_closing():
                raise ConnectionResetError
            await asyncio.sleep(0.01)
        await self._write(answer, b"".join(end(self.finish)))
        await answer.write_eof()

    async def _write(self, answer: web.StreamResponse, told: bytes) -> None:
        for at in range(0, len(told), 7):
            await answer.write(told[at : at + 7])
            await asyncio.sleep(0)


def event(told: dict[str, Any]) -> bytes:
    name = f"event: {told['type']}\n" if "type" in told else ""
    return f"{name}data: {json.dumps(told, ensure_ascii=False)}\n\n".encode()


def anthropic_begin() -> Iterator[bytes]:
    message: dict[str, Any] = {
        "id": "m1",
        "type": "message",
        "role": "assistant",
        "model": "m",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 9, "output_tokens": 1},
    }
    yield event({"type": "message_start", "message": message})
    block = {"type": "text", "text": ""}
    yield event({"type": "content_block_start", "index": 0, "content_block": block})
    for one in PIECES:
        delta = {"type": "text_delta", "text": one}
        yield event({"type": "content_block_delta", "index": 0, "delta": delta})


def anthropic_end(finish: str) -> Iterator[bytes]:
    yield event({"type": "content_block_stop", "index": 0})
    delta = {"stop_reason": finish or "end_turn", "stop_sequence": None}
    yield event({"type": "message_delta", "delta": delta, "usage": {"output_tokens": 14}})
    yield event({"type": "message_stop"})


def gemini_begin() -> Iterator[bytes]:
    for one in PIECES:
        content = {"role": "model", "parts": [{"text": one}]}
        yield event({"candidates": [{"content": content, "index": 0}], "modelVersion": "gemini"})


def gemini_end(finish: str) -> Iterator[bytes]:
    content = {"role": "model", "parts": [{"text": ""}]}
    used = {"promptTokenCount": 9, "candidatesTokenCount": 14, "totalTokenCount": 23}
    candidate = {"content": content, "finishReason": finish or "STOP", "index": 0}
    yield event({"candidates": [candidate], "usageMetadata": used, "modelVersion": "gemini"})


ANTHROPIC, GEMINI = (anthropic_begin, anthropic_end), (gemini_begin, gemini_end)


@pytest.mark.parametrize(("engine", "name"), MODELS)
async def test_it_comes_in_pieces_with_its_usage_at_the_end(engine: Engine, name: str) -> None:
    provider = Provider(engine)
    async with provider.served() as url:
        model = open_model(ModelAccount(engine, name, "sk-right", url))
        pieces = [one async for one in model.stream(ASKED, Limits(timeout_s=20.0))]
        await model.close()
    assert [one.text for one in pieces if one.text] == PIECES
    assert pieces[-1].usage == Usage(9, 14)
    assert len(provider.asked) == 1


@pytest.mark.parametrize(("engine", "name"), MODELS)
async def test_what_was_cut_off_is_no_answer(engine: Engine, name: str) -> None:
    provider = Provider(engine, "max_tokens" if engine == "anthropic" else "MAX_TOKENS")
    async with provider.served() as url:
        model = open_model(ModelAccount(engine, name, "sk-right", url))
        with pytest.raises(Refused, match="broke off"):
            async for _ in model.stream(ASKED, Limits(timeout_s=20.0)):
                pass
        await model.close()


@pytest.mark.parametrize(("engine", "name"), MODELS)
async def test_one_that_falls_silent_ends_with_its_time(engine: Engine, name: str) -> None:
    provider = Provider(engine, silent=True)
    taken = []
    async with provider.served() as url:
        model = open_model(ModelAccount(engine, name, "sk-right", url))
        with pytest.raises(Unreachable) as wrong:
            async for one in model.stream(ASKED, Limits(timeout_s=2.0)):
                taken.append(one.text)
        await until(lambda: provider.left, within_s=10)
        await model.close()
    assert "".join(taken) == "".join(PIECES)
    assert wrong.value.maybe_done


@pytest.mark.parametrize(("engine", "name"), MODELS)
async def test_who_has_heard_enough_hangs_up(engine: Engine, name: str) -> None:
    provider = Provider(engine, silent=True)
    async with provider.served() as url:
        model = open_model(ModelAccount(engine, name, "sk-right", url))
        async with aclosing(model.stream(ASKED, Limits(timeout_s=60.0))) as stream:
            assert (await anext(stream)).text == PIECES[0]
        # Before the model is closed: its connection alone is let go.
        await until(lambda: provider.left, within_s=10)
        await model.close()
