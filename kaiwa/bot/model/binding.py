"""Each fact stays with what it is about: no slot is misplaced, repeated or left out."""

import re
from collections.abc import Iterator
from typing import Final

from kaiwa.bot.model.labels import labels
from kaiwa.bot.model.slots import NAMING, PLACE, Slotted

MOST_USES: Final = 3
_NEIGHBOURS: Final = re.compile(rf"(?={PLACE.pattern}\s?{PLACE.pattern})")
_SENTENCE: Final = re.compile(r"[。！？!?\n]+|\.(?=\s|$)", re.ASCII)


def misplaced(raw: str, slots: Slotted) -> str | None:
    """What is wrong with the places of a text so far, in words for the log; None when nothing.

    What holds of a text holds of its beginnings, so sentences can be checked as they come.
    """
    uses = PLACE.findall(raw)
    if stray := [one for one in uses if one not in slots.values]:
        return f"no such place: {stray[0]}"
    for name in dict.fromkeys(uses):
        most = MOST_USES if slots.kinds[name] in ("fact", "name") else 1
        if uses.count(name) > most:
            return f"used too often: {name}"
    return (
        _run_together(raw, slots)
        or _out_of_order(uses, slots)
        or _mislabelled(raw, slots)
        or _given_to_another(raw, slots)
    )


def left_out(raw: str, slots: Slotted) -> tuple[str, ...]:
    """The places that a whole text lacks."""
    uses = set(PLACE.findall(raw))
    return tuple(name for name in slots.values if name not in uses)


def _run_together(raw: str, slots: Slotted) -> str | None:
    """Two numbers side by side would be read as one."""
    for one, other in _NEIGHBOURS.findall(raw):
        if slots.values[one][-1:].isdigit() and slots.values[other][:1].isdigit():
            return f"{one} runs into {other}"
    return None


def _out_of_order(uses: list[str], slots: Slotted) -> str | None:
    """Two prices without names keep their order: nothing else would tell which is which."""
    order = list(slots.values)
    last: dict[str, int] = {}
    for name in uses:
        kind = slots.kinds[name]
        if kind in ("fact", "name"):
            continue
        if last.get(kind, -1) > order.index(name):
            return f"out of order: {name}"
        last[kind] = order.index(name)
    return None


def _mislabelled(raw: str, slots: Slotted) -> str | None:
    told = labels("\n".join(slots.texts))
    for name, label in labels(raw).items():
        if slots.kinds[name] in ("quote", "name", "link") or _attribute(name) in NAMING:
            continue
        if told.get(name) != label and label not in _around(name, slots):
            return f"{name} called {label}"
    return None


def _around(name: str, slots: Slotted) -> set[str]:
    """Every label that is said in the same sentence of the template."""
    near: set[str] = set()
    for text in slots.texts:
        for sentence in _SENTENCE.split(text):
            if f"{{{{{name}}}}}" in sentence:
                others = PLACE.findall(sentence)
                if len([one for one in others if slots.kinds[one] != "name"]) == 1:
                    alone = sentence.replace("、", " ").replace(",", " ")
                    near |= set(labels(alone).values())
    return near


def _given_to_another(raw: str, slots: Slotted) -> str | None:
    """A value beside the name of another thing than its own."""
    named = {one.split(".")[0] for one in slots.values if _attribute(one) in NAMING}
    owners = {one.split(".")[0] for one in slots.values if "." in one}
    last: str | None = None
    for sentence in _sentences(raw):
        places = PLACE.findall(sentence)
        for at, name in enumerate(places):
            owner = name.split(".")[0]
            if _attribute(name) in NAMING:
                last = owner
                continue
            if "." not in name or owner not in named:
                continue
            before = [one for one in places[:at] if _attribute(one) in NAMING]
            after = [one for one in places[at:] if _attribute(one) in NAMING]
            meant = before[-1] if before else after[0] if after else last
            if meant is None and len(owners) == 1:
                continue
            if meant is None or meant.split(".")[0] != owner:
                return f"{name} beside {meant or 'no name'}"
    return None


def _attribute(name: str) -> str:
    return name.partition(".")[2]


def _sentences(raw: str) -> Iterator[str]:
    """The sentences of a text; the dot in a place ends none."""
    at = 0
    inside = [found.span() for found in PLACE.finditer(raw)]
    for stop in _SENTENCE.finditer(raw):
        if not any(begin < stop.end() and stop.start() < end for begin, end in inside):
            yield raw[at : stop.end()]
            at = stop.end()
    yield raw[at:]
