"""STOP, START and HELP, in the words of the trade: a message that is nothing else is a wish.

CTIA's Messaging Principles and 47 CFR 64.1200(a)(10) name the English words. Those that also mean
something in a shop ("cancel" an order) count in North America only, where the law reads them so.
"""

import re
import unicodedata
from typing import Final, Literal, TypeAlias

from kaiwa.vocabulary.content import Content, Text
from kaiwa.vocabulary.event import Followed, Heard, HelpAsked, Said, Unfollowed

Wish: TypeAlias = Literal["stop", "start", "help"]
WORDS: Final[dict[Wish, frozenset[str]]] = {
    "stop": frozenset(
        {
            "stop", "stopall", "stop all", "unsubscribe", "optout", "opt out", "opt-out",
            "停止", "配信停止", "配信解除", "配信拒否", "受信拒否", "ストップ",
        }
    ),
    "start": frozenset({"start", "unstop", "配信再開", "配信開始", "再開", "スタート"}),
    "help": frozenset({"help", "ヘルプ"}),
}  # fmt: skip
NORTH_AMERICAN: Final[dict[Wish, frozenset[str]]] = {
    "stop": frozenset({"cancel", "end", "quit", "revoke"}),
    "start": frozenset(),
    "help": frozenset({"info"}),
}
_MEANT: Final = {word: meant for meant, words in WORDS.items() for word in words}
_MEANT_THERE: Final = {word: meant for meant, words in NORTH_AMERICAN.items() for word in words}
_AROUND: Final = " \t\r\n.!?。！？、,，'\"“”「」『』()（）*"
_LONGEST: Final = 40
# No wish has any, in whatever width it is written, and nearly every Japanese sentence has.
_HIRAGANA: Final = re.compile("[ぁ-ゖ]")


def wish(text: str, number: str) -> Wish | None:
    """What the whole message wishes, written by `number`; None when it says something else."""
    if len(text) > _LONGEST or _HIRAGANA.search(text):
        return None
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    word = " ".join(plain.casefold().strip(_AROUND).split())
    return _MEANT.get(word) or (_MEANT_THERE.get(word) if number.startswith("+1") else None)


def heard(content: Content, external_id: str, number: str, *, confirmed: bool = False) -> Heard:
    """A message as what it means. `confirmed`: the provider answers such words by itself."""
    meant = wish(content.text, number) if isinstance(content, Text) else None
    if meant is None or not isinstance(content, Text):
        return Said(content, external_id)
    return wished(meant, content.text, confirmed=confirmed)


def wished(meant: Wish, words: str, *, confirmed: bool) -> Heard:
    """The event of a wish, in the customer's own words."""
    said = words.strip()[:_LONGEST]
    match meant:
        case "stop":
            return Unfollowed(said, confirm=not confirmed)
        case "start":
            return Followed(again=True, words=said, confirm=not confirmed)
        case "help":
            return HelpAsked("" if confirmed else said)
