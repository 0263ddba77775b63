"""Every channel beside LINE: reading what it is told, and writing what it shows.

    python -m bench.channels

Reading is `parse` of the calls in tests/every/samples, by the event; writing is `render` of a
text, a carousel of 13 cards with three buttons, a receipt and quick replies. Microseconds of the
thread's own time, the best of the rounds; the channels take turns in each, so that a machine that
changes its speed changes it for all. Limit: no channel takes over twice LINE's time. Reading a mail
cannot keep that: what the standard library takes for the same bytes stands beside it, before a word
is decoded, a quote cut off or a bounce understood; there the limit is three times the library's.
What counts for the sender is the whole way to the disk: `bench.channel_durable`.
"""

import email
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final, TypeAlias

from bench.line_codec import carousel_of_13
from kaiwa.channels import Channel, Route, Standing, channels
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import (
    QuickReplies,
    Receipt,
    ReceiptLine,
    Reply,
    ReplyAction,
    TextBlock,
)
from tests.every.samples import samples_of

NOW: Final = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
LIMIT: Final = 2.0
PEER: Final = "line"
MAIL, MAIL_LIMIT = "email", 3.0
LIBRARY: Final = "the standard library"
ROUNDS, SPAN_S = 15, 0.02
Work: TypeAlias = Callable[[], object]


def reply() -> Reply:
    line = ReceiptLine("リネンシャツ", 2, Money(3_960, "JPY"))
    receipt = Receipt(
        alt_text="領収書", number="#1001", lines=(line,), total=line.total,
        url="https://shop.example/orders/1001",
    )  # fmt: skip
    quick = QuickReplies(actions=tuple(ReplyAction(f"選択肢{n}") for n in range(4)))
    words = TextBlock(text="13点見つかりました。在庫のあるものから並べています。")
    return Reply((words, *carousel_of_13().blocks, receipt, quick))


def in_turns(works: dict[str, Work]) -> dict[str, float]:
    """Microseconds of one call of each, by the best round."""
    times = {name: often(work) for name, work in works.items()}
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            started = time.thread_time()
            for _ in range(times[name]):
                work()
            took = (time.thread_time() - started) / times[name]
            best[name] = min(best[name], took * 1e6)
    return best


def often(work: Work) -> int:
    """How many calls fill about `SPAN_S`."""
    work()
    started = time.thread_time()
    work()
    return max(1, int(SPAN_S / max(time.thread_time() - started, 1e-6)))


def readings() -> dict[str, float]:
    """Of one event as they come, on every channel; and the library's way to the same mails."""
    works: dict[str, Work] = {}
    counts: dict[str, int] = {}
    for name, kind in channels().items():
        bodies = samples_of(name).heard
        counts[name] = sum(len(kind.parse(body, NOW)) for body in bodies)
        works[name] = partial(read_all, kind, bodies)
    mails = samples_of(MAIL).heard
    counts[LIBRARY] = counts[MAIL]
    works[LIBRARY] = lambda: [email.message_from_bytes(body) for body in mails]
    return {name: took / counts[name] for name, took in in_turns(works).items()}


def read_all(kind: Channel, bodies: tuple[bytes, ...]) -> None:
    """Every call once."""
    for body in bodies:
        kind.parse(body, NOW)


def writings() -> dict[str, float]:
    """Of one reply over the best route, on every channel."""
    said = reply()
    works: dict[str, Work] = {}
    for name, kind in channels().items():
        to = samples_of(name).to
        address = Address(1, kind.address_kind, to)
        routes = kind.routes(Standing(address, last_inbound_at=NOW), NOW)
        route = routes[0] if routes else Route("push", to)
        works[name] = partial(kind.render, said, route)
    return in_turns(works)


def main() -> None:
    read, write = readings(), writings()
    slow = 0
    for name in sorted(write):
        reads, writes = read[name] / read[PEER], write[name] / write[PEER]
        over = max(reads if name != MAIL else 0, writes) > LIMIT
        slow += over
        print(
            f"{name:11} read one event {read[name]:6.1f} µs ({reads:.2f} of LINE's),"
            f" write a reply {write[name]:7.1f} µs ({writes:.2f}); limit {LIMIT:g}"
            + ("  OVER" if over else "")
        )
    beside = read[MAIL] / read[LIBRARY]
    slow += beside > MAIL_LIMIT
    print(
        f"{MAIL:11} read one event {read[MAIL]:6.1f} µs, the standard library alone"
        f" {read[LIBRARY]:.1f} µs ({beside:.2f}; limit {MAIL_LIMIT:g})"
    )
    raise SystemExit(1 if slow else 0)


if __name__ == "__main__":
    main()
