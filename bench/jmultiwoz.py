"""JMultiWOZ-TC: which tool a turn calls, with which arguments, without a language model.

`--data FILE` is dialogues.jsonl.gz (not ours to ship). Scored per user turn with the gold history:
the tool or none, the whole call on call turns, slot F1 where the tool is right. The last 500
dialogues are only scored with `--last`; without it the model learns the first 2,700 and is
scored on those behind them, which is what it may be tuned on.

The reader (days, times), the features and the training are the product's. What is here is what
travel needs: where each slot's value can come from, and a classifier that learns which to take.
"""

import argparse
import gzip
import json
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import msgspec
import numpy as np

from bench._course import Course, matters
from bench._measure import say
from kaiwa.bot.nlu.intents.features import BUCKETS, Features, features
from kaiwa.bot.nlu.intents.training import Rows, Trained, train
from kaiwa.bot.nlu.reader.calendar import times
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.reader.numbers import JAPANESE, small_number
from kaiwa.bot.nlu.slot import Clock

LAST: Final = 500
TUNED_ON: Final = 2_700
CITIES: Final = "札幌 仙台 東京 横浜 名古屋 京都 大阪 福岡 那覇".split()
PLACES: Final = "hotel restaurant attraction shopping".split()
DOMAIN_WORDS: Final = {
    "hotel": "ホテル|宿|旅館|泊ま|宿泊",
    "restaurant": "飲食店|レストラン|お店|食事|店",
    "attraction": "観光|名所|施設|スポット",
    "shopping": "買い物|ショッピング|買物|お店",
}
MATTER_WORDS: Final = DOMAIN_WORDS | {"taxi": "タクシー", "weather": "天気|天候|気温|気候"}
STRENGTH: Final = 8.0  # of the tool's regression, by the dialogues it may be tuned on
KEYWORDS: Final = (
    "予約 お願い はい 天気 タクシー 他 ホテル 宿 飲食 食事 観光 買い物 ありがとう 電話 "
    "住所 いくら 料金 何時 営業 無し なし 変更 変え 日付 時間 出発 目的地 人数 以上 大丈夫 "
    "そこ それ では やっぱり 探し 教えて ありますか 駅 無料 WiFi 最寄り いいえ いや 気温 "
    "そちら 決め"
).split()
BOT_SAYS: Final = (
    "予約番号 完了 できませんでした とれません 見つかりません いかが ご希望 エリア 日付 人数 "
    "出発地 時間 何名 他に 教えて よろしい 件 電話番号 住所 承知 申し訳"
).split()


class Turn(msgspec.Struct):
    """One user turn with what is known before the bot answers it."""

    user: str
    bot: str
    last: dict[str, dict[str, str]]
    tools: list[str]
    focus: dict[str, str]
    city: str
    date: dict[str, str]
    heard: dict[str, str]
    bot_told: dict[str, str]
    read: Features
    waited: int
    share: int
    course: list[str]
    call: tuple[str, dict[str, str]] | None


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


_VAGUE: Final = re.compile(
    r"^(?:そこ|そちら|ここ|その|この|先ほど|さっき|最初|ホテル$|お店$|駅|それ|あと|こちら|どこ|\d)|時$|分$|円|人$|宿泊先|滞在先|日$"
    r"|件|ご希望|条件|予約|エリア|ジャンル"
)
_MONTH_DAY = re.compile(rf"({JAPANESE})\s*(?:月の?|/|／)\s*({JAPANESE})日?")
_DAY = re.compile(rf"({JAPANESE})日(?!間)")
_PEOPLE = re.compile(
    rf"({JAPANESE}|ひとり|ふたり|一人|二人)\s*(?:人(?!前|気)|名(?!前|所|称|古屋|鉄)|名様)"
)
_ALONE = re.compile(r"ひとり|1人|一人|ふたり|二人")
_NIGHTS = re.compile(rf"({JAPANESE})\s*(?:泊|日間|晩)")
_STATION = re.compile(r"([^、。はがをにで「」（(\s]{1,14}(?:（[^）]{1,8}）)?駅)")
_STATION_NOISE = re.compile(r"^(?:最寄り?(?:の|が|は)?|近い|近く|の|から|一番|そこ|どの|何)+")
_AREA = re.compile(r"([一-鿿]{1,4}区)")
_FREE: Final = {"有料": "有り(有料)"}


def told(text: str, genres: dict[str, str], areas: set[str], stations: set[str]) -> dict[str, str]:
    """What a text says of every slot that has a form of its own."""
    found: dict[str, str] = {}
    plain = normalised(text).text
    for month, day in _MONTH_DAY.findall(plain)[:1]:
        if (m := small_number(month)) and (d := small_number(day)) and m <= 12 and d <= 31:
            found |= {"month": str(m), "day": str(d)}
    if "day" not in found and (days := _DAY.findall(plain)) and (d := small_number(days[0])):
        found["day"] = str(d)
    clocks = [one.slot for one in times(plain) if isinstance(one.slot, Clock)]
    if clocks and clocks[0].until is None:
        found |= {"hour": str(clocks[0].at.hour), "minute": str(clocks[0].at.minute)}
    if people := _PEOPLE.search(plain):
        number = {"ひとり": 1, "ふたり": 2}.get(people[1]) or small_number(people[1])
        found["people"] = str(number)
    elif alone := _ALONE.search(plain):
        found["people"] = "2" if alone[0] in ("ふたり", "二人") else "1"
    if nights := _NIGHTS.search(plain):
        found["stay"] = str(small_number(nights[1]))
    for word, value in (
        ("安", "安め"),
        ("リーズナブル", "安め"),
        ("普通", "普通"),
        ("高め|高級|高い", "高め"),
    ):
        if re.search(word, plain):
            found.setdefault("pricerange", value)
    price = _FREE.get("有料") if "有料" in plain and "無料" not in plain else "有り(無料)"
    for slot, words in (
        ("wifi", "wi-?fi|ワイファイ"),
        ("parking", "駐車|パーキング|車を(?:停|止)"),
    ):
        if re.search(words, plain):
            found[slot] = str(price)
    for slot, words, value in (
        ("withrestaurant", "レストラン|食事|食堂|飲食", "有り"),
        ("cashless", "キャッシュレス|カード|電子マネー", "対応"),
        ("jumbo", "ジャンボ|大人数|大きい", "対応"),
    ):
        if re.search(words, plain):
            found[slot] = value
    found |= _listed(text, genres, areas, stations)
    return found


def _listed(
    text: str, genres: dict[str, str], areas: set[str], stations: set[str]
) -> dict[str, str]:
    found = {}
    if word := max((word for word in genres if word in text), key=len, default=""):
        found["genre"] = genres[word]
    if area := max((one for one in areas if one in text), key=len, default=""):
        found["area"] = area
    elif named := _AREA.search(text):
        found["area"] = named[1]
    elif short := [
        one for one in areas if len(one) > 2 and f"{one.removesuffix('区')}地区" in text
    ]:
        found["area"] = short[0]
    if station := max((one for one in stations if one in text), key=len, default=""):
        found["station"] = station
    elif named := _STATION.search(text):
        name = _STATION_NOISE.sub("", named[1])
        if name != "駅":
            found["station"] = name
    elif "最寄" in text:
        near = [one for one in stations if len(one) > 3 and one.removesuffix("駅") in text]
        found |= {"station": max(near, key=len)} if near else {}
    return found


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
        read = [self._tool_features(turn) for turn in turns]
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
        tool = _best(self._tool, self._tool_features(turn))
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
        ranked = _ranked(self._source[slot], self._slot_features(slot, tool, turn, offers))
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

    def _tool_features(self, turn: Turn) -> Features:
        found = dict(turn.read)
        for bucket, weight in features(normalised(turn.bot[-60:]).text, "ja").items():
            found[(bucket * 31 + 7) % BUCKETS] = 0.5 * weight
        tools = ["-", *turn.tools]
        marks = [f"1={tools[-1]}", f"2={tools[-2:]}", f"n={min(len(tools), 6)}"]
        said = [word for word in KEYWORDS if word in turn.user]
        asked = [word for word in BOT_SAYS if word in turn.bot]
        marks += [f"u={word}|{tools[-1]}" for word in said] + [
            f"b={word}|{tools[-1]}" for word in asked
        ]
        marks += [f"bu={one}|{two}" for one in said for two in asked]
        before = turn.last.get(tools[-1], {})
        fresh = [slot for slot, value in turn.heard.items() if before.get(slot) != value]
        marks += [f"s={slot}|{tools[-1]}" for slot in turn.heard]
        marks += [f"new={slot}|{tools[-1]}|{turn.waited}" for slot in fresh]
        marks += [f"new={slot}|{tools[-1]}|share={turn.share}" for slot in fresh]
        domain = tools[-1].split("_")[-1]
        chosen = turn.focus.get(domain, "?") in turn.user
        known = before.get("name") == turn.focus.get(domain)
        marks += [f"wait={turn.waited}|{tools[-1]}", f"share={turn.share}|{bool(fresh)}"]
        marks += [f"chosen={chosen}|{known}|{turn.share}", f"chosen={chosen}|{known}|{tools[-1]}"]
        for word in ("にします", "にし", "お願い", "教えて", "予約"):
            if word in turn.user:
                marks.append(f"{word}|{chosen}|{known}|{turn.share}|{tools[-1]}")
        city = [city for city in CITIES if city in turn.user]
        marks += [f"city={bool(city)}|{tools[-1]}"]
        if self._names.asked(turn.user):
            marks.append(f"name|{tools[-1]}")
        marks += [f"so far: {mark}" for mark in turn.course]
        return found | {_bucket(mark): 1.5 for mark in marks}

    def _slot_features(
        self, slot: str, tool: str, turn: Turn, offers: dict[str, str | None]
    ) -> Features:
        found = dict(turn.read)
        tools = ["-", *turn.tools]
        there = [source for source, value in offers.items() if value]
        marks = [f"t={tool}", f"p={tools[-1]}|{tool}", f"same={tool in turn.last}|{tool}"]
        marks += [f"o={source}|{tool}" for source in there]
        marks += [f"o={'+'.join(sorted(there))}|{tool}", f"all={'+'.join(sorted(there))}"]
        named = self._names.asked(turn.user) is not None
        marks += [f"name={named}|{tool}|{'prev' in there}"]
        marks += [f"w={word}|{'+'.join(sorted(there))}" for word in KEYWORDS if word in turn.user]
        slots = turn.heard
        marks += [f"s={one}|{tool}|{'prev' in there}" for one in slots]
        if offers.get("user") and offers.get("prev"):
            marks.append(f"equal={offers['user'] == offers['prev']}")
        if slot in ("departurepoint", "arrivalpoint"):
            for place, words in DOMAIN_WORDS.items():
                for found_word in re.finditer(words, turn.user):
                    after = turn.user[found_word.end() : found_word.end() + 4]
                    way = "から" if "から" in after else "まで" if "まで" in after else "-"
                    marks.append(f"d={place}|{way}|{bool(offers.get(place))}")
        return found | {_bucket(mark): 2.0 for mark in marks}

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
            read.append(self._slot_features(slot, tool, turn, offers))
            labels.append(label)
        return train(read, labels)


def _share(turns: Sequence[Turn], tool: str, slot: str) -> float:
    own = [turn.call[1] for turn in turns if turn.call and turn.call[0] == tool]
    return sum(slot in one for one in own) / len(own)


def _bucket(mark: str) -> int:

    return crc32(mark.encode()) % BUCKETS


def _scores(model: Trained, read: Features) -> np.ndarray:
    return (Rows([read], model.columns, model.idf).times(model.weights) + model.bias)[0]


def _best(model: Trained, read: Features) -> str:
    return model.classes[int(_scores(model, read).argmax())]


def _ranked(model: Trained, read: Features) -> list[str]:
    return [model.classes[at] for at in np.argsort(-_scores(model, read))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="dialogues.jsonl.gz")
    parser.add_argument("--last", action="store_true", help="score the last 500; never tune on it")
    parser.add_argument("--misses", type=int, default=0, help="print so many wrong calls")
    given = parser.parse_args()
    lines = gzip.decompress(given.data.read_bytes()).splitlines()
    every = [json.loads(line) for line in lines]
    seen = every[:-LAST]
    learn, test = (seen, every[-LAST:]) if given.last else (seen[:TUNED_ON], seen[TUNED_ON:])
    begun = time.process_time()
    tracker = Tracker(learn)
    say("jmultiwoz_training", time.process_time() - begun, "s CPU")
    _score(tracker, test, given.misses)


def _score(tracker: Tracker, test: Sequence[dict[str, Any]], misses: int) -> None:
    turns = right = calls = exact = hit = called = wanted = 0
    spent: list[float] = []
    wrong: dict[str, int] = {}
    for dialogue in test:
        for turn in tracker.turns(dialogue):
            begun = time.thread_time()
            got = tracker.call(turn)
            spent.append((time.thread_time() - begun) * 1000)
            turns += 1
            same = (got and got[0]) == (turn.call and turn.call[0])
            right += same
            if turn.call is None:
                continue
            calls += 1
            exact += got == turn.call
            if same and got is not None:
                one, two = set(got[1].items()), set(turn.call[1].items())
                hit, called, wanted = hit + len(one & two), called + len(one), wanted + len(two)
                for slot, _ in one ^ two:
                    wrong[slot] = wrong.get(slot, 0) + 1
            if got != turn.call and misses:
                misses -= 1
                print(turn.bot, "|", turn.user, "\n   ", got, "\n   ", turn.call)
    if misses or wrong:
        print(sorted(wrong.items(), key=lambda pair: -pair[1]))
    spent.sort()
    say("jmultiwoz_tool", 100 * right / turns, "%", "98")
    say("jmultiwoz_full_call", 100 * exact / calls, "%", "70")
    say("jmultiwoz_slot_f1", 2 * hit / (called + wanted), "", "0.90")
    say("jmultiwoz_turn_p99", spent[len(spent) * 99 // 100], "ms CPU", "10")


if __name__ == "__main__":
    main()
