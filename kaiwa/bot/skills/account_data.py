"""Says what the shop keeps of a shopper; to change, send or delete it a person is asked."""

import re
from typing import Final

import msgspec

from kaiwa.bot import payloads
from kaiwa.bot.skills.change_address import change_default
from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said
from kaiwa.bot.skills.handoff import hand_off
from kaiwa.vocabulary.reply import ReplyAction

_DO: Final = re.compile(
    r"削除|消し|消去|退会|解約|変更|変え|訂正|修正|直し|開示|(?:データ|情報)を?(?:送|もら"
    r"|ください|ダウンロード|出力)|停止|エクスポート"
    r"|\bdelet|\beras|\bremov|\bclose\b|\bchang|\bupdat|\bcorrect|\bexport|\bdownload"
    r"|\bsend me\b|\bcopy of\b"
    r"|\bforget\b|\bunsubscribe\b|\bwipe\b|\bcancel my account\b",
    re.IGNORECASE,
)

_MOVING: Final = re.compile(
    r"住所を?.{0,8}(?:変|更新|直|訂正)|引っ?越|\b(?:chang|updat"
    r"|correct)\w*\b.{0,30}\baddress\b|\bmoved?\b.{0,30}\baddress\b"
    r"|\baddress\b.{0,20}\b(?:chang|updat|wrong)",
    re.IGNORECASE,
)


def _serve(case: Case) -> Outcome:
    moving = "default" in case.frame.learnt or _MOVING.search(case.turn.text)
    if moving and case.shop.person.signed_in:
        frame = msgspec.structs.replace(case.frame, learnt=dict(case.frame.learnt))
        return change_default(msgspec.structs.replace(case, frame=frame))
    if _DO.search(case.request.question or case.turn.text):
        return hand_off(case, "policy")
    person = case.shop.person
    lines = [case.say("aftersale.data_kept")]
    if person.signed_in:
        name = person.name or case.say("aftersale.data_no_name")
        emails = case.listed(person.emails) or "—"
        lines.append(case.say("aftersale.data_yours", name=name, email=emails))
    else:
        lines.append(case.say("aftersale.data_sign_in"))
    lines.append(case.say("aftersale.data_ask"))
    word = case.say("choice.person")
    ways = (ReplyAction(label=word, text=word, payload=payloads.PERSON),)
    return Outcome((*said("\n".join(lines)), *offer(ways)))


SKILL = Skill("account_data", ("account_data",), _serve)
