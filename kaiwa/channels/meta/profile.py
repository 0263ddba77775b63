"""What stands in a chat before anybody writes: the menu, and questions to begin with.

By the Messenger Profile API. Whatever is pressed is said, as if the customer had written it.
"""

from typing import Final

from kaiwa.channels.contract import Account, CredentialField, Told
from kaiwa.channels.meta.content import GET_STARTED, SAY
from kaiwa.channels.meta.limits import fits, limit
from kaiwa.channels.meta.surface import Surface, credential
from kaiwa.vocabulary.errors import Refused

_BETWEEN: Final = "|"
# Instead of entries: what is there is taken away.
NONE: Final = "-"
MENU: Final = CredentialField(
    "menu",
    "Menu entries, with | between them (- for none)",
    secret=False,
    required=False,
    title=Told("メニューの項目", "Menu entries"),
    where=Told(
        "チャットにいつも出るメニューです。縦棒 | で区切り、20個まで、それぞれ30文字まで。"
        "押すとその言葉が送られます。空欄なら今のまま、「-」なら消します。",
        "The menu that is always in the chat: up to 20, with | between them, 30 characters each. "
        "What is pressed is said. Empty leaves it as it is, - takes it away.",
    ),
)
QUESTIONS: Final = CredentialField(
    "questions",
    "Questions people may begin with, with | between them (- for none)",
    secret=False,
    required=False,
    title=Told("はじめの質問", "Questions to begin with"),
    where=Told(
        "はじめての人に出る質問のボタンです。縦棒 | で区切り、4個まで、それぞれ80文字まで。"
        "空欄なら今のまま、「-」なら消します。",
        "Buttons for who never wrote: up to 4, with | between them, 80 characters each. Empty "
        "leaves them as they are, - takes them away.",
    ),
)
SENTENCES: Final = {
    "menu": "The menu may have {most} entries of {length} characters: look at {entry}.",
    "questions": "There may be {most} questions of {length} characters: look at {entry}.",
}
_OF: Final = {"menu": "menu_title", "questions": "question"}
_CALLED: Final = {"menu": "persistent_menu", "questions": "ice_breakers"}


def entries(account: Account, name: str) -> list[str]:
    """What the merchant wrote, entry by entry; empty when nothing, or that there be none."""
    told = credential(account, name)
    if told == NONE:
        return []
    return [
        " ".join(one.split()) for one in told.replace("｜", _BETWEEN).split(_BETWEEN) if one.strip()
    ]


def wrong(account: Account, surface: Surface) -> list[str]:
    """A sentence for a menu, and for questions, that Meta would not take."""
    told = []
    for name, sentence in SENTENCES.items():
        most, length = limit(surface.kind, name), limit(surface.kind, _OF[name])
        found = entries(account, name)
        odd = [one for one in found if not fits(one, length)] or found[most.value :]
        if odd:
            told.append(sentence.format(most=most.value, length=length.value, entry=odd[0][:60]))
    return told


def settings(account: Account, surface: Surface) -> dict[str, object]:
    """What is to be set; `Refused` when Meta would not take it."""
    if told := wrong(account, surface):
        raise Refused(told[0], reason="invalid")
    made: dict[str, object] = {}
    if surface.kind == "messenger":
        made["get_started"] = {"payload": GET_STARTED}
    if menu := entries(account, "menu"):
        items = [{"type": "postback", "title": one, "payload": SAY + one} for one in menu]
        made["persistent_menu"] = [{"locale": "default", "call_to_actions": items}]
    if questions := entries(account, "questions"):
        asked = [{"question": one, "payload": SAY + one} for one in questions]
        made["ice_breakers"] = [{"locale": "default", "call_to_actions": asked}]
    return made


def removed(account: Account) -> list[str]:
    """What is to be taken away."""
    return [called for name, called in _CALLED.items() if credential(account, name) == NONE]
