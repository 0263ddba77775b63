"""What siblings may hear of a conversation, told in the transaction in which it became true."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from kaiwa.engines.db import Session


class MessageReceived(msgspec.Struct, frozen=True):
    """A customer said something that may be answered, and who answers there now."""

    merchant_id: int
    conversation_id: int
    message_id: int
    answered_by: str


class CustomerFollowed(msgspec.Struct, frozen=True):
    """Somebody added the shop's account on a channel."""

    merchant_id: int
    identity_id: int
    again: bool


class ConversationParted(msgspec.Struct, frozen=True):
    """Two people had shared it: what the other one said in it is not there any more."""

    merchant_id: int
    conversation_id: int


class HandoffRequested(msgspec.Struct, frozen=True):
    """A person is needed."""

    merchant_id: int
    conversation_id: int
    reason: str


class CartSeen(msgspec.Struct, frozen=True):
    """The shop's page told what is in a visitor's cart: a claim, by SKU."""

    merchant_id: int
    identity_id: int
    customer_id: int
    skus: tuple[str, ...] = ()


class PageSeen(msgspec.Struct, frozen=True):
    """A visitor looked at a page of the shop that says which product it shows."""

    merchant_id: int
    identity_id: int
    customer_id: int
    product: str


Fact: TypeAlias = (
    MessageReceived | CustomerFollowed | ConversationParted | HandoffRequested | CartSeen | PageSeen
)
Announce: TypeAlias = Callable[[Session, Fact], None]
