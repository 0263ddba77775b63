"""By a link into the chat over a bad line: the first answer is lost, and nothing else is."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from kaiwa.channels import Account
from kaiwa.conversations.chat_link import make_link
from kaiwa.customers.identity import resolve
from kaiwa.engines.db import Session
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import NewInbox, add_inbox, inbox_by_key
from kaiwa.vocabulary.address import Address
from tests.browser.conftest import PHONE, Contexts
from tests.browser.selling import KEY, SellingShop, open_shop

LINE = "line-key"
PAGE = (
    '<!doctype html><html lang="ja"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
    '<meta name="viewport" content="width=device-width"><title>木立道具店</title></head>'
    f'<body><script async src="/widget.js" data-shop="{KEY}"></script></body></html>'
)
BROWSERS = """SELECT count(*) FROM identity i
    JOIN identity_link l ON l.identity_id = i.id AND l.ended_at IS NULL
    JOIN identity_link theirs ON theirs.customer_id = l.customer_id AND theirs.ended_at IS NULL
    JOIN identity line ON line.id = theirs.identity_id AND line.value = :user
    WHERE i.kind = 'visitor'"""


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SellingShop]:
    data = tmp_path_factory.mktemp("counter")
    with open_shop(data) as opened:
        (data / "pages" / "chat.html").write_text(PAGE, "utf-8")
        account = {"channel_secret": "s", "channel_access_token": "t"}
        new = NewInbox("line", "LINE", account, key=LINE)
        now = datetime.now(UTC)
        opened.write(lambda s: add_inbox(s, opened.merchant_id, new, Secrets(bytes(32)), now))
        yield opened


class Friend(NamedTuple):
    """Somebody on LINE, and the link that was made for them."""

    shop: SellingShop
    user: str
    link: str

    def browsers(self) -> int:
        """In how many browsers they are known."""
        row = self.shop.write(lambda s: s.one(BROWSERS, user=self.user))
        assert row is not None
        return int(row[0])


@pytest.fixture
def friend(counter: SellingShop) -> Friend:
    user, now = f"U{secrets.token_hex(16)}", datetime.now(UTC)

    def made(session: Session) -> str:
        line = inbox_by_key(session, LINE)
        here = resolve(session, line.merchant_id, Address(line.id, "line_user", user), now)
        box = inbox_by_key(session, KEY)
        to = (box, Account(box.id, {"page_url": f"{counter.base}/chat.html"}))
        return make_link(session, here, to, "agent:1", now).url

    return Friend(counter, user, counter.write(made))


def lost(route: Route) -> None:
    """It is heard, and answered to nobody."""
    route.fetch()
    route.abort("connectionreset")


@pytest.fixture
def page(contexts: Contexts) -> Iterator[Page]:
    """A phone in a tunnel: what is asked first reaches the shop, its answer reaches nobody."""
    context = contexts.new("ja", viewport=PHONE, has_touch=True, is_mobile=True)
    context.route("**/session", lost, times=1)
    with contexts.watch(context).expecting("ERR_CONNECTION_RESET", "Failed to fetch"):
        yield context.new_page()


def panel(page: Page) -> FrameLocator:
    return page.frame_locator("kaiwa-widget iframe")


def is_open(page: Page) -> None:
    expect(panel(page).get_by_label("メッセージを入力")).to_be_visible()


def test_it_is_said_and_asked_again_by_itself(
    friend: Friend, page: Page, contexts: Contexts
) -> None:
    page.goto(friend.link)
    expect(panel(page).get_by_role("alert")).to_contain_text("いま、つながりません")
    assert friend.browsers() == 1
    is_open(page)
    assert friend.browsers() == 1
    # Somebody else with the same link is somebody else.
    visitors = friend.shop.count("identity", "kind = 'visitor'")
    other = contexts.new("ja").new_page()
    other.goto(friend.link)
    is_open(other)
    assert friend.browsers() == 1
    assert friend.shop.count("identity", "kind = 'visitor'") == visitors + 1


def test_pressing_asks_at_once(friend: Friend, page: Page) -> None:
    # What is asked by itself is lost every time, and from then on nothing happens by itself.
    page.clock.install()
    page.route("**/session", lost)
    page.goto(friend.link)
    again = panel(page).get_by_role("button", name="もう一度試す")
    expect(again).to_be_visible()
    page.clock.pause_at(datetime.now(UTC).timestamp() + 1)
    page.wait_for_load_state("networkidle")
    page.unroute("**/session", lost)
    page.context.unroute("**/session", lost)
    again.click()
    is_open(page)
    assert friend.browsers() == 1


def test_a_page_that_is_loaded_anew_meanwhile_loses_nothing(friend: Friend, page: Page) -> None:
    page.goto(friend.link)
    expect(panel(page).get_by_role("alert")).to_be_visible()
    assert page.url == f"{friend.shop.base}/chat.html"
    page.reload()
    page.get_by_role("button", name="チャットを開く").click()
    is_open(page)
    assert friend.browsers() == 1


def test_a_chat_that_opens_before_it_is_known_is_dark_where_the_shop_is(
    friend: Friend, contexts: Contexts
) -> None:
    page = contexts.new("ja").new_page()

    def by_night(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["shop"]["looks"]["theme"] = "dark"
        route.fulfill(response=answer, json=told)

    page.route("**/session", by_night)
    page.goto(friend.link)
    is_open(page)
    expect(panel(page).locator("html")).to_have_attribute("data-theme", "dark")
