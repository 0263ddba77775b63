"""One paid call of a model: made within what is left of the turn, and settled exactly once."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import TypeAlias

import structlog

from kaiwa.bot.model.budget import Outcome
from kaiwa.bot.model.phrasing import Sentences
from kaiwa.engines.llm import Completion, LanguageModel, Limits, Message, Schema, Usage
from kaiwa.vocabulary.errors import KaiwaError, Refused, Unreachable

_LOG = structlog.get_logger()

Settle: TypeAlias = Callable[[Usage | None, Outcome, KaiwaError | None], None]


class Call:
    """`settle` takes the usage (None: nobody knows, so all of it), the outcome and the failure."""

    def __init__(
        self,
        model: LanguageModel,
        messages: Sequence[Message],
        limits: Limits,
        settle: Settle,
    ) -> None:
        self._model = model
        self._messages = messages
        self._limits = limits
        self._settle = settle
        self._usage: Usage | None = None
        self._open = True

    async def whole(self, schema: Schema | None) -> Completion | None:
        """The answer; None when there is none, and then the call is settled."""
        try:
            told = await self._model.complete(self._messages, schema, self._limits)
        except KaiwaError as error:
            self.failed(error)
            return None
        except Exception:
            # An engine's library in a state that nobody foresaw must not cost the shopper a reply.
            _LOG.exception("model_call_broke")
            self.failed(Refused("The call broke.", billed=True))
            return None
        except BaseException:
            self.done("unreachable")
            raise
        self._usage = told.usage
        return told

    async def words(self) -> str | None:
        """`whole` in words."""
        told = await self.whole(None)
        return None if told is None else told.text

    async def sentences(self) -> AsyncGenerator[tuple[str, bool], None]:
        """All words so far, each time a sentence more is whole; True with the last.

        Raises `Unreachable` and `Refused`. Closed before its end it hangs up; what was used is
        known at the end only.
        """
        cut = Sentences()
        usage: Usage | None = None
        try:
            async with aclosing(self._model.stream(self._messages, self._limits)) as pieces:
                async for piece in pieces:
                    usage = piece.usage
                    for so_far in cut.more(piece.text):
                        yield so_far, False
        except KaiwaError:
            raise
        except Exception as error:
            _LOG.exception("model_call_broke")
            raise Refused("The call broke.", billed=True) from error
        self._usage = usage
        yield cut.all(), True

    def failed(self, error: KaiwaError) -> None:
        """Settle a call that gave no answer."""
        _LOG.warning("model_call_failed", kind=error.code, reason=error.message)
        reached = isinstance(error, Unreachable)
        billed = error.maybe_done if isinstance(error, Unreachable) else error.detail.get("billed")
        if not billed:
            self._usage = Usage()
            self.done("unreachable" if reached else "unusable", error, exact=True)
        else:
            self.done("unreachable" if reached else "unusable", error)

    def done(
        self, outcome: Outcome, failure: KaiwaError | None = None, *, exact: bool = False
    ) -> None:
        """Settle; the second time nothing happens."""
        if not self._open:
            return
        self._open = False
        usage = self._usage
        if usage is not None and usage == Usage() and not exact:
            # A server that does not count: what was held stays spent.
            usage = None
        self._settle(usage, outcome, failure)
