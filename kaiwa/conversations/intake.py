"""How what a channel heard becomes part of a conversation.

`accept` makes the raw event durable and plans its intake: after it the channel may be answered with
200. `take_in` is that plan: once per event, in the order of its sender.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kaiwa.channels import Ability, channel
from kaiwa.conversations.account_linking import finish_link, hear_wish
from kaiwa.conversations.address_code import hear_code
from kaiwa.conversations.chat_link import arrive, token_of, without_token
from kaiwa.conversations.conversation import Conversation, Opening, current, open_of
from kaiwa.conversations.echo import hear_back
from kaiwa.conversations.fact import (
    Announce,
    CartSeen,
    MessageReceived,
    PageSeen,
)
from kaiwa.conversations.form_heard import hear_form
from kaiwa.conversations.handoff import request_handoff
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.keeping_templates import take_news
from kaiwa.conversations.message import by_external_id, changed
from kaiwa.conversations.opting import Wished, grant
from kaiwa.conversations.opting_out import hear_stop, is_stop
from kaiwa.conversations.proven import bot_may_act, weigh
from kaiwa.conversations.rating import rated, take_rating
from kaiwa.conversations.receipt import (
    note_complaint,
    note_delivered,
    note_failed,
    note_read,
    opted_in,
    opted_out,
)
from kaiwa.conversations.recording import Recording, record
from kaiwa.conversations.search import index_message
from kaiwa.conversations.taking_back import change_preview, said_by, take_back, was_taken_back
from kaiwa.conversations.visit import note_cart, note_page
from kaiwa.customers.customer import learn_name
from kaiwa.customers.identity import Identity, heard_from, resolve
from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue, hold_lanes
from kaiwa.merchants.inbox import Inbox
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.content import Content, Media, Unsent, plain
from kaiwa.vocabulary.event import (
    Agreed,
    Answered,
    CartChanged,
    Complained,
    Declined,
    Delivered,
    Edited,
    Failed,
    Followed,
    HelpAsked,
    InboundEvent,
    Linked,
    PageViewed,
    Read,
    Referral,
    ReplyHandle,
    Said,
    TakenBack,
    TemplateTold,
    Unfollowed,
)
from kaiwa.vocabulary.language import Language, detect, is_language


class Arrival(msgspec.Struct, frozen=True):
    """One event as it arrived: its raw bytes and what its adapter read from them."""

    raw: bytes
    event: InboundEvent


class Place(msgspec.Struct, frozen=True):
    """Where an event arrived: the merchant and its inbox."""

    merchant: Merchant
    inbox: Inbox


def accept(
    session: Session, inbox: Inbox, arrivals: Sequence[Arrival], now: datetime
) -> list[bool]:
    """Keep raw events and plan their intake; False for those that were kept before.

    Everything of a batch commits together: answer 200 only after the transaction.
    """
    # Two calls may carry the same events in another order: whoever holds their lanes goes first.
    hold_lanes(session, [_lane(inbox, arrival.event) for arrival in arrivals])
    return [_accept_one(session, inbox, arrival, now) for arrival in arrivals]


def _accept_one(session: Session, inbox: Inbox, arrival: Arrival, now: datetime) -> bool:
    row = session.one(
        """INSERT INTO inbound_event (merchant_id, inbox_id, external_id, body, received_at)
        VALUES (:merchant_id, :inbox, :external, :body, :now)
        ON CONFLICT (inbox_id, external_id) DO NOTHING RETURNING id""",
        merchant_id=inbox.merchant_id,
        inbox=inbox.id,
        external=arrival.event.external_id,
        body=arrival.raw,
        now=now,
    )
    if row is None:
        return False
    lane = _lane(inbox, arrival.event)
    enqueue(session, NewJob("intake", "take_in", payload=str(row[0]), lane=lane), now)
    return True


def _lane(inbox: Inbox, event: InboundEvent) -> str:
    return f"from:{inbox.id}:{event.sender.value if event.sender else '-'}"


def raw_event(session: Session, event_id: int) -> tuple[int, int, bytes, int] | None:
    """Merchant, inbox, bytes and arrival (micros) of an event not yet taken in, or None."""
    row = session.one(
        """SELECT merchant_id, inbox_id, body, received_at FROM inbound_event
        WHERE id = :id AND taken_in_at IS NULL""",  # every merchant: the id comes from our queue
        id=event_id,
    )
    return None if row is None else (row[0], row[1], bytes(row[2]), row[3])


def set_taken_in(
    session: Session, merchant_id: int, event_id: int, outcome: str, now: datetime
) -> None:
    """The event has had its effect; `outcome` says which, for people who look."""
    session.run(
        """UPDATE inbound_event SET taken_in_at = :now, outcome = :outcome
        WHERE id = :id AND merchant_id = :merchant_id""",
        now=now,
        outcome=outcome,
        id=event_id,
        merchant_id=merchant_id,
    )


def take_in(
    session: Session, place: Place, event: InboundEvent, announce: Announce, now: datetime
) -> str:
    """Give the event its effect; the outcome in a word. Runs once per accepted event."""
    if event.sender is None:
        return _without_sender(session, place, event, now)
    kind = event.sender.kind
    address = Address(place.inbox.id, kind, event.sender.value)
    identity = resolve(session, place.merchant.id, address, now)
    if (token := token_of(event)) is not None:
        event = without_token(event)
        # Where nobody vouches for the sender, a mail could make one person of any two.
        if event.proof is None or event.proof.ok:
            identity = arrive(session, identity, token, now)
    _get_to_know(session, identity, event, now)
    outcome = _take_in(session, place, identity, event, announce, now)
    if event.referral is not None and event.referral.label():
        _note_referral(session, identity, event.referral, now)
    return outcome


def _take_in(
    session: Session,
    place: Place,
    identity: Identity,
    event: InboundEvent,
    announce: Announce,
    now: datetime,
) -> str:
    match event.heard:
        case Said() as said:
            if hear_form(session, place.merchant, identity, (event, said), announce, now):
                return "recorded"
            return _said(session, place, (identity, event, said), announce, now)
        case Edited() as edited:
            return _edited(session, place, (identity, event, edited), announce, now)
        case TakenBack(external_id=external_id):
            return take_back(session, place.inbox, external_id, identity, now)
        case Answered() as answered:
            return hear_back(session, place.merchant, identity, event, answered, now)
        case Declined(words=words):
            return opted_out(session, identity, "declined", now, words)
        case Agreed(words=words):
            return opted_in(session, identity, words, now)
        case Linked() as told:
            return finish_link(session, place.merchant, identity, told, now)
        case Followed() | Unfollowed() | HelpAsked() as wish:
            wished = Wished(place.merchant, identity, event.external_id, event.language)
            return grant(session, wished, wish, announce, now)
        case PageViewed() as page:
            if page.product:
                announce(session, PageSeen(*_visitor(identity), page.product))
            return note_page(session, identity, page, now)
        case CartChanged() as cart:
            skus = tuple(item.sku for item in cart.items)
            announce(session, CartSeen(*_visitor(identity), skus))
            return note_cart(session, identity, cart, now)
        case Delivered() | Read() | Failed() | Complained():
            return _receipt(session, place.inbox, identity, event, now)
        case _:
            return "ignored"


def _visitor(identity: Identity) -> tuple[int, int, int]:
    return identity.merchant_id, identity.id, identity.customer_id


def _without_sender(session: Session, place: Place, event: InboundEvent, now: datetime) -> str:
    match event.heard:
        case TakenBack(external_id=external_id):
            return take_back(session, place.inbox, external_id, None, now)
        case Delivered() | Read() | Failed() | Complained():
            return _receipt(session, place.inbox, None, event, now)
        case TemplateTold() as told:
            return take_news(session, place.inbox, told, event.occurred_at or now, now)
        case _:
            return "ignored"


def _get_to_know(session: Session, identity: Identity, event: InboundEvent, now: datetime) -> None:
    weigh(session, identity, event, now)
    if event.reply_handle is not None:
        _keep_handle(session, identity, event.reply_handle)
    if event.name:
        learn_name(session, identity.merchant_id, identity.customer_id, event.name)
    elif identity.label is None and Ability.PROFILE in channel(identity.channel).abilities:
        job = NewJob(
            "courtesy", "learn_profile", payload=f"{identity.merchant_id} {identity.id}",
            key=f"profile:{identity.id}",
        )  # fmt: skip
        enqueue(session, job, now)


def _keep_handle(session: Session, identity: Identity, handle: ReplyHandle) -> None:
    session.run(
        """INSERT INTO reply_handle
        (merchant_id, identity_id, token, expires_at, max_messages, certain_until)
        VALUES (:merchant_id, :identity, :token, :until, :most, :certain)
        ON CONFLICT (token) DO NOTHING""",
        merchant_id=identity.merchant_id,
        identity=identity.id,
        token=handle.token,
        until=handle.expires_at,
        most=handle.max_messages,
        certain=handle.certain_until,
    )


def _said(
    session: Session,
    place: Place,
    heard: tuple[Identity, InboundEvent, Said],
    announce: Announce,
    now: datetime,
) -> str:
    identity, event, said = heard
    content = said.content
    if was_taken_back(session, place.inbox, said.external_id.partition("#")[0]):
        content = Unsent()
    if rating := rated(session, identity, content, now):
        recording = _recording(said, event, content)
        return "recorded" if take_rating(session, identity, rating, recording, now) else "known"
    conv = current(session, identity, _opening(place.merchant, event, content), now)
    recorded = record(session, conv, identity, _recording(said, event, content), now)
    if recorded is None:
        return "known"
    heard_from(session, identity, now)
    if not is_stop(content):
        _note_language(session, conv, content)
    if isinstance(content, Media) and content.source is not None:
        payload = f"{identity.merchant_id} {recorded[0]}"
        enqueue(session, NewJob("media", "fetch_media", payload=payload), now)
    if is_stop(content):
        hear_stop(session, place.merchant, (recorded[0], identity), event.answerable, now)
        return "recorded"
    if event.answerable and hear_code(
        session, place.merchant, conv, (recorded[0], identity, content), now
    ):
        return "recorded"
    if not event.answerable or isinstance(content, Unsent):
        return "recorded"
    said_here = (recorded[0], identity, content)
    wish = hear_wish(session, place.merchant, conv, said_here, now, announce)
    if wish is not None:
        if wish == "by_person":
            request_handoff(session, conv, "unlink", announce, now)
        return "recorded"
    if not bot_may_act(session, identity, event):
        request_handoff(session, conv, "unproven_sender", announce, now)
        return "recorded"
    fact = MessageReceived(conv.merchant_id, conv.id, recorded[0], conv.answered_by)
    announce(session, fact)
    return "recorded"


def _recording(said: Said, event: InboundEvent, content: Content) -> Recording:
    return Recording(
        direction="in",
        sender="customer",
        state="accepted",
        text=plain(content),
        body=msgspec.json.encode(content).decode(),
        external_id=said.external_id,
        client_id=said.external_id.rpartition("/")[2] if "/" in said.external_id else None,
        occurred_at=event.occurred_at,
        mark_read_token=event.mark_read_token,
    )


def _opening(merchant: Merchant, event: InboundEvent, content: Content) -> Opening:
    told: Language | None = event.language if is_language(event.language) else None
    language = detect(plain(content)) or told or merchant.language
    return Opening(language, "bot" if merchant.settings.bot_answers else "nobody")


def _note_language(session: Session, conv: Conversation, content: Content) -> None:
    language = detect(plain(content))
    if language is not None and language != conv.language:
        session.run(
            """UPDATE conversation SET language = :language
            WHERE id = :id AND merchant_id = :merchant_id""",
            language=language,
            id=conv.id,
            merchant_id=conv.merchant_id,
        )


def _edited(
    session: Session,
    place: Place,
    heard: tuple[Identity, InboundEvent, Edited],
    announce: Announce,
    now: datetime,
) -> str:
    identity, event, edited = heard
    found = by_external_id(session, place.merchant.id, place.inbox.id, edited.external_id)
    if found is None:
        # The edit came before the message: it is the message.
        said = Said(edited.content, edited.external_id)
        return _said(session, place, (identity, event, said), announce, now)
    if not said_by(found, identity):
        return "not theirs"
    if found.unsent_at is not None:
        return "known"
    text = plain(edited.content)
    session.run(
        """UPDATE message SET body = :body, text = :text, edited_at = :now
        WHERE id = :id AND merchant_id = :merchant_id""",
        body=msgspec.json.encode(edited.content).decode(),
        text=text,
        now=now,
        id=found.id,
        merchant_id=found.merchant_id,
    )
    index_message(session, found.merchant_id, found.id, text)
    change_preview(session, found, text)
    changed(session, found)
    return "edited"


def _note_referral(session: Session, identity: Identity, referral: Referral, now: datetime) -> None:
    conv = open_of(session, identity.merchant_id, identity.customer_id)
    if conv is not None:
        note_happening(session, conv, "referred", now, reason=referral.label())


def _receipt(
    session: Session, inbox: Inbox, identity: Identity | None, event: InboundEvent, now: datetime
) -> str:
    match event.heard:
        case Failed() as failed:
            return note_failed(session, inbox, failed, now)
        case Delivered() as delivered:
            return note_delivered(session, inbox, identity, delivered)
        case Read() as read:
            return note_read(session, inbox, identity, read)
        case Complained(external_id=external_id):
            return note_complaint(session, inbox, external_id, now)
        case _:
            return "ignored"
