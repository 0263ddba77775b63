"""What a classifier looks at when it chooses a tool, and where a slot's value comes from."""

import re
from typing import Final
from zlib import crc32

from bench.travel.turn import Turn
from kaiwa.bot.nlu.intents.features import BUCKETS, Features, features
from kaiwa.bot.nlu.reader.normal import normalised

CITIES: Final = "札幌 仙台 東京 横浜 名古屋 京都 大阪 福岡 那覇".split()
DOMAIN_WORDS: Final = {
    "hotel": "ホテル|宿|旅館|泊ま|宿泊",
    "restaurant": "飲食店|レストラン|お店|食事|店",
    "attraction": "観光|名所|施設|スポット",
    "shopping": "買い物|ショッピング|買物|お店",
}
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


def tool_marks(turn: Turn, named: bool) -> Features:
    """For choosing the tool; `named`: the user asks for a place by name."""
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
    if named:
        marks.append(f"name|{tools[-1]}")
    marks += [f"so far: {mark}" for mark in turn.course]
    return found | {_bucket(mark): 1.5 for mark in marks}


def slot_marks(
    slot: str, tool: str, turn: Turn, offers: dict[str, str | None], named: bool
) -> Features:
    """For choosing where the slot of a tool gets its value; `offers` by source."""
    found = dict(turn.read)
    tools = ["-", *turn.tools]
    there = [source for source, value in offers.items() if value]
    marks = [f"t={tool}", f"p={tools[-1]}|{tool}", f"same={tool in turn.last}|{tool}"]
    marks += [f"o={source}|{tool}" for source in there]
    marks += [f"o={'+'.join(sorted(there))}|{tool}", f"all={'+'.join(sorted(there))}"]
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


def _bucket(mark: str) -> int:
    return crc32(mark.encode()) % BUCKETS
