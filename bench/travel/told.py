"""What one line of a travel talk says of the slots that have a form of their own."""

import re
from typing import Final

from kaiwa.bot.nlu.reader.calendar import times
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.reader.numbers import JAPANESE, small_number
from kaiwa.bot.nlu.slot import Clock

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
