"""What a turn asks for beside its values: a fact of a place, a wish taken back, a place by name."""

import re
from collections.abc import Iterator
from typing import Final

from bench.travel.course import NEEDED
from bench.travel.turn import Turn

_FACTS: Final = (
    "電話 住所 営業 料金 入場 駐車 Wi エリア 駅 ジャンル タイプ チェックイン 価格 値段 "
    "ジャンボ キャッシュ レストラン"
).split()
_POINTS: Final = re.compile("そこ|そちら|それ|ここ")
_ASKS: Final = re.compile("教えて|ですか|ますか|知りたい|でしょうか|[?？]")
_TAKEN_BACK: Final = re.compile("なくて|なしで|以外|こだわ|外し|除|問わ|どちらでも|どこでも|何でも")
_NOTHING_FOUND: Final = re.compile(
    "ございません|ありません|見つかりません|該当が|できません|満室|とれません"
)
_OFFERS: Final = re.compile("いかが|どう")
_YES: Final = re.compile("はい|ええ|そう|うん|お願い|大丈夫")


def asking(turn: Turn, named: str | None, gathered: set[str]) -> Iterator[str]:
    """Marks; `named` is the place asked for by name, `gathered` the slots told so far."""
    tool = turn.tools[-1] if turn.tools else "-"
    here = tool.split("_")[-1]
    before = turn.last.get(tool, {})
    new = sorted(slot for slot, value in turn.heard.items() if before.get(slot) != value)
    focus = turn.focus.get(here)
    known = before.get("name") == focus
    points = bool(focus and focus in turn.user or _POINTS.search(turn.user))
    asks = bool(_ASKS.search(turn.user))
    just = "none" if turn.waited else tool
    yield f"just={just}|{tool}|{bool(new)}|{points}|{known}"
    yield f"just={just}|{new[:3]}"
    facts = [one for one in _FACTS if one in turn.user]
    for fact in facts:
        yield f"fact={fact}|{asks}|{known}|{points}|{tool}"
        yield f"fact={fact}|{fact in turn.bot}|{known}|{here}"
        yield f"fact={fact}|{just}|{known}"
    yield f"facts={len(facts)}|{known}|{points}|{tool}|{just == 'none'}"
    looked_up = turn.last.get(f"Search_{here}", {}).get("name")
    yield f"by name={bool(named)}|{named == looked_up}|{focus == named}|{asks}|{here}"
    yield from _answering(turn, (tool, just), (bool(new), asks))
    missing = "".join(str(int(slot in gathered)) for slot in NEEDED.get(here, ()))
    sure = "お間違い" in turn.bot or "よろしい" in turn.bot
    nothing = bool(_NOTHING_FOUND.search(turn.bot))
    yield f"ready={missing}|{just}|{'予約' in turn.user}|{nothing}|{sure}"
    offers = bool(_OFFERS.search(turn.bot))
    yield f"offers={offers}|{nothing}|{known}|{points}|{bool(focus)}"


def _answering(turn: Turn, tools: tuple[str, str], how: tuple[bool, bool]) -> Iterator[str]:
    """How the turn answers what was just said to it."""
    (tool, just), (new, asks) = tools, how
    back = bool(_TAKEN_BACK.search(turn.user))
    yield f"back={back}|{tool}|{just}"
    nothing = bool(_NOTHING_FOUND.search(turn.bot))
    yield f"nothing={nothing}|{back}|{new}|{asks}|{tool}"
    yes = bool(_YES.match(turn.user))
    yield f"yes={yes}|{tool}|{'よろしい' in turn.bot}|{'お間違い' in turn.bot}|{just}"
    yield f"heard={len(turn.heard)}|{not turn.tools}|{asks}"
