"""Mails agents what waits for them: the jobs `plan_mails` and `mail_agent`.

What a mail says is claimed before it is sent, with the job that sends it. A mail that may have
gone is never sent again: rather one lost than the same thing twice.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

import msgspec
import structlog

from kaiwa.channels import Account, Route, channel
from kaiwa.desk.digest import Item, claim_digest, forget_told, unclaim, what_waits
from kaiwa.desk.mail_choice import Chosen, choices, held_choice, mail_choice
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.http import Http
from kaiwa.engines.queue import Job, NewJob, enqueue, finish
from kaiwa.engines.secrets import Secrets
from kaiwa.languages.strings import say
from kaiwa.merchants.agent import Agent, agent
from kaiwa.merchants.inbox import inboxes
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.reply import Reply, TextBlock

log = structlog.get_logger()

CHANNEL = "email"


class _Claimed(msgspec.Struct, frozen=True):
    merchant_id: int
    agent_id: int
    keys: tuple[str, ...]


class Mailing:
    """Handles `plan_mails` and `mail_agent` of the desk's pool.

    `server` are the credentials of the operator's own mail server, as those of an e-mail inbox;
    without them a shop's mails go through its own e-mail inbox.
    """

    def __init__(
        self,
        engines: tuple[Database, Http, Secrets, Clock],
        server: Mapping[str, str] | None,
        origin: str,
    ) -> None:
        self._db, self._http, self._secrets, self._clock = engines
        self._server = server
        self._origin = origin

    async def plan_mails(self, job: Job) -> None:
        """Claim what is to be mailed to whom, a job for each mail."""
        for chosen in await self._db.read(self._due):
            await self._db.write(lambda s, one=chosen: self._claim(s, one))  # type: ignore[misc]

        def end(session: Session) -> None:
            forget_told(session, self._clock.now())
            finish(session, job)

        await self._db.write(end)

    async def mail_agent(self, job: Job) -> None:
        """One mail to one agent, once."""
        claimed = msgspec.json.decode(job.payload, type=_Claimed)
        found = await self._db.read(lambda s: self._letter(s, claimed))
        # Whoever had it before may have sent it and died before saying so.
        if found is None or job.losses > 0:
            await self._db.write(lambda s: finish(s, job))
            return
        whom, account, words = found
        key = hashlib.sha256(job.payload.encode()).hexdigest()[:32]
        mail = channel(CHANNEL)
        route = Route(CHANNEL, whom.email)
        [wire] = mail.render(Reply((TextBlock(text=words),)), route).wires
        try:
            await mail.send(wire, account, self._http, retry_key=key)
        except Unreachable as error:
            if not error.maybe_done:
                raise
            log.warning("agent_mail_unknown", agent=whom.id, reason=error.message)
        except Refused as error:
            log.warning("agent_mail_refused", agent=whom.id, reason=error.message)
            await self._db.write(lambda s: _give_up(s, job, claimed))
            return
        await self._db.write(lambda s: finish(s, job))

    def _due(self, session: Session) -> list[Chosen]:
        """Whom there may be something for: most minutes there is nothing to write."""
        now = self._clock.now()
        return [
            one
            for one in choices(session)
            if one.is_due(now)
            and what_waits(session, one, one.choice, now)
            and can_mail(session, one.merchant_id, self._server)
        ]

    def _claim(self, session: Session, chosen: Chosen) -> None:
        now = self._clock.now()
        # Held and read anew: another process may plan at the same moment.
        current = held_choice(session, chosen.merchant_id, chosen.agent_id)
        found = [] if current is None else claim_digest(session, current, now)
        if found:
            keys = tuple(one.key for one in found)
            told = _Claimed(chosen.merchant_id, chosen.agent_id, keys)
            payload = msgspec.json.encode(told).decode()
            enqueue(session, NewJob("desk", "mail_agent", payload), now)

    def _letter(self, session: Session, claimed: _Claimed) -> tuple[Agent, Account, str] | None:
        """To whom, through what, and the words; None when nothing of it waits any more."""
        now = self._clock.now()
        chosen = mail_choice(session, claimed.merchant_id, claimed.agent_id)
        account = self._account(session, claimed.merchant_id)
        if chosen is None or account is None:
            return None
        waits = what_waits(session, chosen, chosen.choice, now)
        left = [one for one in waits if one.key in claimed.keys]
        if not left:
            return None
        whom = agent(session, claimed.merchant_id, claimed.agent_id)
        shop = merchant(session, claimed.merchant_id)
        return whom, account, written(shop, whom, left, (self._origin, now))

    def _account(self, session: Session, merchant_id: int) -> Account | None:
        if self._server is not None:
            return Account(0, self._server)
        boxes = [one for one in inboxes(session, merchant_id) if one.channel == CHANNEL]
        return boxes[0].account(self._secrets) if boxes else None


def can_mail(session: Session, merchant_id: int, server: Mapping[str, str] | None) -> bool:
    """Whether there is anything to send a mail through."""
    boxes = inboxes(session, merchant_id)
    return server is not None or any(one.channel == CHANNEL for one in boxes)


def written(shop: Merchant, whom: Agent, items: list[Item], at: tuple[str, datetime]) -> str:
    """The mail's words, its subject first. Nothing a customer wrote leaves the desk by it."""
    origin, now = at
    language = whom.language
    lines = [say("digest.subject", language, shop=shop.name, count=len(items)), ""]
    for one in items:
        minutes = max(1, round((now - one.since).total_seconds() / 60))
        who = one.who or say("digest.somebody", language)
        lines.append(say(f"digest.{one.kind}", language, who=who, minutes=minutes))
        lines += [f"{origin}/desk/conversations/{one.conversation_id}", ""]
    lines.append(say("digest.why", language))
    return "\n".join(lines)


def _give_up(session: Session, job: Job, claimed: _Claimed) -> None:
    finish(session, job)
    unclaim(session, claimed.merchant_id, claimed.agent_id, list(claimed.keys))
