"""A model over OpenAI's interface, against a real server that behaves as badly as servers do."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from kaiwa.engines.llm import Limits, Message, ModelAccount, Schema, Usage, open_model
from kaiwa.engines.llm.provider_model import ProviderModel
from kaiwa.vocabulary.errors import KaiwaError, Refused, Unreachable
from tests.fakes.model_server import KEY, Act, Hang, ModelServer, Raw, Say, Stall, Status

pytest.importorskip("pydantic_ai")

ASKED = [Message("system", "Be brief."), Message("user", "Hello"), Message("assistant", "Yes?"),
         Message("user", "Go on")]  # fmt: skip
WORD = Schema("said", {"type": "object", "properties": {"word": {"type": "string"}},
                       "required": ["word"], "additionalProperties": False})  # fmt: skip
LIMITS = Limits(timeout_s=20.0, most_tokens=50, most_bytes=10_000)


@asynccontextmanager
async def model_on(server: ModelServer, key: str = KEY) -> AsyncIterator[ProviderModel]:
    account = ModelAccount("openai", "small-model", key, server.base_url)
    made = open_model(account)
    assert isinstance(made, ProviderModel)
    try:
        yield made
    finally:
        await made.close()


async def test_it_is_told_the_messages_and_gives_the_words() -> None:
    async with ModelServer([Say("Well.")]).served() as server, model_on(server) as model:
        told = await model.complete(ASKED, None, LIMITS)
    assert (told.text, told.usage) == ("Well.", Usage(5, 1))
    asked = server.asked[0]
    assert [(one["role"], one["content"]) for one in asked["messages"]] == [
        (one.role, one.text) for one in ASKED
    ]
    assert (asked["model"], asked["max_completion_tokens"]) == ("small-model", 50)
    assert "response_format" not in asked


async def test_a_schema_goes_along() -> None:
    async with ModelServer([Say('{"word":"so"}')]).served() as server, model_on(server) as model:
        told = await model.complete(ASKED, WORD, LIMITS)
    assert told.text == '{"word":"so"}'
    shape = server.asked[0]["response_format"]["json_schema"]
    assert (shape["name"], shape["schema"]) == ("said", WORD.json)


async def test_a_stream_comes_in_pieces_with_its_usage_at_the_end() -> None:
    async with ModelServer([Say("One. Two.")]).served() as server, model_on(server) as model:
        pieces = [one async for one in model.stream(ASKED, LIMITS)]
    assert [one.text for one in pieces] == ["One. Tw", "o.", ""]
    assert pieces[-1].usage == Usage(5, 2)


BAD: list[tuple[Act, type[KaiwaError]]] = [
    (Status(401, "invalid_request_error"), Refused),
    (Status(404, "invalid_request_error"), Refused),
    (Status(400, "invalid_request_error"), Refused),
    (Status(429), Unreachable),
    (Status(500), Unreachable),
    (Status(503), Unreachable),
    (Raw(b"{}"), Refused),
    (Raw(b"[1, 2]"), Refused),
    (Raw(b'{"choices": null}'), Refused),
    (Raw(b"<html>Sign in</html>", "text/html"), Refused),
    (Raw(b"x" * 5_000_000), Refused),
    (Say("", "content_filter"), Refused),
    (Say("cut in the mid", "length"), Refused),
    (Say("y" * 20_000, size=4_000), Refused),
    (Hang(), Unreachable),
    (Stall(), Unreachable),
]


@pytest.mark.parametrize("how", ["whole", "stream"])
@pytest.mark.parametrize(("act", "error"), BAD, ids=[f"{a!r:.40}" for a, _ in BAD])
async def test_what_goes_wrong_is_one_of_two_errors_and_is_tried_once(
    act: Act, error: type[KaiwaError], how: str
) -> None:
    limits = Limits(timeout_s=0.4 if isinstance(act, Stall) else 20.0, most_bytes=10_000)
    begun = time.monotonic()
    async with ModelServer([act]).served() as server, model_on(server) as model:
        with pytest.raises(error) as wrong:
            if how == "whole":
                await model.complete(ASKED, None, limits)
            else:
                async for _ in model.stream(ASKED, limits):
                    pass
        assert len(server.asked) == 1
    assert KEY not in wrong.value.message
    assert time.monotonic() - begun < 15


async def test_who_is_asked_too_often_says_when_to_come_back() -> None:
    acts = [Status(429, headers={"retry-after": "7"})]
    async with ModelServer(acts).served() as server, model_on(server) as model:
        with pytest.raises(Unreachable) as wrong:
            await model.complete(ASKED, None, LIMITS)
    assert (wrong.value.retry_after_s, wrong.value.maybe_done) == (7.0, False)


async def test_what_was_answered_is_billed_and_what_was_refused_is_not() -> None:
    acts: list[Act] = [Raw(b"{}"), Status(401, "invalid_request_error")]
    billed = []
    async with ModelServer(acts).served() as server, model_on(server) as model:
        for _ in acts:
            with pytest.raises(Refused) as wrong:
                await model.complete(ASKED, None, LIMITS)
            billed.append(bool(wrong.value.detail.get("billed")))
    assert billed == [True, False]


async def test_a_wrong_key_is_refused_and_a_missing_server_unreachable() -> None:
    async with ModelServer().served() as server:
        async with model_on(server, "sk-wrong") as model:
            with pytest.raises(Refused):
                await model.complete(ASKED, None, LIMITS)
        assert server.asked == []
    async with model_on(server) as model:
        with pytest.raises(Unreachable):
            await model.complete(ASKED, None, LIMITS)


async def test_a_slow_stream_ends_with_its_time_and_its_pieces_were_given() -> None:
    acts = [Say("a" * 700, pause_s=0.4)]
    taken = []
    async with ModelServer(acts).served() as server, model_on(server) as model:
        with pytest.raises(Unreachable):
            async for one in model.stream(ASKED, Limits(timeout_s=3.0)):
                taken.append(one.text)
    assert 2 <= len(taken) < 20


async def test_variables_of_the_machine_lead_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-machine")
    async with ModelServer([Say("Here.")]).served() as server, model_on(server) as model:
        assert (await model.complete(ASKED, None, LIMITS)).text == "Here."
    own = open_model(ModelAccount("openai", "m", "sk-x"))
    assert isinstance(own, ProviderModel)
    assert own._model.base_url == "https://api.openai.com/v1/"
    await own.close()


def test_the_key_is_not_in_what_is_printed() -> None:
    assert "sk-x" not in repr(ModelAccount("openai", "m", "sk-x"))
