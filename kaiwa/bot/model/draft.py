"""A reply that is decided and true, ready to be said more freely."""

import msgspec

from kaiwa.bot.model.claims.written import Names
from kaiwa.vocabulary.language import Language


class Fact(msgspec.Struct, frozen=True):
    """A value in the texts by its name: `p1.price`, `o1.number`.

    What stands before the dot is the thing it belongs to; `title`, `name` and `number` name a
    thing. Values of one thing are never given to another.
    """

    name: str
    text: str


class Draft(msgspec.Struct, frozen=True):
    """The deterministic reply's text blocks, and what is known about them.

    `quoted` are the indexes of texts that are not ours to rephrase: answers from the shop's own
    articles and records. `said` is what the shopper wrote, `personal` names and addresses in it;
    `names` finds the shop's own.
    """

    language: Language
    texts: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    quoted: tuple[int, ...] = ()
    said: str = ""
    personal: tuple[str, ...] = ()
    names: Names | None = None
