"""`LanguageModel` over Pydantic AI: what all engines share.

Only this folder knows Pydantic AI, whose releases come monthly. Of it we use one request to one
model: no agents, no tools that run, no tries of its own.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx2
from pydantic_ai.direct import model_request, model_request_stream
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelHTTPError,
    ModelQuotaExceededError,
    ModelRequestRejectedError,
    UserError,
)
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    PartDeltaEvent,
    PartStartEvent,
    SystemPromptPart,
    TextPart,
    TextPartDelta,
    ToolCallPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.usage import RequestUsage

from kaiwa.engines.llm import Completion, Limits, Message, Schema, Usage
from kaiwa.engines.llm.bounded import answers
from kaiwa.vocabulary.errors import KaiwaError, Refused, TooLarge, Unreachable


class ProviderModel:
    """See `LanguageModel`. `client` is the model's own and is closed with it."""

    def __init__(self, model: Model[Any], client: httpx2.AsyncClient) -> None:
        self._model = model
        self._client = client

    async def complete(
        self, messages: Sequence[Message], schema: Schema | None, limits: Limits
    ) -> Completion:
        """See `LanguageModel`."""
        with _told():
            async with asyncio.timeout(limits.timeout_s):
                answer = await model_request(
                    self._model,
                    _history(messages),
                    model_settings=_settings(limits),
                    model_request_parameters=self._shape(schema),
                )
        text = _text(answer, schema)
        _bounded(len(text.encode()), limits)
        return Completion(text, _usage(answer.usage))

    async def stream(
        self, messages: Sequence[Message], limits: Limits
    ) -> AsyncGenerator[Completion, None]:
        """See `LanguageModel`."""
        taken = 0
        with _told():
            until = asyncio.get_running_loop().time() + limits.timeout_s
            opening = model_request_stream(
                self._model, _history(messages), model_settings=_settings(limits)
            )
            # Not around the yields: what is done with a piece is not the model's time.
            with answers() as begun:
                async with asyncio.timeout_at(until):
                    stream = await opening.__aenter__()
            try:
                events = aiter(stream)
                while True:
                    async with asyncio.timeout_at(until):
                        event = await anext(events, None)
                    if event is None:
                        break
                    if piece := _piece(event):
                        taken += len(piece.encode())
                        _bounded(taken, limits)
                        yield Completion(piece, _usage(stream.usage))
                _finished(stream.get())
                yield Completion("", _usage(stream.usage))
            finally:
                # Left before its end, Google's SDK would hold the line until it is collected.
                for answer in begun:
                    await answer.aclose()
                await opening.__aexit__(None, None, None)

    async def close(self) -> None:
        """See `LanguageModel`."""
        await self._client.aclose()

    def _shape(self, schema: Schema | None) -> ModelRequestParameters:
        if schema is None:
            return ModelRequestParameters()
        if self._model.profile.get("supports_json_schema_output", False):
            wanted = OutputObjectDefinition(json_schema=dict(schema.json), name=schema.name)
            return ModelRequestParameters(output_mode="native", output_object=wanted)
        tool = ToolDefinition(name=schema.name, parameters_json_schema=dict(schema.json))
        return ModelRequestParameters(
            output_mode="tool", output_tools=[tool], allow_text_output=False
        )


def _history(messages: Sequence[Message]) -> list[ModelMessage]:
    """Our messages as Pydantic AI's; what stands between two of the user joins them."""
    history: list[ModelMessage] = []
    parts: list[SystemPromptPart | UserPromptPart] = []
    for one in messages:
        match one.role:
            case "system":
                parts.append(SystemPromptPart(content=one.text))
            case "user":
                parts.append(UserPromptPart(content=one.text))
            case "assistant":
                history += [ModelRequest(parts=parts)] if parts else []
                history.append(ModelResponse(parts=[TextPart(content=one.text)]))
                parts = []
    return [*history, ModelRequest(parts=parts)] if parts else history


def _settings(limits: Limits) -> ModelSettings:
    return ModelSettings(
        max_tokens=limits.most_tokens,
        # The SDKs try twice more by themselves; a shopper does not wait for that.
        max_retries=0,
        # Answers in a second or two: a turn of a conversation is no place for long thoughts.
        thinking=False,
    )


def _finished(answer: ModelResponse) -> None:
    """`Refused` when the words are not all of them."""
    if answer.finish_reason in ("length", "content_filter", "error"):
        raise Refused(f"The model broke off: {answer.finish_reason}.", billed=True)


def _text(answer: ModelResponse, schema: Schema | None) -> str:
    _finished(answer)
    if schema is not None:
        called = [one for one in answer.parts if isinstance(one, ToolCallPart)]
        if called:
            return called[0].args_as_json_str()
    text = "".join(one.content for one in answer.parts if isinstance(one, TextPart))
    if not text.strip():
        reason = answer.finish_reason or "no reason given"
        raise Refused(f"The model said nothing ({reason}).", billed=True)
    return text


def _piece(event: object) -> str:
    match event:
        case PartStartEvent(part=TextPart(content=content)):
            return content
        case PartDeltaEvent(delta=TextPartDelta(content_delta=content)):
            return content
        case _:
            return ""


def _usage(told: RequestUsage) -> Usage:
    return Usage(max(0, told.input_tokens or 0), max(0, told.output_tokens or 0))


def _bounded(size_bytes: int, limits: Limits) -> None:
    if size_bytes > limits.most_bytes:
        raise Refused(f"The model's answer is over {limits.most_bytes} bytes.", billed=True)


@contextmanager
def _told() -> Iterator[None]:
    """Whatever goes wrong below, as one of our two errors; the key is in none of their texts."""
    try:
        yield
    except KaiwaError as error:
        if isinstance(error, TooLarge):
            raise Refused(error.message, billed=True) from error
        raise
    except TimeoutError as error:
        raise Unreachable("The model did not answer in time.", maybe_done=True) from error
    except (ModelRequestRejectedError, ModelQuotaExceededError, UserError) as error:
        raise Refused(f"The model's provider refused: {_short(error)}") from error
    except ModelAPIError as error:
        for cause in _causes(error):
            if isinstance(cause, TooLarge):
                raise Refused(cause.message, billed=True) from error
        raise Unreachable(
            f"The model cannot be reached: {_short(error)}",
            retry_after_s=error.retry_after,
            # An answer that broke off was begun, and is paid.
            maybe_done=not isinstance(error, ModelHTTPError),
        ) from error
    except (AgentRunError, ValueError, TypeError, LookupError, AttributeError) as error:
        # The SDKs raise these over answers that are none: text where JSON belongs, lists for dicts.
        raise Refused(f"The model's answer cannot be read: {_short(error)}", billed=True) from error
    except (httpx2.HTTPError, OSError) as error:
        raise Unreachable(
            f"The model cannot be reached: {_short(error)}", maybe_done=True
        ) from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
