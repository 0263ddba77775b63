"""`/files/…`: kept files by signed link. Whatever is in them, the browser must not run it."""

from urllib.parse import quote

from kaiwa.conversations.links import FileLinks
from kaiwa.conversations.media import SHOWN_INLINE, kept_file
from kaiwa.vocabulary.errors import KaiwaError, NotFound
from kaiwa.web.asgi import Receive, Scope, Send, answer_error, answer_with
from kaiwa.web.context import Context


class Files:
    """An ASGI app for kept files."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._links = FileLinks(context.secrets)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one file; pictures are shown, everything else is offered as a download."""
        try:
            await self._serve(scope, send)
        except KaiwaError as error:
            await answer_error(send, error)

    async def _serve(self, scope: Scope, send: Send) -> None:
        parts = scope["path"].split("/", 5)
        if scope["method"] not in ("GET", "HEAD") or len(parts) < 6:
            raise NotFound("There is no such file.")
        merchant_id, until, signature, key = parts[2], parts[3], parts[4], parts[5]
        if not (merchant_id.isdecimal() and until.isdecimal() and len(until) < 15):
            raise NotFound("There is no such file.")
        now = self._context.clock.now()
        self._links.check(int(merchant_id), int(until), signature, key, now)
        found = await self._context.db.read(lambda s: kept_file(s, int(merchant_id), key))
        body = self._context.files.get(key)
        way = "inline" if found.type in SHOWN_INLINE else "attachment"
        headers = {
            "content-type": found.type,
            "content-disposition": f"{way}; filename*=UTF-8''{quote(found.name)}",
            "content-security-policy": "default-src 'none'; sandbox",
            "x-content-type-options": "nosniff",
            "cross-origin-resource-policy": "cross-origin",
            "cache-control": "private, max-age=86400",
        }
        await answer_with(send, 200, body if scope["method"] == "GET" else b"", headers)
