"""A code that is sent to an address and told where the customer writes: then both are one person's.

It proves that whoever writes at an address that is surely the customer's reads the other one, too.
It lives ten minutes, five tries, and a new one ends the one before.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.channels import Ability, Standing, channel
from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.naming import channel_name, hint
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.reach import Reach, reach
from kaiwa.customers.identity import Evidence, Identity, identity, relink
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say_as
from kaiwa.merchants.inbox import inbox
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.merchants.template import code_template
from kaiwa.vocabulary.content import Content, Text
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.reply import Reply, TextBlock
from kaiwa.vocabulary.template import TemplateUse, blanks

LIFE: Final = timedelta(minutes=10)
MOST_TRIES: Final = 5
MOST_A_DAY: Final = 5
_CODE: Final = re.compile(r"\d{6}")


def send_code(
    session: Session, conv: Conversation, to: int, by: tuple[int, str], now: datetime
) -> None:
    """Send a code to address `to` of the customer, for them to tell where they write now.

    `by` is the agent and the click; the same again sends nothing. Conversation held. `NotFound` for
    an address that is not the customer's; `Conflict` when it is proven already, cannot be written
    to, got too many codes, or the place where the code is to be told is only claimed itself.
    """
    found = {
        one.identity.id: one for one in reach(session, conv.merchant_id, conv.customer_id, now)
    }
    target, source = found.get(to), found.get(conv.identity_id or 0)
    if target is None:
        raise NotFound("The customer has no such address.")
    once = f"code:{by[0]}:{by[1]}"
    if _was_sent(session, conv, once):
        return
    if target.carries:
        raise Conflict("This address is proven already.", reason="proven")
    if source is None or not source.carries:
        raise Conflict("It is not proven that who writes here is this customer.", reason="claimed")
    code = f"{secrets.randbelow(1_000_000):06d}"
    use = _approved(session, target, code, conv, now) if target.route is None else None
    if target.route is None and use is None:
        raise Conflict("Nothing can be sent to this address now.", reason=str(target.closed))
    _keep(session, conv, (source.identity, target.identity), code, now)
    shop = merchant(session, conv.merchant_id)
    words = say_as(
        shop.settings.voice.manner,
        "router.code",
        conv.language,
        shop=shop.name,
        code=code,
        channel=channel_name(source.identity.channel, conv.language),
    )
    reply = msgspec.structs.replace(_text(words), template=use)
    say(session, conv, Outgoing(reply, "bot", once, identity_id=to), now)
    told = target.identity.channel
    note_happening(session, conv, "code_sent", now, agent_id=by[0], reason=told)


def hear_code(
    session: Session,
    shop: Merchant,
    conv: Conversation,
    said: tuple[int, Identity, Content],
    now: datetime,
) -> bool:
    """Whether the message tells a code that was sent; then its address is proven. Held.

    What looks like one and is not counts as a try, and is whatever else the customer meant.
    """
    message_id, sender, content = said
    told = unicodedata.normalize("NFKC", content.text).strip() if isinstance(content, Text) else ""
    if not _CODE.fullmatch(told):
        return False
    row = session.one(
        f"""SELECT id, identity_id, salt, code_hash FROM address_code
        WHERE told_from = :sender AND merchant_id = :merchant_id AND used_at IS NULL
        AND expires_at > :now AND tries < :most ORDER BY id DESC LIMIT 1{session.lock}""",
        sender=sender.id,
        merchant_id=shop.id,
        now=now,
        most=MOST_TRIES,
    )
    if row is None:
        return False
    right = hmac.compare_digest(_hash(row[2], told), row[3])
    session.run(
        """UPDATE address_code SET tries = tries + 1, used_at = CAST(:used AS bigint)
        WHERE id = :id AND merchant_id = :merchant_id""",
        used=now if right else None,
        id=row[0],
        merchant_id=shop.id,
    )
    proven = identity(session, shop.id, row[1])
    # Since it was sent they may have become two people again.
    if not right or proven.customer_id != sender.customer_id or not sender.permits("carry"):
        return False
    evidence = Evidence("one_time_code", "told the code that was sent there", "customer")
    relink(session, proven, proven.customer_id, evidence, now)
    note_happening(session, conv, "address_proven", now, reason=proven.channel)
    where = hint(proven) or channel_name(proven.channel, conv.language)
    words = say_as(shop.settings.voice.manner, "router.proven", conv.language, address=where)
    out = Outgoing(_text(words), "bot", f"proven:{message_id}", identity_id=sender.id)
    say(session, conv, out, now)
    return True


def _approved(
    session: Session, target: Reach, code: str, conv: Conversation, now: datetime
) -> TemplateUse | None:
    """The code in the provider's own template, where that may go though nothing else may."""
    where, kind = target.identity, channel(target.identity.channel)
    if target.closed != "window_closed" or Ability.TEMPLATES not in kind.abilities:
        return None
    box = inbox(session, where.merchant_id, where.inbox_id)
    found = code_template(session, box, conv.language)
    stands = Standing(where.address, template="authentication")
    if found is None or not kind.routes(stands, now):
        return None
    return kind.fill(found, {blank.key: code for blank in blanks(found)}, box.id)


def _was_sent(session: Session, conv: Conversation, once: str) -> bool:
    row = session.one(
        "SELECT 1 FROM message WHERE dedupe_key = :key AND merchant_id = :merchant_id",
        key=once,
        merchant_id=conv.merchant_id,
    )
    return row is not None


def _keep(
    session: Session,
    conv: Conversation,
    ends: tuple[Identity, Identity],
    code: str,
    now: datetime,
) -> None:
    source, target = ends
    rows = session.all(
        """UPDATE address_code SET expires_at = CASE WHEN expires_at > :now THEN :now
          ELSE expires_at END
        WHERE identity_id = :identity AND merchant_id = :merchant_id AND made_at > :yesterday
        RETURNING id""",
        now=now,
        identity=target.id,
        merchant_id=conv.merchant_id,
        yesterday=now - timedelta(days=1),
    )
    if len(rows) >= MOST_A_DAY:
        raise Conflict("This address got too many codes today.", reason="too_many")
    salt = secrets.token_hex(8)
    session.run(
        """INSERT INTO address_code
        (merchant_id, identity_id, told_from, salt, code_hash, tries, made_at, expires_at)
        VALUES (:merchant_id, :identity, :source, :salt, :hash, 0, :now, :until)""",
        merchant_id=conv.merchant_id,
        identity=target.id,
        source=source.id,
        salt=salt,
        hash=_hash(salt, code),
        now=now,
        until=now + LIFE,
    )


def _hash(salt: str, code: str) -> str:
    return hashlib.sha256(f"{salt}:{code}".encode()).hexdigest()


def _text(words: str) -> Reply:
    return Reply((TextBlock(text=words),))
