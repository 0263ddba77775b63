"""Learns from travel talks which tool a turn calls and where each argument comes from."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from bench.travel.asking import asking
from bench.travel.course import Course, matters
from bench.travel.marks import CITIES, DOMAIN_WORDS, slot_marks, tool_marks
from bench.travel.names import Names
from bench.travel.told import told
from bench.travel.turn import Turn
from kaiwa.bot.nlu.intents.features import Features, features
from kaiwa.bot.nlu.intents.training import Rows, Trained, train
from kaiwa.bot.nlu.reader.normal import normalised

PLACES: Final = "hotel restaurant attraction shopping".split()
MATTER_WORDS: Final = DOMAIN_WORDS | {"taxi": "タクシー", "weather": "天気|天候|気温|気候"}
# Of the tool's regression, by the dialogues it may be tuned on.
STRENGTH: Final = 16.0
LEAN: Final = 0.4  # how much a call is favoured, in nats: the regression is shy of seldom tools


class Tracker:
    """Learns tools and where slots come from, then calls."""

    def __init__(self, dialogues: Sequence[dict[str, Any]]) -> None:
        values: dict[str, set[str]] = {}
        for dialogue in dialogues:
            for calls in dialogue["calls"]:
                for call in calls[:1]:
                    for slot, value in call["arguments"].items():
                        values.setdefault(slot, set()).add(str(value))
        rides = values["departurepoint"] | values["arrivalpoint"]
        self._names = Names(values["name"] | rides)
        self._areas = {one for one in values["area"] if len(one) > 1}
        self._stations = values["station"]
        self._genres = {
            part: genre
            for genre in sorted(values["genre"], key=len, reverse=True)
            for part in {genre, *re.split(r"[・や（）(),、\s]+|等$", genre)}
            if len(part) > 1 and part != "その他"
        }
        self._course = Course(matters(list(dialogues)), MATTER_WORDS)
        turns = [turn for one in dialogues for turn in self.turns(one)]
        self._slots = sorted(values)
        self._used = {
            tool: {slot for t in turns if t.call and t.call[0] == tool for slot in t.call[1]}
            for tool in {t.call[0] for t in turns if t.call}
        }
        self._always = {
            tool: {slot for slot in used if _share(turns, tool, slot) > 0.99}
            for tool, used in self._used.items()
        }
        read = [self._tool_marks(turn) for turn in turns]
        tools = [turn.call[0] if turn.call else "none" for turn in turns]
        self._tool = train(read, tools, STRENGTH)
        self._source = {slot: self._learn(slot, turns) for slot in self._slots}

    def turns(self, dialogue: dict[str, Any]) -> Iterator[Turn]:
        """The user turns of a dialogue with their gold history."""
        said = dialogue["turns"]
        last: dict[str, dict[str, str]] = {}
        tools: list[str] = []
        focus: dict[str, str] = {}
        city, waited = "", 0
        self._course.begin()
        date: dict[str, str] = {}
        for at, calls in enumerate(dialogue["calls"]):
            bot = said[2 * at - 1] if at else ""
            domain = tools[-1].split("_")[1] if tools else ""
            if domain and (name := self._names.offered(bot)):
                focus[domain] = name
            gold = calls[0] if calls else None
            call = (
                (gold["name"], {k: str(v) for k, v in gold["arguments"].items()}) if gold else None
            )
            user = said[2 * at]
            turn = Turn(
                user=user,
                bot=bot,
                last=dict(last),
                tools=list(tools),
                focus=dict(focus),
                city=city,
                date=date,
                heard=told(user, self._genres, self._areas, self._stations),
                bot_told=told(bot, self._genres, self._areas, self._stations),
                read=features(normalised(user).text, "ja"),
                waited=min(waited, 4),
                share=round(4 * len(tools) / (at + 1)),
                course=[],
                call=call,
            )
            turn.course = self._course.marks(turn, self._names.way(user))
            told_so_far = self._course.gathered(turn)
            turn.course += asking(turn, self._names.asked(user), told_so_far)
            yield turn
            self._course.went(bot, call)
            waited += 1
            if call is None:
                continue
            waited = 0
            last[call[0]] = call[1]
            tools.append(call[0])
            city = call[1].get("city", city)
            date = {k: v for k, v in call[1].items() if k in ("month", "day")} or date
            if "name" in call[1]:
                focus[call[0].split("_")[1]] = call[1]["name"]

    def call(self, turn: Turn) -> tuple[str, dict[str, str]] | None:
        """What this turn calls."""
        tool = _best(self._tool, self._tool_marks(turn), LEAN)
        if tool == "none":
            return None
        arguments = {}
        for slot in sorted(self._used[tool]):
            value = self._value(slot, tool, turn)
            if value is not None:
                arguments[slot] = value
        return tool, arguments

    def _value(self, slot: str, tool: str, turn: Turn) -> str | None:
        offers = self._offers(slot, tool, turn)
        ranked = _ranked(self._source[slot], self._slot_marks(slot, tool, turn, offers))
        if slot in self._always[tool]:
            ranked = [one for one in ranked if one != "none"]
        for source in ranked:
            if source == "none":
                return None
            if offers.get(source):
                return offers[source]
        return None

    def _offers(self, slot: str, tool: str, turn: Turn) -> dict[str, str | None]:
        """Where this slot's value could come from, with the value there."""
        domain = tool.split("_")[1]
        before = turn.last.get(tool, {}).get(slot)
        other = turn.last.get(f"Search_{domain}", {}).get(slot)
        user, bot = turn.heard.get(slot), turn.bot_told.get(slot)
        offers = {"user": user, "prev": before, "bot": bot, "search": other}
        if slot == "city":
            named = [city for city in CITIES if city in turn.user]
            offers = {"user": next(iter(named), None), "prev": turn.city or None}
        elif slot in ("month", "day"):
            offers["date"] = turn.date.get(slot)
        elif slot == "name":
            offers |= {"user": self._names.asked(turn.user), "focus": turn.focus.get(domain)}
            offers["bot"] = self._names.offered(turn.bot)
        elif slot in ("departurepoint", "arrivalpoint"):
            way = self._names.way(turn.user)
            offers["user"] = way[0 if slot == "departurepoint" else 1]
            offers |= {place: turn.focus.get(place) for place in PLACES}
            offers["bot"] = None
        return offers

    def _tool_marks(self, turn: Turn) -> Features:
        return tool_marks(turn, self._names.asked(turn.user) is not None)

    def _slot_marks(
        self, slot: str, tool: str, turn: Turn, offers: dict[str, str | None]
    ) -> Features:
        return slot_marks(slot, tool, turn, offers, self._names.asked(turn.user) is not None)

    def _learn(self, slot: str, turns: Sequence[Turn]) -> Trained:
        read, labels = [], []
        for turn in turns:
            if turn.call is None or slot not in self._used[turn.call[0]]:
                continue
            tool, gold = turn.call
            offers = self._offers(slot, tool, turn)
            if slot not in gold:
                label = "none"
            else:
                right = [source for source, value in offers.items() if value == gold[slot]]
                if not right:
                    continue
                label = right[0]
            read.append(self._slot_marks(slot, tool, turn, offers))
            labels.append(label)
        return train(read, labels)


def _share(turns: Sequence[Turn], tool: str, slot: str) -> float:
    own = [turn.call[1] for turn in turns if turn.call and turn.call[0] == tool]
    return sum(slot in one for one in own) / len(own)


def _scores(model: Trained, read: Features) -> np.ndarray:
    return (Rows([read], model.columns, model.idf).times(model.weights) + model.bias)[0]


def _best(model: Trained, read: Features, lean: float) -> str:
    scores = _scores(model, read)
    scores[model.classes.index("none")] -= lean
    return model.classes[int(scores.argmax())]


def _ranked(model: Trained, read: Features) -> list[str]:
    return [model.classes[at] for at in np.argsort(-_scores(model, read))]
