"""The desk without a screen: what a story needs of it and does not tell of."""

from collections.abc import Iterable
from typing import Any

import httpx
from playwright.sync_api import StorageState

MOST = 100


class Office:
    """An owner who asks the server as the desk's pages would."""

    def __init__(self, base: str, kept: StorageState) -> None:
        cookies = {one["name"]: one["value"] for one in kept["cookies"]}
        self._door = httpx.Client(base_url=base, cookies=cookies, timeout=60)
        self._headers = {"Origin": base, "X-CSRF-Token": self._get("/api/auth/me")["csrf"]}
        self._known = {one["id"] for one in self._open()}

    def tidy(self) -> None:
        """Close every conversation that was not open in the beginning."""
        while left := [one for one in self._open() if one["id"] not in self._known]:
            chosen = [{"id": one["id"], "epoch": one["epoch"]} for one in left]
            deed = {"conversations": chosen, "deed": {"do": "close"}}
            answer = self._door.post("/api/conversations/bulk", json=deed, headers=self._headers)
            answer.raise_for_status()
            if not answer.json()["refused"]:
                return

    def trusts(self, secret: str) -> None:
        """The demo's chat knows customers by tokens signed with this."""
        found = self._get("/api/inboxes")["inboxes"]
        chat = next(one["id"] for one in found if one["channel"] == "web_chat" and one["active"])
        change = {"credentials": {"identity_secret": secret}}
        answer = self._door.put(f"/api/inboxes/{chat}", json=change, headers=self._headers)
        answer.raise_for_status()

    def _open(self) -> Iterable[dict[str, Any]]:
        found = self._get(f"/api/conversations?view=open&limit={MOST}")["conversations"]
        return list(found)

    def _get(self, path: str) -> Any:
        return self._door.get(path).raise_for_status().json()
