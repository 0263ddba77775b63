"""find: what a shopper would find, with what was understood and how long it took."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kaiwa.catalog.finder.find import Answer
from kaiwa.catalog.translation import in_language
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.money import Money


class Line(msgspec.Struct, frozen=True):
    """One input line of `--queries`."""

    id: str | int
    query: str


def add(commands: Commands) -> None:
    """Add the command."""
    one = command(commands, "find", _find, "search the catalog as a shopper", merchant=True)
    one.add_argument("query", nargs="?")
    one.add_argument("--queries", type=Path, metavar="FILE", help='lines of {"id","query"}')
    one.add_argument("--limit", type=int, default=20, metavar="N")
    one.add_argument("--json", action="store_true", help="one JSON object per query")


def _find(chosen: argparse.Namespace) -> int:
    if chosen.query is None and chosen.queries is None:
        raise Invalid("Say what to find: kaiwa find QUERY, or --queries FILE.")
    limit = max(1, min(chosen.limit, 1_000))
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
        for line in _lines(chosen):
            answer = house.finder.try_now(shop.id, line.query, limit)
            if chosen.json or chosen.queries:
                told = shape(line, answer, shop.currency)
                sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
            else:
                _print(answer, shop.currency)
    return 0


def _lines(chosen: argparse.Namespace) -> Iterator[Line]:
    if chosen.queries is None:
        yield Line("1", chosen.query)
        return
    try:
        file = chosen.queries.open("rb")
    except OSError as error:
        raise NotFound(f"{chosen.queries} cannot be read: {error.strerror}.") from error
    with file:
        for number, raw in enumerate(file, 1):
            if not raw.strip():
                continue
            try:
                yield msgspec.json.decode(raw, type=Line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                sys.stderr.write(f"line {number}: {error}\n")


def shape(line: Line, answer: Answer, currency: str) -> dict[str, Any]:
    """One answer as `--json` writes it; only what was understood is in `understood`."""
    return {
        "id": line.id,
        "query": line.query,
        "understood": _understood(answer, currency),
        "relaxed": list(answer.relaxed),
        "results": [
            {
                "handle": one.product.handle,
                "sku": one.variant.sku or "",
                "title": in_language(one.product, answer.asked.language).title,
                "price": {"amount": _number(one.price), "currency": one.price.currency},
                "in_stock": one.in_stock,
                "score": one.score,
            }
            for one in answer.results
        ],
        "ms": round(answer.took_ms, 3),
    }


def _understood(answer: Answer, currency: str) -> dict[str, Any]:
    asked = answer.asked
    told: dict[str, Any] = {"language": asked.language, "terms": asked.terms.split()}
    for name in ("price_min", "price_max"):
        amount = getattr(asked, name)
        if amount is not None:
            told[name] = _number(Money(amount, currency))
    if asked.colour:
        told["colour"] = asked.colour[0] if len(asked.colour) == 1 else list(asked.colour)
    for name in ("size", "category", "brand", "gender"):
        if getattr(asked, name) is not None:
            told[name] = getattr(asked, name)
    if asked.in_stock:
        told["in_stock"] = True
    if asked.order is not None:
        told["sort"] = asked.order
    if asked.purpose:
        told["purpose"] = list(asked.purpose)
    if asked.exclude:
        told["exclude"] = list(asked.exclude)
    return told


def _number(money: Money) -> int | float:
    text = money.decimal()
    return float(text) if "." in text else int(text)


def _print(answer: Answer, currency: str) -> None:
    told = _understood(answer, currency)
    print("understood  " + ", ".join(f"{name}: {value}" for name, value in told.items()))
    if answer.relaxed:
        print(f"relaxed     {', '.join(answer.relaxed)}")
    print(f"found       {answer.total} in {answer.took_ms:.1f} ms")
    for place, one in enumerate(answer.results, 1):
        there = "" if one.in_stock else "  (out of stock)"
        title = in_language(one.product, answer.asked.language).title
        print(f"{place:3}  {one.price.label():>12}  {title}{there}")
