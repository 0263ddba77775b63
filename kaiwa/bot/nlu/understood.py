"""What understanding gives to the skills."""

import msgspec

from kaiwa.knowledge.retrieval import FaqHit
from kaiwa.vocabulary.language import Language


class Understood(msgspec.Struct, frozen=True):
    """What the shopper wants: acts in the order said, with the findings that go with them.

    `faq` are entries that answer; `candidates` are near ones of which the shopper must choose.
    """

    language: Language
    acts: tuple[str, ...]
    confidence: float = 1.0
    faq: tuple[FaqHit, ...] = ()
    candidates: tuple[FaqHit, ...] = ()
