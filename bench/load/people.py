"""Shoppers with open conversations, put there before the server starts."""

from datetime import datetime

import msgspec

from bench.load.shop import SECRET, Shop, house_of
from kaiwa.channels import channel
from kaiwa.channels.web_chat import Frame, VisitorToken, make_token, new_visitor, raw_frame
from kaiwa.conversations.intake import Place, take_in
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import Inbox
from kaiwa.vocabulary.content import Text
from tests.fakes.line_webhooks import LineWebhooks

AT_ONCE = 200


class Person(msgspec.Struct, frozen=True):
    """A shopper: `token` is set for visitors of the chat, who write by socket or by HTTP."""

    address: str
    token: str | None
    by_socket: bool
    conversation: int
    last_seq: int


def seeded(shop: Shop, on_line: int, by_socket: int, by_http: int) -> list[Person]:
    """As many people, each of whom has said one thing that nobody answered."""
    visitors = [new_visitor() for _ in range(by_socket + by_http)]
    with house_of(shop.data) as house:
        now = house.clock.now()
        said = [(shop.line, body) for body in _on_line(on_line)]
        said += [(shop.chat, _in_chat(visitor, now)) for visitor in visitors]
        for start in range(0, len(said), AT_ONCE):
            part = said[start : start + AT_ONCE]
            house.db.write_now(lambda s, p=part: _hear(s, shop, p, now))  # type: ignore[misc]
        house.db.write_now(_be_quiet)
        found = house.db.read_now(_conversations)
        key = house.secrets.derived(f"visitor:{shop.chat.key}")
    tokens = {v: make_token(key, shop.chat.key, VisitorToken(v), now) for v in visitors}
    sockets = set(visitors[:by_socket])
    return [
        Person(address, tokens.get(address), address in sockets, conversation, seq)
        for address, conversation, seq in found
    ]


def held_by_agents(shop: Shop) -> None:
    """A person answers in every conversation, so that the bot is silent."""
    with house_of(shop.data) as house:
        house.db.write_now(
            lambda s: s.run(
                """UPDATE conversation SET answered_by = 'agent', epoch = epoch + 1, assignee_id =
                (SELECT min(id) + conversation.id % count(*) FROM agent)"""
            )
        )


def visitor_tokens(shop: Shop, count: int) -> list[str]:
    """Tokens of as many new visitors of the chat."""
    with house_of(shop.data) as house:
        key, now = house.secrets.derived(f"visitor:{shop.chat.key}"), house.clock.now()
    tokens = (VisitorToken(new_visitor()) for _ in range(count))
    return [make_token(key, shop.chat.key, token, now) for token in tokens]


def _on_line(count: int) -> list[bytes]:
    line = LineWebhooks(SECRET)
    return [line.deliver(line.text(f"U{n:032x}", "はじめまして"))[0] for n in range(count)]


def _in_chat(visitor: str, now: datetime) -> bytes:
    return raw_frame(Frame(client_id="first", visitor=visitor, content=Text("こんにちは"), at=now))


def _hear(session: Session, shop: Shop, said: list[tuple[Inbox, bytes]], now: datetime) -> None:
    for box, body in said:
        for _, event in channel(box.channel).parse(body, now):
            take_in(session, Place(shop.merchant, box), event, lambda _, fact: None, now)


def _be_quiet(session: Session) -> None:
    # Names are known and old reply tokens are gone, as they are on a day like any other.
    session.run("UPDATE identity SET label = 'known'")
    session.run("DELETE FROM reply_handle")
    session.run("DELETE FROM job")


def _conversations(session: Session) -> list[tuple[str, int, int]]:
    rows = session.all(
        "SELECT i.value, c.id, c.last_seq FROM conversation c JOIN identity i ON i.id ="
        " c.identity_id"
    )
    return [(row[0], row[1], row[2]) for row in rows]
