"""demo: a shop in a minute, with goods, orders, a chat, agents and two days of conversations."""

import argparse
import asyncio
import os
from datetime import datetime
from pathlib import Path

import uvloop

from kaiwa.catalog.importing import RefusedRow, Shop
from kaiwa.catalog.importing.taking import Import, import_products
from kaiwa.commands.options import Commands, command, opened, settings_of
from kaiwa.conversations.form import create_form
from kaiwa.conversations.intake import Place
from kaiwa.conversations.label import create_label
from kaiwa.demo.forms import FORMS
from kaiwa.demo.past import Past, articles, numbers, past_orders, take_past
from kaiwa.demo.trade import open_for_trade
from kaiwa.demo.workplace import LABELS, REPLIES
from kaiwa.desk.saved_reply import create_reply
from kaiwa.engines.db import Session
from kaiwa.house import House
from kaiwa.knowledge.article import put_articles
from kaiwa.knowledge.article_folder import read_articles
from kaiwa.knowledge.entries import put_entries
from kaiwa.knowledge.importing import read_faq
from kaiwa.merchants.agent import NewAgent, add_agent
from kaiwa.merchants.inbox import InboxSettings, NewInbox, add_inbox
from kaiwa.merchants.merchant import (
    Merchant,
    NewMerchant,
    ShopSettings,
    create_merchant,
    merchant_called,
    merchants,
)
from kaiwa.vocabulary.errors import Invalid, NotFound

SLUG = "kodachi"
INBOX_KEY = "kodachi-demo"
PASSWORD = "kodachi-demo"
GREETING = {
    "ja": "道具の選び方、お手入れ、送料のことなど、何でもお尋ねください。",
    "en": "Choosing, care, shipping: ask us anything.",
}
QUICK_REPLIES = {
    "ja": ["送料はいくら？", "IHで使える？", "ギフト包装できる？", "担当者と話す"],
    "en": ["How much is shipping?", "Works on induction?", "Gift wrapping?", "Talk to a person"],
}
OWNER, AGENT = "aya@kodachi.example", "sho@kodachi.example"


def add(commands: Commands) -> None:
    """Add the group."""
    one = command(commands, "demo", _demo, "create, seed and serve the demo shop")
    one.add_argument("--port", default="8000")
    one.add_argument("--host")


def demo_folder() -> Path:
    """Where the demo's data is: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parents[1]
    for folder in (package / "_demo", package.parent / "demo"):
        if (folder / "products.jsonl").exists():
            return folder
    raise NotFound("The demo's data is not installed.")


def seed(house: House) -> Place | None:
    """Create the demo shop; None when it is there already."""
    faq = read_faq((demo_folder() / "faq.csv").read_bytes()).taken
    texts = read_articles(demo_folder() / "articles", "ja").taken
    now = house.clock.now()

    def fill(session: Session) -> Place | None:
        if any(shop.slug == SLUG for shop in merchants(session)):
            return None
        settings = ShopSettings(bot_name="こだち", greeting=GREETING, quick_replies=QUICK_REPLIES)
        shop = create_merchant(session, NewMerchant("木立道具店", SLUG, settings=settings), now)
        owner = add_agent(session, shop.id, NewAgent(OWNER, "中村 彩", "owner", PASSWORD), now)
        add_agent(session, shop.id, NewAgent(AGENT, "田中 翔", "agent", PASSWORD), now)
        chat = NewInbox(
            "web_chat", "ショップのチャット", settings=InboxSettings(("*",)), key=INBOX_KEY
        )
        box = add_inbox(session, shop.id, chat, house.secrets, now)
        put_entries(session, shop.id, faq, now)
        put_articles(session, shop.id, texts, now)
        for form in FORMS.values():
            create_form(session, shop.id, form, now)
        for name in LABELS:
            create_label(session, shop.id, name, now)
        for reply in REPLIES:
            create_reply(session, shop.id, owner.id, reply, now)
        open_for_trade(session, shop.id, now)
        return Place(shop, box)

    place = house.db.write_now(fill)
    if place is not None:
        _stock_up(house, place.merchant, now)
    return place


def _stock_up(house: House, owner: Merchant, now: datetime) -> None:
    """Take in the goods; `Invalid` when one is refused: the demo is whole or nothing."""
    refused: list[RefusedRow] = []
    wanted = Import(
        owner.id, Shop(owner.currency, owner.language), now, refused.append, lambda _: None
    )
    import_products(house.db, demo_folder() / "products.jsonl", wanted)
    if refused:
        raise Invalid(f"products.jsonl, line {refused[0].line}: {refused[0].reason}")


def live_through(house: House, place: Place) -> dict[str, str]:
    """Let half a year of orders have happened; the numbers that conversations speak of."""
    now = house.clock.now()

    def take(session: Session) -> list[Past]:
        past = past_orders(articles(session, place.merchant.id), now)
        take_past(session, place.merchant, past, now)
        return past

    return numbers(house.db.write_now(take))


def demo_data(given: str | None) -> str:
    """Where the demo lives: where it is told, else apart from the shop of the same folder."""
    return given or os.environ.get("KAIWA_DATA") or ".kaiwa/demo"


def _demo(chosen: argparse.Namespace) -> int:
    chosen.data = demo_data(chosen.data)
    # Serving brings in the whole web: no other command should wait for that.
    from kaiwa.commands.demo_story import Storyteller, read_story
    from kaiwa.demo.storefront.site import write_site

    settings = settings_of(chosen)
    with opened(chosen, create=True) as house:
        place = seed(house)
        if place is not None:
            spoken_of = live_through(house, place)
            story = read_story(demo_folder() / "conversations.jsonl", spoken_of)
            uvloop.run(Storyteller(house, place, demo_folder()).tell(story))
        site = settings.data / "shop"
        shop = house.db.read_now(lambda s: merchant_called(s, SLUG))
        write_site(house.db, shop.id, site, demo_folder(), INBOX_KEY)
        base = f"http://{settings.host}:{settings.port}"
        print(f"Shop    {base}/  (the chat is at the lower right)")
        print(f"Desk    {base}/desk")
        print(f"Log in  {OWNER} or {AGENT}, password {PASSWORD}", flush=True)
        uvloop.run(_open(house, shop.id, site))
    return 0


async def _open(house: House, merchant_id: int, site: Path) -> None:
    """Serve until told to stop, with prices and stock on the pages as they are."""
    from kaiwa.app import serve
    from kaiwa.demo.storefront.site import keep_fresh

    keeping = asyncio.create_task(keep_fresh(house.db, merchant_id, site, INBOX_KEY))
    try:
        await serve(house, shop=site)
    finally:
        keeping.cancel()
