"""LINE: verify and parse 28 events, render a carousel of 13 cards; beside hmac + json.loads.

    python -m bench.line_codec

Prints microseconds, the best of five runs. Limit: verify and parse stay under five times
hmac + json.loads of the same bytes in the same run (LINE's SDK takes about thirty times).
"""

import hashlib
import hmac
import json
import timeit
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kaiwa.channels import Account, RawRequest, Route
from kaiwa.channels.line import CHANNEL
from kaiwa.channels.line.signature import signature
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Carousel, ProductCard, Reply, ReplyAction, UrlAction

RECORDINGS = Path(__file__).parents[1] / "tests" / "recordings" / "line"
SECRET = "bench"
ACCOUNT = Account(1, {"channel_secret": SECRET})
NOW = datetime(2026, 11, 21, tzinfo=UTC)
EVENTS = 28


def body_of_28() -> bytes:
    """The recordings' events, repeated to the size of the SDKs' own test body."""
    files = sorted(RECORDINGS.glob("*.json"))
    events = [event for file in files for event in json.loads(file.read_bytes())["events"]]
    events = (events * EVENTS)[:EVENTS]
    return json.dumps({"destination": "U" + "d" * 32, "events": events}).encode()


def carousel_of_13() -> Reply:
    cards = tuple(
        ProductCard(
            alt_text=f"リネンシャツ {number}",
            title=f"リネンシャツ {number}",
            price=Money(1980 + number, "JPY"),
            facts="麻100%・日本製",
            image_url=f"https://shop.example/{number}.jpg",
            number=number,
            actions=(
                ReplyAction("カートに入れる", payload=f"p:{number:022d}"),
                ReplyAction("似た商品", payload=f"p:{number:022d}"),
                UrlAction("詳しく見る", url=f"https://shop.example/products/{number}"),
            ),
        )
        for number in range(1, 14)
    )
    return Reply((Carousel(alt_text="13点見つかりました", cards=cards),))


def microseconds(work: Callable[[], object], times: int) -> float:
    return min(timeit.repeat(work, number=times, repeat=5)) / times * 1e6


def main() -> None:
    body = body_of_28()
    request = RawRequest(body, {"x-line-signature": signature(SECRET, body)})
    reply, route = carousel_of_13(), Route("push", "U" + "1" * 32)

    def ours() -> None:
        CHANNEL.verify(request, ACCOUNT)
        CHANNEL.parse(request.body, NOW)

    def bare() -> None:
        hmac.new(SECRET.encode(), body, hashlib.sha256).digest()
        json.loads(body)

    read, floor = microseconds(ours, 500), microseconds(bare, 500)
    written = microseconds(lambda: CHANNEL.render(reply, route), 200)
    ratio = f"(ratio {read / floor:.2f}, limit 5)"
    print(f"verify + parse {EVENTS} events, {len(body)} bytes   {read:8.1f} µs")
    print(f"hmac + json.loads of the same        {floor:8.1f} µs   {ratio}")
    print(f"render a carousel of 13 cards        {written:8.1f} µs")


if __name__ == "__main__":
    main()
