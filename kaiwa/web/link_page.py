"""`/link/{key}`: who followed the link from their chat proves who they are, and links the account.

The page asks for an e-mail address or a phone number and sends a code there, or leads to the shop's
own log-in. Nobody learns from it which addresses the shop knows. What was proven leads at once to
the provider's page, which makes sure that it is the same person (see `account_link`).
"""

import base64
import re
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

import msgspec
import phonenumbers

from kaiwa.channels import channel
from kaiwa.channels.web_chat import read_identity
from kaiwa.conversations.account_link import (
    AccountLink,
    address_called,
    link_behind,
    send_code,
    tell_code,
    vouch,
)
from kaiwa.conversations.naming import channel_name
from kaiwa.customers.identity import Identity, at_address, identity
from kaiwa.engines.db import Session
from kaiwa.engines.http import vouched
from kaiwa.engines.queue.rate import Limit, take
from kaiwa.merchants.inbox import Inbox, inbox, inboxes
from kaiwa.merchants.log_in_page import RETURN, log_in_page
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.orders.order import order, order_by_number
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import NotAuthentic, NotFound, Refused
from kaiwa.vocabulary.language import Language
from kaiwa.web.context import Context
from kaiwa.web.hosted_ask import Answer, Ask, go
from kaiwa.web.hosted_guard import Guard
from kaiwa.web.hosted_paper import Paper
from kaiwa.web.hosted_words import Words
from kaiwa.web.order_visit import is_buyers

TELLABLE: Final = frozenset("sent wrong_code unreadable too_many log_in_failed by_button".split())
# What a provider's own button adds to our address.
_OPENED_WITH: Final = ("account_linking_token", "redirect_uri")
_MAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")
_CODE: Final = re.compile(r"[0-9]{6}")
# Of one address and of one number: five codes, then one in two hours.
_CODES: Final = Limit(per_s=1 / 7_200, burst=5)
# Of one link: whoever tries an address book gets nowhere.
_ASKED: Final = Limit(per_s=1 / 600, burst=5)


class LinkVisit(msgspec.Struct, frozen=True):
    """One look at a link's page: whose account it is about, in which shop."""

    ask: Ask
    now: datetime
    shop: Merchant
    link: AccountLink
    where: Identity
    language: Language
    log_in: str

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/link/{self.ask.parts[1]}"

    @property
    def came(self) -> str:
        """With what the provider opened the page, as the rest of an address."""
        return f"?{urlencode(self.opened_with)}" if self.opened_with else ""

    @property
    def opened_with(self) -> dict[str, str]:
        """The same, by its names."""
        given = self.ask.query
        if self.ask.parts[2:3] == ("signed-in",) and len(self.ask.parts) == 4:
            given = unpacked(self.ask.parts[3])
        return {name: given[name][:1_000] for name in _OPENED_WITH if given.get(name)}

    @property
    def page(self) -> str:
        """The name under which its forms are signed."""
        return f"link:{self.link.id}"


class LinkPages:
    """Shows the page and takes its forms."""

    def __init__(self, context: Context, paper: Paper, guard: Guard) -> None:
        self._context = context
        self._paper = paper
        self._guard = guard

    async def answer(self, ask: Ask) -> Answer:
        """One call; `NotFound` for what is no page of a link, or one that was used or has ended."""
        at = await self._context.db.read(lambda s: self._visit(s, ask))
        match (ask.method, *ask.parts[2:]):
            case ("GET",):
                return self._page(at)
            case ("GET", "signed-in") | ("GET", "signed-in", _):
                return await self._signed_in(at)
            case ("POST", "address"):
                self._guard.require_own_form(ask, at.page)
                return await self._address(at)
            case ("POST", "code"):
                self._guard.require_own_form(ask, at.page)
                return await self._code(at)
            case _:
                raise NotFound("There is no such page.")

    def _visit(self, session: Session, ask: Ask) -> LinkVisit:
        if len(ask.parts) < 2:
            raise NotFound("There is no such page.")
        now = self._context.clock.now()
        link = link_behind(session, ask.parts[1], now)
        shop = merchant(session, link.merchant_id)
        where = identity(session, shop.id, link.identity_id)
        pages = [page for box in inboxes(session, shop.id) if (page := log_in_page(box))]
        language = ask.language()
        return LinkVisit(ask, now, shop, link, where, language, pages[0] if pages else "")

    def _page(self, at: LinkVisit) -> Answer:
        browser, cookies = self._guard.browser(at.ask)
        asked = at.ask.query.get("told", "")
        # In the path: the shop's log-in adds its own question mark.
        packed = base64.urlsafe_b64encode(at.came[1:].encode()).decode().rstrip("=")
        back = f"{at.ask.origin}{at.path}/signed-in" + (f"/{packed}" if packed else "")
        given = {
            "path": at.path,
            "came": at.came,
            "chat": None,
            "channel": channel_name(at.where.channel, at.language),
            "told": asked if asked in TELLABLE else "",
            "log_in": at.log_in.replace(RETURN, quote(back, safe="")),
            "token": self._guard.token(browser, at.page),
        }
        page = self._paper.page("account_link", Words(at.shop, at.language), given)
        return Answer(200, page, cookies=cookies)

    async def _address(self, at: LinkVisit) -> Answer:
        """Send a code, if the shop knows the address; the answer is the same either way."""
        told = readable(at.ask.field("address"))
        if told is None:
            return self._back(at, "unreadable")
        number = at.ask.field("order")[:80]

        def work(session: Session) -> bool:
            link = link_behind(session, at.ask.parts[1], at.now, session.lock)
            if take(session, f"link-asked:{link.id}", _ASKED, at.now) > 0:
                return False
            for to in _known(session, at.shop, (told, number), at.now)[:1]:
                once = f"link-code:{at.shop.id}:{to.kind}:{to.value}"
                if take(session, once, _CODES, at.now) > 0:
                    return False
                send_code(session, at.shop, link, to, at.now)
            return True

        sent = await self._context.db.write(work)
        return self._back(at, "sent" if sent else "too_many")

    async def _code(self, at: LinkVisit) -> Answer:
        told = "".join(at.ask.field("code").split())
        if not _CODE.fullmatch(told):
            return self._back(at, "wrong_code")

        def work(session: Session) -> str | None:
            link = link_behind(session, at.ask.parts[1], at.now, session.lock)
            return tell_code(session, link, told)

        nonce = await self._context.db.write(work)
        return self._back(at, "wrong_code") if nonce is None else await self._onwards(at, nonce)

    async def _signed_in(self, at: LinkVisit) -> Answer:
        """The shop's log-in sends the customer back with what it signs for the chat, too."""
        given = at.ask.query.get("identity", "")
        boxes = await self._context.db.read(lambda s: _chats(s, at.shop.id))
        for box in boxes:
            secret = box.account(self._context.secrets).credentials.get("identity_secret")
            if not secret:
                continue
            try:
                member = read_identity(secret, given, at.now).member
            except NotAuthentic:
                continue
            return await self._vouched(at, (box, member))
        return self._back(at, "log_in_failed")

    async def _vouched(self, at: LinkVisit, who: tuple[Inbox, str]) -> Answer:
        def work(session: Session) -> str:
            link = link_behind(session, at.ask.parts[1], at.now, session.lock)
            return vouch(session, link, who, at.now)

        return await self._onwards(at, await self._context.db.write(work))

    async def _onwards(self, at: LinkVisit, nonce: str) -> Answer:
        """To the provider, in the browser that has just proved."""
        where = at.where
        box = await self._context.db.read(lambda s: inbox(s, at.shop.id, where.inbox_id))
        account = box.account(self._context.secrets)
        kind = channel(where.channel)
        http = vouched(self._context.http, account.api_base)
        try:
            url = await kind.account_link(where.value, nonce, account, http, at.opened_with)
        except Refused:
            return self._back(at, "by_button")
        name = channel_name(where.channel, at.language)
        # A page and no redirect: browsers follow none to another site after a form.
        values = {"onwards": url, "channel": name, "chat": None}
        words = Words(at.shop, at.language)
        return Answer(200, self._paper.page("account_link_forward", words, values))

    def _back(self, at: LinkVisit, told: str) -> Answer:
        return go(f"{at.path}?{urlencode(at.opened_with | {'told': told, 'lang': at.language})}")


def unpacked(part: str) -> dict[str, str]:
    """The names and values that a part of a path carries; none of anything else."""
    try:
        return dict(parse_qsl(base64.urlsafe_b64decode(f"{part}===").decode()))
    except ValueError:
        return {}


def readable(told: str) -> str | None:
    """An e-mail address in lower case, or a number as +81…; None for what is neither."""
    if "@" in told:
        address = told.strip().casefold()
        return address if len(address) <= 254 and _MAIL.fullmatch(address) else None
    try:
        number = phonenumbers.parse(told[:40], "JP")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _known(session: Session, shop: Merchant, told: tuple[str, str], now: datetime) -> list[Address]:
    """Where to send a code: an address somebody wrote from, or that of the order they name."""
    address, number = told
    found = address_called(session, shop, address, now)
    seen = [one for one in found if at_address(session, shop.id, one) is not None]
    if seen or not number:
        return seen
    order_id = order_by_number(session, shop.id, number)
    if order_id is None or not is_buyers(order(session, shop.id, order_id), address):
        return []
    return found


def _chats(session: Session, merchant_id: int) -> list[Inbox]:
    return [box for box in inboxes(session, merchant_id) if box.channel == "web_chat"]
