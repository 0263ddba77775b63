"""Files that agents attach: read no further than allowed, kept only if they are what they say."""

import asyncio
from typing import Annotated, Any

from litestar import Request, post
from litestar.params import QueryParameter

from kaiwa.conversations.links import FileLinks
from kaiwa.conversations.media import LARGEST_FILE_BYTES, checked, keep_file, new_key
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.errors import TooLarge
from kaiwa.web.context import Context
from kaiwa.web.desk_door import Desk
from kaiwa.web.errors import refusals
from kaiwa.web.message_shape import FileShape

Asking = Request[Any, Any, Any]


class KeptFile(FileShape):
    """A kept file; `file` is what a message names it by."""

    file: str


@post(
    "/files",
    request_max_body_size=LARGEST_FILE_BYTES + 1,
    responses=refusals(400, 401, 403, 413, 503),
)
async def upload(
    request: Asking, name: Annotated[str, QueryParameter(max_length=1000)] = ""
) -> KeptFile:
    """Keep the body as a file; its `Content-Type` says what it is."""
    desk = await Desk.of(request)
    body = await whole_body(request, LARGEST_FILE_BYTES)
    declared = request.headers.get("content-type", "")
    return await keep_upload(
        desk.context, desk.merchant_id, (name, declared, body), f"agent:{desk.agent.id}"
    )


async def whole_body(request: Asking, limit_bytes: int) -> bytes:
    """The body; `TooLarge` as soon as it is."""
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > limit_bytes:
            raise TooLarge(f"A file may have at most {limit_bytes // 1_000_000} MB.")
    return bytes(taken)


async def keep_upload(
    context: Context, merchant_id: int, sent: tuple[str, str, bytes], owner: str
) -> KeptFile:
    """Keep a file (name, declared type, bytes) that `owner` brought; how it looks on the wire."""
    safe, kind = checked(*sent)
    body = sent[2]
    kept = File(new_key(merchant_id), safe, kind, len(body))
    await asyncio.to_thread(context.files.put, kept.key, body)
    now = context.clock.now()
    await context.db.write(lambda s: keep_file(s, merchant_id, kept, owner, now))
    return {
        "file": kept.key,
        "url": FileLinks(context.secrets).url(merchant_id, kept.key, now),
        "name": kept.name,
        "type": kept.type,
        "size_bytes": kept.size_bytes,
    }


HANDLERS = [upload]
