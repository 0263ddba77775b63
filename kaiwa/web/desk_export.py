"""The shop's data out of the desk: streamed page by page, as JSON lines or for a spreadsheet."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import msgspec
from litestar import Request, get
from litestar.openapi.spec import (
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Schema,
)
from litestar.params import FromQuery
from litestar.response import Stream

from kaiwa.conversations.export import exported_events, exported_messages, exported_ratings
from kaiwa.conversations.form_asking import exported_form_answers
from kaiwa.customers.export import exported_customers
from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.merchant import merchant
from kaiwa.orders.abandoned_cart import exported_abandoned_carts
from kaiwa.orders.export import exported_orders
from kaiwa.web.desk_door import Desk
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
What: TypeAlias = Literal["messages", "orders", "customers", "events"]
Form: TypeAlias = Literal["jsonl", "csv"]
Lines: TypeAlias = Callable[[Session, int, int], Iterable[tuple[int, dict[str, Any]]]]

LINES: Final[dict[What, tuple[Lines, ...]]] = {
    "messages": (exported_messages,),
    "orders": (exported_orders,),
    "customers": (exported_customers,),
    "events": (exported_events, exported_abandoned_carts, exported_ratings, exported_form_answers),
}
# In the order of the lines' own keys; what a line lacks stays empty.
COLUMNS: Final[dict[What, tuple[str, ...]]] = {
    "messages": (
        "conversation", "seq", "direction", "channel", "external_id", "customer", "sender",
        "text", "state", "occurred_at", "recorded_at",
    ),
    "orders": (
        "number", "email", "phone", "name", "placed_at", "lines", "status", "delivered_at",
        "carrier", "tracking_number", "address", "customer", "state", "currency", "total",
        "entries", "taxes", "paid", "refunded",
    ),
    "customers": ("customer", "name", "language", "created_at", "addresses"),
    "events": (
        "event", "channel", "external_id", "received_at", "taken_in_at", "outcome", "fact",
        "cart", "version", "customer", "conversation", "checkout", "total", "currency", "lines",
        "occurred_at", "recorded_at", "agent", "definition", "score", "words", "answered_at",
        "asking", "form", "title", "answers",
    ),
}  # fmt: skip
_TYPES: Final = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}
# Spreadsheets read a cell that begins so as a formula, whoever wrote it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class _Export(Operation):
    """Described as the two kinds of file that it gives."""

    def __post_init__(self) -> None:
        text = Schema(type=OpenAPIType.STRING)
        files = {kind: OpenAPIMediaType(schema=text) for kind in _TYPES.values()}
        self.responses = {
            **(self.responses or {}),
            "200": OpenAPIResponse(description="The file", content=files),
        }


@get("/export", responses=refusals(400, 401, 403, 503), operation_class=_Export)
async def export(
    request: Asking, what: FromQuery[What] = "messages", form: FromQuery[Form] = "jsonl"
) -> Stream:
    """All messages, orders, customers or events of the shop. Owners and admins only."""
    desk = await Desk.of(request, "export")
    deed = Deed(
        f"agent:{desk.agent.id}",
        "exported",
        f"merchant:{desk.merchant_id}",
        {"what": what, "form": form},
    )

    def begin(session: Session) -> str:
        write_down(session, desk.merchant_id, deed, desk.now)
        return merchant(session, desk.merchant_id).slug

    slug = await desk.context.db.write(begin)
    name = f"{slug}-{what}-{desk.now:%Y%m%d}.{form}"
    parts = _as_csv(desk, what) if form == "csv" else _as_lines(desk, what)
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "x-content-type-options": "nosniff",
    }
    return Stream(parts, media_type=_TYPES[form], headers=headers)


async def _as_lines(desk: Desk, what: What) -> AsyncIterator[bytes]:
    encode = msgspec.json.encode
    async for page in _pages(desk, what):
        yield b"".join(encode(line) + b"\n" for line in page)


async def _as_csv(desk: Desk, what: What) -> AsyncIterator[bytes]:
    columns = COLUMNS[what]
    # With the mark by which spreadsheets know UTF-8.
    yield "\ufeff".encode() + _rows([columns])
    async for page in _pages(desk, what):
        yield _rows([[_cell(line.get(one)) for one in columns] for line in page])


async def _pages(desk: Desk, what: What) -> AsyncIterator[list[dict[str, Any]]]:
    for lines in LINES[what]:
        place = 0
        while page := await desk.read(_page(lines, desk.merchant_id, place)):
            yield [line for _, line in page]
            place = page[-1][0]


def _page(
    lines: Lines, merchant_id: int, after: int
) -> Callable[[Session], list[tuple[int, dict[str, Any]]]]:
    return lambda session: list(lines(session, merchant_id, after))


def _rows(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return str(value) if isinstance(value, int) else msgspec.json.encode(value).decode()


HANDLERS = [export]
