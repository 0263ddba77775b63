"""Carries one message to its channel: prepare, send, record. Nothing is ever sent blindly twice.

Before each call the database says `sending` with exactly what is being sent, so after a crash or a
lost answer the same call can be repeated where that is safe: with the same retry key, or with the
same reply token (which works once, so that "spent" proves the first call worked as long as the
token cannot have run out). Where it is not safe the message becomes `unknown` and a person decides.
"""

import uuid
from datetime import datetime, timedelta
from functools import partial

import msgspec
import structlog

from kaiwa.channels import (
    Ability,
    Account,
    Channel,
    SendOutcome,
    Standing,
    Wire,
    channel,
)
from kaiwa.conversations.fallback import fall_back
from kaiwa.conversations.keeping_templates import plan_look
from kaiwa.conversations.message import Message, State, changed, held_message, message
from kaiwa.conversations.preparing import Dispatch, Preparing, otherwise
from kaiwa.conversations.receipt import opted_out
from kaiwa.conversations.sending import (
    back_to_queue,
    drop_route,
    note_error,
    note_sent,
    note_sent_as,
    spend_quota,
    spend_token,
)
from kaiwa.conversations.short_link import keep_links
from kaiwa.conversations.standing import standing
from kaiwa.customers.consent import ConsentState, consent_state
from kaiwa.customers.identity import Identity, identity, set_blocked
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.http import Http, vouched
from kaiwa.engines.queue import Job, LostLease, finish, is_held, recorded, require_held, retry
from kaiwa.engines.queue.worker import backoff
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, inbox, note_quota, note_trouble
from kaiwa.merchants.template import used_template
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.event import ReplyHandle
from kaiwa.vocabulary.template import Template

log = structlog.get_logger()

MOST_TRIES = 10
_LOST_RIGHTS = timedelta(seconds=1)


class Parcel(msgspec.Struct, frozen=True):
    """A message with all that is needed to send it; `consent` is asked for advertising only.

    `forbidden` says why its template may not be sent any more.
    """

    message: Message
    identity: Identity
    inbox: Inbox
    retry_key: str
    sent_wires: int
    dispatch: Dispatch | None
    standing: Standing
    only_free: bool = False
    consent: ConsentState = "granted"
    forbidden: str | None = None

    @property
    def in_doubt(self) -> bool:
        """Whether an earlier attempt may have reached the provider."""
        return self.message.state == "sending"


class Fate(msgspec.Struct, frozen=True):
    """How it ended: the state with its reason, the provider's ids, whether it cost something."""

    state: State
    reason: str | None = None
    final: bool = False
    ids: tuple[str, ...] = ()
    metered: bool = False


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
        self._public_url = public_url
        self._preparing = Preparing(secrets, clock, public_url)

    async def deliver(self, job: Job) -> None:
        """One attempt. The job is finished, retried or left to its lease."""
        try:
            await self._attempt(job)
        except (LostLease, Unreachable):
            raise
        except Exception as error:  # an adapter's mistake must not leave a message on its way
            await self._stumble(job, error)

    async def _attempt(self, job: Job) -> None:
        parcel = await self._load(job)
        if parcel.message.state not in ("queued", "sending"):
            await self._db.write(lambda s: finish(s, job))
            return
        account = parcel.inbox.account(self._secrets, self._public_url)
        dispatch = parcel.dispatch or self._dispatch(parcel, account)
        if dispatch is None:
            await self._settle(job, parcel, _no_route(parcel))
            return
        now = self._clock.now()
        begin = partial(_begin, job=job, parcel=parcel, dispatch=dispatch, now=now)
        if not await recorded(self._db, begin):
            # The reply token went to another message meanwhile: look for another way at once.
            await self._attempt(job)
            return
        await self._send(job, parcel, dispatch, account)

    async def _load(self, job: Job) -> Parcel:
        merchant_id, message_id = map(int, job.payload.split())
        return await self._db.read(lambda s: load(s, merchant_id, message_id))

    def _dispatch(self, parcel: Parcel, account: Account) -> Dispatch | None:
        kind = channel(parcel.identity.channel)
        now = self._clock.now()
        # What was begun before goes on: half a message helps nobody.
        may = parcel.inbox.is_on and parcel.consent == "granted" and parcel.forbidden is None
        routes = kind.routes(parcel.standing, now) if may else []
        if parcel.only_free:
            routes = [route for route in routes if route.cost == "free"]
        if not routes:
            return None
        return self._preparing.dispatch(parcel.message, parcel.identity, routes[0], account)

    async def _send(self, job: Job, parcel: Parcel, dispatch: Dispatch, account: Account) -> None:
        kind, ids = channel(parcel.identity.channel), tuple[str, ...]()
        http = vouched(self._http, parcel.inbox.api_base)
        for at in range(parcel.sent_wires, len(dispatch.wires)):
            doubtful = parcel.in_doubt and at == parcel.sent_wires
            wire, key = dispatch.wires[at], wire_key(parcel.retry_key, at)
            if doubtful and not _may_repeat(kind, wire, dispatch, self._clock.now()):
                await self._settle(job, parcel, Fate("unknown", "crashed_while_sending"))
                return
            try:
                outcome = await kind.send(wire, account, http, retry_key=key)
            except Unreachable as error:
                await self._wait(job, parcel, error, in_doubt=doubtful or error.maybe_done)
                return
            except Refused as error:
                plainer = None if doubtful else _plainer(error, dispatch, at)
                if plainer is not None:
                    await self._send(job, await self._said(parcel, plainer, at), plainer, account)
                    return
                if not (doubtful and self._was_ours(error, wire, dispatch)):
                    await self._refused(job, parcel, error, doubtful=doubtful, dispatch=dispatch)
                    return
                outcome = SendOutcome()
            ids = ids or outcome.external_ids
            if at + 1 < len(dispatch.wires):
                note = partial(_note, job=job, message=parcel.message, wires=at + 1, ids=ids)
                if not await recorded(self._db, note):
                    raise LostLease("Somebody else sends the rest.")
        await self._settle(
            job, parcel, Fate("accepted", ids=ids, metered=dispatch.route.cost == "metered")
        )

    async def _said(self, parcel: Parcel, plainer: Dispatch, at: int) -> Parcel:
        """The parcel as it goes on after `at` calls, by other calls than were meant."""
        await self._db.write(lambda s: note_sent_as(s, parcel.message, plainer))
        found = msgspec.structs.replace(parcel.message, state="queued")
        return msgspec.structs.replace(parcel, message=found, sent_wires=at)

    def _was_ours(self, error: Refused, wire: Wire, dispatch: Dispatch) -> bool:
        """Whether the token was spent by our own first call: it cannot have run out even now."""
        handle = dispatch.route.handle
        spent = error.detail.get("reason") == "spent_handle"
        if not spent or wire.operation != "reply" or handle is None:
            return False
        return handle.certain_until is not None and self._clock.now() < handle.certain_until

    async def _wait(self, job: Job, parcel: Parcel, error: Unreachable, *, in_doubt: bool) -> None:
        if job.tries >= MOST_TRIES:
            fate = Fate("unknown" if in_doubt else "failed", f"unreachable: {error.message}")
            await self._settle(job, parcel, fate)
            return
        at = self._clock.now() + backoff(job.tries, error)

        def record(session: Session) -> None:
            if in_doubt:
                note_error(session, parcel.message, error.message)
            else:
                back_to_queue(session, parcel.message, error.message)
            retry(session, job, at, error.message)

        await recorded(self._db, record)

    async def _refused(
        self, job: Job, parcel: Parcel, error: Refused, *, doubtful: bool, dispatch: Dispatch
    ) -> None:
        reason = str(error.detail.get("reason", "invalid"))
        if reason == "spent_handle" and not doubtful and dispatch.route.handle is not None:
            await self._db.write(lambda s: drop_route(s, parcel.message))
            await self._attempt(job)
            return
        await self._db.write(lambda s: self._learn(s, parcel, reason, error.message))
        # This call was refused; of an earlier one nobody knows.
        state: State = "unknown" if doubtful else "failed"
        fate = Fate(state, f"{reason}: {error.message}", final=not doubtful and _is_final(reason))
        await self._settle(job, parcel, fate)

    async def _stumble(self, job: Job, error: Exception) -> None:
        parcel = await self._load(job)
        text = f"{type(error).__name__}: {error}"
        log.error("delivery_stumbled", message=parcel.message.id, exc_info=error)
        if job.tries < MOST_TRIES:
            at = self._clock.now() + backoff(job.tries)
            await self._db.write(lambda s: retry(s, job, at, text))
            return
        await self._settle(job, parcel, Fate("unknown" if parcel.in_doubt else "failed", text))

    def _learn(self, session: Session, parcel: Parcel, reason: str, words: str) -> None:
        if reason == "blocked":
            set_blocked(session, parcel.identity, self._clock.now())
        elif reason == "quota":
            note_quota(session, parcel.inbox, 0)
        elif reason == "no_consent":
            opted_out(session, parcel.identity, "declined", self._clock.now(), words)
        elif reason == "template":
            plan_look(session, parcel.inbox, self._clock.now())
        elif reason == "credentials":
            note_trouble(session, parcel.inbox, words)

    async def _settle(self, job: Job, parcel: Parcel, fate: Fate) -> None:
        def record(session: Session) -> None:
            session.run(
                """UPDATE message SET state = :state, error = :reason, permanent = :final,
                external_id = COALESCE(external_id, CAST(:external AS text))
                WHERE id = :id AND merchant_id = :merchant_id
                AND state IN ('queued', 'sending')""",
                state=fate.state,
                reason=fate.reason,
                final=int(fate.final),
                external=fate.ids[0] if fate.ids else None,
                id=parcel.message.id,
                merchant_id=parcel.message.merchant_id,
            )
            if fate.state == "accepted":
                note_trouble(session, parcel.inbox, None)
                if fate.metered:
                    spend_quota(session, parcel.message, self._clock.now())
            changed(session, parcel.message)
            if fate.state == "failed" and fate.reason is not None:
                fall_back(session, parcel.message, fate.reason, self._clock.now())
            finish(session, job)

        await recorded(self._db, record)
        log.info("delivered", message=parcel.message.id, state=fate.state, attempts=job.attempts)


def load(session: Session, merchant_id: int, message_id: int) -> Parcel:
    """Everything needed to send a message."""
    found = message(session, merchant_id, message_id)
    where = identity(session, merchant_id, found.identity_id)
    box = inbox(session, merchant_id, where.inbox_id)
    row = session.one(
        """SELECT retry_key, sent_wires, only_free FROM message
        WHERE id = :id AND merchant_id = :merchant_id""",
        id=message_id,
        merchant_id=merchant_id,
    )
    assert row is not None
    known = _template(session, found)
    stands = standing(session, where, box, by_person=found.sender == "agent")
    if known is not None:
        stands = msgspec.structs.replace(stands, template=known.category)
    return Parcel(
        message=found,
        identity=where,
        inbox=box,
        retry_key=row[0],
        sent_wires=row[1],
        dispatch=msgspec.json.decode(found.sent_as, type=Dispatch) if found.sent_as else None,
        standing=stands,
        only_free=bool(row[2]),
        consent=_consent(session, found, known),
        forbidden=_forbidden(found, known),
    )


def _template(session: Session, found: Message) -> Template | None:
    """The template that a message uses at the account it was approved for, as it stands now."""
    use = found.reply.template if found.has_template else None
    if use is None or use.inbox_id != found.inbox_id:
        return None
    return used_template(session, found.merchant_id, use)


def _forbidden(found: Message, known: Template | None) -> str | None:
    use = found.reply.template if found.has_template else None
    if use is None or use.inbox_id != found.inbox_id:
        return None
    status = "gone" if known is None else known.status
    return None if status == "approved" else f"the template {use.name} is {status}"


def _consent(session: Session, found: Message, known: Template | None) -> ConsentState:
    """Advertising needs the customer's word, asked for at the last moment; answers do not.

    What is advertising by a template is what the provider calls so now.
    """
    told = known.category if known is not None else None
    if found.sender != "campaign" and "marketing" not in (told, found.promised):
        return "granted"
    return consent_state(session, found.merchant_id, found.identity_id)


def _begin(session: Session, job: Job, parcel: Parcel, dispatch: Dispatch, now: datetime) -> bool:
    require_held(session, job)
    found = held_message(session, parcel.message.merchant_id, parcel.message.id)
    handle = dispatch.route.handle
    if handle is not None and not spend_token(session, found, handle.token):
        return False
    session.run(
        """UPDATE message SET state = 'sending', sent_as = :sent_as, degradations = :lost,
        attempts = attempts + 1 WHERE id = :id AND merchant_id = :merchant_id""",
        sent_as=msgspec.json.encode(dispatch).decode(),
        lost=msgspec.json.encode(dispatch.degradations).decode(),
        id=found.id,
        merchant_id=found.merchant_id,
    )
    keep_links(session, found.merchant_id, found.id, dispatch.shortened, now)
    changed(session, found)
    return True


def _note(session: Session, job: Job, message: Message, wires: int, ids: tuple[str, ...]) -> bool:
    note_sent(session, message, wires, ids)
    return is_held(session, job)


def _may_repeat(kind: Channel, wire: Wire, dispatch: Dispatch, now: datetime) -> bool:
    if dispatch.route.handle is not None and wire.operation == "reply":
        return _lives(dispatch.route.handle, now)
    return Ability.IDEMPOTENT_PUSH in kind.abilities


def _lives(handle: ReplyHandle | None, now: datetime) -> bool:
    return handle is not None and now < handle.expires_at - _LOST_RIGHTS


def _plainer(error: Refused, dispatch: Dispatch, at: int) -> Dispatch | None:
    """What says the same when the provider does not have what was to be shown."""
    return otherwise(dispatch, at) if error.detail.get("reason") == "not_there" else None


def wire_key(retry_key: str, at: int) -> str:
    """The key under which call number `at` of a message with this retry key is made."""
    return str(uuid.uuid5(uuid.UUID(retry_key), str(at)))


def _no_route(parcel: Parcel) -> Fate:
    if not parcel.inbox.is_on:
        return Fate("failed", "inbox_off: the inbox is switched off")
    if parcel.consent != "granted":
        return Fate("failed", "no_consent: the customer wants no advertising here", final=True)
    if parcel.forbidden is not None:
        return Fate("failed", f"template: {parcel.forbidden}")
    if parcel.identity.blocked_at is not None:
        return Fate("failed", "blocked: the customer has blocked the shop's account")
    if parcel.only_free:
        return Fate("cancelled", "not_free: it was not worth a paid message")
    if parcel.standing.quota_left == 0:
        return Fate("failed", "quota: this month's messages are used up")
    return Fate("failed", "window_closed: the channel allows no message to this customer now")


def _is_final(reason: str) -> bool:
    return reason in ("blocked", "invalid", "no_consent")
