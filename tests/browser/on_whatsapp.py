"""A customer of the shop's WhatsApp number, for stories in a browser."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from tests.browser.server import ROOT
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_webhooks import ACCOUNT_ID, NUMBER_ID, WhatsAppWebhooks
from tests.faults.processes import free_port

SECRET, TOKEN = "whatsapp-secret-of-the-test", "whatsapp-token-of-the-test"
PHONE = "+81 3-0000-0000"
PATIENCE_S = 60.0


class Platform(WhatsAppPlatform):
    """The strict platform by the real clock."""

    @property
    def time_s(self) -> float:
        return time.time()

    @time_s.setter
    def time_s(self, _: float) -> None:
        """Nobody sets the real clock."""


class OnWhatsApp:
    """Writes to the shop from one number and reads what WhatsApp was given for it."""

    def __init__(self, url: str, platform: Platform, hooks: WhatsAppWebhooks, number: str) -> None:
        self._url, self._platform, self._hooks, self._number = url, platform, hooks, number

    def say(self, text: str) -> None:
        """A message as Meta's webhook brings it."""
        self._call(self._hooks.text(text, number=self._number))

    def fill(self, sent: dict[str, Any], **values: object) -> None:
        """Fill in a flow that was sent, and send it back."""
        token = sent["interactive"]["action"]["parameters"]["flow_token"]
        told = json.dumps({"flow_token": token, **values})
        filled = {"name": "flow", "body": "Sent", "response_json": told}
        given = {"type": "nfm_reply", "nfm_reply": filled}
        self._call(self._hooks.message("interactive", number=self._number, interactive=given))

    def given(self, kind: str, words: str = "") -> dict[str, Any]:
        """The last message of this kind, with these words, that WhatsApp was given for them."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            for body in reversed(self._platform.journal):
                shown = body.get("interactive", body)["type"]
                text = json.dumps(body, ensure_ascii=False)
                if body.get("to") == self._number and kind in ("", shown) and words in text:
                    return body
            time.sleep(0.05)
        raise AssertionError(f"WhatsApp was given no {kind} {words}: {self._platform.journal}")

    def _call(self, value: dict[str, Any]) -> None:
        body, headers = self._hooks.deliver(value)
        httpx.post(self._url, content=body, headers=headers, timeout=60).raise_for_status()


class Account:
    """The shop's number: who writes to it, and what Meta knows of it."""

    def __init__(self, url: str, platform: Platform) -> None:
        self.platform, self._url = platform, url
        self._hooks = WhatsAppWebhooks(SECRET, now_s=time.time, wrote=platform.wrote)

    def customer(self, number: str) -> OnWhatsApp:
        """Somebody with this number."""
        return OnWhatsApp(self._url, self.platform, self._hooks, number)


@contextmanager
def whatsapp_of(base: str, data: Path) -> Iterator[Account]:
    """The demo shop's WhatsApp number, with the strict platform in this process."""
    port = free_port()
    platform = Platform(SECRET, TOKEN, now_s=time.time())
    served = uvicorn.Server(uvicorn.Config(platform, port=port, log_level="error"))
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    command = [sys.executable, "-m", "kaiwa.cli", "channel", "add", "whatsapp", "-m", "kodachi"]
    command += ["--data", str(data), "--app-secret", SECRET, "--access-token", TOKEN]
    command += ["--verify-token", "a-verify-token-of-the-test", "--phone-number-id", NUMBER_ID]
    command += ["--business-account-id", ACCOUNT_ID, "--phone-number", PHONE]
    command += ["--api-base", f"http://127.0.0.1:{port}"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    webhook = next(word for word in told.split() if "/webhooks/whatsapp/" in word)
    try:
        yield Account(base + webhook[webhook.index("/webhooks") :], platform)
    finally:
        served.should_exit = True
        thread.join(10)
