"""そこへ登録して, "put that on there too", once the list of wishes was looked at."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.request import Request
from kaiwa.bot.turn import Turn

_THERE: Final = re.compile(
    r"(?:そこ|そちら|そっち|その(?:リスト|一覧)|リスト)(?:に|へ)[^。?？]{0,10}?"
    r"(?:登録|入れ|足し|加え|追加|保存)(?!る?(?:と|ば))"
    r"|\b(?:put|add|stick|save|pop|include)\b[^.?]{1,40}"
    r"\b(?:on|to|in) (?:there|that list|the list|it)\b(?! ?\?)",
    re.IGNORECASE,
)
_LOST: Final = frozenset(
    {"add_to_cart", "faq", "clarify", "out_of_scope", "find_product", "account_data"}
)


def put_there(requests: list[Request], turn: Turn) -> list[Request]:
    """The one request as what goes onto the list, where the words say so."""
    listed = turn.state.last_act == "wishlist_view"
    if len(requests) != 1 or not listed or not _THERE.search(turn.text):
        return requests
    one = requests[0]
    if one.act not in _LOST or one.slot(Quantity) is not None:
        return requests
    return [replace(one, act="wishlist_add", question=turn.text, candidates=())]
