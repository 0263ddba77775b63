"""Links to kept files: signed, so that a file can be shown without a log-in but not guessed."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

import msgspec

from kaiwa.engines.secrets import Secrets
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.reply import (
    Action,
    AudioBlock,
    Block,
    Buttons,
    FileBlock,
    ImageBlock,
    Reply,
    UrlAction,
    VideoBlock,
)

LIFE = timedelta(days=7)
_STEP_S = 86_400


class FileLinks:
    """Makes and reads `/files/…` links. One lives about a week, the same all day for caches."""

    def __init__(self, secrets: Secrets) -> None:
        self._key = secrets.derived("file-links")

    def url(self, merchant_id: int, key: str, now: datetime) -> str:
        """The path of a kept file."""
        until = (int(now.timestamp()) // _STEP_S + LIFE.days + 1) * _STEP_S
        return f"/files/{merchant_id}/{until}/{self._sign(merchant_id, key, until)}/{key}"

    def check(self, merchant_id: int, until: int, signature: str, key: str, now: datetime) -> None:
        """`NotFound` unless the link is ours and still lives."""
        given = signature.encode()
        wanted = self._sign(merchant_id, key, until).encode()
        if not hmac.compare_digest(given, wanted) or until < now.timestamp():
            raise NotFound("This link has ended. Reload the conversation to get a new one.")

    def _sign(self, merchant_id: int, key: str, until: int) -> str:
        text = f"{merchant_id}:{until}:{key}".encode()
        digest = hmac.digest(self._key, text, hashlib.sha256)[:18]
        return base64.urlsafe_b64encode(digest).decode()


class PublicLinks:
    """Puts links that a provider can fetch on blocks that show kept files, and on our own paths."""

    def __init__(self, links: FileLinks, public_url: str | None) -> None:
        self._links = links
        self._public_url = public_url

    def opened(self, reply: Reply, merchant_id: int, now: datetime) -> Reply:
        """The reply with a URL on every kept file; unchanged while we have no public address."""
        if self._public_url is None:
            return reply
        blocks = tuple(self._open(block, merchant_id, now) for block in reply.blocks)
        return msgspec.structs.replace(reply, blocks=blocks)

    def _open(self, block: Block, merchant_id: int, now: datetime) -> Block:
        if isinstance(block, Buttons):
            actions = tuple(self._absolute(action) for action in block.actions)
            return msgspec.structs.replace(block, actions=actions)
        if not isinstance(block, ImageBlock | VideoBlock | AudioBlock | FileBlock):
            return block
        if block.file is None or block.url is not None:
            return block
        url = f"{self._public_url}{self._links.url(merchant_id, block.file.key, now)}"
        return msgspec.structs.replace(block, url=url)

    def _absolute(self, action: Action) -> Action:
        if not isinstance(action, UrlAction) or not action.url.startswith("/"):
            return action
        return msgspec.structs.replace(action, url=f"{self._public_url}{action.url}")
