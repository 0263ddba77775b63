"""An answer that is heard while it is being made.

Its whole sentences are shown as they come, each once the same check as of the whole answer has
passed everything up to and including it. What is shown is no answer yet: the whole has to pass too.
"""

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import TypeAlias

from kaiwa.bot.model.call import Call
from kaiwa.bot.model.phrased import Phrased, Untrue
from kaiwa.vocabulary.errors import KaiwaError

Shown: TypeAlias = Callable[[tuple[str, ...]], Awaitable[None]]


async def aloud(call: Call, phrased: Phrased, shown: Shown) -> str | None:
    """All the words, still unchecked as a whole; None when there is no answer: the call is settled.

    Raises `Untrue` at the first sentence that is, and hangs up.
    """
    await shown(())
    before: tuple[str, ...] = ()
    try:
        async with aclosing(call.sentences()) as sentences:
            async for so_far, whole in sentences:
                if whole:
                    return so_far
                texts = phrased.first_texts(so_far)
                if texts != before:
                    await shown(texts)
                before = texts
    except Untrue:
        raise
    except KaiwaError as error:
        call.failed(error)
    return None
