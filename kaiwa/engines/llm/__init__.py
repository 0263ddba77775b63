"""Language models: messages in, a text or a JSON value out, within limits. Optional.

Without the extra `llm` there is no engine: `open_model` says what to install, and everything that
would ask a model goes on without it.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, Final, Literal, Protocol, TypeAlias, get_args

import msgspec

from kaiwa.vocabulary.errors import Invalid

Engine: TypeAlias = Literal["openai", "anthropic", "gemini"]
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)


class Message(msgspec.Struct, frozen=True):
    """One message: `system` is the house's own words, `user` is data."""

    role: Literal["system", "user", "assistant"]
    text: str


class Schema(msgspec.Struct, frozen=True):
    """What the answer must be: a JSON schema of an object, and its name for the model."""

    name: str
    json: Mapping[str, Any]


class Limits(msgspec.Struct, frozen=True):
    """What one call may take. Past `timeout_s` nothing is waited for and nothing is tried again."""

    timeout_s: float = 5.0
    most_tokens: int = 800
    most_bytes: int = 1_000_000


class Usage(msgspec.Struct, frozen=True):
    """Tokens as the provider counted them; 0 where it did not say."""

    tokens_in: int = 0
    tokens_out: int = 0


class Completion(msgspec.Struct, frozen=True):
    """The model's words (JSON when a schema was given), and what they took.

    In a stream `text` is a piece, and `usage` all that is known so far.
    """

    text: str
    usage: Usage = Usage()


class LanguageModel(Protocol):
    """One model of one account.

    Raises `Unreachable` when trying again later may help (no answer in time, too many requests, a
    broken server), `Refused` when it will not (wrong key, unknown model, a filter, no answer);
    then `detail["billed"]` tells that the provider answered and counts it.
    """

    async def complete(
        self, messages: Sequence[Message], schema: Schema | None, limits: Limits
    ) -> Completion:
        """The whole answer."""

    def stream(
        self, messages: Sequence[Message], limits: Limits
    ) -> AsyncGenerator[Completion, None]:
        """The answer piece by piece, as it comes; the limits are those of the whole.

        Closed before its end, it hangs up.
        """

    async def close(self) -> None:
        """Let the connections go."""


class ModelAccount(msgspec.Struct, frozen=True):
    """Whose model: `base_url` is another host than the provider's own; local ones need no key."""

    engine: Engine
    name: str
    key: str | None = None
    base_url: str | None = None

    def __repr__(self) -> str:
        # Never the key: this may end in a log.
        return f"ModelAccount({self.engine!r}, {self.name!r}, base_url={self.base_url!r})"


def open_model(account: ModelAccount) -> LanguageModel:
    """The model of the account; no call is made. `Invalid` when the extra `llm` is missing."""
    try:
        match account.engine:
            case "openai":
                from kaiwa.engines.llm.openai_compatible import opened
            case "anthropic":
                from kaiwa.engines.llm.anthropic import opened
            case "gemini":
                from kaiwa.engines.llm.gemini import opened
    except ImportError as error:
        raise Invalid(
            "Language models need the extra `llm`. Run: pip install 'kaiwa[llm]'"
        ) from error
    return opened(account)
