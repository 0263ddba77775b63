"""What a visitor says through the widget becomes durable here, over HTTP and socket alike."""

import re

import msgspec

from kaiwa.channels.web_chat import CHANNEL, Frame, check_client_id, content_of, raw_frame
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.conversations.media import kept_file
from kaiwa.vocabulary.content import Content, Media
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.language import Language, is_language
from kaiwa.web.context import Context
from kaiwa.web.shapes import media_content
from kaiwa.web.sticker import sticker_said
from kaiwa.web.visitor import Visitor

LONGEST_TEXT = 10_000
_FILE = re.compile(r"[a-z0-9/-]{1,200}")


class Saying(msgspec.Struct, frozen=True):
    """A message as the browser sends it."""

    client_id: str
    text: str = ""
    payload: str | None = None
    file: str | None = None
    sticker: str | None = None
    page: str | None = None
    language: str | None = None


async def take(context: Context, visitor: Visitor, said: Saying) -> None:
    """Make the message durable; the same `client_id` again has no second effect.

    Raises `Invalid` with what to change, and keeps nothing then.
    """
    _check(said)
    door, now = visitor.door, context.clock.now()
    inbox, media = door.place.inbox, None
    if said.file is not None:
        key = said.file
        kept = await context.db.read(lambda s: kept_file(s, inbox.merchant_id, key, visitor.owner))
        media = media_content(kept, said.text)
    frame = Frame(
        client_id=said.client_id,
        visitor=visitor.token.visitor,
        content=_content(said, _language(said, door.place.merchant.language), media),
        at=now,
        language=said.language,
        name=visitor.token.name,
    )
    raw = raw_frame(frame)
    arrival = Arrival(raw, CHANNEL.parse_one(raw, now))
    await context.db.write(lambda s: accept(s, inbox, [arrival], now))


def _language(said: Saying, otherwise: Language) -> Language:
    return said.language if is_language(said.language) else otherwise


def _content(said: Saying, language: Language, media: Media | None) -> Content:
    if said.sticker is not None:
        return sticker_said(said.sticker, language)
    return content_of(said.text, said.payload, media)


def _check(said: Saying) -> None:
    check_client_id(said.client_id)
    if len(said.text) > LONGEST_TEXT:
        raise Invalid(f"A message may have at most {LONGEST_TEXT} characters.", reason="too_long")
    if said.payload is not None and len(said.payload) > 1_000:
        raise Invalid("A payload may have at most 1000 characters.")
    if said.file is not None and not _FILE.fullmatch(said.file):
        raise NotFound("There is no such file.")
    nothing = said.file is None and said.payload is None and said.sticker is None
    if not said.text.strip() and nothing:
        raise Invalid("The message is empty.", reason="empty")
