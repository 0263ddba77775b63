"""A shop to put under load: a merchant with a LINE inbox, a web chat and knowledge."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kaiwa.commands.demo import demo_folder
from kaiwa.engines.db import Session
from kaiwa.house import House, build
from kaiwa.knowledge.entries import put_entries
from kaiwa.knowledge.importing import read_faq
from kaiwa.merchants.agent import NewAgent, add_agent
from kaiwa.merchants.agent_session import sign_in
from kaiwa.merchants.inbox import Inbox, InboxSettings, NewInbox, add_inbox
from kaiwa.merchants.merchant import Merchant, NewMerchant, create_merchant
from kaiwa.migrations import migrate
from kaiwa.settings import read_settings

SECRET, TOKEN = "bench-secret", "bench-token"
PASSWORD = "bench-password"
DESKS_OF_ONE = 20


class Shop(msgspec.Struct, frozen=True):
    """What was created, and where."""

    data: Path
    merchant: Merchant
    line: Inbox
    chat: Inbox

    @property
    def webhook(self) -> str:
        """The path LINE calls."""
        return f"/webhooks/line/{self.line.key}"

    def serve(self, port: int) -> list[str]:
        """The arguments of `python` that serve it."""
        return ["-m", "kaiwa.cli", "serve", "--data", str(self.data), "--port", str(port)]


@contextlib.contextmanager
def house_of(data: Path) -> Iterator[House]:
    """The engines of a data directory, closed afterwards."""
    house = build(read_settings(str(data)))
    try:
        yield house
    finally:
        house.db.close()


@contextlib.contextmanager
def new_shop(line_api: str, within: Path | None = None) -> Iterator[Shop]:
    """A shop in a directory that is removed afterwards; LINE is at `line_api`."""
    with tempfile.TemporaryDirectory(prefix="kaiwa-bench-", dir=within) as folder:
        data = Path(folder)
        migrate(read_settings(folder).database_url)
        with house_of(data) as house:
            shop = house.db.write_now(lambda s: _fill(s, house, line_api, data))
        yield shop


def _fill(session: Session, house: House, line_api: str, data: Path) -> Shop:
    now = house.clock.now()
    merchant = create_merchant(session, NewMerchant("木立道具店", "bench"), now)
    credentials = {"channel_secret": SECRET, "channel_access_token": TOKEN}
    line = NewInbox("line", "LINE", credentials, line_api)
    chat = NewInbox("web_chat", "Chat", settings=InboxSettings(("*",)))
    put_entries(session, merchant.id, read_faq((demo_folder() / "faq.csv").read_bytes()).taken, now)
    boxes = [add_inbox(session, merchant.id, new, house.secrets, now) for new in (line, chat)]
    return Shop(data, merchant, *boxes)


def agent_cookies(shop: Shop, desks: int) -> list[str]:
    """A `Cookie` header for each desk; as many agents as it takes are signed in."""
    with house_of(shop.data) as house:
        now = house.clock.now()

        def enter(session: Session, number: int) -> str:
            new = NewAgent(f"{number}@bench.example", f"Agent {number}", "agent", PASSWORD)
            return sign_in(session, add_agent(session, shop.merchant.id, new, now), now)[0]

        tokens = [
            house.db.write_now(lambda s, n=number: enter(s, n))  # type: ignore[misc]
            for number in range(-(-desks // DESKS_OF_ONE))
        ]
    return [f"kaiwa_session={tokens[number // DESKS_OF_ONE]}" for number in range(desks)]
