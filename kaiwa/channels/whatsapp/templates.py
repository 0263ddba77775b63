"""The account's message templates, as the Graph API lists them, read into our words."""

from typing import Any, Final

import msgspec

from kaiwa.channels.contract import Account
from kaiwa.channels.whatsapp.api import call, number_path
from kaiwa.engines.http import Http
from kaiwa.vocabulary.template import (
    Category,
    Status,
    Template,
    TemplateButton,
    TemplateCard,
)

_FIELDS: Final = "id,name,language,status,category,quality_score,rejected_reason,components"
_PAGE: Final = 100
# An account has 6,000 templates at most (Meta, 2026-11).
_MOST_PAGES: Final = 60
# What each of Meta's states means; one that is not here says nothing new of what may be sent.
STATUSES: Final[dict[str, Status]] = {
    "APPROVED": "approved",
    "REINSTATED": "approved",
    "PENDING": "pending",
    "IN_APPEAL": "pending",
    "REJECTED": "rejected",
    "PAUSED": "paused",
    "DISABLED": "disabled",
    "ARCHIVED": "gone",
    "DELETED": "gone",
    "PENDING_DELETION": "gone",
}
CATEGORIES: Final[dict[str, Category]] = {
    "MARKETING": "marketing",
    "UTILITY": "utility",
    "AUTHENTICATION": "authentication",
}
_BUTTONS: Final = {
    "QUICK_REPLY": "answer",
    "URL": "url",
    "PHONE_NUMBER": "phone",
    "VOICE_CALL": "phone",
    "COPY_CODE": "code",
    "OTP": "otp",
    "CATALOG": "catalogue",
    "MPM": "products",
}
# What a carousel's card may show above its words; a product's card needs Meta's catalogue.
_SHOWN: Final = ("image", "video")


class _Button(msgspec.Struct, frozen=True):
    type: str = ""
    text: str = ""
    url: str = ""
    example: Any = None


class _Offer(msgspec.Struct, frozen=True):
    text: str = ""
    has_expiration: bool = False


class _Component(msgspec.Struct, frozen=True):
    type: str = ""
    format: str = "TEXT"
    text: str = ""
    example: dict[str, Any] = {}
    buttons: tuple[_Button, ...] = ()
    cards: tuple["_Card", ...] = ()
    limited_time_offer: _Offer | None = None


class _Card(msgspec.Struct, frozen=True):
    components: tuple[_Component, ...] = ()


class _Quality(msgspec.Struct, frozen=True):
    score: str = ""


class _Listed(msgspec.Struct, frozen=True):
    id: str = ""
    name: str = ""
    language: str = ""
    status: str = ""
    category: str = ""
    quality_score: _Quality | None = None
    rejected_reason: str | None = None
    components: tuple[_Component, ...] = ()


class _Cursors(msgspec.Struct, frozen=True):
    after: str = ""


class _Paging(msgspec.Struct, frozen=True):
    cursors: _Cursors = _Cursors()
    next: str = ""


class _Page(msgspec.Struct, frozen=True):
    data: tuple[msgspec.Raw, ...] = ()
    paging: _Paging = _Paging()


async def templates(account: Account, http: Http) -> list[Template]:
    """Every template of the business account; one that cannot be read is left out."""
    path = f"{number_path(account, 'business_account_id')}/message_templates"
    found: list[Template] = []
    after = ""
    for _ in range(_MOST_PAGES):
        asked = f"{path}?fields={_FIELDS}&limit={_PAGE}" + (f"&after={after}" if after else "")
        page = await call(account, http, "GET", asked, _Page)
        found += [one for raw in page.data if (one := _template(bytes(raw))) is not None]
        after = page.paging.cursors.after
        if not page.paging.next or not after:
            break
    return found


def _template(raw: bytes) -> Template | None:
    try:
        listed = msgspec.json.decode(raw, type=_Listed)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    category = CATEGORIES.get(listed.category)
    if not listed.name or not listed.language or category is None:
        return None
    parts = {one.type.upper(): one for one in listed.components}
    header, media, beyond = _header(parts.pop("HEADER", None))
    body, footer = parts.pop("BODY", _Component()), parts.pop("FOOTER", _Component())
    buttons = parts.pop("BUTTONS", _Component()).buttons
    offer = parts.pop("LIMITED_TIME_OFFER", _Component()).limited_time_offer or _Offer()
    cards = [_card(one) for one in parts.pop("CAROUSEL", _Component()).cards]
    strange = [
        *beyond,
        *_strange(buttons),
        *parts,
        *(name for _, more, _ in cards for name in more),
    ]
    examples = _examples(header, "header") | _examples(body, "body") | _of_buttons(buttons)
    for place, (_, _, told) in enumerate(cards):
        examples |= {f"card.{place}.{key}": value for key, value in told.items()}
    secret = category == "authentication"
    return Template(
        external_id=listed.id,
        name=listed.name,
        language=listed.language,
        category=category,
        # A state that is not known yet is none in which anything may be sent.
        status=STATUSES.get(listed.status, "pending"),
        quality=(listed.quality_score or _Quality()).score.lower(),
        reason=_reason(listed.rejected_reason),
        header=header.text if not media else "",
        media=media,  # type: ignore[arg-type]
        # Meta writes the words around a one-time code itself, and need not tell them.
        body="{{1}}" if secret and "{{" not in body.text else body.text,
        footer=footer.text,
        offer=offer.text,
        ends=offer.has_expiration,
        buttons=tuple(_button(one, secret=secret) for one in buttons),
        cards=tuple(card for card, _, _ in cards),
        beyond=", ".join(dict.fromkeys(strange)).lower(),
        examples=examples,
    )


def _strange(buttons: tuple[_Button, ...]) -> list[str]:
    return [one.type for one in buttons if one.type not in _BUTTONS]


def _card(one: _Card) -> tuple[TemplateCard, list[str], dict[str, str]]:
    """A card, what of it is beyond us, and its examples."""
    parts = {part.type.upper(): part for part in one.components}
    header, media, beyond = _header(parts.pop("HEADER", None))
    body, buttons = parts.pop("BODY", _Component()), parts.pop("BUTTONS", _Component()).buttons
    fits = media in _SHOWN
    strange = [*beyond, *([] if fits or beyond else ["card"]), *_strange(buttons), *parts]
    kind: Any = media if fits else ""
    card = TemplateCard(kind, body.text, tuple(_button(each) for each in buttons))
    return card, strange, _examples(body, "body") | _of_buttons(buttons)


def _header(part: _Component | None) -> tuple[_Component, str, list[str]]:
    """The header, what it shows if no words, and what of it is beyond us."""
    if part is None or part.format == "TEXT":
        return part or _Component(), "", []
    media = part.format.lower()
    return part, media, [] if media in ("image", "video", "document") else [media]


def _reason(given: str | None) -> str:
    return "" if given in (None, "NONE") else str(given)


def _button(one: _Button, *, secret: bool = False) -> TemplateButton:
    """Every button beside a one-time code copies it, whatever Meta calls its kind."""
    kind: Any = "otp" if secret else _BUTTONS.get(one.type, "other")
    return TemplateButton(kind, one.text, one.url)


def _examples(part: _Component, name: str) -> dict[str, str]:
    """By the blanks' names, or by their places where they are numbered."""
    named = part.example.get(f"{name}_text_named_params")
    if isinstance(named, list):
        pairs = [(one.get("param_name"), one.get("example")) for one in named if _is_dict(one)]
        return {f"{name}.{key}": str(value) for key, value in pairs if key and value}
    given = part.example.get(f"{name}_text")
    if isinstance(given, list) and given and isinstance(given[0], list):
        given = given[0]
    texts = given if isinstance(given, list) else []
    return {f"{name}.{place}": str(text) for place, text in enumerate(texts, 1)}


def _is_dict(value: object) -> bool:
    return isinstance(value, dict)


def _of_buttons(buttons: tuple[_Button, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, one in enumerate(buttons):
        given = one.example[0] if isinstance(one.example, list) and one.example else one.example
        if isinstance(given, str):
            # Of an address the whole is given; what fills the blank is its end.
            fixed = one.url.partition("{{")[0]
            found[f"button.{place}"] = given.removeprefix(fixed) if fixed else given
    return found
