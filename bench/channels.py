"""Every channel beside LINE: reading what it is told, and writing what it shows.

    python -m bench.channels

Reading is `parse` of the calls in tests/every/samples, by the event; writing is `render` of a
text, a carousel of 13 cards with three buttons, a receipt and quick replies. Microseconds of the
thread's own time, the best of seven runs. Limit: no channel takes over twice LINE's time. Reading
a mail cannot keep that: what the standard library takes for the same bytes stands beside it, before
a word is decoded, a quote cut off or a bounce understood; there the limit is three times the
library's. What counts for the sender is the whole way to the disk: `bench.channel_durable`.
"""

import email
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

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
from tests.every.samples import Samples, samples_of

NOW: Final = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
LIMIT: Final = 2.0
PEER: Final = "line"
MAIL, MAIL_LIMIT = "email", 3.0
RUNS, SPAN_S = 7, 0.1


def reply() -> Reply:
    line = ReceiptLine("リネンシャツ", 2, Money(3_960, "JPY"))
    receipt = Receipt(
        alt_text="領収書", number="#1001", lines=(line,), total=line.total,
        url="https://shop.example/orders/1001",
    )  # fmt: skip
    quick = QuickReplies(actions=tuple(ReplyAction(f"選択肢{n}") for n in range(4)))
    words = TextBlock(text="13点見つかりました。在庫のあるものから並べています。")
    return Reply((words, *carousel_of_13().blocks, receipt, quick))


def microseconds(work: Callable[[], object]) -> float:
    """One call, by the best run of about `SPAN_S` each."""
    work()
    started = time.thread_time()
    work()
    once = max(time.thread_time() - started, 1e-6)
    times = max(1, int(SPAN_S / once))
    best = float("inf")
    for _ in range(RUNS):
        started = time.thread_time()
        for _ in range(times):
            work()
        best = min(best, (time.thread_time() - started) / times)
    return best * 1e6


def reading(kind: Channel, samples: Samples) -> float:
    """Of one event, as they come."""
    bodies = samples.heard
    count = sum(len(kind.parse(body, NOW)) for body in bodies)
    return microseconds(lambda: [kind.parse(body, NOW) for body in bodies]) / count


def writing(kind: Channel, samples: Samples) -> float:
    """Of one reply, over the best route."""
    address = Address(1, kind.address_kind, samples.to)
    routes = kind.routes(Standing(address, last_inbound_at=NOW), NOW)
    route = routes[0] if routes else Route("push", samples.to)
    said = reply()
    return microseconds(lambda: kind.render(said, route))


def library(samples: Samples) -> float:
    """The standard library's way to the same mails as parts, by the event."""
    bodies = samples.heard
    count = sum(len(channels()[MAIL].parse(body, NOW)) for body in bodies)
    return microseconds(lambda: [email.message_from_bytes(body) for body in bodies]) / count


def main() -> None:
    found = {
        name: (reading(kind, samples_of(name)), writing(kind, samples_of(name)))
        for name, kind in sorted(channels().items())
    }
    peer = found[PEER]
    slow = 0
    for name, (read, write) in found.items():
        over = max(read / peer[0] if name != MAIL else 0, write / peer[1])
        slow += over > LIMIT
        print(
            f"{name:10} read one event {read:7.1f} µs ({read / peer[0]:.2f} of LINE's),"
            f" write a reply {write:8.1f} µs ({write / peer[1]:.2f}); limit {LIMIT:g}"
            + ("  OVER" if over > LIMIT else "")
        )
    alone = library(samples_of(MAIL))
    slow += found[MAIL][0] / alone > MAIL_LIMIT
    print(
        f"{MAIL:10} read one event {found[MAIL][0]:7.1f} µs, the standard library alone"
        f" {alone:.1f} µs ({found[MAIL][0] / alone:.2f}; limit {MAIL_LIMIT:g})"
    )
    raise SystemExit(1 if slow else 0)


if __name__ == "__main__":
    main()
