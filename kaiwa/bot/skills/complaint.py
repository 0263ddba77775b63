"""Says sorry for what happened, looks whether it can be made good at once, and fetches a person."""

import re
from typing import Final

import msgspec

from kaiwa.bot import payloads
from kaiwa.bot.order.identifying import spoken_of
from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said
from kaiwa.bot.skills.handoff import hand_off, to_the_bot
from kaiwa.orders.return_request import may_be_returned
from kaiwa.vocabulary.reply import Block, ReplyAction

_KINDS: Final = {
    "damaged": re.compile(
        r"壊れ|割れ|破損|傷|キズ|欠け|汚れ|不良|動かな|\bbroke|\bcrack|\bscratch|\bdamag"
        r"|\bdefect|\bfault"
        r"|\bdoesn'?t work|\bnot working\b",
        re.IGNORECASE,
    ),
    "late": re.compile(
        r"届かな|届いてな|来ない|遅い|遅れ|まだ(?:です|届|来)|\blate\b|\bnot arrived"
        r"|\bhasn'?t (?:come|arrived)|\bwaiting\b"
        r"|\bnever (?:came|arrived)|\bstill (?:no|not|haven'?t)",
        re.IGNORECASE,
    ),
    "wrong": re.compile(
        r"違う(?:もの|商品|色|サイズ)|間違った|\bwrong (?:item|size|colou?r|product|one)",
        re.IGNORECASE,
    ),
}


def _serve(case: Case) -> Outcome:
    kind = next((one for one, words in _KINDS.items() if words.search(case.turn.text)), "other")
    sorry = said(case.say(f"aftersale.sorry_{kind}"))
    handed = hand_off(case, "angry")
    found = spoken_of(case)
    return msgspec.structs.replace(
        handed,
        blocks=(*sorry, *handed.blocks, *_back(case)),
        order=found,
    )


def _back(case: Case) -> tuple[Block, ...]:
    """The way to a return, when the order that is spoken of can be sent back."""
    found = spoken_of(case)
    if found is None or not may_be_returned(case.shop.session, case.shop.command(), found):
        return ()
    word = case.say("act.return_request")
    sends_back = ReplyAction(label=word, text=word, payload=payloads.act("return_request"))
    return offer((sends_back, to_the_bot(case)))


SKILL = Skill("complaint", ("complaint",), _serve)
