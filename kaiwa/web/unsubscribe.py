"""`/unsubscribe/{token}`: a GET shows a page with a button, a POST ends advertising.

What looks ahead into mails (filters, scanners) follows links by GET and changes nothing. A mail
program posts `List-Unsubscribe=One-Click` (RFC 8058) without cookies; so does the button.
"""

from typing import Final

import msgspec

from kaiwa.conversations.one_click import OneClick
from kaiwa.conversations.receipt import opted_out
from kaiwa.customers.identity import Identity, identity
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.web.context import Context
from kaiwa.web.hosted_ask import Answer, Ask
from kaiwa.web.hosted_paper import Paper
from kaiwa.web.hosted_words import Words

_NAME, _VALUE = b"List-Unsubscribe", b"One-Click"
LONGEST_TOKEN: Final = 64


class _Whose(msgspec.Struct, frozen=True):
    shop: Merchant
    where: Identity


class UnsubscribePages:
    """Shows the page and does what it says."""

    def __init__(self, context: Context, paper: Paper) -> None:
        self._context = context
        self._paper = paper
        self._one_click = OneClick(context.secrets, context.public_url)

    async def answer(self, ask: Ask) -> Answer:
        """One call; `NotFound` for an address that is not ours, `Invalid` for another POST."""
        if len(ask.parts) != 2 or len(ask.parts[1]) > LONGEST_TOKEN:
            raise NotFound("There is no such page.")
        merchant_id, identity_id = self._one_click.read(ask.parts[1])
        if ask.method == "POST":
            return await self._end(ask, (merchant_id, identity_id))
        whose = await self._context.db.read(lambda s: _whose(s, merchant_id, identity_id))
        return self._page(ask, whose.shop, done=False)

    async def _end(self, ask: Ask, who: tuple[int, int]) -> Answer:
        if _NAME not in ask.body or _VALUE not in ask.body:
            raise Invalid("Post List-Unsubscribe=One-Click.")

        def work(session: Session) -> Merchant:
            whose = _whose(session, *who)
            opted_out(session, whose.where, "one_click", self._context.clock.now())
            return whose.shop

        return self._page(ask, await self._context.db.write(work), done=True)

    def _page(self, ask: Ask, shop: Merchant, *, done: bool) -> Answer:
        path = f"/{'/'.join(ask.parts)}"
        words = Words(shop, ask.language())
        values = {"path": path, "chat": None, "done": done}
        return Answer(200, self._paper.page("unsubscribe", words, values))


def _whose(session: Session, merchant_id: int, identity_id: int) -> _Whose:
    where = identity(session, merchant_id, identity_id)
    return _Whose(merchant(session, merchant_id), where)
