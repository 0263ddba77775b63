"""How a travel dialogue has gone so far: what was gathered, how this helper tends to act.

General marks for choosing a tool: is all known that a booking needs, did fresh wishes lead to a
search before, does what is named belong to another matter than the one at hand.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

NEEDED: Final = {
    "taxi": ("day", "hour", "departurepoint", "arrivalpoint"),
    "restaurant": ("day", "hour", "people"),
    "hotel": ("day", "people", "stay"),
}
_PARTS = re.compile(r"[・や（）(),、\s]+|等$")
_POINTS = re.compile("そこ|そちら|それ|ここ")
_ASKS = re.compile("教えて|ですか|ますか|知りたい|でしょうか|[?？]")
_CONFIRMS = re.compile("よろしい|お間違い")
_CONFIRMS_OR_ASKS = re.compile("よろしい|お間違い|でしょうか")


def matters(dialogues: list[dict[str, Any]]) -> dict[str, str]:
    """Names and kinds of places, each with the matter that it mostly belongs to."""
    seen: dict[str, Counter[str]] = {}
    for dialogue in dialogues:
        for calls in dialogue["calls"]:
            for call in calls[:1]:
                matter = call["name"].split("_")[1]
                for slot in {"name", "genre"} & call["arguments"].keys():
                    value = str(call["arguments"][slot])
                    parts = _PARTS.split(value) if slot == "genre" else []
                    for word in {value, *parts} - {"その他"}:
                        if len(word) > 1:
                            seen.setdefault(word, Counter())[matter] += 1
    return {word: counts.most_common(1)[0][0] for word, counts in seen.items()}


class Course:
    """One dialogue, told turn by turn: first `marks`, then `went` with what was called."""

    def __init__(self, matter_of: Mapping[str, str], words: Mapping[str, str]) -> None:
        self._words = {name: re.compile(pattern) for name, pattern in words.items()}
        self._by_start: dict[str, list[str]] = {}
        for word in sorted(matter_of, key=len, reverse=True):
            self._by_start.setdefault(word[:2], []).append(word)
        self._matter_of = matter_of
        self.begin()

    def begin(self) -> None:
        """A new dialogue."""
        self._gathered: set[str] = set()
        self._fresh = [0, 0]
        self._chosen = [0, 0]
        self._confirmed = self._named = 0

    def marks(self, turn: Any, way: tuple[str | None, str | None]) -> list[str]:
        """What is worth knowing before this turn is answered."""
        tool = turn.tools[-1] if turn.tools else "-"
        here = tool.split("_")[-1]
        before = turn.last.get(tool, {})
        fresh = any(before.get(slot) != value for slot, value in turn.heard.items())
        ends = [name for name, end in zip(NEEDED["taxi"][2:], way, strict=True) if end]
        now = {*turn.heard, *ends}
        self._gathered |= now
        needed = NEEDED.get(here, ())
        dated = self.gathered(turn)
        have = "".join(str(int(slot in dated)) for slot in needed)
        just = "".join(str(int(slot in now)) for slot in needed)
        focus = turn.focus.get(here)
        known = before.get("name") == focus
        points = bool(focus and focus in turn.user) or bool(_POINTS.search(turn.user))
        asks = bool(_ASKS.search(turn.user))
        self._now = (fresh, bool(points and not known and focus))
        eager, chosen = _share(self._fresh), _share(self._chosen)
        found = [f"have={here}|{have}", f"have={here}|{have}|{tool}", f"now={here}|{just}|{have}"]
        found.append(f"have={here}|{have}|{'予約' in turn.user}|{'お願い' in turn.user}")
        found += [f"eager={eager}|{fresh}", f"eager={eager}|{fresh}|{tool}"]
        found.append(f"chosen={chosen}|{points}|{known}")
        found.append(f"chosen={chosen}|{points}|{known}|{asks}|{here}")
        found.append(f"named={min(self._named, 3)}|{points}|{known}|{asks}")
        sure = bool(_CONFIRMS_OR_ASKS.search(turn.bot))
        found.append(f"sure={sure}|{tool}|{min(self._confirmed, 2)}")
        found.append(f"sure={min(self._confirmed, 2)}|{have}|{here}")
        return [*found, *self._of_matters(turn, here, tool, (fresh, eager))]

    def gathered(self, turn: Any) -> set[str]:
        """The slots told since the last booking; a day that was told for another one counts."""
        return self._gathered | ({"day"} if turn.date else set())

    def _of_matters(self, turn: Any, here: str, tool: str, how: tuple[bool, str]) -> Iterator[str]:
        fresh, eager = how
        things = list(self._things(turn.user))
        spoken = [name for name, pattern in self._words.items() if pattern.search(turn.user)]
        for kind, matter in [("thing", one) for one in things] + [("word", one) for one in spoken]:
            yield f"{kind}={matter}|{tool}"
            yield f"{kind}={matter}|{matter == here}|{bool(turn.heard)}"
        yield from (f"thing={matter}" for matter in things)
        other = sorted({*things, *spoken} - {here})
        yield f"other={bool(other)}|{fresh}|{eager}"
        yield f"other={other}|{bool(turn.heard)}"
        yield f"slots={min(len(turn.heard), 4)}|{not turn.tools}|{sorted(spoken)}"
        yield f"city={bool(turn.city)}|{bool(other)}"
        yield f"turn={min(turn.waited, 4)}|{bool(other)}|{fresh}"

    def went(self, bot: str, call: tuple[str, dict[str, str]] | None) -> None:
        """What this turn called, if anything."""
        fresh, chose = self._now
        if fresh:
            self._fresh = [self._fresh[0] + (call is not None), self._fresh[1] + 1]
        if chose:
            self._chosen = [self._chosen[0] + (call is not None), self._chosen[1] + 1]
        if call is None:
            return
        self._confirmed += bool(_CONFIRMS.search(bot))
        self._named += "name" in call[1]
        if call[0].startswith("Booking"):
            self._gathered = set()

    def _things(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text) - 1:
            words = self._by_start.get(text[at : at + 2], ())
            word = next((one for one in words if text.startswith(one, at)), None)
            if word is not None:
                yield self._matter_of[word]
            at += len(word) if word else 1


def _share(of: list[int]) -> str:
    return f"{min(of[1], 3)}:{round(3 * of[0] / of[1])}" if of[1] else "?"
