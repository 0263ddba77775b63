"""Anthropic and Gemini over a wire that records; what is not installed says what to install."""

import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from kaiwa.engines.llm import (
    ENGINES,
    Engine,
    Limits,
    Message,
    ModelAccount,
    Schema,
    Usage,
    open_model,
)
from kaiwa.vocabulary.errors import Invalid, Refused

ASKED = [Message("system", "Be brief."), Message("user", "Hello")]
WORD = Schema("said", {"type": "object", "properties": {"word": {"type": "string"}},
                       "required": ["word"], "additionalProperties": False})  # fmt: skip
Answering = Callable[[web.Request, dict[str, Any]], Awaitable[web.Response]]


@asynccontextmanager
async def server(answering: Answering) -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    asked: list[dict[str, Any]] = []

    async def hear(request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        asked.append(body)
        return await answering(request, body)

    app = web.Application()
    app.router.add_post("/{path:.*}", hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


async def as_anthropic(request: web.Request, body: dict[str, Any]) -> web.Response:
    key = request.headers.get("x-api-key") or request.headers.get("Authorization")
    if key not in ("sk-right", "Bearer sk-right") or request.path != "/v1/messages":
        error = {"type": "authentication_error", "message": "invalid x-api-key"}
        return web.json_response({"type": "error", "error": error}, status=401)
    content: dict[str, Any] = {"type": "text", "text": '{"word":"so"}'}
    if body.get("tools"):
        used = {"id": "t1", "name": body["tools"][0]["name"], "input": {"word": "so"}}
        content = {"type": "tool_use", **used}
    told = {"id": "m1", "type": "message", "role": "assistant", "model": body["model"],
            "content": [content], "stop_reason": "end_turn", "stop_sequence": None,
            "usage": {"input_tokens": 9, "output_tokens": 4}}  # fmt: skip
    return web.json_response(told)


async def as_gemini(request: web.Request, body: dict[str, Any]) -> web.Response:
    if request.headers.get("x-goog-api-key") != "sk-right":
        error = {"code": 401, "message": "API key not valid", "status": "UNAUTHENTICATED"}
        return web.json_response({"error": error}, status=401)
    content = {"role": "model", "parts": [{"text": '{"word":"so"}'}]}
    told = {"candidates": [{"content": content, "finishReason": "STOP", "index": 0}],
            "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 4,
                              "totalTokenCount": 13},
            "modelVersion": "gemini"}  # fmt: skip
    return web.json_response(told)


MODELS: list[tuple[Engine, str, Answering]] = [
    ("anthropic", "claude-haiku-4-5", as_anthropic),
    ("anthropic", "claude-3-haiku-20240307", as_anthropic),
    ("gemini", "gemini-2.5-flash", as_gemini),
]


@pytest.mark.parametrize(("engine", "name", "answering"), MODELS, ids=[m[1] for m in MODELS])
@pytest.mark.parametrize("schema", [None, WORD], ids=["words", "schema"])
async def test_each_engine_answers_in_words_and_in_shape(
    engine: Engine, name: str, answering: Answering, schema: Schema | None
) -> None:
    pytest.importorskip("pydantic_ai")
    async with server(answering) as (url, asked):
        model = open_model(ModelAccount(engine, name, "sk-right", url))
        told = await model.complete(ASKED, schema, Limits())
        await model.close()
    assert json.loads(told.text) == {"word": "so"}
    assert told.usage == Usage(9, 4)
    assert len(asked) == 1
    assert "Be brief." in json.dumps(asked[0])


@pytest.mark.parametrize(("engine", "name", "answering"), MODELS, ids=[m[1] for m in MODELS])
async def test_a_wrong_key_is_refused_by_each(
    engine: Engine, name: str, answering: Answering
) -> None:
    pytest.importorskip("pydantic_ai")
    async with server(answering) as (url, asked):
        model = open_model(ModelAccount(engine, name, "sk-wrong", url))
        with pytest.raises(Refused) as wrong:
            await model.complete(ASKED, None, Limits())
        await model.close()
    assert len(asked) == 1
    assert "sk-wrong" not in wrong.value.message


@pytest.mark.parametrize("engine", ENGINES)
def test_without_the_extra_it_says_what_to_install(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one.startswith("kaiwa.engines.llm.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("pydantic_ai", "anthropic", "httpx2"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Invalid, match="extra `llm`"):
        open_model(ModelAccount(engine, "m", "sk-x"))
