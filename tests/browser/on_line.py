"""A friend of the shop's LINE account, for stories in a browser."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.browser.server import ROOT
from tests.fakes.line_process import SECRET, TOKEN, Line
from tests.fakes.line_webhooks import LineWebhooks

PATIENCE_S = 60.0


class OnLine:
    """Writes through LINE's webhook and reads what LINE was given."""

    def __init__(self, base: str, webhook: str, line: Line, user: str) -> None:
        self._url, self.line, self._user = base + webhook, line, user
        self._hooks = LineWebhooks(SECRET)

    def say(self, text: str) -> None:
        """LINE calls the webhook."""
        body, headers = self._hooks.deliver(self._hooks.text(self._user, text))
        httpx.post(self._url, content=body, headers=headers, timeout=60).raise_for_status()

    def heard(self) -> str:
        """All that LINE was given to show."""
        return json.dumps(self.line.journal(), ensure_ascii=False)

    def hears(self, words: str) -> None:
        """Wait until LINE was given these words."""
        end = time.monotonic() + PATIENCE_S
        while words not in self.heard():
            assert time.monotonic() < end, f"LINE was not given {words!r}: {self.heard()}"
            time.sleep(0.05)


@contextmanager
def friend_of(base: str, data: Path, folder: Path, user: str, *more: str) -> Iterator[OnLine]:
    """Megumi, once the demo shop has a LINE account; `more` are options of `channel add`."""
    line = Line(folder / "journal")
    command = [sys.executable, "-m", "kaiwa.cli", "channel", "add", "line", "-m", "kodachi"]
    command += ["--data", str(data), "--secret", SECRET, "--token", TOKEN, *more]
    command += ["--api-base", line.base]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    webhook = next(word for word in told.split() if "/webhooks/line/" in word)
    line.control("profile", user=user, displayName="長谷川めぐみ", language="ja")
    try:
        yield OnLine(base, webhook[webhook.index("/webhooks") :], line, user)
    finally:
        line.stop()
