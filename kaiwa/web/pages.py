"""The built interface: the widget's loader, its panel, the desk, and the demo shop's page.

Every page has a strict content security policy. The panel may stand in a frame on the pages the
inbox allows, the preview of the chat in the desk; nothing else may.
"""

import asyncio
import gzip
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

import msgspec

from kaiwa.vocabulary.errors import KaiwaError, NotFound
from kaiwa.web.asgi import Receive, Scope, Send, answer_error, answer_with
from kaiwa.web.context import Context
from kaiwa.web.places import Door, Places

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " media-src 'self' blob:; connect-src 'self' ws: wss:; font-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-src 'self'; frame-ancestors {frames}"
)
# The shop's own pictures of its articles stand where the shop keeps them.
PANEL_POLICY = POLICY.replace("img-src 'self'", "img-src 'self' https:")
_PANEL = re.compile("/widget/([^/]*)/panel")
_FOR_EVER = "public, max-age=31536000, immutable"
_A_DAY = "public, max-age=86400"
_STICKERS = Path(__file__).with_name("stickers")
_A_WHILE = "public, max-age=300"
_NEVER = "no-cache"


class Pages:
    """An ASGI app for everything that is a file of the interface."""

    def __init__(self, context: Context, places: Places, shop: Path | None) -> None:
        self._static = context.static
        self._places = places
        self._shop = shop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one page or asset."""
        try:
            if scope["method"] not in ("GET", "HEAD"):
                raise NotFound("There is no such page.")
            await self._serve(scope["path"], _Sending(send, _takes_gzip(scope)))
        except KaiwaError as error:
            await answer_error(send, error)

    async def _serve(self, path: str, send: "_Sending") -> None:
        if path == "/widget.js":
            headers = {"cache-control": _A_WHILE, "cross-origin-resource-policy": "cross-origin"}
            await self._file(send, self._static / "widget.js", headers)
        elif path == "/widget.mjs":
            # A module of another origin is read like any other answer: the page must be let in.
            headers = {"cache-control": _A_WHILE, "access-control-allow-origin": "*"}
            await self._file(send, self._static / "widget.mjs", headers)
        elif path.startswith("/assets/"):
            found = _inside(self._static / "assets", path.removeprefix("/assets/"))
            await self._file(send, found, {"cache-control": _FOR_EVER})
        elif path.startswith("/stickers/"):
            found = _inside(_STICKERS, path.removeprefix("/stickers/"))
            await self._file(send, found, {"cache-control": _A_DAY})
        elif panel := _PANEL.fullmatch(path):
            door = await self._places.door(panel[1], "web_chat")
            page = self._static / "panel" / "index.html"
            await self._file(send, page, _page(_frames(door), PANEL_POLICY))
        elif path == "/desk/preview":
            page = self._static / "preview" / "index.html"
            await self._file(send, page, _page("'self'"))
        elif path == "/desk" or path.startswith("/desk/"):
            await self._file(send, self._static / "desk" / "index.html", _page("'none'"))
        elif path == "/" and self._shop is None:
            await answer_with(send.to, 302, b"", {"location": "/desk"})
        elif self._shop is not None:
            name = path.removeprefix("/") + ("index.html" if path.endswith("/") else "")
            await self._file(send, _inside(self._shop, name), _page("'none'"))
        else:
            raise NotFound("There is no such page.")

    async def _file(self, send: "_Sending", path: Path, headers: dict[str, str]) -> None:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        worded = kind.startswith("text/") or kind.endswith(("javascript", "json", "svg+xml"))
        if worded:
            headers = {**headers, "vary": "accept-encoding"}
        if worded and send.gzip:
            body = await asyncio.to_thread(_packed, path)
            headers["content-encoding"] = "gzip"
        else:
            body = await asyncio.to_thread(_read, path)
        if kind.startswith("text/") or kind.endswith("javascript"):
            kind += "; charset=utf-8"
        safe = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin"}
        await answer_with(send.to, 200, body, {"content-type": kind, **safe, **headers})


class _Sending(msgspec.Struct, frozen=True):
    to: Send
    gzip: bool


def _takes_gzip(scope: Scope) -> bool:
    told = next((value for name, value in scope["headers"] if name == b"accept-encoding"), b"")
    ways = (one.partition(b";") for one in told.lower().split(b","))
    return any(
        way.strip() == b"gzip" and rest.replace(b" ", b"") not in (b"q=0", b"q=0.0")
        for way, _, rest in ways
    )


def _packed(path: Path) -> bytes:
    """The file in a third of its bytes. Nothing secret stands in it, so packing tells nothing."""
    try:
        return _pressed(path, path.stat().st_mtime_ns)
    except OSError:
        raise NotFound("There is no such page.") from None


@lru_cache(maxsize=256)
def _pressed(path: Path, _changed_ns: int) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise NotFound("There is no such page.") from None


def _page(frames: str, policy: str = POLICY) -> dict[str, str]:
    return {"cache-control": _NEVER, "content-security-policy": policy.format(frames=frames)}


def _frames(door: Door) -> str:
    origins = door.place.inbox.settings.origins
    return "*" if "*" in origins else " ".join(("'self'", *origins))


def _inside(folder: Path, name: str) -> Path:
    try:
        found = (folder / name).resolve()
    except (OSError, ValueError):  # a name that no file can have
        raise NotFound("There is no such page.") from None
    if not found.is_relative_to(folder.resolve()):
        raise NotFound("There is no such page.")
    return found
