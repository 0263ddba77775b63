"""What a shopper who waits for a person sees of it: how long, how many are before, or when."""

from datetime import datetime, timedelta

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.waiting import ahead_of, told_minutes, waiting
from kaiwa.engines.db import Session
from kaiwa.merchants.attendance import anyone_present
from kaiwa.merchants.hours import Hours, Opened, opened
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.time import iso
from kaiwa.web.shapes import Json


def wait_shape(session: Session, shop: Merchant, conv: Conversation, now: datetime) -> Json | None:
    """None for who does not wait. `minutes` is None where nothing is known or nobody is there.

    `again` is when the shop answers next, where it is closed now.
    """
    since = conv.waiting_since
    if conv.status != "open" or conv.answered_by != "nobody" or since is None:
        return None
    hours = shop.settings.voice.hours
    how = _opened(hours, now, shop)
    if how is not None and not how.is_open:
        again = None if how.again is None else iso(how.again)
        return {"minutes": None, "ahead": 0, "again": again}
    ahead = ahead_of(session, conv.merchant_id, since)
    minutes = None
    if anyone_present(session, conv.merchant_id, now) is not False:
        minutes = told_minutes(_expected(session, shop, hours, now))
    return {"minutes": minutes, "ahead": ahead, "again": None}


def _opened(hours: Hours, at: datetime, shop: Merchant) -> Opened | None:
    return opened(hours, at, shop.timezone) if hours.are_told else None


def _expected(session: Session, shop: Merchant, hours: Hours, now: datetime) -> timedelta | None:
    def counts(at: datetime) -> bool:
        how = _opened(hours, at, shop)
        return how is None or how.is_open

    return waiting(session, shop.id, now, counts).expected(now)
