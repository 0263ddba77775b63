"""A small shop somewhere else, spoken to over HTTP: paged, rate-limited, strict, and never still.

Lists are in the order of the last change, so what changes while it is read moves to the end.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

KEY = "little-key"
SECRET = "little-secret"
PAGE = 3


class LittleShop:
    """An ASGI app. `tick` is its clock in milliseconds; every change takes the next one."""

    def __init__(self) -> None:
        self.tick = 1_760_000_000_000
        self.lists: dict[str, dict[str, dict[str, Any]]] = {
            "products": {},
            "stock": {},
            "orders": {},
        }
        self.served: list[tuple[str, str | None]] = []
        self.events = 0
        self.every_nth_waits = 0
        self.broken_with: int | None = None
        self.after_page: Callable[[], None] = lambda: None

    def put(self, what: str, item_id: str, **fields: Any) -> dict[str, Any]:
        """Write or change something; what it is then."""
        self.tick += 1
        known = self.lists[what].get(item_id, {"id": item_id})
        self.lists[what][item_id] = known | fields | {"changed": self.tick}
        return self.lists[what][item_id]

    def product(self, item_id: str, price: str = "1000", **fields: Any) -> dict[str, Any]:
        """A product with one variant, and its stock."""
        if f"v{item_id}" not in self.lists["stock"]:
            self.put("stock", f"v{item_id}", count=5)
        known = {"slug": f"item-{item_id}", "name": f"Item {item_id}", "html": "", "gone": False}
        known |= self.lists["products"].get(item_id, {})
        variants = [{"id": f"v{item_id}", "sku": f"SKU-{item_id}", "price": price}]
        return self.put("products", item_id, **({**known, "variants": variants} | fields))

    def delete(self, item_id: str) -> dict[str, Any]:
        """Take a product away; what the webhook says of it."""
        self.tick += 1
        del self.lists["products"][item_id]
        return {"id": item_id, "changed": self.tick}

    def hook(
        self, topic: str, item: dict[str, Any], event_id: str | None = None
    ) -> tuple[bytes, dict[str, str]]:
        """A signed webhook: body and headers."""
        self.events += 1
        body = json.dumps(item).encode()
        signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        event = event_id or f"e{self.events}"
        return body, {"little-event": event, "little-topic": topic, "little-signature": signed}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        status, body, headers = self._answer(scope)
        head = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": json.dumps(body).encode()})

    def _answer(self, scope: Any) -> tuple[int, Any, dict[str, str]]:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        query = dict(parse_qsl(scope["query_string"].decode(), strict_parsing=True))
        name = scope["path"].removeprefix("/v1/")
        if scope["method"] != "GET" or name not in self.lists:
            return 404, {"error": "no such list"}, {}
        if headers.get("authorization") != f"Bearer {KEY}":
            return 401, {"error": "wrong key"}, {}
        if set(query) - {"after"}:
            return 400, {"error": f"unknown: {sorted(query)}"}, {}
        self.served.append((name, query.get("after")))
        if self.broken_with is not None:
            return self.broken_with, {"error": "broken"}, {}
        if self.every_nth_waits and len(self.served) % self.every_nth_waits == 0:
            return 429, {"error": "slow down"}, {"retry-after": "2"}
        page = self._page(name, query.get("after"))
        self.after_page()
        return 200, page, {}

    def _page(self, name: str, after: str | None) -> dict[str, Any]:
        changed, _, item_id = (after or "0:").partition(":")
        place = (int(changed), item_id)
        items = sorted(self.lists[name].values(), key=lambda one: (one["changed"], one["id"]))
        rest = [one for one in items if (one["changed"], one["id"]) > place]
        shown = rest[:PAGE]
        last = f"{shown[-1]['changed']}:{shown[-1]['id']}" if shown else after
        return {"items": shown, "last": last, "more": len(rest) > PAGE}
