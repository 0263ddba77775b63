"""demo: a shop in a minute, with a chat, agents, knowledge and two days of conversations."""

import argparse
from pathlib import Path

import uvloop

from kaiwa.commands.options import Commands, command, opened, settings_of
from kaiwa.conversations.intake import Place
from kaiwa.engines.db import Session
from kaiwa.house import House
from kaiwa.knowledge.entries import put_entries
from kaiwa.knowledge.importing import read_faq
from kaiwa.merchants.agent import NewAgent, add_agent
from kaiwa.merchants.inbox import InboxSettings, NewInbox, add_inbox
from kaiwa.merchants.merchant import NewMerchant, ShopSettings, create_merchant, merchants
from kaiwa.vocabulary.errors import NotFound

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
        if (folder / "faq.csv").exists():
            return folder
    raise NotFound("The demo's data is not installed.")


def seed(house: House) -> Place | None:
    """Create the demo shop; None when it is there already."""
    faq = read_faq((demo_folder() / "faq.csv").read_bytes()).taken
    now = house.clock.now()

    def fill(session: Session) -> Place | None:
        if any(shop.slug == "kodachi" for shop in merchants(session)):
            return None
        settings = ShopSettings(bot_name="こだち", greeting=GREETING, quick_replies=QUICK_REPLIES)
        shop = create_merchant(
            session, NewMerchant("木立道具店", "kodachi", settings=settings), now
        )
        add_agent(session, shop.id, NewAgent(OWNER, "中村 彩", "owner", PASSWORD), now)
        add_agent(session, shop.id, NewAgent(AGENT, "田中 翔", "agent", PASSWORD), now)
        chat = NewInbox(
            "web_chat", "ショップのチャット", settings=InboxSettings(("*",)), key=INBOX_KEY
        )
        box = add_inbox(session, shop.id, chat, house.secrets, now)
        put_entries(session, shop.id, faq, now)
        return Place(shop, box)

    return house.db.write_now(fill)


def _demo(chosen: argparse.Namespace) -> int:
    if chosen.data is None:
        chosen.data = ".kaiwa/demo"
    # Serving brings in the whole web: no other command should wait for that.
    from kaiwa.app import serve
    from kaiwa.commands.demo_story import Storyteller, read_story

    settings = settings_of(chosen)
    with opened(chosen, create=True) as house:
        place = seed(house)
        if place is not None:
            folder = demo_folder()
            story = read_story(folder / "conversations.jsonl")
            uvloop.run(Storyteller(house, place, folder).tell(story))
        base = f"http://{settings.host}:{settings.port}"
        print(f"Shop    {base}/  (the chat is at the lower right)")
        print(f"Desk    {base}/desk")
        print(f"Log in  {OWNER} or {AGENT}, password {PASSWORD}", flush=True)
        uvloop.run(serve(house, shop=demo_folder() / "shop"))
    return 0
