"""The model's part in one turn: three seams, one time budget, and an exception only for agents.

Whatever goes wrong (no answer in time, no money left, nonsense, an untruth) ends in None, and what
the deterministic bot understood and said stands.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

import msgspec
import structlog

from kaiwa.bot.model import phrasing, rewriting, understanding
from kaiwa.bot.model.aloud import Shown, aloud
from kaiwa.bot.model.brief import Brief
from kaiwa.bot.model.budget import Outcome
from kaiwa.bot.model.call import Call
from kaiwa.bot.model.draft import Draft
from kaiwa.bot.model.kept import KeptModel
from kaiwa.bot.model.masking import Masking
from kaiwa.bot.model.phrased import Phrased, Untrue
from kaiwa.bot.model.rewriting import NamesOf, Rewriting
from kaiwa.bot.model.till import Till
from kaiwa.bot.nlu.command import Reading
from kaiwa.engines.llm import Limits, Message, Usage
from kaiwa.merchants.language_model import Job
from kaiwa.vocabulary.errors import KaiwaError

_LOG = structlog.get_logger()
ANSWER_TOKENS: Final = 800
LEAST_S: Final = 0.1
_MOST_BYTES: Final = 40_000


class ModelTurn:
    """One turn of one conversation. Its seconds and tokens are shared by all its calls."""

    def __init__(self, kept: KeptModel, till: Till, day: str) -> None:
        self._kept = kept
        self._till = till
        self._day = day
        self._terms = kept.told.terms
        self._until = asyncio.get_running_loop().time() + self._terms.turn_timeout_s
        self._tokens = self._terms.turn_tokens

    async def understand(self, brief: Brief) -> Reading | None:
        """What the model makes of the text, as commands; None: the deterministic reading stands."""
        masking = self._masking(brief.personal)
        call = await self._call("understand", understanding.messages(brief, masking))
        told = await call.whole(understanding.schema()) if call else None
        if call is None or told is None:
            return None
        reading = understanding.reading(told.text, brief, masking)
        call.done("taken" if reading else "unusable")
        return reading

    async def phrase(self, draft: Draft, shown: Shown | None = None) -> list[str] | None:
        """The reply in freer words, every claim checked; None: the draft's own texts stand.

        `shown` is told the first texts of the reply as they are made, whole sentences that have
        passed the same check with all before them; with nothing when the model is asked.
        """
        phrased = Phrased(draft)
        call = await self._phrasing(draft, phrased)
        if call is None:
            return None
        try:
            told = await (call.words() if shown is None else aloud(call, phrased, shown))
            if told is None:
                return None
            texts = phrased.texts(told)
            call.done("taken")
            return list(texts)
        except Untrue as wrong:
            _refused(call, wrong)
            return None
        finally:
            # Of a call that is left before its end nobody knows the price: all of it.
            call.done("unreachable")

    async def rewrite(self, wanted: Rewriting, names_of: NamesOf | None = None) -> str | None:
        """An agent's draft said otherwise, every fact checked; None when there is no answer.

        Raises `Untrue` when the answer says what the draft does not: an agent is told so.
        """
        masking = self._masking(wanted.personal)
        call = await self._call("phrase", rewriting.messages(wanted, masking))
        told = await call.whole(None) if call else None
        if call is None or told is None:
            return None
        try:
            text = rewriting.rewritten(told.text, wanted, masking, names_of)
        except Untrue as wrong:
            _refused(call, wrong)
            raise
        call.done("taken")
        return text

    async def _phrasing(self, draft: Draft, phrased: Phrased) -> Call | None:
        if not any(text.strip() for text in draft.texts):
            return None
        masking = self._masking(draft.personal)
        return await self._call("phrase", phrasing.messages(draft, phrased, masking))

    def _masking(self, personal: Sequence[str]) -> Masking:
        return Masking(personal, allowed=self._terms.personal)

    async def _call(self, job: Job, messages: list[Message]) -> Call | None:
        """A call that is paid for; None when it may not be."""
        if job not in self._terms.jobs or self._left_s() < LEAST_S:
            return None
        most = _most(job, messages)
        if most.tokens_in + most.tokens_out > self._tokens:
            return None
        held = await self._till.hold(self._kept, self._day, most)
        # Taking the money took time as well.
        left_s = self._left_s()
        if held is None:
            return None
        self._tokens -= held.tokens

        def settle(usage: Usage | None, outcome: Outcome, failure: KaiwaError | None) -> None:
            if usage is not None:
                self._tokens += held.tokens - usage.tokens_in - usage.tokens_out
            self._till.settle(self._kept, held, usage, outcome, failure)

        limits = Limits(max(left_s, 0.001), ANSWER_TOKENS, _MOST_BYTES)
        return Call(self._kept.model, messages, limits, settle)

    def _left_s(self) -> float:
        return self._until - asyncio.get_running_loop().time()


def _refused(call: Call, wrong: Untrue) -> None:
    _LOG.warning("model_words_untrue", reason=wrong.message)
    call.done("untrue")


def _most(job: Job, messages: Sequence[Message]) -> Usage:
    """More tokens than the call will use: ours are three letters each, others' one byte each."""
    ours = sum(len(one.text) for one in messages if one.role == "system")
    if job == "understand":
        ours += len(msgspec.json.encode(understanding.schema().json))
    others = sum(len(one.text.encode()) for one in messages if one.role != "system")
    return Usage(ours // 3 + others, ANSWER_TOKENS)
