"""Where an order is, asked by who waits for it: 注文はどこですか, "where's my parcel"."""

import re
from typing import Final

_SENT: Final = (
    r"(?:(?:ご)?注文|頼ん|買っ|購入)(?:し)?(?:た|だ)?(?:もの|物|商品|品物|品|やつ|の)?"
    r"|荷物|商品|品物|お?届け物|小包"
)
_WAITED_FOR: Final = re.compile(
    rf"^(?:私の|うちの|先日の|この前の|こないだの|前の|その)?(?:{_SENT})(?:は|って|が|、)?"
    r"(?:今|いま|現在|一体|いったい)?(?:ごろ|頃|は)?(?:、)?"
    r"どこ(?:ら辺|らへん|まで)?(?:[?？。!！]*$|です|でしょう|に(?:あ|い)|かな|かしら|なん|だ|来|き)"
    r"|(?:まだ|ぜんぜん|全然|いつまで(?:たって|経って)も)(?:来|届|着)(?:か|き)?"
    r"(?:ない|ません|てない|ていな)"
    r"|\bwhere(?:'s| is| are|'re| the \w+ is| on earth is| exactly is)\s+(?:my|our)\b"
    r"(?!.{0,12}\b(?:number|code|receipt|invoice))"
    r"|\b(?:my|our) (?:order|parcel|package|delivery|shipment)s?"
    r" (?:hasn'?t|has not|haven'?t|have not|didn'?t|did not|still)\b",
    re.IGNORECASE,
)


def waits_for_it(words: str) -> bool:
    """Whether somebody asks after what they ordered: not how it is sent, but where theirs is."""
    return _WAITED_FOR.search(words.strip()) is not None
