"""What a channel and its people say about account links: a wish, the confirmation, the end."""

import hashlib
import re
import unicodedata
from datetime import datetime
from typing import Final, Literal, TypeAlias

from kaiwa.conversations.account_link import LIFE, begin_link, can_prove, may_link, spoken
from kaiwa.conversations.conversation import Conversation, Opening, current
from kaiwa.conversations.fact import Announce
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.merge import merge_customers, undo_merge
from kaiwa.conversations.naming import channel_name
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.told_apart import told_apart
from kaiwa.customers.grade import Grade
from kaiwa.customers.identity import Evidence, Identity, identity, relink
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say_as
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.content import Content, Text
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.event import Linked
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Buttons, Reply, TextBlock, UrlAction

Outcome: TypeAlias = Literal["offered", "ended", "none", "by_person"]
# Only as a whole message, as with STOP.
_LINK: Final = re.compile(
    r"(?:アカウント|会員|ID)?(?:の)?連携(?:したい(?:です)?|する|して(?:ください)?|をお願いします)?"
    r"|link (?:my )?account",
    re.IGNORECASE,
)
_UNLINK: Final = re.compile(
    r"(?:アカウント|会員|ID)?(?:の)?連携(?:を|の)?(?:解除|停止)(?:したい(?:です)?|する|して(?:ください)?|をお願いします)?"
    r"|unlink (?:my )?account",
    re.IGNORECASE,
)
# What was proven on the page, and how sure the account is by it.
_GRADES: Final[dict[str, Grade]] = {"signed_in": "linked", "one_time_code": "one_time_code"}
_WORDS: Final = "linked the account of the channel: {proof}"


def hear_wish(
    session: Session,
    shop: Merchant,
    conv: Conversation,
    said: tuple[int, Identity, Content],
    now: datetime,
    announce: Announce,
) -> Outcome | None:
    """What came of a message that wants the account linked, or not any more; None for others.

    Conversation held.
    """
    message_id, where, content = said
    if not isinstance(content, Text) or not may_link(where):
        return None
    words = unicodedata.normalize("NFKC", content.text).strip().strip("「」\"'“”.。!！").strip()
    once = f"linking:{message_id}"
    if _UNLINK.fullmatch(words):
        return end_link(session, shop, (conv, where), once, now, announce)
    if _LINK.fullmatch(words) is None or not can_prove(session, shop):
        return None
    try:
        offer_link(session, shop, (conv, where), once, now)
    except Conflict:
        return None
    return "offered"


def offer_link(
    session: Session,
    shop: Merchant,
    place: tuple[Conversation, Identity],
    once: str,
    now: datetime,
) -> None:
    """Send the customer a link to the page on which they prove who they are. Conversation held.

    `Conflict` when the channel links no accounts, the shop has no way to prove, or there were too
    many today.
    """
    conv, where = place
    if not may_link(where):
        raise Conflict("This channel links no accounts.", reason="no_link")
    if not can_prove(session, shop):
        words = "Connect e-mail or text messages first: a code proves who the customer is."
        raise Conflict(words, reason="no_proof")
    key = begin_link(session, where, now)
    manner, language = shop.settings.voice.manner, conv.language
    name = channel_name(where.channel, language)
    minutes = int(LIFE.total_seconds() // 60)
    words = say_as(manner, "linking.offer", language, shop=shop.name, channel=name, minutes=minutes)
    # The delivery puts our public address before the path.
    action = UrlAction(
        say_as(manner, "linking.button", language), url=f"/link/{key}", links_account=True
    )
    block = Buttons(alt_text=words, text=words, actions=(action,))
    say(session, conv, Outgoing(Reply((block,)), "bot", once, identity_id=where.id), now)


def finish_link(
    session: Session, shop: Merchant, where: Identity, told: Linked, now: datetime
) -> str:
    """The channel tells that this person followed our link: who they proved to be, they are.

    A nonce that is unknown, used, too old or somebody else's changes nothing; neither does one that
    would make one person of two whom the merchant tells apart.
    """
    row = session.one(
        """UPDATE account_link SET used_at = :now WHERE nonce_hash = :hash
        AND merchant_id = :merchant_id AND identity_id = :identity AND used_at IS NULL
        AND expires_at > :now AND proven_identity_id IS NOT NULL
        RETURNING id, proven_identity_id, proof""",
        now=now,
        hash=hashlib.sha256(told.nonce.encode()).hexdigest(),
        merchant_id=shop.id,
        identity=where.id,
    )
    if row is None or not told.ok:
        return "ignored"
    person = identity(session, shop.id, row[1])
    pair = (person.customer_id, where.customer_id)
    if pair[0] != pair[1] and told_apart(session, shop.id, pair):
        return "told apart"
    language = spoken(session, shop, where)
    proof: Grade = _GRADES[row[2]]
    evidence = Evidence(proof, _WORDS.format(proof=row[2]), f"channel:{where.channel}")
    if row[2] == "one_time_code":
        # The code proves the address, too, whatever it was before.
        sure = Evidence("one_time_code", "told the code that was sent there", "customer")
        if person.grade in ("first_seen", "claimed", "order_number"):
            relink(session, person, person.customer_id, sure, now)
    merge_id = None
    if pair[0] == pair[1]:
        relink(session, where, where.customer_id, evidence, now)
    else:
        merge_id = merge_customers(session, shop.id, pair, evidence, now).id
    session.run(
        """UPDATE account_link SET merge_id = CAST(:merge AS bigint)
        WHERE id = :id AND merchant_id = :merchant_id""",
        merge=merge_id,
        id=row[0],
        merchant_id=shop.id,
    )
    found = identity(session, shop.id, where.id)
    opening = Opening(language, "bot" if shop.settings.bot_answers else "nobody")
    conv = current(session, found, opening, now)
    note_happening(session, conv, "account_linked", now, reason=found.channel)
    _tell(session, shop, (conv, found, language), "linking.linked", f"linked:{row[0]}", now)
    return "linked"


def end_link(
    session: Session,
    shop: Merchant,
    place: tuple[Conversation, Identity],
    once: str,
    now: datetime,
    announce: Announce,
) -> Outcome:
    """The customer wants the account apart again: what linking moved goes back. Conversation held.

    Where later merges build on it, a person has to look.
    """
    conv, where = place
    row = session.one(
        """SELECT id, merge_id FROM account_link WHERE identity_id = :identity
        AND merchant_id = :merchant_id AND merge_id IS NOT NULL ORDER BY id DESC LIMIT 1""",
        identity=where.id,
        merchant_id=shop.id,
    )
    if row is None:
        _tell(session, shop, (*place, conv.language), "linking.none", once, now)
        return "none"
    try:
        undo_merge(session, shop.id, row[1], f"identity:{where.id}", now, announce)
    except Conflict:
        _tell(session, shop, (*place, conv.language), "linking.by_person", once, now)
        return "by_person"
    session.run(
        """UPDATE account_link SET merge_id = NULL WHERE id = :id AND merchant_id = :merchant_id""",
        id=row[0],
        merchant_id=shop.id,
    )
    found = identity(session, shop.id, where.id)
    opening = Opening(conv.language, "bot" if shop.settings.bot_answers else "nobody")
    own = current(session, found, opening, now)
    note_happening(session, own, "account_unlinked", now, reason=found.channel)
    _tell(session, shop, (own, found, conv.language), "linking.ended", once, now)
    return "ended"


def _tell(
    session: Session,
    shop: Merchant,
    place: tuple[Conversation, Identity, Language],
    key: str,
    once: str,
    now: datetime,
) -> None:
    conv, where, language = place
    name = channel_name(where.channel, language)
    words = say_as(shop.settings.voice.manner, key, language, shop=shop.name, channel=name)
    out = Outgoing(Reply((TextBlock(text=words),)), "bot", once, identity_id=where.id)
    say(session, conv, out, now)
