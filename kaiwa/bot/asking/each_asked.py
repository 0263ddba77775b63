"""Several questions of one product in a line: "in M, how much is it and is it washable?"."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.skills.contract import Case, Outcome
from kaiwa.vocabulary.reply import Block, TextBlock

Answers = Callable[[Case, str], Outcome | None]

_MOST: Final = 4
_SHORTEST: Final = 3
_PARTS: Final = re.compile(
    r"[?？。!！;]+|[,、](?=\s*(?:and |あと|それと)?.{2,})"
    r"|(?:\b(?:and|n|plus|also)\b|&)"
    r"(?=\s+(?:also\s+)?(?:is|are|does|do|can|will|would|has|how|whats?|which|where|when)\b)"
    r"|(?<=です)か(?:と|、)|(?<=ます)か(?:と|、)"
)
_ASKS: Final = re.compile(
    r"^\W*(?:and\W+)?(?:is|are|does|do|can|will|would|has|hows?|whats?|which|where|when|any)\b"
    r"|(?:です|ます|でしょう|いくら|何|どれ|どの|サイズ|色|重さ|値段|価格|ある|れる|える|いい)"
)


def each_answered(case: Case, text: str, answers: Answers, page: str) -> Outcome | None:
    """The answers one after the other; None where it is one question, or only one is answered.

    Where a part has no answer, what the `page` says stands at the end: it may be in there.
    """
    parts = [one.strip() for one in _PARTS.split(text) if len(one.strip()) >= _SHORTEST]
    if not 1 < len(parts) <= _MOST or not all(_ASKS.search(one) for one in parts):
        return None
    told = [answers(replace(case, request=replace(case.request, question=p)), p) for p in parts]
    found = [one for one in told if one is not None and one.answered]
    if len(found) < 2:
        return None
    blocks: list[Block] = []
    for one in found:
        blocks += [b for b in one.blocks if isinstance(b, TextBlock) and b not in blocks]
    if len(found) < len(parts):
        blocks.append(TextBlock(text=page))
    last = found[-1]
    rest = [b for b in last.blocks if not isinstance(b, TextBlock)]
    return replace(
        last,
        blocks=(*blocks, *rest),
        focus_variant=_variant(found),
        wanted=next((one.wanted for one in found if one.wanted), ()),
    )


def _variant(found: Sequence[Outcome]) -> int | None:
    return next((one.focus_variant for one in found if one.focus_variant), None)
