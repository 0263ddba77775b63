"""What a page complains about while it is used. Whatever nobody expected fails the test."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError


class Watch:
    """Collects console errors and uncaught exceptions of every page of a context."""

    def __init__(self, context: BrowserContext) -> None:
        self._complaints: list[str] = []
        # A page may be left while its socket is still opening: that is no complaint of the page's.
        self._expected = ["WebSocket is closed before the connection is established"]
        context.on("console", self._heard)
        context.on("weberror", self._thrown)

    @contextmanager
    def expecting(self, *patterns: str) -> Iterator[None]:
        """Complaints that match one of these belong to the story told in the block."""
        self._expected.extend(patterns)
        try:
            yield
        finally:
            self.settle()
            self._expected = self._expected[: -len(patterns)]

    def settle(self) -> None:
        """Forget what was expected."""
        wanted = re.compile("|".join(self._expected)) if self._expected else None
        self._complaints = [one for one in self._complaints if not (wanted and wanted.search(one))]

    def complaints(self) -> list[str]:
        """What nobody expected."""
        self.settle()
        return self._complaints

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complaints.append(f"{message.text} [{message.location['url']}]")

    def _thrown(self, error: WebError) -> None:
        self._complaints.append(f"uncaught: {error.error}")
