"""The one gate that every write of the bot passes.

It knows which writes there are, which need a yes, and whose orders may be touched; no intent
score, no model and no skill gets round it. A write that needs a yes is first proposed: what is
kept is a digest of its exact arguments and of the effect that was shown. It runs only after a yes
to that very proposal, once: the proposal's id is the idempotency key.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

import msgspec

from kaiwa.bot.dialogue.state import Dialogue, Pending
from kaiwa.bot.nlu.act import Act
from kaiwa.bot.order.reviewing import WriteReview, write_review
from kaiwa.engines.db import Session
from kaiwa.engines.queue.rate import Limit, is_left, take
from kaiwa.orders.alert import AskAlert, EndAlert, ask_alert, end_alert
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.cart import (
    AddToCart,
    ChangeLine,
    CreateCart,
    SetCodes,
    add_to_cart,
    change_line,
    create_cart,
    set_codes,
)
from kaiwa.orders.change import ChangeOrder, change_order
from kaiwa.orders.changing_payment import ChangePayment, change_payment
from kaiwa.orders.checkout import OpenCheckout, UpdateCheckout, open_checkout, update_checkout
from kaiwa.orders.command import Command
from kaiwa.orders.default_address import SetDefaultAddress, set_default_address
from kaiwa.orders.exchange import AskExchange, ask_exchange
from kaiwa.orders.fact import AnnounceOrders, OrdersFact
from kaiwa.orders.replacing import ReplaceItems, replace_items
from kaiwa.orders.return_request import AskReturn, ask_return
from kaiwa.orders.wishlist import AddWish, RemoveWish, add_wish, remove_wish
from kaiwa.vocabulary.errors import NotAllowed, TooMany

T = TypeVar("T")

WAITS: Final = timedelta(minutes=30)
WRITES: Final = Limit(per_s=0.5, burst=60)
# How often somebody may name a wrong buyer, and how often an order may be guessed at, an hour.
WRONG_OF_PERSON: Final = Limit(per_s=5 / 3600, burst=5)
WRONG_OF_ORDER: Final = Limit(per_s=10 / 3600, burst=10)


class MustWrite(Exception):
    """The turn wants to write, and was only let read so far: let it begin anew where it may."""


class Tool(msgspec.Struct, frozen=True):
    """A write: how it is done, whether it needs a yes, and whether it touches an order."""

    run: Callable[[Session, Command, Any, AnnounceOrders], Any]
    confirm: bool = False
    of_order: bool = False


def _plain(verb: Callable[[Session, Command, Any], Any]) -> Tool:
    return Tool(lambda session, command, request, _: verb(session, command, request))


TOOLS: Final[dict[type[msgspec.Struct], Tool]] = {
    CreateCart: _plain(create_cart),
    AddToCart: _plain(add_to_cart),
    ChangeLine: _plain(change_line),
    SetCodes: _plain(set_codes),
    AddWish: _plain(add_wish),
    RemoveWish: _plain(remove_wish),
    OpenCheckout: _plain(open_checkout),
    UpdateCheckout: _plain(update_checkout),
    AskAlert: _plain(ask_alert),
    EndAlert: _plain(end_alert),
    WriteReview: Tool(_plain(write_review).run, confirm=True),
    SetDefaultAddress: Tool(_plain(set_default_address).run, confirm=True),
    CancelOrder: Tool(cancel_order, confirm=True, of_order=True),
    ChangeOrder: Tool(change_order, confirm=True, of_order=True),
    ChangePayment: Tool(change_payment, confirm=True, of_order=True),
    ReplaceItems: Tool(replace_items, confirm=True, of_order=True),
    AskReturn: Tool(ask_return, confirm=True, of_order=True),
    AskExchange: Tool(ask_exchange, confirm=True, of_order=True),
}


def digest(write: msgspec.Struct, shown: str) -> str:
    """The fingerprint of a write's arguments and of what was shown of its effect."""
    told = msgspec.json.encode([type(write).__name__, write, shown], order="deterministic")
    return hashlib.sha256(told).hexdigest()


def proposal(act: Act, write: msgspec.Struct, shown: str, seen: tuple[int, datetime]) -> Pending:
    """The write as it waits for a yes; `seen` is the turn in which it was shown, and when."""
    turn, now = seen
    return Pending(secrets.token_hex(8), act, turn, now + WAITS, digest(write, shown))


def agreed(
    state: Dialogue, yes_to: str | None, write: msgspec.Struct, shown: str, now: datetime
) -> bool:
    """Whether the shopper has said yes to exactly this, shown exactly so, and not too long ago."""
    pending = state.pending
    return (
        pending is not None
        and yes_to == pending.id
        and pending.shown_turn < state.turn
        and now < pending.expires_at
        and secrets.compare_digest(pending.digest, digest(write, shown))
    )


class Gateway:
    """Runs the writes of one turn, in the transaction that answers it."""

    def __init__(self, session: Session, announce: AnnounceOrders, *, writing: bool) -> None:
        self._session = session
        self._announce = announce
        self._writing = writing
        self.done: list[str] = []

    def run(
        self,
        command: Command,
        write: msgspec.Struct,
        *,
        agreed: bool = False,
        own: bool = False,
    ) -> Any:
        """Do it: what the verb returns. What the verb refuses leaves nothing behind.

        `agreed`: the shopper said yes to it; `own`: the order is the person's. `NotAllowed`
        without what the write needs; `TooMany` for somebody who never stops; `MustWrite` in a
        turn that may only read.
        """
        tool = TOOLS.get(type(write))
        if tool is None:
            raise NotAllowed(f"The bot does not do this: {type(write).__name__}.")
        if tool.of_order and not own:
            raise NotAllowed("Only who placed an order may change it.")
        if tool.confirm and not agreed:
            raise NotAllowed("This needs a yes to what was shown.")
        if not self._writing:
            raise MustWrite
        wait_s = take(self._session, f"bot:{command.principal}", WRITES, command.at)
        if wait_s > 0:
            raise TooMany("Too many changes at once. Wait a moment.", retry_after_s=wait_s)
        result = self._undoable(lambda: tool.run(self._session, command, write, self._announce))
        self.done.append(type(write).__name__)
        return result

    def rehearse(self, command: Command, write: msgspec.Struct, look: Callable[[Any], T]) -> T:
        """What `look` sees once the write was done: it is undone again, and tells nobody.

        Only for the person's own. Raises what the write would; `MustWrite` as `run` does.
        """
        tool = TOOLS[type(write)]
        if not self._writing:
            raise MustWrite
        plain = msgspec.structs.replace(command, key=None)
        self._session.run("SAVEPOINT bot_rehearsal")
        try:
            return look(tool.run(self._session, plain, write, _silence))
        finally:
            self._session.run("ROLLBACK TO SAVEPOINT bot_rehearsal")
            self._session.run("RELEASE SAVEPOINT bot_rehearsal")

    def may_guess(self, command: Command, number: str) -> bool:
        """Whether the person may still say whose order this is."""
        keys = _guessing(command, number)
        return all(is_left(self._session, key, limit, command.at) for key, limit in keys)

    def guessed_wrong(self, command: Command, number: str) -> None:
        """Count a wrong word about whose order it is; `MustWrite` as `run` does."""
        if not self._writing:
            raise MustWrite
        for key, limit in _guessing(command, number):
            take(self._session, key, limit, command.at)

    def _undoable(self, effect: Callable[[], Any]) -> Any:
        self._session.run("SAVEPOINT bot_write")
        try:
            result = effect()
        except BaseException:
            self._session.run("ROLLBACK TO SAVEPOINT bot_write")
            self._session.run("RELEASE SAVEPOINT bot_write")
            raise
        self._session.run("RELEASE SAVEPOINT bot_write")
        return result


def _guessing(command: Command, number: str) -> tuple[tuple[str, Limit], ...]:
    shop = command.merchant_id
    return (
        (f"guess:{shop}:{command.principal}", WRONG_OF_PERSON),
        (f"guess:{shop}:order:{number}", WRONG_OF_ORDER),
    )


def _silence(session: Session, fact: OrdersFact) -> None:
    """A rehearsal makes no news."""
