"""News of parcels, from a carrier's CSV or a webhook: tracking number, what it says, when.

Columns are found by name: tracking_number, status, occurred_at (or お問い合わせ番号, 状態, 日時).
What a carrier's file says of a parcel nobody here sent is told, not guessed at.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from kaiwa.carriers import STATES, ShipmentState, carrier
from kaiwa.engines.db import Session
from kaiwa.orders.command import Command
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.shipment import ParcelNews, Shipment, record_news, shipments_called
from kaiwa.vocabulary.errors import Invalid, NotFound

_NAMES: Final = {
    **{name: name for name in ("tracking_number", "status", "occurred_at")},
    **dict.fromkeys(
        ("お問い合わせ番号", "問い合わせ番号", "送り状番号", "伝票番号"), "tracking_number"
    ),
    **dict.fromkeys(("状態", "ステータス", "配達状況"), "status"),
    **dict.fromkeys(("日時", "更新日時", "発生日時"), "occurred_at"),
}


def named(cells: dict[str, str]) -> dict[str, str]:
    """A row's cells by our names for the columns; `Invalid` names what is missing."""
    found = {
        _NAMES[name.strip()]: (value or "").strip()
        for name, value in cells.items()
        if name and name.strip() in _NAMES
    }
    missing = [name for name in ("tracking_number", "status", "occurred_at") if not found.get(name)]
    if missing:
        raise Invalid(f"This row has no {', '.join(missing)}.")
    return found


def take_news(
    session: Session,
    command: Command,
    cells: dict[str, str],
    timezone: str,
    announce: AnnounceOrders,
    only: str | None = None,
) -> bool:
    """Record one row; whether it moved the parcel on. `only` names the carrier that tells it.

    `NotFound` when the parcel is not ours, `Invalid` when it says nothing.
    """
    row = named(cells)
    parcel = _parcel(session, command.merchant_id, row["tracking_number"], only)
    kind = carrier(parcel.carrier)
    state: ShipmentState | None = kind.words.get(row["status"])
    if state is None:
        state = _plain(row["status"], STATES)
    news = ParcelNews(parcel.id, state, _time(row["occurred_at"], timezone), row["status"])
    return record_news(session, command, news, announce) != parcel


def _parcel(session: Session, merchant_id: int, written: str, only: str | None) -> Shipment:
    digits = "".join(one for one in written if one.isalnum()).upper()
    called = shipments_called(session, merchant_id, digits)
    found = [one for one in called if only in (None, one.carrier)]
    if not found:
        raise NotFound(f"No parcel of this shop has the number {written!r}.")
    return found[-1]


def _plain(status: str, states: Iterable[ShipmentState]) -> ShipmentState:
    for state in states:
        if status.casefold() == state:
            return state
    raise Invalid(f"What {status!r} means is not known.")


def _time(text: str, timezone: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise Invalid(f"This is no time: {text!r}.") from error
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(timezone))
