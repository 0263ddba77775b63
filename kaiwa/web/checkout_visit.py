"""A shopper at a checkout: which one, in which language, and the step that is to be shown."""

from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import inboxes
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.orders.checkout import show_checkout
from kaiwa.orders.checkout_record import Checkout, checkout_called
from kaiwa.orders.command import Command
from kaiwa.vocabulary.language import Language
from kaiwa.web.hosted_ask import Ask

Step: TypeAlias = Literal["address", "delivery", "payment", "review"]
STEPS: Final[tuple[Step, ...]] = ("address", "delivery", "payment", "review")


class Visit(msgspec.Struct, frozen=True):
    """One look at a checkout, `now`; `chat` is the key of the shop's own chat, if it has one."""

    ask: Ask
    now: datetime
    shop: Merchant
    checkout: Checkout
    language: Language
    chat: str | None

    @property
    def page(self) -> str:
        """The name under which its forms are signed."""
        return f"checkout:{self.checkout.key}"

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/checkout/{self.checkout.key}"

    def command(self, key: str | None = None, version: int | None = None) -> Command:
        """An envelope for something the shopper does here, as who they are."""
        found = self.checkout
        principal = f"customer:{found.customer_id}" if found.customer_id else "shopper"
        return Command(self.shop.id, principal, found.channel, self.now, key, version)

    def step(self) -> Step:
        """The step to show: the one asked for if it can be reached, else the first unfinished."""
        first = first_unfinished(self.checkout)
        asked = self.ask.query.get("step")
        reached = STEPS[: STEPS.index(first) + 1]
        return next((one for one in reached if one == asked), first)


def visit(session: Session, ask: Ask, now: datetime) -> Visit:
    """The checkout this call means; `NotFound`."""
    merchant_id, checkout_id = checkout_called(session, ask.parts[1])
    command = Command(merchant_id, "shopper", "", now)
    found = show_checkout(session, command, checkout_id)
    shop = merchant(session, merchant_id)
    language = ask.language(found.body.buyer.language or shop.language)
    return Visit(ask, now, shop, found, language, chat_of(session, merchant_id))


def chat_of(session: Session, merchant_id: int) -> str | None:
    """The key of the shop's own chat, which is no secret; None when it has none."""
    own = (box.key for box in inboxes(session, merchant_id) if box.channel == "web_chat")
    return next(own, None)


def first_unfinished(found: Checkout) -> Step:
    """Where the shopper goes on."""
    said, missing = found.body, found.body.missing
    if said.address is None or {"email", "shipping"} & set(missing):
        return "address"
    if "delivery" not in said.steps:
        return "delivery"
    return "payment" if "payment" in missing or "payment" not in said.steps else "review"
