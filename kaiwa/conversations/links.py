"""Links to kept files: signed, so that a file can be shown without a log-in but not guessed."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from kaiwa.engines.secrets import Secrets
from kaiwa.vocabulary.errors import NotFound

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
