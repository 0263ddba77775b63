"""A person comes: which goods were meant is theirs to ask, not the bot's beside it."""

from collections.abc import Sequence

from msgspec.structs import replace

from kaiwa.bot.skills.contract import Outcome
from kaiwa.vocabulary.reply import Block


def left_to_a_person(
    blocks: Sequence[Block], outcomes: Sequence[Outcome]
) -> tuple[list[Block], list[Outcome]]:
    """What was said and what came of it, without a question for which goods before the last."""
    asked = [one.asks is not None and one.asks.slot == "choice" for one in outcomes[:-1]]
    left = [one for one, open_ in zip(outcomes, asked, strict=False) if open_ and not one.items]
    kept = [block for block in blocks if not any(block in one.blocks for one in left)]
    done = [replace(one, blocks=(), asks=None) if one in left else one for one in outcomes]
    return kept, done
