"""What siblings may hear of a conversation, told in the transaction in which it became true."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from kaiwa.engines.db import Session


class MessageReceived(msgspec.Struct, frozen=True):
    """A customer said something that may be answered."""

    merchant_id: int
    conversation_id: int
    message_id: int


class CustomerFollowed(msgspec.Struct, frozen=True):
    """Somebody added the shop's account on a channel."""

    merchant_id: int
    identity_id: int
    again: bool


class HandoffRequested(msgspec.Struct, frozen=True):
    """A person is needed."""

    merchant_id: int
    conversation_id: int
    reason: str


class CartSeen(msgspec.Struct, frozen=True):
    """The shop's page told what is in a visitor's cart."""

    merchant_id: int
    identity_id: int


Fact: TypeAlias = MessageReceived | CustomerFollowed | HandoffRequested | CartSeen
Announce: TypeAlias = Callable[[Session, Fact], None]
