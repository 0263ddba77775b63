"""A second reading, in the light of the talk: which act a text surely is where it was read else.

Rules and learner read a text and look at the talk by what somebody thought of. The weights of the
talk know from whole conversations what people say after what; where they are much surer of another
act than of the one that was read, the text is read again as that.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.context.wondered import wonders
from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.act import ACTS, OF_ORDERS, Act
from kaiwa.bot.nlu.command import Answer, Reading, StartFlow
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.slot import Written
from kaiwa.bot.nlu.talk.seen import Seen
from kaiwa.bot.nlu.talk.weights import SEVERAL, talk_weights
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader

_COURTESY: Final = frozenset({"greet", "thanks", "goodbye", "affirm", "decline"})
# Both measured by `python -m bench.talk_weights`, by shops that were left out of the learning.
SURER: Final = 0.4
SURER_THAN_WRITTEN: Final = 0.6  # where the shop has written something on it
_SURE_TO_WRITE: Final = 0.6
_TOLD_TO_WRITE: Final = 0.5  # where a verb says so: シャンプーも頼む
_BOTH_SURE: Final = 0.85  # of each of several wishes that are sentences: there are several
_SURELY: Final = 0.95
_ASKS: Final = re.compile(r"[?？]\W*$")
_MATTER: Final = 0.75
_FETCHES: Final = frozenset({"human_handoff", "complaint"})
_HEARD: Final = 0.3
_ANGER: Final = "complaint"
SURER_THAN_ANGER: Final = 0.2  # a person who is fetched for nothing is the dearer mistake
_OF_PEOPLE: Final = re.compile(
    r"社長|店長|店主|社員|従業員|あなた|君|\b(?:boss|ceo|owner|president|founder|employees?)\b",
    re.I,
)
_ENDS: Final = re.compile(r"[。.!?！？\n]")
_DOES_AT_ONCE: Final = frozenset(
    {"add_to_cart", "change_quantity", "remove_from_cart", "wishlist_add", "wishlist_remove"}
)
_SHOWS: Final = frozenset({"find_product", "product_question", "recommend", "refine"})
_PUT_IN: Final = re.compile(
    r"(?:入れ(?:て|と)|頼む|頼みます)[^。!！?？]{0,6}[。!！]*$|^\W*(?:add|put)\b", re.IGNORECASE
)
_DIFFERS: Final = re.compile(
    r"違[いうっ]|比べ|くらべ|比較|\b(?:differ\w*|compar\w*|vs|versus)\b", re.IGNORECASE
)
_OF_CODE: Final = re.compile(
    r"[a-z0-9]{4,}|コード|クーポン|くーぽん|割引|優待|使|つか|適用|試|それ|\b(?:it|that|try)\b",
    re.IGNORECASE,
)
_OF_SHOWN: Final = frozenset({"product_question", "compare", "refine"})


def seen_of(reading: Reading, requests: Sequence[Request], turn: Turn, shop: Shop) -> Seen:
    """What the weights of the talk see of a turn that was read."""
    return Seen(
        turn.text,
        reading.masked,
        reading.language,
        reading.whole,
        turn.state,
        len(shop.cart.lines) if shop.cart else 0,
        tuple(type(slot).__name__ for one in requests[:3] for slot in one.slots),
        tuple(one.how for one in requests[:3] if one.how),
    )


def surer_act(reading: Reading, requests: Sequence[Request], turn: Turn, shop: Shop) -> Act | None:
    """The act that the text surely is; None where it was read as that, or where nothing is."""
    if not reading.whole or turn.state.pending is not None or _is_settled(requests):
        return None
    likely = talk_weights(reading.language).chances(seen_of(reading, requests, turn, shop))
    best = max(likely, key=likely.__getitem__)
    matters = [one for one in requests if one.act not in _COURTESY] or list(requests)
    read = [one.act for one in matters]
    if best == SEVERAL or set(read) == {best}:
        return None  # two questions of a thing stay two
    if best in _COURTESY and len(requests) > 1 and _is_beside(best, requests, reading, turn):
        return None  # thanks, and can I choose the day too?
    if len(read) > 1 and _stand_apart(matters, turn.text, _read_as(reading)):
        return None
    if best == "checkout" and any(one.act == "add_to_cart" and one.slots for one in matters):
        return None  # a bulb too, and I'll order that: it is put in first
    put_in = best == "add_to_cart" and _PUT_IN.search(turn.text) is not None
    sure_to_write = _TOLD_TO_WRITE if put_in else _SURE_TO_WRITE
    if likely[best] < sure_to_write and best in _DOES_AT_ONCE or _is_told_so(best, matters, turn):
        return None
    if not _may_be(best, read, reading, (turn, shop)):
        return None
    if _ANGER in read and (best in OF_ORDERS or OF_ORDERS.intersection(read)):
        return None  # it arrived broken, order 7009 is late: a person decides what becomes of it
    others = [likely.get(act, 0.0) for act in read if act != best]
    if len(read) > 1:
        others.append(likely[SEVERAL])
    surer = SURER_THAN_ANGER if put_in or set(read) == {_ANGER} else SURER
    if likely[best] - max(others) <= (SURER_THAN_WRITTEN if "faq" in read else surer):
        return None
    return next(one for one in ACTS if one == best)


def _is_told_so(best: str, matters: Sequence[Request], turn: Turn) -> bool:
    """Whether the words say what was read: ランタンを入れて puts in, what is named differs."""
    if best not in _SHOWS or len(matters) != 1:
        return False
    if matters[0].act == "compare":
        return bool(matters[0].chosen) and _DIFFERS.search(turn.text) is not None
    return matters[0].act == "add_to_cart" and _PUT_IN.search(turn.text) is not None


def _is_beside(best: str, requests: Sequence[Request], reading: Reading, turn: Turn) -> bool:
    """Whether it stands beside a question, or a matter that is sure: ありがとう、カート見せて."""
    if is_question(turn.text, reading.language):
        return True
    vague = _COURTESY | {"clarify", "out_of_scope"}
    sure = any(one.act not in vague and one.confidence >= _MATTER for one in requests)
    return sure and any(one.act == best for one in requests)


def _may_be(best: str, read: Sequence[str], reading: Reading, where: tuple[Turn, Shop]) -> bool:
    """Whether a text may be read as that at all, however sure the weights are.

    No courtesy takes the place of another one or of a question, nobody is fetched whom the words
    do not name, and what is asked of people is asked of no goods.
    """
    turn, shop = where
    if best in _DOES_AT_ONCE and wonders(turn.text):
        return False
    if best == "thanks" and turn.state.last_act in (None, "greet"):
        return False  # 寒くなりましたねえ, first of all: nobody gives thanks for nothing
    if best in _COURTESY:
        asks = is_question(reader(reading.language).normalise(turn.text), reading.language)
        return not asks and not _COURTESY.issuperset(read)
    if best in OF_ORDERS and _COURTESY.issuperset(read):
        # 届きました！めっちゃ良かったです: praise that tells of an order asks nothing of it.
        return is_question(reader(reading.language).normalise(turn.text), reading.language)
    if best == "apply_coupon" and not _OF_CODE.search(turn.text):
        return False  # ランタンを入れて names no code
    if best in _FETCHES:
        return any(one.act == best and one.chance >= _HEARD for one in reading.whole)
    if best in _OF_SHOWN and not turn.state.showings and not turn.state.focus:
        of_people = _OF_PEOPLE.search(turn.text) is not None
        return not of_people or bool(named(shop, turn.text, reading.language).product_ids)
    return True


def _read_as(reading: Reading) -> dict[str, float]:
    """How surely each act was read, before anything was made of it."""
    return {
        one.act: one.confidence for one in reading.commands if isinstance(one, StartFlow | Answer)
    }


def _stand_apart(matters: Sequence[Request], text: str, read: dict[str, float]) -> bool:
    """赤を一台。あと送料かかります？: each is sure, and a sentence of its own."""
    said = [one.question for one in matters]
    asks = [bool(_ASKS.search(one)) and text != one for one in said]
    sure = [max(one.confidence, read.get(one.act, 0.0)) for one in matters]
    done = [
        chance >= _SURELY and one.act in _DOES_AT_ONCE
        for one, chance in zip(matters, sure, strict=True)
    ]
    # Remove the mug. The press in slate has a lid, you said?: what is done, and what is asked.
    each = any(done) and all(a or b for a, b in zip(asks, done, strict=True))
    own = len(set(said)) == len(said) and text not in said
    if own and any(done) and min(sure) >= _SURELY:
        return True  # I'll take the leather one, how long is the blade
    if min(one.confidence for one in matters) < _BOTH_SURE and not each:
        return False
    return len([one for one in _ENDS.split(text) if one.strip()]) >= len(matters)


def _is_settled(requests: Sequence[Request]) -> bool:
    """Whether a button, a yes, an answer or a guard against mischief decided it."""
    return any(
        one.act == CONTINUE
        or one.yes is not None
        or one.how == "button"
        or bool(one.reason)
        and one.act != _ANGER
        or one.slot(Written) is not None
        for one in requests
    )
