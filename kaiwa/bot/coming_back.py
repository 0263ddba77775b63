"""The way back: who waits for a person may say that the bot will do after all."""

import re
from typing import Final

from kaiwa.bot import payloads
from kaiwa.bot.dialogue.state import next_turn
from kaiwa.bot.skills.contract import said
from kaiwa.bot.turn import Answer, Turn
from kaiwa.conversations.conversation import Conversation
from kaiwa.languages import reader
from kaiwa.languages.strings import say_as
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.content import Content, Postback, Text
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.reply import Reply

_BOT_JA: Final = (
    r"(?:ボット|bot|ai|自動(?:応答|返信|回答|対応)?|チャットボット|さっきの(?:ボット|bot))"
)
_BOT_EN: Final = r"(?:the |a )?(?:chat ?)?(?:bot|assistant|automatic (?:one|assistant)|machine|ai)"
_SAID_JA: Final = (
    r"(?:やっぱ(?:り)?(?:もう)?(?:いい|大丈夫|結構|けっこう|やめ(?:て|と)(?:おき|き)?)"
    r"(?:です|や|わ|ます|よ)*"
    r"|(?:担当者|担当|人|オペレーター|スタッフ)(?:の方|さん)?(?:は|じゃなくて|でなくて)?(?:もう)?"
    r"(?:いい|大丈夫|結構|不要|要りません|いりません|なくて(?:いい|大丈夫))(?:です|や|わ|よ)*"
    rf"|(?:やっぱ(?:り)?)?{_BOT_JA}(?:で(?:も)?(?:いい|大丈夫|お願い(?:します)?|続けて)"
    r"|に(?:戻(?:る|して|ります|りたい)|聞(?:く|きます|いてみます)))(?:です|や|わ|よ|ください|ね)*"
    r"|もう待てない(?:です)?(?:ので(?:いいです)?)?)"
)
_SAID_EN: Final = (
    r"(?:never ?mind(?: then| the person)?"
    r"|forget (?:it|(?:about )?the person)"
    r"|(?:i don'?t|no) need (?:for )?(?:a (?:person|human)|anyone|anybody)"
    r"(?: any ?more| after all)?"
    rf"|(?:i(?:'ll| will| can) )?(?:go |just )?back to {_BOT_EN}"
    rf"|i(?:'ll| will) (?:just )?(?:ask|use|try) {_BOT_EN}"
    rf"|{_BOT_EN}(?: is| will)? (?:fine|ok|okay|do|enough)(?: after all| then)?"
    r"|i can'?t wait(?: any (?:more|longer))?)"
)
_WAYS: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(
        r"(?:(?:あ|すみません|ごめんなさい|いや|じゃあ|それなら)[、,]?)?"
        rf"{_SAID_JA}(?:[、, ]*{_SAID_JA})?"
    ),
    "en": re.compile(
        r"(?:(?:oh|ok|okay|actually|sorry|no|well)[, ]+)*"
        rf"{_SAID_EN}(?:[, ]+(?:and )?{_SAID_EN})?"
    ),
}
_PARTS: Final = re.compile(r"[^。.!！?？\n]+[。.!！?？\n]*")
_ENDS: Final = "。.!！?？~〜ー…、, \n"


def may_come_back(shop: Merchant, conv: Conversation) -> bool:
    """Whether the bot may be called back: it answers here, and no person has taken over."""
    return shop.settings.bot_answers and conv.status == "open" and conv.answered_by != "agent"


def called_back(shop: Merchant, conv: Conversation, content: Content) -> str | None:
    """What is left to answer when the bot is called back, maybe nothing; None when it is not."""
    if not may_come_back(shop, conv):
        return None
    if isinstance(content, Postback):
        return "" if content.payload == payloads.BOT else None
    if not isinstance(content, Text) or conv.answered_by == "bot":
        return None
    first = _PARTS.match(content.text.strip())
    if first is None or not any(_is_call(first[0], language) for language in LANGUAGES):
        return None
    return content.text.strip()[first.end() :].strip()


def here_again(turn: Turn, shop: Merchant) -> Answer:
    """The bot is back, and says so."""
    text = say_as(shop.settings.voice.manner, "handoff.back", turn.language)
    return Answer(
        reply=Reply(said(text)),
        language=turn.language,
        acts=("decline",),
        confidence=1.0,
        skill="handoff",
        state=next_turn(turn.state, turn.language),
    )


def _is_call(text: str, language: Language) -> bool:
    normal = reader(language).normalise(text.strip()).strip(_ENDS)
    return _WAYS[language].fullmatch(normal) is not None
