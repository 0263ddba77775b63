"""A call of a hosted page, read once: path, query, form, cookies; and what is answered."""

from collections.abc import Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import Language, is_language
from kaiwa.web.asgi import Receive, Scope, headers_of, read_body
from kaiwa.web.reader import preferred

LARGEST_FORM_BYTES: Final = 64_000
_MOST_FIELDS: Final = 500
_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"
# Mail programs may end a subscription so (RFC 8058); no form of ours is read from it.
_PARTS: Final = "multipart/form-data"


class Ask(msgspec.Struct, frozen=True):
    """One call. `fields` are the form's in their order; `origin` is our own address.

    A HEAD is a GET of which only the head is wanted.
    """

    method: str
    parts: tuple[str, ...]
    query: dict[str, str]
    headers: dict[str, str]
    cookies: dict[str, str]
    fields: tuple[tuple[str, str], ...]
    body: bytes
    client: str
    origin: str
    head: bool = False

    def field(self, name: str) -> str:
        """The field's value without space around it, or nothing."""
        return next((value.strip() for key, value in self.fields if key == name), "")

    def all(self, name: str) -> list[str]:
        """Every value of a field that may come more than once."""
        return [value.strip() for key, value in self.fields if key == name]

    @property
    def is_json(self) -> bool:
        """Whether the caller speaks JSON."""
        return self.headers.get("content-type", "").partition(";")[0].strip() == _JSON

    def language(self, otherwise: str = "") -> Language:
        """The language that was chosen on the page, else `otherwise`, else the browser's."""
        for chosen in (self.field("lang"), self.query.get("lang"), otherwise):
            if is_language(chosen):
                return chosen
        return preferred(self.headers.get("accept-language", ""))


class Answer(msgspec.Struct, frozen=True):
    """What goes back. With `location` the browser goes there; `cookies` are whole headers."""

    status: int = 200
    body: str = ""
    kind: str = "text/html; charset=utf-8"
    location: str | None = None
    cookies: tuple[str, ...] = ()
    retry_after_s: float | None = None


def go(location: str, *cookies: str) -> Answer:
    """Send the browser there with a GET, so that reloading repeats nothing."""
    return Answer(303, location=location, cookies=cookies)


def data(status: int, shape: Any) -> Answer:
    """An answer for a program."""
    return Answer(status, msgspec.json.encode(shape).decode(), _JSON)


async def read_ask(scope: Scope, receive: Receive, public_url: str | None) -> Ask:
    """The call as it came; `Invalid` or `TooLarge` when its body cannot be read."""
    headers = headers_of(scope)
    body = b"" if scope["method"] in ("GET", "HEAD") else await read_body(
        scope, receive, LARGEST_FORM_BYTES
    )  # fmt: skip
    kind = headers.get("content-type", "").partition(";")[0].strip()
    if body and kind not in (_FORM, _JSON, _PARTS):
        raise Invalid("Send the form as application/x-www-form-urlencoded, or JSON.")
    return Ask(
        "GET" if scope["method"] == "HEAD" else scope["method"],
        tuple(scope["path"].strip("/").split("/")),
        dict(_pairs(scope["query_string"])),
        headers,
        _cookies(headers.get("cookie", "")),
        tuple(_pairs(body)) if kind == _FORM else (),
        body,
        str((scope.get("client") or ("?",))[0]),
        public_url or f"{scope['scheme']}://{headers.get('host', '')}",
        scope["method"] == "HEAD",
    )


def _pairs(raw: bytes) -> Sequence[tuple[str, str]]:
    # Some databases keep no NUL in a text: what no keyboard types is not worth a refusal.
    text = raw.decode("utf-8", "replace").replace("%00", "")
    try:
        found = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Invalid("The form has too many fields.") from None
    return [(name, value.replace("\0", "")) for name, value in found]


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
