"""demo: a shop in a minute, with a widget, a LINE inbox, agents and knowledge."""

import argparse
from pathlib import Path

import uvloop

from kaiwa.commands.options import Commands, command, opened, settings_of
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


def seed(house: House) -> None:
    """Create the demo shop if it is not there."""
    faq = read_faq((demo_folder() / "faq.csv").read_bytes()).taken
    now = house.clock.now()

    def fill(session: Session) -> None:
        if any(shop.slug == "kodachi" for shop in merchants(session)):
            return
        settings = ShopSettings(bot_name="こだち")
        shop = create_merchant(
            session, NewMerchant("木立道具店", "kodachi", settings=settings), now
        )
        add_agent(session, shop.id, NewAgent(OWNER, "中村 彩", "owner", PASSWORD), now)
        add_agent(session, shop.id, NewAgent(AGENT, "田中 翔", "agent", PASSWORD), now)
        chat = NewInbox(
            "web_chat", "ショップのチャット", settings=InboxSettings(("*",)), key=INBOX_KEY
        )
        add_inbox(session, shop.id, chat, house.secrets, now)
        put_entries(session, shop.id, faq, now)

    house.db.write_now(fill)


def _demo(chosen: argparse.Namespace) -> int:
    if chosen.data is None:
        chosen.data = ".kaiwa/demo"
    # Serving brings in the whole web: no other command should wait for that.
    from kaiwa.app import serve

    settings = settings_of(chosen)
    with opened(chosen, create=True) as house:
        seed(house)
        base = f"http://{settings.host}:{settings.port}"
        print(f"Shop    {base}/  (the chat is at the lower right)")
        print(f"Desk    {base}/desk")
        print(f"Log in  {OWNER} or {AGENT}, password {PASSWORD}", flush=True)
        uvloop.run(serve(house, shop=demo_folder() / "shop"))
    return 0
