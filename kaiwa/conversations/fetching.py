"""Handles `fetch_media` jobs: what a customer sent is copied before the provider forgets it."""

from datetime import datetime

import msgspec

from kaiwa.channels import Ability, channel
from kaiwa.conversations.media import (
    LARGEST_FILE_BYTES,
    checked,
    keep_file,
    new_key,
    safe_name,
)
from kaiwa.conversations.message import Message, changed, message
from kaiwa.customers.identity import identity
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.files import FileStore
from kaiwa.engines.http import Http, vouched
from kaiwa.engines.queue import Job, finish
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, inbox
from kaiwa.vocabulary.content import Content, File, Media, MediaSource
from kaiwa.vocabulary.errors import Invalid, Refused, TooLarge, Unreachable

MOST_TRIES = 8


class Fetching:
    """The worker's side of media."""

    def __init__(
        self, db: Database, http: Http, secrets: Secrets, clock: Clock, files: FileStore
    ) -> None:
        self._db = db
        self._http = http
        self._secrets = secrets
        self._clock = clock
        self._files = files

    async def fetch_media(self, job: Job) -> None:
        """Fetch, keep, show; what cannot be had is said to be lost."""
        merchant_id, message_id = map(int, job.payload.split())
        found, box = await self._db.read(lambda s: _load(s, merchant_id, message_id))
        content = found.content
        if not isinstance(content, Media) or content.source is None or content.file is not None:
            await self._db.write(lambda s: finish(s, job))
            return
        try:
            body, declared = await self._bytes(box, content.source)
            kept = self._keep(merchant_id, content, body, declared)
        except (Refused, TooLarge) as error:
            await self._lose(job, found, content, error.message)
            return
        except Unreachable as error:
            if job.tries < MOST_TRIES:
                raise
            await self._lose(job, found, content, error.message)
            return
        now = self._clock.now()
        await self._db.write(lambda s: _show(s, job, (found, content, kept), now))

    async def _bytes(self, box: Inbox, source: MediaSource) -> tuple[bytes, str]:
        kind = channel(box.channel)
        if Ability.ENCLOSES not in kind.abilities:
            http = vouched(self._http, box.api_base)
            return await kind.media(source.reference, box.account(self._secrets), http)
        raw = await self._db.read(lambda s: _raw(s, box, source.reference))
        if raw is None:
            raise Refused("What was enclosed is not kept any more.", reason="gone")
        return kind.enclosed(raw)

    def _keep(self, merchant_id: int, content: Media, body: bytes, declared: str) -> File:
        name = (content.source.name if content.source else None) or content.kind
        if len(body) > LARGEST_FILE_BYTES:
            raise TooLarge(f"The file is larger than {LARGEST_FILE_BYTES // 1_000_000} MB.")
        try:
            name, kind = checked(name, declared, body)
        except Invalid:
            # Whatever it is, it is kept, and only ever offered as a download.
            name, kind = safe_name(name, "application/bin"), "application/octet-stream"
        kept = File(new_key(merchant_id), name, kind, len(body))
        self._files.put(kept.key, body)
        return kept

    async def _lose(self, job: Job, found: Message, content: Media, reason: str) -> None:
        lost = msgspec.structs.replace(content, lost=reason, source=None)

        def lose(session: Session) -> None:
            _change(session, found, lost)
            finish(session, job)

        await self._db.write(lose)

    async def forget_file(self, job: Job) -> None:
        """Delete the bytes of something the customer took back."""
        self._files.delete(job.payload)
        await self._db.write(lambda s: finish(s, job))


def _load(session: Session, merchant_id: int, message_id: int) -> tuple[Message, Inbox]:
    found = message(session, merchant_id, message_id)
    where = identity(session, merchant_id, found.identity_id)
    return found, inbox(session, merchant_id, where.inbox_id)


def _raw(session: Session, box: Inbox, reference: str) -> bytes | None:
    """The raw bytes of the event that brought the file; None when they are gone."""
    row = session.one(
        """SELECT body FROM inbound_event WHERE inbox_id = :inbox AND external_id = :reference
        AND merchant_id = :merchant_id""",
        inbox=box.id,
        reference=reference,
        merchant_id=box.merchant_id,
    )
    return bytes(row[0]) if row is not None and row[0] else None


def _show(session: Session, job: Job, what: tuple[Message, Media, File], now: datetime) -> None:
    found, content, kept = what
    owner = f"message:{found.id}"
    keep_file(session, found.merchant_id, kept, owner, now)
    _change(session, found, msgspec.structs.replace(content, file=kept, source=None))
    finish(session, job)


def _change(session: Session, found: Message, content: Content) -> None:
    session.run(
        """UPDATE message SET body = :body
        WHERE id = :id AND merchant_id = :merchant_id AND unsent_at IS NULL""",
        body=msgspec.json.encode(content).decode(),
        id=found.id,
        merchant_id=found.merchant_id,
    )
    changed(session, found)
