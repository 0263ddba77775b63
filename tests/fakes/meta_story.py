"""A shop on Messenger or Instagram, the platform behind it, and one clock for both."""

import asyncio
from collections.abc import Callable
from typing import Any

from kaiwa.channels import channel
from kaiwa.conversations.conversation import Conversation, held, open_of
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.handoff import Act, take
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.conversations.message import Message, message
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.identity import Identity, at_address
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Claim
from kaiwa.engines.queue.job import claim
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.agent import NewAgent, add_agent
from kaiwa.merchants.inbox import NewInbox, add_inbox
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.reply import Block, Reply, TextBlock
from kaiwa.vocabulary.time import from_micros
from tests.fakes.line_http import InProcessHttp
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import USER, account

SECRETS = Secrets(bytes(range(32)))


class Story:
    """Hears what the customer does and delivers what the shop says, on a real database."""

    def __init__(self, db: Database, platform: MetaPlatform) -> None:
        self.db, self.platform, self.kind = db, platform, platform.kind
        self.clock = SetClock(from_micros(int(platform.time_s * 1_000_000)))
        self.meta, now = platform.webhooks(), self.clock.now()
        new = NewInbox(
            self.kind, credentials=account(self.kind).credentials, api_base="http://meta.test"
        )
        self.shop = db.write_now(
            lambda s: create_merchant(s, NewMerchant("Shop", slug="shop"), now)
        )
        self.box = db.write_now(lambda s: add_inbox(s, self.shop.id, new, SECRETS, now))
        agent = NewAgent("aya@shop.example", "Aya", "agent", "a long password")
        self.agent = db.write_now(lambda s: add_agent(s, self.shop.id, agent, now))

    def wait(self, seconds: float) -> None:
        self.platform.time_s += seconds
        self.clock.at = from_micros(int(self.platform.time_s * 1_000_000))

    def hear(self, *items: dict[str, Any]) -> None:
        """The call is taken at the door, and all that it tells takes effect."""
        self.take(self.meta.deliver(*items)[0])

    def take(self, body: bytes) -> None:
        now = self.clock.now()
        arrivals = [Arrival(raw, event) for raw, event in channel(self.kind).parse(body, now)]
        self.db.write_now(lambda s: accept(s, self.box, arrivals, now))
        self.work("intake", TakingIn(self.db, self.clock, lambda *_: None).take_in)

    def person(self) -> Identity:
        return self.db.read_now(self.person_in)

    def person_in(self, session: Session) -> Identity:
        address = Address(self.box.id, f"{self.kind}_user", USER)
        found = at_address(session, self.shop.id, address)
        assert found is not None
        return found

    def conversation(self) -> Conversation:
        customer_id = self.person().customer_id
        found = self.db.write_now(lambda s: open_of(s, self.shop.id, customer_id))
        assert found is not None
        return found

    def take_over(self) -> None:
        conv = self.conversation()
        act = Act(self.shop.id, conv.id, self.agent.id, conv.epoch)
        self.db.write_now(lambda s: take(s, act, self.clock.now()))

    def queue(self, *blocks: Block | str, sender: Any = "agent") -> Message:
        """The reply waits to be sent."""
        said = [TextBlock(text=one) if isinstance(one, str) else one for one in blocks]
        key = f"k-{len(self.messages())}-{self.clock.now()}"
        out = Outgoing(Reply(tuple(said)), sender, key, identity_id=self.person().id)
        conv = self.conversation()
        return self.db.write_now(
            lambda s: say(s, held(s, self.shop.id, conv.id), out, self.clock.now())
        )

    def deliver(self) -> None:
        """Every job of delivery, as often as it is due now."""
        handler = Delivery(self.db, InProcessHttp(self.platform), SECRETS, self.clock)
        self.work("delivery", handler.deliver)

    def answer(self, *blocks: Block | str, sender: Any = "agent") -> Message:
        made = self.queue(*blocks, sender=sender)
        self.deliver()
        return self.now_of(made)

    def now_of(self, made: Message) -> Message:
        return self.db.read_now(lambda s: message(s, self.shop.id, made.id))

    def messages(self) -> list[tuple[str, str, str, str]]:
        """Direction, sender, state and words of all messages, in their order."""
        rows = self.db.read_now(
            lambda s: s.all("SELECT direction, sender, state, text FROM message ORDER BY id")
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def happened(self) -> list[tuple[str, str | None]]:
        rows = self.db.read_now(lambda s: s.all("SELECT kind, reason FROM happening ORDER BY id"))
        return [(row[0], row[1]) for row in rows]

    def work(self, pool: str, handle: Callable[[Any], Any]) -> None:
        while jobs := self.db.write_now(lambda s: claim(s, Claim(pool, "w", 8), self.clock.now())):
            for job in jobs:
                asyncio.run(handle(job))
