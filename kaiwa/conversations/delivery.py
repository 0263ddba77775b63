"""Carries one message to its channel: prepare, send, record. Nothing is ever sent blindly twice.

Before each call the database says `sending` with exactly what is being sent, so after a crash or a
lost answer the same call can be repeated where that is safe: with the same retry key, or with the
same reply token (which works once, so that "spent" proves the first call worked as long as the
token cannot have run out). Where it is not safe the message becomes `unknown` and a person decides.
"""

import uuid
from datetime import datetime, timedelta

import msgspec
import structlog

from kaiwa.channels import Ability, Channel, Route, Standing, Wire, channel
from kaiwa.conversations.links import FileLinks, PublicLinks
from kaiwa.conversations.message import Message, State, changed, held_message, message
from kaiwa.customers.identity import Identity, identity, set_blocked
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.http import Http
from kaiwa.engines.queue import Job, finish, require_held, retry
from kaiwa.engines.queue.worker import backoff
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, inbox, note_quota, note_trouble
from kaiwa.vocabulary.errors import KaiwaError, Refused, Unreachable
from kaiwa.vocabulary.event import ReplyHandle
from kaiwa.vocabulary.reply import Degradation
from kaiwa.vocabulary.time import from_micros

log = structlog.get_logger()

MOST_TRIES = 10
_LOST_RIGHTS = timedelta(seconds=1)


class Dispatch(msgspec.Struct, frozen=True):
    """What is being sent, as it is kept with the message while it is on its way."""

    route: Route
    wires: tuple[Wire, ...]
    degradations: tuple[Degradation, ...] = ()


class Parcel(msgspec.Struct, frozen=True):
    """A message with all that is needed to send it."""

    message: Message
    identity: Identity
    inbox: Inbox
    retry_key: str
    sent_wires: int
    dispatch: Dispatch | None
    standing: Standing

    @property
    def in_doubt(self) -> bool:
        """Whether an earlier attempt may have reached the provider."""
        return self.message.state == "sending"


class Delivery:
    """Handles `deliver` jobs."""

    def __init__(
        self,
        db: Database,
        http: Http,
        secrets: Secrets,
        clock: Clock,
        public_url: str | None = None,
    ) -> None:
        self._db = db
        self._http = http
        self._secrets = secrets
        self._clock = clock
        self._links = PublicLinks(FileLinks(secrets), public_url)

    async def deliver(self, job: Job) -> None:
        """One attempt. The job is finished, retried or left to its lease."""
        merchant_id, message_id = map(int, job.payload.split())
        parcel = await self._db.read(lambda s: load(s, merchant_id, message_id))
        try:
            await self._attempt(job, parcel)
        except KaiwaError:
            raise
        except Exception as error:
            # A mistake of ours: tried again as it may pass, but never left waiting for ever.
            if job.tries < MOST_TRIES:
                raise
            log.error("delivery_broken", message=message_id, exc_info=error)
            state: State = "unknown" if parcel.in_doubt else "failed"
            await self._settle(job, parcel, state, "internal: this message could not be sent")

    async def _attempt(self, job: Job, parcel: Parcel) -> None:
        if parcel.message.state not in ("queued", "sending"):
            await self._db.write(lambda s: finish(s, job))
            return
        dispatch = parcel.dispatch if parcel.in_doubt else self._dispatch(parcel)
        if dispatch is None:
            await self._give_up(job, parcel, _no_route(parcel), final=False)
            return
        if not await self._db.write(lambda s: _begin(s, job, parcel, dispatch)):
            # The reply token went to another message meanwhile: look for another way at once.
            await self.deliver(job)
            return
        await self._send(job, parcel, dispatch)

    def _dispatch(self, parcel: Parcel) -> Dispatch | None:
        kind = channel(parcel.identity.channel)
        routes = kind.routes(parcel.standing, self._clock.now())
        if not routes:
            return None
        now = self._clock.now()
        reply = self._links.opened(parcel.message.reply, parcel.message.merchant_id, now)
        rendered = kind.render(reply, routes[0])
        return Dispatch(routes[0], rendered.wires, rendered.degradations)

    async def _send(self, job: Job, parcel: Parcel, dispatch: Dispatch) -> None:
        kind = channel(parcel.identity.channel)
        account = parcel.inbox.account(self._secrets)
        external: tuple[str, ...] = ()
        for at in range(parcel.sent_wires, len(dispatch.wires)):
            doubtful = parcel.in_doubt and at == parcel.sent_wires
            wire = dispatch.wires[at]
            if doubtful and not _may_repeat(kind, wire, dispatch, self._clock.now()):
                await self._settle(job, parcel, "unknown", "crashed_while_sending")
                return
            try:
                outcome = await kind.send(
                    wire, account, self._http, retry_key=_retry_key(parcel, at)
                )
            except Unreachable as error:
                await self._wait(job, parcel, error, doubtful=doubtful, sent=at)
                return
            except Refused as error:
                await self._refused(job, parcel, error, doubtful=doubtful, dispatch=dispatch)
                return
            external = external or outcome.external_ids
            await self._db.write(lambda s, n=at + 1: _progress(s, parcel, n))  # type: ignore[misc]
        await self._settle(job, parcel, "accepted", None, external=external[:1])

    async def _wait(
        self, job: Job, parcel: Parcel, error: Unreachable, *, doubtful: bool, sent: int
    ) -> None:
        in_doubt = doubtful or error.maybe_done or sent > 0
        if job.tries >= MOST_TRIES:
            reason = f"unreachable: {error.message}"
            await self._settle(job, parcel, "unknown" if in_doubt else "failed", reason)
            return
        at = self._clock.now() + backoff(job.tries, error)

        def record(session: Session) -> None:
            if not in_doubt:
                _back_to_queue(session, parcel, error.message)
            else:
                _note_error(session, parcel, error.message)
            retry(session, job, at, error.message)

        await self._db.write(record)

    async def _refused(
        self, job: Job, parcel: Parcel, error: Refused, *, doubtful: bool, dispatch: Dispatch
    ) -> None:
        reason = str(error.detail.get("reason", "invalid"))
        if reason == "spent_handle":
            if doubtful:
                # The token still lives and worked once: our own first call spent it.
                await self._settle(job, parcel, "accepted", None)
                return
            await self._db.write(lambda s: _drop_route(s, parcel, dispatch))
            await self.deliver(job)
            return
        await self._db.write(lambda s: self._learn(s, parcel, reason, error.message))
        await self._give_up(job, parcel, f"{reason}: {error.message}", final=_is_final(reason))

    def _learn(self, session: Session, parcel: Parcel, reason: str, words: str) -> None:
        if reason == "blocked":
            set_blocked(session, parcel.identity, self._clock.now())
        elif reason == "quota":
            note_quota(session, parcel.inbox, 0)
        elif reason == "credentials":
            note_trouble(session, parcel.inbox, words)

    async def _give_up(self, job: Job, parcel: Parcel, reason: str, *, final: bool) -> None:
        await self._settle(job, parcel, "failed", reason, final=final)

    async def _settle(
        self,
        job: Job,
        parcel: Parcel,
        state: State,
        reason: str | None,
        *,
        final: bool = False,
        external: tuple[str, ...] = (),
    ) -> None:
        def record(session: Session) -> None:
            session.run(
                """UPDATE message SET state = :state, error = :reason, permanent = :final,
                external_id = COALESCE(CAST(:external AS text), external_id)
                WHERE id = :id AND merchant_id = :merchant_id
                AND state IN ('queued', 'sending')""",
                state=state,
                reason=reason,
                final=int(final),
                external=external[0] if external else None,
                id=parcel.message.id,
                merchant_id=parcel.message.merchant_id,
            )
            if state == "accepted":
                note_trouble(session, parcel.inbox, None)
                _spend_quota(session, parcel)
            changed(session, parcel.message)
            finish(session, job)

        await self._db.write(record)
        log.info("delivered", message=parcel.message.id, state=state, attempts=job.attempts)


def load(session: Session, merchant_id: int, message_id: int) -> Parcel:
    """Everything needed to send a message."""
    found = message(session, merchant_id, message_id)
    where = identity(session, merchant_id, found.identity_id)
    box = inbox(session, merchant_id, where.inbox_id)
    row = session.one(
        """SELECT retry_key, sent_wires FROM message
        WHERE id = :id AND merchant_id = :merchant_id""",
        id=message_id,
        merchant_id=merchant_id,
    )
    assert row is not None
    return Parcel(
        message=found,
        identity=where,
        inbox=box,
        retry_key=row[0],
        sent_wires=row[1],
        dispatch=msgspec.json.decode(found.sent_as, type=Dispatch) if found.sent_as else None,
        standing=standing(session, where, box),
    )


def standing(session: Session, where: Identity, box: Inbox) -> Standing:
    """What is known of an address when a way to it is sought."""
    rows = session.all(
        """SELECT token, expires_at, max_messages FROM reply_handle
        WHERE identity_id = :identity AND merchant_id = :merchant_id AND spent_by IS NULL
        ORDER BY id DESC LIMIT 5""",
        identity=where.id,
        merchant_id=where.merchant_id,
    )
    return Standing(
        address=where.address,
        last_inbound_at=where.last_inbound_at,
        blocked_at=where.blocked_at,
        handles=tuple(ReplyHandle(row[0], from_micros(row[1]), row[2]) for row in rows),
        quota_left=box.quota_left,
    )


def _begin(session: Session, job: Job, parcel: Parcel, dispatch: Dispatch) -> bool:
    require_held(session, job)
    found = held_message(session, parcel.message.merchant_id, parcel.message.id)
    handle = dispatch.route.handle
    if handle is not None and not _spend(session, parcel, handle.token):
        return False
    session.run(
        """UPDATE message SET state = 'sending', sent_as = :sent_as, degradations = :lost,
        attempts = attempts + 1 WHERE id = :id AND merchant_id = :merchant_id""",
        sent_as=msgspec.json.encode(dispatch).decode(),
        lost=msgspec.json.encode(dispatch.degradations).decode(),
        id=found.id,
        merchant_id=found.merchant_id,
    )
    changed(session, found)
    return True


def _spend(session: Session, parcel: Parcel, token: str) -> bool:
    return bool(
        session.run(
            """UPDATE reply_handle SET spent_by = :message WHERE token = :token
            AND merchant_id = :merchant_id AND (spent_by IS NULL OR spent_by = :message)""",
            message=parcel.message.id,
            token=token,
            merchant_id=parcel.message.merchant_id,
        )
    )


def _may_repeat(kind: Channel, wire: Wire, dispatch: Dispatch, now: datetime) -> bool:
    handle = dispatch.route.handle
    if handle is not None and wire.operation == "reply":
        return now < handle.expires_at - _LOST_RIGHTS
    return Ability.IDEMPOTENT_PUSH in kind.abilities


def _retry_key(parcel: Parcel, at: int) -> str:
    return str(uuid.uuid5(uuid.UUID(parcel.retry_key), str(at)))


def _progress(session: Session, parcel: Parcel, sent: int) -> None:
    session.run(
        """UPDATE message SET sent_wires = :sent WHERE id = :id AND merchant_id = :merchant_id""",
        sent=sent,
        id=parcel.message.id,
        merchant_id=parcel.message.merchant_id,
    )


def _back_to_queue(session: Session, parcel: Parcel, error: str) -> None:
    session.run(
        """UPDATE message SET state = 'queued', sent_as = NULL, error = :error
        WHERE id = :id AND merchant_id = :merchant_id AND state = 'sending'""",
        error=error,
        id=parcel.message.id,
        merchant_id=parcel.message.merchant_id,
    )
    session.run(
        """UPDATE reply_handle SET spent_by = NULL
        WHERE spent_by = :id AND merchant_id = :merchant_id""",
        id=parcel.message.id,
        merchant_id=parcel.message.merchant_id,
    )
    changed(session, parcel.message)


def _drop_route(session: Session, parcel: Parcel, dispatch: Dispatch) -> None:
    session.run(
        """UPDATE message SET state = 'queued', sent_as = NULL
        WHERE id = :id AND merchant_id = :merchant_id AND state = 'sending'""",
        id=parcel.message.id,
        merchant_id=parcel.message.merchant_id,
    )
    if dispatch.route.handle is not None:
        _spend(session, parcel, dispatch.route.handle.token)


def _note_error(session: Session, parcel: Parcel, error: str) -> None:
    session.run(
        "UPDATE message SET error = :error WHERE id = :id AND merchant_id = :merchant_id",
        error=error,
        id=parcel.message.id,
        merchant_id=parcel.message.merchant_id,
    )
    changed(session, parcel.message)


def _spend_quota(session: Session, parcel: Parcel) -> None:
    session.run(
        """UPDATE inbox SET quota_left = quota_left - 1 WHERE id = :id
        AND merchant_id = :merchant_id AND quota_left > 0 AND EXISTS (SELECT 1 FROM message
          WHERE message.id = :message AND message.sent_as LIKE '%"cost":"metered"%')""",
        id=parcel.inbox.id,
        merchant_id=parcel.inbox.merchant_id,
        message=parcel.message.id,
    )


def _no_route(parcel: Parcel) -> str:
    if parcel.identity.blocked_at is not None:
        return "blocked: the customer has blocked the shop's account"
    if parcel.standing.quota_left == 0:
        return "quota: this month's messages are used up"
    return "window_closed: the channel allows no message to this customer now"


def _is_final(reason: str) -> bool:
    return reason in ("blocked", "invalid")
