"""What a visitor may read of a conversation that runs over several addresses."""

from kaiwa.channels import channel
from kaiwa.channels.web_chat import VisitorToken
from kaiwa.conversations.intake import Place
from kaiwa.conversations.merge import merge_customers
from kaiwa.customers.identity import Evidence
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database
from kaiwa.engines.secrets import Secrets
from kaiwa.web.places import Door
from kaiwa.web.visitor import Visitor
from tests.web.desk.world import NOON, Shop


def test_what_others_said_does_not_end_the_history(database: Database) -> None:
    shop = Shop(database, SetClock(NOON), "kodachi")
    mine = shop.hears("v-mine", "first")
    other = shop.hears("v-other", "from elsewhere")
    pair = (mine.customer_id, other.customer_id)
    evidence = Evidence("linked", "same person", f"agent:{shop.hana.id}")
    database.write_now(lambda s: merge_customers(s, shop.id, pair, evidence, NOON))
    for number in range(12):
        shop.hears("v-other", f"elsewhere {number}")
    shop.hears("v-mine", "last")
    door = Door(
        Place(shop.merchant, shop.inbox),
        channel("web_chat"),
        shop.inbox.account(Secrets(b"0" * 32)),
    )
    visitor = Visitor(door, VisitorToken("v-mine"))

    def texts(after: int | None, before: int = 2**31 - 1) -> list[str]:
        found = database.read_now(
            lambda s: visitor.messages(s, after=after, before=before, limit=2)
        )
        return [message.text for message in found]

    assert texts(None) == ["first", "last"]
    assert texts(0) == ["first", "last"]
    assert texts(None, before=10) == ["first"]


def test_who_signed_in_does_not_read_what_was_said_at_a_claimed_address(
    database: Database,
) -> None:
    shop = Shop(database, SetClock(NOON), "kodachi")
    mine, sure, claimed = (
        shop.hears(who, f"from {who}") for who in ("v-mine", "v-sure", "v-claimed")
    )
    for other, grade in ((sure, "one_time_code"), (claimed, "claimed")):
        evidence = Evidence(grade, "x", "agent:1")  # type: ignore[arg-type]
        pair = (mine.customer_id, other.customer_id)
        database.write_now(lambda s, p=pair, e=evidence: merge_customers(s, shop.id, p, e, NOON))  # type: ignore[misc]
    for who in ("v-sure", "v-claimed", "v-mine"):
        shop.hears(who, f"again from {who}")
    door = Door(
        Place(shop.merchant, shop.inbox),
        channel("web_chat"),
        shop.inbox.account(Secrets(b"0" * 32)),
    )

    def texts(token: VisitorToken) -> list[str]:
        visitor = Visitor(door, token)
        found = database.read_now(
            lambda s: visitor.messages(s, after=0, before=2**31 - 1, limit=50)
        )
        return [message.text for message in found]

    assert texts(VisitorToken("v-mine", "member-1")) == [
        "from v-mine",
        "again from v-sure",
        "again from v-mine",
    ]
    assert texts(VisitorToken("v-mine")) == ["from v-mine", "again from v-mine"]
    assert texts(VisitorToken("v-claimed")) == ["again from v-claimed"]
