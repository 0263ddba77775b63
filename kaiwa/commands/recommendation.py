"""recommendation: what would be shown and why, how it is chosen, and what is never shown."""

import argparse
import asyncio
import sys
from contextlib import closing

import msgspec

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import product_by_handle, products
from kaiwa.catalog.recommendation import WISHES, For, Knowing, Recommendation, recommend
from kaiwa.catalog.recommendation.choosing import DEFAULT, choice_of
from kaiwa.catalog.recommendation.exclusion import leave_out, left_out, put_back
from kaiwa.catalog.recommendation.learning import Learning
from kaiwa.catalog.recommendation.shopping_event import products_called
from kaiwa.commands.options import Commands, command, group, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import NotFound


def add(commands: Commands) -> None:
    """Add the group."""
    ours = group(commands, "recommendation", "what is recommended, and why")
    shown = command(ours, "show", _show, "what a shopper would be shown", merchant=True)
    shown.add_argument("handle", nargs="*", help="products looked at, the newest last")
    shown.add_argument("--wish", choices=WISHES, default="similar")
    shown.add_argument("--cart", action="append", default=[], metavar="HANDLE")
    shown.add_argument("--customer", type=int, metavar="ID")
    shown.add_argument("--limit", type=int, default=6, metavar="N")
    shown.add_argument("--json", action="store_true", help="one JSON object a line")
    command(ours, "method", _method, "the method in use, and its scores", merchant=True)
    away = command(ours, "leave-out", _exclude, "never recommend a product", merchant=True)
    back = command(ours, "put-back", _exclude, "recommend it again", merchant=True)
    for one in (away, back):
        one.add_argument("handle")
        one.set_defaults(leave=one is away)


def _show(chosen: argparse.Namespace) -> int:
    limit = max(1, min(chosen.limit, 50))
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
        learned = asyncio.run(Learning(house.db, house.clock).catch_up(shop.id))
        folder = house.settings.data / "search" / str(shop.id)

        def work(session: Session, shelf: Shelf) -> list[Recommendation]:
            seen, cart = (
                tuple(_known(session, shop.id, words)) for words in (chosen.handle, chosen.cart)
            )
            who = For(seen, cart, customer_id=chosen.customer)
            return recommend(session, Knowing(learned, shelf), chosen.wish, who, limit)

        with closing(Shelf(shop.id, folder)) as shelf:
            found = house.db.read_now(lambda s: work(s, shelf))
        for one in found:
            reason = one.reason.text(shop.language)
            told = {
                "handle": one.product.handle,
                "sku": one.variant.sku or "",
                "title": one.product.title,
                "price": one.variant.price.label(),
                "reason": reason,
            }
            if chosen.json:
                sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
            else:
                print(f"{told['price']:>12}  {one.product.title}  ({reason})")
    return 0


def _method(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
        choice = house.db.read_now(lambda s: choice_of(s, shop.id))
        never = house.db.read_now(lambda s: products(s, shop.id, left_out(s, shop.id)))
    if choice is None:
        print(f"method      {DEFAULT} (nothing was replayed yet)")
    else:
        print(f"method      {choice.method}, chosen {choice.at:%Y-%m-%d %H:%M} UTC")
        print(f"rests on    {choice.events} events, {choice.questions} questions")
        for name, score in choice.scores.items():
            print(f"{name:11} hits@20 {score.hits:.3f}  MRR@20 {score.rank:.3f}")
    if never:
        print(f"left out    {', '.join(one.handle for one in never)}")
    return 0


def _exclude(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:

        def work(session: Session) -> None:
            shop = the_merchant(session, chosen)
            one = product_by_handle(session, shop.id, chosen.handle)
            if one is None:
                raise NotFound(f"There is no product {chosen.handle!r}.")
            if chosen.leave:
                leave_out(session, shop.id, one.id, house.clock.now())
            else:
                put_back(session, shop.id, one.id)

        house.db.write_now(work)
    return 0


def _known(session: Session, merchant_id: int, words: list[str]) -> list[int]:
    found = products_called(session, merchant_id, words)
    if len(found) < len(set(words)):
        raise NotFound(f"Some of these are no products: {', '.join(words)}.")
    return found
