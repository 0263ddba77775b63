"""One demo server and one Chromium per worker; a fresh context for everybody in a test.

An agent logs in once per worker and keeps the cookie: tries are limited, as they should be.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState, expect, sync_playwright

from kaiwa.commands.demo import AGENT, OWNER
from tests.browser.find_chromium import ADVICE, find
from tests.browser.office import Office
from tests.browser.people import Agent, Shopper
from tests.browser.server import ROOT, demo_server
from tests.browser.watch import Watch

# Chromium heeds the last list alone, so Playwright's own stands here too. The windows' omnibox
# popups are pages: nobody sees them, and they cost as much as the rest of a new context.
SWITCHED_OFF = [
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
]
ARGUMENTS = [
    f"--disable-features={','.join(SWITCHED_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCALES = {"ja": "ja-JP", "en": "en-GB"}
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)  # a busy machine is slow, not wrong
NOT_LOGGED_IN = r"401 .*/api/auth/me\]"


# Each file is one worker's, for what its stories share; the longest begin.
FIRST = ("test_routing", "test_network", "test_hosted", "test_desk", "test_workplace", "test_chat")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    own = [item for item in items if item.path.is_relative_to(here)]
    for item in own:
        item.add_marker(pytest.mark.browser)
    own.sort(key=lambda item: next((n for n, one in enumerate(FIRST) if one in item.nodeid), 9))
    items[:] = [item for item in items if item not in own] + own


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo keeps what it keeps."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def base(data: Path) -> Iterator[str]:
    """The address of the demo."""
    if not (ROOT / "kaiwa" / "web" / "static" / "widget.js").exists():
        pytest.fail("The interface is not built. Run: make setup", pytrace=False)
    with demo_server(data) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    chromium = find()
    if chromium is None:
        pytest.fail(ADVICE, pytrace=False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        launched.close()


class Contexts:
    """Opens contexts and watches them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: list[tuple[BrowserContext, Watch]] = []

    def new(self, language: str, **options: Any) -> BrowserContext:
        """A browser of its own for one person."""
        wanted = {"viewport": DESKTOP, "timezone_id": "Asia/Tokyo"} | options
        context = self._browser.new_context(locale=LOCALES[language], **wanted)
        context.set_default_timeout(PATIENCE_MS)
        self._open.append((context, Watch(context)))
        return context

    def watch(self, context: BrowserContext) -> Watch:
        """Who watches this one."""
        return next(watch for one, watch in self._open if one is context)

    def close(self) -> list[str]:
        """Close all; what was complained about."""
        complaints = [one for _, watch in self._open for one in watch.complaints()]
        for context, _ in self._open:
            context.close()
        return complaints


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Contexts]:
    """Contexts of this test; an unexpected complaint of a page fails it."""
    made = Contexts(browser)
    yield made
    assert made.close() == []


@pytest.fixture(scope="session")
def cookies(browser: Browser, base: str) -> Callable[[str], StorageState]:
    """The cookies of an agent who has logged in by password."""
    kept: dict[str, StorageState] = {}

    def cookies_of(email: str) -> StorageState:
        if email not in kept:
            context = browser.new_context(locale="ja-JP")
            agent = Agent(context, base)
            agent.arrive()
            agent.log_in(email)
            agent.page.locator("a.row").first.wait_for()
            kept[email] = context.storage_state()
            context.close()
        return kept[email]

    return cookies_of


@pytest.fixture(scope="session")
def office(base: str, cookies: Callable[[str], StorageState]) -> Office:
    """Tidies the desk up between the tests."""
    return Office(base, cookies(OWNER))


@pytest.fixture
def shopper(office: Office, contexts: Contexts, base: str) -> Iterator[Callable[..., Shopper]]:
    """Makes shoppers; what they began is closed in the end.

    The list draws only the rows near the window: among the leftovers of twenty tests a new
    conversation would stand below it, and not be there to press.
    """

    def make(language: str = "ja", **options: Any) -> Shopper:
        return Shopper(contexts.new(language, **options), base, language)

    yield make
    office.tidy()


@pytest.fixture
def agent(
    contexts: Contexts, base: str, cookies: Callable[[str], StorageState]
) -> Callable[..., Agent]:
    """Makes agents at the desk: 田中 翔, or 中村 彩 with `owner=True`."""

    def make(language: str = "ja", *, owner: bool = False, **options: Any) -> Agent:
        kept = cookies(OWNER if owner else AGENT)
        made = Agent(contexts.new(language, storage_state=kept, **options), base, language)
        # Chosen on this device, as the account menu lets them.
        made.page.add_init_script(f"localStorage.setItem('kaiwa.language', '{language}')")
        made.arrive()
        made.page.locator("a.row").first.wait_for()
        return made

    return make
