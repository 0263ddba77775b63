"""The checker (P4): nothing leaves that the facts of the turn do not hold.

It reads a text the way a shopper does, takes out everything that is true or false about the shop,
and looks each thing up in the turn's evidence. What the shopper merely said is no evidence.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

import msgspec

from kaiwa.bot.model.claims.amounts import amounts
from kaiwa.bot.model.claims.contacts import contacts
from kaiwa.bot.model.claims.deeds import Deed, deeds, promised
from kaiwa.bot.model.claims.moments import moments
from kaiwa.bot.model.claims.stated import Claim, Stated, folded, settled
from kaiwa.bot.model.claims.states import states
from kaiwa.bot.nlu.gazetteer import Gazetteer
from kaiwa.bot.nlu.reader.entities import colours, sizes
from kaiwa.languages.folding import fold

Names: TypeAlias = Callable[[str], Iterable[tuple[int, int]]]
"""Where names of products, brands and options stand in a folded text."""

_DATED: Final = re.compile(r"\d{4}-(\d\d-\d\d)")


_COLOUR_SIGNS: Final = frozenset("赤青緑黒黄紺紫桃橙灰")


class Evidence(msgspec.Struct, frozen=True):
    """The facts of one turn: what the deterministic reply says, shows and did.

    `texts` is all of it that a shopper reads, cards and buttons included; `names` may be named
    besides; `deeds` succeeded in this turn; `gazetteer` knows the shop's own words.
    """

    texts: tuple[str, ...]
    names: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    gazetteer: Names | None = None


def names_in(gazetteer: Gazetteer) -> Names:
    """A merchant's gazetteer as the checker asks it."""
    return lambda text: [(one.begin, one.end) for one in gazetteer.find(text)]


def claims(text: str, gazetteer: Names | None = None) -> tuple[Stated, ...]:
    """Every claim of a text, in its order; places are those of the folded text."""
    plain = folded(text)
    words = plain.text
    written = settled([*contacts(plain, text), *moments(words), *amounts(words)])
    named = list(gazetteer(words)) if gazetteer else []
    stretches = [Stated(Claim("name", _sound(words[b:e])), b, e) for b, e in named]
    said = [
        *(Stated(Claim("colour", one.slot.name), one.begin, one.end)  # type: ignore[union-attr]
          for one in colours(words)),
        *(Stated(Claim("size", words[one.begin : one.end]), one.begin, one.end)
          for one in sizes(words)),
    ]  # fmt: skip
    # A colour may stand where no word ends: any sign of one is a claim.
    signs = [
        Stated(Claim("colour", sign), at, at + 1)
        for at, sign in enumerate(words)
        if sign in _COLOUR_SIGNS
    ]
    return (*written, *stretches, *said, *signs, *deeds(words), *states(words))


class Checker:
    """Holds texts against the evidence of one turn."""

    def __init__(self, evidence: Evidence) -> None:
        self._gazetteer = evidence.gazetteer
        done = evidence.deeds
        self._true = {Claim("deed", one) for one in (*done, *map(promised, done))}
        for text in (*evidence.texts, *evidence.names):
            for one in claims(text, None):
                self._true.add(one.claim)
                if one.claim.kind == "deed":
                    self._true.add(Claim("deed", promised(one.claim.value)))
                if one.claim.kind == "date" and (dated := _DATED.fullmatch(one.claim.value)):
                    self._true.add(Claim("date", dated[1]))
        self._named = "\n".join(_sound(one) for one in (*evidence.texts, *evidence.names))

    def untrue(self, text: str) -> tuple[Claim, ...]:
        """The claims that nothing in the evidence holds, each once; empty when all is true."""
        found = (one.claim for one in claims(text, self._gazetteer))
        return tuple(dict.fromkeys(one for one in found if not self._holds(one)))

    def _holds(self, claim: Claim) -> bool:
        if claim in self._true:
            return True
        return claim.kind == "name" and claim.value in self._named


def _sound(name: str) -> str:
    return fold(name).replace(" ", "")
