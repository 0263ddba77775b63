"""`/forms/{signed link}`: a form as a page, for whoever reads the shop's messages elsewhere.

The link shows what is asked, never what was answered.
"""

import secrets
from typing import Any, Final

import msgspec

from kaiwa.channels.web_chat import check_client_id
from kaiwa.conversations.form_asking import Asking, Given, answer_form, asking
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.web.context import Context
from kaiwa.web.form_link import form_behind
from kaiwa.web.hosted_ask import Answer, Ask, go
from kaiwa.web.hosted_guard import Guard
from kaiwa.web.hosted_paper import Paper
from kaiwa.web.hosted_words import Words

_MODES: Final = {"number": "decimal", "email": "email", "phone": "tel"}
_TYPES: Final = {"date": "date", "email": "email", "phone": "tel"}
_AUTO: Final = {"email": "email", "phone": "tel"}


class Tried(msgspec.Struct, frozen=True):
    """What was sent and could not be taken: it stands in the fields again."""

    values: dict[str, list[str]] = {}
    wrong: dict[str, str] = {}
    key: str = ""


class FormPages:
    """Shows a form and takes its answer."""

    def __init__(self, context: Context, paper: Paper, guard: Guard) -> None:
        self._context = context
        self._paper = paper
        self._guard = guard

    async def answer(self, ask: Ask) -> Answer:
        """One call; `NotFound` once the link has ended."""
        now = self._context.clock.now()
        ids = form_behind(self._context.secrets, ask.parts[1], now)

        def look(session: Session) -> tuple[Merchant, Asking]:
            return merchant(session, ids[0]), asking(session, *ids)

        shop, asked = await self._context.db.read(look)
        if ask.method != "POST":
            return self._page(ask, shop, asked, Tried())
        self._guard.require_own_form(ask, ask.parts[1])
        return await self._take(ask, shop, asked)

    async def _take(self, ask: Ask, shop: Merchant, asked: Asking) -> Answer:
        names = [one.name for one in asked.form.fields]
        values = {name: [value for value in ask.all(name) if value] for name in names}
        key, now = ask.field("once"), self._context.clock.now()
        check_client_id(key)
        given, ids = Given(key, values), (asked.merchant_id, asked.id)
        announce = self._context.announce
        try:
            await self._context.db.write(lambda s: answer_form(s, ids, given, announce, now))
        except Invalid as error:
            if error.detail.get("reason") != "form":
                raise
            tried = Tried(values, error.detail["fields"], key)
            return msgspec.structs.replace(self._page(ask, shop, asked, tried), status=422)
        except Conflict:
            # Answered in the chat or in another tab: the page says that it has arrived.
            return go(f"/forms/{ask.parts[1]}")
        except NotFound:
            raise NotFound("This link has ended.", reason="link_ended") from None
        return go(f"/forms/{ask.parts[1]}")

    def _page(self, ask: Ask, shop: Merchant, asked: Asking, tried: Tried) -> Answer:
        words = Words(shop, ask.language(asked.language))
        browser, cookies = self._guard.browser(ask)
        values: dict[str, Any] = {
            "form": asked.form,
            "form_language": asked.language,
            "answered": asked.answered_at is not None,
            "until": words.last_day(asked.expires_at),
            "tried": tried,
            "first_wrong": next(iter(tried.wrong), ""),
            "token": self._guard.token(browser, ask.parts[1]),
            "once": tried.key or secrets.token_urlsafe(12),
            "path": f"/forms/{ask.parts[1]}",
            "modes": _MODES,
            "types": _TYPES,
            "auto": _AUTO,
            "chat": None,
        }
        return Answer(200, self._paper.page("form", words, values), cookies=cookies)
