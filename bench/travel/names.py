"""Names of places in Japanese travel talks: those known, and those a sentence introduces."""

import re
from collections.abc import Sequence
from typing import Final

_VAGUE: Final = re.compile(
    r"^(?:そこ|そちら|ここ|その|この|先ほど|さっき|最初|ホテル$|お店$|駅|それ|あと|こちら|どこ|\d)|時$|分$|円|人$|宿泊先|滞在先|日$"
    r"|件|ご希望|条件|予約|エリア|ジャンル"
)


class Names:
    """Names of places: those that were called before, and what a sentence introduces."""

    _OFFERED = (
        re.compile(
            r"(?:^|[、。「]|では|例えば|たとえば|でしたら|ですと|なら)([^、。「」?？]{2,32}?)」?"
            r"(?:は|など|なんか|なんて|という\w{1,6})(?:、)?(?:いかが|如何|どう)"
        ),
        re.compile(r"「([^」]{2,32})」"),
        re.compile(
            r"(?:^|[、。]|では|例えば|たとえば|でしたら|ですと|には)([^、。「」?？]{2,32}?)"
            r"(?:という|が(?:1件)?(?:ございます|おすすめ|オススメ|ご案内|該当|見つか))"
        ),
    )
    _ASKED = (
        re.compile(r"[「<＜『]([^」>＞』]{2,32})[」>＞』]"),
        re.compile(
            r"(?:名前(?:が|は)|^|[、。])([^、。は]{2,32}?)(?:という|って(?:いう|ところ|お店))"
        ),
    )
    _FROM = (
        re.compile(
            r"(?:出発地|出発|乗車地|乗車)(?:地点)?(?:は|が|を|:|：)([^、。]{2,34}?)(?:から|で|、|。|です|$|に)"
        ),
        re.compile(r"(?:^|[、。にで]|日に|時に|分に)([^、。]{2,34}?)(?:から|を出発)"),
    )
    _TO = (
        re.compile(
            r"(?:目的地|到着地|行き先|降車地|到着)(?:は|が|を|:|：)([^、。]{2,34}?)(?:まで|で|、|。|です|$|に)"
        ),
        re.compile(r"(?:から|から、|^|[、。])([^、。]{2,34}?)まで"),
    )

    def __init__(self, known: set[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(known, key=len, reverse=True):
            if len(name) > 2:
                self._by_start.setdefault(name[:2], []).append(name)

    def known(self, text: str) -> list[str]:
        """Known names in the text, in its order, the longest at each place."""
        found, at = [], 0
        while at < len(text) - 1:
            here = self._by_start.get(text[at : at + 2], ())
            name = next((one for one in here if text.startswith(one, at)), None)
            if name is not None:
                found.append(name)
            at += len(name) if name else 1
        return found

    def offered(self, bot: str) -> str | None:
        """The place that the bot spoke of last."""
        known = self.known(bot)
        return known[-1] if known else self._first(self._OFFERED, bot)

    def asked(self, user: str) -> str | None:
        """The place that the user asks for."""
        known = self.known(user)
        return known[0] if known else self._first(self._ASKED, user)

    def way(self, user: str) -> tuple[str | None, str | None]:
        """Where a ride begins and where it ends, as far as the text names them."""
        ends: list[str | None] = []
        for patterns in (self._FROM, self._TO):
            named = [found[1].strip() for one in patterns for found in one.finditer(user)]
            inside = [name for text in named for name in self.known(text)]
            plain = [text for text in named if not _VAGUE.search(text)]
            ends.append(next(iter(inside or plain), None))
        known = self.known(user)
        if len(known) == 2 and None in ends:
            ends = [known[0], known[1]]
        return ends[0], ends[1]

    @staticmethod
    def _first(patterns: Sequence[re.Pattern[str]], text: str) -> str | None:
        every = (found[1].strip() for one in patterns for found in one.finditer(text))
        return next((one for one in every if not _VAGUE.search(one)), None)
