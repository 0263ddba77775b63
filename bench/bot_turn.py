"""Microseconds a turn of the bot takes with 1,000 FAQ entries, beside a call that does nothing."""

import time
from collections.abc import Callable

from kaiwa.bot.respond import respond
from kaiwa.bot.turn import Snapshot, Turn, turn_of
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.retrieval import FaqIndex
from kaiwa.vocabulary.content import Text

ENTRIES = 1_000
TURNS = 2_000
LIMIT_US = 2_000
LIMIT_BUILD_S = 1.0

THINGS = "急須 鉄瓶 湯のみ 包丁 まな板 土鍋 茶筒 おろし金 ざる 菜箸".split()
MATTERS = "送料 返品 保証 手入れ 在庫 包装 修理 納期 領収書 寸法".split()
ASKED = [
    "送料は？",
    "急須の手入れ方法を教えてください",
    "こんにちは",
    "今日の天気は？",
    "3号の土鍋の修理はできますか",
]


def entries() -> list[FaqEntry]:
    """As many questions as a large shop has, alike as they are in real ones."""
    written = []
    for number in range(ENTRIES):
        thing, matter = THINGS[number % 10], MATTERS[number // 10 % 10]
        question = f"{thing}{number // 100}号の{matter}について教えてください"
        answer = f"{thing}の{matter}は商品ページの第{number}項にあります。"
        written.append(FaqEntry(number, question, answer, "ja", (matter,)))
    return written


def nothing(turn: Turn, knowledge: FaqIndex) -> None:
    """The price of the loop and the call."""


def times_us(act: Callable[[Turn, FaqIndex], object], knowledge: FaqIndex) -> list[float]:
    """How long each of the turns took, in rising order."""
    turns = [turn_of(Text(text), "ja", Snapshot("木立道具店")) for text in ASKED]
    found = []
    for number in range(TURNS):
        began = time.perf_counter()
        act(turns[number % len(turns)], knowledge)
        found.append((time.perf_counter() - began) * 1e6)
    return sorted(found)


def main() -> None:
    written = entries()
    began = time.perf_counter()
    knowledge = FaqIndex(written)
    built_s = time.perf_counter() - began
    print(f"index of {ENTRIES:,} entries: {built_s:.2f} s (limit {LIMIT_BUILD_S:.0f} s)")
    for name, act in (("no-op", nothing), ("turn", respond)):
        found = times_us(act, knowledge)
        p50, p99 = found[len(found) // 2], found[len(found) * 99 // 100]
        print(f"{name}: p50 {p50:,.1f} µs, p99 {p99:,.1f} µs (limit of a turn {LIMIT_US:,} µs)")


if __name__ == "__main__":
    main()
