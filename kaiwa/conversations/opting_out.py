"""STOP: the customer wants no advertising any more, in whatever channel they say so.

It goes into the consent ledger, where it holds for every address of the customer. What they ask is
still answered.
"""

import re
import unicodedata
from datetime import datetime
from typing import Final

from kaiwa.conversations.conversation import held
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.message import message
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.customers.consent import ConsentGiven, record_consent
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say_as
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.content import Content, Text
from kaiwa.vocabulary.reply import Reply, TextBlock

# Only as a whole message: "stop showing me red ones" is no wish to be left alone. A small "stop"
# ends what the bot is asking about and stays with the bot.
_WORDS: Final = re.compile(
    r"STOP(?: ?ALL)?|(?i:unsubscribe|opt[ -]?out)"
    r"|(?:メール|LINE|広告|メッセージ|お知らせ)?(?:の)?配信(?:を|の)?(?:停止|解除|拒否)"
    r"(?:希望|して(?:ください|下さい)?|を希望(?:します)?|お願いします)?"
)


def is_stop(content: Content) -> bool:
    """Whether a message says STOP (配信停止) and nothing else."""
    if not isinstance(content, Text):
        return False
    words = unicodedata.normalize("NFKC", content.text).strip().strip("「」\"'“”.。!！").strip()
    return _WORDS.fullmatch(words) is not None


def hear_stop(
    session: Session,
    shop: Merchant,
    heard: tuple[int, Identity],
    answerable: bool,
    now: datetime,
) -> None:
    """Write the refusal down and, where the bot answers, say that it holds.

    `heard` is the message that says it and who wrote it. Where a person answers, they see it.
    """
    message_id, identity = heard
    found = message(session, shop.id, message_id)
    refused = ConsentGiven("refused", f"{identity.channel}:stop", wording=found.text)
    record_consent(session, shop.id, identity.id, refused, now)
    conv = held(session, shop.id, found.conversation_id)
    note_happening(session, conv, "opted_out", now, reason=identity.channel)
    if answerable and conv.answered_by == "bot":
        words = say_as(shop.settings.voice.manner, "router.stopped", conv.language)
        reply = Reply((TextBlock(text=words),))
        once = f"stopped:{message_id}"
        say(session, conv, Outgoing(reply, "bot", once, identity_id=identity.id), now)
