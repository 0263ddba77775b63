"""The shop itself at the desk, and how its chat looks: seen, tried, changed."""

from datetime import timedelta
from typing import Annotated, Any, Final, TypedDict
from zoneinfo import available_timezones

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody

from kaiwa.bot.previewing import Opening, opening_offers
from kaiwa.conversations.rating import satisfaction
from kaiwa.engines.db import Session
from kaiwa.knowledge.entries import entries
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.inbox import inboxes
from kaiwa.merchants.looks import Appearance, appearance, change_appearance, with_appearance
from kaiwa.merchants.merchant import (
    Looks,
    Merchant,
    MerchantChange,
    change_merchant,
    merchant,
)
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.time import iso
from kaiwa.web.desk_door import Desk, Name
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_READ = refusals(401, 403, 503)
_ACT = refusals(400, 401, 403, 413, 503)

RATED_WITHIN: Final = timedelta(days=30)
_NO_NUL: Final = r"^[^\x00]*$"
Code = Annotated[str, msgspec.Meta(max_length=2)]
Short = Annotated[str, msgspec.Meta(max_length=100, pattern=_NO_NUL)]
Long = Annotated[str, msgspec.Meta(max_length=500, pattern=_NO_NUL)]


class ShopBody(msgspec.Struct, frozen=True):
    """What is to be different of the shop; what is left out stays."""

    name: Name | None = None
    language: Language | None = None
    timezone: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    bot_answers: bool | None = None
    asks_rating: bool | None = None


class LooksBody(msgspec.Struct, frozen=True):
    """All of the chat's looks."""

    accent: Annotated[str, msgspec.Meta(max_length=7)] | None = None
    greeting: dict[Code, Long] = {}
    quick_replies: dict[Code, Annotated[list[Short], msgspec.Meta(max_length=20)]] = {}
    looks: Looks = Looks()

    def appearance(self) -> Appearance:
        """The same as the shop keeps it."""
        return Appearance(self.accent, dict(self.greeting), dict(self.quick_replies), self.looks)


class ShopShape(TypedDict):
    """The shop itself."""

    name: str
    slug: str
    language: Language
    currency: str
    timezone: str
    bot_answers: bool
    asks_rating: bool


class ShopSeen(TypedDict):
    """The shop, and the time zones there are."""

    shop: ShopShape
    timezones: list[str]


class ShopKept(TypedDict):
    """The shop as it is now."""

    shop: ShopShape


class RatingsShape(TypedDict):
    """How content customers were; `percent` is None where nobody answered."""

    definition: str
    asked: int
    answered: int
    good: int
    percent: int | None
    since: str


class AppearanceShape(TypedDict):
    """How the chat looks and what it says first, by language."""

    accent: str | None
    greeting: dict[str, str]
    quick_replies: dict[str, list[str]]
    looks: Looks


class ShopNames(TypedDict):
    """What the shop and its bot are called."""

    name: str
    bot_name: str


class ChatInbox(TypedDict):
    """An inbox of the shop's own chat."""

    id: int
    name: str
    key: str


class LooksShape(TypedDict):
    """How the chat looks, where it stands, and how it opens in each language."""

    looks: AppearanceShape
    shop: ShopNames
    inboxes: list[ChatInbox]
    openings: dict[Language, Opening]


class LooksTried(TypedDict):
    """How the chat would open in each language."""

    openings: dict[Language, Opening]


@get("/shop", responses=_READ)
async def the_shop(request: Asking) -> ShopSeen:
    """The shop and the time zones there are. Owners and admins only."""
    desk = await Desk.of(request, "set_shop")
    shop = await desk.read(lambda s: merchant(s, desk.merchant_id))
    return {"shop": _shop(shop), "timezones": sorted(available_timezones())}


@post("/shop", status_code=200, responses=_ACT)
async def change_shop(request: Asking, data: JSONBody[ShopBody]) -> ShopKept:
    """Change the shop. Owners and admins only."""
    desk = await Desk.of(request, "set_shop")
    change = MerchantChange(
        data.name,
        data.language,
        data.timezone,
        bot_answers=data.bot_answers,
        asks_rating=data.asks_rating,
    )

    def work(session: Session) -> Merchant:
        session.one(f"SELECT id FROM merchant WHERE id = :id{session.lock}", id=desk.merchant_id)
        done = change_merchant(session, desk.merchant_id, change)
        what = {k: v for k, v in msgspec.structs.asdict(data).items() if v is not None}
        where = f"merchant:{desk.merchant_id}"
        deed = Deed(f"agent:{desk.agent.id}", "changed_shop", where, what)
        write_down(session, desk.merchant_id, deed, desk.now)
        return done

    return {"shop": _shop(await desk.context.db.write(work))}


@get("/ratings", responses=_READ)
async def the_ratings(request: Asking) -> RatingsShape:
    """How content customers were in the last 30 days, by the definition of that id."""
    desk = await Desk.of(request, "set_shop")
    since = desk.now - RATED_WITHIN
    found = await desk.read(lambda s: satisfaction(s, desk.merchant_id, since))
    return {
        "definition": found.definition,
        "asked": found.asked,
        "answered": found.answered,
        "good": found.good,
        "percent": round(100 * found.good / found.answered) if found.answered else None,
        "since": iso(since),
    }


@get("/looks", responses=_READ)
async def the_looks(request: Asking) -> LooksShape:
    """How the chat looks, what it says first, and on which inbox. Owners and admins only."""
    desk = await Desk.of(request, "set_shop")
    return await desk.read(lambda s: _looks(s, desk, merchant(s, desk.merchant_id)))


@post("/looks", status_code=200, responses=_ACT)
async def change_looks(request: Asking, data: JSONBody[LooksBody]) -> LooksShape:
    """Keep these looks in the place of those before. Owners and admins only."""
    desk = await Desk.of(request, "set_shop")

    def keep(session: Session) -> LooksShape:
        actor = f"agent:{desk.agent.id}"
        wanted = data.appearance()
        return _looks(
            session, desk, change_appearance(session, desk.merchant_id, wanted, actor, desk.now)
        )

    return await desk.context.db.write(keep)


@post("/looks/preview", status_code=200, responses=_ACT)
async def try_looks(request: Asking, data: JSONBody[LooksBody]) -> LooksTried:
    """What the chat would say first with these looks; nothing is kept. Owners and admins only."""
    desk = await Desk.of(request, "set_shop")

    def look(session: Session) -> dict[Language, Opening]:
        shop = merchant(session, desk.merchant_id)
        tried = with_appearance(shop.settings, data.appearance())
        return _openings(session, msgspec.structs.replace(shop, settings=tried))

    return {"openings": await desk.read(look)}


def _looks(session: Session, desk: Desk, shop: Merchant) -> LooksShape:
    found = appearance(shop.settings)
    boxes = [one for one in inboxes(session, desk.merchant_id) if one.channel == "web_chat"]
    return {
        "looks": {
            "accent": found.accent,
            "greeting": found.greeting,
            "quick_replies": found.quick_replies,
            "looks": found.looks,
        },
        "shop": {"name": shop.name, "bot_name": shop.settings.bot_name or shop.name},
        "inboxes": [{"id": one.id, "name": one.name, "key": one.key} for one in boxes],
        "openings": _openings(session, shop),
    }


def _openings(session: Session, shop: Merchant) -> dict[Language, Opening]:
    known = entries(session, shop.id)
    return {language: opening_offers(shop, language, known) for language in LANGUAGES}


def _shop(shop: Merchant) -> ShopShape:
    return {
        "name": shop.name,
        "slug": shop.slug,
        "language": shop.language,
        "currency": shop.currency,
        "timezone": shop.timezone,
        "bot_answers": shop.settings.bot_answers,
        "asks_rating": shop.settings.asks_rating,
    }


HANDLERS = [the_shop, change_shop, the_ratings, the_looks, change_looks, try_looks]
