"""A language model's part in answering: a second reading where rules are lost, freer words.

Both are asked between transactions, both may fail at any time, and then what the rules understood
and said stands. A model never says yes for a shopper, and no word of it leaves unchecked.
"""

import datetime as dt

from msgspec.structs import replace

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.model.aloud import Shown
from kaiwa.bot.model.brief import Brief, briefed
from kaiwa.bot.model.draft import Draft, Fact
from kaiwa.bot.model.turn import ModelTurn
from kaiwa.bot.nlu.command import Reading
from kaiwa.bot.person import Person
from kaiwa.bot.turn import Answer, Turn
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.reply import Block, Reply, TextBlock


def is_lost(answer: Answer | None) -> bool:
    """Whether a second reading is worth its price: only where the rules had nothing to say."""
    return answer is not None and answer.handoff is None and answer.misunderstood


async def second_reading(
    model: ModelTurn, turn: Turn, shop: Merchant, who: tuple[Person, dt.date]
) -> Reading | None:
    """What the model makes of the text, as the same commands; None when it is no help either."""
    person, today = who
    brief = Brief(
        text=turn.text,
        language=turn.state.language or turn.language,
        today=today,
        currency=shop.currency,
        personal=_personal(person),
    )
    return await model.understand(briefed(brief, turn.state))


async def in_freer_words(
    model: ModelTurn, answer: Answer, turn: Turn, person: Person, shown: Shown | None = None
) -> Answer:
    """The answer with its sentences said more freely; unchanged where that is not to be had.

    What asks for a yes is said as it is: the yes is to those words. Quotes alone cost no call.
    `shown` sees the sentences as they are made, where they are what the answer begins with.
    """
    blocks = answer.reply.blocks
    places = [at for at, one in enumerate(blocks) if isinstance(one, TextBlock)]
    texts = [one for one in blocks if isinstance(one, TextBlock)]
    free = any(one.source is None for one in texts)
    if not free or answer.handoff is not None or answer.state.pending is not None:
        return answer
    draft = Draft(
        language=answer.language,
        texts=tuple(one.text for one in texts),
        facts=_titles(answer.state),
        quoted=tuple(at for at, one in enumerate(texts) if one.source is not None),
        said=turn.text,
        personal=_personal(person),
    )
    words = await model.phrase(draft, shown if places[0] == 0 else None)
    if not words:
        return answer
    said: list[Block] = [TextBlock(text=one) for one in words]
    first = places[0]
    rest = [one for at, one in enumerate(blocks) if at not in places]
    before = [one for at, one in enumerate(blocks) if at < first]
    every = (*before, *said, *rest[len(before) :])
    return replace(answer, reply=Reply(every, answer.reply.native))


def _titles(state: Dialogue) -> tuple[Fact, ...]:
    return tuple(Fact(f"p{at}.title", one.title) for at, one in enumerate(state.shown, 1))


def _personal(person: Person) -> tuple[str, ...]:
    return tuple(filter(None, (person.name, *person.emails)))
