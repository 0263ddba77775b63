"""Whose browser a form comes from, and what it has proved.

Every form carries a token bound to a cookie of the browser and to the page's own secret, so no
other site can send it. Who has shown to know an order's e-mail or telephone gets a cookie with
a proof that is good for that order alone.
"""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from kaiwa.orders.hosted_link import Sealed
from kaiwa.vocabulary.errors import NotAllowed, NotFound
from kaiwa.web.context import Context
from kaiwa.web.hosted_ask import Ask

BROWSER: Final = "kaiwa_browser"
PROVED: Final = "kaiwa_order"
BOUGHT: Final = "kaiwa_bought"
PROOF_LIFE: Final = timedelta(hours=2)
_A_YEAR_S: Final = 365 * 86_400
_BROWSER: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_OWN: Final = ("same-origin", "none")


class Guard:
    """Makes and checks tokens and proofs."""

    def __init__(self, context: Context) -> None:
        self._key = context.secrets.derived("hosted-forms")
        self._clock = context.clock
        self._orders = Sealed(context.secrets, "order-proof")
        self._bought = Sealed(context.secrets, "checkout-proof")
        self._secure = (context.public_url or "").startswith("https://")

    def browser(self, ask: Ask) -> tuple[str, tuple[str, ...]]:
        """The browser's name, and the cookie that gives it one when it has none yet."""
        known = ask.cookies.get(BROWSER, "")
        if _BROWSER.fullmatch(known):
            return known, ()
        name = secrets.token_urlsafe(16)
        return name, (self._cookie(BROWSER, name, "/", _A_YEAR_S),)

    def token(self, browser: str, page: str) -> str:
        """What a form of this page carries."""
        digest = hmac.digest(self._key, f"{browser}:{page}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:18]).decode()

    def require_own_form(self, ask: Ask, page: str) -> None:
        """`NotAllowed` unless the form is ours and this browser was given it."""
        stale = NotAllowed("This page is too old. Reload it.", reason="stale_form")
        if ask.headers.get("sec-fetch-site", "none") not in _OWN:
            raise stale
        origin = ask.headers.get("origin")
        if origin is not None and not _same(origin, ask):
            raise stale
        wanted = self.token(ask.cookies.get(BROWSER, ""), page)
        if not hmac.compare_digest(ask.field("token").encode(), wanted.encode()):
            raise stale

    def proof(self, order: tuple[int, int]) -> str:
        """The cookie for a browser that may see all of the order (merchant, id)."""
        sealed = self._orders.made(*order, self._clock.now() + PROOF_LIFE)
        return self._cookie(PROVED, sealed, "/orders/", int(PROOF_LIFE.total_seconds()))

    def proved(self, ask: Ask, order: tuple[int, int]) -> bool:
        """Whether this browser may see all of the order."""
        return self._shows(self._orders, ask.cookies.get(PROVED, ""), order)

    def bought_cookie(self, checkout: tuple[int, int]) -> str:
        """The cookie for the browser that places the order of a checkout (merchant, id)."""
        sealed = self._bought.made(*checkout, self._clock.now() + PROOF_LIFE)
        return self._cookie(BOUGHT, sealed, "/checkout/", int(PROOF_LIFE.total_seconds()))

    def bought(self, ask: Ask, checkout: tuple[int, int]) -> bool:
        """Whether it was this browser that placed the order of the checkout."""
        return self._shows(self._bought, ask.cookies.get(BOUGHT, ""), checkout)

    def _shows(self, sealed: Sealed, text: str, wanted: tuple[int, int]) -> bool:
        try:
            return sealed.read(text, self._clock.now()) == wanted
        except NotFound:
            return False

    def _cookie(self, name: str, value: str, path: str, life_s: int) -> str:
        flags = "; Secure" if self._secure else ""
        return f"{name}={value}; Path={path}; Max-Age={life_s}; HttpOnly; SameSite=Lax{flags}"


def _same(origin: str, ask: Ask) -> bool:
    own = {urlsplit(ask.origin).netloc, ask.headers.get("host", "")}
    return urlsplit(origin).netloc in own - {""}
